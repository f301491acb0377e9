"""Worked sums: what is worked out for every item, and how ground shares in it.

Over records every item counts as a whole. Over a layer a piece counts for its part of the feature, so a sum may be
proportional to one field that ground shares in, an apportioned one or the area itself; without any a feature counts
once. Nothing else has a meaning that does not hang on how the ground happens to be cut.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from landrules.base.quantity import Dimension
from landrules.rules import expr as e
from landrules.rules.model import LayerSchema
from landrules.rules.walk import walk

if TYPE_CHECKING:
    from landrules.lang import tree as t
    from landrules.rules.scope import Items, Typed
    from landrules.rules.world import World


def worked(node: t.Aggregate, found: Items, value: Typed, world: World) -> Typed | None:
    """A sum, least or greatest of a value of every item."""
    from landrules.rules import algebra
    from landrules.rules.scope import Typed

    fine = isinstance(value.type, Dimension) or (node.kind != "sum" and algebra.ordered(value.type))
    if not fine:
        world.faults.add("LR310", node.span, name=found.name, **algebra.said("found", value.type))
        return None
    out = e.Aggregate(node.kind, found.collection, value.type, value.expr)
    if not isinstance(found.kind, LayerSchema):
        return Typed(out)
    shared = _shared_fields(value.expr, found.kind)
    if node.kind != "sum":
        if any(x.path != ("area",) for x in shared):
            world.faults.add("LR333", node.span, name=found.name)
            return None
        return Typed(out)
    if not shared:
        return Typed(out)
    per = shared[0]
    if len(shared) > 1 or _degree(value.expr, per) != 1:
        world.faults.add("LR333", node.span, name=found.name)
        return None
    return Typed(replace(out, per=per, apportioned=per.path != ("area",)))


def _shared_fields(value: e.Expr, layer: LayerSchema) -> list[e.ItemFact]:
    """The fields of the item that ground shares in, once each; what stands inside an aggregate is another item's."""
    found = [
        x
        for x in walk(value, into_items=False)
        if isinstance(x, e.ItemFact) and (x.path == ("area",) or _is_apportioned(x, layer))
    ]
    return list(dict.fromkeys(found))


def _is_apportioned(fact: e.ItemFact, layer: LayerSchema) -> bool:
    spec = layer.fields.get(fact.path[0])
    return spec is not None and spec.apportioned


def _degree(expr: e.Expr, of: e.ItemFact) -> int | None:
    """0 where a value does not hang on a field, 1 where it is proportional to it, `None` where it is neither."""
    match expr:
        case e.ItemFact() if expr == of:
            return 1
        case e.Named(body=body) | e.Negative(operand=body):
            return _degree(body, of)
        case e.Arithmetic("+" | "-", left, right):
            one, two = _degree(left, of), _degree(right, of)
            return one if one == two else None
        case e.Arithmetic("*", left, right):
            one, two = _degree(left, of), _degree(right, of)
            return None if one is None or two is None or one + two > 1 else one + two
        case e.Arithmetic("/", left, right):
            return _degree(left, of) if _degree(right, of) == 0 else None
        case _:
            return None if of in walk(expr, into_items=False) else 0


def rate_of(expr: e.Expr, of: e.ItemFact) -> e.Expr:
    """What one base unit of a field counts for, in a value that is proportional to the field."""
    match expr:
        case e.ItemFact() if expr == of:
            return e.Const(Fraction(1), of.type)
        case e.Named():
            return replace(expr, body=rate_of(expr.body, of))
        case e.Negative():
            return replace(expr, operand=rate_of(expr.operand, of))
        case e.Arithmetic():
            return replace(expr, left=rate_of(expr.left, of), right=rate_of(expr.right, of))
        case _:
            return expr
