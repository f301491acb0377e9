"""Expressions to predicates: each typed expression becomes a closure over a `Scope`.

Compiled once per norm, run for every piece, every way and every proposal. Booleans come out in Kleene logic: an open
truth names its atoms, and only the place that must decide splits on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar, assert_never

from landrules.base.valuetype import Missing
from landrules.engine import unknown as u
from landrules.engine.aggregate import aggregate
from landrules.engine.comparing import compare, in_constant, in_list, in_value, no_worse
from landrules.engine.facts import fact_of, feature_fact, item_fact, parcel_area, parcel_fact, proposal_area
from landrules.engine.kept import Kept
from landrules.engine.lookup import account_value, parameter_value, table_value
from landrules.engine.reads import hangs, item_reads
from landrules.engine.reckoning import arithmetic, calendar_call, function, given, if_absent, negative
from landrules.engine.scope import Judged, Scope, judged, walk
from landrules.engine.universal import every
from landrules.engine.worked import Parts
from landrules.rules import expr as e
from landrules.rules.walk import walk as parts_of
from landrules.rules.worked import rate_of

Compiled = Callable[[Scope], Judged]
Predicate = Callable[[Scope], u.Truth]

T = TypeVar("T")


def when_asked(make: Callable[[], Callable[[Scope], T]]) -> Callable[[Scope], T]:
    """A function of the scope that is compiled when it is first asked: most norms of a check never come to most of theirs."""
    made: list[Callable[[Scope], T]] = []

    def run(scope: Scope) -> T:
        if not made:
            made.append(make())
        return made[0](scope)

    return run


def predicate(expr: e.Expr) -> Predicate:
    """A boolean expression as a predicate; what is assumed of its atoms is filled in."""
    match expr:
        case e.Named(_, body):
            return predicate(body)
        case e.Not(operand):
            return _not(predicate(operand))
        case e.Logic(op, operands):
            parts = tuple(predicate(o) for o in operands)
            return _all(parts) if op == "and" else _any(parts)
        case e.Const(bool() as value):
            return lambda _: value
    found_in = compile_expr(expr)

    def run(scope: Scope) -> u.Truth:
        found = found_in(scope)
        return found if found is True or found is False else scope.assumed.settle(_truth(found))

    return run


def _not(inner: Predicate) -> Predicate:
    """Kleene negation."""
    return lambda scope: u.negated(inner(scope))


def _all(parts: Sequence[Predicate]) -> Predicate:
    """Kleene conjunction; what follows a part that does not hold is not asked. Its atoms are settled part by part."""

    def run(scope: Scope) -> u.Truth:
        result: u.Truth = True
        for part in parts:
            found = part(scope)
            if found is False:
                return False
            if found is not True:
                result = u.both(result, found)
        return result

    return run


def _any(parts: Sequence[Predicate]) -> Predicate:
    """Kleene disjunction; what follows a part that holds is not asked. Its atoms are settled part by part."""

    def run(scope: Scope) -> u.Truth:
        result: u.Truth = False
        for part in parts:
            found = part(scope)
            if found is True:
                return True
            if found is not False:
                result = u.either(result, found)
        return result

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
            name = expr.name
            return lambda s: judged(walk(s.evidence.proposal.attributes, path, "proposal"), type_, name)
        case e.ParcelFact(path, type_):
            return lambda s: parcel_fact(s, path, type_)
        case e.FeatureFact(layer, name, type_):
            return lambda s: feature_fact(s, layer, name, type_)
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
        case e.Function(name, args):
            return function(name, tuple(compile_expr(a) for a in args), expr)
        case e.CalendarCall():
            return calendar_call(expr, tuple(compile_expr(a) for a in expr.args))
        case e.Not() | e.Logic():
            return predicate(expr)
        case e.Compare(op, left, right):
            return compare(op, compile_expr(left), compile_expr(right))
        case e.NoWorse(left, right):
            return no_worse(compile_expr(left), compile_expr(right), _subject(left))
        case e.Within(left, e.ListRef(id_)):
            return in_list(compile_expr(left), id_)
        case e.Within(left, e.Const(value) as stated) if not isinstance(value, Missing):
            return in_constant(compile_expr(left), stated)
        case e.Within(left, right):
            return in_value(compile_expr(left), compile_expr(right))
        case e.ListRef(id_):
            raise TypeError(f"the list {id_} stands where a value is needed")
        case e.Given(operand):
            return given(compile_expr(operand))
        case e.IfAbsent(left, right):
            return if_absent(compile_expr(left), compile_expr(right))
        case e.Arithmetic(op, left, right, type_):
            return arithmetic(op, compile_expr(left), compile_expr(right), type_)
        case e.Negative(operand, _):
            return negative(compile_expr(operand))
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


def _truth(value: Judged) -> u.Truth:
    if isinstance(value, (bool, u.Maybe)):
        return value
    raise TypeError(f"{value!r} stands where a truth is needed")


def _made_aggregate(expr: e.Aggregate) -> Compiled:
    where = predicate(expr.items.where) if expr.items.where is not None else None
    counted = expr.value if expr.value is None or expr.per is None else rate_of(expr.value, expr.per)
    value = compile_expr(counted) if counted is not None else None
    weight = compile_expr(expr.weight) if expr.weight is not None else None
    parts = Parts(
        where=where,
        value=value,
        weight=weight,
        names=_names(expr, ""),
        belongs=item_reads(expr.items.where),
        counts=item_reads(counted),
        weighs=item_reads(expr.weight),
        hangs=hangs(expr),
        own=_own(expr),
    )
    return lambda scope: aggregate(scope, expr, parts)


_aggregate: Kept[e.Aggregate, Compiled] = Kept(_made_aggregate)
"""A `given` is one thing wherever a norm uses it, and what it takes together is compiled once."""


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
