"""Pieces as they would be if a layer's edges lay elsewhere: by no more than the layer's positional accuracy.

An edge moved against its feature takes ground away along it; one moved outward gives ground, or reaches a parcel it
stopped short of. The parcels stay where they are: what the applicant drew is what is asked for. Edges that features of
one selection share are no edges of the selection.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import shapely

from landrules.base.frozen import replace
from landrules.geo import kernel
from landrules.geo.area import exact, total
from landrules.geo.distinct import distinct
from landrules.geo.ground import Extent
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.nearest import Pairs, pairs_near
from landrules.geo.pieces import Pieces, table
from landrules.geo.site import Geometry, GeometryArray, Layer
from landrules.geo.within import ground_within_each

_TOUCH = 1e-6
"""Metres by which an edge may miss the outline of a parcel and still run along it."""


def edges_of(pieces: Pieces, layer: Layer, accuracy: float) -> GeometryArray:
    """For each parcel the edge of the union of the features that its pieces are of, where it can matter, as lines."""
    out = kernel.empty_ground(len(pieces.ground.parcels))
    for row in distinct(pieces.parcel):
        own = pieces.parcel == row
        west, south, east, north = shapely.total_bounds(pieces.geometry[own])
        far = 4.0 * accuracy + 1.0  # the cut itself makes an edge, which must be too far away to count
        window = kernel.array_of([shapely.box(west - far, south - far, east + far, north + far)])
        features = layer.geometry[distinct(pieces.feature[own])]
        there = kernel.intersection(features, np.repeat(window, len(features)))
        out[row] = kernel.boundary(kernel.union_all(there))
    return out


def pulled_back(pieces: Pieces, layer: Layer, accuracy: float) -> Pieces:
    """What is left of pieces if the edge of their features lay `accuracy` metres farther in; what is gone is no row."""
    edges = edges_of(pieces, layer, accuracy)
    count = len(edges)
    taken = ground_within_each(pieces.extent().geometry, edges, np.full(count, accuracy))
    return pieces.outside(Extent(pieces.ground, taken))


def edge_length(pieces: Pieces, layer: Layer, accuracy: float) -> float:
    """The length in metres of the features' edge inside the parcels, the parcels' own outline included."""
    edges = edges_of(pieces, layer, accuracy)
    rows = distinct(pieces.parcel)
    parcels = shapely.buffer(pieces.ground.geometry[rows], _TOUCH, join_style="mitre")
    return float(shapely.length(shapely.intersection(edges[rows], parcels)).sum())


def neighbours(pieces: Pieces, layer: Layer, accuracy: float, precision_m: float) -> Pairs:
    """Pairs of a parcel and a feature no farther apart than the accuracy that share nothing, or nothing but noise."""
    found = pairs_near(pieces.ground, layer.geometry, accuracy)
    real = ~pieces.noise(precision_m)
    met = set(zip(pieces.parcel[real].tolist(), pieces.feature[real].tolist(), strict=True))
    pairs = zip(found.first.tolist(), found.second.tolist(), strict=True)
    free = np.array([pair not in met for pair in pairs], dtype=np.bool_)
    return Pairs(found.first[free], found.second[free], found.distance[free])


def reaching(pieces: Pieces, layer: Layer, near: Pairs, accuracy: float) -> Pieces:
    """The pieces, and those that some near features would have if their edges lay `accuracy` metres farther out."""
    added = set(zip(near.first.tolist(), near.second.tolist(), strict=True))
    pairs = zip(pieces.parcel.tolist(), pieces.feature.tolist(), strict=True)
    kept = pieces.select(np.array([pair not in added for pair in pairs], dtype=np.bool_))
    parcels, features = kept.ground.geometry[near.first], layer.geometry[near.second]
    shapes = ground_within_each(parcels, features, np.full(len(parcels), accuracy))
    whole = shapely.area(features)
    share = np.divide(shapely.area(shapes), whole, out=np.zeros(len(shapes)), where=whole > 0)
    return _joined(kept, near.first, near.second, shapes, np.minimum(share, 1.0))


def instead(pieces: Pieces, rows: IntArray, moved: Pieces) -> Pieces:
    """The pieces with others in the place of some rows: those rows as they are elsewhere, or gone."""
    others = np.ones(len(pieces), dtype=np.bool_)
    others[rows] = False
    return _joined(pieces.select(others), moved.parcel, moved.feature, moved.geometry, moved.share)


def _joined(pieces: Pieces, parcel: IntArray, feature: IntArray, geometry: GeometryArray, share: FloatArray) -> Pieces:
    """The rows of a table and others, as one table on the same ground beside the same gap."""
    parcel, feature = np.concatenate([pieces.parcel, parcel]), np.concatenate([pieces.feature, feature])
    order = np.lexsort((feature, parcel))
    shapes: GeometryArray = np.concatenate([pieces.geometry, geometry])[order]
    shares: FloatArray = np.concatenate([pieces.share, share])[order]
    return table(pieces.layer, pieces.ground, parcel[order], feature[order], shapes, shares, pieces.gap)


def grown_by(pieces: Pieces, more: FloatArray) -> Pieces:
    """The pieces with so many m² more each, or less; a row of which nothing is left is gone. Geometry stays as it is."""
    area = pieces.area + more
    return replace(pieces, area=area).select(area > 0.0)


def most_by_edges(pieces: Pieces, layer: Layer, accuracy: float) -> FloatArray:
    """For each row m² that it cannot gain or lose more of: its feature's whole edge moved, wherever it runs.

    An upper bound that draws nothing; an edge of length L and n corners moved by d sweeps at most L d + n pi d² / 2.
    """
    used, of = np.unique(pieces.feature, return_inverse=True)
    features = layer.geometry[used]
    corners = shapely.get_num_coordinates(features) * (np.pi * accuracy**2 / 2.0)
    most: FloatArray = shapely.length(features) * accuracy + corners
    return most[of]


def slivers(pieces: Pieces, layer: Layer, accuracy: float) -> tuple[Fraction, int]:
    """How much of some ground, in m², lies nowhere deeper in its feature than the accuracy, and in how many parts.

    What is deeper anywhere is no sliver, with all that hangs together with it.
    """
    parts, of = shapely.get_parts(pieces.geometry, return_index=True)
    features = layer.geometry[pieces.feature[of]]
    thin = np.array([_is_sliver(p, f, accuracy) for p, f in zip(parts, features, strict=True)], dtype=np.bool_)
    return exact(total(pieces.ground.measure(parts[thin], pieces.parcel[of[thin]]))), int(thin.sum())


def _is_sliver(part: Geometry, feature: Geometry, accuracy: float) -> bool:
    """Whether no point of a part lies deeper in its feature than the accuracy."""
    if float(kernel.equivalent_width(kernel.array_of([part]))[0]) > 4.0 * accuracy:
        return False
    taken = kernel.ground_within(part, kernel.boundary(feature), accuracy)
    rest = kernel.difference(kernel.array_of([part]), kernel.array_of([taken]))
    return bool(kernel.equivalent_width(rest)[0] <= kernel.ARITHMETIC_WIDTH)
