"""Boxes as small as they may be without missing anything: float32 about an origin, rounded outward.

At 40.5 million metres east a step of float32 is 4 m; about an origin nearby it is millimetres. What is rounded is rounded
away from the inside, so a packed box always contains the true one: two boxes that share a point still do when packed,
and what is found too much is sorted out by the exact kernel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landrules.geo.kernel import FloatArray, IntArray

PackedArray = NDArray[np.float32]

GROUP = 64
"""Rows whose boxes have one box in common above them."""

_FARTHEST = 1e30


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
    if len(boxes) and np.nanmax(np.abs(np.where(np.isfinite(boxes), boxes, 0.0))) > _FARTHEST:
        raise ValueError("a coordinate beyond 1e30")
    out = np.full((len(boxes), 4), np.nan, dtype=np.float32)
    known = np.isfinite(boxes).all(axis=1)
    for side in range(4):
        value, base = boxes[known, side], float(origin[side % 2])
        near, error = _difference(value, base)
        away = np.float32(-np.inf if side < 2 else np.inf)
        single = near.astype(np.float32)
        inside = (single > near) | ((single == near) & (error < 0)) if side < 2 else (single < near)
        if side >= 2:
            inside |= (single == near) & (error > 0)
        out[known, side] = np.where(inside, np.nextafter(single, away), single)
    return out


def group(packed: PackedArray) -> PackedArray:
    """The box of every `GROUP` rows that follow one another; NaN where none of them is a box."""
    if len(packed) == 0:
        return np.empty((0, 4), dtype=np.float32)
    starts = np.arange(0, len(packed), GROUP)
    low = np.fmin.reduceat(packed[:, :2], starts, axis=0)
    return np.hstack([low, np.fmax.reduceat(packed[:, 2:], starts, axis=0)])


def meeting(a: PackedArray, b: PackedArray) -> NDArray[np.bool_]:
    """Whether boxes share a point, row by row as the arrays broadcast; boxes are closed, NaN meets nothing."""
    found: NDArray[np.bool_] = (
        (a[..., 0] <= b[..., 2]) & (b[..., 0] <= a[..., 2]) & (a[..., 1] <= b[..., 3]) & (b[..., 1] <= a[..., 3])
    )
    return found


def group_pairs(asked: PackedArray, groups: PackedArray) -> tuple[IntArray, IntArray]:
    """Rows of the query boxes and of the groups that meet, sorted by both, a few million comparisons at a time."""
    step = max(1, 4_000_000 // max(1, len(groups)))
    queries, found = [], []
    for start in range(0, len(asked), step):
        query, row = np.nonzero(meeting(asked[start : start + step, None, :], groups[None, :, :]))
        queries.append(query + start)
        found.append(row)
    none = np.empty(0, dtype=np.int64)
    return np.concatenate([none, *queries]), np.concatenate([none, *found])


def _difference(value: FloatArray, base: float) -> tuple[FloatArray, FloatArray]:
    """`value - base` as a float and what that float lacks of the true difference (Knuth, TwoSum)."""
    near = value - base
    back = near - value
    error = (value - (near - back)) - (base + back)
    return near, error
