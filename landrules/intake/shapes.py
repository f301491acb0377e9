"""GeoJSON geometries as shapes: checked position by position before a geometry library sees them.

Out come shapes in the file's own system, Z and M dropped, and the number of decimals written. What has no ground at all (two points in a ring, an open ring, a number that is none) stops the run
with the feature named; what is merely invalid is judged later, in the plane.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Rounded, localcontext
from typing import cast

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.site import Geometry
from landrules.intake.jsontext import Json, kind_of, literal, shown_value

POLYGONS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
POINTS = ("Point", "MultiPoint")

Position = tuple[float, float]

_FAR = 1e15
"""No coordinate of any system is as large; beyond it arithmetic on coordinates overflows."""


_EXACT = Context(prec=60, traps=[Inexact, Rounded, InvalidOperation])
"""Sums of coordinates lose nothing, or raise."""


@frozen
class Shape:
    """A shape as written: its GeoJSON type, decimals of its coordinates (-1: none), whether heights were dropped."""

    kind: str
    geometry: Geometry
    decimals: int
    had_heights: bool


class Unreadable(Exception):
    """A geometry that is none; carries what to say (without a place)."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code, self.values = code, args

    def diagnostic(self, where: str) -> Diagnostic:
        """The diagnostic, with its place."""
        return Diagnostic(self.code, self.values, where=where)


class _Reader:
    """Reads positions and remembers what it saw of them."""

    __slots__ = ("decimals", "had_heights")

    def __init__(self) -> None:
        self.decimals = -1
        self.had_heights = False

    def position(self, raw: Json) -> Position:
        if not isinstance(raw, list) or len(raw) < 2:
            raise Unreadable("LR626", found=literal(raw))
        self.had_heights = self.had_heights or len(raw) > 2
        return self._number(raw[0]), self._number(raw[1])

    def _number(self, raw: Json) -> float:
        if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
            raise Unreadable("LR626", found=literal(raw))
        value = float(raw)
        if not abs(value) < _FAR:
            raise Unreadable("LR626", found=literal(raw))
        if isinstance(raw, Decimal):
            exponent = raw.as_tuple().exponent
            self.decimals = max(self.decimals, -exponent if isinstance(exponent, int) else 0)
        elif isinstance(raw, int):
            self.decimals = max(self.decimals, 0)
        return value

    def positions(self, raw: Json, least: int) -> list[Position]:
        if not isinstance(raw, list) or len(raw) < least:
            raise Unreadable("LR626", found=literal(raw))
        return [self.position(item) for item in raw]

    def ring(self, raw: Json) -> kernel.FloatArray:
        if not isinstance(raw, list):
            raise Unreadable("LR626", found=literal(raw))
        points = self._plain(raw)
        if points is None:
            points = np.array([self.position(item) for item in raw], dtype=np.float64).reshape(-1, 2)
        if len(points) < 4:
            raise Unreadable("LR624", count=len(points))
        first, last = _position(points[0]), _position(points[-1])
        if first != last:
            raise Unreadable("LR625", first=_pair(first), last=_pair(last))
        return points

    def _plain(self, raw: list[Json]) -> kernel.FloatArray | None:
        """Positions of two written decimals each, read together; `None` where anything is unusual: one by one, then.

        An exact sum has as many decimals as the term that has most.
        """
        flat: list[Json] = []
        for item in raw:
            if type(item) is not list or len(item) != 2:
                return None
            flat += item
        if not flat or set(map(type, flat)) != {Decimal}:
            return None
        numbers = cast(list[Decimal], flat)
        try:
            with localcontext(_EXACT):
                exponent = sum(numbers[1:], numbers[0]).as_tuple().exponent
        except DecimalException:
            return None
        points = np.array(list(map(float, numbers)), dtype=np.float64)
        if not (np.abs(points) < _FAR).all() or not isinstance(exponent, int):
            return None
        self.decimals = max(self.decimals, -exponent)
        return points.reshape(-1, 2)

    def polygon(self, raw: Json) -> Geometry:
        shell, *holes = (self.ring(item) for item in _some(raw))
        return shapely.polygons(shapely.linearrings(shell), [shapely.linearrings(hole) for hole in holes] or None)


def _position(row: kernel.FloatArray) -> Position:
    return float(row[0]), float(row[1])


def _pair(point: Position) -> str:
    return f"{point[0]:.12g}, {point[1]:.12g}"


def _some(raw: Json) -> list[Json]:
    if not isinstance(raw, list) or not raw:
        raise Unreadable("LR626", found=literal(raw))
    return raw


def read_shape(raw: Json, allowed: tuple[str, ...], role_zh: str, role_en: str) -> Shape:
    """The shape of a GeoJSON geometry of an allowed type. Raises `Unreadable` (LR622 to LR626)."""
    if raw is None:
        raise Unreadable("LR622")
    if not isinstance(raw, dict):
        raise Unreadable("LR612", key="geometry", wanted="对象", wanted_en="an object", **kind_of(raw))
    kind = raw.get("type")
    if kind not in allowed or not isinstance(kind, str):
        found = shown_value(kind) or "?"
        raise Unreadable("LR623", found=found, role_zh=role_zh, role_en=role_en, choices=", ".join(allowed))
    reader = _Reader()
    geometry = _build(reader, kind, raw.get("coordinates"))
    return Shape(kind, geometry, reader.decimals, reader.had_heights)


def _build(reader: _Reader, kind: str, raw: Json) -> Geometry:
    match kind:
        case "Polygon":
            return reader.polygon(raw)
        case "MultiPolygon":
            return shapely.MultiPolygon([reader.polygon(item) for item in _some(raw)])
        case "LineString":
            return shapely.LineString(reader.positions(raw, 2))
        case "MultiLineString":
            return shapely.MultiLineString([reader.positions(item, 2) for item in _some(raw)])
        case "Point":
            return shapely.Point(reader.position(raw))
        case _:
            return shapely.MultiPoint(reader.positions(raw, 1))


def widened(line: Geometry, width: float) -> Geometry:
    """Ground of a line in the plane: `width`/2 metres to each side, flat ends, mitred corners (proposal.md 1.4).

    >>> planar_area(widened(shapely.LineString([(0, 0), (10, 0)]), 4.0))
    40.0
    """
    ground = shapely.buffer(line, width / 2.0, cap_style="flat", join_style="mitre", mitre_limit=10.0)
    return kernel.polygonal(kernel.array_of([ground]))[0]


def footprint(points: Geometry, area: float) -> Geometry:
    """Ground of points in the plane: a square of `area` m² about each, sides along the axes.

    >>> planar_area(footprint(shapely.Point(5, 5), 9.0))
    9.0
    """
    half = math.sqrt(area) / 2.0
    x, y = shapely.get_coordinates(points).T
    return kernel.union_all(shapely.box(x - half, y - half, x + half, y + half))


def boxes_of(geometries: list[Geometry]) -> kernel.FloatArray:
    """Rows of minx, miny, maxx, maxy."""
    return np.asarray(shapely.bounds(kernel.array_of(geometries)), dtype=np.float64).reshape(-1, 4)


def planar_area(geometry: Geometry) -> float:
    """The area in the plane, in m², for a note."""
    return float(shapely.area(geometry))
