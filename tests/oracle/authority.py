"""The norms of the oracle that authorise ground, the default, and the decision (design.md section 2), by counted cells."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from tests.oracle.ground import EMPTY, TINY, Occupied, area, seen
from tests.oracle.law import (
    CONDITIONAL,
    DENY,
    INDETERMINATE,
    LIMITING,
    NOT_APPLICABLE,
    PERMIT,
    REFER,
    Answer,
    facts,
    gravest,
    issued,
)
from tests.oracle.world import USES, ZONES, Feature, Mask, World

SPEAKING = frozenset({PERMIT, CONDITIONAL})


@dataclass(frozen=True)
class Ruled:
    """An authorising norm's answer, the cells on which it certainly permits, that it may reach, and certainly reaches."""

    answer: Answer
    granted: Mask
    reached: Mask
    certain: Mask


@dataclass(frozen=True)
class Expected:
    """What a report must say."""

    answers: dict[str, Answer]
    decision: str
    authorised: Fraction
    default: str | None
    default_area: Fraction


def expected(world: World) -> Expected:
    """Everything the law says of a world."""
    answers = {name: found for name, norm in LIMITING.items() if (found := norm(world)) is not None}
    ruled: dict[str, Ruled] = {}
    if "matrix" in world.rulesets:
        ruled["oracle.matrix.zones"] = zones(world)
    if "plans" in world.rulesets:
        ruled["oracle.plans.as_planned"] = as_planned(world)
        ruled["oracle.plans.inside_boundary"] = inside_boundary(world)
    ground = world.ground()
    granted, reached, certain = EMPTY, EMPTY, EMPTY
    for name, one in ruled.items():
        answers[name] = one.answer
        granted, reached, certain = granted | one.granted, reached | one.reached, certain | one.certain
    rest = area(ground & ~reached)
    default = None
    outcomes = [a.outcome for a in answers.values()]
    if rest > 0:
        default = DENY if "strict" in world.rulesets else REFER
        outcomes.append(default)
    elif (ground & reached & ~certain).any():
        outcomes.append(INDETERMINATE)
    decision = gravest(outcomes)
    return Expected(answers, REFER if decision == NOT_APPLICABLE else decision, area(granted & ground), default, rest)


# --------------------------------------------------------------------------- zones and uses


def zones(world: World) -> Ruled:
    """oracle.matrix.zones: each piece by zone and use; what is denied in sum up to the tolerance is referred."""
    possible: set[str] = set()
    cells = _pieces(world)
    for (temporary,) in facts(world, "is_temporary"):
        possible |= {NOT_APPLICABLE} if temporary else _joined(world, cells)
    granted = EMPTY
    if world.facts["is_temporary"] is False:
        granted = _granted(world, "zoning", cells)
    never = world.facts["is_temporary"] is True
    surely = world.facts["is_temporary"] is False
    occupied = _seen_area(world, "zoning")
    return Ruled(
        Answer(frozenset(possible), occupied), granted, EMPTY if never else ~EMPTY, ~EMPTY if surely else EMPTY
    )


def _seen_area(world: World, layer: str) -> Fraction | None:
    if not world.layers[layer].bound:
        return None
    out = EMPTY
    for feature in world.layers[layer].features:
        out = out | feature.mask
    return area(out & world.ground())


def _granted(world: World, layer: str, cells: dict[tuple[str, str], set[str]]) -> Mask:
    """The cells of pieces that certainly permit, less those of pieces of the same norm that may not."""
    masks = {f.id: f.mask for f in world.layers[layer].features}
    good, bad = EMPTY, EMPTY
    for (parcel, feature), outcomes in cells.items():
        if feature not in masks:
            continue
        piece = masks[feature] & world.parcels[parcel].mask
        if outcomes <= SPEAKING:
            good = good | piece
        else:
            bad = bad | piece
    return good & ~bad


def _pieces(world: World) -> dict[tuple[str, str], set[str]]:
    """What may come of each piece: a parcel and a feature."""
    found: dict[tuple[str, str], set[str]] = {}
    for parcel in world.parcels.values():
        for feature in seen(world, "zoning")[0]:
            mask = parcel.mask & feature.mask
            if mask.any():
                use, zone = parcel.facts["use_after"], feature.facts["zone"]
                tried = product((use,) if use else USES, (zone,) if zone else ZONES)
                found[parcel.id, feature.id] = {o for u, z in tried for o in cell(world, z, u, parcel, mask, EMPTY)}
    return found


