"""A submitted file as a `Proposal`: the one door through which a project and its ground come in.

In: bytes of GeoJSON, the workspace's plane, the code schemes of the rulesets. Out: ground in the plane, typed
facts, and lines of data quality. What cannot be read in one way only stops here, all of it collected, with nothing
decided; what is merely wrong becomes `Missing(invalid)` and a line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen, replace
from landrules.base.valuetype import Place, RecordType, Value
from landrules.base.vocabulary import ABSENT_IS_EMPTY, BUILDING, PARCEL, PROPOSAL, SUPPLEMENT
from landrules.geo import kernel
from landrules.geo.area import rounded, survey_areas
from landrules.geo.site import Geometry, Parcel, Plane, Proposal, Role
from landrules.intake.envelope import Envelope, RawFeature, check_identity, identity, open_envelope
from landrules.intake.facts import Spot, Walk, read_record
from landrules.intake.jsontext import BOM, Json, read_json
from landrules.intake.placing import place
from landrules.intake.quality import quality_lines
from landrules.intake.settings import with_settings
from landrules.intake.shapes import POLYGONS, Shape, Unreadable, footprint, planar_area, read_shape, widened
from landrules.rules.model import CodeScheme


def read_proposal(
    data: bytes,
    name: str,
    plane: Plane,
    schemes: Mapping[str, CodeScheme],
    settings: Mapping[str, str] | None = None,
) -> Proposal:
    """The proposal of a GeoJSON file.

    `name` stands in messages; `settings` are the `--set` pairs. Raises `InputError` with every diagnostic that stops
    the run (LR6xx, and LR520 to LR535 of coordinate systems).
    """
    proposal = proposal_of(read_json(data, name), name, plane, schemes, settings or {}, sha256_of(data))
    if data.startswith(BOM):
        return replace(proposal, notes=(Diagnostic("LR722", where=name, severity="warning"), *proposal.notes))
    return proposal


def sha256_of(data: bytes) -> str:
    """The digest of bytes as received."""
    return hashlib.sha256(data).hexdigest()


def proposal_of(
    value: Json,
    name: str,
    plane: Plane,
    schemes: Mapping[str, CodeScheme],
    settings: Mapping[str, str],
    sha256: str,
) -> Proposal:
    """The proposal of a GeoJSON value, however it was stored. Raises `InputError` as `read_proposal` does."""
    notes: list[Diagnostic] = []
    stops: list[Diagnostic] = []
    if settings and isinstance(value, dict) and isinstance(value.get("proposal"), dict):
        value = {**value, "proposal": with_settings(value["proposal"], settings, name, notes)}
    envelope = open_envelope(value, name, stops)
    if envelope.attributes:
        check_identity(envelope.attributes, name, stops)
    regions = Regions.of(envelope.attributes)
    ground = _place_all(envelope, regions, plane, name, stops)
    walk = Walk(name, schemes, regions.find, notes, stops)
    attributes = _attributes(walk, envelope.attributes)
    facts = {f.id: _facts(walk, f, BUILDING if f.is_building else PARCEL, f.id) for f in envelope.features}
    plot_facts = {f.id: _facts(walk, f, SUPPLEMENT, f"supplements: {f.id}") for f in envelope.supplements}
    if stops or ground is None:
        raise InputError(stops)
    made = [_ground(walk, f, facts[f.id], ground) for f in envelope.features]
    plots = [_plot(walk, f, plot_facts[f.id], ground.supplements.get(f.id)) for f in envelope.supplements]
    measured = _measured((*made, *plots), plane)
    own, supplements = measured[: len(made)], measured[len(made) :]
    if isinstance(attributes.get("supplements"), tuple):
        attributes["supplements"] = tuple(p.attributes for p in supplements)
    parcels = tuple(p for p in own if p.role is Role.PARCEL)
    buildings = tuple(p for p in own if p.role is Role.BUILDING)
    stated_name = attributes.get("name")
    return Proposal(
        id=identity(envelope.attributes),
        name=stated_name if isinstance(stated_name, str) else "",
        attributes=attributes,
        parcels=parcels,
        buildings=buildings,
        supplements=supplements,
        plane=plane,
        sha256=sha256,
        precision_m=ground.precision_m,
        notes=(*ground.notes, *notes, *quality_lines(name, attributes, parcels, buildings, ground.precision_m)),
    )


def application_date(proposal: Proposal) -> date | Diagnostic:
    """The application date, or why there is none: not stated (LR616) or invalid (LR617)."""
    value = proposal.attributes.get("application_date")
    if isinstance(value, date):
        return value
    code = "LR616" if value is None else "LR617"
    return Diagnostic(code, where="proposal.application_date")


# --- facts -----------------------------------------------------------------------------------------------------------


def _attributes(walk: Walk, raw: Mapping[str, Json]) -> dict[str, Value]:
    """The project's facts; lists of claims that are absent claim nothing. `supplements` are read as features."""
    stated = {key: value for key, value in raw.items() if key != "supplements" or not isinstance(value, list)}
    out = read_record(walk, stated, PROPOSAL, Spot("proposal", "proposal"))
    for key in sorted(ABSENT_IS_EMPTY - raw.keys()):
        out[key] = ()
    if isinstance(raw.get("supplements"), list):
        out["supplements"] = ()
    return out


