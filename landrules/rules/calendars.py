"""Calendars: which days are worked in the years that a calendar covers, as their authors wrote them.

A calendar speaks of covered days only, so every stretch of it names its first and its last day. What is not said goes
by the weekday: Monday to Friday are worked, Saturday and Sunday are off.
"""

from __future__ import annotations

from datetime import date

from landrules.base.period import ALWAYS, Period
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
        holidays = tuple(p for c in _settings("holiday", body) if (p := _holiday(c, period, world)) is not None)
        workdays = frozenset(d for c in _settings("workday", body) if (d := _workday(c, period, holidays, world)))
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


def _settings(key: str, body: tuple[t.Clause, ...]) -> list[t.Setting]:
    return [c for c in body if isinstance(c, t.Setting) and c.key == key]


def _holiday(clause: t.Setting, covered: Period, world: World) -> Period | None:
    """Days off, from the first to the last."""
    first, last = _date(clause.values[0]), _date(clause.values[-1])
    if last < first:
        world.faults.add("LR337", clause.span, first=first, last=last)
        return None
    return Period(first, last) if _is_covered((first, last), clause, covered, world) else None


def _workday(clause: t.Setting, covered: Period, holidays: tuple[Period, ...], world: World) -> date | None:
    """A day to make up for others: one on which nobody would work else, and no holiday."""
    day = _date(clause.values[0])
    if day.weekday() < SATURDAY or any(day in holiday for holiday in holidays):
        world.faults.add("LR338", clause.span, day=day)
        return None
    return day if _is_covered((day,), clause, covered, world) else None


def _is_covered(days: tuple[date, ...], clause: t.Setting, covered: Period, world: World) -> bool:
    outside = next((d for d in days if d not in covered), None)
    if outside is not None:
        world.faults.add("LR335", clause.span, day=outside, first=covered.start, last=covered.end)
    return outside is None


def _date(node: t.Expr) -> date:
    if not isinstance(node, t.DateLit):
        raise TypeError(f"{node!r} stands where the grammar has a date")
    return node.value
