"""Ground that left a layer: an edition's features without those of newer editions.

A newer edition proves that ground has left only where it covers the place and none of its features is invalid there;
elsewhere the ground is unknown, and is no part of what is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.area import exact, of_features
from landrules.geo.kernel import IntArray
from landrules.geo.site import Coverage, CoverageKind, GeometryArray, Layer, Plane


@frozen
class Left:
    """What is left of an older edition's features: their rows, the ground, and its part of the feature's own area."""

    rows: tuple[int, ...]
    geometry: GeometryArray
    share: tuple[Fraction, ...]


def ground_left(older: Layer, newer: Sequence[Layer], plane: Plane) -> Left:
    """The ground of an older edition that no newer one holds any more."""
    geometry = older.geometry
    for layer in newer:
        if layer.coverage.kind is CoverageKind.UNDECLARED:
            geometry = kernel.empty_ground(len(geometry))
        elif layer.coverage.region is not None:
            geometry = kernel.intersection(geometry, kernel.array_of([layer.coverage.region] * len(geometry)))
        there = kernel.union_all(np.concatenate([layer.geometry, layer.invalid]))
        geometry = kernel.difference(geometry, kernel.array_of([there] * len(geometry)))
    rows: IntArray = np.flatnonzero(kernel.equivalent_width(geometry) > kernel.ARITHMETIC_WIDTH)
    left = geometry[rows]
    density, whole = of_features(older, rows, plane)
    part = density.measure(left, np.arange(len(rows)))
    share = tuple(exact(float(p)) / exact(float(w)) for p, w in zip(part, whole, strict=True))
    return Left(tuple(rows.tolist()), left, share)


def covered_by_all(layers: Sequence[Layer]) -> Coverage:
    """The ground that all of some editions cover."""
    stated = list(dict.fromkeys(layer.coverage.statement or layer.coverage.kind.value for layer in layers))
    if any(layer.coverage.kind is CoverageKind.UNDECLARED for layer in layers):
        return Coverage(CoverageKind.UNDECLARED)
    regions = [layer.coverage.region for layer in layers if layer.coverage.region is not None]
    if not regions:
        return Coverage(CoverageKind.COMPLETE, None, "; ".join(stated))
    both = kernel.array_of(regions[:1])
    for region in regions[1:]:
        both = kernel.intersection(both, kernel.array_of([region]))
    return Coverage(CoverageKind.REGION, both[0], "; ".join(stated))
