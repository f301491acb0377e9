"""Rings: second strips, measured from the edge of the first.

Ground nearer than the outer width to a feature and not nearer than the inner width to any feature of the selection.
Both widths go by feature. Ring and inner strip make up the outer strip, since one is what the other leaves of it.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from landrules.base.frozen import frozen, replace
from landrules.geo import kernel
from landrules.geo.ground import Extent, Ground
from landrules.geo.index import BoxIndex
from landrules.geo.site import Layer
from landrules.geo.strips import Strips, strips
from landrules.geo.within import ground_within_each


@frozen
class Inner:
    """The inner strips: one width in metres a feature, `None` where it has none.

    `perhaps` are features of which it is not known whether or how wide; no inner strip is wider than `widest`.
    """

    widths: tuple[Fraction | None, ...]
    perhaps: frozenset[int]
    widest: Fraction


def rings(ground: Ground, layer: Layer, outer: Strips, inner: Inner, index: BoxIndex | None = None) -> Strips:
    """What the inner strips leave of the outer ones.

    Ground that an inner strip may take is neither in nor out: of a feature unseen, it goes to the gap; of a feature in
    `perhaps`, it is left out, and `unsettled` names the feature.
    """
    first = strips(ground, layer, inner.widths, widest=inner.widest, index=index)
    taken = first.pieces.extent()
    drawn = outer.pieces.extent()
    left = outer.pieces.outside(taken)
    ring = left.extent()
    unsettled: list[int] = []
    for feature in sorted(inner.perhaps):
        most = _reach_of(ground, layer, feature, inner.widest)
        if not kernel.is_empty(ring.shared_with(most).geometry).all():
            unsettled.append(feature)
            left = left.outside(most)
    unseen = Extent(ground, first.pieces.gap)
    gap = Extent(ground, outer.pieces.gap).union(drawn.shared_with(unseen)).minus(taken)
    return replace(outer, pieces=left.outside(unseen).with_gap(gap.geometry), unsettled=tuple(unsettled))


def _reach_of(ground: Ground, layer: Layer, feature: int, width: Fraction) -> Extent:
    """The ground within a width of one feature."""
    source = layer.geometry[feature]
    count = len(ground.geometry)
    return Extent(
        ground,
        ground_within_each(ground.geometry, kernel.array_of([source] * count), np.full(count, float(width))),
    )
