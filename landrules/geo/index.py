"""The one R-tree: which boxes may meet, answered for whole arrays.

Boxes are held about an origin, so that eight-digit eastings do not cost the tree its precision, and grown by nothing:
the answer equals a plain loop over closed boxes (a property test says so). Candidates come back sorted, so nothing
above depends on how the tree was built.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.site import GeometryArray

_DIRECTLY = 40_000
"""So many comparisons of two boxes cost less than a tree."""


@frozen(eq=False)
class BoxIndex:
    """A static index over boxes (minx, miny, maxx, maxy), one a row; rows without a box are never found.

    Few boxes are compared one by one; the tree is built once there are enough, and kept.

    >>> BoxIndex.of_boxes(np.array([[0.0, 0, 1, 1], [5, 5, 6, 6]])).pairs(np.array([[1.0, 1, 2, 2]]))[1].tolist()
    [0]
    """

    boxes: FloatArray
    _grown: list[tuple[Any, FloatArray]] = field(default_factory=list, init=False, repr=False)

    @classmethod
    def of(cls, geometries: GeometryArray) -> BoxIndex:
        """An index over the boxes of geometries."""
        return cls(shapely.bounds(geometries))

    @classmethod
    def of_boxes(cls, boxes: FloatArray) -> BoxIndex:
        """An index over boxes."""
        return cls(boxes)

    def pairs(self, boxes: FloatArray) -> tuple[IntArray, IntArray]:
        """Rows of the query boxes and of the indexed boxes that share a point, sorted by both."""
        if len(boxes) * len(self.boxes) <= _DIRECTLY:
            meet: BoolArray = (boxes[:, None, 0] <= self.boxes[None, :, 2]) & (
                boxes[:, None, 2] >= self.boxes[None, :, 0]
            )
            meet &= (boxes[:, None, 1] <= self.boxes[None, :, 3]) & (boxes[:, None, 3] >= self.boxes[None, :, 1])
            query, found = np.nonzero(meet)
            return query, found
        tree, origin = self._tree()
        asked = np.flatnonzero(np.isfinite(boxes).all(axis=1))
        if tree is None or len(asked) == 0:
            none = np.empty(0, dtype=np.int64)
            return none, none
        low = np.ascontiguousarray(boxes[asked, :2] - origin)
        high = np.ascontiguousarray(boxes[asked, 2:] - origin)
        ids, counts = tree.intersection_v(low, high)
        query = np.repeat(asked, counts.astype(np.int64))
        order = np.lexsort((ids, query))
        return query[order].astype(np.int64), ids[order].astype(np.int64)

    def _tree(self) -> tuple[Any, FloatArray]:
        """The R-tree, loaded in bulk when first needed, and its origin; `None` where no row has a box."""
        if not self._grown:
            self._grown.append(_grown(self.boxes))
        return self._grown[0]


def _grown(boxes: FloatArray) -> tuple[Any, FloatArray]:
    rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    if len(rows) == 0:
        return None, np.zeros(2)
    from rtree.index import Index

    origin = np.floor(boxes[rows, :2].min(axis=0))
    return Index((rows.astype(np.int64), boxes[rows, :2] - origin, boxes[rows, 2:] - origin)), origin


def candidate_pairs(a: GeometryArray, b: GeometryArray) -> tuple[IntArray, IntArray]:
    """Rows of two geometry arrays whose boxes share a point, sorted by both."""
    return BoxIndex.of(b).pairs(shapely.bounds(a))


def pairs_within(geometries: GeometryArray) -> tuple[IntArray, IntArray]:
    """Pairs i < j of one geometry array whose boxes share a point, sorted by both."""
    return pairs_of_boxes(shapely.bounds(geometries))


def pairs_of_boxes(boxes: FloatArray) -> tuple[IntArray, IntArray]:
    """Pairs i < j of boxes that share a point, sorted by both."""
    i, j = BoxIndex.of_boxes(boxes).pairs(boxes)
    before = i < j
    return i[before], j[before]
