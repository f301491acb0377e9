"""A grid world as the engine's values, and as the files of a workspace. The only room of the oracle that knows landrules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from landrules.base.valuetype import Absence, Code, Grade, Missing, Place
from landrules.engine.evidence import Evidence
from landrules.engine.gather import gather
from landrules.engine.plan import Plan, plan
from landrules.geo import kernel
from landrules.geo.site import AbsentLayer, Coverage, CoverageKind, Layer, Parcel, Plane, Proposal, Role
from landrules.rules.load import load_ruleset
from landrules.rules.model import RuleSet
from tests.oracle.world import CELL, SIZE, Document, Feature, Mask, Road, World

RULES = Path(__file__).parent / "rules"
PLANE = Plane("engineering")
FAR = 1000.0


@cache
def rules_of(names: tuple[str, ...]) -> RuleSet:
    """The rulesets of some names."""
    return load_ruleset([f"{n}.rules" for n in names], RULES)


def shape(mask: Mask) -> Any:
    """The cells of a mask as a polygon or multipolygon in metres."""
    boxes = []
    for row in range(SIZE):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], mask[row].astype(np.int8), [0]))))
        for low, high in zip(edges[::2], edges[1::2], strict=True):
            boxes.append(shapely.box(low * CELL, row * CELL, high * CELL, (row + 1) * CELL))
    return shapely.union_all(boxes)


def road_shape(road: Road) -> Any:
    """A road across the whole plane."""
    low, high, end = road.at * CELL, (road.at + 1) * CELL, SIZE * CELL + FAR
    if road.is_line:
        return shapely.LineString([(low, -FAR), (low, end)] if road.vertical else [(-FAR, low), (end, low)])
    return shapely.box(low, -FAR, high, end) if road.vertical else shapely.box(-FAR, low, end, high)


def evidence_of(world: World, rules: RuleSet | None = None) -> tuple[Plan, Evidence]:
    """The plan and the evidence of a world, without any file."""
    rules = rules or rules_of(world.rulesets)
    steps = plan(rules, world.day)
    tolerances = {n: (Fraction(t), "oracle") for n, t in world.tolerances.items()}
    evidence = gather(
        rules, steps, proposal_of(world), layers_of(world, steps, rules), data_as_of=world.day, tolerances=tolerances
    )
    return steps, evidence


# --------------------------------------------------------------------------- the proposal


def proposal_of(world: World) -> Proposal:
    """The proposal of a world."""
    attributes: dict[str, Any] = {"id": f"w{world.seed}", "stage": "plan_conformity", "application_date": world.day}
    for name in ("is_construction", "is_temporary", "is_national_major"):
        if world.facts[name] is not None:
            attributes[name] = world.facts[name]
    if world.facts["project_kind"] is not None:
        attributes["project_kind"] = Code("project_kind", world.facts["project_kind"])
    if world.plots is not None:
        attributes["supplements"] = tuple(MappingProxyType(_plot(p)) for p in world.plots)
    for key, is_approval in (("opinions", False), ("approvals", True)):
        chosen = [d for d in world.documents if d.is_approval is is_approval]
        attributes[key] = tuple(MappingProxyType(_document(d)) for d in chosen)
    balance = {"mode": world.mode, "confirmation_no": world.confirmation_no}
    attributes["balance"] = MappingProxyType({k: v for k, v in balance.items() if v is not None})
    return Proposal(
        id=f"w{world.seed}",
        name="",
        attributes=MappingProxyType(attributes),
        parcels=_parcels(world.parcels, Role.PARCEL),
        buildings=_parcels(world.buildings, Role.BUILDING),
        supplements=(),
        plane=PLANE,
        sha256="",
        precision_m=0.0,
    )


def _parcels(features: Mapping[str, Feature], role: Role) -> tuple[Parcel, ...]:
    shapes = kernel.normal_form(kernel.array_of([shape(f.mask) for f in features.values()]))
    return tuple(
        Parcel(name, role, geometry, MappingProxyType(_facts(feature)), Decimal(int(feature.mask.sum()) * CELL * CELL))
        for (name, feature), geometry in zip(features.items(), shapes, strict=True)
    )


SCHEMES = {"use_after": "use", "zone": "plan"}


def _facts(feature: Feature) -> dict[str, Any]:
    found = {k: v for k, v in feature.facts.items() if v is not None}
    return {k: Code(SCHEMES[k], v) if k in SCHEMES else v for k, v in found.items()}


def _plot(plot: Any) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": plot.kind}
    if plot.net_m2 is not None:
        out["net_area_ha"] = plot.net_m2
    if plot.grade is not None:
        out["grade15"] = Grade("grade15", Fraction(plot.grade))
    return out


def _document(document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {
        "matter" if document.is_approval else "kind": document.kind,
        "date": document.day,
        "result": document.result,
        "number": "C-1",
    }
    if document.level is not None:
        out["issuer_level"] = document.level
    if document.expires is not None:
        out["expires"] = document.expires
    if document.parcels is not None:
        out["parcels"] = document.parcels
    if document.covers is not None:
        out["covers"] = Place(shape(document.covers))
    return out


# --------------------------------------------------------------------------- layers


def layers_of(world: World, steps: Plan, rules: RuleSet) -> dict[str, Layer | AbsentLayer]:
    """The layers that a plan names."""
    return {name: layer_of(world, name, rules) for name in steps.layers}


def layer_of(world: World, name: str, rules: RuleSet) -> Layer | AbsentLayer:
    """One layer of a world."""
    if name == "highway":
        roads = world.roads
        if not roads.bound:
            return AbsentLayer(name, Absence.UNBOUND)
        shapes = [road_shape(r) for r in roads.roads]
        columns = {"rank": tuple(_value(name, "rank", r.rank) for r in roads.roads)}
        return _layer(name, shapes, [r.id for r in roads.roads], columns, _road_coverage(world))
    layer = world.layers[name]
    if not layer.bound:
        return AbsentLayer(name, Absence.UNBOUND)
    coverage = Coverage(CoverageKind.COMPLETE)
    if layer.undeclared:
        coverage = Coverage(CoverageKind.UNDECLARED)
    elif not layer.covered.all():
        coverage = Coverage(CoverageKind.REGION, shape(layer.covered))
    columns = {
        key: tuple(_value(name, key, f.facts.get(key)) for f in layer.features) for key in rules.layers[name].fields
    }
    return _layer(name, [shape(f.mask) for f in layer.features], [f.id for f in layer.features], columns, coverage)


def _layer(name: str, shapes: Sequence[Any], ids: Sequence[str], columns: Any, coverage: Coverage) -> Layer:
    geometry = kernel.normal_form(kernel.array_of(shapes))
    return Layer(name, None, geometry, tuple(ids), columns, coverage, "", "engineering")


def _road_coverage(world: World) -> Coverage:
    first, last = world.roads.first, world.roads.last
    if (first, last) == (0, SIZE):
        return Coverage(CoverageKind.COMPLETE)
    west = first * CELL if first else -FAR
    east = last * CELL if last < SIZE else SIZE * CELL + FAR
    return Coverage(CoverageKind.REGION, shapely.box(west, -FAR, east, SIZE * CELL + FAR))


def _value(layer: str, key: str, value: Any) -> Any:
    if value is None:
        return Missing(f"{layer}.{key}", Absence.NOT_SUPPLIED)
    schemes = {"survey": "land", "zoning": "plan", "detail": "use", "highway": "rank"}
    if key in ("class", "zone", "rank"):
        return Code(schemes[layer], value)
    return Grade("grade15", Fraction(value)) if key == "grade" else value
