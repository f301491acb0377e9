"""Keys and values of rows: from what an author wrote, in a rule or in a cell, to what a row means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from landrules.base.valuetype import Code, Simple, Value, ValueType
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules.keys import Anything, Listed, Ordered, Other, RowKey, Stretch
from landrules.rules.scope import Scope
from landrules.rules.symbols import Symbol
from landrules.rules.typecheck import number, of_type
from landrules.rules.world import World


def constant(node: t.Expr, want: ValueType, symbol: Symbol, world: World) -> Value | None:
    """A value that is fixed when rules are read; anything else is a mistake."""
    if isinstance(node, t.StringLit) and want is Simple.TEXT:
        return node.value
    if isinstance(node, t.NumberLit) and (plain := number(node)).type is want:
        return plain.value
    found = of_type(node, want, Scope(symbol.module), world)
    if found is None:
        return None
    if not isinstance(found, e.Const):
        world.faults.add("LR311", node.span)
        return None
    return found.value


def key_of(node: t.Expr, want: ValueType, symbol: Symbol, world: World) -> RowKey | None:
    """What a written key means; `None` after a mistake."""
    match node:
        case t.OtherLit():
            return Other()
        case t.AnyKey():
            return Anything()
        case t.Interval():
            return _stretch(node, want, symbol, world)
        case t.ListLit():
            if not node.items:
                world.faults.add("LR383", node.span)
                return None
            found = [constant(item, want, symbol, world) for item in node.items]
            values = tuple(v for v in found if v is not None)
            return Listed(tuple(dict.fromkeys(values))) if len(values) == len(found) else None
        case _:
            value = constant(node, want, symbol, world)
            return Listed((value,)) if value is not None else None


def _stretch(node: t.Interval, want: ValueType, symbol: Symbol, world: World) -> Stretch | None:
    if not algebra.ordered(want):
        world.faults.add("LR381", node.span, **algebra.said("found", want))
        return None
    ends: list[Ordered | None] = []
    for end in (node.low, node.high):
        value = constant(end, want, symbol, world) if end is not None else None
        if end is not None and not isinstance(value, Fraction | date):
            return None
        ends.append(value if isinstance(value, Fraction | date) else None)
    found = Stretch(ends[0], node.low_included, ends[1], node.high_included)
    if found.low is not None and found.high is not None and not _holds_something(found):
        world.faults.add("LR382", node.span, text=node.span.text)
        return None
    return found


def _holds_something(key: Stretch) -> bool:
    """Whether some value lies in a stretch of two ends; between two days there must be a day."""
    if isinstance(key.low, date) and isinstance(key.high, date):
        first = key.low.toordinal() + (not key.low_included)
        return first <= key.high.toordinal() - (not key.high_included)
    low_in, high_in = replace(key, low=None), replace(key, high=None)
    return low_in.holds(key.low) and high_in.holds(key.high)


def value_of(node: t.Expr, want: ValueType, crosswalk: bool, symbol: Symbol, world: World) -> Value | None:
    """What a row gives; in a crosswalk a tuple of codes, one or several."""
    if not crosswalk:
        return constant(node, want, symbol, world)
    items = node.items if isinstance(node, t.ListLit) else (node,)
    if not items:
        world.faults.add("LR383", node.span)
        return None
    found = [constant(item, want, symbol, world) for item in items]
    codes = tuple(sorted({c for c in found if isinstance(c, Code)}))
    return codes if all(isinstance(c, Code) for c in found) else None


def unit_in(node: t.Expr) -> str:
    """The unit that an author writes in a key, or none."""
    match node:
        case t.NumberLit():
            return node.unit
        case t.Interval():
            return next((u for end in (node.low, node.high) if end is not None and (u := unit_in(end))), "")
        case t.ListLit():
            return next((u for item in node.items if (u := unit_in(item))), "")
        case _:
            return ""


def given_unit(node: t.Expr, unit: str) -> t.Expr:
    """The same key with a unit where its numbers have none."""
    match node:
        case t.NumberLit() if not node.unit:
            return replace(node, unit=unit)
        case t.Unary(operand=inner):
            return replace(node, operand=given_unit(inner, unit))
        case t.Interval(low=low, high=high):
            ends = [None if end is None else given_unit(end, unit) for end in (low, high)]
            return replace(node, low=ends[0], high=ends[1])
        case t.ListLit(items=items):
            return replace(node, items=tuple(given_unit(item, unit) for item in items))
        case _:
            return node
