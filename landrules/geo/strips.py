"""Strips: ground within a width of a feature's edge, each feature with its own width.

The ground of the feature itself counts as within. Distances are exact; the area of a strip is cut from exact strips of
single edges, arcs within two millimetres. A feature whose width is not known gives no piece: it is listed with its
distance, so that a rule can say what remains possible. Coverage is seen shrunk by the widest width.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.area import exact
from landrules.geo.cut import outside_coverage, with_invalid
from landrules.geo.distinct import distinct
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.kernel import IntArray
from landrules.geo.nearest import Pairs, pairs_near
from landrules.geo.pieces import Gap, Pieces, table
from landrules.geo.site import Coverage, CoverageKind, GeometryArray, Layer
from landrules.geo.within import ground_within_each


@frozen
class Near:
    """A parcel or building and a feature near it: rows, the exact distance in metres, the width (`None`: unknown)."""

    parcel: int
    feature: int
    distance: Fraction
    width: Fraction | None

    @property
    def margin(self) -> Fraction | None:
        """Distance minus width in metres: negative inside the strip; `None` where the width is unknown."""
        return None if self.width is None else self.distance - self.width


@frozen
class Strips:
    """The strips of one layer on one ground.

    `pieces` are the strips of features of known width (`share` is 0: a strip is no part of its feature). `near` holds
    every pair within reach, sorted by parcel and feature, those of unknown width included. `widest` is the width in
    metres by which coverage was shrunk. `unsettled` are the features that may take ground away from what was drawn.
    """

    pieces: Pieces
    near: tuple[Near, ...]
    widest: Fraction
    unsettled: tuple[int, ...] = ()

    @property
    def of_unknown_width(self) -> tuple[Near, ...]:
        """Pairs whose feature has no known width: the strip may or may not reach the ground."""
        return tuple(n for n in self.near if n.width is None)

    def nearest(self, parcel: int) -> Near | None:
        """The pair of a parcel or building with the least margin, then distance; `None` where nothing is in reach."""
        return self.nearest_of_each().get(parcel)

    def nearest_of_each(self) -> dict[int, Near]:
        """`nearest` for every parcel or building that has anything in reach."""
        reached: dict[int, list[Near]] = {}
        for near in self.near:
            reached.setdefault(near.parcel, []).append(near)
        return {
            parcel: min(found, key=_first) if len(found) > 1 else found[0] for parcel, found in sorted(reached.items())
        }


def _first(near: Near) -> tuple[bool, Fraction | int, Fraction, int]:
    return near.margin is None, near.margin or 0, near.distance, near.feature


def strips(
    ground: Ground,
    layer: Layer,
    widths: Sequence[Fraction | None],
    *,
    widest: Fraction | None = None,
    reach: Fraction | None = None,
    index: BoxIndex | None = None,
) -> Strips:
    """The strips of a layer's features (polygons, lines or points) on some ground, one width in metres a feature.

    `widest` is the largest width that the norm can ask of any feature, seen or not: coverage is shrunk by it, and
    features of unknown width farther away cannot matter. Without it coverage is shrunk by the widest width given, and
    every feature of unknown width is listed. `reach` is how far to look for neighbours to report, at least `widest`.
    """
    if len(widths) != len(layer.ids):
        raise ValueError(f"{len(widths)} widths for {len(layer.ids)} features")
    most = max((w for w in (*widths, widest) if w is not None), default=Fraction(0))
    far = max(most, reach or Fraction(0))
    index = BoxIndex.of(layer.geometry) if index is None else index
    found = pairs_near(ground, layer.geometry, float(far), index)
    if widest is None:
        found = _with_unknown(found, ground, layer, widths)
    parcel, feature, distance = found.first, found.second, found.distance
    width = np.array([np.nan if (w := widths[f]) is None else float(w) for f in feature], dtype=np.float64)
    limit = np.where(np.isnan(width), np.inf if widest is None else float(most), float(far))
    kept = distance <= limit
    near = tuple(
        Near(int(p), int(f), exact(float(d)), widths[f])
        for p, f, d in zip(parcel[kept], feature[kept], distance[kept], strict=True)
    )
    met = ~np.isnan(width) & (distance <= np.nan_to_num(width))
    parcel, feature, width = parcel[met], feature[met], width[met]
    shapes = ground_within_each(ground.geometry[parcel], layer.geometry[feature], width)
    gap = Gap(lambda: _gap(ground, layer, parcel, shapes, float(most)))
    pieces = table(layer.name, ground, parcel, feature, shapes, np.zeros(len(parcel)), gap)
    return Strips(pieces, near, most)


def _with_unknown(found: Pairs, ground: Ground, layer: Layer, widths: Sequence[Fraction | None]) -> Pairs:
    """The pairs found, and every parcel with every feature of unknown width, however far."""
    rows = np.flatnonzero(~kernel.is_empty(ground.geometry))
    unknown = [f for f, w in enumerate(widths) if w is None and not shapely.is_empty(layer.geometry[f])]
    if not unknown:
        return found
    every = np.array([(p, f) for p in rows for f in unknown], dtype=np.int64).reshape(-1, 2)
    both = np.unique(np.concatenate([np.column_stack([found.first, found.second]), every]), axis=0)
    return Pairs.of(ground.geometry, layer.geometry, both[:, 0], both[:, 1])


def _gap(ground: Ground, layer: Layer, parcel: IntArray, shapes: GeometryArray, width: float) -> GeometryArray:
    """For each parcel the ground where a feature unseen could throw a strip: coverage shrunk by the widest width."""
    gap = within_uncovered(ground, layer.coverage, width)
    if not kernel.is_empty(gap).all():
        for row in distinct(parcel):
            own = kernel.union_all(shapes[parcel == row])
            gap[row] = kernel.difference(gap[row : row + 1], kernel.array_of([own]))[0]
    return with_invalid(ground, gap, layer.invalid, width)


def within_uncovered(ground: Ground, coverage: Coverage, width: float) -> GeometryArray:
    """For each parcel the ground outside a declared coverage, or within `width` metres of what lies outside."""
    gap = outside_coverage(ground, coverage)
    if coverage.kind is CoverageKind.UNDECLARED or coverage.region is None or width <= 0:
        return gap
    if ground.is_deep_in(coverage.region, width):
        return gap
    edge = kernel.boundary(coverage.region)
    near = np.flatnonzero(kernel.lies_within_distance(edge, ground.geometry, width))
    if len(near):
        rim = ground_within_each(ground.geometry[near], kernel.array_of([edge] * len(near)), np.full(len(near), width))
        gap[near] = kernel.union(gap[near], rim)
    return gap
