"""Linking exceptions: each `exception x to y` is hung under the norm, or the exception, that it excepts.

Exceptions form a tree under their norm. A lower level may not except a higher level's norm; a ring of exceptions, or a
name that is not there, is a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from landrules.base.diagnostic import nearest
from landrules.lang import tree as t
from landrules.rules import model as m
from landrules.rules.citations import citations
from landrules.rules.constructs.common import read_exception
from landrules.rules.declared import PLAN_LEVELS
from landrules.rules.faults import hint
from landrules.rules.scope import Scope
from landrules.rules.symbols import Symbol, find_norm
from landrules.rules.world import World


def link_exceptions(world: World) -> None:
    """Hang every separate exception under what it excepts."""
    symbols = {
        s.id: s
        for name in sorted(world.names.modules)
        for s in dict.fromkeys(world.names.modules[name].norms.values())
        if s.kind == "exception"
    }
    targets = {i: found for i, s in sorted(symbols.items()) if (found := _target(s, symbols, world)) is not None}
    ringed = _rings(targets, symbols, world)
    for own in sorted(targets.keys() - ringed, key=lambda i: (_depth(i, targets, symbols), i)):
        _hang(symbols[own], own, targets, world)


def _target(symbol: Symbol, symbols: Mapping[str, Symbol], world: World) -> str | None:
    node = cast(t.NormDecl, symbol.node)
    assert node.excepts
    (excepts,) = node.excepts
    name = ".".join(excepts.parts)
    found = find_norm(world.names, symbol.module, excepts)
    if found is None:
        known = {s.id for module in world.names.modules.values() for s in module.norms.values()}
        short = {i.rsplit(".", 1)[-1]: i for i in known}
        near = nearest(name, [*known, *short])
        near = short.get(near, near)
        told = {"hint_zh": f"是否指“{near}”？", "hint_en": f"did you mean `{near}`?"} if near else hint(name, known)
        world.faults.add("LR229", excepts.span, name=name, **told)
        return None
    target, rest = found
    if target.kind == "norm" and target.id not in world.norms:
        return None
    full = ".".join((target.id, *_inner_ids(target, rest)))
    if rest and _missing(target, rest):
        world.faults.add("LR229", excepts.span, name=name, **hint(rest[-1], _inner_names(target)))
        return None
    own_level, its_level = (world.rulesets[s.module.id].level for s in (symbol, target))
    if PLAN_LEVELS.index(own_level) > PLAN_LEVELS.index(its_level):
        args = {"name": symbol.id, "norm": target.id}
        levels = {**_level("own", own_level), **_level("its", its_level)}
        world.faults.add("LR408", excepts.span, **args, **levels)
        return None
    return full


LEVEL_ZH = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡镇级"}


def _level(prefix: str, level: m.PlanLevel) -> dict[str, str]:
    return {f"{prefix}_zh": LEVEL_ZH[level], f"{prefix}_en": level}


def _excepts(body: tuple[t.Clause, ...]) -> list[t.Except]:
    return [c for c in body if isinstance(c, t.Except)]


def _inner_ids(target: Symbol, rest: tuple[str, ...]) -> tuple[str, ...]:
    """The canonical names of an `except` inside an `except`."""
    body = target.node.body
    ids: list[str] = []
    for word in rest:
        inner = next((x for x in _excepts(body) if word in (x.names.en, x.names.zh)), None)
        if inner is None:
            return (*ids, word)
        ids.append(inner.names.id)
        body = inner.body
    return tuple(ids)


def _missing(target: Symbol, rest: tuple[str, ...]) -> bool:
    body = target.node.body
    for word in rest:
        inner = next((x for x in _excepts(body) if word in (x.names.en, x.names.zh)), None)
        if inner is None:
            return True
        body = inner.body
    return False


def _inner_names(target: Symbol) -> list[str]:
    return [w for x in _excepts(target.node.body) for w in (x.names.en, x.names.zh)]


def _owner(target: str, symbols: Mapping[str, Symbol]) -> str | None:
    """The separate exception that a target is, or lies in."""
    return max((i for i in symbols if target == i or target.startswith(i + ".")), key=len, default=None)


def _rings(targets: Mapping[str, str], symbols: Mapping[str, Symbol], world: World) -> frozenset[str]:
    ringed: set[str] = set()
    for start in sorted(targets):
        road = [start]
        step = _owner(targets[start], symbols)
        while step is not None and step in targets and step not in road:
            road.append(step)
            step = _owner(targets[step], symbols)
        if step is not None and step in road:
            ring = road[road.index(step) :]
            ringed |= set(road)
            if start == min(ring):
                world.faults.add("LR409", symbols[start].span, ring=" → ".join([*ring, step]))
        elif step is not None and step in ringed:
            ringed |= set(road)
    return frozenset(ringed)


def _depth(own: str, targets: Mapping[str, str], symbols: Mapping[str, Symbol]) -> int:
    """How many separate exceptions lie between one and its norm: those above are hung first."""
    depth = 0
    step = _owner(targets[own], symbols)
    while step is not None and step in targets:
        depth += 1
        step = _owner(targets[step], symbols)
    return depth


def _hang(symbol: Symbol, own: str, targets: Mapping[str, str], world: World) -> None:
    node = cast(t.NormDecl, symbol.node)
    norm = _norm_of(targets[own], targets, world)
    if norm is None:
        return
    layer = "" if isinstance(norm.subject, m.Whole) else norm.subject.layer
    cited = citations(node.body, symbol.module, world)
    if not cited:
        world.faults.add("LR431", symbol.span, name=symbol.names.id)
    silent = tuple(c for c in node.body if not isinstance(c, t.Setting))
    lowered = read_exception(own, symbol.names, silent, cited, Scope(symbol.module, layer), world)
    world.norms[norm.id] = replace(norm, exceptions=_placed(norm.exceptions, norm.id, targets[own], lowered))


def _norm_of(target: str, targets: Mapping[str, str], world: World) -> m.Norm | None:
    seen = target
    while True:
        for own in targets:
            if seen == own or seen.startswith(own + "."):
                seen = targets[own]
                break
        else:
            best = max((i for i in world.norms if seen == i or seen.startswith(i + ".")), key=len, default=None)
            return world.norms[best] if best is not None else None


def _placed(
    exceptions: tuple[m.ExceptionNorm, ...], owner: str, target: str, lowered: m.ExceptionNorm
) -> tuple[m.ExceptionNorm, ...]:
    if target == owner:
        return tuple(sorted((*exceptions, lowered), key=lambda x: x.id))
    return tuple(replace(x, exceptions=_placed(x.exceptions, x.id, target, lowered)) for x in exceptions)
