"""Periods and calendars: what the functions of dates promise; and what a calendar declares."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from resolve_cases import CASES, Read
from short_norms import show

from landrules.base.period import Period
from landrules.base.valuetype import Absence, Missing
from landrules.measures import BY_NAME
from landrules.measures.dates import months_between, plus_months, plus_years, years_between
from landrules.measures.working_days import is_working_day, plus_working_days, working_days_between
from landrules.rules import model as m
from landrules.rules.walk import judged_expressions

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
DAYS = st.dates(date(2026, 6, 1), date(2028, 6, 1))
UNUSUAL = st.frozensets(st.dates(FIRST, LAST), max_size=40)


def calendar(unusual: frozenset[date]):
    """A calendar in which some days are not as the weekday says."""

    def worked(day: date) -> bool | Missing:
        if not FIRST <= day <= LAST:
            return Missing(f"days({day.year})", Absence.NO_ROW)
        return (day.weekday() < 5) != (day in unusual)

    return worked


@given(UNUSUAL, DAYS, st.integers(-60, 60))
def test_so_many_working_days_on_are_so_many_working_days_between(
    unusual: frozenset[date], day: date, count: int
) -> None:
    worked = calendar(unusual)
    end = plus_working_days(worked, day, Fraction(count))
    assert isinstance(end, date)
    assert working_days_between(worked, day, end) == count
    assert count == 0 or is_working_day(worked, end)


@given(UNUSUAL, DAYS, st.integers(-150, 200))
def test_the_last_working_day_of_a_period_ends_it(unusual: frozenset[date], day: date, length: int) -> None:
    worked = calendar(unusual)
    end = day + timedelta(days=length)
    between = working_days_between(worked, day, end)
    assert isinstance(between, Fraction)
    step = 1 if length > 0 else -1
    by_hand = [day + timedelta(days=n) for n in range(step, length + step, step)] if length else []
    assert abs(between) == sum(worked(d) is True for d in by_hand)
    if worked(end) is True:
        assert plus_working_days(worked, day, between) == (end if length else day)


def test_a_year_that_is_not_covered_is_named() -> None:
    worked = calendar(frozenset())
    for found in (
        working_days_between(worked, date(2028, 12, 1), date(2029, 2, 1)),
        plus_working_days(worked, date(2028, 12, 1), Fraction(40)),
        is_working_day(worked, date(2029, 1, 1)),
    ):
        assert found == Missing("days(2029)", Absence.NO_ROW)


@given(DAYS, st.integers(-40, 40))
def test_months_on_and_months_between_agree(day: date, count: int) -> None:
    end = plus_months(day, Fraction(count))
    assert months_between(day, end) == count if count >= 0 else months_between(day, end) <= 0
    assert plus_years(day, Fraction(count)) == plus_months(day, Fraction(12 * count))
    if count >= 0:
        assert years_between(day, end) == count // 12
        assert day == end or plus_months(day, months_between(day, end - timedelta(days=1)) + 1) >= end


def test_a_month_ends_where_there_is_no_such_day() -> None:
    assert plus_months(date(2026, 8, 31), Fraction(6)) == date(2027, 2, 28)
    assert plus_years(date(2024, 2, 29), Fraction(1)) == date(2025, 2, 28)
    assert months_between(date(2026, 8, 31), date(2027, 2, 28)) == 6
    assert months_between(date(2026, 8, 31), date(2027, 2, 27)) == 5


def test_functions_go_by_both_names() -> None:
    assert BY_NAME["间隔工作日数"] is BY_NAME["working_days_between"]
    assert BY_NAME["等级数"] is BY_NAME["number_of"]


def test_a_calendar_holds_what_was_written(read: Read) -> None:
    loaded = read(CASES / "good" / "expressions.rules")
    assert loaded.ruleset is not None
    (days,) = loaded.ruleset.calendars.values()
    first, second = days.stretches
    assert days.title == m.Bilingual("示例日历", "Example days")
    assert (first.period.start, first.period.end) == (date(2030, 1, 1), date(2030, 12, 31))
    assert first.holidays == (Period(date(2030, 10, 1), date(2030, 10, 7)),)
    assert first.workdays == {date(2030, 10, 12)}
    assert [c.status for c in second.citations] == ["unverified"]


def test_what_is_asked_of_each_reads_its_layers(read: Read) -> None:
    loaded = read(CASES / "good" / "expressions.rules")
    assert loaded.ruleset is not None
    norms = {n.id.rsplit(".", 1)[-1]: n for n in loaded.ruleset.norms}
    assert norms["each_class"].layers == ("patches",)
    (asked,) = [show(x) for x in judged_expressions(norms["each_class"]) if "for each" in show(x)]
    assert asked == (
        "for each c in it.land_kind of <patches where (it.land_kind in test.base.cultivated_land)> "
        "((sum of it.net_area_ha over <supplements where (it.land_class = c)> >= "
        "sum of it.net_area shared over <patches where (it.land_kind = c)>))"
    )


def test_cases_of_this_room_are_told_in_full() -> None:
    for name in ("each_wrongly", "worked_wrongly", "days_wrongly"):
        told = (CASES / "bad" / f"{name}.said").read_text(encoding="utf-8")
        assert told.count(": error LR") == told.count(": 错误 LR") > 8
