"""Ground: the parcels (or buildings) of a proposal as one thing to cut, and parts of it to add up.

`Ground` knows each parcel's survey area and fits every part to it, so whatever is cut from a parcel and what remains
always add up to the parcel. `Extent` is a part of that ground, parcel by parcel, with union, difference and area.
Ground that two parcels share is counted once, with the parcel that comes first by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from threading import Lock

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.area import NOISE_M2, Density, exact, noise, rounded, survey_areas, total
from landrules.geo.distinct import distinct
from landrules.geo.index import pairs_within
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.outlines import Outlines
from landrules.geo.site import Geometry, GeometryArray, Parcel, Plane

_GRID = 16

_SPARSE = 4.0
"""A parcel whose box is so many times its area is held by the cells of a `_GRID` by `_GRID` grid that it enters."""

_OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])
_SLACK = 1e-6
"""Metres by which a sieve is wider than what it sieves for."""

_TURN = Lock()
"""A region is prepared when it is first asked, and threads may share one."""


@frozen(eq=False)
class Ground:
    """Parcels or buildings in the plane, row by row as given; a parcel without usable ground is an empty polygon.

    Invariant: the areas of parts that make up a parcel add up to its survey area `surveyed` (m², unrounded).
    `own` is each parcel without the ground of earlier parcels; `outlines` are the parcels as the overlap kernel reads
    them.
    """

    parcels: tuple[Parcel, ...]
    plane: Plane
    geometry: GeometryArray
    surveyed: FloatArray
    density: Density
    fit: FloatArray
    own: GeometryArray
    is_overlapping: bool
    outlines: Outlines
    _along: list[tuple[FloatArray, IntArray | None]] = field(default_factory=list, init=False, repr=False)
    _outside: dict[int, tuple[Geometry, GeometryArray]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, parcels: Sequence[Parcel], plane: Plane) -> Ground:
        """The ground of parcels, sorted by id as a proposal has them."""
        shapes = [p.geometry for p in parcels]
        geometry = kernel.empty_ground(len(shapes))
        known = [k for k, shape in enumerate(shapes) if shape is not None]
        geometry[known] = kernel.normal_form(kernel.array_of([shapes[k] for k in known]))
        outlines = Outlines.of(geometry)
        surveyed = survey_areas(geometry, plane, outlines)
        density = Density.around(geometry, plane)
        raw = density.measure(geometry, np.arange(len(geometry)), outlines)
        fit = np.divide(surveyed, raw, out=np.ones(len(raw)), where=raw > 0)
        own = _without_earlier(geometry)
        return cls(tuple(parcels), plane, geometry, surveyed, density, fit, own, own is not geometry, outlines)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows."""
        return tuple(p.id for p in self.parcels)

    def measure(self, geometries: GeometryArray, rows: IntArray) -> FloatArray:
        """The area in m² (unrounded) of parts of parcels, fitted to the survey area of the parcel in `rows`."""
        out: FloatArray = self.density.measure(geometries, rows) * self.fit[rows]
        return out

    def along(self) -> tuple[FloatArray, IntArray | None]:
        """Boxes that together hold each parcel, one or several along it, and the row of each; `None` for one a row."""
        if not self._along:
            self._along.append(_boxes_along(self.geometry, self.outlines.boxes))
        return self._along[0]

    def outside(self, region: Geometry) -> GeometryArray:
        """The ground of each parcel outside a region; layers ask it of one region again and again."""
        known = self._outside.get(id(region))
        if known is None:
            known = self._outside[id(region)] = region, self._left_by(region)
        return known[1].copy()

    def _left_by(self, region: Geometry) -> GeometryArray:
        out = kernel.empty_ground(len(self.parcels))
        regions = kernel.array_of([region] * len(out))
        with _TURN:
            partly = ~kernel.covers(regions, self.geometry)
        out[partly] = kernel.difference(self.geometry[partly], regions[partly])
        return out

    def is_deep_in(self, region: Geometry, width: float) -> bool:
        """Whether boxes alone prove that all of it lies in a region, farther than `width` metres from the edge."""
        boxes = self.outlines.boxes[~kernel.is_empty(self.geometry)] + (width + _SLACK) * _OUTWARD
        with _TURN:
            return bool(kernel.covers(kernel.array_of([region] * len(boxes)), shapely.box(*boxes.T)).all())

    def whole(self) -> Extent:
        """All of it: its areas are those surveyed, but for ground that an earlier parcel has."""
        out = Extent(self, self.geometry)
        if not self.is_overlapping:
            out.known(self.surveyed)
        return out

    def nothing(self) -> Extent:
        """None of it."""
        return Extent(self, kernel.empty_ground(len(self.parcels)))

    def inside(self, region: Geometry) -> Extent:
        """What lies in a region of the plane."""
        regions = kernel.array_of([region] * len(self.parcels))
        return Extent(self, kernel.intersection(self.geometry, regions))


