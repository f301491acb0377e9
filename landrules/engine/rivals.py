"""Rivals: norms that nobody has ranked. Where both speak of one place and one denies what the other does not, a person decides.

Results stay as they are wherever only one of them speaks, or both agree. A deny becomes a refer only where the rival
speaks on all of its ground; a permit, a condition or a refer becomes a refer as soon as some of its ground is denied by
the rival. What may or may not clash keeps both outcomes. Unverified law is no rival: it decides nothing.

Invariant: nothing comes out milder than a refer that was not so before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

from landrules.base.frozen import frozen, replace
from landrules.engine.evidence import Evidence
from landrules.engine.on_pieces import gathered
from landrules.engine.program import Program
from landrules.engine.scope import PASSABLE
from landrules.engine.verdict import Judgement, Note, Result
from landrules.geo.ground import Extent, Ground
from landrules.rules.model import Bilingual, Outcome, Whole

NONE = Outcome.NOT_APPLICABLE
CENT = Fraction(1, 100)


@frozen
class _Spoken:
    """A judgement with the ground of which it speaks: as parcels, as pieces, or `open` where that is not known."""

    norm: str
    judged: Judgement
    extent: Extent
    ids: frozenset[str]
    open: bool

    def meets(self, other: _Spoken, precision: float) -> bool:
        """Whether both may speak of some place."""
        if self.open or other.open or self.ids & other.ids:
            return True
        return not self.extent.shared_with(other.extent).is_noise(precision)

    def lies_in(self, others: Sequence[_Spoken], precision: float) -> bool:
        """Whether others speak of every place of which this one does."""
        if self.open or not others:
            return False
        if self.ids and self.ids <= frozenset().union(*(o.ids for o in others)):
            return True
        if self.extent.is_noise(precision):
            return False
        rest = reduce(Extent.minus, (o.extent for o in others), self.extent)
        return rest.is_noise(precision)


def settle_rivals(results: Sequence[Result], programs: Mapping[str, Program], evidence: Evidence) -> tuple[Result, ...]:
    """The results, each that clashes with a rival referred where it does."""
    if not any(r.norm.standing.rivals for r in results):
        return tuple(results)
    ground = evidence.site()
    speaking = {r.norm.id: r for r in results if r.status in PASSABLE and not r.norm.informs}
    spoken = {
        own: [_spoken(j, r, ground) for j in r.judgements] for own, r in speaking.items() if r.norm.standing.rivals
    }
    out = []
    for result in results:
        against = [x for rival in result.norm.standing.rivals for x in spoken.get(rival, ())]
        if result.norm.id in spoken and against:
            result = _settled(result, programs[result.norm.id], spoken[result.norm.id], against, evidence)
        out.append(result)
    return tuple(out)


def _spoken(judged: Judgement, result: Result, ground: Ground) -> _Spoken:
    ids: frozenset[str] = frozenset()
    if isinstance(result.norm.subject, Whole):
        ids = frozenset(judged.parcels)
        shapes = ground.nothing().geometry.copy()
        for position, parcel in enumerate(ground.parcels):
            if parcel.id in ids:
                shapes[position] = ground.geometry[position]
        return _Spoken(result.norm.id, judged, Extent(ground, shapes), ids, False)
    if result.met is None:
        return _Spoken(result.norm.id, judged, ground.whole(), ids, True)
    extent = result.met.extent(judged.rows)
    extent = ground.inside(extent.outline()) if result.on_buildings else ground.nothing().union(extent)
    if judged.bare is not None:
        extent = extent.union(judged.bare)
    unseen = len(judged.possible) > 1 and judged.bare is None
    elsewhere = result.uncovered > CENT and not result.norm.subject.each
    return _Spoken(result.norm.id, judged, extent, ids, unseen and (elsewhere or not judged.rows))


def _settled(
    result: Result, program: Program, own: Sequence[_Spoken], against: Sequence[_Spoken], evidence: Evidence
) -> Result:
    precision = evidence.proposal.precision_m
    judgements = tuple(_judged(x, [o for o in against if x.meets(o, precision)], precision) for x in own)
    if judgements == result.judgements:
        return result
    found = gathered(program, judgements)
    possible = found.possible
    if gathered(program, result.judgements).possible != result.possible:
        possible |= result.possible - {Outcome.DENY}
    outcome = next(iter(possible)) if len(possible) == 1 else Outcome.INDETERMINATE
    missing = tuple(sorted({*found.missing, *result.missing})) if outcome is Outcome.INDETERMINATE else ()
    return replace(
        result, outcome=outcome, possible=possible, judgements=judgements, duties=found.duties, missing=missing
    )


def _judged(own: _Spoken, against: Sequence[_Spoken], precision: float) -> Judgement:
    """A judgement beside what rivals say of its ground."""
    judged = own.judged
    if not against or judged.possible == {NONE}:
        return judged
    possible = frozenset().union(*(_beside(x, own, against, precision) for x in judged.possible))
    if possible == judged.possible:
        return judged
    clashing = [o for o in against if _clash(judged.possible, o.judged.possible)]
    names = sorted({o.norm for o in clashing})
    missing = {*judged.missing, *(m for o in clashing if len(o.judged.possible) > 1 for m in o.judged.missing)}
    text = Bilingual(
        f"与 {'、'.join(names)} 竞合，结果不一，尚无裁断，提请裁量",
        f"rivals {', '.join(names)}, which comes out otherwise; nobody has ranked them: referred to a person",
    )
    shown = judged.shown
    if possible == {Outcome.REFER} or shown.outcome not in possible:
        shown = replace(shown, outcome=Outcome.REFER)
    shown = replace(
        shown,
        notes=(*shown.notes, Note("note", "", Outcome.REFER.value, text)),
        lifted_by=tuple(sorted({*shown.lifted_by, *names})),
    )
    return replace(judged, possible=possible, shown=shown, missing=tuple(sorted(missing)) if len(possible) > 1 else ())


def _clash(own: frozenset[Outcome], its: frozenset[Outcome]) -> bool:
    return any(_differ(x, y) for x in own for y in its)


def _differ(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes of one place clash: both norms speak, and just one of them denies."""
    return NONE not in (one, other) and (one is Outcome.DENY) != (other is Outcome.DENY)


def _beside(outcome: Outcome, own: _Spoken, against: Sequence[_Spoken], precision: float) -> frozenset[Outcome]:
    """What becomes of one outcome: it stays, it becomes a refer, or either."""
    perhaps = [o for o in against if any(_differ(outcome, y) for y in o.judged.possible)]
    surely = [o for o in perhaps if not o.open and all(_differ(outcome, y) for y in o.judged.possible)]
    refer, either = frozenset((Outcome.REFER,)), frozenset((outcome, Outcome.REFER))
    if not perhaps or outcome is NONE:
        return frozenset((outcome,))
    if outcome is not Outcome.DENY:
        return refer if surely and not own.open else either
    if own.lies_in(surely, precision):
        return refer
    open_ = own.open or any(o.open for o in perhaps)
    return either if open_ or own.lies_in(perhaps, precision) else frozenset((outcome,))
