"""What every construct shares: reading the clauses of a block, and putting a norm together.

A block is read once: its `given`s open the scope for everything after them, its conditions are joined, its clauses
lowered in the order written. What a construct does not understand is a mistake, never silently dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import cast

from landrules.base.frozen import frozen
from landrules.base.levels import PLAN_LEVELS
from landrules.base.period import ALWAYS, Period
from landrules.base.quantity import BY_SPELLING, Dimension
from landrules.base.valuetype import Simple
from landrules.base.vocabulary import MATTERS, OPINION_KINDS
from landrules.lang import tree as t
from landrules.lang.parse import Placeholder, parse_template
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.aggregates import both
from landrules.rules.citations import Stretch, citations, no_overlap, own_period, read, stretches, undated
from landrules.rules.declared import bilingual, title
from landrules.rules.faults import hint
from landrules.rules.scope import Items, Scope
from landrules.rules.symbols import Symbol, spellings
from landrules.rules.typecheck import any_meaning, condition, number, of_type, value
from landrules.rules.weight import named
from landrules.rules.world import World, title_of

WORDS: dict[type, tuple[str, str]] = {
    t.Title: ("标题", "title"),
    t.Cites: ("依据", "cites"),
    t.Effective: ("施行", "effective"),
    t.Condition: ("当", "when"),
    t.Given: ("设", "given"),
    t.SubjectTo: ("须经、须有", "subject to"),
    t.Duty: ("义务", "duty"),
    t.Tolerance: ("容差", "tolerance"),
    t.Effect: ("禁止", "prohibits"),
    t.MessageClause: ("提示", "message"),
    t.Except: ("例外", "except"),
    t.Cell: ("允许、限制、禁止某用途", "permits, restricts, prohibits a use"),
    t.Zone: ("分区", "zone"),
    t.FieldClause: ("字段", "field"),
    t.CodeClause: ("代码", "code"),
    t.Row: ("行", "row"),
}
CONDITIONS = {"applies": ("适用 当", "applies when"), "when": ("当", "when"), "requires": ("须", "requires")}
EFFECTS = {
    "occupation": ("禁止 占用", "prohibits occupation"),
    "buildings": ("禁止 建筑物", "prohibits buildings"),
    "project": ("禁止 项目", "prohibits project"),
    "permits": ("允许", "permits"),
    "refers": ("提请裁量", "refers"),
    "informs": ("告知", "informs"),
    "encourages": ("鼓励", "encourages"),
    "suspects": ("疑似", "suspects"),
    "authorises": ("准予用地", "authorises"),
}
SETTINGS = {
    "absolute": "不得放宽",
    "may be relaxed by": "可由 … 放宽",
    "supersedes": "取代",
    "rivals": "竞合",
}
STANDING = ("absolute", "may be relaxed by", "supersedes", "rivals")
"""Settings that every norm may have (`rules.levels` reads them)."""
HEADER = (t.Title, t.Cites, t.Effective, t.Tolerance, t.MessageClause, t.Except)
JUDGED = (t.Condition, t.Given, t.SubjectTo, t.Duty, t.Effect)


@frozen
class Block:
    """A block once read: the scope after its givens, conditions, clauses, effects, its own citations."""

    scope: Scope
    applies: e.Expr
    when: e.Expr
    clauses: tuple[m.Clause, ...]
    effects: tuple[t.Effect, ...]
    citations: tuple[m.Citation, ...]


def clause_name(clause: t.Clause) -> tuple[str, str]:
    """What a clause is called, Chinese and English."""
    if isinstance(clause, t.Setting):
        return SETTINGS.get(clause.key, clause.key), clause.key
    if isinstance(clause, t.Condition):
        return CONDITIONS[clause.kind]
    if isinstance(clause, t.Effect):
        return EFFECTS[clause.word]
    return WORDS[type(clause)]


def refuse(clause: t.Clause, construct: tuple[str, str], world: World) -> None:
    """Say that a clause has no place in a construct."""
    zh, en = clause_name(clause)
    world.faults.add(
        "LR410", clause.span, clause_zh=zh, clause_en=en, construct_zh=construct[0], construct_en=construct[1]
    )


def allow(
    body: Iterable[t.Clause],
    kinds: tuple[type, ...],
    construct: tuple[str, str],
    world: World,
    keys: Sequence[str] = (),
) -> None:
    """Refuse every clause that is none of some kinds; settings are known by their keys.

    How a norm stands to others may be said wherever the head of a norm may stand: where its message may.
    """
    known = {*keys, *(STANDING if t.MessageClause in kinds else ())}
    for clause in body:
        fine = clause.key in known if isinstance(clause, t.Setting) else isinstance(clause, kinds)
        if not fine:
            refuse(clause, construct, world)


def read_block(body: Iterable[t.Clause], scope: Scope, world: World) -> Block:
    """The judged clauses of a block, lowered."""
    applies: e.Expr = e.TRUE
    when: e.Expr = e.TRUE
    clauses: list[m.Clause] = []
    effects: list[t.Effect] = []
    written = tuple(body)
    for clause in written:
        match clause:
            case t.Given():
                scope = read_given(clause, scope, world)
            case t.Condition(kind="applies"):
                applies = both(applies, condition(clause.expr, scope, world) or e.TRUE)
            case t.Condition(kind="when"):
                when = both(when, condition(clause.expr, scope, world) or e.TRUE)
            case t.Condition():
                asked = condition(clause.expr, scope, world) or e.TRUE
                clauses.append(
                    m.Requires(asked, bilingual(clause.otherwise) if clause.otherwise else None, clause.span)
                )
            case t.SubjectTo():
                if (document := subject_to(clause, scope, world)) is not None:
                    clauses.append(document)
            case t.Duty():
                clauses.append(
                    m.DutyClause(bilingual(clause.text), _provided(clause.provided, scope, world), clause.span)
                )
            case t.Effect():
                effects.append(clause)
            case _:
                pass
    return Block(scope, applies, when, tuple(clauses), tuple(effects), citations(written, scope.module, world))


def read_given(clause: t.Given, scope: Scope, world: World) -> Scope:
    """The scope after a `given`; a name that is taken is a mistake."""
    for word in spellings(clause.names):
        if word in scope.locals:
            world.faults.add("LR224", clause.names.span, name=word)
    return scope.with_local(spellings(clause.names), named(clause.names, any_meaning(clause.expr, scope, world), world))


def _provided(node: t.Expr | None, scope: Scope, world: World) -> e.Expr:
    return e.TRUE if node is None else condition(node, scope, world) or e.TRUE


def subject_to(clause: t.SubjectTo, scope: Scope, world: World) -> m.SubjectTo | None:
    """A document, by its kind in either language, with the level that must issue it."""
    provided = _provided(clause.provided, scope, world)
    issuer = of_type(clause.issuer, Simple.LEVEL, scope, world) if clause.issuer is not None else None
    latest = of_type(clause.latest, Simple.DATE, scope, world) if clause.latest is not None else None
    key = document_key(clause.kind, clause.matter)
    if not key:
        table = MATTERS if clause.kind == "approval" else OPINION_KINDS
        known = [x for pair in table.items() for x in pair]
        code = "LR227" if clause.kind == "approval" else "LR228"
        world.faults.add(code, clause.span, name=clause.matter, **hint(clause.matter, known))
        return None
    table = MATTERS if clause.kind == "approval" else OPINION_KINDS
    return m.SubjectTo(clause.kind, key, table[key], issuer, provided, clause.span, latest)


def document_key(kind: str, word: str) -> str:
    """The key of an opinion's kind or an approval's matter in either spelling, or an empty string."""
    table = MATTERS if kind == "approval" else OPINION_KINDS
    if word in table:
        return word
    return next((key for key, zh in table.items() if zh == word), "")


def subject_of(symbol: Symbol, world: World) -> tuple[m.Subject, Scope]:
    """The ground a norm speaks of, and the scope of its clauses; after a mistake ground of no layer, to read on."""
    node = cast(t.NormDecl, symbol.node)
    scope = Scope(symbol.module)
    if node.subject is None:
        _prefers(node, scope, world)
        return m.Whole(), scope
    found = any_meaning(node.subject.layer, scope, world)
    if not isinstance(found, Items) or not isinstance(found.collection.source, e.LayerItems) or found.projection:
        if found is not None:
            world.faults.add("LR222", node.subject.layer.span, name=".".join(node.subject.layer.parts))
        return m.OnLayer(""), scope.with_local(("occupied", "占用"), None)
    layer = found.collection.source.layer
    scope = Scope(symbol.module, layer)
    inner = condition(node.subject.where, scope.inside(found.kind), world) if node.subject.where is not None else None
    where = both(found.collection.where, inner) if inner is not None else found.collection.where
    if node.subject.within is None:
        _prefers(node, scope, world)
        return m.OnLayer(layer, where), scope
    width = of_type(node.subject.within, Dimension.LENGTH, scope, world) or NO_LENGTH
    beyond = _beyond(node.subject, width, scope, world)
    return m.Strip(layer, width, where, beyond=beyond, prefers=_prefers(node, scope, world)), scope


NO_LENGTH = e.Const(Fraction(0), Dimension.LENGTH)


def _beyond(node: t.Subject, width: e.Expr, scope: Scope, world: World) -> e.Expr | None:
    """Where a second strip begins; between two fixed distances there must be ground."""
    if node.beyond is None:
        return None
    begins = of_type(node.beyond, Dimension.LENGTH, scope, world)
    ends = [x.value for x in (begins, width) if isinstance(x, e.Const) and isinstance(x.value, Fraction)]
    if len(ends) == 2 and ends[0] >= ends[1]:
        world.faults.add("LR470", node.beyond.span)
    return begins


def _prefers(node: t.NormDecl, scope: Scope, world: World) -> str:
    """The layer of announced polygons that count instead of a computed strip; empty where none is named."""
    for clause in node.body:
        if not isinstance(clause, t.Setting) or clause.key != "prefers" or node.kind == "use_control":
            continue
        if node.subject is None or node.subject.within is None or node.subject.beyond is not None:
            world.faults.add("LR471", clause.span)
            return ""
        layer = _layer_named(clause.values[0], scope, world)
        if not layer:
            world.faults.add("LR222", clause.values[0].span, name=clause.values[0].span.text)
        return layer
    return ""


def _layer_named(node: t.Expr, scope: Scope, world: World) -> str:
    found = any_meaning(node, scope, world)
    plain = isinstance(found, Items) and found.projection is None and found.collection.where is None
    if not plain or not isinstance(found, Items) or not isinstance(found.collection.source, e.LayerItems):
        return ""
    return found.collection.source.layer


def assemble(
    symbol: Symbol,
    world: World,
    subject: m.Subject,
    scope: Scope,
    applies: e.Expr,
    branches: Sequence[m.Branch],
    *,
    authorises: bool = False,
) -> m.Norm:
    """The norm of a declaration; granularity, layers and exceptions from elsewhere come later."""
    node = cast(t.NormDecl, symbol.node)
    cited = citations(node.body, symbol.module, world)
    period = own_period(node.body, world)
    if period is None:
        period = _hull([b.period for b in branches])
    informs = bool(branches) and all(b.effect in m.INFORMING for b in branches)
    return m.Norm(
        id=symbol.id,
        title=title(symbol),
        level=world.rulesets[symbol.module.id].level,
        construct=node.kind,
        subject=subject,
        applies=applies,
        branches=tuple(branches),
        exceptions=exceptions_in(node.body, symbol.id, cited, scope, world),
        period=period,
        citations=cited,
        tolerance=_tolerance(node.body, world),
        authorises=authorises,
        informs=informs,
        message=_message(node.body, scope, world),
        span=node.names.span,
    )


def _hull(periods: Sequence[Period]) -> Period:
    """The shortest period that holds all; without a period of its own a norm lives as long as its parts."""
    if not periods or ALWAYS in periods:
        return ALWAYS
    starts = [p.start for p in periods]
    ends = [p.end for p in periods]
    start = None if None in starts else min(x for x in starts if x is not None)
    end = None if None in ends else max(x for x in ends if x is not None)
    return Period(start, end)


def exceptions_in(
    body: Sequence[t.Clause],
    owner: str,
    cited: tuple[m.Citation, ...],
    scope: Scope,
    world: World,
    *,
    tightens: bool = False,
) -> tuple[m.ExceptionNorm, ...]:
    """The `except` blocks of a block, sorted by id; one without its own article stands on its norm's."""
    found: dict[str, tuple[m.ExceptionNorm, ...]] = {}
    spelled: set[str] = set()
    for clause in body:
        if isinstance(clause, t.Except):
            if twice := [w for w in spellings(clause.names) if w in spelled]:
                world.faults.add("LR204", clause.names.span, name=twice[0], first=owner)
                continue
            spelled |= set(spellings(clause.names))
            own = f"{owner}.{clause.names.id}"
            found[own] = read_exception(own, clause.names, clause.body, cited, scope, world, tightens=tightens)
    return tuple(x for own in sorted(found) for x in found[own])


