"""One proposal of a batch on its road: what `landrules check` says of it, or why nothing could be decided.

A mistake in a proposal, and a fault of the program while it is judged, is an answer like any other: the rest goes on.
"""

from __future__ import annotations

import traceback
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.batch.inputs import Input
from landrules.engine import answer as plain
from landrules.geo.site import Proposal
from landrules.intake.proposal import read_proposal
from landrules.road import Options, Session

Judged = plain.Answer | tuple[Diagnostic, ...]
"""The answer to a proposal, or every reason why nothing was decided."""


@frozen
class Judge:
    """A county read once, and the options of a check: judges any number of proposals, here or in another process."""

    session: Session
    options: Options

    def __call__(self, item: Input) -> Judged:
        """The answer to one proposal, or what is wrong with it. Never raises for what a proposal holds."""
        kept = _Kept()
        with kept:
            return self.session.answer(self._read(item), self.options)
        return kept.diagnostics

    def _read(self, item: Input) -> Proposal:
        if item.is_whole_file:
            return self.session.read(item.path, self.options.settings)
        plane, schemes = self.session.workspace.plane, self.session.rulesets.schemes
        return read_proposal(item.read(), Path(item.name).name, plane, schemes, self.options.settings)


class _Kept(AbstractContextManager["_Kept"]):
    """Keeps what went wrong inside as diagnostics: mistakes as they are, a fault of the program as LR819."""

    def __init__(self) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = ()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, InputError):
            self.diagnostics = error.diagnostics
        elif isinstance(error, Exception):
            frames = traceback.extract_tb(trace)
            where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
            self.diagnostics = (Diagnostic("LR819", {"what": f"{type(error).__name__}: {error}", "where": where}),)
        else:
            return False
        return True
