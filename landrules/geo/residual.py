"""What pieces leave of the ground they should fill, and what they fill twice; where, only if areas say there is any."""

from __future__ import annotations

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.area import noise
from landrules.geo.crs import has_lonlat, to_lonlat
from landrules.geo.distinct import distinct
from landrules.geo.ground import Extent
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.pieces import Pieces, without
from landrules.geo.site import Geometry, GeometryArray, Plane


@frozen(eq=False)
class Residual:
    """Ground that does not add up: its area in m², the rows of the parcels it lies in, the area of its largest part
    in m², and a point inside that part."""

    area: float
    parcels: IntArray
    largest: float
    point: Geometry


def gaps(pieces: Pieces, invalid: GeometryArray) -> Residual | None:
    """The ground that neither pieces nor the layer's own silence fill; `None` where that is at most 0.01 m² a parcel.

    Silence is ground outside the coverage and the boxes of invalid features (`invalid`), in which pieces may lie too.
    A hundredth is what is noise everywhere else; rounding of coordinates at ten million metres leaves 1e-8 m along an
    edge, a hundredth of a square metre on a thousand kilometres of edges.
    """
    ground = pieces.ground
    count = len(ground.parcels)
    silent = pieces.uncovered() if len(invalid) else Extent(ground, pieces.gap)
    filled = np.bincount(pieces.parcel, pieces.net_areas(), minlength=count) + _areas(silent)
    short = ~noise(ground.surveyed - filled)
    if ground.is_overlapping:  # pieces of ground that parcels share are counted with the first of them
        short = np.ones(count, dtype=np.bool_)
    if not short.any():
        return None
    rest = without(ground, pieces).minus(silent).geometry.copy()
    rest[~short] = shapely.Polygon()
    return _residual(rest, pieces)


def _areas(extent: Extent) -> FloatArray:
    return np.zeros(len(extent.geometry)) if kernel.is_empty(extent.geometry).all() else extent.areas()


def overlaps(pieces: Pieces) -> Residual | None:
    """The ground that two pieces of one parcel share; `None` where that is at most 0.01 m² a parcel."""
    pairs = pieces.overlapping
    pairs = pairs[pieces.parcel[pairs[:, 0]] == pieces.parcel[pairs[:, 1]]] if len(pairs) else pairs
    if len(pairs) == 0:
        return None
    geometry = pieces.geometry
    shared = kernel.intersection(geometry[pairs[:, 0]], geometry[pairs[:, 1]])
    rest = kernel.empty_ground(len(pieces.ground.parcels))
    of = pieces.parcel[pairs[:, 0]]
    for row in distinct(of):
        rest[row] = kernel.union_all(shared[of == row])
    return _residual(rest, pieces)


def _residual(rest: GeometryArray, pieces: Pieces) -> Residual | None:
    """What is left in parcels, where it is more than noise."""
    ground = pieces.ground
    areas = ground.measure(rest, np.arange(len(rest)))
    real = ~noise(areas)
    if not real.any():
        return None
    rows = np.flatnonzero(real)
    parts, of = shapely.get_parts(rest[rows], return_index=True)
    sizes = ground.measure(parts, rows[of])
    order = np.lexsort((np.arange(len(parts)), -np.round(sizes, 6)))
    first = order[0]
    return Residual(float(areas[rows].sum()), rows, float(sizes[first]), shapely.point_on_surface(parts[first]))


def place_of(found: Residual, plane: Plane) -> str:
    """Where the largest part lies: metres in the plane, and degrees east and north where the plane lies on the earth."""
    metres = f"{shapely.get_x(found.point):.2f}, {shapely.get_y(found.point):.2f}"
    if not has_lonlat(plane):
        return metres
    degrees = to_lonlat(found.point, plane)
    return f"{metres} ({shapely.get_x(degrees):.7f}°E, {shapely.get_y(degrees):.7f}°N)"
