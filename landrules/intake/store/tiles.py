"""Shapes of very many vertices cut into tiles, so that a check reads only what lies near: a red line, a county's edge.

A shape is halved across its longer side, on half metres (where drawn coordinates seldom are), until every part is small;
halving halves keeps the work at n log n. The tiles of a shape share nothing but grid edges, and their areas add up to the shape's, or the shape is not
tiled. Joined again, tiles are the shape: the corners that the grid added on its edges are taken out, so that what lies
inside the joined ground has the vertices of the shape and no other.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import shapely

from landrules.geo import kernel
from landrules.geo.distinct import distinct
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.site import Geometry, GeometryArray

LIMIT = 512
"""Vertices above which a shape is tiled, and that no tile has (but one of a metre)."""

ARITHMETIC_M2 = 1e-4
"""Square metres by which the areas of tiles may differ from their parent's."""

ARITHMETIC_M = 1e-9
"""Metres by which an outline may move where it was cut, a fraction of the last digit of a coordinate: the areas of the
tiles of a very long outline may differ by so much times its length."""

_STRAIGHT = 1e-6
"""Metres; a corner on a grid edge that was cut out of a straight edge lies no farther from it."""

Box = tuple[float, float, float, float]


def tiled(shape: Geometry, limit: int = LIMIT) -> GeometryArray | None:
    """The tiles of a valid polygon or multipolygon, in normal form; `None` where they do not prove to be the shape.

    >>> [int(a) for a in shapely.area(tiled(shapely.box(0, 0, 10, 8).segmentize(0.5), 50))]
    [36, 44]
    """
    for is_quick in (True, False):
        try:
            tiles = kernel.normal_form(kernel.array_of(_halved(shape, limit, is_quick)))
        except shapely.errors.GEOSException:
            continue
        if _makes_up(tiles, shape) and kernel.is_valid(tiles).all():
            return tiles
    return None


def _makes_up(parts: GeometryArray, shape: Geometry) -> bool:
    """Whether the areas of parts add up to a shape's, but for the rounding of coordinates along its outline."""
    apart = abs(math.fsum(shapely.area(parts)) - float(shapely.area(shape)))
    return apart <= max(ARITHMETIC_M2, ARITHMETIC_M * float(shapely.length(shape)))


def _halved(shape: Geometry, limit: int, is_quick: bool) -> list[Geometry]:
    """The ground of a shape cut along lines on half metres, until no part has more vertices or is broader than 2 m."""
    open_: list[Geometry] = [shape]
    out: list[Geometry] = []
    while open_:
        part = open_.pop()
        minx, miny, maxx, maxy = shapely.bounds(part).tolist()
        if int(shapely.get_num_coordinates(part)) <= limit or max(maxx - minx, maxy - miny) < 2.0:
            out.append(part)
            continue
        far = (minx - 1.0, miny - 1.0, maxx + 1.0, maxy + 1.0)
        if maxx - minx >= maxy - miny:
            line = math.floor((minx + maxx) / 2.0) + 0.5
            boxes = (*far[:2], line, far[3]), (line, *far[1:])
        else:
            line = math.floor((miny + maxy) / 2.0) + 0.5
            boxes = (*far[:3], line), (far[0], line, *far[2:])
        open_ += [half for half in _halves(part, boxes, is_quick) if not shapely.is_empty(half)]
    return out


def _halves(part: Geometry, boxes: tuple[Box, Box], is_quick: bool) -> list[Geometry]:
    """The ground of a part on both sides of a line: clipped quickly, and by overlay where that is not all of it."""
    if is_quick:
        halves = [_ground(shapely.clip_by_rect(part, *box)) for box in boxes]
        if _makes_up(kernel.array_of(halves), part):
            return halves
    return [_ground(shapely.intersection(part, shapely.box(*box))) for box in boxes]


def _ground(shape: Geometry) -> Geometry:
    """The polygons of what a cut left."""
    if shapely.get_type_id(shape) in (3, 6):
        return shape
    parts = shapely.get_parts(shapely.get_parts(shape))
    ground = parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]
    return ground[0] if len(ground) == 1 else shapely.multipolygons(ground)


def corners(shape: Geometry, tiles: GeometryArray) -> tuple[FloatArray, IntArray]:
    """The vertices of tiles that their shape does not have, and the tile of each, in the order of the tiles."""
    coords, of = shapely.get_coordinates(tiles, return_index=True)
    added = ~np.isin(_points(coords), _points(shapely.get_coordinates(shape)))
    return coords[added], of[added].astype(np.int64)


def joined(tiles: GeometryArray, added: FloatArray) -> Geometry:
    """The ground of tiles of one shape, in normal form, without those corners of the grid that lie on straight edges.

    `added` are the tiles' vertices that the shape does not have (`corners`).
    """
    if len(tiles) == 1:
        return tiles[0]
    ground = kernel.normal_form(kernel.array_of([shapely.union_all(tiles)]))[0]
    return _straightened(ground, distinct(_points(added)))


def _straightened(ground: Geometry, added: npt.NDArray[np.complex128]) -> Geometry:
    rings, ring_of = shapely.get_rings(shapely.get_parts(ground), return_index=True)
    coords, of = shapely.get_coordinates(rings, return_index=True)
    opened = np.append(of[1:] == of[:-1], [False])  # without the last position of each ring, which is the first again
    points, of = _points(coords[opened]), of[opened]
    known, count = np.isin(points, added), len(points)
    while len(found := _on_straight(points, of, known)):
        points, of, known = (np.delete(array, found) for array in (points, of, known))
    if len(points) == count:
        return ground
    xy = np.column_stack([points.real, points.imag])
    polygons = shapely.polygons(shapely.linearrings(xy, indices=of), indices=ring_of)
    whole = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    return kernel.normal_form(kernel.array_of([whole]))[0] if shapely.is_valid(whole) else ground


def _on_straight(points: npt.NDArray[np.complex128], of: IntArray, known: BoolArray) -> IntArray:
    """Places of known points on the straight between their neighbours in the ring; no two of them are neighbours."""
    begins = np.flatnonzero(np.diff(of, prepend=-1))
    ends = np.append(begins[1:], len(of)) - 1
    before, after = np.arange(len(points)) - 1, np.arange(len(points)) + 1
    before[begins], after[ends] = ends, begins
    at = np.flatnonzero(known & (np.bincount(of)[of] > 3))
    start, way = points[before[at]], points[after[at]] - points[before[at]]
    length = np.abs(way)
    along = np.divide(((points[at] - start) * way.conj()).real, length**2, out=np.zeros(len(at)), where=length > 0)
    apart = np.abs(points[at] - start - np.clip(along, 0.0, 1.0) * way)
    found = at[apart <= _STRAIGHT]
    chosen = np.zeros(len(points), dtype=np.bool_)
    chosen[found] = True
    chosen[found[chosen[before[found]] & (found % 2 == 1)]] = False
    out: IntArray = np.flatnonzero(chosen & ~(chosen[before] & (np.arange(len(points)) > before)))
    return out


def _points(coords: FloatArray) -> npt.NDArray[np.complex128]:
    """Positions as complex numbers, which sort and compare as one."""
    out: npt.NDArray[np.complex128] = np.ascontiguousarray(coords, dtype=np.float64).view(np.complex128)[:, 0]
    return out
