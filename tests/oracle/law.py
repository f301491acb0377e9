"""The rules of `rules/*.rules` once more, as plain Python over counted cells, written from design.md section 2.

Each norm is a function that answers for a world in which everything is known; what is not known is tried in every way
that matters, and the answers are collected. One answer is the outcome; several are indeterminate. Nothing here imports
landrules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle.ground import EMPTY, NOISE, Occupied, area, place_of, seen, split, strip, unseen_strip, ways
from tests.oracle.world import CELL_M2, KINDS, RANKS, Document, Mask, World

DENY, REFER, CONDITIONAL, PERMIT, NOT_APPLICABLE = "deny", "refer", "conditional", "permit", "not_applicable"
INDETERMINATE = "indeterminate"
ORDER = (NOT_APPLICABLE, PERMIT, CONDITIONAL, REFER, INDETERMINATE, DENY)
TRIAL_ENDS = date(2024, 12, 31)
CULTIVATED = frozenset({"cultivated", "paddy", "dry"})


@dataclass(frozen=True)
class Answer:
    """What a norm says: all outcomes that remain possible, and the ground it occupies for certain (spatial norms)."""

    possible: frozenset[str]
    occupied: Fraction | None = None

    @property
    def outcome(self) -> str:
        """The only one that remains, else indeterminate."""
        return next(iter(self.possible)) if len(self.possible) == 1 else INDETERMINATE


def gravest(outcomes: Any) -> str:
    """The maximum of the fixed order."""
    return max(outcomes, key=ORDER.index, default=NOT_APPLICABLE)


def limiting(possible: set[str], occupied: Fraction | None = None) -> Answer:
    """The answer of a norm that only limits: whether it does not apply or is complied with makes no difference."""
    if possible == {PERMIT, NOT_APPLICABLE}:
        possible = {PERMIT}
    return Answer(frozenset(possible), occupied)


def unverified(possible: set[str], occupied: Fraction | None = None) -> Answer:
    """The answer of a norm whose source is not fully verified."""
    found = REFER if possible & {DENY, CONDITIONAL, REFER} else NOT_APPLICABLE
    return Answer(frozenset({found}), occupied)


def facts(world: World, *names: str) -> Iterator[tuple[Any, ...]]:
    """Every way the named facts of the proposal can be."""
    domain = {"project_kind": KINDS}
    yield from product(
        *([world.facts[n]] if world.facts[n] is not None else domain.get(n, (True, False)) for n in names)
    )


# --------------------------------------------------------------------------- documents


def document(world: World, kind: str) -> Document | None:
    """The document of a kind that counts on the law date."""
    return next((d for d in world.documents if d.kind == kind and d.day <= world.day), None)


def issued(world: World, kind: str, level: str, taken: Occupied, *, involved: bool) -> set[str]:
    """What a document that somebody must have issued does for some ground; more than one where its level is not stated."""
    found = document(world, kind)
    if found is None:
        return {CONDITIONAL}
    if found.result == "refused":
        return {DENY}
    if found.result == "not_involved":
        return {REFER if involved else PERMIT}
    if found.expires is not None and found.expires < world.day:
        return {DENY}
    if level and found.level is not None and found.level != level:
        return {DENY}
    good = covering(world, found, taken)
    return {good, DENY} if level and found.level is None else {good}


def covering(world: World, found: Document, taken: Occupied) -> str:
    """What an agreeing document of the right level does, by the ground for which it stands."""
    mask, place = taken.mask, taken.place
    stands = place_of(world, found)
    if found.parcels is not None:
        touched = [p for p in world.parcels.values() if (p.mask & mask).any()]
        uncovered = any(p.id not in found.parcels for p in touched) or (place & ~stands).any()
    else:
        uncovered = bool(((mask | place) & ~stands).any())
    if uncovered:
        return DENY
    return CONDITIONAL if found.result == "agree_with_conditions" else PERMIT


def excepted(lifts: list[str | None]) -> str:
    """What exceptions make of a deny: none lifts it, they agree, or they clash."""
    lifting = {x for x in lifts if x is not None and x != DENY}
    if not lifting:
        return DENY
    return lifting.pop() if len(lifting) == 1 else REFER


# --------------------------------------------------------------------------- red lines


def farmland(world: World) -> Answer:
    """oracle.lines.farmland."""
    tolerance = world.tolerances.get("oracle.lines.farmland", 0)
    features, _ = seen(world, "farmland")
    ground = world.ground()
    known_net = _net([(f, f.mask & ground) for f in features])
    admitted = {"road"} if world.day <= TRIAL_ENDS else {"road", "mine"}
    opinion = document(world, "unavoidability_pbf")
    possible: set[str] = set()
    for building, kind, temporary, major in facts(
        world, "is_construction", "project_kind", "is_temporary", "is_national_major"
    ):
        if not building:
            possible.add(NOT_APPLICABLE)
            continue
        doc = opinion if kind in admitted else document(world, "pbf_conversion")
        for taken in ways(world, "farmland", limits=(tolerance, 1500), document=doc):
            if not taken.is_touched:
                possible.add(PERMIT)
            else:
                listed = _listed(world, known_net, taken) if kind in admitted and not temporary else {None}
                homes = _homes(world, taken) if kind == "house" else {None}
                great = PERMIT if major and taken.area < 1500 else None
                forbidden = REFER if taken.area <= tolerance else DENY
                outcomes = {excepted([a, b, great]) for a, b in product(listed, homes)}
                possible |= {forbidden if o == DENY else o for o in outcomes}
    return limiting(possible, _occupied(world, "farmland"))


def _net(pieces: list[tuple[Any, Mask]]) -> Fraction:
    """The net area of pieces: each feature's, by its share, rounded once to 0.01 m²."""
    total = sum((f.facts["net_area"] * int(m.sum()) / int(f.mask.sum()) for f, m in pieces), Fraction(0))
    return Fraction((total * 100 + Fraction(1, 2)).__floor__(), 100)


