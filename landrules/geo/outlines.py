"""Outlines: the rings of many polygons laid end to end, as the trapezoid kernels read them and a store maps them.

No geometry object is needed, so a layer on disk can be measured without building one. A ring may wind either way: its
`turn` says how it counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.site import GeometryArray

_POLYGON, _COLLECTION = 3, 7
_NONE = np.empty(0, dtype=np.int64)


@frozen(eq=False)
class Outlines:
    """Polygons, one a row, as arrays that lie in one piece; a row without ground has no ring.

    `xy` (n, 2) are vertices in the plane, every ring closed; `ring` (r + 1) the first vertex of each ring and one more;
    `turn` (r) is 1 where the ring has its polygon's ground on its left (outer rings anticlockwise, holes clockwise), -1
    where on its right; `shape` (g + 1) is the first ring of each polygon; `boxes` (g, 4) are minx, miny, maxx, maxy.
    The polygons are valid: nothing here can tell, and an invalid one is measured wrongly without a word.
    """

    xy: FloatArray
    ring: IntArray
    turn: FloatArray
    shape: IntArray
    boxes: FloatArray

    def __len__(self) -> int:
        return len(self.shape) - 1

    @classmethod
    def of(cls, geometries: GeometryArray, boxes: FloatArray | None = None) -> Outlines:
        """The outlines of polygons and multipolygons; lines, points and `None` have none. `boxes` where known."""
        if (shapely.get_type_id(geometries) == _POLYGON).all():
            parts, part_of = geometries, np.arange(len(geometries))
        else:
            parts, part_of = shapely.get_parts(geometries, return_index=True)
        rings, ring_of = shapely.get_rings(parts, return_index=True)
        xy, vertex_of = shapely.get_coordinates(rings, return_index=True)
        ring = _starts(vertex_of, len(rings))
        turn = np.sign(_windings(xy, ring, vertex_of))
        turn[np.flatnonzero(ring_of[1:] == ring_of[:-1]) + 1] *= -1.0
        shape = _starts(part_of[ring_of], len(geometries))
        return cls(xy, ring, turn, shape, shapely.bounds(geometries) if boxes is None else boxes)

    def of_rows(self, rows: IntArray) -> Outlines:
        """Some rows alone."""
        rings, shape = runs(self.shape[rows], self.shape[rows + 1])
        places, ring = runs(self.ring[rings], self.ring[rings + 1])
        return Outlines(self.xy[places], ring, self.turn[rings], shape, self.boxes[rows])

    @classmethod
    def joined(cls, several: Sequence[Outlines]) -> Outlines:
        """All rows of several, one after another."""
        if len(several) == 1:
            return several[0]
        return cls(
            np.concatenate([o.xy for o in several] or [np.empty((0, 2))]),
            _joined([o.ring for o in several]),
            np.concatenate([o.turn for o in several] or [np.empty(0)]),
            _joined([o.shape for o in several]),
            np.concatenate([o.boxes for o in several] or [np.empty((0, 4))]),
        )


def is_plain(geometries: GeometryArray) -> BoolArray:
    """Whether the outlines of each geometry say all about its ground: not so for collections, whose parts may overlap."""
    out: BoolArray = shapely.get_type_id(geometries) != _COLLECTION
    return out


def _starts(of: IntArray, count: int) -> IntArray:
    """Where each of `count` runs begins, and where the last ends; `of` names the run of each item, ascending."""
    out = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(of, minlength=count), out=out[1:])
    return out


def runs(start: IntArray, stop: IntArray) -> tuple[IntArray, IntArray]:
    """The whole numbers of runs one after another, and where each run begins and the last ends."""
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(stop - start)])
    return np.repeat(start - offsets[:-1], stop - start) + np.arange(offsets[-1]), offsets


def _joined(starts: Sequence[IntArray]) -> IntArray:
    counts = [np.diff(one) for one in starts]
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.concatenate([*counts, _NONE]))])


def _windings(xy: FloatArray, ring: IntArray, of: IntArray) -> FloatArray:
    """Twice the signed area of each ring, positive where it runs anticlockwise."""
    if len(ring) == 1:
        return np.empty(0)
    x, y = (xy - xy[ring[:-1]][of]).T
    cross = np.zeros(len(x))
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]  # from a ring's last vertex, its first and so the origin, it is 0
    return np.add.reduceat(cross, ring[:-1])
