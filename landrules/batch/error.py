"""The published answer to a proposal for which nothing was decided: an object beside those of `landrules/report/1`.

This is the contract of ``landrules/batch-error/1``; a change is a new schema number.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from landrules.base.diagnostic import Diagnostic, visible
from landrules.engine.report import Text

SCHEMA = "landrules/batch-error/1"


class DiagnosticOut(BaseModel):
    """One mistake: its code, the sentence, the place in the file, and what to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    message: Text
    where: str
    help: Text


class BatchError(BaseModel):
    """An input that `landrules check` would end with exit code 2, and every reason."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["landrules/batch-error/1"] = Field(default="landrules/batch-error/1", alias="schema")
    input: str
    diagnostics: tuple[DiagnosticOut, ...]


def error_of(name: str, diagnostics: tuple[Diagnostic, ...]) -> BatchError:
    """The object for the diagnostics of an input."""
    return BatchError(input=visible(name), diagnostics=tuple(_published(d) for d in diagnostics))


def _published(found: Diagnostic) -> DiagnosticOut:
    return DiagnosticOut(
        code=found.code,
        message=Text(zh=visible(found.message("zh")), en=visible(found.message("en"))),
        where=visible(str(found.span) if found.span else found.where),
        help=Text(zh=visible(found.help("zh")), en=visible(found.help("en"))),
    )
