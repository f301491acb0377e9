"""`for each … holds`: a condition that every item of a collection meets, or every code that occurs there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Union

from landrules.base.source import Span
from landrules.base.valuetype import CodeType, GradeType, Simple
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules.aggregates import items_of
from landrules.rules.paths import AREA_WORDS
from landrules.rules.scope import WORD_OF, Bound, Items, Scope, Typed, field_names
from landrules.rules.world import World

Condition = Callable[[t.Expr, Scope, World], Union[e.Expr, None]]
OCCURRING = (Simple.TEXT, Simple.LEVEL, Simple.DATE, Simple.BOOLEAN)
"""Besides codes and grades: what can be looked at once for each value that occurs."""


def for_each(node: t.ForEach, scope: Scope, world: World, condition: Condition) -> Typed | None:
    """The condition with its item bound; a name that means something else already is a mistake."""
    found = items_of(node.select, scope, world, condition)
    free = not _is_taken(node.name, scope)
    if not free:
        world.faults.add("LR330", _name_span(node), name=node.name)
    if found is None:
        return None
    bound = _occurring(node, found, world) if node.distinct else _item(node, found, world)
    if bound is None or not free:
        return None
    body = condition(node.body, scope.binding(node.name, bound), world)
    if body is None:
        return None
    value = found.projection.expr if node.distinct and found.projection is not None else None
    return Typed(e.ForEach(node.name, found.collection, body, value))


def _name_span(node: t.ForEach) -> Span:
    """Where the item gets its name, as far as the text shows it."""
    found = re.search(rf"(?:each|每项|各类)\s+({re.escape(node.name)})(?!\w)", node.span.text)
    if found is None:
        return node.span
    return Span(node.span.source, node.span.start + found.start(1), node.span.start + found.end(1))


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
    return Typed(e.BoundFact(node.name, (), kind), found.projection.words)
