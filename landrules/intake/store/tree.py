"""The boxes of a layer in its store: an R-tree of two levels, packed; groups of neighbours, and the boxes in them.

What is found are the rows whose boxes, rounded outward, share a point with the query's, rounded outward too. So nothing
that truly meets is missed, and what is found too much the kernel sorts out. Only the blocks that are touched are read,
and so checked.
"""

from __future__ import annotations

import numpy as np

from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.packed import GROUP, PackedArray, group, group_pairs, meeting, origin_of, pack
from landrules.intake.store.container import Array
from landrules.intake.store.ragged import Source

ORIGIN, BOXES, GROUPS = "box_origin", "boxes", "box_groups"
_PAIRS = 50_000
_NONE = np.empty(0, dtype=np.int64)


def boxes_sections(boxes: FloatArray) -> dict[str, Array]:
    """The sections of a layer's boxes (minx, miny, maxx, maxy, float64, one a row; NaN where there is none).

    Boxes that follow one another should lie near one another, as in Hilbert order: answers do not depend on it, the
    time does.
    """
    origin = origin_of(boxes)
    packed = pack(boxes, origin)
    return {ORIGIN: origin, BOXES: packed, GROUPS: group(packed)}


class PackedBoxes:
    """The packed boxes of a store: groups of neighbours first, then the boxes of the groups that are met."""

    def __init__(self, arrays: Source) -> None:
        """Reads the origin alone. Raises `Unusable`."""
        self._arrays = arrays
        self.origin: FloatArray = arrays.span(ORIGIN, 0, arrays.length(ORIGIN))

    def all(self) -> PackedArray:
        """Every packed box, about `origin`, as a view. Raises `Unusable`."""
        found: PackedArray = self._arrays.span(BOXES, 0, self._arrays.length(BOXES))
        return found

    def hits(self, boxes: FloatArray, at: IntArray | None = None) -> tuple[IntArray, IntArray]:
        """Rows of the query boxes and of the layer whose boxes share a point, sorted by the query boxes alone. Raises `Unusable`.

        `at`: where each of several sets of query boxes begins, and where the last ends; the boxes of a set lie near one
        another.
        """
        asked = pack(boxes, self.origin)
        query, groups = group_pairs(asked, self._arrays.span(GROUPS, 0, self._arrays.length(GROUPS)), at)
        count = self._arrays.length(BOXES)
        queries, rows = [_NONE], [_NONE]
        for start in range(0, len(query), _PAIRS):
            low = groups[start : start + _PAIRS] * GROUP
            high = np.minimum(low + GROUP, count)
            found, offsets = self._arrays.spans(BOXES, low, high)
            near = np.repeat(query[start : start + _PAIRS], high - low)
            hit = np.flatnonzero(meeting(asked[near], found))
            queries.append(near[hit])
            rows.append(hit + np.repeat(low - offsets[:-1], high - low)[hit])
        return np.concatenate(queries), np.concatenate(rows)
