"""The fourth pass: what is looked up by date, lists and tables, and definitions."""

from __future__ import annotations

from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules.bodies import by_start as by_start
from landrules.rules.bodies import cited_in as cited_in
from landrules.rules.bodies import dated_bodies as dated_bodies
from landrules.rules.declared import declaration
from landrules.rules.lists import bind_list
from landrules.rules.rowkeys import constant as constant
from landrules.rules.scope import Meaning, Scope, Typed
from landrules.rules.symbols import Symbol, find
from landrules.rules.tables import bind_table
from landrules.rules.typecheck import any_meaning
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
    for symbol in symbols:
        if symbol.kind == "define":
            _define(symbol, world, ())


def _define(symbol: Symbol, world: World, road: tuple[Symbol, ...]) -> None:
    if symbol.id in world.defines:
        return
    if symbol in road:
        ring = [s.names.id for s in (*road[road.index(symbol) :], symbol)]
        world.faults.add("LR223", symbol.span, ring=" → ".join(ring))
        world.defines[symbol.id] = None
        return
    node = declaration(symbol)
    if node.expr is None:
        return
    for path in _paths(node.expr):
        found = find(world.names, symbol.module, path)
        if found and found[0].kind == "define":
            _define(found[0], world, (*road, symbol))
    if symbol.id not in world.defines:
        world.defines[symbol.id] = named(symbol.names, any_meaning(node.expr, Scope(symbol.module), world))


def named(names: t.Names, found: Meaning | None) -> Meaning | None:
    """A definition's or a given's meaning under its name, which stays for the trace."""
    if isinstance(found, Typed) and not isinstance(found.expr, e.ListRef):
        return Typed(e.Named(names.id, found.expr, found.type, names.zh), found.words)
    return found


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
