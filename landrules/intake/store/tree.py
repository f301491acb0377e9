"""The boxes of a layer in its store: packed, for whatever asks for many, and as the pages of an R-tree, for a few.

Both give the same answer: the rows whose boxes, rounded outward, share a point with the query's, rounded outward too. So
nothing that truly meets is missed, and what is found too much the kernel sorts out. Both read, and so check, only the
blocks they touch; a page of the tree is a block of its own.
"""

from __future__ import annotations

import numpy as np

from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.packed import GROUP, PackedArray, group, group_pairs, meeting, origin_of, pack
from landrules.intake.store.container import ALIGNMENT, Array, Chunks, Container, Unusable
from landrules.intake.store.ragged import Source

ORIGIN, BOXES, GROUPS, PAGES, ROOT = "box_origin", "boxes", "box_groups", "tree_pages", "tree_root"
_PREFIX = 8
_PAIRS = 50_000
_NONE = np.empty(0, dtype=np.int64)


def boxes_sections(boxes: FloatArray) -> dict[str, Array | Chunks]:
    """The sections of a layer's boxes (minx, miny, maxx, maxy, float64, one a row; NaN where there is none).

    Boxes that follow one another should lie near one another, as in Hilbert order: answers do not depend on it, the
    time does.
    """
    from landrules.geo.paged import build_pages

    origin = origin_of(boxes)
    packed = pack(boxes, origin)
    pages, root = build_pages(packed.astype(np.float64))
    longest = max(map(len, pages), default=0)
    stride = -(-(longest + _PREFIX) // ALIGNMENT) * ALIGNMENT
    table = np.zeros((len(pages), stride), dtype=np.uint8)
    for row, page in enumerate(pages):
        table[row, :_PREFIX] = np.frombuffer(len(page).to_bytes(_PREFIX, "little"), dtype=np.uint8)
        table[row, _PREFIX : _PREFIX + len(page)] = np.frombuffer(page, dtype=np.uint8)
    return {
        ORIGIN: origin,
        BOXES: packed,
        GROUPS: group(packed),
        ROOT: np.array([root], dtype=np.int64),
        PAGES: Chunks(np.uint8, (stride,), (table,), block=stride),
    }


class StoredTree:
    """The R-tree of a store: the index of single checks. Not for several threads at once."""

    def __init__(self, container: Container) -> None:
        """Opens the tree's header page. Raises `Unusable`."""
        from landrules.geo.paged import PagedTree, PageMissing

        self._container = container
        self._missing = PageMissing
        self._failed: Unusable | None = None
        self._origin: FloatArray = container.whole(ORIGIN)
        self._root = int(container.whole(ROOT)[0])
        self._tree = None
        if container.length(PAGES):
            try:
                self._tree = PagedTree(self._page, self._root)
            except PageMissing as error:
                raise self._unusable(error) from None

    def hits(self, boxes: FloatArray) -> tuple[IntArray, IntArray]:
        """Rows of the query boxes and of the layer whose boxes share a point, sorted by both. Raises `Unusable`.

        A query box that is not finite meets nothing.
        """
        asked = np.flatnonzero(np.isfinite(boxes).all(axis=1))
        if self._tree is None or len(asked) == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        try:
            query, row = self._tree.hits(pack(boxes[asked], self._origin).astype(np.float64))
        except self._missing as error:
            raise self._unusable(error) from None
        return asked[query], row

    def _page(self, number: int) -> bytes | None:
        """A page, checked; `None`, and the reason kept, where it is damaged or not there."""
        try:
            row = number - self._root
            if not 0 <= row < self._container.length(PAGES):
                raise Unusable("header", f"no page {number} in the tree")
            page = self._container.span(PAGES, row, row + 1)[0]
            length = int.from_bytes(page[:_PREFIX].tobytes(), "little")
            data: bytes = page[_PREFIX : _PREFIX + length].tobytes()
            return data
        except Unusable as error:
            self._failed = error
            return None

    def _unusable(self, error: Exception) -> Unusable:
        return self._failed or Unusable("header", f"the tree: {error}")


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
        """As `StoredTree.hits`, sorted by the query boxes alone. Raises `Unusable`.

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
