"""Shapes of very many vertices cut into tiles, so that a check reads only what lies near: a red line, a county's edge.

A shape is halved at whole metres, across its longer side, until every part is small; halving halves keeps the work at
n log n. The tiles of a shape share nothing but grid edges, and their areas add up to the shape's, or the shape is not
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
"""Square metres by which the areas of tiles may differ from their parent's (and a millionth of a millionth of it)."""

_STRAIGHT = 1e-6
"""Metres; a corner on a grid edge that was cut out of a straight edge lies no farther from it."""

Box = tuple[float, float, float, float]


def tiled(shape: Geometry, limit: int = LIMIT) -> GeometryArray | None:
    """The tiles of a valid polygon or multipolygon, in normal form; `None` where they do not prove to be the shape.

    >>> [int(a) for a in shapely.area(tiled(shapely.box(0, 0, 10, 8).segmentize(0.5), 30))]
    [40, 40]
    """
    try:
        tiles = kernel.normal_form(kernel.array_of(_halves(shape, limit)))
    except shapely.errors.GEOSException:
        return None
    area = float(shapely.area(shape))
    apart = abs(math.fsum(shapely.area(tiles)) - area)
    if apart > max(ARITHMETIC_M2, 1e-12 * area) or not kernel.is_valid(tiles).all():
        return None
    return tiles


def _halves(shape: Geometry, limit: int) -> list[Geometry]:
    """The ground of a shape in cells of whole metres, none of more vertices than allowed if it is broader than 1 m."""
    minx, miny, maxx, maxy = shapely.bounds(shape).tolist()
    open_: list[tuple[Geometry, Box]] = [
        (shape, (math.floor(minx), math.floor(miny), math.ceil(maxx), math.ceil(maxy)))
    ]
    out: list[Geometry] = []
    while open_:
        part, box = open_.pop()
        if int(shapely.get_num_coordinates(part)) <= limit or max(box[2] - box[0], box[3] - box[1]) < 2:
            out.append(part)
            continue
        for half in _split(box):
            ground = kernel._polygons_of(shapely.clip_by_rect(part, *half))
            if not shapely.is_empty(ground):
                low, high = np.array(shapely.bounds(ground)).reshape(2, 2)
                near = (*np.maximum(np.floor(low), half[:2]), *np.minimum(np.ceil(high), half[2:]))
                open_.append((ground, (float(near[0]), float(near[1]), float(near[2]), float(near[3]))))
    return out


def _split(box: Box) -> tuple[Box, Box]:
    minx, miny, maxx, maxy = box
    if maxx - minx >= maxy - miny:
        middle = float(math.floor((minx + maxx) / 2))
        return (minx, miny, middle, maxy), (middle, miny, maxx, maxy)
    middle = float(math.floor((miny + maxy) / 2))
    return (minx, miny, maxx, middle), (minx, middle, maxx, maxy)


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
