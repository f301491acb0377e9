"""What is wrong with the shapes themselves: overlaps, duplicates, long sparse edges. Facts only; others word them.

Overlap is judged by equivalent width, not by area alone: parcels that touch exactly in metres overlap by hundredths
of a square metre once written in degrees (domain/proposal.md 4).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.crs import transform_points
from landrules.geo.distinct import distinct
from landrules.geo.index import pairs_within
from landrules.geo.kernel import FloatArray
from landrules.geo.site import Geometry, GeometryArray, Plane


@frozen
class Overlap:
    """Two shapes that share ground: ids, planar area in m², equivalent width in metres, the shared ground."""

    first: str
    second: str
    area_m2: float
    width_m: float
    geometry: Geometry


def overlaps(geometries: GeometryArray, ids: Sequence[str], precision_m: float) -> tuple[Overlap, ...]:
    """Pairs that share ground wider than the coordinates' precision in metres, in the order given; valid polygons."""
    i, j = pairs_within(geometries)
    met = kernel.relate_matrix(geometries[i], geometries[j], "2********")
    i, j = i[met], j[met]
    shared = kernel.intersection(geometries[i], geometries[j])
    width, area = kernel.equivalent_width(shared), shapely.area(shared)
    real = width > max(precision_m, kernel.ARITHMETIC_WIDTH)
    return tuple(
        Overlap(ids[i[k]], ids[j[k]], float(area[k]), float(width[k]), shared[k]) for k in np.flatnonzero(real)
    )


def duplicates(geometries: GeometryArray, ids: Sequence[str], precision_m: float) -> tuple[tuple[str, str], ...]:
    """Pairs of the same shape: neither holds ground that the other lacks by more than the precision in metres."""
    i, j = pairs_within(geometries)
    boxes: FloatArray = shapely.bounds(geometries)
    alike = (np.abs(boxes[i] - boxes[j]) <= precision_m).all(axis=1) & ~kernel.is_empty(geometries[i])
    i, j = i[alike], j[alike]
    rest = kernel.symmetric_difference(geometries[i], geometries[j])
    same = kernel.equivalent_width(rest) <= max(precision_m, kernel.ARITHMETIC_WIDTH)
    return tuple((ids[a], ids[b]) for a, b in zip(i[same], j[same], strict=True))


@frozen
class SparseEdge:
    """A long edge in degrees: the row of its geometry, its length and how far the straight edge in the plane strays."""

    row: int
    length_m: float
    deviation_m: float


def sparse_edges(geometries: GeometryArray, source: str, plane: Plane, limit_m: float) -> tuple[SparseEdge, ...]:
    """The edge of each geometry (given in `source`, degrees) that strays most, where that is more than `limit_m`.

    An edge straight in degrees is a curve in the plane; overlay draws it straight between its ends. The deviation is
    measured in its middle, where it is greatest.
    """
    lines, line_of = _lines(geometries)
    coords, line = shapely.get_coordinates(lines, return_index=True)
    follows = np.flatnonzero(line[1:] == line[:-1])
    if len(follows) == 0:
        return ()
    of = line_of[line]
    placed = transform_points(coords, source, plane.code)
    middle = transform_points((coords[follows] + coords[follows + 1]) / 2.0, source, plane.code)
    chord = (placed[follows] + placed[follows + 1]) / 2.0
    stray = np.hypot(*(middle - chord).T)
    length = np.hypot(*(placed[follows + 1] - placed[follows]).T)
    out = []
    for row in distinct(of[follows[stray > limit_m]]):
        own = np.flatnonzero(of[follows] == row)
        worst = own[np.argmax(stray[own])]
        out.append(SparseEdge(int(row), float(length[worst]), float(stray[worst])))
    return tuple(out)


def _lines(geometries: GeometryArray) -> tuple[GeometryArray, kernel.IntArray]:
    """Rings of polygons and lines as they are, with the row each belongs to."""
    parts, part_of = shapely.get_parts(geometries, return_index=True)
    areal = shapely.get_type_id(parts) == 3
    rings, ring_of = shapely.get_rings(parts[areal], return_index=True)
    linear = shapely.get_type_id(parts) == 1
    lines: GeometryArray = np.concatenate([rings, parts[linear]])
    return lines, np.concatenate([part_of[areal][ring_of], part_of[linear]]).astype(np.int64)
