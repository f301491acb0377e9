"""The one R-tree: which boxes may meet, answered for whole arrays.

Boxes are held about an origin, so that eight-digit eastings do not cost the tree its precision, and grown by nothing:
the answer equals a plain loop over closed boxes (a property test says so). Candidates come back sorted, so nothing
above depends on how the tree was built.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.site import GeometryArray


@frozen
class BoxIndex:
    """A static index over boxes (minx, miny, maxx, maxy), one a row; rows without a box are never found.

    >>> BoxIndex.of_boxes(np.array([[0.0, 0, 1, 1], [5, 5, 6, 6]])).pairs(np.array([[1.0, 1, 2, 2]]))[1].tolist()
    [0]
    """

    tree: Any
    origin: FloatArray
    count: int

    @classmethod
    def of(cls, geometries: GeometryArray) -> BoxIndex:
        """An index over the boxes of geometries."""
        return cls.of_boxes(shapely.bounds(geometries))

    @classmethod
    def of_boxes(cls, boxes: FloatArray) -> BoxIndex:
        """An index over boxes, loaded in bulk."""
        rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))
        if len(rows) == 0:
            return cls(None, np.zeros(2), 0)
        from rtree.index import Index

        origin = np.floor(boxes[rows, :2].min(axis=0))
        tree = Index((rows.astype(np.int64), boxes[rows, :2] - origin, boxes[rows, 2:] - origin))
        return cls(tree, origin, len(rows))

    def pairs(self, boxes: FloatArray) -> tuple[IntArray, IntArray]:
        """Rows of the query boxes and of the indexed boxes that share a point, sorted by both."""
        asked = np.flatnonzero(np.isfinite(boxes).all(axis=1))
        none = np.empty(0, dtype=np.int64)
        if self.tree is None or len(asked) == 0:
            return none, none
        low = np.ascontiguousarray(boxes[asked, :2] - self.origin)
        high = np.ascontiguousarray(boxes[asked, 2:] - self.origin)
        ids, counts = self.tree.intersection_v(low, high)
        query = np.repeat(asked, counts.astype(np.int64))
        order = np.lexsort((ids, query))
        return query[order].astype(np.int64), ids[order].astype(np.int64)


def candidate_pairs(a: GeometryArray, b: GeometryArray) -> tuple[IntArray, IntArray]:
    """Rows of two geometry arrays whose boxes share a point, sorted by both."""
    return BoxIndex.of(b).pairs(shapely.bounds(a))


def pairs_within(geometries: GeometryArray) -> tuple[IntArray, IntArray]:
    """Pairs i < j of one geometry array whose boxes share a point, sorted by both.

    Few rows are compared with one another directly; the tree pays from some hundred rows on.
    """
    boxes = shapely.bounds(geometries)
    if len(boxes) > 200:
        i, j = BoxIndex.of_boxes(boxes).pairs(boxes)
        return i[i < j], j[i < j]
    left, right = np.triu_indices(len(boxes), k=1)
    a, b = boxes[left], boxes[right]
    meet = (a[:, :2] <= b[:, 2:]).all(axis=1) & (b[:, :2] <= a[:, 2:]).all(axis=1)
    return left[meet].astype(np.int64), right[meet].astype(np.int64)