def _facts(walk: Walk, feature: RawFeature, record: RecordType, shown: str) -> dict[str, Value]:
    facts = read_record(walk, feature.properties, record, Spot(shown, record.name))
    number = facts.get({"parcel": "parcel_no", "building": "building_no", "supplement": "plot_no"}[record.name])
    if isinstance(number, str) and number != feature.id:
        walk.tell("LR718", shown, number=number, id=feature.id)
    return facts


# --- ground ----------------------------------------------------------------------------------------------------------


@frozen
class Regions:
    """Geometries inside attributes (`covers`, `geometry` of a correction), by the identity of their JSON object."""

    shapes: dict[int, Shape]
    problems: dict[int, Unreadable]
    places: dict[int, Geometry]

    @classmethod
    def of(cls, attributes: Mapping[str, Json]) -> Regions:
        """Every region of the attributes, replenishment plots aside."""
        out = cls({}, {}, {})
        out._gather({key: value for key, value in attributes.items() if key != "supplements"})
        return out

    def _gather(self, value: Json) -> None:
        if isinstance(value, list):
            for item in value:
                self._gather(item)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("covers", "geometry"):
                    self._gather(inner)
                    continue
                try:
                    self.shapes[id(inner)] = read_shape(inner, POLYGONS, "范围", "region")
                except Unreadable as problem:
                    self.problems[id(inner)] = problem

    def find(self, raw: Json, where: str) -> Place | Diagnostic:
        """The region of a JSON object in the plane, or what is wrong with it."""
        if problem := self.problems.get(id(raw)):
            return problem.diagnostic(where)
        shape = self.places.get(id(raw))
        if shape is None:
            return Diagnostic("LR622", where=where)
        if flaw := kernel.validity(shape):
            return Diagnostic("LR721", {"reason": flaw.reason}, where=where)
        return Place(shape)


@frozen
class _Ground:
    """Every shape of the file in the plane, by feature id; `flawed` are the ids of features whose shape is not valid."""

    features: Mapping[str, Geometry]
    supplements: Mapping[str, Geometry]
    flawed: frozenset[str]
    precision_m: float
    notes: tuple[Diagnostic, ...]


def _place_all(
    envelope: Envelope, regions: Regions, plane: Plane, name: str, stops: list[Diagnostic]
) -> _Ground | None:
    """All shapes in the plane at once, so that one file is read in one system; `None` where that stops the run."""
    if any(stop.code == "LR627" for stop in stops):
        return None  # what the file says of its system cannot be read, so nothing is guessed from its numbers
    shaped = [(f.id, f.shape) for f in envelope.features if f.shape is not None]
    plots = [(f.id, f.shape) for f in envelope.supplements if f.shape is not None]
    inner = list(regions.shapes.items())
    shapes = [shape for _, shape in (*shaped, *plots)] + [shape for _, shape in inner]
    labels = [*(id_ for id_, _ in shaped), *(f"supplements: {id_}" for id_, _ in plots), *("proposal" for _ in inner)]
    try:
        placed = place(shapes, labels, envelope.crs, plane, name)
    except InputError as error:
        spelled = [replace(d, where=d.where.replace(f"{name} ", f"{name}: ", 1)) for d in error.diagnostics]
        stops += spelled
        return None
    n, m = len(shaped), len(shaped) + len(plots)
    regions.places.update((key, shape) for (key, _), shape in zip(inner, placed.geometry[m:], strict=True))
    return _Ground(
        {id_: shape for (id_, _), shape in zip(shaped, placed.geometry[:n], strict=True)},
        {id_: shape for (id_, _), shape in zip(plots, placed.geometry[n:m], strict=True)},
        frozenset(shaped[row][0] for row in np.flatnonzero(~kernel.is_valid(placed.geometry[:n])).tolist()),
        placed.precision_m,
        placed.notes,
    )


