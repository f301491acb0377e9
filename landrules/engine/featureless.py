"""Ground without a feature: what a norm says where its layer shows nothing, because nothing is there or nobody has looked.

Judged parcel by parcel, since what a norm asks may hang on the parcel. Ground inside coverage is what the norm declares
for it; ground outside may be that, or whatever a feature there could bring.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from landrules.base.valuetype import Absence, Missing
from landrules.engine import unknown as u
from landrules.engine.documents import Affected
from landrules.engine.evidence import Overlaid
from landrules.engine.explore import explore, minimal_missing
from landrules.engine.judge import Place, judge
from landrules.engine.program import Program, parcels_alike
from landrules.engine.scope import Scope
from landrules.engine.verdict import Judgement, Verdict
from landrules.geo.ground import Extent
from landrules.geo.pieces import Pieces, without
from landrules.rules.model import OnLayer, Outcome


def unseen(program: Program, scope: Scope, met: Overlaid, open_: u.Facts, *, on_buildings: bool) -> list[Judgement]:
    """Ground of which the layer says nothing: whatever a feature there could bring, or what holds without one.

    With `open_` facts, which tell how wide strips are, that is all of the ground. Ground in the box of an invalid
    feature is unseen even where a valid one lies too: the invalid one may lie there as well.
    """
    gap = met.pieces.ground.whole() if open_ else met.gap()
    wide = _wide(gap, met, scope.evidence.proposal.precision_m) if open_ or met.gap_area() > 0 else frozenset()
    if not wide and all(p.geometry is not None for p in met.parcels):
        return []
    found = []
    for positions in parcels_alike(program, met.parcels):
        there = [i for i in positions if met.parcels[i].id in wide or met.parcels[i].geometry is None]
        if not there:
            continue
        broken = [
            Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem)
            for p in (met.parcels[i] for i in there)
            if p.geometry is None
        ]
        layer = open_ or frozenset((met.missing,))
        hidden: u.Facts = frozenset(broken) | (layer if len(broken) < len(there) else frozenset())
        here = replace(scope, row=None, parcel=met.parcels[there[0]], unknown_piece=min(hidden))
        extent = _part(gap, there)
        ids = tuple(met.parcels[i].id for i in there)
        area = extent.area()
        affected = _at_most(extent, ids, area, gap.area() + met.area(scope.occupied), hidden)
        place = Place(affected, lambda _: True, _number(area), on_buildings=on_buildings)
        judged = judge(program, here, place, (), ids)
        absent = without_feature(program, here)
        missing = tuple(sorted({*hidden, *judged.missing, *absent.missing}))
        possible = judged.possible | absent.possible
        if len(possible) == 1:
            missing = ()
        found.append(replace(judged, possible=possible, missing=missing, duties=frozenset(), bare=extent))
    return found


def _wide(gap: Extent, met: Overlaid, precision_m: float) -> frozenset[str]:
    """The parcels of which some ground lies in a gap."""
    return frozenset(gap.parcels(precision_m)) if gap.rounded_area() > Fraction(1, 100) else frozenset()


def _at_most(extent: Extent, ids: tuple[str, ...], area: Fraction, total: Fraction, facts: u.Facts) -> Affected:
    """Nothing that is known of, and at most some ground."""
    most = Affected(lambda: extent, lambda: ids, area, measured=True, total=total)
    nothing = extent.ground.nothing
    return Affected(nothing, tuple, Fraction(0), measured=True, at_most=lambda: most, facts=facts)


def bare(program: Program, scope: Scope, met: Overlaid, lower: Sequence[Pieces]) -> list[Judgement]:
    """Ground inside coverage that no feature and no lower plan's use control covers, where the norm says what holds."""
    subject = program.norm.subject
    if not isinstance(subject, OnLayer) or subject.uncovered is None:
        return []
    seen: Pieces | None = met.pieces
    for taken in lower:
        seen = None if seen is None else seen.joined(taken)
    if seen is not None and is_filled(replace(met, pieces=seen) if lower else met):
        return []
    rest = without(met.pieces.ground, met.pieces).minus(met.hidden())
    for taken in lower:
        rest = rest.minus(taken.extent())
    precision = scope.evidence.proposal.precision_m
    if rest.is_noise(precision):
        return []
    wide = set(rest.parcels(precision))
    found = []
    for positions in parcels_alike(program, met.parcels):
        there = [i for i in positions if met.parcels[i].id in wide]
        if there:
            here = replace(scope, row=None, parcel=met.parcels[there[0]], unknown_piece=met.missing)
            extent = _part(rest, there)
            ids = tuple(met.parcels[i].id for i in there)
            found.append(replace(without_feature(program, here), parcels=ids, bare=extent))
    return found


FILLED = Fraction(1, 400)
"""A quarter of what is noise, in m²: so far areas that are added up may lie from the area of what is cut out."""


def is_filled(met: Overlaid) -> bool:
    """Whether areas alone prove that pieces and hidden ground leave only noise of every polygon and of all together.

    They prove nothing where pieces or polygons share ground, or where more than rounding would be left over or missing.
    """
    rest = met.unfilled()
    return rest is not None and sum(abs(x) for x in rest) <= FILLED


def without_feature(program: Program, scope: Scope) -> Judgement:
    """What holds where no feature is: the declared outcome where the norm applies, else that it does not reach."""
    norm = program.norm
    declared = norm.subject.uncovered if isinstance(norm.subject, OnLayer) else None
    outcome = declared or (Outcome.NOT_APPLICABLE if norm.authorises else Outcome.PERMIT)
    ways = explore(
        lambda assumed: Verdict(
            outcome if assumed.truth(program.applies(scope.assuming(assumed))) else Outcome.NOT_APPLICABLE
        )
    )
    possible = frozenset(leaf.result.outcome for leaf in ways.leaves)
    missing = () if len(possible) == 1 else minimal_missing(ways.leaves, lambda v: v.outcome)
    shown = max((leaf.result for leaf in ways.leaves), key=lambda v: v.outcome.rank)
    return Judgement(possible, frozenset(), missing, shown)


def _part(extent: Extent, positions: Sequence[int]) -> Extent:
    """An extent on some parcels only."""
    shapes = extent.ground.nothing().geometry
    for i in positions:
        shapes[i] = extent.geometry[i]
    return Extent(extent.ground, shapes)


def _number(area: Fraction) -> Callable[[Scope], u.Num]:
    return lambda _: u.Num(area)
