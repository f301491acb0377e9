"""`rule`: everything the field has no word of its own for; and the shared lowering of effects, dated or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from landrules.base.period import ALWAYS, Period
from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.aggregates import both
from landrules.rules.citations import stretches, undated
from landrules.rules.constructs.common import HEADER, JUDGED, Block, allow, assemble, read_block, subject_of
from landrules.rules.symbols import Symbol
from landrules.rules.working import told
from landrules.rules.world import World

NAME = ("规则", "a rule")
EFFECT: dict[str, m.Effect] = {
    "occupation": m.Effect.DENY_OCCUPATION,
    "buildings": m.Effect.DENY_BUILDINGS,
    "project": m.Effect.DENY,
    "permits": m.Effect.COMPLY,
    "authorises": m.Effect.COMPLY,
    "refers": m.Effect.REFER,
    "informs": m.Effect.INFORM,
    "encourages": m.Effect.ENCOURAGE,
    "suspects": m.Effect.SUSPECT,
}


def lower(symbol: Symbol, world: World) -> m.Norm:
    """A rule as a norm: one branch per effect, one for its clauses, each with the dates of its part."""
    node = cast(t.NormDecl, symbol.node)
    allow(node.body, (*HEADER, *JUDGED), NAME, world, keys=("prefers",))
    return lower_effects(symbol, world, NAME)


def lower_effects(symbol: Symbol, world: World, construct: tuple[str, str]) -> m.Norm:
    """The branches of effects and clauses, outside and inside dated parts."""
    node = cast(t.NormDecl, symbol.node)
    subject, scope = subject_of(symbol, world)
    block = read_block(undated(node.body), scope, world)
    branches = branches_of(block, ALWAYS, e.TRUE, subject, world, dated=False)
    effects = list(block.effects)
    for part in stretches(node.body):
        allow(part.body, (*JUDGED, t.Cites, t.Title), construct, world)
        inner = read_block(part.body, block.scope, world)
        found = branches_of(inner, part.period, both(block.when, inner.applies), subject, world, dated=True)
        if not found and not inner.effects:
            world.faults.add("LR421", part.span, name=symbol.names.id)
        branches += found
        effects += inner.effects
    if not branches and not effects:
        world.faults.add("LR421", symbol.span, name=symbol.names.id)
    authorises = any(x.word == "authorises" for x in effects)
    norm = assemble(symbol, world, subject, block.scope, block.applies, branches, authorises=authorises)
    if not norm.informs:
        return norm
    shown = told(norm.message, block.scope)
    return replace(norm, branches=tuple(replace(b, shown=shown) for b in norm.branches))


def branches_of(
    block: Block, period: Period, outer: e.Expr, subject: m.Subject, world: World, *, dated: bool
) -> list[m.Branch]:
    """The branches of one block; citations are its own only where it is a dated part."""
    when = both(outer, block.when)
    cited = block.citations if dated else ()
    branches = [
        m.Branch(EFFECT[x.word], when, (), period, cited, span=x.span)
        for x in _once(block.effects)
        if _fits(x, subject, world) and not (x.word in ("permits", "authorises") and block.clauses)
    ]
    if block.clauses:
        branches.append(m.Branch(m.Effect.COMPLY, when, block.clauses, period, cited, span=block.clauses[0].span))
    return branches


def _once(effects: Sequence[t.Effect]) -> list[t.Effect]:
    found: dict[m.Effect, t.Effect] = {}
    for effect in effects:
        found.setdefault(EFFECT[effect.word], effect)
    return list(found.values())


def _fits(effect: t.Effect, subject: m.Subject, world: World) -> bool:
    """Ground and buildings can only be forbidden on ground."""
    if effect.word in ("occupation", "buildings") and isinstance(subject, m.Whole):
        world.faults.add("LR423", effect.span)
        return False
    return True
