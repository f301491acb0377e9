"""Comparisons: one value with another, grades of one system, a value among some.

Both sides are functions of the scope. What is known on both sides is told at once; only what is open, or has candidates,
takes the longer way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from landrules.base.valuetype import Absence, Code, Grade, Missing
from landrules.engine import unknown as u
from landrules.engine.candidates import choice_of, of_each
from landrules.engine.lookup import Group, is_open, list_codes
from landrules.engine.scope import Judged, Scope, facts_of, judged, key_of
from landrules.rules import expr as e

Compiled = Callable[[Scope], Judged]
Predicate = Callable[[Scope], u.Truth]

PLAIN = frozenset({bool, str, Code, Grade})
"""What is equal or not and nothing else, where it is known."""


def compare(op: str, left: Compiled, right: Compiled) -> Predicate:
    """One value with another."""
    as_known = u.AS_KNOWN[op]
    only_equal = op in ("=", "!=")

    def run(scope: Scope) -> u.Truth:
        a, b = left(scope), right(scope)
        if isinstance(a, u.Num):
            if isinstance(b, u.Num) and not a.terms and not b.terms:
                return as_known(a.const, b.const)
        elif only_equal and type(a) in PLAIN and type(b) in PLAIN:
            return (a == b) is (op == "=")
        return _compared(op, a, b, scope)

    return run


def _compared(op: str, a: Judged, b: Judged, scope: Scope) -> u.Truth:
    if isinstance(a, u.Num) and isinstance(b, u.Num):
        if not a.terms and not b.terms:
            return u.AS_KNOWN[op](a.const, b.const)
        return _compare_numbers(op, a, b, scope)
    if (told := of_each(a, scope, lambda one: _compared(op, one, b, scope))) is not None:
        return told
    if (told := of_each(b, scope, lambda one: _compared(op, a, one, scope))) is not None:
        return told
    if isinstance(a, (u.Unknown, u.Maybe)) or isinstance(b, (u.Unknown, u.Maybe)):
        if op == "!=":  # one truth with `=`, so that a norm that asks both ways is not answered both ways
            same = u.maybe(f"{key_of(a)} = {key_of(b)}", facts_of(a) | facts_of(b))
            return u.negated(scope.assumed.settle(same))
        return scope.assumed.settle(u.maybe(f"{key_of(a)} {op} {key_of(b)}", facts_of(a) | facts_of(b)))
    if op in ("=", "!="):
        return (a == b) is (op == "=")
    if isinstance(a, date) and isinstance(b, date):
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]
    raise TypeError(f"{a!r} {op} {b!r}")


def _compare_numbers(op: str, a: u.Num, b: u.Num, scope: Scope) -> u.Truth:
    ranges = scope.assumed.ranges

    def above(x: u.Num, y: u.Num, *, strict: bool) -> u.Truth:
        return scope.assumed.settle(u.compared(x - y, strict=strict, ranges=ranges))

    match op:
        case ">":
            return above(a, b, strict=True)
        case ">=":
            return above(a, b, strict=False)
        case "<":
            return above(b, a, strict=True)
        case "<=":
            return above(b, a, strict=False)
        case "=":
            return u.both(above(a, b, strict=False), above(b, a, strict=False))
        case _:
            return u.negated(u.both(above(a, b, strict=False), above(b, a, strict=False)))


def no_worse(left: Compiled, right: Compiled, subject: str) -> Predicate:
    """A grade with another of its system; `subject` is what is graded, in words."""

    def run(scope: Scope) -> u.Truth:
        a, b = left(scope), right(scope)
        if not isinstance(a, Grade) or not isinstance(b, Grade):
            key = f"{key_of(a)} no worse than {key_of(b)}"
            return scope.assumed.settle(u.maybe(key, facts_of(a) | facts_of(b)))
        if a.system != b.system:
            fact = Missing(subject, Absence.INVALID, f"{a.system} / {b.system}")
            return scope.assumed.settle(u.maybe(f"grade systems of {subject}", frozenset((fact,))))
        system = scope.evidence.rules.grades[a.system]
        return a.value <= b.value if system.lower_is_better else a.value >= b.value

    return run


# --------------------------------------------------------------------------- among others


def in_list(left: Compiled, list_id: str) -> Predicate:
    """Whether a dated list holds a code."""

    def run(scope: Scope) -> u.Truth:
        group = list_codes(scope, list_id)
        if isinstance(group, Missing):
            return scope.assumed.settle(u.maybe(f"in {list_id}", frozenset((group,))))
        return _is_listed(left(scope), group, scope, list_id)

    return run


def in_constant(left: Compiled, right: e.Const) -> Predicate:
    """Whether a value is one of those that the rule names."""
    constant = judged(right.value, right.type, "constant")
    stated: tuple[object, ...] = constant if isinstance(constant, tuple) else (constant,)
    words = f"in value {stated}"
    group = Group.of(stated)
    return lambda scope: _is_among(left(scope), group, scope, "value", words)


def in_value(left: Compiled, right: Compiled) -> Predicate:
    """Whether a value is, or is one of, what an expression comes to."""

    def run(scope: Scope) -> u.Truth:
        found = right(scope)
        if (told := of_each(found, scope, lambda one: _is_one(left(scope), one, scope))) is not None:
            return told
        if isinstance(found, u.Unknown):
            return scope.assumed.settle(u.maybe(f"in {found.key}", found.facts | facts_of(left(scope))))
        return _is_one(left(scope), found, scope)

    return run


def _is_listed(value: Judged, group: Group, scope: Scope, list_id: str) -> u.Truth:
    """Whether a list holds a code. A list that ends in "and the like" never says no: a person must tell."""
    if (told := of_each(value, scope, lambda one: _is_listed(one, group, scope, list_id))) is not None:
        return told
    held = _is_among(value, group, scope, list_id)
    if held is not False or not is_open(scope, list_id):
        return held
    facts = facts_of(value) or frozenset((Missing(f"{list_id}({value})", Absence.OPEN_LIST),))
    return scope.assumed.settle(u.maybe(f"{key_of(value)} like {list_id}", facts))


def _is_one(value: Judged, found: Judged, scope: Scope) -> u.Truth:
    return _is_among(value, Group.of(found if isinstance(found, tuple) else (found,)), scope, "value")


def _is_among(value: Judged, group: Group, scope: Scope, name: str, words: str = "") -> u.Truth:
    """Whether a value is one of some; `words` tell the question from others where they are known beforehand."""
    if isinstance(value, Code):
        return _is_code_among(value, group, scope, name)
    if isinstance(value, u.Unknown):
        if (told := of_each(value, scope, lambda one: _is_among(one, group, scope, name, words))) is not None:
            return told
        key = f"{value.key} {words or f'in {name} {group.members}'}"
        return scope.assumed.settle(u.maybe(key, value.facts, choice_of(value, group.members, scope)))
    if isinstance(value, u.Num):
        result: u.Truth = False
        for member in group.members:
            if isinstance(member, Fraction):
                result = u.either(result, _compare_numbers("=", value, u.Num(member), scope))
        return result
    return value in group.members


def _is_code_among(value: Code, group: Group, scope: Scope, name: str) -> u.Truth:
    """Whether a code is one of some codes or lies under one; open where they are of another scheme, or it is of none."""
    codes = group.codes.get(value.scheme, NO_CODES)
    if len(group.codes) > (1 if codes else 0):
        fact = Missing(str(value), Absence.INVALID, "another scheme")
        return scope.assumed.settle(u.maybe(f"{value} in {name}", frozenset((fact,))))
    scheme = scope.evidence.rules.schemes.get(value.scheme)
    if scheme is None or value.code not in scheme.entries:
        fact = Missing(str(value), Absence.INVALID, "unknown code")
        return scope.assumed.settle(u.maybe(f"{value} in {name}", frozenset((fact,))))
    return not codes.isdisjoint(scheme.road(value.code))


NO_CODES: frozenset[str] = frozenset()
