"""Norms on the pieces of a layer: of all of them together, or of each; and on a layer that cannot answer.

Pieces that look alike to the norm are judged once. Ground that a layer does not cover is judged as what it may hold.
What was judged at several places is joined to one result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from landrules.base.frozen import replace
from landrules.base.valuetype import LEFT_TO_A_PERSON, Absence, Missing
from landrules.engine import unknown as u
from landrules.engine.documents import Affected, Duty, tells_places_apart
from landrules.engine.evidence import Evidence, Overlaid, grouped
from landrules.engine.featureless import bare, unseen, without_feature
from landrules.engine.judge import Place, judge
from landrules.engine.kept import Kept
from landrules.engine.members import asked_of_each
from landrules.engine.program import BranchProgram, Program, parcel_key
from landrules.engine.reached import Reached
from landrules.engine.scope import NO_FACTS, Scope
from landrules.engine.softened import without_noise
from landrules.engine.verdict import Judgement, Result, gravest
from landrules.geo.ground import Extent, Ground
from landrules.geo.site import AbsentLayer
from landrules.rules.model import Effect, Norm, OnLayer, Outcome, Strip

NOISE = Fraction(1, 100)


def on_pieces(
    program: Program,
    base: Scope,
    met: Overlaid,
    *,
    on_buildings: bool = False,
    lower: Sequence[Reached] = (),
    open_: u.Facts = frozenset(),
) -> Result:
    """The norm on the pieces met. `open_`: facts by which strips of features of unknown width may reach the ground."""
    sure, perhaps, facts = rows_of(program, base, met)
    subject = program.norm.subject
    each = isinstance(subject, OnLayer | Strip) and subject.each
    if each or program.norm.authorises:  # what is authorised is the ground of the pieces themselves, never all of it
        return _each_piece(
            program, base, met, sure, perhaps, facts, on_buildings=on_buildings, lower=lower, open_=open_
        )
    scope = replace(base, ground=met, occupied=sure, perhaps=perhaps, in_doubt=facts)
    occupied = _occupied(met, sure, perhaps, facts, base.evidence)
    if open_:
        more = u.Range(Fraction(0), met.pieces.ground.whole().area())
        occupied = occupied + u.unknown_number(f"strips of unknown width along {met.layer.name}", open_, more)
    affected = _affected(met, sure, perhaps, occupied, open_, base.evidence)
    place = _place(program, met, sure, occupied, affected, base.evidence, on_buildings=on_buildings)
    found = judge(program, scope, place, sure, ())
    return _measured(program, gathered(program, [found]), met, sure, place.tolerance, base.evidence)


def rows_of(program: Program, base: Scope, met: Overlaid) -> tuple[tuple[int, ...], tuple[int, ...], u.Facts]:
    """The rows that certainly belong to the norm's subject, those that may, and the facts that would tell."""
    if program.where is None or not met.rows:
        return met.rows, (), frozenset()
    own = met.rows if met.guests is None else tuple(row for row in met.rows if not met.is_guest(row))
    truths = asked_of_each(base, met, own, program.where, program.belongs)
    open_ = {id(t): t for t in truths.values() if isinstance(t, u.Maybe)}
    facts = frozenset().union(*(t.facts for t in open_.values()))
    sure = tuple(row for row in met.rows if truths.get(row, True) is True)
    return sure, tuple(row for row in own if isinstance(truths[row], u.Maybe)), facts


def _hidden(met: Overlaid, evidence: Evidence) -> u.Facts:
    if met.pieces.is_gapless and not evidence.broken:
        return NO_FACTS
    facts = frozenset((met.missing,)) if met.uncovered() > NOISE else NO_FACTS
    broken = (Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem) for p in evidence.broken)
    return facts | frozenset(broken)


def _occupied(met: Overlaid, sure: Sequence[int], perhaps: Sequence[int], facts: u.Facts, evidence: Evidence) -> u.Num:
    total = u.Num(met.area(sure))
    if perhaps:
        more = met.area((*sure, *perhaps)) - met.area(sure)
        total = total + u.unknown_number(f"open part of {met.layer.name}", facts, u.Range(Fraction(0), more))
    if hidden := _hidden(met, evidence):
        limit = None if evidence.broken else met.uncovered()
        total = total + u.unknown_number(f"uncovered part of {met.layer.name}", hidden, u.Range(Fraction(0), limit))
    return total


def _affected(
    met: Overlaid,
    sure: tuple[int, ...],
    perhaps: tuple[int, ...],
    occupied: u.Num,
    open_: u.Facts,
    evidence: Evidence,
) -> Affected:
    """The pieces that certainly belong, and at most those that may belong and the ground that is not covered.

    `measured`, since a norm goes on only where its ground is touched.
    """

    def of(extent: Callable[[], Extent], area: Fraction, more: tuple[str, ...] = ()) -> Affected:
        def parcels() -> tuple[str, ...]:
            return tuple(sorted({*extent().parcels(evidence.proposal.precision_m), *more}))

        return Affected(extent, parcels, area, measured=True)

    def most() -> Affected:
        rows = tuple(sorted((*sure, *perhaps)))
        broken = tuple(p.id for p in evidence.broken)
        hidden = met.hidden() if not open_ else met.pieces.ground.whole()
        extent = met.extent(rows).union(hidden)
        return of(lambda: extent, met.area(rows) + Fraction(hidden.rounded_area()), broken)

    known = of(lambda: met.extent(sure), met.area(sure))
    return known if occupied.is_known else replace(known, at_most=most, facts=occupied.facts)


