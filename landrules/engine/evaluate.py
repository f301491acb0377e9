"""Norms over a case: each norm judged on its subject, one result a norm, always.

A norm speaks of the proposal, of every parcel, of all pieces of a layer together, of each piece, or of strips along
features. Use controls of a lower level come first, since those above reach only the ground they leave; rivals are settled
last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from landrules.engine import unknown as u
from landrules.engine.documents import Affected
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.explore import Assumptions
from landrules.engine.judge import Place, judge
from landrules.engine.on_pieces import gathered, on_pieces, spares_buildings, without_layer
from landrules.engine.on_strip import on_strip
from landrules.engine.program import Program, parcels_alike
from landrules.engine.rivals import settle_rivals
from landrules.engine.scope import PASSABLE, Scope
from landrules.engine.settled import out_of_question
from landrules.engine.verdict import Result
from landrules.geo.ground import Extent, Ground
from landrules.geo.pieces import Pieces
from landrules.geo.site import AbsentLayer, Parcel
from landrules.rules.model import OnLayer, Outcome, Strip, Whole

PLAN_ORDER = ("township", "county", "municipal", "provincial", "national")


def evaluate(programs: Sequence[Program], evidence: Evidence) -> tuple[Result, ...]:
    """One result for every norm, sorted by the norm's id."""
    ground = evidence.site()
    results: list[Result] = []
    reached: list[Result] = []
    order = sorted(programs, key=lambda p: (p.norm.yields and PLAN_ORDER.index(p.norm.level), p.norm.id))
    for program in order:
        norm = program.norm
        result = _status_applied(_result(program, evidence, ground, _lower(program, reached)), program)
        results.append(result)
        if norm.yields:
            reached.append(result)
    by_id = sorted(results, key=lambda r: r.norm.id)
    return settle_rivals(by_id, {p.norm.id: p for p in programs}, evidence)


def judge_again(program: Program, evidence: Evidence, results: Sequence[Result]) -> Result:
    """One norm on other evidence, apart from its rivals; `results` tell which ground the plans of lower levels reach."""
    lower = _lower(program, [r for r in results if r.norm.yields])
    return _status_applied(_result(program, evidence, evidence.site(), lower), program)


def _lower(program: Program, reached: Sequence[Result]) -> list[Pieces]:
    """The pieces that use controls of lower levels reach, for one that yields to them."""
    if not program.norm.yields:
        return []
    own = PLAN_ORDER.index(program.norm.level)
    below = [r for r in reached if PLAN_ORDER.index(r.norm.level) < own]
    return [x for r in below if (x := _reached(r)) is not None]


def _reached(result: Result) -> Pieces | None:
    """The pieces of which a norm says something; `None` where it was not judged on pieces."""
    if result.met is None:
        return None
    return result.met.chosen([r for j in result.judgements if Outcome.NOT_APPLICABLE not in j.possible for r in j.rows])


def _result(program: Program, evidence: Evidence, ground: Ground, lower: Sequence[Pieces]) -> Result:
    subject = program.norm.subject
    base = Scope(evidence, Assumptions())
    if (settled := out_of_question(program, base)) is not None:
        return settled
    match subject:
        case Whole(each_parcel=False):
            ids = tuple(p.id for p in evidence.proposal.parcels)
            affected = Affected(ground.whole, lambda: ids, evidence.area, measured=False)
            return gathered(program, [judge(program, base, _everywhere(affected), (), ids)])
        case Whole():
            return _each_parcel(program, base, ground)
        case OnLayer(layer):
            found = evidence.ground(layer)
            if isinstance(found, Overlaid) and spares_buildings(program) and evidence.buildings is not None:
                return on_pieces(program, base, evidence.buildings(layer), on_buildings=True)
            if isinstance(found, AbsentLayer):
                return without_layer(program, base, found, ground)
            for taken in lower:
                found = replace(found, pieces=found.pieces.leaving(taken))
            return on_pieces(program, base, found, lower=lower)
        case Strip(layer):
            return on_strip(program, base, layer, ground)


def _everywhere(affected: Affected) -> Place:
    return Place(affected, touched=lambda _: True, occupied=lambda _: u.Num(affected.area))


def _each_parcel(program: Program, base: Scope, ground: Ground) -> Result:
    parcels = base.evidence.proposal.parcels
    found = []
    for positions in parcels_alike(program, parcels):
        affected = _these_parcels(parcels, positions, ground)
        scope = replace(base, parcel=parcels[positions[0]])
        found.append(judge(program, scope, _everywhere(affected), (), affected.parcels()))
    return gathered(program, found)


def _these_parcels(parcels: Sequence[Parcel], positions: Sequence[int], ground: Ground) -> Affected:
    ids = tuple(parcels[i].id for i in positions)
    area = sum((Fraction(parcels[i].area_m2) for i in positions), Fraction(0))

    def extent() -> Extent:
        shapes = ground.nothing().geometry.copy()
        shapes[positions] = ground.geometry[positions]
        return Extent(ground, shapes)

    return Affected(extent, lambda: ids, area, measured=False)


def _status_applied(result: Result, program: Program) -> Result:
    """Law that is not verified refers where it would find something, and never decides."""
    if program.status in PASSABLE or program.norm.informs:
        return result
    if result.possible & {Outcome.DENY, Outcome.CONDITIONAL, Outcome.REFER}:
        refer = frozenset((Outcome.REFER,))
        return replace(
            result, outcome=Outcome.REFER, possible=refer, missing=(), duties=frozenset(), noted="unverified_refers"
        )
    return replace(
        result,
        outcome=Outcome.NOT_APPLICABLE,
        possible=frozenset((Outcome.NOT_APPLICABLE,)),
        missing=(),
        duties=frozenset(),
        noted="unverified_clean",
    )
