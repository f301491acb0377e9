"""GeoJSON as a layer: read with the standard library, one geometry at a time.

A layer is somebody else's data: a ring of two points there does not stop a check, it makes its box uncovered.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.kernel import FloatArray, array_of
from landrules.geo.site import Geometry
from landrules.intake.digest import Stamp, stamp_of
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
    whole = _whole(path, stamp_of(path))
    if boxes is None:
        return whole
    keep = boxes_meet(np.asarray(shapely.bounds(whole.geometry)).reshape(-1, 4), boxes)
    for broken in whole.broken:
        keep[broken.row] = broken.box is None or bool(boxes_meet(np.array([broken.box]), boxes)[0])
    rows = np.flatnonzero(keep).tolist()
    at = {row: position for position, row in enumerate(rows)}
    return FeatureTable(
        whole.crs,
        tuple(whole.keys[row] for row in rows),
        whole.geometry[keep],
        {name: tuple(cells[row] for row in rows) for name, cells in whole.columns.items()},
        tuple(Broken(at[b.row], b.reason, b.box) for b in whole.broken if b.row in at),
    )


@lru_cache(maxsize=4)
def _whole(path: Path, stamp: Stamp) -> FeatureTable:
    """The whole file, parsed once while it stays the same: it has no index that could be asked first."""
    value = read_json(path.read_bytes(), path.name, exact=False)
    raw = value.get("features") if isinstance(value, dict) else None
    if not isinstance(raw, list) or not isinstance(value, dict):
        reason = "no FeatureCollection"
        raise InputError(Diagnostic("LR546", {"path": path.name, "reason": reason}, where=path.name))
    features = [item if isinstance(item, dict) else {} for item in raw]
    shapes: list[Geometry] = []
    broken: list[Broken] = []
    for row, feature in enumerate(features):
        geometry = feature.get("geometry")
        try:
            shapes.append(_polygons(geometry) or read_shape(geometry, _KINDS, "图层要素", "feature").geometry)
        except Unreadable as problem:
            shapes.append(shapely.Polygon())
            broken.append(Broken(row, problem.diagnostic("").message("en"), _box_of_numbers(geometry)))
    properties = [p if isinstance(p := feature.get("properties"), dict) else {} for feature in features]
    names = sorted({key for own in properties for key in own} | {"id"})
    columns = {name: tuple(_cell(own.get(name)) for own in properties) for name in names}
    columns["id"] = tuple(
        _cell(feature["id"]) if "id" in feature else own for feature, own in zip(features, columns["id"], strict=True)
    )
    return FeatureTable(_crs(value), tuple(range(len(features))), array_of(shapes), columns, tuple(broken))


_KINDS = (*POLYGONS, *LINES, *POINTS)


def _polygons(geometry: Json) -> Geometry | None:
    """Polygons built from whole arrays; `None` where anything is unusual, which `read_shape` then looks at closely."""
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONS:
        return None
    coordinates: Any = geometry.get("coordinates")
    try:
        parts = [coordinates] if geometry["type"] == "Polygon" else list(coordinates)
        built = [[np.array(ring, dtype=np.float64)[:, :2] for ring in part] for part in parts]
    except (TypeError, ValueError, IndexError):
        return None
    rings = [ring for part in built for ring in part]
    if not rings or not all(part for part in built):
        return None
    if not all(len(r) >= 4 and np.isfinite(r).all() and (r[0] == r[-1]).all() for r in rings):
        return None
    polygons = [shapely.Polygon(shell, holes) for shell, *holes in built]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _crs(value: Mapping[str, Json]) -> str:
    """The `crs` member, or degrees: RFC 7946 knows no other system."""
    crs = value.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else crs
    return name if isinstance(name, str) else "OGC:CRS84"


def _cell(value: Json) -> Cell:
    return value if isinstance(value, str | int | float | bool) else None


def _box_of_numbers(geometry: Json) -> tuple[float, float, float, float] | None:
    """The box of whatever positions a broken geometry has."""
    found: list[tuple[float, float]] = []

    def gather(raw: Json) -> None:
        if not isinstance(raw, list):
            return
        if len(raw) >= 2 and all(isinstance(v, int | float) and not isinstance(v, bool) for v in raw[:2]):
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
