"""What a layer's features are to each other: the same shape twice, ground that two of them share.

Where the overlay's compiled kernel is installed, the ground that neighbours share is measured, and GEOS looks at the pairs
that share any. Without it a run of features and their neighbours is first asked whether it is a valid coverage (GEOS):
then none of them overlap; where it is not, pairs are looked at of which one has a flawed edge, since of two polygons that
share ground one has an edge in the other, or both are the same. Shapes kept in tiles are compared by their tiles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.kernel import FloatArray, IntArray, array_of
from landrules.geo.outlines import Outlines
from landrules.geo.overlap import name
from landrules.geo.overlap import overlaps as measure
from landrules.geo.site import Geometry, GeometryArray
from landrules.intake.store.ragged import Shapes

RUN = 20_000
"""Features looked at together."""

ARITHMETIC_M2 = 1e-6
"""Square metres that two neighbours may seem to share for the arithmetic of coordinates."""

_PAIRS = 20_000
_AT_ONCE = 2


@frozen
class Overlap:
    """Pairs of rows that share ground (n, 2), the earlier row first, sorted, and how much, in m² of the plane."""

    pairs: IntArray
    areas: FloatArray


def duplicates(shapes: Shapes, order: IntArray, boxes: FloatArray, tiled: Sequence[tuple[int, Geometry]]) -> IntArray:
    """Pairs of rows (n, 2) of the same shape, the first of its like with each of the others, sorted by the other.

    Row i is shape `order[i]`, its box `boxes[i]`; `tiled` are rows whose shape is given here instead.
    """
    rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    if len(rows) == 0:
        return np.empty((0, 2), dtype=np.int64)
    by_box = rows[np.lexsort(boxes[rows].T)]
    alike = (boxes[by_box][1:] == boxes[by_box][:-1]).all(axis=1)
    group = np.cumsum(np.concatenate([[False], ~alike]))
    several = np.bincount(group, minlength=1)[group] > 1
    wanted = by_box[several]
    found = shapes.take(order[wanted])
    own = dict(tiled)
    data = shapely.to_wkb(array_of([own.get(r, s) for r, s in zip(wanted.tolist(), found, strict=True)])).tolist()
    first: dict[bytes, int] = {}
    pairs: list[tuple[int, int]] = []
    for row, shape in sorted(zip(wanted.tolist(), data, strict=True), key=lambda pair: pair[0]):
        if shape is None:
            continue
        if first.setdefault(shape, row) != row:
            pairs.append((first[shape], row))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def overlaps(
    shapes: Shapes, order: IntArray, boxes: FloatArray, rows: IntArray, tiles: Sequence[tuple[int, Geometry]]
) -> Overlap:
    """The pairs of features that share ground.

    `rows` are those of polygons, row i being shape `order[i]` with the box `boxes[i]`; `tiles` are parts of others, each
    with its row.
    """
    found: list[Overlap] = []
    if len(rows):
        tree = shapely.STRtree(_diagonals(boxes[rows]))
        runs = [np.arange(at, min(at + RUN, len(rows))) for at in range(0, len(rows), RUN)]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            each = map if len(runs) == 1 else pool.map
            found += each(lambda run: _run(shapes, order, boxes, rows, tree, run), runs)
        found += _with_tiles(shapes, order, rows, tree, tiles)
    found += _among_tiles(tiles)
    pairs = np.concatenate([np.empty((0, 2), dtype=np.int64), *(o.pairs for o in found)])
    areas = np.concatenate([np.empty(0), *(o.areas for o in found)])
    once, of = np.unique(pairs, axis=0, return_inverse=True)
    return Overlap(once, np.bincount(of.ravel(), weights=areas, minlength=len(once)).astype(np.float64))


def _run(shapes: Shapes, order: IntArray, boxes: FloatArray, rows: IntArray, tree: Any, run: IntArray) -> Overlap:
    """The pairs of which one is in a run of places in `rows`, and the other in it or later."""
    mine, other = tree.query(_diagonals(boxes[rows[run]]))
    near, of_other = np.unique(other, return_inverse=True)
    ground = shapes.take(order[rows[near]])
    of_mine = np.searchsorted(near, run[mine])
    wanted = run[mine] < other
    if not is_compiled():
        if shapely.coverage_is_valid(ground):
            wanted[:] = False
        else:
            flawed = ~shapely.is_empty(shapely.coverage_invalid_edges(ground))
            wanted &= flawed[of_mine] | flawed[of_other]
    return _shared(ground, rows[near], of_mine[wanted], of_other[wanted])


def _with_tiles(
    shapes: Shapes, order: IntArray, rows: IntArray, tree: Any, tiles: Sequence[tuple[int, Geometry]]
) -> Iterator[Overlap]:
    """The pairs of a tile and a feature that is not kept in tiles, a hundred tiles at a time."""
    for start in range(0, len(tiles), 100):
        some = tiles[start : start + 100]
        parts = array_of([tile for _, tile in some])
        tile, other = tree.query(_diagonals(shapely.bounds(parts)))
        near, of_other = np.unique(other, return_inverse=True)
        ground = np.concatenate([parts, shapes.take(order[rows[near]])])
        owner = np.concatenate([np.array([row for row, _ in some], dtype=np.int64), rows[near]])
        yield _shared(ground, owner, tile, of_other + len(some))


def _among_tiles(tiles: Sequence[tuple[int, Geometry]]) -> Iterator[Overlap]:
    """The pairs of tiles of different features."""
    if tiles:
        parts = array_of([tile for _, tile in tiles])
        owner = np.array([row for row, _ in tiles], dtype=np.int64)
        boxes = _diagonals(shapely.bounds(parts))
        first, second = shapely.STRtree(boxes).query(boxes)
        different = owner[first] < owner[second]
        yield _shared(parts, owner, first[different], second[different])


def _diagonals(boxes: FloatArray) -> GeometryArray:
    """Lines that have these boxes: a third of the memory of rectangles, and trees look at boxes alone."""
    out: GeometryArray = shapely.linestrings(boxes.reshape(-1, 2, 2))
    return out


def _shared(ground: GeometryArray, rows: IntArray, a: IntArray, b: IntArray) -> Overlap:
    """The pairs, of those given as places in `ground`, that share ground; told by the rows of the places."""
    if is_compiled():
        outlines = Outlines.of(ground)
        measured = measure(outlines, outlines, a.astype(np.int64), b.astype(np.int64))
        some = measured.moments[:, 0] > ARITHMETIC_M2
        a, b = a[some], b[some]
    pairs, areas = [np.empty((0, 2), dtype=np.int64)], [np.empty(0)]
    for start in range(0, len(a), _PAIRS):
        i, j = a[start : start + _PAIRS], b[start : start + _PAIRS]
        met = kernel.shares_ground(ground[i], ground[j])
        if met.any():
            pairs.append(np.sort(np.column_stack([rows[i[met]], rows[j[met]]]), axis=1).astype(np.int64))
            areas.append(shapely.area(kernel.intersection(ground[i[met]], ground[j[met]])))
    return Overlap(np.concatenate(pairs), np.concatenate(areas))


def is_compiled() -> bool:
    """Whether shared ground is measured by the compiled kernel."""
    return name() == "c"
