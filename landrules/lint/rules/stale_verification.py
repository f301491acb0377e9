"""A source that was last read long ago: the law may have moved on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landrules.lang.tree import Cites, Document
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.walk import of


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Citations verified more than `months` whole months before the day."""
    if scene.as_of is None:
        return
    limit = scene.options["stale_verification", "months"]
    for cites in of(Cites, document.items):
        day = cites.verified_on
        if day is not None and (age := months(day, scene.as_of)) > limit:
            yield Found(cites.span, {"day": day, "months": age, "limit": limit})


def months(first: date, last: date) -> int:
    """Whole months from one day to another.

    >>> months(date(2024, 3, 15), date(2026, 3, 14)), months(date(2024, 3, 15), date(2026, 3, 15))
    (23, 24)
    """
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


RULE = LintRule(
    "stale_verification", "LR904", "error", "核对过期", "stale verification", find, {"months": 24}, dated=True
)
