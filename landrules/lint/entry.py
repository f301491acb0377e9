"""One line of a report on rule files, whichever command found it: `check-rules` or `lint`."""

from __future__ import annotations

from collections.abc import Iterable

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.lint.record import Edit, LintFinding


@frozen
class Entry:
    """A diagnostic, the lint rule that made it (or an empty text), the page that explains it, and its repair."""

    diagnostic: Diagnostic
    rule: str = ""
    title_zh: str = ""
    title_en: str = ""
    page: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def file(self) -> str:
        """The file it speaks of; empty where it speaks of none."""
        return self.diagnostic.span.source.name if self.diagnostic.span is not None else self.diagnostic.where

    @property
    def order(self) -> tuple[str, int, str]:
        """By file, place and code."""
        span = self.diagnostic.span
        return (self.file, span.start if span is not None else -1, self.diagnostic.code)


def of_diagnostics(found: Iterable[Diagnostic]) -> tuple[Entry, ...]:
    """Diagnostics of reading, by file and place; the same one once."""
    entries = sorted((Entry(d) for d in found), key=lambda e: e.order)
    kept: dict[tuple[tuple[str, int, str], str], Entry] = {}
    for entry in entries:
        kept.setdefault((entry.order, entry.diagnostic.message("en")), entry)
    return tuple(kept.values())


def of_findings(found: Iterable[LintFinding]) -> tuple[Entry, ...]:
    """Findings of lint rules."""
    return tuple(Entry(f.diagnostic, f.rule.id, f.rule.zh, f.rule.en, f.rule.page, f.edits) for f in found)
