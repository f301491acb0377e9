"""Expressions to predicates: each typed expression becomes a closure over a `Scope`.

Compiled once per norm, run for every piece, every way and every proposal. Booleans come out in Kleene logic: an open
truth names its atoms, and only the place that must decide splits on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Absence, Code, Grade, GradeType, Missing, ValueType
from landrules.engine import unknown as u
from landrules.engine.aggregate import aggregate
from landrules.engine.calendar import worked_days
from landrules.engine.candidates import choice_of, of_each
from landrules.engine.facts import fact_of, feature_fact, item_fact, parcel_area, parcel_fact, proposal_area
from landrules.engine.lookup import account_value, is_open, list_codes, parameter_value, table_value
from landrules.engine.reads import hangs, item_reads
from landrules.engine.scope import Judged, Scope, judged, open_value, walk
from landrules.engine.universal import every
from landrules.engine.worked import Parts
from landrules.measures import BY_NAME
from landrules.measures.dates import plus_days
from landrules.rules import expr as e
from landrules.rules.walk import walk as parts_of
from landrules.rules.worked import rate_of

Compiled = Callable[[Scope], Judged]
Predicate = Callable[[Scope], u.Truth]


def predicate(expr: e.Expr) -> Predicate:
    """A boolean expression as a predicate; what is assumed of its atoms is filled in."""
    body = compile_expr(expr)

    def run(scope: Scope) -> u.Truth:
        found = body(scope)
        return found if found is True or found is False else scope.assumed.settle(_truth(found))

    return run


def compile_expr(expr: e.Expr) -> Compiled:
    """An expression as a function of the scope."""
    match expr:
        case e.Const(value, type_):
            constant = judged(value, type_, "constant")
            return lambda s: constant
        case e.LawDay():
            return lambda s: s.evidence.law_date
        case e.Fact(path, type_):
            return lambda s: judged(walk(s.evidence.proposal.attributes, path, "proposal"), type_, expr.name)
        case e.ParcelFact(path, type_):
            return lambda s: parcel_fact(s, path, type_)
        case e.FeatureFact(_, name, type_):
            return lambda s: feature_fact(s, expr.layer, name, type_)
        case e.ItemFact(path, type_):
            return lambda s: item_fact(s, path, type_)
        case e.BoundFact(name, path, type_):
            return lambda s: fact_of(s.bound_to(name), path, type_)
        case e.ParameterRef(id_, type_):
            return lambda s: judged(parameter_value(s, id_), type_, id_)
        case e.Lookup(id_, args, type_):
            keys = tuple(compile_expr(a) for a in args)
            return lambda s: table_value(s, id_, tuple(k(s) for k in keys), type_)
        case e.AccountRef(kind, region, year, type_):
            where, when = compile_expr(region), compile_expr(year)
            return lambda s: account_value(s, kind, where(s), when(s), type_)
        case e.Function(name, args, type_):
            return _function(name, tuple(compile_expr(a) for a in args), expr)
        case e.CalendarCall():
            return _calendar_call(expr, tuple(compile_expr(a) for a in expr.args))
        case e.Not(operand):
            inner = predicate(operand)
            return lambda s: u.negated(inner(s))
        case e.Logic(op, operands):
            parts = tuple(predicate(o) for o in operands)
            join = u.both if op == "and" else u.either
            return lambda s: _joined(join, parts, s, op == "and")
        case e.Compare(op, left, right):
            return _compare(op, compile_expr(left), compile_expr(right))
        case e.NoWorse(left, right):
            return _no_worse(compile_expr(left), compile_expr(right), left)
        case e.Within(left, right):
            return _within(compile_expr(left), right)
        case e.ListRef(id_):
            raise TypeError(f"the list {id_} stands where a value is needed")
        case e.Given(operand):
            return _given(compile_expr(operand))
        case e.IfAbsent(left, right):
            return _if_absent(compile_expr(left), compile_expr(right))
        case e.Arithmetic(op, left, right, type_):
            return _arithmetic(op, compile_expr(left), compile_expr(right), type_)
        case e.Negative(operand, _):
            positive = compile_expr(operand)
            return lambda s: -_num(positive(s))
        case e.Aggregate():
            return _aggregate(expr)
        case e.ForEach():
            return _for_each(expr)
        case e.ProposalArea():
            return proposal_area
        case e.ParcelArea():
            return parcel_area
        case e.Named(_, body):
            return compile_expr(body)
        case _:
            assert_never(expr)


# --------------------------------------------------------------------------- operators


def _truth(value: Judged) -> u.Truth:
    if isinstance(value, (bool, u.Maybe)):
        return value
    raise TypeError(f"{value!r} stands where a truth is needed")


def _num(value: Judged) -> u.Num:
    if isinstance(value, u.Num):
        return value
    raise TypeError(f"{value!r} stands where a number is needed")


def _joined(
    join: Callable[[u.Truth, u.Truth], u.Truth], parts: Sequence[Predicate], scope: Scope, start: bool
) -> u.Truth:
    result: u.Truth = start
    for part in parts:
        result = join(result, part(scope))
        if (result is True or result is False) and result is not start:
            return result
    return result


def _compare(op: str, left: Compiled, right: Compiled) -> Compiled:
    return lambda scope: _compared(op, left(scope), right(scope), scope)


def _compared(op: str, a: Judged, b: Judged, scope: Scope) -> u.Truth:
    if isinstance(a, u.Num) and isinstance(b, u.Num):
        if not a.terms and not b.terms:
            return u.AS_KNOWN[op](a.const, b.const)
        return _compare_numbers(op, a, b, scope)
    if (told := of_each(a, scope, lambda one: _compared(op, one, b, scope))) is not None:
        return told
    if (told := of_each(b, scope, lambda one: _compared(op, a, one, scope))) is not None:
        return told
    if isinstance(a, u.Unknown | u.Maybe) or isinstance(b, u.Unknown | u.Maybe):
        if op == "!=":  # one truth with `=`, so that a norm that asks both ways is not answered both ways
            same = u.maybe(f"{_key(a)} = {_key(b)}", _facts(a) | _facts(b))
            return u.negated(scope.assumed.settle(same))
        return scope.assumed.settle(u.maybe(f"{_key(a)} {op} {_key(b)}", _facts(a) | _facts(b)))
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


def _no_worse(left: Compiled, right: Compiled, node: e.Expr) -> Compiled:
    def run(scope: Scope) -> Judged:
        a, b = left(scope), right(scope)
        if not isinstance(a, Grade) or not isinstance(b, Grade):
            key = f"{_key(a)} no worse than {_key(b)}"
            return scope.assumed.settle(u.maybe(key, _facts(a) | _facts(b)))
        if a.system != b.system:
            fact = Missing(_subject(node), Absence.INVALID, f"{a.system} / {b.system}")
            return scope.assumed.settle(u.maybe(f"grade systems of {_subject(node)}", frozenset((fact,))))
        system = scope.evidence.rules.grades[a.system]
        return a.value <= b.value if system.lower_is_better else a.value >= b.value

    return run


def _within(left: Compiled, right: e.Expr) -> Compiled:
    if isinstance(right, e.ListRef):
        list_id = right.id

        def in_list(scope: Scope) -> Judged:
            codes = list_codes(scope, list_id)
            if isinstance(codes, Missing):
                return scope.assumed.settle(u.maybe(f"in {list_id}", frozenset((codes,))))
            return _is_listed(left(scope), codes, scope, list_id)

        return in_list
    if isinstance(right, e.Const) and not isinstance(right.value, Missing):
        constant = judged(right.value, right.type, "constant")
        stated: tuple[object, ...] = constant if isinstance(constant, tuple) else (constant,)
        words = f"in value {stated}"
        return lambda scope: _is_among(left(scope), stated, scope, "value", words)
    members = compile_expr(right)

    def in_value(scope: Scope) -> Judged:
        found = members(scope)
        if (told := of_each(found, scope, lambda one: _is_among(left(scope), (one,), scope, "value"))) is not None:
            return told
        if isinstance(found, u.Unknown):
            return scope.assumed.settle(u.maybe(f"in {found.key}", found.facts | _facts(left(scope))))
        group: tuple[object, ...] = found if isinstance(found, tuple) else (found,)
        return _is_among(left(scope), group, scope, "value")

    return in_value


def _is_listed(value: Judged, codes: Sequence[Code], scope: Scope, list_id: str) -> u.Truth:
    """Whether a list holds a code. A list that ends in "and the like" never says no: a person must tell."""
    if (told := of_each(value, scope, lambda one: _is_listed(one, codes, scope, list_id))) is not None:
        return told
    held = _is_among(value, codes, scope, list_id)
    if held is not False or not is_open(scope, list_id):
        return held
    facts = _facts(value) or frozenset((Missing(f"{list_id}({value})", Absence.OPEN_LIST),))
    return scope.assumed.settle(u.maybe(f"{_key(value)} like {list_id}", facts))


def _is_among(value: Judged, group: Sequence[object], scope: Scope, name: str, words: str = "") -> u.Truth:
    """Whether a value is one of some; `words` tell the question from others where they are known beforehand."""
    if isinstance(value, u.Unknown):
        if (told := of_each(value, scope, lambda one: _is_among(one, group, scope, name, words))) is not None:
            return told
        key = f"{value.key} {words or f'in {name} {group}'}"
        return scope.assumed.settle(u.maybe(key, value.facts, choice_of(value, group, scope)))
    if isinstance(value, u.Num):
        result: u.Truth = False
        for member in group:
            if isinstance(member, Fraction):
                result = u.either(result, _compare_numbers("=", value, u.Num(member), scope))
        return result
    if not isinstance(value, Code):
        return value in group
    scheme = scope.evidence.rules.schemes.get(value.scheme)
    codes = [c.code for c in group if isinstance(c, Code) and c.scheme == value.scheme]
    if len(codes) < len(group) and any(isinstance(c, Code) and c.scheme != value.scheme for c in group):
        fact = Missing(str(value), Absence.INVALID, "another scheme")
        return scope.assumed.settle(u.maybe(f"{value} in {name}", frozenset((fact,))))
    if scheme is None or value.code not in scheme.entries:
        fact = Missing(str(value), Absence.INVALID, "unknown code")
        return scope.assumed.settle(u.maybe(f"{value} in {name}", frozenset((fact,))))
    above = scheme.road(value.code)
    return any(c in above for c in codes)


def _given(operand: Compiled) -> Compiled:
    def run(scope: Scope) -> Judged:
        value = operand(scope)
        facts = _facts(value)
        if not facts:
            return True
        if all(f.kind is Absence.NOT_SUPPLIED for f in facts):
            return False
        return scope.assumed.settle(u.maybe(f"{_key(value)} is given", facts))

    return run


def _arithmetic(op: str, left: Compiled, right: Compiled, type_: ValueType) -> Compiled:
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
    key = f"{_key(day)} {op} {_key(other)}"
    if facts := _facts(day) | _facts(other):
        return open_value(type_, key, facts)
    if not isinstance(day, date):
        raise TypeError(f"{key} is reckoned")
    if isinstance(other, date):
        return u.Num(Fraction((day - other).days))
    length = _num(other).const
    return plus_days(day, length if op == "+" else -length)


def _if_absent(left: Compiled, right: Compiled) -> Compiled:
    def run(scope: Scope) -> Judged:
        value = left(scope)
        facts = _facts(value)
        return right(scope) if facts and all(f.kind is Absence.NOT_SUPPLIED for f in facts) else value

    return run


def _calendar_call(expr: e.CalendarCall, args: Sequence[Compiled]) -> Compiled:
    body = BY_NAME[expr.name].body

    def run(scope: Scope) -> Judged:
        values = tuple(a(scope) for a in args)
        if facts := frozenset().union(*(_facts(v) for v in values)):
            return open_value(expr.type, f"{expr.name}({expr.calendar}, {', '.join(_key(v) for v in values)})", facts)
        plain = tuple(v.const if isinstance(v, u.Num) else v for v in values)
        return judged(body(worked_days(scope, expr.calendar), *plain), expr.type, expr.name)

    return run


def _function(name: str, args: Sequence[Compiled], node: e.Function) -> Compiled:
    body, type_ = BY_NAME[name].body, node.type
    graded = node.args[0].type if len(node.args) == 1 else None

    def run(scope: Scope) -> Judged:
        values = tuple(a(scope) for a in args)
        facts = frozenset().union(*(_facts(v) for v in values))
        if facts:
            key = f"{name}({', '.join(_key(v) for v in values)})"
            if isinstance(graded, GradeType) and type_ is Dimension.NUMBER:
                system = scope.evidence.rules.grades[graded.system]
                return u.unknown_number(key, facts, u.Range(system.low, system.high))
            return open_value(type_, key, facts)
        plain = tuple(v.const if isinstance(v, u.Num) else v for v in values)
        return judged(body(*plain), type_, name)

    return run


def _aggregate(expr: e.Aggregate) -> Compiled:
    where = predicate(expr.items.where) if expr.items.where is not None else None
    counted = expr.value if expr.value is None or expr.per is None else rate_of(expr.value, expr.per)
    value = compile_expr(counted) if counted is not None else None
    weight = compile_expr(expr.weight) if expr.weight is not None else None
    per = f" per {expr.per}" if expr.per is not None else ""
    parts = Parts(
        where=where,
        value=value,
        weight=weight,
        names=_names(expr, ""),
        belongs=item_reads(expr.items.where),
        counts=item_reads(counted),
        weighs=item_reads(expr.weight),
        hangs=hangs(expr),
        of=f"{expr.kind} of ",
        on=f".{expr.value}{per} {expr.items.where}",
        own=_own(expr),
    )
    return lambda scope: aggregate(scope, expr, parts)


@lru_cache(maxsize=4096)
def _own(_: e.Aggregate) -> object:
    """What answers to an aggregate are kept under: one thing for all that are equal, wherever in the law they stand."""
    return object()


def _for_each(expr: e.ForEach) -> Compiled:
    where = predicate(expr.items.where) if expr.items.where is not None else None
    value = compile_expr(expr.value) if expr.value is not None else None
    body, names = predicate(expr.body), _names(expr, expr.name)
    return lambda scope: every(scope, expr, where, value, body, scope.mark(names))


def _names(expr: e.Expr, own: str) -> tuple[str, ...]:
    """What is looked at by a `for each` around an expression, where the expression reads it."""
    found: set[str] = set()
    inside: set[str] = {own}
    for node in parts_of(expr):
        match node:
            case e.BoundFact(name=name):
                found.add(name)
            case e.Aggregate(items=e.Collection(source=e.BoundItems(name=name))):
                found.add(name)
            case e.ForEach():
                inside.add(node.name)
                if isinstance(node.items.source, e.BoundItems):
                    found.add(node.items.source.name)
            case _:
                pass
    return tuple(sorted(found - inside))


def _facts(value: Judged) -> u.Facts:
    if isinstance(value, (u.Unknown, u.Maybe)) or (isinstance(value, u.Num) and value.terms):
        return value.facts
    return NO_FACTS


NO_FACTS: u.Facts = frozenset()


def _key(value: Judged) -> str:
    match value:
        case u.Unknown(key, _):
            return key
        case u.Maybe(atoms):
            return "|".join(a.key for a in atoms)
        case u.Num(const, terms):
            return "+".join([str(const), *(f"{c}*{v.key}" for v, c in terms)])
        case Mapping():
            return "record"
        case _:
            return str(value)


def _subject(node: e.Expr) -> str:
    match node:
        case e.Fact():
            return node.name
        case e.Named(name):
            return name
        case e.Aggregate(items=items):
            return str(getattr(items.source, "layer", "") or ".".join(getattr(items.source, "path", ())))
        case _:
            return "grade"
