"""The pages of a large R-tree, written as rtree writes them, but all of a level at once.

rtree sorts a million boxes one by one and hands each over through Python, which takes longer than to measure the land. What
is written here is the same kind of tree (Leutenegger's sort-tile-recursive packing, as full as rtree makes its pages).
Nothing is believed about rtree's format: it builds a small tree, whose pages must come out byte for byte when they are
read and written by this room; where they do not, rtree builds the large one too.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, IntArray

FILLED = 44
"""Entries of a full page: seven tenths of what one can hold, which is how full rtree packs them."""

_ENTRY = np.dtype([("low", "<f8", 2), ("high", "<f8", 2), ("id", "<i8"), ("length", "<u4")])
_BEGIN = struct.Struct("<III")
_BOX = struct.Struct("<4d")
_FORM = struct.Struct("<qIdIIIddIb")
_COUNTS = struct.Struct("<IQI")
_INNER, _LEAF = 1, 2

Entries = npt.NDArray[np.void]


class Foreign(Exception):
    """Pages that are not of the format that this room writes."""


@frozen
class Form:
    """What rtree says of every tree of its making in the header page: variant, capacities and factors."""

    fields: tuple[float, ...]

    @classmethod
    def read(cls, pages: Sequence[bytes], header: int) -> Form:
        """The form of a small tree, once its pages are proven to be written as here. Raises `Foreign`."""
        try:
            root, *fields = _FORM.unpack_from(pages[0])
            levels = _levels(pages[1:], header + 1)
            top = _BEGIN.unpack_from(pages[root - header])[1]
        except (struct.error, ValueError, LookupError):
            raise Foreign from None
        form = cls(tuple(fields))
        if form.header(int(root), levels) != pages[0] or levels[-1] != 1 or top != len(levels) - 2:
            raise Foreign
        return form

    def header(self, root: int, levels: Sequence[int]) -> bytes:
        """The header page; `levels` are the numbers of pages of each level, leaves first."""
        boxes, nodes = levels[0], levels[1:]
        counts = _COUNTS.pack(sum(nodes), boxes, len(nodes))
        return _FORM.pack(root, *self.fields) + counts + struct.pack(f"<{len(nodes)}I", *nodes)


def _levels(pages: Sequence[bytes], first: int) -> list[int]:
    """How many boxes, leaves and other pages level by level a tree has; every page must come out as it is."""
    counts: dict[int, int] = {}
    boxes = 0
    for page in pages:
        kind, level, many = _BEGIN.unpack_from(page)
        entries = np.frombuffer(page, dtype=_ENTRY, count=many, offset=_BEGIN.size)
        inside = (entries["id"] >= first) & (entries["id"] < first + len(pages))
        if _page(entries, level) != page or kind != (_INNER if level else _LEAF) or (level and not inside.all()):
            raise Foreign
        counts[level] = counts.get(level, 0) + 1
        boxes += 0 if level else many
    return [boxes, *(counts[level] for level in range(len(counts)))]


def _page(entries: Entries, level: int) -> bytes:
    begin = _BEGIN.pack(_INNER if level else _LEAF, level, len(entries))
    box = (*entries["low"].min(axis=0).tolist(), *entries["high"].max(axis=0).tolist())
    return begin + entries.tobytes() + _BOX.pack(*box)


def packed_pages(rows: IntArray, boxes: FloatArray, form: Form, header: int) -> tuple[bytes, ...]:
    """The pages of a tree over boxes (minx, miny, maxx, maxy), named by `rows`; the header page first, numbered `header`."""
    pages: list[bytes] = []
    entries, levels = _entries(rows, boxes), [len(rows)]
    number = header + 1
    while len(levels) == 1 or levels[-1] > 1:
        entries = entries[_tiled(entries)]
        starts = np.arange(0, len(entries), FILLED)
        pages += [_page(entries[start : start + FILLED], len(levels) - 1) for start in starts.tolist()]
        low = np.minimum.reduceat(entries["low"], starts, axis=0)
        high = np.maximum.reduceat(entries["high"], starts, axis=0)
        numbers = np.arange(number, number + len(starts), dtype=np.int64)
        entries = _entries(numbers, np.hstack([low, high]))
        levels.append(len(starts))
        number += len(starts)
    return (form.header(number - 1, levels), *pages)


def _entries(ids: IntArray, boxes: FloatArray) -> Entries:
    out = np.zeros(len(ids), dtype=_ENTRY)
    out["low"], out["high"], out["id"] = boxes[:, :2], boxes[:, 2:], ids
    return out


def _tiled(entries: Entries) -> IntArray:
    """Slices of equal numbers across, each in order upward: neighbours share a page."""
    middle = entries["low"] + entries["high"]
    slices = int(np.ceil(np.sqrt(np.ceil(len(entries) / FILLED))))
    of = np.empty(len(entries), dtype=np.int64)
    of[np.argsort(middle[:, 0], kind="stable")] = np.arange(len(entries)) // (slices * FILLED)
    return np.lexsort((middle[:, 1], of)).astype(np.int64)
