"""The R-tree whose pages lie elsewhere: rtree builds and walks it, the caller keeps the pages and hands them out.

Pages are asked for one by one, so that whoever keeps them can check each before it is used. Invariant: an error of the
keeper reaches rtree as "no such page" before anything else happens; a page that was not handed out is never walked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.pages import Foreign, Form, packed_pages

if TYPE_CHECKING:
    from rtree.index import CustomStorage, Property

CAPACITY = 64
"""Boxes a page at most; measured: 32 to 100 open and answer alike, small pages are read and checked faster."""

BUFFERED = 1_000
"""Pages that rtree keeps by itself, so that neighbouring queries do not ask for them again."""

MANY = 20_000
"""Boxes above which the pages are written all at once (`pages.py`), once rtree has shown how."""

SAMPLE = 300
"""Boxes of the small tree in which it does; several pages and one above them."""

_NO_ERROR, _INVALID_PAGE, _NEW_PAGE = 0, 1, -1
"""What rtree and its storage tell one another (`rtree.index.ICustomStorage`)."""

Load = Callable[[int], bytes | None]


class PageMissing(Exception):
    """The keeper had no such page, or would not hand it out; or the pages make no tree."""


def build_pages(boxes: FloatArray) -> tuple[tuple[bytes, ...], int]:
    """The pages of a tree over boxes (minx, miny, maxx, maxy), loaded in bulk, and which page is its header.

    Pages are numbered from `header` on, in order. Rows that are no boxes are left out. The same boxes give the same
    pages; without any box there are none.
    """
    rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    if len(rows) == 0:
        return (), 0
    if len(rows) <= MANY:
        return _built(rows, boxes)
    small, header = _built(rows[:SAMPLE], boxes)
    try:
        form = Form.read(small, header)
    except Foreign:
        return _built(rows, boxes)
    return packed_pages(rows, boxes[rows], form, header), header


def _built(rows: IntArray, boxes: FloatArray) -> tuple[tuple[bytes, ...], int]:
    """The pages that rtree itself makes of some boxes."""
    from rtree.index import Index

    keeper = _Keeper(None)
    Index(_storage(keeper), _entries(rows, boxes), properties=_properties()).close()
    numbers = sorted(keeper.pages)
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise PageMissing("the pages are not numbered one after the other")
    return tuple(keeper.pages[number] for number in numbers), numbers[0]


class PagedTree:
    """A tree over pages numbered from `header` on. Not for several threads at once."""

    def __init__(self, load: Load, header: int) -> None:
        """`load` gives a page by its number, or `None`. Raises `PageMissing`."""
        from rtree.exceptions import RTreeError
        from rtree.index import Index

        self._keeper = _Keeper(load)
        self._fault = RTreeError
        properties = _properties()
        properties.index_id = header
        try:
            self._tree: Any = Index(_storage(self._keeper), properties=properties)
        except RTreeError as error:
            raise PageMissing(str(error)) from None

    def hits(self, boxes: FloatArray) -> tuple[IntArray, IntArray]:
        """Rows of the query boxes and of the boxes of the tree that share a point, sorted by both.

        Query boxes are finite. Raises `PageMissing`.
        """
        try:
            low, high = np.ascontiguousarray(boxes[:, :2]), np.ascontiguousarray(boxes[:, 2:])
            ids, counts = self._tree.intersection_v(low, high)
        except self._fault as error:
            raise PageMissing(str(error)) from None
        if self._keeper.refused:
            raise PageMissing("a page was not handed out")
        query = np.repeat(np.arange(len(boxes), dtype=np.int64), counts.astype(np.int64))
        order = np.lexsort((ids, query))
        return query[order], ids[order].astype(np.int64)


class _Keeper:
    """The pages while a tree is built, or whoever hands them out afterwards."""

    def __init__(self, load: Load | None) -> None:
        self.load = load
        self.pages: dict[int, bytes] = {}
        self.next = 0
        self.refused = False

    def read(self, page: int, error: Any) -> bytes:
        """A page. The error is set first and taken back last, so that nothing unset is ever read."""
        error.contents.value = _INVALID_PAGE
        data = self.pages.get(page) if self.load is None else self.load(page)
        if data is None:
            self.refused = True
            return b""
        error.contents.value = _NO_ERROR
        return data

    def keep(self, page: int, data: bytes) -> int:
        """A page while the tree is built; a new one gets the next number."""
        if page == _NEW_PAGE:
            page = self.next
            self.next += 1
        self.pages[page] = data
        return page

    def drop(self, page: int) -> None:
        """A page that the tree gave up while it was built."""
        del self.pages[page]


def _storage(keeper: _Keeper) -> CustomStorage:
    """A keeper under the names by which rtree calls it."""
    from rtree.index import CustomStorage

    names = {
        "hasData": keeper.load is not None,
        "create": lambda self, error: None,
        "destroy": lambda self, error: None,
        "flush": lambda self, error: None,
        "loadByteArray": lambda self, page, error: keeper.read(page, error),
        "storeByteArray": lambda self, page, data, error: keeper.keep(page, data),
        "deleteByteArray": lambda self, page, error: keeper.drop(page),
    }
    storage: CustomStorage = type("Storage", (CustomStorage,), names)()
    return storage


def _properties() -> Property:
    from rtree.index import Property

    properties = Property()
    properties.index_capacity = properties.leaf_capacity = CAPACITY
    properties.near_minimum_overlap_factor = CAPACITY // 2
    properties.buffering_capacity = BUFFERED
    return properties


def _entries(rows: IntArray, boxes: FloatArray) -> Iterator[tuple[int, list[float], None]]:
    for row, box in zip(rows.tolist(), boxes[rows].tolist(), strict=True):
        yield row, box, None
