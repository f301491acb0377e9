"""Rows of a table as they were cut: measured at once, drawn only where somebody looks.

A row's area comes from the overlap kernel; its geometry is cut by GEOS when a finding shows it or another computation
needs it, once, whatever selection asks. So are widths, shares and the pairs of rows that share ground. What a bound
decides is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel, overlap
from landrules.geo.area import of_features
from landrules.geo.ground import Ground
from landrules.geo.index import pairs_of_boxes, pairs_within
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.outlines import Outlines, is_plain
from landrules.geo.overlap import Overlaps
from landrules.geo.site import GeometryArray, Layer

LEAST_GROUND = 1e-6
"""m². `landrules.geo.area.exact` keeps no less: a smaller piece is the arithmetic's, not the ground's."""

_WHOLE = 1e-10
"""A feature of which no more than this part is missing lies wholly inside."""


@frozen(eq=False)
class Measured:
    """Where rows come from that were measured and not drawn: the layer, and what each row's pair shares.

    `outlines` are those of features; `at` says which of them stands in each row.
    """

    layer: Layer
    shared: Overlaps
    outlines: Outlines
    at: IntArray


class Rows:
    """Pairs of a parcel and a feature, with what is known of the ground they share.

    `parcel` and `feature` are rows of the ground and of the layer.
    """

    __slots__ = (
        "_drawn",
        "_geometry",
        "_pairs",
        "_share",
        "_shared_out",
        "_source",
        "_width",
        "feature",
        "ground",
        "parcel",
    )

    def __init__(
        self,
        ground: Ground,
        parcel: IntArray,
        feature: IntArray,
        source: Measured | None,
        geometry: GeometryArray,
        share: Callable[[], FloatArray],
    ) -> None:
        self.ground, self.parcel, self.feature = ground, parcel, feature
        self._source, self._geometry, self._shared_out = source, geometry, share
        self._share: FloatArray | None = None
        self._drawn: BoolArray = np.full(len(parcel), source is None)
        self._width = np.full(len(parcel), np.nan)
        self._pairs: IntArray | None = None

    @classmethod
    def drawn(
        cls,
        ground: Ground,
        parcel: IntArray,
        feature: IntArray,
        geometry: GeometryArray,
        share: Callable[[], FloatArray],
    ) -> Rows:
        """Rows whose geometry is known, and how to tell their part of the feature."""
        return cls(ground, parcel, feature, None, geometry, share)

    @classmethod
    def measured(cls, ground: Ground, parcel: IntArray, feature: IntArray, source: Measured) -> Rows:
        """Rows of a layer of which the kernel measured what they share."""
        nothing = np.empty(len(parcel), dtype=object)
        return cls(ground, parcel, feature, source, nothing, lambda: _shares(ground, source, feature))

    def geometry(self, rows: IntArray) -> GeometryArray:
        """The ground of some rows, in normal form."""
        source = self._source
        if source is not None:
            wanted = rows[~self._drawn[rows]]
            if len(wanted):
                parcels, features = self.ground.geometry[self.parcel[wanted]], self.feature[wanted]
                self._geometry[wanted] = kernel.clip(parcels, source.layer.geometry[features])[0]
                self._drawn[wanted] = True
        return self._geometry[rows]

    def width(self, rows: IntArray) -> FloatArray:
        """The equivalent width of some rows in metres (`kernel.equivalent_width`)."""
        wanted = rows[np.isnan(self._width[rows])]
        if len(wanted):
            self._width[wanted] = kernel.equivalent_width(self.geometry(wanted))
        return self._width[rows]

    def is_narrow(self, rows: IntArray, limit: float) -> BoolArray:
        """Whether some rows are no wider than a limit in metres; drawn only where the bound leaves it open."""
        open_ = np.ones(len(rows), dtype=np.bool_)
        if self._source is not None:
            open_ = self._source.shared.width_floor[rows] <= limit
        out = np.zeros(len(rows), dtype=np.bool_)
        out[open_] = self.width(rows[open_]) <= limit
        return out

    def share(self, rows: IntArray) -> FloatArray:
        """The part of its feature's ellipsoidal area that each row is, 0 to 1."""
        if self._share is None:
            self._share = self._shared_out()
        return self._share[rows]

    def overlapping(self) -> IntArray:
        """Pairs of rows (earlier, later) that share ground; rows of different parcels do only where parcels overlap."""
        if self._pairs is None:
            i, j = self._candidates()
            shared = np.zeros(len(i), dtype=np.bool_)
            if len(i):
                shared = kernel.shares_ground(self.geometry(i), self.geometry(j))
            self._pairs = np.column_stack([i[shared], j[shared]]).astype(np.int64)
        return self._pairs

    def _candidates(self) -> tuple[IntArray, IntArray]:
        source = self._source
        if source is None:
            return self._of_one_parcel(*pairs_within(self._geometry))
        none = np.empty(0, dtype=np.int64)
        if len(self.parcel) < 2 or (source.layer.is_disjoint and not self.ground.is_overlapping):
            return none, none
        outlines, of = source.outlines, source.at
        plain = is_plain(source.layer.geometry[self.feature])
        parcels = self.ground.outlines.boxes[self.parcel]
        boxes = _common(outlines.boxes[of], parcels)
        i, j = self._of_one_parcel(*pairs_of_boxes(boxes))
        both = overlap.overlaps(outlines, outlines, of[i], of[j], _common(parcels[i], parcels[j]))
        perhaps = (both.moments[:, 0] + both.error > LEAST_GROUND) | ~plain[i] | ~plain[j]
        return i[perhaps], j[perhaps]

    def _of_one_parcel(self, i: IntArray, j: IntArray) -> tuple[IntArray, IntArray]:
        if self.ground.is_overlapping:
            return i, j
        same = self.parcel[i] == self.parcel[j]
        return i[same], j[same]


def _common(a: FloatArray, b: FloatArray) -> FloatArray:
    """What pairs of boxes have in common; a box turned inside out where nothing."""
    return np.column_stack([np.maximum(a[:, :2], b[:, :2]), np.minimum(a[:, 2:], b[:, 2:])])


def _shares(ground: Ground, source: Measured, feature: IntArray) -> FloatArray:
    """Each row's part of its feature, both by the density around the feature."""
    shared, out = source.shared, np.ones(len(feature))
    cut = np.arange(len(feature))
    if source.layer.whole is None:
        own: FloatArray = np.asarray(shapely.area(source.layer.geometry[feature]), dtype=np.float64)
        cut = np.flatnonzero(own - shared.area > _WHOLE * own + shared.error)
    some, at = np.unique(feature[cut], return_inverse=True)
    density, total = of_features(source.layer, some, ground.plane)
    out[cut] = _parts(density.integrals(shared.moments[cut], shared.origin[cut], at), total[at])
    return out


def _parts(part: FloatArray, total: FloatArray) -> FloatArray:
    out = np.divide(part, total, out=np.zeros(len(part)), where=total > 0)
    out[out > 1.0 - _WHOLE] = 1.0
    return np.clip(out, 0.0, 1.0)