def _joined(world: World, pieces: dict[tuple[str, str], set[str]]) -> set[str]:
    """The gravest over all pieces, in every way they may come out, piece by piece."""
    features, unseen = seen(world, "zoning")
    masks = {f.id: f.mask for f in features}
    bare = world.ground() & ~unseen
    for mask in masks.values():
        bare = bare & ~mask
    options = [
        [(o, world.parcels[p].mask & masks[f] if o == DENY else EMPTY, Fraction(0)) for o in sorted(outcomes)]
        for (p, f), outcomes in pieces.items()
    ]
    for parcel in world.parcels.values():
        if (parcel.mask & unseen).any():
            options.append([(o, EMPTY, more) for o, more in _hidden(world, parcel, parcel.mask & unseen)])
    start = REFER if bare.any() else NOT_APPLICABLE
    tolerance = world.tolerances.get("oracle.matrix.zones", 0)
    if tolerance == 0:
        joined = {start}
        for option in options:
            joined = {gravest((a, o)) for a in joined for o, _, _ in option}
        return joined
    found: set[str] = set()
    for chosen in product(*options):
        worst = gravest([start, *(o for o, _, _ in chosen)])
        denied = EMPTY
        for _, mask, _ in chosen:
            denied = denied | mask
        total = area(denied) + sum((more for _, _, more in chosen), Fraction(0))
        found.add(REFER if worst == DENY and total <= tolerance else worst)
    return found


def _hidden(world: World, parcel: Feature, mask: Mask) -> list[tuple[str, Fraction]]:
    """What ground that nobody has seen may come to: an outcome, and how much of it may be denied."""
    found: set[tuple[str, Fraction]] = {(REFER, Fraction(0))}
    known = parcel.facts["use_after"]
    for use, zone in product((known,) if known else USES, ZONES):
        for outcome in cell(world, zone, use, parcel, EMPTY, mask):
            areas = (TINY, area(mask)) if outcome == DENY else (Fraction(0),)
            found |= {(outcome, a) for a in areas}
    return sorted(found)


def cell(world: World, zone: str, use: str, parcel: Feature, mask: Mask, place: Mask) -> set[str]:
    """A cell of the matrix: what a zone makes of a use."""
    if zone == "country":
        if use == "farm":
            return {PERMIT}
        if use in ("facility", "shed", "barn"):
            return {PERMIT if area(parcel.mask) <= 2000 else DENY}
        return {DENY}
    if zone in ("core", "flex"):
        if use in ("home", "works"):
            return {PERMIT}
        if use == "shed":
            return issued(world, "planning_permit", "county", Occupied(mask, TINY, place), involved=True)
        return {REFER if use == "facility" else DENY}
    if zone == "town":
        return {REFER}  # too coarse: the plan tells its parts apart
    return {PERMIT if use == "farm" else DENY}


# --------------------------------------------------------------------------- plans


def as_planned(world: World) -> Ruled:
    """oracle.plans.as_planned: piece by piece, the use must be of the class planned."""
    features, unseen = seen(world, "detail")
    joined = {NOT_APPLICABLE}
    cells: dict[tuple[str, str], set[str]] = {}
    certain = EMPTY
    for parcel in world.parcels.values():
        for feature in features:
            if not (parcel.mask & feature.mask).any():
                continue
            certain = certain | (parcel.mask & feature.mask)
            use, planned = parcel.facts["use_after"], feature.facts["class"]
            if use is None or planned is None:
                here = {PERMIT, DENY}
            else:
                under = use == planned or (planned == "facility" and use in ("shed", "barn"))
                here = {PERMIT if under else DENY}
            cells[parcel.id, feature.id] = here
            joined = {gravest((a, b)) for a in joined for b in here}
    if unseen.any():
        joined = {gravest((a, b)) for a in joined for b in (PERMIT, DENY, NOT_APPLICABLE)}
    granted = _granted(world, "detail", cells)
    return Ruled(Answer(frozenset(joined), _seen_area(world, "detail")), granted, certain | unseen, certain)


def inside_boundary(world: World) -> Ruled:
    """oracle.plans.inside_boundary: ground inside is authorised for construction."""
    features, unseen = seen(world, "boundary")
    ground = world.ground()
    inside = EMPTY
    for feature in features:
        inside = inside | (feature.mask & ground)
    possible: set[str] = set()
    for (building,) in facts(world, "is_construction"):
        for extra in (False, True) if unseen.any() else (False,):
            possible.add(PERMIT if building and (extra or inside.any()) else NOT_APPLICABLE)
    surely, never = world.facts["is_construction"] is True, world.facts["is_construction"] is False
    granted = inside if surely else EMPTY
    answer = Answer(frozenset(possible), _seen_area(world, "boundary"))
    return Ruled(answer, granted, EMPTY if never else inside | unseen, granted)
