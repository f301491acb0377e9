"""GeoJSON as a layer: read with the standard library, one geometry at a time.

A layer is somebody else's data: a ring of two points there does not stop a check, it makes its box uncovered.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.kernel import FloatArray, array_of
from landrules.intake.formats.table import Broken, Cell, FeatureTable, boxes_meet
from landrules.intake.jsontext import Json, read_json
from landrules.intake.shapes import LINES, POINTS, POLYGONS, Unreadable, read_shape


def tables(path: Path) -> tuple[str, ...]:
    """A GeoJSON file holds one layer, named like the file."""
    return (path.stem,)


def read(path: Path, table: str, boxes: FloatArray | None) -> FeatureTable:
    """The features whose boxes meet any of `boxes` (in the file's system; `None`: all).

    Raises `InputError` with LR546 or what `read_json` raises for a text that is no GeoJSON.
    """
    value = read_json(path.read_bytes(), path.name)
    raw = value.get("features") if isinstance(value, dict) else None
    if not isinstance(raw, list) or not isinstance(value, dict):
        reason = "no FeatureCollection"
        raise InputError(Diagnostic("LR546", {"path": path.name, "reason": reason}, where=path.name))
    features = [item if isinstance(item, dict) else {} for item in raw]
    shapes, broken = [], []
    for row, feature in enumerate(features):
        try:
            shapes.append(
                read_shape(feature.get("geometry"), (*POLYGONS, *LINES, *POINTS), "图层要素", "feature").geometry
            )
        except Unreadable as problem:
            shapes.append(shapely.Polygon())
            reason = problem.diagnostic("").message("en")
            broken.append(Broken(row, reason, _box_of_numbers(feature.get("geometry"))))
    geometry = array_of(shapes)
    keep = np.ones(len(features), dtype=bool)
    if boxes is not None:
        keep = boxes_meet(np.asarray(shapely.bounds(geometry)).reshape(-1, 4), boxes)
        for problem_row in broken:
            own = problem_row.box
            keep[problem_row.row] = own is None or bool(boxes_meet(np.array([own]), boxes)[0])
    rows = [int(row) for row in np.flatnonzero(keep)]
    at = {row: position for position, row in enumerate(rows)}
    properties = [p if isinstance(p := features[row].get("properties"), dict) else {} for row in rows]
    names = sorted({key for f in features if isinstance(p := f.get("properties"), dict) for key in p} | {"id"})
    columns = {name: tuple(_cell(p.get(name)) for p in properties) for name in names}
    columns["id"] = tuple(
        _cell(features[row]["id"]) if "id" in features[row] else own
        for row, own in zip(rows, columns["id"], strict=True)
    )
    kept = tuple(Broken(at[b.row], b.reason, b.box) for b in broken if b.row in at)
    return FeatureTable(_crs(value), tuple(rows), geometry[keep], columns, kept)


def _crs(value: Mapping[str, Json]) -> str:
    """The `crs` member, or degrees: RFC 7946 knows no other system."""
    crs = value.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else crs
    return name if isinstance(name, str) else "OGC:CRS84"


def _cell(value: Json) -> Cell:
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int | float | bool) else None


def _box_of_numbers(geometry: Json) -> tuple[float, float, float, float] | None:
    """The box of whatever positions a broken geometry has."""
    found: list[tuple[float, float]] = []

    def gather(raw: Json) -> None:
        if not isinstance(raw, list):
            return
        if len(raw) >= 2 and all(isinstance(v, int | Decimal) and not isinstance(v, bool) for v in raw[:2]):
            found.append((float(raw[0]), float(raw[1])))
            return
        for item in raw:
            gather(item)

    gather(geometry.get("coordinates") if isinstance(geometry, dict) else None)
    if not found:
        return None
    points = np.array(found)
    (minx, miny), (maxx, maxy) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return minx, miny, maxx, maxy
