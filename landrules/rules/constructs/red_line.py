"""`red line`: ground of a layer, or within a width of it, that may not be occupied or built on; closed exceptions."""

from __future__ import annotations

from typing import cast

from landrules.lang import tree as t
from landrules.rules import model as m
from landrules.rules.constructs.common import HEADER, allow, refuse
from landrules.rules.constructs.rule import lower_effects
from landrules.rules.symbols import Symbol
from landrules.rules.world import World

NAME = ("红线", "a red line")
PROHIBITIONS = ("occupation", "buildings", "project")


def lower(symbol: Symbol, world: World) -> m.Norm:
    """A red line as a norm: branches that deny, nothing else; every way out is an exception."""
    node = cast(t.NormDecl, symbol.node)
    allow(node.body, (*HEADER, t.Condition, t.Given, t.Effect), NAME, world, keys=("prefers",))
    for clause in _flat(node.body):
        wrong_effect = isinstance(clause, t.Effect) and clause.word not in PROHIBITIONS
        if wrong_effect or (isinstance(clause, t.Condition) and clause.kind == "requires"):
            refuse(clause, NAME, world)
    if not any(isinstance(c, t.Effect) and c.word in PROHIBITIONS for c in _flat(node.body)):
        world.faults.add("LR411", symbol.span, clause_zh="禁止", clause_en="prohibits")
    return lower_effects(symbol, world, NAME)


def _flat(body: tuple[t.Clause, ...]) -> list[t.Clause]:
    """The clauses of a block and of its dated parts."""
    found: list[t.Clause] = []
    for clause in body:
        found.append(clause)
        if isinstance(clause, t.Effective) and clause.body is not None:
            found += clause.body
    return found
