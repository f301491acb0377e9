"""Reckoning: arithmetic, days, functions of `measures/`, and what stands where a fact was not supplied.

Whatever of the operands is open makes the result open, by the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Absence, GradeType, Missing, ValueType
from landrules.engine import unknown as u
from landrules.engine.calendar import worked_days
from landrules.engine.scope import NO_FACTS, Judged, Scope, facts_of, judged, key_of, open_value
from landrules.measures import BY_NAME
from landrules.measures.dates import plus_days
from landrules.rules import expr as e

Compiled = Callable[[Scope], Judged]
Predicate = Callable[[Scope], u.Truth]


def given(operand: Compiled) -> Predicate:
    """Whether a value was supplied."""

    def run(scope: Scope) -> u.Truth:
        value = operand(scope)
        facts = facts_of(value)
        if not facts:
            return True
        if all(f.kind is Absence.NOT_SUPPLIED for f in facts):
            return False
        return scope.assumed.settle(u.maybe(f"{key_of(value)} is given", facts))

    return run


def if_absent(left: Compiled, right: Compiled) -> Compiled:
    """A value, or another where it was not supplied."""

    def run(scope: Scope) -> Judged:
        value = left(scope)
        facts = facts_of(value)
        return right(scope) if facts and all(f.kind is Absence.NOT_SUPPLIED for f in facts) else value

    return run


def arithmetic(op: str, left: Compiled, right: Compiled, type_: ValueType) -> Compiled:
    """Exact arithmetic, and reckoning with days."""

    def run(scope: Scope) -> Judged:
        first, second = left(scope), right(scope)
        if not isinstance(first, u.Num):
            return _from_date(op, first, second, type_)
        a, b = first, _num(second)
        ranges = scope.assumed.ranges
        match op:
            case "+":
                return a + b
            case "-":
                return a - b
            case "*":
                return u.product(a, b, ranges)
            case _:
                result = u.quotient(a, b, ranges)
                if result is not None:
                    return result
                fact = Missing("division by zero", Absence.INVALID)
                return open_value(type_, "division by zero", a.facts | {fact})

    return run


def _from_date(op: str, day: Judged, other: Judged, type_: ValueType) -> Judged:
    """A date and some days, or the days between two dates. Days beyond the calendar stay at its end."""
    key = f"{key_of(day)} {op} {key_of(other)}"
    if facts := facts_of(day) | facts_of(other):
        return open_value(type_, key, facts)
    if not isinstance(day, date):
        raise TypeError(f"{key} is reckoned")
    if isinstance(other, date):
        return u.Num(Fraction((day - other).days))
    length = _num(other).const
    return plus_days(day, length if op == "+" else -length)


def calendar_call(expr: e.CalendarCall, args: Sequence[Compiled]) -> Compiled:
    """A function of `measures/` that counts the days of a calendar."""
    body = BY_NAME[expr.name].body

    def run(scope: Scope) -> Judged:
        values = tuple(a(scope) for a in args)
        if facts := _all_facts(values):
            return open_value(expr.type, f"{expr.name}({expr.calendar}, {', '.join(key_of(v) for v in values)})", facts)
        plain = tuple(v.const if isinstance(v, u.Num) else v for v in values)
        return judged(body(worked_days(scope, expr.calendar), *plain), expr.type, expr.name)

    return run


def function(name: str, args: Sequence[Compiled], node: e.Function) -> Compiled:
    """A function of `measures/`."""
    body, type_ = BY_NAME[name].body, node.type
    graded = node.args[0].type if len(node.args) == 1 else None

    def run(scope: Scope) -> Judged:
        values = tuple(a(scope) for a in args)
        facts = _all_facts(values)
        if facts:
            key = f"{name}({', '.join(key_of(v) for v in values)})"
            if isinstance(graded, GradeType) and type_ is Dimension.NUMBER:
                system = scope.evidence.rules.grades[graded.system]
                return u.unknown_number(key, facts, u.Range(system.low, system.high))
            return open_value(type_, key, facts)
        plain = tuple(v.const if isinstance(v, u.Num) else v for v in values)
        return judged(body(*plain), type_, name)

    return run


def negative(operand: Compiled) -> Compiled:
    """Minus."""
    return lambda scope: -_num(operand(scope))


def _all_facts(values: Sequence[Judged]) -> u.Facts:
    open_ = [facts for v in values if (facts := facts_of(v))]
    return frozenset().union(*open_) if open_ else NO_FACTS


def _num(value: Judged) -> u.Num:
    if isinstance(value, u.Num):
        return value
    raise TypeError(f"{value!r} stands where a number is needed")