def _listed(world: World, known_net: Fraction, taken: Occupied) -> set[str | None]:
    enough: set[bool] = set()
    least, most = replenished(world, "pbf_replenishment")
    if most is None or most >= known_net:
        enough.add(True)
    if least < known_net + taken.extra:
        enough.add(False)
    found: set[str | None] = set()
    if True in enough:
        found |= issued(world, "unavoidability_pbf", "province", taken, involved=True)
    if False in enough:
        found.add(None)
    return found


def replenished(world: World, kind: str) -> tuple[Fraction, Fraction | None]:
    """Between which areas the net area of plots of a kind lies; `None` is no bound."""
    if world.plots is None:
        return Fraction(0), None
    plots = [p for p in world.plots if p.kind == kind]
    least = sum((p.net_m2 for p in plots if p.net_m2 is not None), Fraction(0))
    return least, None if any(p.net_m2 is None for p in plots) else least


def _homes(world: World, taken: Occupied) -> set[str | None]:
    ours, theirs = _mean_of_plots(world), _mean_of_farmland(world, taken)
    good = {True, False} if ours is None or theirs is None else {ours <= theirs}
    found: set[str | None] = set()
    if True in good:
        found |= issued(world, "pbf_conversion", "city", taken, involved=True)
    if False in good:
        found.add(None)
    return found


def _mean_of_plots(world: World) -> Fraction | None:
    plots = [p for p in world.plots or () if p.kind == "pbf_replenishment"]
    weight = sum((p.net_m2 or 0 for p in plots), Fraction(0))
    if not plots or weight == 0 or any(p.net_m2 is None or p.grade is None for p in plots):
        return None
    return sum((p.grade * p.net_m2 for p in plots), Fraction(0)) / weight


def _mean_of_farmland(world: World, taken: Occupied) -> Fraction | None:
    pieces = [(f, f.mask & taken.mask) for f in seen(world, "farmland")[0]]
    met = [(f, m) for f, m in pieces if m.any()]
    if taken.extra or not met or any(f.facts["grade"] is None for f, _ in met):
        return None
    weights = [_net([piece]) for piece in met]
    return sum((f.facts["grade"] * w for (f, _), w in zip(met, weights, strict=True)), Fraction(0)) / sum(weights)


def _occupied(world: World, layer: str, truth: Any = lambda f: True) -> Fraction | None:
    """The ground of certain features; `None` where the layer is unbound."""
    if not world.layers[layer].bound:
        return None
    sure, _ = split(seen(world, layer)[0], truth)
    return area(sure & world.ground())


def nature_core(world: World) -> Answer:
    """oracle.lines.nature_core."""
    possible: set[str] = set()

    def core(of: dict[str, Any]) -> bool | None:
        return of["core"]

    for taken in ways(world, "nature", core, document=document(world, "erl_limited_activity")):
        if not taken.is_touched:
            possible.add(PERMIT)
        else:
            possible |= {excepted([x]) for x in issued(world, "erl_limited_activity", "province", taken, involved=True)}
    return limiting(possible, _occupied(world, "nature", core))