def _place(
    program: Program,
    met: Overlaid,
    sure: tuple[int, ...],
    occupied: u.Num,
    affected: Affected,
    evidence: Evidence,
    *,
    on_buildings: bool,
) -> Place:
    noise = met.is_noise(sure, evidence.proposal.precision_m)

    def touched(scope: Scope) -> u.Truth:
        if not noise or not occupied.terms:
            return not noise
        rest = u.Num(Fraction(0), occupied.terms)
        return scope.assumed.settle(u.compared(rest - u.Num(NOISE), strict=True, ranges=scope.assumed.ranges))

    return Place(affected, touched, lambda _: occupied, tolerance_of(program.norm, evidence), on_buildings)


def tolerance_of(norm: Norm, evidence: Evidence) -> Fraction:
    stated = evidence.tolerances.get(norm.id)
    return norm.tolerance.limit if stated is None else stated[0]


def _each_piece(
    program: Program,
    base: Scope,
    met: Overlaid,
    sure: tuple[int, ...],
    perhaps: tuple[int, ...],
    facts: u.Facts,
    *,
    on_buildings: bool,
    lower: Sequence[Reached],
    open_: u.Facts,
) -> Result:
    evidence = base.evidence
    scope = replace(base, ground=met, occupied=sure, perhaps=perhaps, in_doubt=facts)
    tolerance = tolerance_of(program.norm, evidence)

    telling = evidence.witness is not None or tells_places_apart(scope, program.documents)
    apart = program.by_place and telling

    def judged(rows: tuple[int, ...], totals: Mapping[str, Fraction]) -> list[Judgement]:
        """A judgement of each place: of all that look alike, or, for a norm that goes by place, of each piece.

        Where no document says for which ground it stands, what one piece comes to its company comes to as well.
        """
        out = []
        for company in _company(program, met, rows):
            for together in ((row,) for row in company) if apart else (company,):
                here = replace(scope, row=together[0], parcel=met.parcel_of(together[0]))
                place = _piece_place(met, together, company, totals, on_buildings=on_buildings)
                one = judge(program, here, place, together, ())
                out += [replace(one, rows=(row,)) for row in together] if program.by_place else [one]
        return out

    found = judged(sure, {})
    if telling and (totals := _asked(found, met)):
        found = judged(sure, totals)
    found += [_maybe_there(one, facts, program) for one in judged(perhaps, {})]
    found += unseen(program, scope, met, open_, on_buildings=on_buildings)
    found = without_noise(found, met, tolerance, evidence)
    found += bare(program, scope, met, lower)
    if not found and not program.norm.authorises:
        found = [without_feature(program, replace(scope, unknown_piece=met.missing))]
    return _measured(program, gathered(program, found), met, sure, tolerance, evidence)


