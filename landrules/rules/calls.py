"""Calls: a row of a lookup table, a figure of an account, a function of `measures`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Union

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Simple, ValueType
from landrules.lang import tree as t
from landrules.measures import BY_NAME, Measure
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
        if symbol.kind == "table" and symbol.id in world.tables:
            table = world.tables[symbol.id]
            args = _arguments(node, table.key_types, scope, world, value)
            return Typed(e.Lookup(symbol.id, args, table.type)) if args is not None else None
        if symbol.kind == "account" and symbol.key in world.accounts:
            account = world.accounts[symbol.key]
            args = _arguments(node, (Simple.TEXT, Dimension.NUMBER), scope, world, value)
            return Typed(e.AccountRef(symbol.key, args[0], args[1], account.type)) if args is not None else None
        if symbol.kind in ("table", "account"):
            return None
        kinds = {"kind_zh": KINDS_ZH[symbol.kind], "kind_en": symbol.kind}
        world.faults.add("LR219", node.name.span, name=name, **kinds)
        return None
    measure = BY_NAME.get(name)
    if measure is None:
        tables = [w for w, s in scope.module.visible.items() if s.kind in ("table", "account")]
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
    if len(node.args) != len(measure.params):
        world.faults.add("LR308", node.span, name=measure.name, wanted=len(measure.params), found=len(node.args))
        return None
    read = [value(written, scope, world) for written in node.args]
    shared: ValueType | None = None
    out: list[e.Expr] = []
    for found, written, want in zip(read, node.args, measure.params, strict=True):
        if found is None:
            continue
        if want is None and shared is None and isinstance(found.type, Dimension):
            shared = found.type
        kind = want if want is not None else (shared or Dimension.NUMBER)
        fitted = fit(found, kind, written.span, world)
        if fitted is not None:
            out.append(fitted)
    if len(out) < len(measure.params):
        return None
    result = measure.result if measure.result is not None else (shared or Dimension.NUMBER)
    return Typed(e.Function(measure.name, tuple(out), result))
