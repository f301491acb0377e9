"""Stretches of law: first day to last day, both inclusive, either end open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Generic, TypeVar

from landrules.base.frozen import frozen

T = TypeVar("T")


@frozen(order=True)
class Period:
    """From a day to a day, both inclusive; `None` is an open end.

    >>> date(2024, 12, 31) in Period(None, date(2024, 12, 31))
    True
    """

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meets(self, other: Period) -> bool:
        """Whether some day lies in both."""
        after = self.start is not None and other.end is not None and other.end < self.start
        before = self.end is not None and other.start is not None and self.end < other.start
        return not (after or before)

    def within(self, other: Period) -> Period | None:
        """The days that lie in both, or `None` where there is none.

        >>> str(Period(date(2020, 1, 1)).within(Period(None, date(2020, 12, 31))))
        '2020-01-01/2020-12-31'
        """
        if not self.meets(other):
            return None
        starts = [x for x in (self.start, other.start) if x is not None]
        ends = [x for x in (self.end, other.end) if x is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def __str__(self) -> str:
        return f"{self.start or ''}/{self.end or ''}"


ALWAYS = Period()


@frozen
class Dated(Generic[T]):
    """A value that holds in a period."""

    period: Period
    value: T


def on(day: date, values: Sequence[Dated[T]]) -> T | None:
    """The value in force on a day; later entries do not hide earlier ones, so periods may not meet."""
    return next((v.value for v in values if day in v.period), None)
