"""Pieces: one layer laid over one proposal's ground, as one table that every rule reads.

A row is the ground that one parcel and one feature share, with its area fitted to the parcel and its share of the
feature. The table knows nothing of rules: a norm selects rows by a mask and asks for the union's area, a sum
apportioned from the features' attributes, or the ground it could not see. Rows that overlap never count twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from math import lcm

import numpy as np

from landrules.base.frozen import frozen, replace
from landrules.geo import kernel
from landrules.geo.area import NOISE_M2, exact, noise, rounded, total
from landrules.geo.distinct import distinct
from landrules.geo.ground import Extent, Ground
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.rows import LEAST_GROUND, Rows
from landrules.geo.site import Geometry, GeometryArray

_SHARE_PARTS = 10**12


class Gap:
    """For each parcel the ground for which a layer says nothing, drawn when it is first asked for."""

    __slots__ = ("_draw", "_drawn")

    def __init__(self, draw: Callable[[], GeometryArray]) -> None:
        self._draw = draw
        self._drawn: GeometryArray | None = None

    @classmethod
    def of(cls, geometry: GeometryArray) -> Gap:
        """A gap that is known."""
        return cls(lambda: geometry)

    @property
    def geometry(self) -> GeometryArray:
        """One polygon a parcel, empty where the layer answers everywhere."""
        if self._drawn is None:
            self._drawn = self._draw()
            self._drawn.flags.writeable = False
        return self._drawn


class _Memo:
    """What a table was asked before."""

    __slots__ = ("extent", "is_gapless", "net", "uncovered", "union")

    def __init__(self) -> None:
        self.extent: Extent | None = None
        self.uncovered: Extent | None = None
        self.union: Geometry | None = None
        self.net: FloatArray | None = None
        self.is_gapless: bool | None = None


@frozen(eq=False)
class Pieces:
    """Rows sorted by parcel, then by feature.

    `parcel` and `feature` are rows of the ground and of the layer; `area` is in m², unrounded, fitted to the parcel.
    What else is known of a row is worked out when asked for: `rows` holds it for the whole table, `chosen` are this
    table's rows in it. `hidden` is the ground for which the layer says nothing: outside the declared coverage where no
    feature lies, and the boxes of invalid features (with the features that lie in them).
    """

    layer: str
    ground: Ground
    parcel: IntArray
    feature: IntArray
    area: FloatArray
    rows: Rows
    chosen: IntArray
    hidden: Gap
    _memo: _Memo = field(default_factory=_Memo, init=False, repr=False)

    def __len__(self) -> int:
        return len(self.area)

    @property
    def geometry(self) -> GeometryArray:
        """The ground of each row, in normal form; drawn by GEOS for all rows, once (`shape` draws one)."""
        return self.rows.geometry(self.chosen)

    def shape(self, row: int) -> Geometry:
        """The ground of one row."""
        return self.rows.geometry(self.chosen[row : row + 1])[0]

    @property
    def width(self) -> FloatArray:
        """The equivalent width of each row in metres; draws them (`noise` draws only where a bound does not decide)."""
        return self.rows.width(self.chosen)

    @property
    def share(self) -> FloatArray:
        """Each row's part of its feature's own ellipsoidal area, 0 to 1."""
        return self.rows.share(self.chosen)

    @property
    def gap(self) -> GeometryArray:
        """For each parcel the ground for which the layer says nothing."""
        return self.hidden.geometry

    @property
    def is_gapless(self) -> bool:
        """Whether the layer answers everywhere on the ground."""
        if self._memo.is_gapless is None:
            self._memo.is_gapless = bool(kernel.is_empty(self.gap).all())
        return self._memo.is_gapless

    @property
    def overlapping(self) -> IntArray:
        """Pairs of rows (earlier, later) that share ground."""
        pairs = self.rows.overlapping()
        if len(pairs) == 0:
            return pairs
        place = np.full(len(self.rows.parcel), -1, dtype=np.int64)
        place[self.chosen] = np.arange(len(self.chosen))
        own = place[pairs]
        return own[(own >= 0).all(axis=1)]

    @property
    def is_disjoint(self) -> bool:
        """Whether no two rows share ground."""
        return len(self) < 2 or len(self.overlapping) == 0

    def select(self, mask: BoolArray) -> Pieces:
        """The rows of a mask; the gap stays that of the layer."""
        kept = np.asarray(mask, dtype=np.bool_)
        if kept.all():
            return self
        return replace(
            self,
            parcel=self.parcel[kept],
            feature=self.feature[kept],
            area=self.area[kept],
            chosen=self.chosen[kept],
        )

    def with_gap(self, gap: GeometryArray) -> Pieces:
        """The same rows beside another gap."""
        return replace(self, hidden=Gap.of(gap))

    def with_geometry(self, geometry: GeometryArray) -> Pieces:
        """The same rows with other ground, whose areas and shares are measured anew by what is left of each."""
        area = self.ground.measure(geometry, self.parcel)
        left = np.divide(area, self.area, out=np.zeros(len(self)), where=self.area > 0)
        rows = Rows.drawn(self.ground, self.parcel, self.feature, geometry, lambda: self.share * left)
        return replace(self, area=area, rows=rows, chosen=np.arange(len(self)))

    def net_areas(self) -> FloatArray:
        """The area in m² that each row adds to the rows before it: its own where nothing overlaps."""
        if self._memo.net is None:
            self._memo.net = self.area if self.is_disjoint else self._dissolved()
        return self._memo.net

    def _dissolved(self) -> FloatArray:
        out = self.area.copy()
        pairs, geometry = self.overlapping, self.geometry
        later = distinct(pairs[:, 1])
        rest = kernel.empty_ground(len(later))
        for k, row in enumerate(later):
            before = pairs[pairs[:, 1] == row, 0]
            earlier = kernel.array_of([kernel.union_all(geometry[before])])
            rest[k] = kernel.difference(geometry[row : row + 1], earlier)[0]
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
        return tuple(Fraction(s, _SHARE_PARTS) for s in self._parts())

    def _parts(self) -> list[int]:
        """The same, in parts of `_SHARE_PARTS`."""
        part = self.share
        if not self.is_disjoint:
            part = part * np.divide(self.net_areas(), self.area, out=np.zeros(len(self)), where=self.area > 0)
        return [round(s * _SHARE_PARTS) for s in part.tolist()]

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
        below = lcm(*(v.denominator for v in known))  # whole numbers are summed, and one divisor is looked for
        whole = sum(v.numerator * (below // v.denominator) * s for v, s in zip(known, self._parts(), strict=True))
        return Fraction(whole, below * _SHARE_PARTS)

    def extent(self) -> Extent:
        """The rows' ground, parcel by parcel."""
        if self._memo.extent is None:
            out, geometry = kernel.empty_ground(len(self.ground.parcels)), self.geometry
            for row in distinct(self.parcel):
                out[row] = kernel.union_all(geometry[self.parcel == row])
            self._memo.extent = _kept(Extent(self.ground, out))
        return self._memo.extent

    def outside(self, extent: Extent) -> Pieces:
        """The rows without some ground: areas and shares shrink with what is taken away; rows wholly in it are gone."""
        if len(self) == 0 or kernel.is_empty(extent.geometry[self.parcel]).all():
            return self
        rest = self.with_geometry(kernel.difference(self.geometry, extent.geometry[self.parcel]))
        return rest.select(~rest.rows.is_narrow(rest.chosen, kernel.ARITHMETIC_WIDTH))

    def leaving(self, taken: Pieces) -> Pieces:
        """The rows `outside` the ground of others: drawn only where rows of two tables, or rows that overlap, are told apart.

        Of one table the rows taken are gone, and where no rows share ground the rest stay as they are.
        """
        both = self.joined(taken)
        if both is None or not both.is_disjoint:
            return self.outside(taken.extent())
        gone = np.zeros(len(self.rows.parcel), dtype=np.bool_)
        gone[taken.chosen] = True
        return self.select(~gone[self.chosen])

    def joined(self, other: Pieces) -> Pieces | None:
        """The rows of either, where both are selections from one table; `None` where they are not."""
        if self.rows is not other.rows:
            return None
        chosen = distinct(np.concatenate([self.chosen, other.chosen]))
        area = np.zeros(len(self.rows.parcel))
        area[other.chosen], area[self.chosen] = other.area, self.area
        parcel, feature = self.rows.parcel[chosen], self.rows.feature[chosen]
        return replace(self, parcel=parcel, feature=feature, area=area[chosen], chosen=chosen)

    @property
    def is_everywhere(self) -> bool:
        """Whether the areas alone show that the rows leave nothing of any parcel that could be told from rounding."""
        if not self.is_disjoint or self.ground.is_overlapping:
            return False
        filled = np.bincount(self.parcel, weights=self.area, minlength=len(self.ground.parcels))
        return bool((self.ground.surveyed - filled <= LEAST_GROUND).all())

    def union_geometry(self) -> Geometry:
        """One geometry for all rows, in normal form."""
        if self._memo.union is None:
            self._memo.union = kernel.union_all(self.geometry)
        return self._memo.union

    def uncovered(self) -> Extent:
        """The ground for which the layer says nothing, apart from the rows' own: it may hold more of what they are."""
        if self._memo.uncovered is None:
            gap = Extent(self.ground, self.gap)
            if len(self) and not self.is_gapless:
                gap = self.ground.nothing() if self.is_everywhere else gap.minus(self.extent())
            self._memo.uncovered = _kept(gap)
        return self._memo.uncovered

    def uncovered_area(self) -> Fraction:
        """The area in m² of `uncovered`."""
        if self.is_gapless:
            return Fraction(0)
        return self.uncovered().area()

    def noise(self, precision_m: float) -> BoolArray:
        """Rows that are numeric noise: at most 0.01 m², or no wider than the coordinates' precision in metres."""
        out = noise(self.area)
        rest = np.flatnonzero(~out)
        out[rest] = self.rows.is_narrow(self.chosen[rest], max(precision_m, kernel.ARITHMETIC_WIDTH))
        return out

    def is_noise(self, precision_m: float) -> bool:
        """Whether the rows together are noise: a sum of at most 0.01 m², or touches no wider than the precision."""
        if self.union_area() <= NOISE_M2:
            return True
        return bool(self.rows.is_narrow(self.chosen, max(precision_m, kernel.ARITHMETIC_WIDTH)).all())

    def parcels_touched(self, precision_m: float = 0.0) -> tuple[str, ...]:
        """Ids of the parcels with a row that is more than noise, sorted as the ground is."""
        rows = distinct(self.parcel[~self.noise(precision_m)])
        return tuple(self.ground.parcels[i].id for i in rows)

    def lie_within(self, region: Geometry, precision_m: float) -> bool:
        """Whether a region of the plane holds every row, apart from slivers no wider than the precision in metres."""
        rest = kernel.difference(self.geometry, kernel.array_of([region] * len(self)))
        return bool((kernel.equivalent_width(rest) <= max(precision_m, kernel.ARITHMETIC_WIDTH)).all())