def _boxes_along(geometry: GeometryArray, boxes: FloatArray) -> tuple[FloatArray, IntArray | None]:
    """The box of each polygon, of long and scattered ones the cells of a grid over it that they enter."""
    size = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    planar = shapely.area(geometry)
    sparse = (size > _SPARSE * planar) & (planar > 0)
    if not sparse.any():
        return boxes, None
    out, owner = [boxes[~sparse]], [np.flatnonzero(~sparse)]
    for row in np.flatnonzero(sparse):
        cells = _cells(boxes[row])
        entered = kernel.intersects(kernel.array_of([geometry[row]] * len(cells)), shapely.box(*cells.T))
        out.append(cells[entered])
        owner.append(np.full(int(entered.sum()), row))
    return np.concatenate(out), np.concatenate(owner).astype(np.int64)


def _cells(box: FloatArray) -> FloatArray:
    x = np.linspace(box[0], box[2], _GRID + 1)
    y = np.linspace(box[1], box[3], _GRID + 1)
    i, j = (axis.ravel() for axis in np.meshgrid(np.arange(_GRID), np.arange(_GRID), indexing="ij"))
    return np.column_stack([x[i], y[j], x[i + 1], y[j + 1]])


def _without_earlier(geometry: GeometryArray) -> GeometryArray:
    """Each polygon without the ground of earlier ones; the array itself where none overlap."""
    i, j = pairs_within(geometry)
    if len(i) == 0:
        return geometry
    shared = kernel.shares_ground(geometry[i], geometry[j])
    if not shared.any():
        return geometry
    out = geometry.copy()
    for row in distinct(j[shared]):
        earlier = kernel.union_all(geometry[i[shared & (j == row)]])
        out[row] = kernel.difference(geometry[row : row + 1], kernel.array_of([earlier]))[0]
    return out


@frozen(eq=False)
class Extent:
    """A part of some ground: one polygon (maybe empty) for each parcel, in the ground's order."""

    ground: Ground
    geometry: GeometryArray
    _known: list[FloatArray] = field(default_factory=list, init=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is no ground in it at all."""
        return bool(shapely.is_empty(self.geometry).all())

    def areas(self) -> FloatArray:
        """The area in m² in each parcel, unrounded; shared ground counts with the first parcel."""
        if not self._known:
            self._known.append(self._measured())
        return self._known[0]

    def known(self, areas: FloatArray) -> None:
        """State the areas of each parcel's part where they are known."""
        self._known.append(areas)

    def _measured(self) -> FloatArray:
        once = self.geometry
        if self.ground.is_overlapping:
            once = kernel.intersection(self.geometry, self.ground.own)
        return self.ground.measure(once, np.arange(len(once)))

    def area(self) -> Fraction:
        """The area in m², not rounded to what is printed, each piece of ground once."""
        return exact(total(self.areas()))

    def rounded_area(self) -> Decimal:
        """The area in m², rounded half-up to 0.01."""
        return rounded(self.area())

    def union(self, other: Extent) -> Extent:
        """What lies in either."""
        return Extent(self.ground, kernel.union(self.geometry, other.geometry))

    def minus(self, other: Extent) -> Extent:
        """What lies here and not there."""
        return Extent(self.ground, kernel.difference(self.geometry, other.geometry))

    def shared_with(self, other: Extent) -> Extent:
        """What lies in both."""
        return Extent(self.ground, kernel.intersection(self.geometry, other.geometry))

    def outline(self) -> Geometry:
        """One geometry for all of it, in normal form."""
        return kernel.union_all(self.geometry[~shapely.is_empty(self.geometry)])

    def parcels(self, precision_m: float = 0.0) -> tuple[str, ...]:
        """Ids of the parcels of which more than noise lies here."""
        wide = kernel.equivalent_width(self.geometry) > max(precision_m, kernel.ARITHMETIC_WIDTH)
        rows = np.flatnonzero(wide & ~noise(self.ground.measure(self.geometry, np.arange(len(wide)))))
        return tuple(self.ground.parcels[i].id for i in rows)

    def is_noise(self, precision_m: float) -> bool:
        """Whether it is nothing but numeric noise: at most 0.01 m², or no wider than the coordinates' precision."""
        narrow = kernel.equivalent_width(self.geometry) <= max(precision_m, kernel.ARITHMETIC_WIDTH)
        return bool(narrow.all()) or self.area() <= NOISE_M2

    def lies_within(self, region: Geometry, precision_m: float) -> bool:
        """Whether a region of the plane holds all of it, apart from slivers no wider than the precision in metres."""
        regions = kernel.array_of([region] * len(self.geometry))
        rest = kernel.equivalent_width(kernel.difference(self.geometry, regions))
        return bool((rest <= max(precision_m, kernel.ARITHMETIC_WIDTH)).all())
