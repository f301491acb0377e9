"""Functions of a dated calendar: which days are worked, and how many of them a period holds.

Periods in law do not count the day on which they start; the last day counts. A day that the calendar does not cover
makes the answer missing, since nobody knows yet whether it is worked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Missing, Simple
from landrules.measures.record import Measure

Worked = Callable[[date], bool | Missing]
"""What a calendar says of a day: worked, off, or that it does not cover that day."""

DAY = timedelta(days=1)


def is_working_day(worked: Worked, day: date) -> bool | Missing:
    """Whether a day is worked.

    >>> is_working_day(lambda d: d.weekday() < 5, date(2026, 10, 10))
    False
    """
    return worked(day)


def working_days_between(worked: Worked, first: date, last: date) -> Fraction | Missing:
    """Working days from one date to another, the first day not counted, the last counted; negative backwards.

    >>> working_days_between(lambda d: d.weekday() < 5, date(2026, 1, 9), date(2026, 1, 13))
    Fraction(2, 1)
    """
    step = DAY if first <= last else -DAY
    count, day = 0, first
    while day != last:
        day += step
        found = worked(day)
        if isinstance(found, Missing):
            return found
        count += found
    return Fraction(count if first <= last else -count)


def plus_working_days(worked: Worked, day: date, count: Fraction) -> date | Missing:
    """The last day of a period of some whole working days, the first day not counted; backwards where negative.

    >>> plus_working_days(lambda d: d.weekday() < 5, date(2026, 1, 9), Fraction(2))
    datetime.date(2026, 1, 13)
    """
    left = count.numerator // count.denominator
    step = DAY if left > 0 else -DAY
    while left:
        if day in (date.min, date.max):
            return day
        day += step
        found = worked(day)
        if isinstance(found, Missing):
            return found
        if found:
            left -= 1 if left > 0 else -1
    return day


WORKING_DAYS: tuple[Measure, ...] = (
    Measure(
        "is_working_day",
        "是工作日",
        (Simple.DATE,),
        Simple.BOOLEAN,
        "日历中该日是否为工作日",
        "whether a day of a calendar is worked",
        is_working_day,
        of_calendar=True,
    ),
    Measure(
        "working_days_between",
        "间隔工作日数",
        (Simple.DATE, Simple.DATE),
        Dimension.NUMBER,
        "从前一日期到后一日期的工作日数，首日不计，末日计入",
        "working days of a calendar from the first date to the second; the first day does not count, the last does",
        working_days_between,
        of_calendar=True,
    ),
    Measure(
        "plus_working_days",
        "加工作日",
        (Simple.DATE, Dimension.NUMBER),
        Simple.DATE,
        "若干个工作日期间的最后一日，首日不计",
        "the last day of a period of some working days of a calendar; the first day does not count",
        plus_working_days,
        of_calendar=True,
    ),
)
