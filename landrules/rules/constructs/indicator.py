"""`indicator`: a ratio or a quantity of a layout, held against limits from dated tables: intensity, structure, coverage.

Each limit is a requirement of its own. Where the norm `refers`, missing a limit is no breach: the case is looked at by a
person. It is judged parcel by parcel where anything in it speaks of the parcel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from landrules.base.period import ALWAYS
from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.aggregates import both
from landrules.rules.citations import stretches, undated
from landrules.rules.constructs.common import HEADER, Block, allow, assemble, read_block, refuse, subject_of
from landrules.rules.declared import settings
from landrules.rules.fit import fit
from landrules.rules.scope import Scope, Typed
from landrules.rules.symbols import Symbol
from landrules.rules.typecheck import value
from landrules.rules.world import World

NAME = ("控制指标", "an indicator")
JUDGED = (t.Condition, t.Given, t.SubjectTo, t.Duty, t.Effect)
KEYS = ("value", "at least", "at most")
LIMITS: dict[str, Literal[">=", "<="]] = {"at least": ">=", "at most": "<="}


def lower(symbol: Symbol, world: World) -> m.Norm:
    """An indicator as a norm: its limits as requirements, one branch for each of its dated parts."""
    node = cast(t.NormDecl, symbol.node)
    head = tuple(k for k in HEADER if k is not t.Tolerance)
    allow(node.body, (*head, *JUDGED), NAME, world, keys=KEYS)
    subject, scope = subject_of(symbol, world)
    common = undated(node.body)
    block = read_block(common, scope, world)
    refers = _refers(block.effects, world)
    branches: list[m.Branch] = []
    scope = block.scope
    for part in stretches(node.body):
        allow(part.body, (*JUDGED, t.Cites), NAME, world, keys=KEYS)
        inner = read_block(part.body, block.scope, world)
        own = refers or _refers(inner.effects, world)
        limits, scope = _limits(symbol, (*part.body, *common), inner, own, part.span, world)
        clauses = (*limits, *inner.clauses, *block.clauses)
        when = both(both(block.when, inner.applies), inner.when)
        branches.append(m.Branch(m.Effect.COMPLY, when, clauses, part.period, inner.citations, span=part.span))
    if not branches:
        limits, scope = _limits(symbol, common, block, refers, symbol.span, world)
        clauses = (*limits, *block.clauses)
        branches.append(m.Branch(m.Effect.COMPLY, block.when, clauses, ALWAYS, span=symbol.span))
    return assemble(symbol, world, subject, scope, block.applies, branches)


def _refers(effects: Sequence[t.Effect], world: World) -> bool:
    """Whether a missed limit is left to a person; no other effect has a place here."""
    for effect in effects:
        if effect.word != "refers":
            refuse(effect, NAME, world)
    return any(x.word == "refers" for x in effects)


def _limits(
    symbol: Symbol, body: Sequence[t.Clause], block: Block, refers: bool, span: Span, world: World
) -> tuple[list[m.Requires], Scope]:
    """The requirements, and the scope in which a message can name the value."""
    stated = settings(tuple(body)).get("value")
    bounds = [c for c in body if isinstance(c, t.Setting) and c.key in LIMITS]
    if stated is None:
        world.faults.add("LR411", span, clause_zh="取值", clause_en="value")
    if not bounds:
        world.faults.add("LR411", span, clause_zh="不低于、不高于", clause_en="at least, at most")
    found = value(stated.values[0], block.scope, world) if stated is not None else None
    if stated is not None and found is not None and not isinstance(found.type, Dimension):
        world.faults.add("LR472", stated.values[0].span, **algebra.said("found", found.type))
        found = None
    if found is None:
        return [], block.scope.with_local(("value", "取值"), None)
    names = symbol.names
    measured = e.Named(names.id, found.expr, found.type, names.zh)
    out: list[m.Requires] = []
    for bound in bounds:
        limit = value(bound.values[0], block.scope, world)
        fitted = fit(limit, found.type, bound.values[0].span, world) if limit is not None else None
        if fitted is not None:
            test = e.Compare(LIMITS[bound.key], measured, fitted, bound.span)
            out.append(m.Requires(test, None, bound.span, refers))
    return out, block.scope.with_local(("value", "取值"), Typed(measured))