EXCEPTION = ("例外", "an exception")


def read_exception(
    own: str,
    names: t.Names,
    body: Sequence[t.Clause],
    cited: tuple[m.Citation, ...],
    scope: Scope,
    world: World,
    *,
    tightens: bool = False,
) -> tuple[m.ExceptionNorm, ...]:
    """One exception with what excepts it: one for each of its dated parts, or one alone.

    What stands outside the parts holds in all of them. An exception that `tightens`, because it excepts an exception,
    may do so without any condition: a later law that ends what an earlier one allowed.
    """
    judged = (t.Condition, t.Given, t.SubjectTo, t.Duty, t.Effect, t.Cites)
    allow(body, (*judged, t.Title, t.Effective, t.Except), EXCEPTION, world)
    block = read_block(undated(body), scope, world)
    own_cited = block.citations or cited
    text = next((c.text for c in body if isinstance(c, t.Title)), None)
    common = m.ExceptionNorm(
        own,
        bilingual(text) if text else title_of(names),
        both(block.applies, block.when),
        block.clauses,
        own_period(body, world) or ALWAYS,
        own_cited,
        exceptions_in(body, own, own_cited, block.scope, world, tightens=not tightens),
        names.span,
        _only_refers(block.effects, world),
    )
    found: list[m.ExceptionNorm] = []
    for part in (parts := stretches(body)):
        allow(part.body, judged, EXCEPTION, world)
        inner = read_block(part.body, block.scope, world)
        found.append(
            replace(
                common,
                when=both(common.when, both(inner.applies, inner.when)),
                clauses=(*common.clauses, *inner.clauses),
                period=_within(part, common.period, names, world),
                citations=inner.citations or own_cited,
                refers=_only_refers(inner.effects, world) or common.refers,
            )
        )
    no_overlap([(p.period, p.span) for p in parts], f"例外“{names.id}”", f"the exception `{names.id}`", world)
    for one in (found := found or [common]):
        if one.when == e.TRUE and not one.clauses and not one.refers and not tightens:
            world.faults.add("LR422", names.span, name=names.id)
    return tuple(sorted(found, key=lambda x: (x.period.start is not None, x.period.start)))


