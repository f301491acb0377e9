"""Values over time, and how two series of them differ: from when on, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from landrules.base.frozen import frozen
from landrules.lang import tree as t


@frozen
class Stretch:
    """What holds in a period; open ends are `None`, both days included."""

    value: object
    start: date | None
    end: date | None


@frozen
class Step:
    """A period in which two series differ; `None` is no value."""

    start: date | None
    end: date | None
    before: object | None
    after: object | None


def stretch(value: object, period: t.PeriodNode | None) -> Stretch:
    """A value with the period it was written in."""
    return Stretch(value, period.start, period.end) if period is not None else Stretch(value, None, None)


def steps(before: Sequence[Stretch], after: Sequence[Stretch]) -> tuple[Step, ...]:
    """Where two series differ, neighbouring periods of one difference joined."""
    found: list[Step] = []
    days = _edges((*before, *after))
    for start, following in zip(days, [*days[1:], None], strict=True):
        old, new = _at(before, start), _at(after, start)
        end = following - timedelta(days=1) if following is not None else None
        if old == new:
            continue
        last = found[-1] if found else None
        if last is not None and (last.before, last.after) == (old, new) and _follows(last.end, start):
            found[-1] = Step(last.start, end, old, new)
        else:
            found.append(Step(start, end, old, new))
    return tuple(found)


def _edges(all_: Iterable[Stretch]) -> list[date | None]:
    """The beginning of time and every day on which something begins or has just ended."""
    days: set[date] = set()
    for one in all_:
        if one.start is not None:
            days.add(one.start)
        if one.end is not None and one.end < date.max:
            days.add(one.end + timedelta(days=1))
    return [None, *sorted(days)]


def _at(series: Sequence[Stretch], day: date | None) -> object | None:
    for one in series:
        begun = one.start is None or (day is not None and one.start <= day)
        ended = one.end is not None and day is not None and one.end < day
        if begun and not ended:
            return one.value
    return None


def _follows(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end + timedelta(days=1) == start
