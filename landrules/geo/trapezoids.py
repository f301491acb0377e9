"""The trapezoid kernel in numpy: the same sums as `_overlap.c`, for an installation without the compiled one.

Both follow the steps written at the head of `_overlap.c`; here each step is taken for many pairs at once, so sums run
in another order and the last digits may differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.outlines import Outlines
from landrules.geo.overlap import RESULTS

_EDGES_AT_ONCE = 200_000
_LARGE = 1000
_MEETINGS_AT_ONCE = 500_000
_NODES = (0.5 - 0.5 / 3.0**0.5, 0.5 + 0.5 / 3.0**0.5)


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """Stretches of edges inside the box of their pair, from west to east, and what they say of the pair."""

    pair: IntArray
    x1: FloatArray
    y1: FloatArray
    x2: FloatArray
    y2: FloatArray
    turn: FloatArray
    reach: FloatArray
    length: FloatArray


def moments(a: Outlines, b: Outlines, i: IntArray, j: IntArray, boxes: FloatArray) -> FloatArray:
    """What `landrules.geo.overlap.Overlaps` holds of each pair, within its box: nine numbers a row."""
    out = np.zeros((len(i), RESULTS))
    real = np.flatnonzero((boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3]))
    edges_a, edges_b = _Edges.of(a), _Edges.of(b)
    for rows in _shared_out(real, edges_a.counts[i[real]] + edges_b.counts[j[real]], _EDGES_AT_ONCE):
        p = _stretches(a, edges_a, i[rows], boxes[rows])
        q = _stretches(b, edges_b, j[rows], boxes[rows])
        out[rows] = _summed(p, q, len(rows))
    return out


def _shared_out(rows: IntArray, weights: IntArray, limit: int) -> Iterator[IntArray]:
    """The rows in order, cut so that no share weighs much more than a limit."""
    if len(rows) == 0:
        return
    share = (np.cumsum(weights) - weights) // limit
    yield from np.split(rows, np.flatnonzero(np.diff(share)) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """The first vertex and the turn of every edge of some outlines; `starts` and `counts` go by polygon."""

    first: IntArray
    turn: FloatArray
    starts: IntArray
    counts: IntArray

    @classmethod
    def of(cls, outlines: Outlines) -> _Edges:
        of = np.repeat(np.arange(len(outlines.turn)), np.diff(outlines.ring))
        first = np.flatnonzero(of[1:] == of[:-1]).astype(np.int64)
        starts = np.searchsorted(first, outlines.ring[outlines.shape])
        return cls(first + outlines.ring[0], outlines.turn[of[first]], starts[:-1], np.diff(starts))

    def near(self, outlines: Outlines, rows: IntArray, boxes: FloatArray) -> tuple[IntArray, IntArray]:
        """The edges of some polygons, and the place of each edge's polygon in `rows`.

        Of a polygon of many edges only those that may matter in its box: the rest is not even gathered.
        """
        large = self.counts[rows] > _LARGE
        small = np.flatnonzero(~large)
        items, of = _runs(self.starts[rows[small]], self.counts[rows[small]])
        at, pair = [items], [small[of]]
        for k in np.flatnonzero(large):
            own = slice(self.starts[rows[k]], self.starts[rows[k]] + self.counts[rows[k]])
            first = self.first[own]
            x, y = outlines.xy[first[0] : first[-1] + 2].T
            low, high = x >= boxes[k, 0], x <= boxes[k, 2]
            above = y >= boxes[k, 1]
            seen = (low[:-1] | low[1:]) & (high[:-1] | high[1:]) & (above[:-1] | above[1:])
            found = np.flatnonzero(seen[first - first[0]]) + own.start
            at.append(found)
            pair.append(np.full(len(found), k))
        return np.concatenate(at), np.concatenate(pair)


def _runs(starts: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    """The items of runs one after another, and which run each belongs to."""
    of = np.repeat(np.arange(len(counts)), counts)
    begin = np.cumsum(counts) - counts
    return np.arange(len(of)) - begin[of] + starts[of], of.astype(np.int64)


def _stretches(outlines: Outlines, edges: _Edges, rows: IntArray, boxes: FloatArray) -> _Stretches:
    """The stretches of some polygons, each within the box of its pair; what lies above runs along the upper side."""
    at, pair = edges.near(outlines, rows, boxes)
    size = boxes[:, 2:] - boxes[:, :2]
    here = boxes[pair, :2]
    ax, ay = (outlines.xy[edges.first[at]] - here).T
    bx, by = (outlines.xy[edges.first[at] + 1] - here).T
    width, top = size[pair].T
    seen = ~(((ax < 0) & (bx < 0)) | ((ax > width) & (bx > width)) | ((ay < 0) & (by < 0)))
    ax, ay, bx, by, width, top, pair, turn = (each[seen] for each in (ax, ay, bx, by, width, top, pair, edges.turn[at]))
    upright = ax == bx
    walls = np.clip(np.minimum(top, np.maximum(ay, by)) - np.maximum(0.0, np.minimum(ay, by)), 0.0, None)
    length = np.bincount(pair[upright], weights=walls[upright], minlength=len(rows)).astype(np.float64)
    ax, ay, bx, by, width, top, pair, turn = (each[~upright] for each in (ax, ay, bx, by, width, top, pair, turn))
    reach = np.zeros(len(rows))
    np.maximum.at(reach, pair, np.maximum(abs(ax), abs(bx)) + np.maximum(abs(ay), abs(by)))
    east = ax < bx
    x1, y1, x2, y2 = (np.where(east, *ends) for ends in ((ax, bx), (ay, by), (bx, ax), (by, ay)))
    turn = np.where(east, -turn, turn)
    slope = (y2 - y1) / (x2 - x1)
    least, most = np.minimum(y1, y2), np.maximum(y1, y2)
    y1, y2 = (
        np.where(x1 < 0, np.clip(y1 - x1 * slope, least, most), y1),
        np.where(x2 > width, np.clip(y1 + (width - x1) * slope, least, most), y2),
    )
    x1, x2 = np.maximum(x1, 0.0), np.minimum(x2, width)
    above, under = (y1 >= top) & (y2 >= top), (y1 <= 0) & (y2 <= 0)
    rise = np.where(y1 == y2, 1.0, y2 - y1)
    floor, ceiling = (np.clip(x1 + (level - y1) / rise * (x2 - x1), x1, x2) for level in (0.0, top))
    begin = np.where(y1 < 0, floor, np.where(y1 > top, ceiling, x1))
    end = np.maximum(np.where(y2 < 0, floor, np.where(y2 > top, ceiling, x2)), begin)
    low, high = np.clip(y1, 0.0, top), np.clip(y2, 0.0, top)
    along = np.where((above | under) & (low == y1) & (high == y2), x2 - x1, 0.0)
    within = ~(above | under)
    along = np.where(within, np.hypot(end - begin, high - low), along)
    length += np.bincount(pair, weights=along, minlength=len(rows))
    kinds = (
        (within, begin, low, end, high),
        (within & (y1 > top), x1, top, begin, top),
        (within & (y2 > top), end, top, x2, top),
        (above, x1, top, x2, top),
    )
    kept = [(kind[0] & (kind[1] < kind[3]), *kind[1:]) for kind in kinds]
    all_x1, all_y1, all_x2, all_y2 = (np.concatenate([kind[k][kind[0]] for kind in kept]) for k in (1, 2, 3, 4))
    all_pair, all_turn = (np.concatenate([each[kind[0]] for kind in kept]) for each in (pair, turn))
    return _Stretches(all_pair, all_x1, all_y1, all_x2, all_y2, all_turn, reach, length)


def _summed(p: _Stretches, q: _Stretches, count: int) -> FloatArray:
    """The nine numbers of each pair from the stretches of both sides."""
    out = np.zeros((count, RESULTS))
    for at_p, at_q in _meetings(p, q):
        _add(out, p, at_p, q, at_q)
    out[:, 7] *= np.maximum(p.reach, q.reach)
    out[:, 8] = np.where(np.bincount(p.pair, minlength=count) > 0, p.length + q.length, 0.0)
    return out


def _meetings(p: _Stretches, q: _Stretches) -> Iterator[tuple[IntArray, IntArray]]:
    """Every two stretches of a pair whose eastings meet, once: the second begins within the first, or after."""
    x = np.concatenate([p.x1, p.x2, q.x1, q.x2])
    pair = np.concatenate([p.pair, p.pair, q.pair, q.pair])
    order = np.lexsort((x, pair))
    fresh = np.ones(len(x), dtype=np.bool_)
    fresh[1:] = (x[order][1:] != x[order][:-1]) | (pair[order][1:] != pair[order][:-1])
    rank = np.empty(len(x), dtype=np.int64)
    rank[order] = np.cumsum(fresh)
    n, m = len(p.x1), len(q.x1)
    p1, p2, q1, q2 = rank[:n], rank[n : 2 * n], rank[2 * n : 2 * n + m], rank[2 * n + m :]
    by_q, by_p = np.argsort(q1, kind="stable"), np.argsort(p1, kind="stable")
    for rows, starts, counts in _within(q1[by_q], p1, p2, "left"):
        items, of = _runs(starts, counts)
        yield rows[of], by_q[items]
    for rows, starts, counts in _within(p1[by_p], q1, q2, "right"):
        items, of = _runs(starts, counts)
        yield by_p[items], rows[of]


def _within(
    begins: IntArray, low: IntArray, high: IntArray, side: str
) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """For each range of ranks the run of sorted beginnings in it, a bounded number of items at once."""
    starts = np.searchsorted(begins, low, side="left" if side == "left" else "right")
    counts = np.maximum(np.searchsorted(begins, high, side="left") - starts, 0)
    some = np.flatnonzero(counts)
    for rows in _shared_out(some, counts[some], _MEETINGS_AT_ONCE):
        yield rows, starts[rows], counts[rows]


def _add(out: FloatArray, p: _Stretches, at_p: IntArray, q: _Stretches, at_q: IntArray) -> None:
    """Add the ground below the lower of each two stretches where both run."""
    pair = p.pair[at_p]
    left, right = np.maximum(p.x1[at_p], q.x1[at_q]), np.minimum(p.x2[at_p], q.x2[at_q])
    pl, pr, ql, qr = _at(p, at_p, left), _at(p, at_p, right), _at(q, at_q, left), _at(q, at_q, right)
    dl, dr = pl - ql, pr - qr
    crossed: BoolArray = ((dl < 0) & (dr > 0)) | ((dl > 0) & (dr < 0))
    share = np.divide(dl, dl - dr, out=np.ones(len(dl)), where=crossed)
    middle = np.where(crossed, left + share * (right - left), right)
    low_l, low_r = np.minimum(pl, ql), np.minimum(pr, qr)
    low_m = np.where(crossed, pl + share * (pr - pl), low_r)
    turn = p.turn[at_p] * q.turn[at_q]
    sums = _below(left, low_l, middle, low_m)
    if crossed.any():
        more = _below(middle[crossed], low_m[crossed], right[crossed], low_r[crossed])
        for one, other in zip(sums, more, strict=True):
            one[crossed] += other
    wide = right - left
    sums = [turn * one for one in sums]
    sums += [wide * (abs(pl) + abs(pr) + abs(ql) + abs(qr)), wide]
    for k, one in enumerate(sums):
        out[:, k] += np.bincount(pair, weights=one, minlength=len(out))


def _at(s: _Stretches, rows: IntArray, x: FloatArray) -> FloatArray:
    x1, y1, x2, y2 = s.x1[rows], s.y1[rows], s.x2[rows], s.y2[rows]
    return np.where(x == x2, y2, y1 + (x - x1) * ((y2 - y1) / (x2 - x1)))


def _below(left: FloatArray, low: FloatArray, right: FloatArray, high: FloatArray) -> list[FloatArray]:
    """The ground below straight lines, and its moments: two Gauss-Legendre points are exact."""
    half = 0.5 * (right - left)
    out = [half * (low + high)] + [np.zeros(len(half)) for _ in range(5)]
    for node in _NODES:
        x, y = left + node * (right - left), low + node * (high - low)
        for k, term in enumerate((x * y, y * y / 2.0, x * x * y, x * y * y / 2.0, y * y * y / 3.0)):
            out[k + 1] += half * term
    return out
