"""Regions from and to GeoJSON: the polygon of an opinion, and the geometry that a report prints.

In: a geometry object as found in a file, checked before shapely sees it. Out: degrees, longitude first, outer rings
anticlockwise (RFC 7946), eleven decimals, a hundredth of a millimetre's tenth: edges that are shared stay shared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo import kernel
from landrules.geo.crs import has_lonlat, to_lonlat, transform
from landrules.geo.numbers import source_system
from landrules.geo.site import Geometry, Plane

DECIMALS = 11


def region_from_geojson(geometry: object, crs: str | None, plane: Plane, where: str = "") -> Geometry:
    """The region of a GeoJSON Polygon or MultiPolygon (or a Feature of one) in the plane, in normal form.

    `crs` is the system declared by the file, `None` where it declares none (degrees). Raises `InputError`: LR536 for
    what is no polygon, LR537 for an invalid one, and what `source_system` and `transform` raise.
    """
    polygons = shapely.multipolygons([_polygon(p, where) for p in _polygons(geometry, where)])
    shape = kernel.polygonal(kernel.array_of([polygons if len(polygons.geoms) > 1 else polygons.geoms[0]]))
    source = source_system(crs, shapely.bounds(shape), plane, where=where)
    placed = kernel.normal_form(transform(shape, source.crs.code, plane.code, where))[0]
    if flaw := kernel.validity(placed):
        args = {"reason": flaw.reason, "x": f"{flaw.x:.3f}", "y": f"{flaw.y:.3f}"}
        raise InputError(Diagnostic("LR537", args, where=where))
    return placed


def _unreadable(zh: str, en: str, where: str) -> InputError:
    return InputError(Diagnostic("LR536", {"reason_zh": zh, "reason_en": en}, where=where))


def _polygons(geometry: object, where: str) -> list[Any]:
    """The coordinate lists of the polygons of a GeoJSON object."""
    if isinstance(geometry, Mapping) and geometry.get("type") == "Feature":
        geometry = geometry.get("geometry")
    if not isinstance(geometry, Mapping) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        kind = geometry.get("type") if isinstance(geometry, Mapping) else None
        raise _unreadable(f"类型是 {kind or '无'}", f"its type is {kind or 'absent'}", where)
    found = geometry.get("coordinates")
    polygons = [found] if geometry["type"] == "Polygon" else found
    if not isinstance(polygons, list) or not polygons or not all(isinstance(p, list) and p for p in polygons):
        raise _unreadable("没有坐标", "it has no coordinates", where)
    return polygons


def _polygon(rings: Sequence[object], where: str) -> Geometry:
    shell, *holes = (_ring(ring, where) for ring in rings)
    return shapely.Polygon(shell, holes)


def _ring(ring: object, where: str) -> list[tuple[float, float]]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise _unreadable("有的环不足四个点", "a ring has fewer than four positions", where)
    points = [_position(p, where) for p in ring]
    if points[0] != points[-1]:
        raise _unreadable("有的环没有闭合", "a ring is not closed", where)
    return points


def _position(position: object, where: str) -> tuple[float, float]:
    if isinstance(position, list) and len(position) >= 2:
        x, y = position[0], position[1]
        numeric = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in (x, y))
        if numeric and math.isfinite(x) and math.isfinite(y):
            return float(x), float(y)
    raise _unreadable("有的坐标不是有限的数", "a position is not a pair of finite numbers", where)


def to_geojson(geometry: Geometry | None, plane: Plane) -> dict[str, Any] | None:
    """The GeoJSON geometry in degrees; `None` for no geometry, an empty one, or a plane that has no known degrees."""
    if geometry is None or shapely.is_empty(geometry) or not has_lonlat(plane):
        return None
    degrees = to_lonlat(kernel.normal_form(kernel.array_of([geometry]))[0], plane)
    turned = shapely.orient_polygons(degrees, exterior_cw=False)
    return _object(turned)


_KINDS = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}


def _object(geometry: Geometry) -> dict[str, Any]:
    kind = int(shapely.get_type_id(geometry))
    if kind == 7:
        return {"type": "GeometryCollection", "geometries": [_object(g) for g in geometry.geoms]}
    return {"type": _KINDS[kind], "coordinates": _coordinates(geometry, kind)}


def _coordinates(geometry: Geometry, kind: int) -> list[Any]:
    if kind == 3:
        return [_positions(ring) for ring in shapely.get_rings(geometry)]
    if kind in (4, 5, 6):
        single = {4: 0, 5: 1, 6: 3}[kind]
        return [_coordinates(part, single) for part in shapely.get_parts(geometry)]
    return _positions(geometry) if kind == 1 else _positions(geometry)[0]


def _positions(geometry: Geometry) -> list[Any]:
    rounded: list[Any] = (np.round(shapely.get_coordinates(geometry), DECIMALS) + 0.0).tolist()
    return rounded
