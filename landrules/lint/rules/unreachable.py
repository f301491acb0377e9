"""A norm that can never be in force: every source had lapsed before the norm begins."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.rules.model import ExceptionNorm, Norm


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Norms that begin after the last day of everything they cite. An end that is not verified does not count."""
    for norm in scene.ruleset.norms:
        span, last = norm.span, _last(norm)
        if span is not None and span.source.name == document.source.name and last is not None:
            yield Found(span, {"name": norm.id.rpartition(".")[2], "start": norm.period.start, "last": last})


def _last(norm: Norm | ExceptionNorm) -> object:
    """The last day of the sources, where the norm begins after it."""
    ends = [c.instrument.period.end if c.instrument.end_verified else None for c in norm.citations]
    if not ends or norm.period.start is None:
        return None
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) and max(known) < norm.period.start else None


RULE = LintRule("unreachable", "LR917", "error", "永不生效", "never in force", find)
