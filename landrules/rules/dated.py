"""The fourth pass: what is looked up by date, lists and tables, and definitions."""

from __future__ import annotations

from collections.abc import Sequence

from landrules.lang import tree as t
from landrules.rules.bodies import by_start as by_start
from landrules.rules.bodies import cited_in as cited_in
from landrules.rules.bodies import dated_bodies as dated_bodies
from landrules.rules.declared import declaration
from landrules.rules.lists import bind_list
from landrules.rules.rings import ordered
from landrules.rules.rowkeys import constant as constant
from landrules.rules.scope import Scope
from landrules.rules.symbols import Symbol, find
from landrules.rules.tables import bind_table
from landrules.rules.typecheck import any_meaning
from landrules.rules.weight import named
from landrules.rules.world import World


def bind_dated(world: World) -> None:
    """Fill lists and tables, which hold constants only, then definitions, which may use each other."""
    symbols = [s for name in sorted(world.names.modules) for s in world.names.modules[name].declared()]
    for symbol in symbols:
        match symbol.kind:
            case "list":
                bind_list(symbol, world)
            case "table" | "crosswalk":
                bind_table(symbol, world)
            case _:
                pass
    _defines([s for s in symbols if s.kind == "define"], world)


def _defines(symbols: Sequence[Symbol], world: World) -> None:
    """Definitions, each after those it uses; those in a ring mean nothing."""
    waiting = {s.id: s for s in symbols}
    places = {s.id: n for n, s in enumerate(symbols)}
    while waiting:
        order, rings = ordered({name: _used(symbol, world) for name, symbol in waiting.items()})
        for name in order:
            _define(waiting.pop(name), world)
        for ring in rings:
            first = min(range(len(ring) - 1), key=lambda n: places[ring[n]])
            turned = [waiting[name] for name in (*ring[first:-1], *ring[: first + 1])]
            world.faults.add("LR223", turned[0].span, ring=" → ".join(s.names.id for s in turned))
            for name in ring[:-1]:
                world.defines[name] = None
        for ring in rings:
            for name in ring[:-1]:
                waiting.pop(name, None)


def _used(symbol: Symbol, world: World) -> list[str]:
    """The definitions that a definition uses."""
    expr = declaration(symbol).expr
    found = (find(world.names, symbol.module, path) for path in _paths(expr)) if expr is not None else ()
    return [f[0].id for f in found if f is not None and f[0].kind == "define"]


def _define(symbol: Symbol, world: World) -> None:
    expr = declaration(symbol).expr
    if expr is not None:
        world.defines[symbol.id] = named(symbol.names, any_meaning(expr, Scope(symbol.module), world), world)


def _paths(node: t.Expr) -> list[t.Path]:
    match node:
        case t.Path():
            return [node]
        case t.Call():
            return [p for a in node.args for p in _paths(a)]
        case t.Unary():
            return _paths(node.operand)
        case t.Binary():
            return [*_paths(node.left), *_paths(node.right)]
        case t.Select():
            return [node.of, *(_paths(node.where) if node.where else ())]
        case t.Aggregate(select=select, each=each):
            return [*_paths(select), *(_paths(each) if each else ())]
        case t.Average():
            return _paths(node.select)
        case t.ForEach():
            return [*_paths(node.select), *_paths(node.body)]
        case t.ListLit():
            return [p for a in node.items for p in _paths(a)]
        case _:
            return []