def _company(program: Program, met: Overlaid, rows: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Rows in groups that look the same to the norm: those of one group differ by their place at most."""
    if not rows:
        return ()
    columns = [met.kinds(name, missing_apart=False) for name in program.fields]
    if program.parcel_facts or program.parcel_area:
        keys = [repr(parcel_key(program, parcel)[:-1]) for parcel in met.parcels]
        columns.append([keys[met.position_of(row)] for row in met.rows])
    return grouped(rows, columns)


def _asked(found: Sequence[Judgement], met: Overlaid) -> dict[str, Fraction]:
    """By matter, the area of all the pieces that ask for a document, where several unlike pieces ask for the same one."""
    asking: dict[str, list[Judgement]] = {}
    for judged in found:
        for matter in sorted({n.id for n in judged.shown.notes if n.what == "clause" and n.id}):
            asking.setdefault(matter, []).append(judged)
    return {m: met.area([r for j in js for r in j.rows]) for m, js in asking.items() if len(js) > 1}


def _piece_place(
    met: Overlaid,
    rows: tuple[int, ...],
    company: tuple[int, ...],
    totals: Mapping[str, Fraction],
    *,
    on_buildings: bool,
) -> Place:
    """The place of some rows; an area that a document states must do for all their company, or all who ask for it."""
    area = met.area(rows)
    affected = Affected(
        lambda: met.extent(rows),
        lambda: tuple(sorted({met.parcel_of(r).id for r in rows})),
        area,
        measured=True,
        total=met.area(company),
        totals=totals,
    )
    return Place(affected, lambda _: True, lambda _: u.Num(area), on_buildings=on_buildings)


def _maybe_there(found: Judgement, facts: u.Facts, program: Program) -> Judgement:
    """A judgement of ground that may not belong to the norm's subject at all."""
    absent = Outcome.NOT_APPLICABLE if program.norm.authorises else Outcome.PERMIT
    missing = tuple(sorted(facts | frozenset(found.missing)))
    return replace(found, possible=found.possible | {absent}, missing=missing, duties=frozenset())


def _denies_buildings(branches: Sequence[BranchProgram]) -> bool:
    return any(b.branch.effect is Effect.DENY_BUILDINGS for b in branches)


_spares: Kept[Sequence[BranchProgram], bool] = Kept(_denies_buildings)


def spares_buildings(program: Program) -> bool:
    """Whether ground may be used as long as no building stands on it."""
    return _spares(program.branches)


# --------------------------------------------------------------------------- together


def without_layer(program: Program, base: Scope, absent: AbsentLayer, ground: Ground) -> Result:
    """A norm on a layer that cannot answer: everything it could say stays possible, and nothing may be there."""
    total = base.evidence.area
    fact = absent.missing
    number = u.unknown_number(f"uncovered part of {absent.name}", frozenset((fact,)), u.Range(Fraction(0), total))
    most = Affected(ground.whole, lambda: ground.ids, total, measured=True)
    facts = frozenset((fact,))
    affected = Affected(ground.nothing, tuple, Fraction(0), measured=True, at_most=lambda: most, facts=facts)

    def touched(scope: Scope) -> u.Truth:
        more = u.compared(number - u.Num(NOISE), strict=True, ranges=scope.assumed.ranges)
        return scope.assumed.settle(more)

    on_buildings = spares_buildings(program) and bool(base.evidence.proposal.buildings)
    tolerance = tolerance_of(program.norm, base.evidence)
    place = Place(affected, touched, lambda _: number, tolerance, on_buildings)
    scope = replace(base, unknown_piece=fact)
    found = judge(program, scope, place, (), ground.ids)
    if program.norm.authorises:
        missing = tuple(sorted({*found.missing, fact}))
        found = replace(found, possible=found.possible | {Outcome.NOT_APPLICABLE}, missing=missing)
    return gathered(program, [found])


def _measured(
    program: Program, result: Result, met: Overlaid, rows: Sequence[int], tolerance: Fraction, evidence: Evidence
) -> Result:
    noise = met.is_noise(rows, evidence.proposal.precision_m)
    area = met.area(rows)
    return replace(
        result,
        met=met,
        touched=not noise,
        occupied=area,
        uncovered=met.uncovered(),
        tolerance=tolerance,
        dropped=area if 0 < area <= tolerance else None,
    )


def _all_duties(judgements: Sequence[Judgement]) -> frozenset[Duty]:
    return frozenset().union(*{id(j.duties): j.duties for j in judgements}.values())


def _joined(each: set[frozenset[Outcome]]) -> frozenset[Outcome]:
    """What remains possible of the gravest of several; not applicable, the mildest, of nothing."""
    if len(each) == 1:
        return next(iter(each))
    possible: frozenset[Outcome] = frozenset((Outcome.NOT_APPLICABLE,))
    for more in each:  # joined once or often, in whatever order: the same
        possible = frozenset(gravest((a, b)) for a in possible for b in more)
    return possible


def gathered(program: Program, judgements: Sequence[Judgement]) -> Result:
    """The join over all places; what is missing where it can still raise the outcome.

    Where nothing is missing but what the law's own tables and lists leave open, it leaves the case to a person; between
    which codes that person must choose, and whether an open list holds a code, stays named as missing.
    """
    norm = program.norm
    possible = _joined({j.possible for j in judgements})
    # A norm that only limits and can come out as permit or as not applicable cannot move the decision: that is a permit.
    harmless = possible <= {Outcome.PERMIT, Outcome.NOT_APPLICABLE} and not norm.authorises
    if harmless and len(possible) > 1:
        possible = frozenset((Outcome.PERMIT,))
    outcome = next(iter(possible)) if len(possible) == 1 else Outcome.INDETERMINATE
    duties = judgements[0].duties if len(judgements) == 1 else _all_duties(judgements)
    if outcome is not Outcome.INDETERMINATE:
        return Result(norm, program.status, outcome, possible, tuple(judgements), duties, ())
    harmless_rank = 0 if norm.authorises else Outcome.PERMIT.rank
    floor = max(min((o.rank for o in possible), default=0), harmless_rank)
    open_ = [j for j in judgements if len(j.possible) > 1 and max(o.rank for o in j.possible) > floor]
    missing = tuple(sorted({m for j in open_ for m in j.missing}))
    if missing and all(m.kind in LEFT_TO_A_PERSON for m in missing):
        refer = frozenset((Outcome.REFER,))
        choose = tuple(m for m in missing if m.kind is not Absence.NO_ROW)
        noted = choose[0].kind.value if choose else "law_silent"
        return Result(norm, program.status, Outcome.REFER, refer, tuple(judgements), duties, choose, noted=noted)
    return Result(norm, program.status, outcome, possible, tuple(judgements), duties, missing)
