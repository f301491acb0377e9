"""Boxes as small as they may be without missing anything: float32 about an origin, rounded outward.

At 40.5 million metres east a step of float32 is 4 m; about an origin nearby it is millimetres. What is rounded is rounded
away from the inside, so a packed box always contains the true one: two boxes that share a point still do when packed,
and what is found too much is sorted out by the exact kernel.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from landrules.geo.distinct import distinct
from landrules.geo.kernel import FloatArray, IntArray

PackedArray = NDArray[np.float32]

GROUP = 64
"""Rows whose boxes have one box in common above them."""

_FARTHEST = 1e30
_OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])
_AWAY = np.array([-np.inf, -np.inf, np.inf, np.inf], dtype=np.float32)

_FEW = 16
"""So many groups are compared sooner than sifted."""

_SLICE = 100_000
"""Rows packed at once: what is worked out on the way is many times what comes out."""


def origin_of(boxes: FloatArray) -> FloatArray:
    """Whole metres at the lower left of all finite boxes; zeros where there are none."""
    low = boxes[np.isfinite(boxes).all(axis=1), :2]
    return np.floor(low.min(axis=0)) if len(low) else np.zeros(2)


def pack(boxes: FloatArray, origin: FloatArray) -> PackedArray:
    """Boxes (minx, miny, maxx, maxy; one a row) about an origin as float32 that contain them; a row that is no box is NaN.

    Raises `ValueError` for coordinates beyond 1e30, which no map has.

    >>> pack(np.array([[40500000.1, 0.0, 40500000.2, 1.0]]), np.array([40500000.0, 0.0]))[0, 0] <= 0.1
    True
    """
    out = np.empty((len(boxes), 4), dtype=np.float32)
    for start in range(0, len(boxes), _SLICE):
        out[start : start + _SLICE] = _packed(boxes[start : start + _SLICE], origin)
    return out


def _packed(boxes: FloatArray, origin: FloatArray) -> PackedArray:
    finite = np.isfinite(boxes)
    known = finite.all(axis=1)
    is_whole = bool(known.all())
    value = boxes if is_whole else np.where(finite, boxes, 0.0)
    if len(boxes) and (value.max() > _FARTHEST or value.min() < -_FARTHEST):
        raise ValueError("a coordinate beyond 1e30")
    near, error = _difference(value, np.concatenate([origin, origin]))
    single = near.astype(np.float32)
    over, level = single - near, single == near  # over: what rounding to a single added, exactly or as to its sign
    inside = _OUTWARD * np.where(level, -error, over) < 0
    out: PackedArray = np.where(inside, np.nextafter(single, _AWAY), single)
    if not is_whole:
        out[~known] = np.nan
    return out


def group(packed: PackedArray) -> PackedArray:
    """The box of every `GROUP` rows that follow one another; NaN where none of them is a box."""
    if len(packed) == 0:
        return np.empty((0, 4), dtype=np.float32)
    starts = np.arange(0, len(packed), GROUP)
    low = np.fmin.reduceat(packed[:, :2], starts, axis=0)
    return np.hstack([low, np.fmax.reduceat(packed[:, 2:], starts, axis=0)])


def meeting(a: NDArray[np.floating[Any]], b: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Whether boxes share a point, row by row as the arrays broadcast; boxes are closed, NaN meets nothing."""
    found: NDArray[np.bool_] = (
        (a[..., 0] <= b[..., 2]) & (b[..., 0] <= a[..., 2]) & (a[..., 1] <= b[..., 3]) & (b[..., 1] <= a[..., 3])
    )
    return found


def group_pairs(asked: PackedArray, groups: PackedArray, at: IntArray | None = None) -> tuple[IntArray, IntArray]:
    """Rows of the query boxes and of the groups that meet, sorted by the former, a few million comparisons at a time.

    `at`: where each of several sets of query boxes that lie near one another begins, and where the last ends.
    """
    ends = np.array([0, len(asked)]) if at is None else at
    sets = np.flatnonzero(ends[1:] > ends[:-1])
    none = np.empty(0, dtype=np.int64)
    if len(asked) == len(sets) or len(groups) <= _FEW:
        return _compared(asked, groups)
    starts = ends[sets]  # what all boxes of a set together do not meet none of them does
    low, high = np.fmin.reduceat(asked[:, :2], starts, axis=0), np.fmax.reduceat(asked[:, 2:], starts, axis=0)
    of, close = _compared(np.concatenate([low, high], axis=1), groups)
    cuts = np.searchsorted(of, np.arange(len(sets) + 1))
    queries, found = [none], [none]
    for k in distinct(of).tolist():
        near = close[cuts[k] : cuts[k + 1]]
        query, row = _compared(asked[starts[k] : ends[sets[k] + 1]], groups[near])
        queries.append(query + starts[k])
        found.append(near[row])
    return np.concatenate(queries), np.concatenate(found)


def _compared(asked: PackedArray, groups: PackedArray) -> tuple[IntArray, IntArray]:
    """Rows of both that meet, each of the former compared with each of the latter; sorted by both."""
    step = max(1, 4_000_000 // max(1, len(groups)))
    if len(asked) <= step:
        query, row = np.nonzero(meeting(asked[:, None, :], groups[None, :, :]))
        return query, row
    queries, found = [], []
    for start in range(0, len(asked), step):
        query, row = np.nonzero(meeting(asked[start : start + step, None, :], groups[None, :, :]))
        queries.append(query + start)
        found.append(row)
    return np.concatenate(queries), np.concatenate(found)


def _difference(value: FloatArray, base: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`value - base` as a float and what that float lacks of the true difference (Knuth, TwoSum)."""
    near = value - base
    back = near - value
    error = (value - (near - back)) - (base + back)
    return near, error