_MADE_FROM = {"LineString": "line", "MultiLineString": "line", "Point": "point", "MultiPoint": "point"}


def _ground(walk: Walk, feature: RawFeature, facts: Mapping[str, Value], ground: _Ground) -> Parcel:
    """A feature's ground in the plane, unmeasured: as drawn, widened, or none and why."""
    assert feature.shape is not None
    shape = ground.features[feature.id]
    made_from = _MADE_FROM.get(feature.shape.kind, "polygon")
    problem = ""
    if made_from != "polygon":
        shape, problem = _made(walk, feature, facts, shape, made_from)
    elif feature.id in ground.flawed and (flaw := kernel.validity(shape)):
        walk.note("LR710", feature.id, reason=flaw.reason, x=f"{flaw.x:.3f}", y=f"{flaw.y:.3f}")
        shape, problem = None, flaw.reason
    if feature.shape.had_heights:
        walk.tell("LR714", feature.id)
    role = Role.BUILDING if feature.is_building else Role.PARCEL
    return Parcel(feature.id, role, shape, facts, Decimal(0), made_from, problem)


_LARGEST = {"width_m": 10_000, "footprint_m2": 10_000_000}
"""Wider than ten kilometres is no line, larger than ten square kilometres no point."""


def _made(
    walk: Walk, feature: RawFeature, facts: Mapping[str, Value], shape: Geometry, made_from: str
) -> tuple[Geometry, str]:
    """Ground of a line or of points, with what is said about it; none where the width or footprint is missing."""
    key, zh, en = ("width_m", "线", "line") if made_from == "line" else ("footprint_m2", "点", "point")
    size = facts.get(key)
    if isinstance(size, Fraction) and size > _LARGEST[key]:
        walk.note("LR707", f"{feature.id}.{key}", key=key, found=f"{float(size):g}", range=f"≤ {_LARGEST[key]}")
        return None, key
    if not isinstance(size, Fraction) or size <= 0:
        walk.note("LR713", feature.id, kind_zh=zh, kind_en=en, key=key)
        return None, key
    ground = widened(shape, float(size)) if made_from == "line" else footprint(shape, float(size))
    area = f"{planar_area(ground):.2f}"
    if made_from == "line":
        walk.tell("LR715", feature.id, width=f"{float(size):g}", area=area)
    else:
        walk.tell("LR716", feature.id, area=f"{float(size):g}")
    return ground, ""


def _plot(walk: Walk, feature: RawFeature, facts: Mapping[str, Value], shape: Geometry | None) -> Parcel:
    """A replenishment plot; one without a geometry has none, and that is no defect."""
    problem = ""
    if shape is not None and (flaw := kernel.validity(shape)):
        walk.note("LR721", f"supplements: {feature.id}", reason=flaw.reason)
        shape, problem = None, flaw.reason
    return Parcel(feature.id, Role.PARCEL, shape, facts, Decimal(0), "polygon", problem)


def _measured(parcels: Sequence[Parcel], plane: Plane) -> tuple[Parcel, ...]:
    """The same with their survey areas."""
    known = [i for i, p in enumerate(parcels) if p.geometry is not None]
    areas = survey_areas(kernel.array_of([parcels[i].geometry for i in known]), plane)
    out = list(parcels)
    for i, area in zip(known, areas, strict=True):
        out[i] = replace(parcels[i], area_m2=rounded(float(area)))
    return tuple(out)
