"""Cutting: a layer's features by a proposal's parcels, and what the layer does not cover.

Candidates come from the R-tree, with the boxes of the places where a long parcel really runs; each piece is exact.
"""

from __future__ import annotations

import numpy as np
import shapely

from landrules.geo import kernel
from landrules.geo.area import Density
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.pieces import Pieces, table
from landrules.geo.site import Coverage, CoverageKind, Geometry, GeometryArray, Layer

_GRID = 16
_SPARSE = 4.0
"""A parcel whose box is so many times its area is looked up in cells of a `_GRID` by `_GRID` grid."""


def cut(ground: Ground, layer: Layer, index: BoxIndex | None = None) -> Pieces:
    """The pieces of a layer in some ground, in the order of parcel and feature.

    `index` is an index over the layer's boxes where one already exists (a batch).
    """
    parcel, feature = candidates(ground, BoxIndex.of(layer.geometry) if index is None else index)
    pieces, whole = kernel.clip(ground.geometry[parcel], layer.geometry[feature])
    hit = ~kernel.is_empty(pieces)
    parcel, feature, pieces, whole = parcel[hit], feature[hit], pieces[hit], whole[hit]
    share = _shares(ground, layer, feature, pieces)
    share[whole] = 1.0
    gap = _gap(ground, layer, parcel, pieces)
    return table(layer.name, ground, parcel, feature, pieces, share, gap)


def candidates(ground: Ground, index: BoxIndex, margin: float = 0.0) -> tuple[IntArray, IntArray]:
    """Rows of parcels and features of which boxes come as near as a margin in metres, sorted by both."""
    boxes, owner = _probes(ground)
    probe, feature = index.pairs(boxes + margin * np.array([-1.0, -1.0, 1.0, 1.0]))
    pairs = np.unique(np.column_stack([owner[probe], feature]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _probes(ground: Ground) -> tuple[FloatArray, IntArray]:
    """Boxes that together hold each parcel: its own, or for long and scattered ones the grid cells it enters."""
    boxes: FloatArray = shapely.bounds(ground.geometry)
    size = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    planar = shapely.area(ground.geometry)
    sparse = (size > _SPARSE * planar) & (planar > 0)
    out, owner = [boxes[~sparse]], [np.flatnonzero(~sparse)]
    for row in np.flatnonzero(sparse):
        cells = _cells(boxes[row])
        entered = kernel.intersects(kernel.array_of([ground.geometry[row]] * len(cells)), shapely.box(*cells.T))
        out.append(cells[entered])
        owner.append(np.full(int(entered.sum()), row))
    return np.concatenate(out), np.concatenate(owner).astype(np.int64)


def _cells(box: FloatArray) -> FloatArray:
    x = np.linspace(box[0], box[2], _GRID + 1)
    y = np.linspace(box[1], box[3], _GRID + 1)
    i, j = (axis.ravel() for axis in np.meshgrid(np.arange(_GRID), np.arange(_GRID), indexing="ij"))
    return np.column_stack([x[i], y[j], x[i + 1], y[j + 1]])


def _shares(ground: Ground, layer: Layer, feature: IntArray, pieces: GeometryArray) -> FloatArray:
    """Each piece's part of its feature, both by the density around the feature."""
    rows, of = np.unique(feature, return_inverse=True)
    features = layer.geometry[rows]
    density = Density.around(features, ground.plane)
    own = density.measure(features, np.arange(len(rows)))[of]
    part = density.measure(pieces, of.astype(np.int64))
    out = np.divide(part, own, out=np.zeros(len(part)), where=own > 0)
    return np.clip(out, 0.0, 1.0)


def _gap(ground: Ground, layer: Layer, parcel: IntArray, pieces: GeometryArray) -> GeometryArray:
    """For each parcel the ground for which the layer says nothing."""
    outside = outside_coverage(ground, layer.coverage)
    if not kernel.is_empty(outside).all():
        for row in np.unique(parcel):
            seen = kernel.union_all(pieces[parcel == row])
            outside[row] = kernel.difference(outside[row : row + 1], kernel.array_of([seen]))[0]
    return with_invalid(ground, outside, layer.invalid)


def outside_coverage(ground: Ground, coverage: Coverage) -> GeometryArray:
    """The ground of each parcel outside the declared coverage; all of it where nothing was declared."""
    if coverage.kind is CoverageKind.UNDECLARED:
        return ground.geometry.copy()
    if coverage.region is None:
        return kernel.empty_ground(len(ground.parcels))
    regions = kernel.array_of([coverage.region] * len(ground.parcels))
    return kernel.difference(ground.geometry, regions)


def with_invalid(ground: Ground, gap: GeometryArray, boxes: GeometryArray, width: float = 0.0) -> GeometryArray:
    """A gap joined with the ground within `width` metres of the boxes of invalid features."""
    if len(boxes) == 0:
        return gap
    doubtful: Geometry = kernel.union_all(kernel.array_of([kernel.grown(b, width) for b in boxes] if width else boxes))
    inside = kernel.intersection(ground.geometry, kernel.array_of([doubtful] * len(ground.parcels)))
    return kernel.union(gap, inside)
