"""`balance`: what is taken must be made good, by plots of one's own or by a confirmed account (design.md section 2).

Plots: mode `self`, or no mode but plots of the kind asked. They are compared by `requires`, in the regime of the law
date. Any other mode: its confirmation must be there. Neither mode nor plots: the mode is missing. No debit: the norm
does not apply.
"""

from __future__ import annotations

from typing import cast

from landrules.base.period import ALWAYS
from landrules.base.quantity import Dimension
from landrules.base.valuetype import Simple
from landrules.base.vocabulary import OPINION_KINDS
from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.aggregates import both
from landrules.rules.citations import stretches, undated
from landrules.rules.constructs.common import HEADER, allow, assemble, document_key, read_block, read_given
from landrules.rules.declared import settings
from landrules.rules.faults import hint
from landrules.rules.scope import Items, Scope, Typed
from landrules.rules.symbols import Symbol, word_of
from landrules.rules.typecheck import any_meaning, of_type
from landrules.rules.world import World

NAME = ("平衡", "a balance")
MODE = e.Fact(("balance", "mode"), Simple.TEXT)
CONFIRMATION = e.Fact(("balance", "confirmation_no"), Simple.TEXT)
IS_SELF = e.Compare("=", MODE, e.Const("self", Simple.TEXT))
DEBIT = ("debit", "占用方")
CREDIT = ("credit", "补充方")


def lower(symbol: Symbol, world: World) -> m.Norm:
    """A balance as a norm over the whole proposal."""
    node = cast(t.NormDecl, symbol.node)
    judged = (t.Condition, t.Given, t.Duty, t.SubjectTo)
    allow(node.body, (*HEADER, *judged), NAME, world, keys=("debit", "credit", "confirmation"))
    found = settings(node.body)
    for key, zh in (("debit", "占用方"), ("credit", "补充方"), ("confirmation", "确认文件")):
        if key not in found:
            world.faults.add("LR411", symbol.span, clause_zh=zh, clause_en=key)
    scope, debit, credit = _sides(node.body, found, Scope(symbol.module), world)
    common = undated(tuple(c for c in node.body if not isinstance(c, t.Given)))
    block = read_block(common, scope, world)
    supplied = _supplied(credit)
    plots = both(IS_SELF if supplied is None else e.Logic("or", (IS_SELF, supplied)), block.when)
    branches: list[m.Branch] = []
    parts = stretches(node.body)
    for part in parts:
        allow(part.body, (*judged, t.Cites), NAME, world)
        inner = read_block(part.body, block.scope, world)
        when = both(both(plots, inner.applies), inner.when)
        clauses = (*block.clauses, *inner.clauses)
        branches.append(m.Branch(m.Effect.COMPLY, when, clauses, part.period, inner.citations, span=part.span))
    if not parts:
        branches.append(m.Branch(m.Effect.COMPLY, plots, block.clauses, span=symbol.span))
    if not any(isinstance(c, m.Requires) for b in branches for c in b.clauses):
        world.faults.add("LR411", symbol.span, clause_zh="须", clause_en="requires")
    if (confirmed := _confirmed(found.get("confirmation"), world)) is not None:
        other = both(None if supplied is None else e.Not(supplied), e.Not(IS_SELF))
        for period in [p.period for p in parts] or [ALWAYS]:
            branches.append(
                m.Branch(m.Effect.COMPLY, both(other, block.when), (confirmed,), period, span=confirmed.span)
            )
    applies = both(e.Compare(">", debit, e.ZERO_AREA), block.applies)
    return assemble(symbol, world, m.Whole(), block.scope, applies, branches)


def _sides(
    body: tuple[t.Clause, ...], found: dict[str, t.Setting], scope: Scope, world: World
) -> tuple[Scope, e.Expr, e.Collection | None]:
    """The scope in which `debit` is an area and `credit` a collection, after the balance's own `given`s."""
    for clause in body:
        if isinstance(clause, t.Given):
            scope = read_given(clause, scope, world)
    debit: e.Expr = e.ZERO_AREA
    collection: e.Collection | None = None
    if "debit" in found:
        read = of_type(found["debit"].values[0], Dimension.AREA, scope, world)
        if read is not None:
            debit = e.Named("debit", read, Dimension.AREA, "占用方")
        scope = scope.with_local(DEBIT, Typed(debit) if read is not None else None)
    if "credit" in found:
        meaning = any_meaning(found["credit"].values[0], scope, world)
        if isinstance(meaning, Items) and meaning.projection is None:
            collection = meaning.collection
            scope = scope.with_local(CREDIT, meaning)
        else:
            if meaning is not None:
                world.faults.add("LR309", found["credit"].span, name=found["credit"].values[0].span.text)
            scope = scope.with_local(CREDIT, None)
    return scope, debit, collection


def _supplied(credit: e.Collection | None) -> e.Expr | None:
    """Whether the proposal names no mode but plots of its own, which are compared then."""
    if credit is None:
        return None
    return e.Logic("and", (e.Not(e.Given(MODE)), e.Aggregate("any", credit, Simple.BOOLEAN)))


def _confirmed(setting: t.Setting | None, world: World) -> m.Confirmed | None:
    if setting is None:
        return None
    word = word_of(setting.values)
    key = document_key("opinion", word)
    if not key:
        known = [x for pair in OPINION_KINDS.items() for x in pair]
        world.faults.add("LR228", setting.span, name=word, **hint(word, known))
        return None
    return m.Confirmed(key, OPINION_KINDS[key], CONFIRMATION, setting.span)
