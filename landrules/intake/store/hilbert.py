"""Hilbert order: what lies near in the plane comes near in the file."""

from __future__ import annotations

import numpy as np

from landrules.geo.kernel import FloatArray, IntArray

_ORDER = 16


def hilbert_order(boxes: FloatArray) -> IntArray:
    """The rows of boxes (minx, miny, maxx, maxy) in the order of their middles on a Hilbert curve; rows without a box last.

    >>> hilbert_order(np.array([[0.0, 0, 1, 1], [9, 0, 10, 1], [0, 9, 1, 10], [np.nan] * 4])).tolist()
    [0, 2, 1, 3]
    """
    known = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    code = np.full(len(boxes), 1 << (2 * _ORDER), dtype=np.int64)
    if len(known):
        middle = (boxes[known, :2] + boxes[known, 2:]) / 2.0
        low, size = middle.min(axis=0), float(max(np.ptp(middle, axis=0).max(), 1e-9))
        cell = np.minimum(((middle - low) / size * (1 << _ORDER)).astype(np.int64), (1 << _ORDER) - 1)
        code[known] = _codes(cell[:, 0], cell[:, 1])
    return np.argsort(code, kind="stable").astype(np.int64)


def _codes(x: IntArray, y: IntArray) -> IntArray:
    """The places of cells along the curve (the usual turning of quadrants, Hilbert 1891)."""
    x, y = x.copy(), y.copy()
    code = np.zeros(len(x), dtype=np.int64)
    side = 1 << (_ORDER - 1)
    while side:
        right, upper = (x & side) > 0, (y & side) > 0
        code += side * side * ((3 * right.astype(np.int64)) ^ upper)
        turned = ~upper
        flip = turned & right
        x[flip], y[flip] = (1 << _ORDER) - 1 - x[flip], (1 << _ORDER) - 1 - y[flip]
        x[turned], y[turned] = y[turned], x[turned].copy()
        side >>= 1
    return code
