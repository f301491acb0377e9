"""Linking exceptions: each `exception x to a, b` is hung under every norm, or exception, that it excepts.

Exceptions form a tree under their norm; one declaration may stand in several trees, and at several places of one. A name
that is not there, a ring of exceptions, and a right that was not given are mistakes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from landrules.lang import tree as t
from landrules.rules import model as m
from landrules.rules.citations import citations, stretches, undated
from landrules.rules.constructs.common import read_exception
from landrules.rules.groups import Target, check_groups, targets_of
from landrules.rules.lawcheck import can_deny
from landrules.rules.levels import may_except
from landrules.rules.rings import ordered
from landrules.rules.scope import Scope
from landrules.rules.symbols import Symbol
from landrules.rules.world import World

Hung = dict[str, dict[tuple[str, int], int]]
"""Where each separate exception hangs: under which norm, how far below, and at how many places there."""

DEEPEST = 20
MOST_PLACES = 1_000
"""Law stays far below; a text that passes either would only keep the machine busy."""


def link_exceptions(world: World) -> None:
    """Hang every separate exception under what it excepts, outer ones first."""
    check_groups(world)
    symbols = {
        s.id: s
        for name in sorted(world.names.modules)
        for s in dict.fromkeys(world.names.modules[name].norms.values())
        if s.kind == "exception"
    }
    targets = {own: targets_of(symbol, world) for own, symbol in sorted(symbols.items())}
    order, rings = ordered(
        {own: [x.symbol.id for x in found if x.symbol.kind == "exception"] for own, found in targets.items()}
    )
    for ring in rings:
        world.faults.add("LR409", symbols[ring[0]].span, ring=" → ".join(ring))
    hung: Hung = {}
    full: Counter[str] = Counter()
    for own in order:
        for target in targets[own]:
            _hang(symbols[own], target, hung, full, world)
    _idle(symbols, targets, world)


def _hang(symbol: Symbol, target: Target, hung: Hung, full: Counter[str], world: World) -> None:
    """Hang an exception under one of its targets, at every place where that hangs itself.

    `full` counts, by norm, the places that separate exceptions take under it.
    """
    below = len(target.inner)
    if target.symbol.kind == "exception":
        places = {(norm, depth + below): n for (norm, depth), n in hung.get(target.symbol.id, {}).items()}
    else:
        places = {(target.symbol.id, below): 1}
    mine = hung.setdefault(symbol.id, {})
    for (own, above), times in places.items():
        norm = world.norms[own]
        full[own] += times
        if above >= DEEPEST or full[own] > MOST_PLACES:
            world.faults.add("LR464", symbol.span, name=symbol.names.id, norm=own, depth=DEEPEST, places=MOST_PLACES)
            return
        if not may_except(symbol, target, norm, above + 1, world):
            continue
        lowered = _lowered(symbol, norm, above, world)
        world.norms[own] = replace(norm, exceptions=_placed(norm.exceptions, norm.id, target.id, lowered))
        mine[own, above + 1] = mine.get((own, above + 1), 0) + times


def _lowered(symbol: Symbol, norm: m.Norm, above: int, world: World) -> tuple[m.ExceptionNorm, ...]:
    """The exception as it reads under a norm, whose layer it may speak of; one for each of its dated parts."""
    body = symbol.node.body
    cited = citations(undated(body), symbol.module, world)
    parts = stretches(body)
    if not cited and not (parts and all(citations(p.body, symbol.module, world) for p in parts)):
        world.faults.add("LR431", symbol.span, name=symbol.names.id)
    layer = "" if isinstance(norm.subject, m.Whole) else norm.subject.layer
    scope = Scope(symbol.module, layer)
    return read_exception(symbol.id, symbol.names, body, cited, scope, world, tightens=above % 2 == 1)


def _placed(
    exceptions: tuple[m.ExceptionNorm, ...], owner: str, target: str, lowered: tuple[m.ExceptionNorm, ...]
) -> tuple[m.ExceptionNorm, ...]:
    if target == owner:
        kept = tuple(x for x in exceptions if x.id != lowered[0].id) if lowered else exceptions
        return tuple(sorted((*kept, *lowered), key=lambda x: (x.id, x.period.start is not None, x.period)))
    return tuple(replace(x, exceptions=_placed(x.exceptions, x.id, target, lowered)) for x in exceptions)


def _idle(symbols: Mapping[str, Symbol], targets: Mapping[str, tuple[Target, ...]], world: World) -> None:
    """Warn of exceptions to norms that never deny: there is nothing to lift."""
    for own, found in targets.items():
        for target in found:
            norm = world.norms.get(target.id)
            if norm is not None and not any(can_deny(b) for b in norm.branches):
                world.faults.warn("LR450", target.span, name=symbols[own].names.id, norm=norm.id)
    for name in sorted(world.names.modules):
        for symbol in dict.fromkeys(world.names.modules[name].norms.values()):
            norm = world.norms.get(symbol.id)
            if norm is None or any(can_deny(b) for b in norm.branches):
                continue
            for clause in cast(t.NormDecl, symbol.node).body:
                if isinstance(clause, t.Except):
                    world.faults.warn("LR450", clause.names.span, name=clause.names.id, norm=norm.id)
