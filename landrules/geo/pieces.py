"""Pieces: one layer laid over one proposal's ground, as one table that every rule reads.

A row is the ground that one parcel and one feature share, with its area fitted to the parcel and its share of the
feature. The table knows nothing of rules: a norm selects rows by a mask and asks for the union's area, a sum
apportioned from the features' attributes, or the ground it could not see. Rows that overlap never count twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from landrules.geo import kernel
from landrules.geo.area import NOISE_M2, exact, noise, rounded, total
from landrules.geo.ground import Extent, Ground
from landrules.geo.index import pairs_within
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.site import Geometry, GeometryArray

_SHARE_PARTS = 10**12


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Rows sorted by parcel, then by feature.

    `parcel` and `feature` are rows of the ground and of the layer; `area` is in m², unrounded, fitted to the parcel;
    `share` is the piece's part of the feature's own ellipsoidal area, 0 to 1; `width` its equivalent width in metres.
    `gap` is, for each parcel, the ground for which the layer says nothing: outside the declared coverage where no
    feature lies, and the boxes of invalid features (with the features that lie in them). `overlapping` holds pairs of
    rows (earlier, later) that share ground.
    """

    layer: str
    ground: Ground
    parcel: IntArray
    feature: IntArray
    geometry: GeometryArray
    area: FloatArray
    share: FloatArray
    width: FloatArray
    gap: GeometryArray
    overlapping: IntArray

    def __len__(self) -> int:
        return len(self.area)

    @property
    def is_disjoint(self) -> bool:
        """Whether no two rows share ground."""
        return len(self.overlapping) == 0

    def select(self, mask: BoolArray) -> Pieces:
        """The rows of a mask; the gap stays that of the layer."""
        chosen = np.asarray(mask, dtype=np.bool_)
        pairs = self.overlapping
        if len(pairs):
            renumbered = np.cumsum(chosen) - 1
            pairs = renumbered[pairs[chosen[pairs].all(axis=1)]]
        return replace(
            self,
            parcel=self.parcel[chosen],
            feature=self.feature[chosen],
            geometry=self.geometry[chosen],
            area=self.area[chosen],
            share=self.share[chosen],
            width=self.width[chosen],
            overlapping=pairs,
        )

    def net_areas(self) -> FloatArray:
        """The area in m² that each row adds to the rows before it: its own where nothing overlaps."""
        if self.is_disjoint:
            return self.area
        out = self.area.copy()
        later = np.unique(self.overlapping[:, 1])
        rest = kernel.empty_ground(len(later))
        for k, row in enumerate(later):
            before = self.overlapping[self.overlapping[:, 1] == row, 0]
            earlier = kernel.array_of([kernel.union_all(self.geometry[before])])
            rest[k] = kernel.difference(self.geometry[row : row + 1], earlier)[0]
        out[later] = self.ground.measure(rest, self.parcel[later])
        return out

    def union_area(self) -> Fraction:
        """The area in m² of the rows' union, not rounded to what is printed; ground covered twice counts once."""
        return exact(total(self.net_areas()))

    def rounded_area(self) -> Decimal:
        """The union's area in m², rounded half-up to 0.01: what a norm compares."""
        return rounded(self.union_area())

    def shares(self) -> tuple[Fraction, ...]:
        """Each row's part of its feature, without ground that an earlier row has already counted."""
        part = self.share
        if not self.is_disjoint:
            part = part * np.divide(self.net_areas(), self.area, out=np.zeros(len(self)), where=self.area > 0)
        return tuple(Fraction(round(s * _SHARE_PARTS), _SHARE_PARTS) for s in part.tolist())

    def apportioned(self, values: Sequence[Fraction | None]) -> Fraction | None:
        """The sum over the rows of a feature's value times the row's share of the feature, unrounded.

        `values` go with the rows, in the attribute's base unit. `None` where any row's value is unknown: such a sum is
        unknown, never smaller. Net cultivated area is the apportioned TBDLMJ (design.md section 4).
        """
        if len(values) != len(self):
            raise ValueError(f"{len(values)} values for {len(self)} rows")
        known = [v for v in values if v is not None]
        if len(known) < len(self):
            return None
        return sum((v * s for v, s in zip(known, self.shares(), strict=True)), Fraction(0))

    def extent(self) -> Extent:
        """The rows' ground, parcel by parcel."""
        out = kernel.empty_ground(len(self.ground.parcels))
        for row in np.unique(self.parcel):
            out[row] = kernel.union_all(self.geometry[self.parcel == row])
        return Extent(self.ground, out)

    def outside(self, extent: Extent) -> Pieces:
        """The rows without some ground: areas and shares shrink with what is taken away; rows wholly in it are gone."""
        rest = kernel.difference(self.geometry, extent.geometry[self.parcel])
        area = self.ground.measure(rest, self.parcel)
        left = np.divide(area, self.area, out=np.zeros(len(self)), where=self.area > 0)
        width = kernel.equivalent_width(rest)
        shrunk = replace(self, geometry=rest, area=area, share=self.share * left, width=width)
        return shrunk.select(width > kernel.ARITHMETIC_WIDTH)

    def union_geometry(self) -> Geometry:
        """One geometry for all rows, in normal form."""
        return kernel.union_all(self.geometry)

    def uncovered(self) -> Extent:
        """The ground for which the layer says nothing, apart from the rows' own: it may hold more of what they are."""
        gap = Extent(self.ground, self.gap)
        if len(self) == 0 or kernel.is_empty(self.gap).all():
            return gap
        return gap.minus(self.extent())

    def uncovered_area(self) -> Fraction:
        """The area in m² of `uncovered`."""
        return self.uncovered().area()

    def noise(self, precision_m: float) -> BoolArray:
        """Rows that are numeric noise: at most 0.01 m², or no wider than the coordinates' precision in metres."""
        out: BoolArray = (self.width <= max(precision_m, kernel.ARITHMETIC_WIDTH)) | noise(self.area)
        return out

    def is_noise(self, precision_m: float) -> bool:
        """Whether the rows together are noise: a sum of at most 0.01 m², or touches no wider than the precision."""
        narrow = self.width <= max(precision_m, kernel.ARITHMETIC_WIDTH)
        return bool(narrow.all()) or self.union_area() <= NOISE_M2

    def parcels_touched(self, precision_m: float = 0.0) -> tuple[str, ...]:
        """Ids of the parcels with a row that is more than noise, sorted as the ground is."""
        rows = np.unique(self.parcel[~self.noise(precision_m)])
        return tuple(self.ground.parcels[i].id for i in rows)

    def lie_within(self, region: Geometry, precision_m: float) -> bool:
        """Whether a region of the plane holds every row, apart from slivers no wider than the precision in metres."""
        rest = kernel.difference(self.geometry, kernel.array_of([region] * len(self)))
        return bool((kernel.equivalent_width(rest) <= max(precision_m, kernel.ARITHMETIC_WIDTH)).all())