def nature_any(world: World) -> Answer:
    """oracle.lines.nature_any: where the exception that is not verified would lift the deny, a person decides."""
    possible: set[str] = set()
    for temporary, kind in facts(world, "is_temporary", "project_kind"):
        if temporary:
            possible.add(NOT_APPLICABLE)
            continue
        for taken in ways(world, "nature", limits=(200,), document=document(world, "protected_area_view")):
            if not taken.is_touched:
                possible.add(PERMIT)
                continue
            forbidden = REFER if taken.area <= 200 else DENY
            if kind == "road":
                possible.add(REFER)
            elif kind == "mine":
                reviewed = issued(world, "protected_area_view", "", taken, involved=True)
                possible |= {forbidden if o == DENY else o for o in (excepted([x]) for x in reviewed)}
            else:
                possible.add(forbidden)
    return limiting(possible, _occupied(world, "nature"))


def _touched(world: World, layer: str) -> set[bool]:
    return {taken.is_touched for taken in ways(world, layer)}


def unverified_hazard(world: World) -> Answer:
    """oracle.lines.unverified_hazard."""
    possible = {DENY if t else PERMIT for t in _touched(world, "hazard")}
    return unverified(possible, _occupied(world, "hazard"))


def lapsed_hazard(world: World) -> Answer | None:
    """oracle.lines.lapsed_hazard: in force as long as its instrument."""
    if world.day > TRIAL_ENDS:
        return None
    return limiting({DENY if t else PERMIT for t in _touched(world, "hazard")}, _occupied(world, "hazard"))


# --------------------------------------------------------------------------- sums


def _class_in(classes: frozenset[str]) -> Any:
    return lambda of: None if of["class"] is None else of["class"] in classes


def approval_level(world: World) -> Answer:
    """oracle.sums.approval_level."""
    whole = Occupied(world.ground(), Fraction(0), EMPTY)
    total = area(world.ground())
    possible: set[str] = set()
    for farm in ways(world, "farmland", limits=(0, total - 4000)):
        for crop in ways(world, "survey", _class_in(CULTIVATED), limits=(1500,)):
            central = farm.area > 0 or crop.area > 1500 or total - farm.area > 4000
            possible |= issued(world, "expropriation", "central" if central else "province", whole, involved=False)
    return limiting(possible)


def crop_ceiling(world: World) -> Answer:
    """oracle.sums.crop_ceiling: at most 1200 m² until the end of 2024, less than that from 2025 on."""
    old = world.day <= TRIAL_ENDS
    possible = {
        PERMIT if taken.area < 1200 or (old and taken.area == 1200) else DENY
        for taken in ways(world, "survey", _class_in(CULTIVATED), limits=(1200,))
    }
    return limiting(possible)


def forest_share(world: World) -> Answer:
    """oracle.sums.forest_share."""
    total = area(world.ground())
    possible: set[str] = set()
    for (building,) in facts(world, "is_construction"):
        if not building:
            possible.add(NOT_APPLICABLE)
            continue
        for taken in ways(world, "survey", _class_in(frozenset({"forest"})), limits=(total / 4,)):
            possible.add(PERMIT if taken.area / total <= Fraction(1, 4) else DENY)
    return limiting(possible)


def cropland(world: World) -> Answer:
    """oracle.sums.cropland: plots are compared, another mode needs its confirmation, neither is not decided."""
    ground = world.ground()
    features, unseen = seen(world, "survey")
    is_crop = _class_in(CULTIVATED)
    sure = [f for f in features if is_crop(f.facts) and (f.mask & ground).any()]
    loose = [f for f in features if is_crop(f.facts) is None]
    least = _net([(f, f.mask & ground) for f in sure])
    most = least + area(unseen) + sum((area(f.mask & ground) for f in loose), Fraction(0))
    plots, upper = replenished(world, "cultivated_supplement")
    possible: set[str] = set()
    if least == 0:
        possible.add(NOT_APPLICABLE)
    if most == 0:
        return limiting(possible)
    least = max(least, Fraction(1, 100))
    compared: set[str] = set()
    if upper is None or upper >= least:
        compared.add(PERMIT)
    if plots < most:
        compared.add(DENY)
    supplied = None if world.plots is None else any(p.kind == "cultivated_supplement" for p in world.plots)
    match world.mode, supplied:
        case "self", _:
            possible |= compared
        case None, True:
            possible |= compared
        case None, False:
            possible |= {DENY, *_confirmed(world)}
        case None, None:
            possible |= {*compared, *_confirmed(world)}
        case _:
            possible |= _confirmed(world)
    return limiting(possible)


