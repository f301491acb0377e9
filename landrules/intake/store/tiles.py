"""Shapes of very many vertices cut into tiles, so that a check reads only what lies near: a red line, a county's edge.

A shape is halved at whole metres, across its longer side, until every part is small; halving halves keeps the work at
n log n. The tiles of a shape share nothing but grid edges, and their areas add up to the shape's, or the shape is not
tiled. Joined again, tiles are the shape: the corners that the grid added on its edges are taken out, so that what lies
inside the joined ground has the vertices of the shape and no other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from landrules.geo import kernel
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
    open_: list[tuple[Geometry, Box]] = [(shape, (math.floor(minx), math.floor(miny), math.ceil(maxx), math.ceil(maxy)))]
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


def joined(tiles: GeometryArray) -> Geometry:
    """The ground of tiles of one shape, in normal form, without the corners that the grid added inside it."""
    if len(tiles) == 1:
        return tiles[0]
    ground = kernel.normal_form(kernel.array_of([shapely.union_all(tiles)]))[0]
    return kernel.normal_form(kernel.array_of([_without_corners(ground)]))[0]


def _without_corners(ground: Geometry) -> Geometry:
    """Without vertices on a whole metre that lie on a straight line between the vertices beside them."""
    parts = shapely.get_parts(ground)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    coords, of = shapely.get_coordinates(rings, return_index=True)
    keep = ~_straight(coords, of)
    if keep.all():
        return ground
    first = np.flatnonzero(np.diff(of, prepend=-1))
    last = np.append(first[1:], len(of)) - 1
    few = np.bincount(of[keep], minlength=len(rings)) < 4
    keep |= few[of]
    keep[last] = keep[first]
    opened = np.flatnonzero(~keep[first])
    if len(opened):  # a ring that began at such a corner begins at the next vertex
        keep[last[opened]] = False
        pieces = [coords[(of == ring) & keep] for ring in range(len(rings))]
        for ring in opened.tolist():
            pieces[ring] = np.vstack([pieces[ring], pieces[ring][:1]])
        coords, of = np.vstack(pieces), np.repeat(np.arange(len(rings)), [len(piece) for piece in pieces])
    else:
        coords, of = coords[keep], of[keep]
    polygons = shapely.polygons(shapely.linearrings(coords, indices=of), indices=ring_of)
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
