"""Which features lie near: pairs within a reach, and for each target the nearest feature, with exact distances.

Boxes and prepared outlines only sieve; the distance that counts is measured between the whole shapes, so the answers
are those of a loop over every pair (a property test says so). Of features equally near the first by order is taken.
"""

from __future__ import annotations

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.cut import candidates
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.site import GeometryArray

_SLACK = 1e-6
"""Metres by which a sieve is wider than what it sieves for."""


@frozen(eq=False)
class Pairs:
    """Rows of two lists of shapes, sorted by both, and how far they lie apart in metres."""

    first: IntArray
    second: IntArray
    distance: FloatArray

    @classmethod
    def of(cls, a: GeometryArray, b: GeometryArray, first: IntArray, second: IntArray) -> Pairs:
        """The exact distances of some pairs; those that meet are told by a prepared predicate, which takes a tenth."""
        distance = np.zeros(len(first))
        apart = np.flatnonzero(~kernel.intersects(a[first], b[second]))
        distance[apart] = kernel.distance(a[first[apart]], b[second[apart]])
        return cls(first, second, distance)


def pairs_near(ground: Ground, features: GeometryArray, reach: float, index: BoxIndex | None = None) -> Pairs:
    """Every pair of a parcel and a feature that lie no farther apart than `reach` metres."""
    tree = BoxIndex.of(features) if index is None else index
    parcel, feature = candidates(ground, tree, reach + _SLACK)
    return _no_farther(ground.geometry, features, parcel, feature, reach)


def pairs_no_farther(a: GeometryArray, b: GeometryArray, reach: float) -> Pairs:
    """Every pair of two lists of shapes that lie no farther apart than `reach` metres."""
    boxes: FloatArray = shapely.bounds(a) + (reach + _SLACK) * np.array([-1.0, -1.0, 1.0, 1.0])
    return _no_farther(a, b, *BoxIndex.of(b).pairs(boxes), reach)


def _no_farther(a: GeometryArray, b: GeometryArray, first: IntArray, second: IntArray, reach: float) -> Pairs:
    shapely.prepare(a)
    close = shapely.dwithin(a[first], b[second], reach + _SLACK)
    found = Pairs.of(a, b, first[close], second[close])
    kept = found.distance <= reach
    return Pairs(found.first[kept], found.second[kept], found.distance[kept])


def nearest(targets: GeometryArray, features: GeometryArray) -> Pairs:
    """The nearest feature of each target: none for an empty target, nor where there are no features."""
    tree = shapely.STRtree(features)
    (asked, _), at_most = tree.query_nearest(targets, all_matches=False, return_distance=True)
    if len(asked) == 0:
        none = np.empty(0, dtype=np.int64)
        return Pairs(none, none, np.empty(0))
    row, feature = tree.query(targets[asked], predicate="dwithin", distance=at_most + _SLACK)
    order = np.lexsort((feature, row))
    found = Pairs.of(targets[asked], features, row[order].astype(np.int64), feature[order].astype(np.int64))
    by_distance = np.lexsort((found.second, found.distance, found.first))
    best = by_distance[np.unique(found.first[by_distance], return_index=True)[1]]
    return Pairs(asked[found.first[best]].astype(np.int64), found.second[best], found.distance[best])
