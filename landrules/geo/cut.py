"""Cutting: a layer's features by a proposal's parcels, and what the layer does not cover.

Candidates come from the index, with the boxes of the places where a long parcel really runs; each piece is exact.
What they share is measured by the overlap kernel; pieces are drawn where somebody looks (`landrules.geo.rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely

from landrules.geo import kernel, overlap
from landrules.geo.area import of_features
from landrules.geo.distinct import distinct
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.outlines import Outlines, is_plain
from landrules.geo.overlap import Overlaps
from landrules.geo.pieces import Gap, Pieces, table
from landrules.geo.rows import LEAST_GROUND, Measured, Rows
from landrules.geo.site import Coverage, CoverageKind, Geometry, GeometryArray, Layer

_FEW = 64
"""So many features are measured sooner than sifted."""


def cut(ground: Ground, layer: Layer, index: BoxIndex | None = None) -> Pieces:
    """The pieces of a layer in some ground, in the order of parcel and feature.

    `index` is an index over the layer's boxes where one already exists (a batch).
    """
    return cut_each((ground,), (layer,), None if index is None else (index,))[0]


def cut_each(
    grounds: Sequence[Ground], layers: Sequence[Layer], indexes: Sequence[BoxIndex] | None = None
) -> tuple[Pieces, ...]:
    """The pieces in each of several grounds of the layer that goes with it, all measured in one call of the kernel.

    What each holds is what `cut` gives for it alone.
    """
    trees = [BoxIndex.of(layer.geometry) for layer in layers] if indexes is None else indexes
    given = list(zip(grounds, layers, trees, strict=True))
    if overlap.is_reference():
        return tuple(_drawn(ground, layer, *candidates(ground, tree)) for ground, layer, tree in given)
    met = [candidates(ground, tree) if len(tree.boxes) else (_NONE, _NONE) for ground, _, tree in given]
    if not any(len(feature) for _, feature in met):
        return tuple(_no_pieces(ground, layer) for ground, layer, _ in given)
    first, every = _numbered(layers)
    used, of = _used(np.concatenate([first[k] + feature for k, (_, feature) in enumerate(met)]), len(every))
    starts = np.cumsum([0, *(len(ground.outlines) for ground in grounds)])
    parcels = np.concatenate([start + parcel for start, (parcel, _) in zip(starts, met, strict=False)])
    ours = Outlines.joined([ground.outlines for ground in grounds])
    theirs = Outlines.of(every[used])
    shared = overlap.overlaps(ours, theirs, parcels, of)
    out = []
    stops = np.cumsum([0, *(len(feature) for _, feature in met)])
    for k, (ground, layer, _) in enumerate(given):
        here = slice(int(stops[k]), int(stops[k + 1]))
        if here.start == here.stop:
            out.append(_no_pieces(ground, layer))
        else:
            out.append(_measured(ground, *met[k], Measured(layer, shared.take(here), theirs, of[here])))
    return tuple(out)


def _numbered(layers: Sequence[Layer]) -> tuple[list[int], GeometryArray]:
    """The number of the first feature of each layer, and the features by number; a layer that comes again is the same."""
    different = list({id(layer): layer for layer in layers}.values())
    starts = np.cumsum([0, *(len(layer.geometry) for layer in different)]).tolist()
    first = {id(layer): start for layer, start in zip(different, starts, strict=False)}
    every = different[0].geometry if len(different) == 1 else np.concatenate([layer.geometry for layer in different])
    return [first[id(layer)] for layer in layers], every


_NONE = np.empty(0, dtype=np.int64)
_NO_OVERLAPS = Overlaps.of_none()
_NO_OUTLINES = Outlines.joined([])


def _used(features: IntArray, count: int) -> tuple[IntArray, IntArray]:
    """Which of so many features are named, and where each stands among them."""
    named = np.zeros(count, dtype=np.bool_)
    named[features] = True
    return np.flatnonzero(named), (np.cumsum(named) - 1)[features]


def _drawn(ground: Ground, layer: Layer, parcel: IntArray, feature: IntArray) -> Pieces:
    """The reference: every piece built by GEOS, and measured as it was built."""
    pieces, whole = kernel.clip(ground.geometry[parcel], layer.geometry[feature])
    hit = ~kernel.is_empty(pieces)
    parcel, feature, pieces, whole = parcel[hit], feature[hit], pieces[hit], whole[hit]
    share = _shares(ground, layer, feature, pieces)
    if layer.whole is not None:
        whole &= ~layer.whole.is_part[feature]
    share[whole] = 1.0
    gap = Gap(lambda: _gap(ground, layer, parcel, lambda: pieces))
    return table(layer.name, ground, parcel, feature, pieces, share, gap)


def _measured(ground: Ground, parcel: IntArray, feature: IntArray, source: Measured) -> Pieces:
    """Rows as the kernel measured them; those of which a bound leaves open whether they are ground are drawn."""
    layer, shared = source.layer, source.shared
    plain = is_plain(layer.geometry[feature])
    area = ground.density.integrals(shared.moments, shared.origin, parcel) * ground.fit[parcel]
    real = plain & (area - shared.error > LEAST_GROUND) & (shared.width_floor > kernel.ARITHMETIC_WIDTH)
    open_ = np.flatnonzero(~real & ~(plain & (area + shared.error <= LEAST_GROUND)))
    rows = Rows.measured(ground, parcel, feature, source)
    if len(open_):
        area[open_] = ground.measure(rows.geometry(open_), parcel[open_])
        real[open_] = (rows.width(open_) > kernel.ARITHMETIC_WIDTH) & (area[open_] > LEAST_GROUND)
    kept = np.flatnonzero(real)
    gap = Gap(lambda: _gap(ground, layer, parcel[kept], lambda: rows.geometry(kept)))
    return Pieces(layer.name, ground, parcel[kept], feature[kept], area[kept], rows, kept, gap)


def _no_pieces(ground: Ground, layer: Layer) -> Pieces:
    """The table of a layer of which nothing lies near."""
    gap = Gap(lambda: _gap(ground, layer, _NONE, lambda: kernel.empty_ground(0)))
    rows = Rows.measured(ground, _NONE, _NONE, Measured(layer, _NO_OVERLAPS, _NO_OUTLINES, _NONE))
    return Pieces(layer.name, ground, _NONE, _NONE, np.empty(0), rows, _NONE, gap)


def candidates(ground: Ground, index: BoxIndex, margin: float = 0.0) -> tuple[IntArray, IntArray]:
    """Rows of parcels and features of which boxes come as near as a margin in metres, sorted by both."""
    boxes, owner = ground.along() if len(index.boxes) > _FEW else (ground.outlines.boxes, None)
    probe, feature = index.pairs(boxes + margin * np.array([-1.0, -1.0, 1.0, 1.0]))
    if owner is None:
        return probe, feature
    both = distinct(owner[probe] * len(index.boxes) + feature)
    return both // len(index.boxes), both % len(index.boxes)


def _shares(ground: Ground, layer: Layer, feature: IntArray, pieces: GeometryArray) -> FloatArray:
    """Each piece's part of its feature, both by the density around the feature."""
    rows, of = np.unique(feature, return_inverse=True)
    density, areas = of_features(layer, rows, ground.plane)
    own, part = areas[of], density.measure(pieces, of.astype(np.int64))
    out = np.divide(part, own, out=np.zeros(len(part)), where=own > 0)
    return np.clip(out, 0.0, 1.0)