def _kept(extent: Extent) -> Extent:
    """An extent that is given out more than once, and so must stay as it is."""
    extent.geometry.flags.writeable = False
    return extent


def table(
    layer: str,
    ground: Ground,
    parcel: IntArray,
    feature: IntArray,
    geometry: GeometryArray,
    share: FloatArray,
    gap: GeometryArray | Gap,
) -> Pieces:
    """A table from cut ground: areas fitted, rows narrower or smaller than the arithmetic of coordinates left out."""
    rows = Rows.drawn(ground, parcel, feature, geometry, lambda: share)
    all_rows = np.arange(len(parcel))
    area = ground.measure(geometry, parcel)
    real = np.flatnonzero((rows.width(all_rows) > kernel.ARITHMETIC_WIDTH) & (area > LEAST_GROUND))
    hidden = gap if isinstance(gap, Gap) else Gap.of(gap)
    return Pieces(layer, ground, parcel[real], feature[real], area[real], rows, real, hidden)


def without(ground: Ground, *covering: Pieces) -> Extent:
    """The ground that no row of the given tables covers; with their union it makes up each parcel's survey area."""
    rest = ground.whole()
    for pieces in covering:
        if pieces.is_everywhere:
            return ground.nothing()
        if len(pieces):
            rest = rest.minus(pieces.extent())
    return rest
