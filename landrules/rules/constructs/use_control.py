"""`use control`: a matrix of zones and uses, judged piece by piece, without gaps and without overlaps.

Codes stand for themselves and all below them. A coarse code above a listed one (a use `06` where the plan tells `0601`
from `0602`, a zone drawn at the first level) is decided only where all that it holds is permitted, or all prohibited;
else it refers. So does a zone or use that the matrix does not know. `other` is everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from landrules.base.frozen import frozen
from landrules.base.source import Span
from landrules.base.valuetype import Code, CodeType, ListType
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.aggregates import both
from landrules.rules.citations import citations
from landrules.rules.constructs.common import HEADER, allow, assemble, read_block, refuse, subject_of
from landrules.rules.declared import settings
from landrules.rules.faults import hint
from landrules.rules.scope import Scope, layer_key
from landrules.rules.symbols import Symbol, word_of
from landrules.rules.typecheck import of_type, value
from landrules.rules.world import World

NAME = ("用途管制", "a use control")
CELL = ("用途管制的单元", "a cell of a use control")
WORD_ZH = {"permits": "允许", "restricts": "限制", "prohibits": "禁止"}
UNCOVERED = {"refer": m.Outcome.REFER, "deny": m.Outcome.DENY, "permit": m.Outcome.PERMIT}


@frozen
class Listed:
    """The codes of one row or cell; `None` stands for `other`."""

    codes: tuple[Code, ...] | None
    span: Span


@frozen
class Axis:
    """Zones or uses: the expression that is looked up, and its scheme."""

    expr: e.Expr
    scheme: m.CodeScheme

    def within(self, codes: Sequence[Code]) -> e.Expr:
        """The condition that the value is one of some codes, or lies below one."""
        kind = CodeType(self.scheme.id)
        right = e.Const(codes[0], kind) if len(codes) == 1 else e.Const(tuple(codes), ListType(kind))
        return e.Within(self.expr, right)

    def coarse(self, codes: Sequence[Code]) -> tuple[Code, ...]:
        """The codes of the scheme that lie above a listed one and below none."""
        listed = {c.code for c in codes}
        above = (
            code
            for code in sorted(self.scheme.entries)
            if not any(self.scheme.is_under(code, c) for c in listed)
            and any(self.scheme.is_under(c, code) for c in listed)
        )
        return tuple(Code(self.scheme.id, code) for code in above)

    def finest(self) -> tuple[str, ...]:
        """The codes of the scheme that hold no others."""
        parents = {x.parent for x in self.scheme.entries.values()}
        return tuple(code for code in sorted(self.scheme.entries) if code not in parents)

    def leaves_out(self, codes: Sequence[Code]) -> tuple[str, ...]:
        """The finest codes that no listed code holds."""
        return tuple(x for x in self.finest() if not any(self.scheme.is_under(x, c.code) for c in codes))

    def is_one_of(self, codes: Sequence[Code]) -> e.Expr:
        """The condition that the value is one of some codes itself, not something below."""
        kind = CodeType(self.scheme.id)
        tests = tuple(e.Compare("=", self.expr, e.Const(c, kind)) for c in codes)
        return tests[0] if len(tests) == 1 else e.Logic("or", tests)

    def beyond(self, codes: Sequence[Code]) -> e.Expr:
        """The condition that the value is `other`: none of the listed codes, and none above them."""
        if not codes:
            return e.TRUE
        outside: e.Expr = e.Not(self.within(codes))
        coarse = self.coarse(codes)
        return both(outside, e.Not(self.is_one_of(coarse))) if coarse else outside


def lower(symbol: Symbol, world: World) -> m.Norm | None:
    """A use control as a norm: one branch per zone and cell, and one that refers for what the matrix cannot decide."""
    node = cast(t.NormDecl, symbol.node)
    allow(node.body, (*HEADER, t.Condition, t.Given, t.Cell, t.Zone), NAME, world, keys=("uncovered",))
    for clause in node.body:
        if isinstance(clause, t.Condition) and clause.kind == "requires":
            refuse(clause, NAME, world)
    subject, scope = subject_of(symbol, world)
    if not isinstance(subject, m.OnLayer):
        world.faults.add("LR424", symbol.span, name=symbol.names.id)
        return None
    if not subject.layer:
        return None
    block = read_block((c for c in node.body if isinstance(c, t.Condition | t.Given)), scope, world)
    zones, uses = _zone_axis(node, subject.layer, world), _use_axis(node, block.scope, world)
    if zones is None or uses is None:
        return None
    found = settings(node.body)
    if "uncovered" not in found:
        world.faults.add("LR411", symbol.span, clause_zh="未覆盖", clause_en="uncovered")
    outcome = UNCOVERED.get(word_of(found["uncovered"].values)) if "uncovered" in found else m.Outcome.REFER
    branches = _matrix(symbol, node, zones, uses, block.scope, world)
    drawn = m.OnLayer(subject.layer, subject.where, True, outcome)
    norm = assemble(symbol, world, drawn, block.scope, both(block.applies, block.when), branches, authorises=True)
    return replace(norm, yields=True)


def _zone_axis(node: t.NormDecl, layer: str, world: World) -> Axis | None:
    schema = world.layers[layer]
    key = layer_key(schema, node.by)
    kind = schema.fields[key].type if key else None
    span = node.subject.span if node.subject else node.span
    if kind is None:
        known = [w for name, f in schema.fields.items() for w in (name, f.zh)]
        world.faults.add("LR211", span, name=node.by, of=layer, **hint(node.by, known))
        return None
    if not isinstance(kind, CodeType) or kind.scheme not in world.schemes:
        world.faults.add("LR325", span, name=node.by, **algebra.said("found", kind))
        return None
    return Axis(e.FeatureFact(layer, key, kind), world.schemes[kind.scheme])


def _use_axis(node: t.NormDecl, scope: Scope, world: World) -> Axis | None:
    written = node.uses if node.uses is not None else t.Path(("parcel", "use_after"), node.names.span)
    found = value(written, scope, world)
    if found is None:
        return None
    scheme = found.type.scheme if isinstance(found.type, CodeType) else ""
    if not isinstance(found.type, CodeType):
        world.faults.add("LR325", written.span, name=written.span.text, **algebra.said("found", found.type))
        return None
    scheme = scheme or _scheme_of_cells(node)
    if not scheme:
        world.faults.add("LR327", written.span, name=".".join(written.parts) if isinstance(written, t.Path) else "")
        return None
    if scheme not in world.schemes:
        world.faults.add("LR215", written.span, name=scheme, **hint(scheme, world.schemes))
        return None
    return Axis(found.expr, world.schemes[scheme])


def _scheme_of_cells(node: t.NormDecl) -> str:
    """The scheme of the first use listed, where the use itself may be of any scheme."""
    cells = [c for c in node.body if isinstance(c, t.Cell)]
    cells += [c for z in node.body if isinstance(z, t.Zone) for c in z.body if isinstance(c, t.Cell)]
    return next((u.scheme for c in cells for u in c.uses if isinstance(u, t.CodeLit)), "")


def _matrix(symbol: Symbol, node: t.NormDecl, zones: Axis, uses: Axis, scope: Scope, world: World) -> list[m.Branch]:
    common = tuple(c for c in node.body if isinstance(c, t.Cell))
    rows = [(z, _listed(z.codes, zones, z.span, scope, world)) for z in node.body if isinstance(z, t.Zone)]
    if not rows:
        world.faults.add("LR411", symbol.span, clause_zh="分区", clause_en="zone")
        return []
    _disjoint([r for _, r in rows], zones, "LR414", "", world)
    named = tuple(c for _, r in rows for c in r.codes or ())
    has_other = any(r.codes is None for _, r in rows)
    if not has_other and (gap := zones.leaves_out(named)):
        world.faults.add("LR416", symbol.span, zones="、".join(gap[:6]), zones_en=", ".join(gap[:6]), count=len(gap))
    branches: list[m.Branch] = []
    for zone, row in rows:
        where = zones.within(row.codes) if row.codes else zones.beyond(named)
        if row.codes or row.codes is None:
            branches += _row(zone, where, common, uses, scope, world)
    if (unclear := _undecided(zones, named, has_other)) is not None:
        branches.append(m.Branch(m.Effect.REFER, unclear, label="zone ?", span=symbol.span))
    return branches


def _agreed(
    cells: Sequence[t.Cell], listed: Sequence[Listed], uses: Axis, named: Sequence[Code]
) -> dict[str, tuple[Code, ...]]:
    """The coarse uses that are decided all the same, because whatever they hold is permitted, or prohibited."""
    found: dict[str, tuple[Code, ...]] = {}
    for coarse in uses.coarse(named):
        below = [leaf for leaf in uses.finest() if uses.scheme.is_under(leaf, coarse.code)]
        words = {_word_for(leaf, cells, listed, uses) for leaf in below}
        if words in ({"prohibits"}, {"permits"}):
            word = words.pop()
            found[word] = (*found.get(word, ()), coarse)
    return found


def _word_for(leaf: str, cells: Sequence[t.Cell], listed: Sequence[Listed], uses: Axis) -> str:
    """What a row says of one of the finest uses; empty where it says nothing."""
    rest = ""
    for cell, row in zip(cells, listed, strict=True):
        if row.codes is None:
            rest = cell.word
        elif any(uses.scheme.is_under(leaf, c.code) for c in row.codes):
            return cell.word
    return rest


def _undecided(axis: Axis, codes: Sequence[Code], has_other: bool, settled: Sequence[Code] = ()) -> e.Expr | None:
    """The condition under which an axis gives no answer."""
    if has_other:
        open_codes = [c for c in axis.coarse(codes) if c not in settled]
        return axis.is_one_of(open_codes) if open_codes else None
    if not codes:
        return None
    outside = e.Not(axis.within(codes))
    return both(outside, e.Not(axis.is_one_of(settled))) if settled else outside


def _row(
    zone: t.Zone, where: e.Expr, common: tuple[t.Cell, ...], uses: Axis, scope: Scope, world: World
) -> list[m.Branch]:
    allow(zone.body, (t.Cell, t.Cites, t.Title), ("分区", "a zone"), world)
    cells = [*common, *(c for c in zone.body if isinstance(c, t.Cell))]
    name = zone.codes[0].span.text if zone.codes else ""
    if not cells:
        world.faults.add("LR411", zone.span, clause_zh="允许、限制或禁止", clause_en="permits, restricts or prohibits")
        return []
    listed = [_listed(c.uses, uses, c.span, scope, world) for c in cells]
    _disjoint(listed, uses, "LR413", name, world)
    named = tuple(c for x in listed for c in x.codes or ())
    has_other = any(x.codes is None for x in listed)
    if not has_other and (gap := uses.leaves_out(named)):
        world.faults.add(
            "LR415", zone.span, zone=name, uses="、".join(gap[:6]), uses_en=", ".join(gap[:6]), count=len(gap)
        )
    cited = citations(zone.body, scope.module, world)
    branches = []
    for cell, row in zip(cells, listed, strict=True):
        if row.codes == ():
            continue
        use = uses.within(row.codes) if row.codes else uses.beyond(named)
        branches.append(_cell(cell, both(where, use), cited, name, scope, world))
    agreed = _agreed(cells, listed, uses, named)
    for word, codes in sorted(agreed.items()):
        effect = m.Effect.DENY if word == "prohibits" else m.Effect.COMPLY
        when, label = both(where, uses.is_one_of(codes)), f"{name} · {word}"
        branches.append(m.Branch(effect, when, citations=cited, label=label, span=zone.span))
    settled = tuple(c for codes in agreed.values() for c in codes)
    if (unclear := _undecided(uses, named, has_other, settled)) is not None:
        when = both(where, unclear)
        branches.append(m.Branch(m.Effect.REFER, when, (), citations=cited, label=f"{name} · ?", span=zone.span))
    return branches


def _cell(cell: t.Cell, when: e.Expr, cited: tuple[m.Citation, ...], zone: str, scope: Scope, world: World) -> m.Branch:
    for clause in cell.body:
        if isinstance(clause, t.Condition) and clause.kind != "requires":
            world.faults.add("LR425", clause.span)
    allow(cell.body, (t.Condition, t.Given, t.SubjectTo, t.Duty, t.Cites, t.Effect), CELL, world)
    block = read_block(cell.body, scope, world)
    for clause in block.effects:
        if clause.word != "refers":
            refuse(clause, CELL, world)
    refers = any(x.word == "refers" for x in block.effects)
    if cell.word == "restricts" and not block.clauses and not refers:
        world.faults.add("LR426", cell.span)
    if cell.word != "restricts" and (block.clauses or refers):
        world.faults.add("LR428", cell.span, word_zh=WORD_ZH[cell.word], word_en=cell.word)
    effect = m.Effect.DENY if cell.word == "prohibits" else m.Effect.REFER if refers else m.Effect.COMPLY
    label = f"{zone} · {cell.word}"
    return m.Branch(effect, when, block.clauses, citations=block.citations or cited, label=label, span=cell.span)


def _listed(written: Sequence[t.Expr], axis: Axis, span: Span, scope: Scope, world: World) -> Listed:
    if any(isinstance(x, t.OtherLit) for x in written):
        if len(written) > 1:
            world.faults.add("LR429", span)
        return Listed(None, span)
    codes: list[Code] = []
    for node in written:
        found = of_type(node, CodeType(axis.scheme.id), scope, world)
        if found is None:
            continue
        if not isinstance(found, e.Const) or not isinstance(found.value, Code):
            world.faults.add("LR311", node.span)
        elif any(
            axis.scheme.is_under(found.value.code, c.code) or axis.scheme.is_under(c.code, found.value.code)
            for c in codes
        ):
            world.faults.add("LR430", node.span, code=str(found.value))
        else:
            codes.append(found.value)
    return Listed(tuple(codes), span)


def _disjoint(rows: Sequence[Listed], axis: Axis, code: str, zone: str, world: World) -> None:
    """No code, nor one above or below it, may be listed twice; nor `other`."""
    for n, one in enumerate(rows):
        for two in rows[n + 1 :]:
            if one.codes is None and two.codes is None:
                world.faults.add(code, two.span, code="other", other="other", line=one.span.line, zone=zone)
            for a in one.codes or ():
                for b in two.codes or ():
                    if axis.scheme.is_under(a.code, b.code) or axis.scheme.is_under(b.code, a.code):
                        world.faults.add(code, two.span, code=str(b), other=str(a), line=one.span.line, zone=zone)