def _gap(ground: Ground, layer: Layer, parcel: IntArray, pieces: Callable[[], GeometryArray]) -> GeometryArray:
    """For each parcel the ground for which the layer says nothing."""
    outside = outside_coverage(ground, layer.coverage)
    is_open = ~kernel.is_empty(outside)
    if not is_open.any():
        return with_invalid(ground, outside, layer.invalid)
    open_ = is_open[parcel]
    if open_.any():
        there = pieces()
        for row in distinct(parcel[open_]):
            seen = kernel.union_all(there[parcel == row])
            outside[row] = kernel.difference(outside[row : row + 1], kernel.array_of([seen]))[0]
    return with_invalid(ground, outside, layer.invalid)


def outside_coverage(ground: Ground, coverage: Coverage) -> GeometryArray:
    """The ground of each parcel outside the declared coverage; all of it where nothing was declared."""
    if coverage.kind is CoverageKind.UNDECLARED:
        return ground.geometry.copy()
    return kernel.empty_ground(len(ground.parcels)) if coverage.region is None else ground.outside(coverage.region)


def with_invalid(ground: Ground, gap: GeometryArray, boxes: GeometryArray, width: float = 0.0) -> GeometryArray:
    """A gap joined with the ground within `width` metres of the boxes of invalid features."""
    boxes = boxes[_meet(ground, boxes, width)] if len(boxes) else boxes
    if len(boxes) == 0:
        return gap
    doubtful: Geometry = kernel.union_all(kernel.array_of([kernel.grown(b, width) for b in boxes] if width else boxes))
    inside = kernel.intersection(ground.geometry, kernel.array_of([doubtful] * len(ground.parcels)))
    return kernel.union(gap, inside)


def _meet(ground: Ground, boxes: GeometryArray, width: float) -> BoolArray:
    """Which shapes may come within a width in metres of some parcel, by their boxes."""
    reach = shapely.bounds(boxes) + width * np.array([-1.0, -1.0, 1.0, 1.0])
    out = np.zeros(len(boxes), dtype=np.bool_)
    out[BoxIndex.of_boxes(reach).pairs(ground.outlines.boxes)[1]] = True
    return out
