"""Layers made of two editions of another: ground that left a layer since a day (language.md provision 9).

`layer pbf_left { left pbf since plus_months(law_date, -36) }` has the fields of `pbf`, and the day on which the ground
left. Fields are there before definitions are read, which may name them; the day since when may use parameters, so it is
read after those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from landrules.base.valuetype import Simple
from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules.declared import declaration, settings
from landrules.rules.model import Departed, LayerField, LayerSchema
from landrules.rules.scope import Scope
from landrules.rules.symbols import Symbol, find
from landrules.rules.typecheck import of_type
from landrules.rules.walk import walk
from landrules.rules.world import World

LEFT_ON = LayerField("left_on", "调出日期", Simple.DATE)
"""The first day on which the ground was in the layer no more."""

FIXED = (
    e.Const | e.LawDay | e.ParameterRef | e.Lookup | e.Function | e.CalendarCall | e.Arithmetic | e.Negative | e.Named
)
"""What a day may be made of that no proposal tells."""


def derive_fields(world: World) -> None:
    """Give layers that say what they `left` the fields of that layer."""
    for symbol, setting in _derived(world):
        base = _base(symbol, setting, world)
        if base is None:
            continue
        for clause in declaration(symbol).body:
            if isinstance(clause, t.FieldClause):
                world.faults.add("LR475", clause.span, name=symbol.key, base=base.name)
        fields = MappingProxyType({**base.fields, LEFT_ON.name: LEFT_ON})
        world.layers[symbol.key] = replace(world.layers[symbol.key], fields=fields)


def read_since(world: World) -> None:
    """Read the day since when ground counts as having left."""
    for symbol, setting in _derived(world):
        base = _base(symbol, setting, world)
        since = of_type(setting.values[1], Simple.DATE, Scope(symbol.module), world)
        if since is None or base is None:
            continue
        if not all(isinstance(node, FIXED) for node in walk(since)):
            world.faults.add("LR474", setting.values[1].span)
            continue
        world.layers[symbol.key] = replace(world.layers[symbol.key], departed=Departed(base.name, since))


def _derived(world: World) -> Iterator[tuple[Symbol, t.Setting]]:
    for name in sorted(world.names.modules):
        for symbol in world.names.modules[name].declared():
            if symbol.kind == "layer" and (found := settings(declaration(symbol).body).get("left")) is not None:
                yield symbol, found


def _base(symbol: Symbol, setting: t.Setting, world: World) -> LayerSchema | None:
    """The layer that was left: one that is read from files, not itself derived."""
    written = setting.values[0]
    found = find(world.names, symbol.module, written) if isinstance(written, t.Path) else None
    if found is None or found[1] or found[0].kind != "layer":
        world.faults.add("LR222", written.span, name=written.span.text)
        return None
    if "left" in settings(declaration(found[0]).body):
        world.faults.add("LR473", written.span, name=symbol.key, base=found[0].key)
        return None
    return world.layers[found[0].key]
