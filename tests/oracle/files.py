"""A grid world as files: a workspace folder with GeoJSON layers, their coverage, and a proposal."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import shapely

from tests.oracle.build import FAR, PLANE, road_shape, shape
from tests.oracle.world import CELL, SIZE, Document, Feature, World

WHOLE = shapely.box(-FAR, -FAR, SIZE * CELL + FAR, SIZE * CELL + FAR)
FIELDS = {
    "farmland": 'net_area = { column = "net_area", unit = "m2" }, grade = { column = "grade", system = "grade15" }',
    "survey": 'net_area = { column = "net_area", unit = "m2" }, class = { column = "class", scheme = "land" }',
    "nature": 'core = "core"',
    "zoning": 'zone = { column = "zone", scheme = "plan" }',
    "boundary": "",
    "detail": 'class = { column = "class", scheme = "use" }',
    "hazard": "",
    "highway": 'rank = { column = "rank", scheme = "rank" }',
}


def write_workspace(world: World, folder: Path) -> Path:
    """Write the files of a world; returns the proposal's path."""
    folder.mkdir(parents=True)
    head = ["[workspace]", f'crs = "{PLANE.code}"', "rulesets = []", ""]
    for name, metres in sorted(world.tolerances.items()):
        head += [f'[review.tolerance."{name}"]', f"m2 = {metres}", 'author = "oracle"', ""]
    for name, layer in world.layers.items():
        if layer.bound:
            covered = None if layer.undeclared else shape(layer.covered) if not layer.covered.all() else WHOLE
            head += _write_layer(folder, name, [(f.id, shape(f.mask), f.facts) for f in layer.features], covered)
    roads = world.roads
    if roads.bound:
        west = roads.first * CELL if roads.first else -FAR
        east = roads.last * CELL if roads.last < SIZE else SIZE * CELL + FAR
        covered = shapely.box(west, -FAR, east, SIZE * CELL + FAR)
        head += _write_layer(folder, "highway", [(r.id, road_shape(r), {"rank": r.rank}) for r in roads.roads], covered)
    (folder / "landrules.toml").write_text("\n".join(head), encoding="utf-8")
    path = folder / "proposal.geojson"
    path.write_text(json.dumps(_proposal(world), ensure_ascii=False), encoding="utf-8")
    return path


def _write_layer(folder: Path, name: str, features: list[tuple[str, Any, dict[str, Any]]], covered: Any) -> list[str]:
    _write(folder / f"{name}.geojson", [_feature(i, g, {"id": i, **_plain(facts)}) for i, g, facts in features])
    lines = [f"[layers.{name}]", f'path = "{name}.geojson"', 'id = "id"', "edition = 2024-01-01", 'crs = "engineering"']
    if FIELDS[name] and features:
        lines.append(f"fields = {{ {FIELDS[name]} }}")
    if covered is not None:
        _write(folder / f"{name}_coverage.geojson", [_feature("c", covered, {})])
        lines.append(f'coverage = {{ kind = "file", path = "{name}_coverage.geojson", crs = "engineering" }}')
    return [*lines, ""]


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _feature(name: str, geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "properties": properties, "geometry": shapely.geometry.mapping(geometry)}


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {k: float(v) if isinstance(v, Fraction) else v for k, v in facts.items()}


def _proposal(world: World) -> dict[str, Any]:
    project: dict[str, Any] = {
        "id": f"w{world.seed}",
        "name": "grid",
        "stage": "plan_conformity",
        "application_date": world.day.isoformat(),
        "opinions": [_document(d) for d in world.documents if not d.is_approval],
        "approvals": [_document(d) for d in world.documents if d.is_approval],
        "balance": {
            k: v for k, v in (("mode", world.mode), ("confirmation_no", world.confirmation_no)) if v is not None
        },
        **{k: v for k, v in world.facts.items() if v is not None},
    }
    if world.plots is not None:
        project["supplements"] = [
            {"type": "Feature", "id": f"S{n}", "properties": _plot(p), "geometry": None}
            for n, p in enumerate(world.plots)
        ]
    features = [_parcel(f, "parcel") for f in world.parcels.values()]
    features += [_parcel(f, "building") for f in world.buildings.values()]
    return {"type": "FeatureCollection", "proposal": project, "features": features}


def _parcel(feature: Feature, role: str) -> dict[str, Any]:
    facts = {k: v for k, v in feature.facts.items() if v is not None}
    if "use_after" in facts:
        facts["use_after"] = f"use:{facts['use_after']}"
    return _feature(feature.id, shape(feature.mask), {"role": role, **facts})


def _plot(plot: Any) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": plot.kind}
    if plot.net_m2 is not None:
        out["net_area_ha"] = float(plot.net_m2 / 10_000)
    if plot.grade is not None:
        out["grade"] = {"system": "grade15", "value": plot.grade}
    return out


def _document(document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {
        "matter" if document.is_approval else "kind": document.kind,
        "date": document.day.isoformat(),
        "result": document.result,
        "number": "C-1",
    }
    if document.level is not None:
        out["issuer_level"] = document.level
    if document.expires is not None:
        out["expires"] = document.expires.isoformat()
    if document.parcels is not None:
        out["parcels"] = list(document.parcels)
    if document.covers is not None:
        out["covers"] = shapely.geometry.mapping(shape(document.covers))
    return out
