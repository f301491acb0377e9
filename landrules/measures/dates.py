"""Functions of dates. Periods in law do not count the first day; months and years end on the day of the same number."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Simple
from landrules.measures.record import Measure


def year(day: date) -> Fraction:
    """The year of a date.

    >>> year(date(2026, 6, 18))
    Fraction(2026, 1)
    """
    return Fraction(day.year)


def days_between(first: date, last: date) -> Fraction:
    """Days from one date to another, the first day not counted; negative where the second is earlier.

    >>> days_between(date(2026, 3, 5), date(2026, 3, 6))
    Fraction(1, 1)
    """
    return Fraction((last - first).days)


def plus_months(day: date, months: Fraction) -> date:
    """The day of the same number some whole months later (or the month's last day). A part of a month does not count.

    >>> plus_months(date(2026, 8, 31), Fraction(6))
    datetime.date(2027, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months.numerator // months.denominator
    target_year, month = divmod(count, 12)
    if target_year < date.min.year:
        return date.min
    if target_year > date.max.year:
        return date.max
    last = calendar.monthrange(target_year, month + 1)[1]
    return date(target_year, month + 1, min(day.day, last))


def plus_years(day: date, years: Fraction) -> date:
    """The same day some whole years later (28 February for a 29th that does not exist).

    >>> plus_years(date(2024, 2, 29), Fraction(1))
    datetime.date(2025, 2, 28)
    """
    return plus_months(day, Fraction(years.numerator // years.denominator * 12))


def months_between(first: date, last: date) -> Fraction:
    """Whole months from one date to another: the most that `plus_months` can add without passing the second.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28)), months_between(date(2026, 1, 31), date(2026, 2, 27))
    (Fraction(1, 1), Fraction(0, 1))
    """
    if last < first:
        return -months_between(last, first)
    count = (last.year - first.year) * 12 + last.month - first.month
    return Fraction(count if plus_months(first, Fraction(count)) <= last else count - 1)


def years_between(first: date, last: date) -> Fraction:
    """Whole years from one date to another.

    >>> years_between(date(2024, 2, 29), date(2025, 2, 28))
    Fraction(1, 1)
    """
    months = months_between(first, last)
    return Fraction(months.numerator // 12 if months >= 0 else -(-months.numerator // 12))


def plus_days(day: date, length: Fraction) -> date:
    """The date some whole days later.

    >>> plus_days(date(2026, 3, 5), Fraction(30))
    datetime.date(2026, 4, 4)
    """
    count = length.numerator // length.denominator
    ordinal = min(max(day.toordinal() + count, date.min.toordinal()), date.max.toordinal())
    return date.min + timedelta(days=ordinal - 1)


DATES: tuple[Measure, ...] = (
    Measure("year", "年份", (Simple.DATE,), Dimension.NUMBER, "日期所在的年份", "the year of a date", year),
    Measure(
        "days_between",
        "间隔天数",
        (Simple.DATE, Simple.DATE),
        Dimension.DURATION,
        "从前一日期到后一日期的天数，首日不计",
        "days from the first date to the second; the first day does not count",
        days_between,
    ),
    Measure(
        "plus_days",
        "加天数",
        (Simple.DATE, Dimension.DURATION),
        Simple.DATE,
        "若干日之后的日期",
        "the date some days later",
        plus_days,
    ),
    Measure(
        "plus_months",
        "加月数",
        (Simple.DATE, Dimension.NUMBER),
        Simple.DATE,
        "若干个月之后的对应日；没有对应日的取当月末日",
        "the day of the same number some months later, or the last day of that month",
        plus_months,
    ),
    Measure(
        "plus_years",
        "加年数",
        (Simple.DATE, Dimension.NUMBER),
        Simple.DATE,
        "若干年之后的对应日",
        "the same day some years later",
        plus_years,
    ),
    Measure(
        "months_between",
        "间隔月数",
        (Simple.DATE, Simple.DATE),
        Dimension.NUMBER,
        "从前一日期到后一日期的整月数，首日不计",
        "whole months from the first date to the second; the first day does not count",
        months_between,
    ),
    Measure(
        "years_between",
        "间隔年数",
        (Simple.DATE, Simple.DATE),
        Dimension.NUMBER,
        "从前一日期到后一日期的整年数，首日不计",
        "whole years from the first date to the second; the first day does not count",
        years_between,
    ),
)
