"""What a lint rule is, what it hands over, and what becomes of it.

An author of a rule writes where something was found and the values of its sentence; code, severity, text and page come
from the record. A finding is never assembled by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from landrules.base.diagnostic import Diagnostic, Severity
from landrules.base.frozen import frozen
from landrules.base.source import Span
from landrules.lang.tree import Document
from landrules.lint.scene import Scene


@frozen
class Edit:
    """A repair: `text` in place of a stretch of a source. Edits of one file never overlap."""

    span: Span
    text: str


@frozen
class Found:
    """A place, the values of the rule's message, and the repair where one is sure to be safe."""

    span: Span
    args: Mapping[str, object] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()


Find = Callable[[Document, Scene], Iterable[Found]]


@frozen
class LintRule:
    """A rule about rules.

    `id` names it in options, remarks and on its page `docs/lint/<id>.md`; `zh` may stand for it in remarks. `code` is its
    message. `severity`: an error makes `landrules lint` fail, a warning does so under `--strict`. `options` are whole
    numbers with their defaults. `dated`: it compares with a day and is not run without one.
    """

    id: str
    code: str
    severity: Severity
    zh: str
    en: str
    find: Find
    options: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    dated: bool = False

    @property
    def page(self) -> str:
        """Its page, relative to the project."""
        return f"docs/lint/{self.id}.md"


@frozen
class LintFinding:
    """Something that a rule found: its sentence with place and severity, and the repair."""

    rule: LintRule
    diagnostic: Diagnostic
    span: Span
    edits: tuple[Edit, ...] = ()