def _confirmed(world: World) -> set[str]:
    if world.confirmation_no is None:
        return {CONDITIONAL}
    found = document(world, "balance_confirmation")
    if found is None:
        return {CONDITIONAL}
    outcomes = {"refused": DENY, "agree_with_conditions": CONDITIONAL}
    return {outcomes.get(found.result, PERMIT)}


def tenure(world: World) -> Answer:
    """oracle.sums.tenure, parcel by parcel."""
    joined = {NOT_APPLICABLE}
    for parcel in world.parcels.values():
        owner, dispute = parcel.facts["ownership"], parcel.facts["dispute_pending"]
        here = {NOT_APPLICABLE} if owner != "collective" else set()
        if owner in (None, "collective"):
            here |= {PERMIT, DENY} if dispute is None else {DENY if dispute else PERMIT}
        joined = {gravest((a, b)) for a in joined for b in here}
    return limiting(joined)


def small_parcels(world: World) -> Answer:
    """oracle.sums.small_parcels: partly verified."""
    return unverified({PERMIT if area(p.mask) < 3000 else DENY for p in world.parcels.values()})


def no_hazard(world: World) -> Answer:
    """oracle.sums.no_hazard."""
    return limiting({DENY if t else PERMIT for t in _touched(world, "hazard")})


def hazard_report(world: World) -> Answer:
    """oracle.sums.hazard_report."""
    possible = {CONDITIONAL if taken.area >= 300 else PERMIT for taken in ways(world, "hazard", limits=(300,))}
    return limiting(possible, _occupied(world, "hazard"))


# --------------------------------------------------------------------------- strips


def no_buildings(world: World) -> Answer:
    """oracle.strips.no_buildings: buildings may not stand there; without any, ground is kept free."""
    target = world.built() if world.buildings else world.ground()
    roads = world.roads.roads if world.roads.bound else []
    width = {"national": 2, "county": 1, "village": 1}
    known = EMPTY
    for road in roads:
        if road.rank in width:
            known = known | strip(road, width[road.rank])
    unseen = bool((unseen_strip(world, 2) & target & ~known).any())

    worst = DENY if world.buildings else CONDITIONAL
    possible: set[str] = set()
    for (building,) in facts(world, "is_construction"):
        if not building:
            possible.add(NOT_APPLICABLE)
            continue
        for ranks in product(*((r.rank,) if r.rank else RANKS for r in roads)):
            verified, other = EMPTY, EMPTY
            for road, rank in zip(roads, ranks, strict=True):
                if rank == "village":
                    other = other | strip(road, width[rank])
                elif rank in width:
                    verified = verified | strip(road, width[rank])
            for extra in (False, True) if unseen else (False,):
                if extra or (verified & target).any():
                    possible.add(worst)
                else:
                    possible.add(REFER if (other & target).any() else PERMIT)
    return limiting(possible, area(known & target) if world.roads.bound else None)


def no_project(world: World) -> Answer:
    """oracle.strips.no_project."""
    ground, tolerance = world.ground(), 100
    within = EMPTY
    for road in world.roads.roads if world.roads.bound else []:
        within = within | strip(road, 1)
    known = area(within & ground)
    hidden = area(unseen_strip(world, 1) & ground & ~within)
    possible: set[str] = set()
    for (building,) in facts(world, "is_construction"):
        for total in {known, known + hidden, *({known + Fraction(1, 50)} if hidden else ())}:
            if total <= NOISE:
                possible.add(PERMIT)
            elif not building:
                possible.add(NOT_APPLICABLE)
            else:
                possible.add(REFER if total <= tolerance else DENY)
    return limiting(possible, known if world.roads.bound else None)


LIMITING = {
    "oracle.lines.farmland": farmland,
    "oracle.lines.nature_core": nature_core,
    "oracle.lines.nature_any": nature_any,
    "oracle.lines.unverified_hazard": unverified_hazard,
    "oracle.lines.lapsed_hazard": lapsed_hazard,
    "oracle.sums.approval_level": approval_level,
    "oracle.sums.crop_ceiling": crop_ceiling,
    "oracle.sums.forest_share": forest_share,
    "oracle.sums.cropland": cropland,
    "oracle.sums.tenure": tenure,
    "oracle.sums.small_parcels": small_parcels,
    "oracle.sums.no_hazard": no_hazard,
    "oracle.sums.hazard_report": hazard_report,
    "oracle.strips.no_buildings": no_buildings,
    "oracle.strips.no_project": no_project,
}
"""The norms that only limit."""

assert CELL_M2 == 100  # the limits above were chosen for cells of an are
