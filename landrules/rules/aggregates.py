"""Collections and what is made of them: sums, counts, areas, averages, `any of`.

Under a `where` the item's own fields win; everything visible outside it stays visible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Union

from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.base.valuetype import GradeType, Simple, ValueType
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules.faults import hint
from landrules.rules.model import LayerSchema
from landrules.rules.paths import meaning
from landrules.rules.scope import WORD_OF, Items, Scope, Typed, field_names, layer_key, record_key, words_of
from landrules.rules.worked import worked
from landrules.rules.world import World

Condition = Callable[[t.Expr, Scope, World], Union[e.Expr, None]]
Reader = Callable[[t.Expr, Scope, World], Union[Typed, None]]


def select(node: t.Select, scope: Scope, world: World, condition: Condition) -> Items | Typed | None:
    """A collection with a condition on its items; a path without one may also be a plain value."""
    if node.where is None:
        return meaning(node.of, scope, world)
    return items_of(node, scope, world, condition)


def items_of(node: t.Select, scope: Scope, world: World, condition: Condition) -> Items | None:
    """A collection and its projected field."""
    found = meaning(node.of, scope, world, items=True)
    if found is None:
        return None
    if not isinstance(found, Items):
        world.faults.add("LR309", node.of.span, name=".".join(node.of.parts))
        return None
    if node.where is None:
        return found
    where = condition(node.where, scope.inside(found.kind), world)
    if where is None:
        return None
    narrowed = e.Collection(found.collection.source, both(found.collection.where, where))
    return Items(narrowed, found.kind, found.name, found.projection, found.apportioned)


def both(one: e.Expr | None, two: e.Expr) -> e.Expr:
    """A conjunction; the other side alone where one is absent or always true."""
    if one is None or one == e.TRUE:
        return two
    if two == e.TRUE:
        return one
    parts = tuple(y for x in (one, two) for y in (x.operands if isinstance(x, e.Logic) and x.op == "and" else (x,)))
    return e.Logic("and", parts)


def aggregate(node: t.Aggregate, scope: Scope, world: World, condition: Condition, value_of: Reader) -> Typed | None:
    """One value of a collection; `value_of` reads what is worked out for every item."""
    if node.kind == "area" and node.select.where is None and len(node.select.of.parts) == 1:
        match WORD_OF.get(node.select.of.parts[0]):
            case "proposal":
                return Typed(e.ProposalArea())
            case "parcel":
                return Typed(e.ParcelArea())
            case _:
                pass
    found = items_of(node.select, scope, world, condition)
    if found is None:
        return None
    if node.each is not None:
        return _worked(node, node.each, found, scope, world, value_of)
    if node.kind == "area":
        return _area(node, found, world)
    if node.kind in ("count", "any"):
        if found.projection is not None:
            world.faults.add("LR319", node.span, name=found.name)
            return None
        kind: ValueType = Dimension.NUMBER if node.kind == "count" else Simple.BOOLEAN
        return Typed(e.Aggregate(node.kind, found.collection, kind))
    value = _projected(node.span, found, world)
    if value is None:
        return None
    fine = isinstance(value.type, Dimension) or (node.kind != "sum" and algebra.ordered(value.type))
    if not fine:
        world.faults.add("LR310", node.span, name=found.name, **algebra.said("found", value.type))
        return None
    return Typed(e.Aggregate(node.kind, found.collection, value.type, value.expr, None, found.apportioned))


def _worked(
    node: t.Aggregate, each: t.Expr, found: Items, scope: Scope, world: World, value_of: Reader
) -> Typed | None:
    if found.projection is not None:
        world.faults.add("LR339", node.select.of.span, name=found.name, field=node.select.of.parts[-1])
        return None
    value = value_of(each, scope.inside(found.kind), world)
    return worked(node, found, value, world) if value is not None else None


def average(node: t.Average, scope: Scope, world: World, condition: Condition) -> Typed | None:
    """A mean weighted by a field of the same items."""
    found = items_of(node.select, scope, world, condition)
    if found is None:
        return None
    value = _projected(node.span, found, world)
    weight = _weight(node.weight, found, world)
    if value is None or weight is None:
        return None
    if not isinstance(value.type, Dimension | GradeType) or not isinstance(weight.type, Dimension):
        wrong = value if not isinstance(value.type, Dimension | GradeType) else weight
        world.faults.add("LR310", node.span, name=found.name, **algebra.said("found", wrong.type))
        return None
    shared = isinstance(found.kind, LayerSchema) and _shared(found.kind, node.weight)
    return Typed(e.Aggregate("average", found.collection, value.type, value.expr, weight.expr, shared))


def _area(node: t.Aggregate, found: Items, world: World) -> Typed | None:
    if found.projection is not None or not isinstance(found.collection.source, e.LayerItems | e.OccupiedItems):
        world.faults.add("LR320", node.span, name=".".join(node.select.of.parts))
        return None
    return Typed(e.Aggregate("area", found.collection, Dimension.AREA))


def _projected(span: Span, found: Items, world: World) -> Typed | None:
    if found.projection is not None:
        return found.projection
    names = field_names(found.kind)
    world.faults.add("LR321", span, name=found.name, field=names[0] if names else "area")
    return None


def _weight(path: t.Path, found: Items, world: World) -> Typed | None:
    word = path.parts[-1]
    if isinstance(found.kind, LayerSchema):
        if key := layer_key(found.kind, word):
            return Typed(e.ItemFact((key,), found.kind.fields[key].type))
        if word in ("area", "面积"):
            return Typed(e.ItemFact(("area",), Dimension.AREA))
    elif key := record_key(found.kind, word):
        return Typed(e.ItemFact((key,), found.kind.fields[key].type), words_of(found.kind, key))
    world.faults.add("LR211", path.span, name=word, of=found.name, **hint(word, field_names(found.kind)))
    return None


def _shared(layer: LayerSchema, path: t.Path) -> bool:
    key = layer_key(layer, path.parts[-1])
    return bool(key) and layer.fields[key].apportioned
