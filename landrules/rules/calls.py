"""Calls: a row of a lookup table, a figure of an account, a function of `measures`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Union

from landrules.base.quantity import Dimension
from landrules.base.valuetype import GradeType, Simple, ValueType
from landrules.lang import tree as t
from landrules.measures import ANY_GRADE, BY_NAME, Measure
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules.faults import hint
from landrules.rules.fit import fit
from landrules.rules.scope import Scope, Typed
from landrules.rules.symbols import KINDS_ZH, find
from landrules.rules.world import World

Reader = Callable[[t.Expr, Scope, World], Union[Typed, None]]


def call(node: t.Call, scope: Scope, world: World, value: Reader) -> Typed | None:
    """What a call stands for; `value` reads its arguments."""
    name = ".".join(node.name.parts)
    found = find(world.names, scope.module, node.name)
    if found is not None and not found[1]:
        symbol = found[0]
        if symbol.kind in ("table", "crosswalk") and symbol.id in world.tables:
            table = world.tables[symbol.id]
            args = _arguments(node, table.key_types, scope, world, value)
            return Typed(e.Lookup(symbol.id, args, table.type)) if args is not None else None
        if symbol.kind == "account" and symbol.key in world.accounts:
            account = world.accounts[symbol.key]
            args = _arguments(node, (Simple.TEXT, Dimension.NUMBER), scope, world, value)
            return Typed(e.AccountRef(symbol.key, args[0], args[1], account.type)) if args is not None else None
        if symbol.kind in ("table", "crosswalk", "account"):
            return None
        kinds = {"kind_zh": KINDS_ZH[symbol.kind], "kind_en": symbol.kind}
        world.faults.add("LR219", node.name.span, name=name, **kinds)
        return None
    measure = BY_NAME.get(name)
    if measure is None:
        tables = [w for w, s in scope.module.visible.items() if s.kind in ("table", "crosswalk", "account")]
        world.faults.add("LR218", node.name.span, name=name, **hint(name, [*tables, *BY_NAME]))
        return None
    return _function(node, measure, scope, world, value)


def _arguments(
    node: t.Call, kinds: Sequence[ValueType], scope: Scope, world: World, value: Reader
) -> tuple[e.Expr, ...] | None:
    if len(node.args) != len(kinds):
        name = ".".join(node.name.parts)
        world.faults.add("LR308", node.span, name=name, wanted=len(kinds), found=len(node.args))
        return None
    out: list[e.Expr] = []
    for written, kind in zip(node.args, kinds, strict=True):
        read = value(written, scope, world)
        fitted = fit(read, kind, written.span, world) if read is not None else None
        if fitted is not None:
            out.append(fitted)
    return tuple(out) if len(out) == len(kinds) else None


def _function(node: t.Call, measure: Measure, scope: Scope, world: World, value: Reader) -> Typed | None:
    written = node.args[1:] if measure.of_calendar else node.args
    if len(node.args) != len(measure.params) + measure.of_calendar:
        wanted = len(measure.params) + measure.of_calendar
        world.faults.add("LR308", node.span, name=measure.name, wanted=wanted, found=len(node.args))
        return None
    calendar = _calendar(node, scope, world) if measure.of_calendar else ""
    read = [value(argument, scope, world) for argument in written]
    shared: ValueType | None = None
    out: list[e.Expr] = []
    for found, argument, want in zip(read, written, measure.params, strict=True):
        if found is None:
            continue
        if want is None and shared is None and isinstance(found.type, Dimension):
            shared = found.type
        if want == ANY_GRADE:
            fitted = _grade(found, argument, world)
        else:
            kind = want if want is not None else (shared or Dimension.NUMBER)
            fitted = fit(found, kind, argument.span, world)
        if fitted is not None:
            out.append(fitted)
    if len(out) < len(measure.params) or calendar is None:
        return None
    result = measure.result if measure.result is not None else (shared or Dimension.NUMBER)
    if calendar:
        return Typed(e.CalendarCall(measure.name, calendar, tuple(out), result))
    return Typed(e.Function(measure.name, tuple(out), result))


def _grade(found: Typed, argument: t.Expr, world: World) -> e.Expr | None:
    """A grade of whichever system."""
    if isinstance(found.type, GradeType):
        return found.expr
    world.faults.add("LR329", argument.span, **algebra.said("found", found.type))
    return None


def _calendar(node: t.Call, scope: Scope, world: World) -> str | None:
    """The full id of the calendar that a function counts by."""
    written = node.args[0]
    if isinstance(written, t.Path):
        found = find(world.names, scope.module, written)
        if found is not None and not found[1] and found[0].kind == "calendar":
            return found[0].id
    known = [w for w, s in scope.module.visible.items() if s.kind == "calendar"]
    world.faults.add(
        "LR322", written.span, name=".".join(node.name.parts), text=written.span.text, **hint(written.span.text, known)
    )
    return None