def table(
    layer: str,
    ground: Ground,
    parcel: IntArray,
    feature: IntArray,
    geometry: GeometryArray,
    share: FloatArray,
    gap: GeometryArray,
) -> Pieces:
    """A table from cut ground: areas fitted, rows narrower than the arithmetic of coordinates left out."""
    width = kernel.equivalent_width(geometry)
    real = width > kernel.ARITHMETIC_WIDTH
    parcel, feature, geometry, share, width = parcel[real], feature[real], geometry[real], share[real], width[real]
    area = ground.measure(geometry, parcel)
    pairs = _overlapping(ground, parcel, geometry)
    return Pieces(layer, ground, parcel, feature, geometry, area, share, width, gap, pairs)


def _overlapping(ground: Ground, parcel: IntArray, geometry: GeometryArray) -> IntArray:
    """Pairs of rows (earlier, later) that share ground; rows of different parcels do only where parcels overlap."""
    i, j = pairs_within(geometry)
    if not ground.is_overlapping:
        same = parcel[i] == parcel[j]
        i, j = i[same], j[same]
    shared = kernel.shares_ground(geometry[i], geometry[j])
    return np.column_stack([i[shared], j[shared]]).astype(np.int64)


def without(ground: Ground, *covering: Pieces) -> Extent:
    """The ground that no row of the given tables covers; with their union it makes up each parcel's survey area."""
    rest = ground.whole()
    for pieces in covering:
        rest = rest.minus(pieces.extent())
    return rest