def _only_refers(effects: Sequence[t.Effect], world: World) -> bool:
    """Whether an exception leaves the deny to a person; no other effect has a place in one."""
    for effect in effects:
        if effect.word != "refers":
            refuse(effect, EXCEPTION, world)
    return any(x.word == "refers" for x in effects)


def _within(part: Stretch, whole: Period, names: t.Names, world: World) -> Period:
    """The dates of a part, which lie within those of the whole exception."""
    cut = part.period.within(whole)
    if cut is None:
        own, its = read(part.period), read(whole)
        args = {"part_zh": own[0], "part_en": own[1], "whole_zh": its[0], "whole_en": its[1]}
        world.faults.add("LR451", part.span, name=names.id, **args)
    return cut or part.period


def _tolerance(body: Sequence[t.Clause], world: World) -> m.ToleranceRule:
    found = [c for c in body if isinstance(c, t.Tolerance)]
    if not found:
        return m.ToleranceRule()
    for extra in found[1:]:
        world.faults.add("LR412", extra.span, clause_zh="容差", clause_en="tolerance")
    limits = [number(x) for x in (found[0].limit, found[0].up_to) if x is not None]
    for constant, written in zip(limits, (found[0].limit, found[0].up_to), strict=False):
        if constant.type is not Dimension.AREA and written is not None:
            args = {"left_zh": "面积", "left_en": "area", "advice_zh": "例如 1 平方米", "advice_en": "for example 1 m2"}
            found_type = {
                "right_zh": str(written.value) + written.unit,
                "right_en": f"{written.value} {written.unit}".strip(),
            }
            world.faults.add("LR300", written.span, **args, **found_type)
            return m.ToleranceRule()
    handed = found[0].handed_to if found[0].handed_to in PLAN_LEVELS else None
    values = [cast(Fraction, c.value) for c in limits]
    return m.ToleranceRule(values[0], handed, values[1] if len(values) > 1 else None)


def _message(body: Sequence[t.Clause], scope: Scope, world: World) -> m.BilingualMessage | None:
    found = next((c for c in body if isinstance(c, t.MessageClause)), None)
    if found is None:
        return None
    zh, en = (_template(x, found.text, scope, world) for x in (found.text.zh, found.text.en))
    return m.BilingualMessage(zh or en, en or zh)


def _template(text: str, node: t.Text, scope: Scope, world: World) -> m.Message:
    pieces, mistakes = parse_template(text, node.span)
    world.faults.found.extend(mistakes)
    parts: list[m.MessagePart] = []
    for piece in pieces:
        if not isinstance(piece, Placeholder):
            parts.append(m.MessagePart(piece))
            continue
        found = value(piece.expr, scope, world)
        unit = BY_SPELLING[piece.unit] if piece.unit else None
        if found is None:
            continue
        if unit is not None and unit.dimension is not found.type:
            args = {"advice_zh": "请换成同一量纲的单位", "advice_en": "choose a unit of the same dimension"}
            kinds = {**algebra.said("left", found.type), **algebra.said("right", unit.dimension)}
            world.faults.add("LR300", piece.span, **kinds, **args)
            continue
        parts.append(m.MessagePart("", found.expr, unit))
    return tuple(parts)
