"""`quota`: what was used and what is requested must stay within a ceiling, per region, level and period.

Figures come from accounts, which are kept by region and year: the code of a county, a city or a province is the level,
and a figure entered for a span of years is that of the period. Nothing requested: the quota does not apply.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from landrules.base.period import ALWAYS, Period
from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.aggregates import both
from landrules.rules.citations import stretches, undated
from landrules.rules.constructs.common import Block, allow, assemble, read_block
from landrules.rules.declared import settings
from landrules.rules.scope import Scope, Typed
from landrules.rules.symbols import Symbol
from landrules.rules.typecheck import of_type, value
from landrules.rules.world import World

NAME = ("计划指标", "a quota")
JUDGED = (t.Condition, t.Given, t.SubjectTo, t.Duty)
HEAD = (t.Title, t.Cites, t.Effective, t.MessageClause, t.Except)
PARTS = {"used": "已用", "requested": "本次", "at most": "不高于"}


def lower(symbol: Symbol, world: World) -> m.Norm:
    """A quota as a norm over the whole proposal: one requirement, one for each of its dated parts."""
    node = cast(t.NormDecl, symbol.node)
    allow(node.body, (*HEAD, *JUDGED), NAME, world, keys=tuple(PARTS))
    common = undated(node.body)
    block = read_block(common, Scope(symbol.module), world)
    branches: list[m.Branch] = []
    scope = block.scope
    for part in stretches(node.body):
        allow(part.body, (*JUDGED, t.Cites), NAME, world, keys=tuple(PARTS))
        inner = read_block(part.body, block.scope, world)
        stated = {**settings(common), **settings(part.body)}
        branch, scope = _branch(stated, inner, part.period, part.span, world)
        clauses = (*branch.clauses, *block.clauses)
        when = both(block.when, both(inner.applies, branch.when))
        branches.append(
            m.Branch(branch.effect, when, clauses, part.period, inner.citations, span=part.span, shown=branch.shown)
        )
    if not branches:
        branch, scope = _branch(settings(common), block, ALWAYS, symbol.span, world)
        branches.append(branch)
    return assemble(symbol, world, m.Whole(), scope, block.applies, branches)


def _branch(
    stated: Mapping[str, t.Setting], block: Block, period: Period, span: Span, world: World
) -> tuple[m.Branch, Scope]:
    """What must hold of used, requested and ceiling; and the scope in which a message can name them."""
    for key, zh in PARTS.items():
        if key not in stated:
            world.faults.add("LR411", span, clause_zh=zh, clause_en=key)
    requested = _number(stated.get("requested"), block.scope, world)
    kind = requested.type if requested is not None and isinstance(requested.type, Dimension) else None
    used, most = (_number(stated.get(key), block.scope, world, kind) for key in ("used", "at most"))
    if requested is None or used is None or most is None or kind is None:
        return m.Branch(m.Effect.COMPLY, block.when, block.clauses, period, span=span), _named(block.scope, {})
    asked, before = e.Named("requested", requested, kind, "本次申请"), e.Named("used", used, kind, "已用")
    ceiling = e.Named("ceiling", most, kind, "上限")
    total = e.Named("used and requested", e.Arithmetic("+", before, asked, kind), kind, "已用与本次合计")
    within = m.Requires(e.Compare("<=", total, ceiling), None, stated["at most"].span)
    when = both(block.when, e.Compare(">", asked, e.Const(Fraction(0), kind)))
    left = e.Named("left", e.Arithmetic("-", ceiling, before, kind), kind, "剩余")
    scope = _named(block.scope, {"requested": asked, "used": before, "ceiling": ceiling, "left": left})
    shown = (before, asked, ceiling, left)
    return m.Branch(m.Effect.COMPLY, when, (within, *block.clauses), period, span=within.span, shown=shown), scope


WORDS = {"requested": "本次", "used": "已用", "ceiling": "上限", "left": "剩余"}


def _named(scope: Scope, found: Mapping[str, e.Expr]) -> Scope:
    for key, zh in WORDS.items():
        scope = scope.with_local((key, zh), Typed(found[key]) if key in found else None)
    return scope


def _number(setting: t.Setting | None, scope: Scope, world: World, kind: Dimension | None = None) -> e.Expr | None:
    """A quantity; of the kind that is requested, once that is known."""
    if setting is None:
        return None
    if kind is not None:
        return of_type(setting.values[0], kind, scope, world)
    found = value(setting.values[0], scope, world)
    if found is not None and not isinstance(found.type, Dimension):
        world.faults.add("LR472", setting.values[0].span, **algebra.said("found", found.type))
        return None
    return found.expr if found is not None else None
