"""Expressions: from the author's tree to typed expressions in base units.

Every name is bound and every type checked in one walk. An expression with a mistake becomes `None`; what stands on it
says nothing more, and its neighbours are still checked, so a file shows all its mistakes at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from landrules.base.quantity import BY_SPELLING, Dimension, exact, in_base
from landrules.base.source import Span
from landrules.base.valuetype import Code, CodeType, GradeType, ListType, RecordType, Simple, ValueType
from landrules.lang import tree as t
from landrules.rules import aggregates, algebra
from landrules.rules import expr as e
from landrules.rules.calls import call
from landrules.rules.faults import hint
from landrules.rules.fit import check_word, fit, unit_advice
from landrules.rules.paths import meaning
from landrules.rules.scope import Items, Meaning, Scope, Typed
from landrules.rules.symbols import find_type
from landrules.rules.universal import for_each
from landrules.rules.world import World


def value(node: t.Expr, scope: Scope, world: World) -> Typed | None:
    """A single value; a collection here is a mistake."""
    found = any_meaning(node, scope, world)
    if isinstance(found, Items):
        world.faults.add("LR312", node.span, name=found.name)
        return None
    if found is not None and isinstance(found.expr, e.ListRef):
        world.faults.add("LR326", node.span, name=node.span.text)
        return None
    return found


def of_type(node: t.Expr, want: ValueType, scope: Scope, world: World) -> e.Expr | None:
    """A value of the type that its place wants."""
    found = value(node, scope, world)
    return fit(found, want, node.span, world) if found is not None else None


def condition(node: t.Expr, scope: Scope, world: World) -> e.Expr | None:
    """A yes-or-no value."""
    found = value(node, scope, world)
    if found is None:
        return None
    if found.type is not Simple.BOOLEAN:
        world.faults.add("LR304", node.span, **algebra.said("found", found.type))
        return None
    return found.expr


def any_meaning(node: t.Expr, scope: Scope, world: World) -> Meaning | None:
    """A value or a collection."""
    match node:
        case t.NumberLit():
            return Typed(number(node))
        case t.StringLit():
            return Typed(e.Const(node.value, Simple.TEXT))
        case t.DateLit():
            return Typed(e.Const(node.value, Simple.DATE))
        case t.BoolLit():
            return Typed(e.Const(node.value, Simple.BOOLEAN))
        case t.LevelLit():
            return Typed(e.Const(node.level, Simple.LEVEL))
        case t.CodeLit():
            return code(node, world, scope)
        case t.ListLit():
            return _list(node, scope, world)
        case t.Path():
            return meaning(node, scope, world)
        case t.Select():
            return aggregates.select(node, scope, world, condition)
        case t.Aggregate():
            return aggregates.aggregate(node, scope, world, condition, value)
        case t.Average():
            return aggregates.average(node, scope, world, condition)
        case t.Call():
            return call(node, scope, world, value)
        case t.Unary():
            return _unary(node, scope, world)
        case t.Binary():
            return _binary(node, scope, world)
        case t.ForEach():
            return for_each(node, scope, world, condition)
        case t.OtherLit() | t.RecordLit() | t.AnyKey() | t.Interval():
            world.faults.add("LR314", node.span)
            return None


def number(node: t.NumberLit) -> e.Const:
    """A written number in the base unit of its dimension."""
    if not node.unit:
        return e.Const(exact(node.value), Dimension.NUMBER)
    return e.Const(in_base(node.value, node.unit), BY_SPELLING[node.unit].dimension)


def code(node: t.CodeLit, world: World, scope: Scope) -> Typed | None:
    """A written code; it must be one of its scheme."""
    found = find_type(scope.module, "scheme", node.scheme)
    key = found.key if found is not None else node.scheme
    scheme = world.schemes.get(key)
    if scheme is None:
        world.faults.add("LR215", node.span, name=node.scheme, **hint(node.scheme, world.schemes))
        return None
    if node.code not in scheme.entries:
        near = hint(node.code, scheme.entries)
        world.faults.add("LR214", node.span, code=node.code, scheme=key, **near)
        return None
    return Typed(e.Const(Code(key, node.code), CodeType(key)))


def _list(node: t.ListLit, scope: Scope, world: World) -> Typed | None:
    found = [value(item, scope, world) for item in node.items]
    items = [x for x in found if x is not None]
    if len(items) < len(found):
        return None
    consts: list[e.Const] = []
    kind: ValueType = items[0].type if items else Simple.TEXT
    for item, written in zip(items, node.items, strict=True):
        fitted = fit(item, kind, written.span, world)
        if fitted is None:
            return None
        if not isinstance(fitted, e.Const):
            world.faults.add("LR311", written.span)
            return None
        consts.append(fitted)
    return Typed(e.Const(tuple(c.value for c in consts), ListType(kind)))


def _unary(node: t.Unary, scope: Scope, world: World) -> Typed | None:
    match node.op:
        case "not":
            inner = condition(node.operand, scope, world)
            return Typed(e.Not(inner)) if inner is not None else None
        case "-":
            found = value(node.operand, scope, world)
            if found is None:
                return None
            if not isinstance(found.type, Dimension):
                world.faults.add("LR302", node.span, op="-", **algebra.said("found", found.type))
                return None
            if isinstance(found.expr, e.Const) and isinstance(found.expr.value, Fraction):
                return Typed(e.Const(-found.expr.value, found.type))
            return Typed(e.Negative(found.expr, found.type))
        case "given" | "not_given":
            fact = _fact(node.operand, scope, world)
            if fact is None:
                return None
            given = e.Given(fact)
            return Typed(e.Not(given) if node.op == "not_given" else given)


def _fact(node: t.Expr, scope: Scope, world: World) -> e.Expr | None:
    """What `is given` asks about: a fact of the proposal, a parcel, a feature or an item; a list of the proposal too."""
    found = any_meaning(node, scope, world)
    if found is None:
        return None
    if isinstance(found, Items):
        source = found.collection.source
        if isinstance(source, e.RecordItems) and found.projection is None and isinstance(found.kind, RecordType):
            return e.Fact(source.path, ListType(found.kind))
    elif isinstance(found.expr, e.Fact | e.ParcelFact | e.FeatureFact | e.ItemFact | e.BoundFact):
        return found.expr
    world.faults.add("LR318", node.span)
    return None


def _binary(node: t.Binary, scope: Scope, world: World) -> Typed | None:
    match node.op:
        case "and" | "or":
            sides = [condition(side, scope, world) for side in (node.left, node.right)]
            parts = tuple(x for x in sides if x is not None)
            if len(parts) < 2:
                return None
            flat = tuple(y for x in parts for y in (x.operands if isinstance(x, e.Logic) and x.op == node.op else (x,)))
            return Typed(e.Logic(node.op, flat))
        case "in" | "not_in":
            return _within(node, scope, world)
        case "no_worse":
            return _no_worse(node, scope, world)
        case "+" | "-" | "*" | "/":
            return _arithmetic(node, scope, world)
        case "if_absent":
            return _if_absent(node, scope, world)
        case _:
            return _compare(node, scope, world)


def _if_absent(node: t.Binary, scope: Scope, world: World) -> Typed | None:
    """A fact or a figure of an account, and what counts where nobody supplied it; both of one type."""
    both = _both(node, scope, world)
    if both is None:
        return None
    left, right = both
    fact = left.expr.body if isinstance(left.expr, e.Named) else left.expr
    if not isinstance(fact, e.Fact | e.ParcelFact | e.FeatureFact | e.ItemFact | e.BoundFact | e.AccountRef):
        world.faults.add("LR318", node.left.span)
        return None
    if not check_word(left, right, node.right.span, world):
        return None
    other = fit(right, left.type, node.right.span, world)
    return Typed(e.IfAbsent(left.expr, other, left.type), left.words) if other is not None else None


def _both(node: t.Binary, scope: Scope, world: World) -> tuple[Typed, Typed] | None:
    left, right = value(node.left, scope, world), value(node.right, scope, world)
    return (left, right) if left is not None and right is not None else None


def _arithmetic(node: t.Binary, scope: Scope, world: World) -> Typed | None:
    both = _both(node, scope, world)
    if both is None:
        return None
    left, right = both
    match node.op:
        case "*":
            kind = algebra.multiplied(left.type, right.type)
        case "/":
            kind = algebra.divided(left.type, right.type)
        case _:
            kind = algebra.added(node.op, left.type, right.type)
    if kind is None:
        which = "LR301" if node.op in "+-" else "LR303"
        args = {**algebra.said("left", left.type), **algebra.said("right", right.type)}
        world.faults.add(which, node.span, op=node.op, **args, **unit_advice(left.type, right.type))
        return None
    assert node.op in ("+", "-", "*", "/")
    return Typed(e.Arithmetic(node.op, left.expr, right.expr, kind))


def _compare(node: t.Binary, scope: Scope, world: World) -> Typed | None:
    both = _both(node, scope, world)
    if both is None:
        return None
    left, right = both
    pair = _meet(left, right, node, world)
    if pair is None:
        return None
    kind = pair[0].type
    if node.op in ("=", "!="):
        if not algebra.equatable(kind):
            world.faults.add("LR302", node.span, op=node.op, **algebra.said("found", kind))
            return None
    elif isinstance(kind, GradeType):
        world.faults.add("LR305", node.span, op=node.op, system=kind.system)
        return None
    elif not algebra.ordered(kind):
        world.faults.add("LR302", node.span, op=node.op, **algebra.said("found", kind))
        return None
    assert node.op in ("=", "!=", "<", "<=", ">", ">=")
    return Typed(e.Compare(node.op, pair[0], pair[1], node.span))


def _meet(left: Typed, right: Typed, node: t.Binary, world: World) -> tuple[e.Expr, e.Expr] | None:
    """Both sides of a comparison as values of one type, or a mistake that says why not."""
    if (
        isinstance(left.type, CodeType)
        and isinstance(right.type, CodeType)
        and not algebra.accepts(left.type, right.type)
    ):
        world.faults.add("LR306", node.span, left=left.type.scheme, right=right.type.scheme)
        return None
    if not (check_word(left, right, node.right.span, world) and check_word(right, left, node.left.span, world)):
        return None
    if isinstance(left.expr, e.Const) and not isinstance(right.expr, e.Const):
        first = fit(left, right.type, node.left.span, world, against=node.span)
        return (first, right.expr) if first is not None else None
    second = fit(right, left.type, node.right.span, world, against=node.span)
    return (left.expr, second) if second is not None else None


def _no_worse(node: t.Binary, scope: Scope, world: World) -> Typed | None:
    both = _both(node, scope, world)
    if both is None:
        return None
    left, right = both
    if not isinstance(left.type, GradeType) and not isinstance(right.type, GradeType):
        world.faults.add("LR302", node.span, op="no worse than", **algebra.said("found", left.type))
        return None
    pair = _meet(left, right, node, world)
    return Typed(e.NoWorse(pair[0], pair[1], node.span)) if pair is not None else None


def _within(node: t.Binary, scope: Scope, world: World) -> Typed | None:
    left, right = value(node.left, scope, world), any_meaning(node.right, scope, world)
    if isinstance(right, Items):
        world.faults.add("LR312", node.right.span, name=right.name)
        return None
    if left is None or right is None:
        return None
    kind = right.type.item if isinstance(right.type, ListType) else right.type
    if isinstance(left.type, CodeType) and isinstance(kind, CodeType):
        if not algebra.accepts(left.type, kind):
            world.faults.add("LR306", node.span, left=left.type.scheme, right=kind.scheme)
            return None
    elif not (isinstance(right.type, ListType) and algebra.accepts(left.type, kind) and algebra.equatable(kind)):
        wrong = {**algebra.said("left", left.type), **algebra.said("right", right.type)}
        world.faults.add("LR316", node.span, **wrong)
        return None
    elif isinstance(right.expr, e.Const) and isinstance(right.expr.value, tuple) and isinstance(node.right, t.ListLit):
        spans: Sequence[Span] = [item.span for item in node.right.items]
        for text, span in zip(right.expr.value, spans, strict=True):
            if isinstance(text, str) and not check_word(left, Typed(e.Const(text, Simple.TEXT)), span, world):
                return None
    within = e.Within(left.expr, right.expr, node.span)
    return Typed(e.Not(within) if node.op == "not_in" else within)
