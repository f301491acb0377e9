"""Calendars: which days are worked in the years that a calendar covers, as their authors wrote them.

A calendar speaks of covered days only, so every stretch of it names its first and its last day. What is not said goes
by the weekday: Monday to Friday are worked, Saturday and Sunday are off.
"""

from __future__ import annotations

from datetime import date, timedelta

from landrules.base.period import ALWAYS, Period
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.rules.citations import citations, no_overlap, own_period, stretches, undated
from landrules.rules.model import Bilingual, Calendar, Workdays
from landrules.rules.symbols import Symbol
from landrules.rules.world import World

SATURDAY = 5


def calendar(symbol: Symbol, node: t.Declaration, title: Bilingual, world: World) -> Calendar:
    """What a declaration says of days; mistakes are put down, and what is sound is kept."""
    parts = [(part.period, part.body, part.span) for part in stretches(node.body)]
    if parts:
        _only_dated(symbol, node, world)
    else:
        parts = [(own_period(node.body, world) or ALWAYS, undated(node.body), symbol.span)]
    common = citations(undated(node.body), symbol.module, world)
    _no_other_clause(node.body, world)
    found: list[Workdays] = []
    for period, body, span in parts:
        cited = citations(body, symbol.module, world) or common
        if not cited:
            world.faults.add("LR432", span, name=symbol.names.id)
        if period.start is None or period.end is None:
            world.faults.add("LR334", span, name=symbol.names.id)
            continue
        holidays = _days("holiday", body, period, world)
        workdays = _days("workday", body, period, world)
        _no_contradiction(body, holidays, world)
        found.append(Workdays(period, holidays, workdays, cited))
    dated = [(period, span) for period, _, span in parts]
    no_overlap(dated, f"日历“{symbol.names.id}”", f"the calendar `{symbol.names.id}`", world)
    return Calendar(symbol.id, title, tuple(sorted(found, key=lambda w: str(w.period.start))))


def _only_dated(symbol: Symbol, node: t.Declaration, world: World) -> None:
    """Days that stand beside dated parts belong to none of them."""
    for clause in undated(node.body):
        if isinstance(clause, t.Setting) and clause.key in ("holiday", "workday"):
            world.faults.add("LR433", clause.span, name=symbol.names.id)


def _no_other_clause(body: tuple[t.Clause, ...], world: World) -> None:
    for clause in body:
        match clause:
            case t.Effective(body=inner) if inner is not None:
                _no_other_clause(inner, world)
            case t.Title() | t.Cites() | t.Effective():
                pass
            case t.Setting(key="holiday" | "workday"):
                pass
            case _:
                world.faults.add("LR336", clause.span)


def _days(key: str, body: tuple[t.Clause, ...], period: Period, world: World) -> frozenset[date]:
    """The days of one kind; one outside the days covered is a mistake."""
    found: set[date] = set()
    for clause in body:
        if not isinstance(clause, t.Setting) or clause.key != key:
            continue
        days = _stretch(clause)
        if not days:
            world.faults.add("LR337", clause.span, first=_date(clause.values[0]), last=_date(clause.values[-1]))
        elif outside := [d for d in days if d not in period]:
            world.faults.add("LR335", clause.span, day=outside[0], first=period.start, last=period.end)
        found |= set(days)
    return frozenset(found)


def _no_contradiction(body: tuple[t.Clause, ...], holidays: frozenset[date], world: World) -> None:
    """A day to make up for others is one on which nobody would work else, and no holiday."""
    for clause in body:
        if isinstance(clause, t.Setting) and clause.key == "workday":
            day = _date(clause.values[0])
            if day in holidays or day.weekday() < SATURDAY:
                world.faults.add("LR338", _span(clause), day=day)


def _span(clause: t.Setting) -> Span:
    return clause.values[0].span


def _stretch(clause: t.Setting) -> list[date]:
    first, last = _date(clause.values[0]), _date(clause.values[-1])
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _date(node: t.Expr) -> date:
    if not isinstance(node, t.DateLit):
        raise TypeError(f"{node!r} stands where the grammar has a date")
    return node.value
