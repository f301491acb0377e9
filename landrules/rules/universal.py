"""`for each … holds`: a condition that every item of a collection meets, or every code that occurs there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Union

from landrules.base.valuetype import CodeType, GradeType, Simple
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules.aggregates import items_of
from landrules.rules.paths import AREA_WORDS
from landrules.rules.scope import WORD_OF, Bound, Items, Scope, Typed, field_names
from landrules.rules.symbols import spellings
from landrules.rules.world import World

Condition = Callable[[t.Expr, Scope, World], Union[e.Expr, None]]
OCCURRING = (Simple.TEXT, Simple.LEVEL, Simple.DATE, Simple.BOOLEAN)
"""Besides codes and grades: what can be looked at once for each value that occurs."""


def for_each(node: t.ForEach, scope: Scope, world: World, condition: Condition) -> Typed | None:
    """The condition with its item bound; a name that means something else already is a mistake."""
    found = items_of(node.select, scope, world, condition)
    words = spellings(node.names)
    taken = [w for w in words if _is_taken(w, scope)]
    if taken:
        world.faults.add("LR330", node.names.span, name=taken[0])
    if found is None:
        return None
    bound = _occurring(node, found, world) if node.distinct else _item(node, found, world)
    if bound is None or taken:
        return None
    body = condition(node.body, scope.binding(words, node.names.id, bound), world)
    if body is None:
        return None
    value = found.projection.expr if node.distinct and found.projection is not None else None
    return Typed(e.ForEach(node.names.id, found.collection, body, value))


def _is_taken(name: str, scope: Scope) -> bool:
    if name in scope.locals or name in scope.bound or name in WORD_OF or name in scope.module.visible:
        return True
    return scope.item is not None and (name in field_names(scope.item) or name in AREA_WORDS)


def _item(node: t.ForEach, found: Items, world: World) -> Bound | None:
    if found.projection is not None:
        world.faults.add("LR331", node.select.of.span, name=".".join(node.select.of.parts))
        return None
    return found.kind


def _occurring(node: t.ForEach, found: Items, world: World) -> Bound | None:
    """What occurs in a field: codes, texts, levels, dates. Quantities do not group anything."""
    if found.projection is None:
        names = field_names(found.kind)
        world.faults.add("LR321", node.select.of.span, name=found.name, field=names[0] if names else "area")
        return None
    kind = found.projection.type
    if not isinstance(kind, CodeType | GradeType) and kind not in OCCURRING:
        wrong = algebra.said("found", kind)
        world.faults.add("LR332", node.select.of.span, name=".".join(node.select.of.parts), **wrong)
        return None
    return Typed(e.BoundFact(node.names.id, (), kind), found.projection.words)
