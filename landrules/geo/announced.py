"""Announced polygons before computed strips: where an authority has drawn a zone, its polygon is the zone.

Which stretch of a strip an announced polygon stands for no layer says. It is taken so: within the widest width that the
norm knows of an announced polygon, a computed strip gives way, if that polygon lies as near to the strip's feature.
Elsewhere along the feature the computed strip stands. So cutting a parcel changes nothing, and no polygon far away
frees ground here. Where the announced layer says nothing, a polygon may be there: a computed strip within the widest
width of that ground is neither in nor out.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from landrules.base.frozen import frozen, replace
from landrules.base.valuetype import Absence, Missing, Value
from landrules.geo import kernel
from landrules.geo.cut import cut, outside_coverage, with_invalid
from landrules.geo.ground import Extent, Ground
from landrules.geo.kernel import IntArray
from landrules.geo.nearest import Pairs, pairs_no_farther
from landrules.geo.pieces import table
from landrules.geo.site import GeometryArray, Layer
from landrules.geo.strips import Strips, within_uncovered
from landrules.geo.within import ground_within_each


@frozen
class Preferred:
    """Strips in which announced polygons count.

    `layer` holds the features of the strips' layer and, from position `first` on, the announced polygons, each with the
    values of the feature it stands for. `doubt` is the ground of which it is open whether it belongs, because the
    announced layer says nothing there.
    """

    strips: Strips
    layer: Layer
    first: int
    doubt: Extent


def preferred(ground: Ground, layer: Layer, drawn: Strips, announced: Layer, owners: Collection[int]) -> Preferred:
    """Announced polygons and what they leave of computed strips.

    `owners` are the features that an announced polygon can stand for: those of the norm's selection.
    """
    width = float(drawn.widest)
    pieces = drawn.pieces
    beside = pairs_no_farther(announced.geometry, layer.geometry, width)
    unseen = with_invalid(ground, within_uncovered(ground, announced.coverage, width), announced.invalid, width)
    own_zones = _zones(pieces.feature, announced, beside)
    gone = ground_within_each(pieces.geometry, own_zones, np.full(len(pieces), width))
    kept = kernel.difference(pieces.geometry, gone)
    sure = kernel.difference(kept, unseen[pieces.parcel])
    own = cut(ground, announced)
    parcel = np.concatenate([pieces.parcel, own.parcel])
    feature = np.concatenate([pieces.feature, own.feature + len(layer.ids)])
    order = np.lexsort((feature, parcel))
    joined = table(
        pieces.layer,
        ground,
        parcel[order],
        feature[order],
        np.concatenate([sure, own.geometry])[order],
        np.concatenate([pieces.share, own.share])[order],
        Extent(ground, pieces.gap).minus(own.extent()).geometry,
    )
    may_give_way = pieces.with_geometry(kernel.intersection(kept, unseen[pieces.parcel])).extent()
    may_be_zone = Extent(ground, with_invalid(ground, outside_coverage(ground, announced.coverage), announced.invalid))
    doubt = may_give_way.union(may_be_zone).minus(own.extent())
    return Preferred(
        replace(drawn, pieces=joined), _with_polygons(layer, announced, owners, beside), len(layer.ids), doubt
    )


def _zones(features: IntArray, announced: Layer, beside: Pairs) -> GeometryArray:
    """For each of some features the announced polygons that lie beside it, as one shape."""
    found, of = np.unique(features, return_inverse=True)
    zones = kernel.empty_ground(len(found))
    for i in np.flatnonzero(np.isin(found, beside.second)):
        zones[i] = kernel.union_all(announced.geometry[beside.first[beside.second == found[i]]])
    return zones[of]


def _with_polygons(layer: Layer, announced: Layer, owners: Collection[int], beside: Pairs) -> Layer:
    """The layer with the announced polygons behind its features; each bears the values of the feature it stands for."""
    standing: list[int | None] = [None] * len(announced.ids)
    owning = np.isin(beside.second, sorted(owners))
    polygon, feature, far = beside.first[owning], beside.second[owning], beside.distance[owning]
    order = np.lexsort((feature, far, polygon))
    nearest, first = np.unique(polygon[order], return_index=True)
    for i, k in zip(nearest, order[first], strict=True):
        standing[int(i)] = int(feature[k])
    columns: dict[str, tuple[Value, ...]] = {}
    for name, values in layer.columns.items():
        absent = Missing(f"{layer.name}.{name}", Absence.NOT_SUPPLIED)
        columns[name] = (*values, *(absent if f is None else values[f] for f in standing))
    geometry: GeometryArray = np.concatenate([layer.geometry, announced.geometry])
    ids = (*layer.ids, *announced.ids)
    return replace(layer, geometry=geometry, ids=ids, columns=columns, whole=None, is_disjoint=False, is_gap_free=False)
