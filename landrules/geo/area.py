"""How large ground is: the survey's formula, Karney's, and what a part is of its parent.

Three areas, never mixed. The *survey area* of a whole patch or parcel is the formula of the second and third national
land surveys on edges cut to 70 m in the plane (domain/area.md 1). *Karney's* is the true ellipsoidal area, for
comparison. The area of a *piece* is the integral, over its straight-edged shape in the plane, of one over the areal
scale: the limit of "planar area over scale at the centroid, long pieces split first". It is additive by construction,
and `landrules.geo.ground` fits it to the parent's survey area, so cutting never creates or loses any. In an
engineering plane all three are the planar area.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.base.quantity import round_half_up
from landrules.geo.chart import NONE, Chart, charts_of, survey_series
from landrules.geo.crs import CGCS2000, Ellipsoid, areal_scale, ellipsoid, geodesic, own_degrees
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.outlines import Outlines
from landrules.geo.site import GeometryArray, Layer, Plane

LONGEST_EDGE = 70.0
"""Metres; the survey's software inserts points on longer edges (domain/area.md 1)."""

NOISE_M2 = Fraction(1, 100)
"""A sum of no more square metres than this is numeric noise (design.md section 4)."""


def exact(area: float) -> Fraction:
    """A measured area in m² as an exact number, to the millionth: what is below is the arithmetic's, not the ground's.

    So that an area of 0.005 m² measured as 0.00499999999 rounds as it should, however it was cut.

    >>> exact(0.1 + 0.2)
    Fraction(3, 10)
    """
    return Fraction(round(area * 1e6), 1_000_000)


def noise(areas: FloatArray) -> BoolArray:
    """Areas in m² of at most 0.01, to the same millionth as `exact`."""
    out: BoolArray = np.round(areas * 1e6) <= float(NOISE_M2 * 1_000_000)
    return out


def total(areas: Iterable[float]) -> float:
    """The correctly rounded sum, whatever the order."""
    return math.fsum(areas)


def rounded(area: float | Fraction) -> Decimal:
    """An area in m² rounded half-up to 0.01, the only rounding before a comparison.

    >>> rounded(2.675)
    Decimal('2.68')
    """
    return round_half_up(area if isinstance(area, Fraction) else exact(area))


# --- whole patches ---------------------------------------------------------------------------------------------------


def survey_areas(geometries: GeometryArray, plane: Plane, outlines: Outlines | None = None) -> FloatArray:
    """The survey area of each polygon in m², unrounded: outer rings minus holes, edges cut to 70 m in the plane.

    Planar in an engineering plane. `outlines` are those of the polygons, where somebody has them already.
    """
    if plane.is_engineering or len(geometries) == 0:
        planar: FloatArray = np.asarray(shapely.area(geometries), dtype=np.float64)
        return planar
    outlines = Outlines.of(geometries) if outlines is None else outlines
    charts, of = charts_of(outlines.boxes, plane)
    out = np.zeros(len(geometries))
    far = np.flatnonzero((of == NONE) & (np.diff(outlines.shape) > 0))
    if len(far):
        out[far] = survey_areas_by_library(geometries[far], plane)
    for number, chart in enumerate(charts):
        rows = np.flatnonzero((of == number) & (np.diff(outlines.shape) > 0))
        if len(rows):
            some = outlines if len(rows) == len(of) else outlines.of_rows(rows)
            out[rows] = _charted(some, chart, ellipsoid(plane).b)
    return out


def survey_areas_by_library(geometries: GeometryArray, plane: Plane) -> FloatArray:
    """As `survey_areas` on an ellipsoid, every vertex asked of the projection library: the reference."""
    rings, owner, sign = _rings(shapely.segmentize(geometries, LONGEST_EDGE))
    coords, of = shapely.get_coordinates(rings, return_index=True)
    per_ring = _formula(own_degrees(coords, plane), of, len(rings), ellipsoid(plane))
    return _sums(owner, sign * np.abs(per_ring), len(geometries))


def _charted(outlines: Outlines, chart: Chart, b: float) -> FloatArray:
    """The survey areas of polygons with ground that lie on a chart, in m².

    The notice's bracket is a difference of the area function at both ends of an edge, so a ring's sum is that of
    trapezoids between longitude and the function's values.
    """
    xy, ends = outlines.xy, outlines.ring[1:-1] - 1
    east, area = chart.survey(xy)
    trapezoids = np.zeros(len(xy))
    trapezoids[:-1] = (east[:-1] + east[1:]) * (area[1:] - area[:-1])
    way = xy[1:] - xy[:-1]
    squared = way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1]
    squared[ends] = 0.0
    long = np.flatnonzero(squared > LONGEST_EDGE**2 * (1.0 - 1e-9))
    if len(long):
        count = np.ceil(np.sqrt(squared[long]) / LONGEST_EDGE).astype(np.int64)
        begins = np.concatenate([[0], np.cumsum(count + 1)])
        of = np.repeat(np.arange(len(long)), count + 1)
        step = (np.arange(begins[-1]) - begins[of]) / count[of]
        cut_east, cut_area = chart.survey(xy[long[of]] + step[:, None] * way[long[of]])
        first, last = begins[:-1], begins[1:] - 1
        cut_east[first], cut_area[first] = east[long], area[long]
        cut_east[last], cut_area[last] = east[long + 1], area[long + 1]
        cut = np.zeros(len(of))
        cut[:-1] = (cut_east[:-1] + cut_east[1:]) * (cut_area[1:] - cut_area[:-1])
        cut[last] = 0.0
        trapezoids[long] = np.add.reduceat(cut, first)
    trapezoids[ends] = 0.0  # from one ring to the next runs no edge
    rings = np.add.reduceat(trapezoids, outlines.ring[:-1]) * outlines.turn
    out: FloatArray = np.add.reduceat(rings, outlines.shape[:-1]) * (b * b / 2.0)
    return out


def survey_area_of_degrees(corners: FloatArray, figure: Ellipsoid = CGCS2000) -> float:
    """The survey formula on one closed ring of longitude, latitude in degrees, no edge cut, in m².

    >>> ring = np.array([(117, 35), (117.01, 35), (117.01, 35.01), (117, 35.01), (117, 35)])
    >>> round(survey_area_of_degrees(ring), 4)
    1012695.4237
    """
    of = np.zeros(len(corners), dtype=np.int64)
    return abs(float(_formula(np.asarray(corners, dtype=np.float64), of, 1, figure)[0]))


def karney_areas(geometries: GeometryArray, plane: Plane) -> FloatArray:
    """The true ellipsoidal area of each polygon in m² (Karney 2013), edges cut to 70 m in the plane."""
    if plane.is_engineering or len(geometries) == 0:
        planar: FloatArray = np.asarray(shapely.area(geometries), dtype=np.float64)
        return planar
    rings, owner, sign = _rings(shapely.segmentize(geometries, LONGEST_EDGE))
    earth = geodesic(ellipsoid(plane))
    per_ring = np.zeros(len(rings))
    for i, ring in enumerate(rings):
        degrees = own_degrees(shapely.get_coordinates(ring), plane)
        per_ring[i] = abs(earth.polygon_area_perimeter(degrees[:, 0], degrees[:, 1])[0])
    return _sums(owner, sign * per_ring, len(geometries))


def karney_area_of_degrees(corners: FloatArray, figure: Ellipsoid = CGCS2000) -> float:
    """Karney's area of one ring of longitude, latitude in degrees, geodesic edges, in m²."""
    return abs(float(geodesic(figure).polygon_area_perimeter(corners[:, 0], corners[:, 1])[0]))


def _rings(geometries: GeometryArray) -> tuple[GeometryArray, IntArray, FloatArray]:
    """All rings, the row each belongs to, and +1 for an outer ring, -1 for a hole."""
    parts, part_of = shapely.get_parts(geometries, return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    sign = np.full(len(rings), -1.0)
    sign[np.flatnonzero(np.diff(ring_of, prepend=-1))] = 1.0
    return rings, part_of[ring_of].astype(np.int64), sign


def _formula(degrees: FloatArray, of: IntArray, rings: int, figure: Ellipsoid) -> FloatArray:
    """The signed area of each ring: the notice's bracket over every edge. Source: 国土调查办发〔2008〕32号."""
    follows = np.flatnonzero(of[1:] == of[:-1])
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    first = lon[np.searchsorted(of, of[follows])]
    half = (lat[follows + 1] - lat[follows]) / 2.0
    middle = (lat[follows + 1] + lat[follows]) / 2.0
    bracket = np.zeros(len(follows))
    for factor, k in zip(survey_series(figure.e2), (1, 3, 5, 7, 9), strict=True):
        bracket += factor * np.sin(k * half) * np.cos(k * middle)
    east = (lon[follows + 1] + lon[follows]) / 2.0 - first
    return _sums(of[follows], 2.0 * figure.b**2 * east * bracket, rings)


def _sums(of: IntArray, values: FloatArray, count: int) -> FloatArray:
    """The sum of the values of each row."""
    return np.bincount(of, weights=values, minlength=count).astype(np.float64)


# --- parts -----------------------------------------------------------------------------------------------------------

_STEPS = np.array([(i, j) for i in (-1.0, 0.0, 1.0) for j in (-1.0, 0.0, 1.0)])
_FIT = np.linalg.pinv(
    np.column_stack(
        [np.ones(9), _STEPS[:, 0], _STEPS[:, 1], _STEPS[:, 0] ** 2, _STEPS[:, 0] * _STEPS[:, 1], _STEPS[:, 1] ** 2]
    )
)
_LEAST_REACH = 1000.0
"""Metres: a scale fitted over less would be the arithmetic's noise."""


def _placed(boxes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The middle of each box, and half its size where a scale is fitted over it."""
    known = np.nan_to_num(boxes)
    return (known[:, :2] + known[:, 2:]) / 2.0, np.maximum((known[:, 2:] - known[:, :2]) / 2.0, _LEAST_REACH)


def _nodes(origin: FloatArray, reach: FloatArray) -> FloatArray:
    """Nine positions over each box."""
    out: FloatArray = (origin[:, None, :] + reach[:, None, :] * _STEPS[None, :, :]).reshape(-1, 2)
    return out


@frozen(eq=False)
class Density:
    """Ellipsoidal m² per planar m² around each of several geometries: a quadratic in the plane, one a row.

    `origin` and `reach` (n, 2) are the middle and half the size of each box, `terms` (n, 6) the coefficients of
    1, u, v, u², uv, v² with u, v from -1 to 1 over the box. Over a 30 km corridor 300 km from the meridian the
    quadratic leaves 2e-9 of the area, which fitting to the parent then takes away.
    """

    origin: FloatArray
    reach: FloatArray
    terms: FloatArray
    is_planar: bool

    @classmethod
    def around(cls, geometries: GeometryArray, plane: Plane) -> Density:
        """The density around each geometry's box; 1 in an engineering plane."""
        count = len(geometries)
        if plane.is_engineering or count == 0:
            return cls(np.zeros((count, 2)), np.ones((count, 2)), np.tile([1.0, 0, 0, 0, 0, 0], (count, 1)), True)
        boxes = shapely.bounds(geometries)
        used = np.isfinite(boxes).all(axis=1)
        origin, reach = _placed(boxes)
        density = np.ones((count, 9))
        charts, of = charts_of(np.where(used[:, None], np.hstack([origin - reach, origin + reach]), np.nan), plane)
        for number, chart in enumerate(charts):
            rows = np.flatnonzero(of == number)
            density[rows] = chart.densities(_nodes(origin[rows], reach[rows])).reshape(-1, 9)
        far = np.flatnonzero(used & (of == NONE))
        if len(far):
            density[far] = 1.0 / areal_scale(_nodes(origin[far], reach[far]), plane).reshape(-1, 9)
        return cls(origin, reach, density @ _FIT.T, False)

    @classmethod
    def stated(cls, boxes: FloatArray, terms: FloatArray, plane: Plane) -> Density:
        """The density that `around` gave for geometries with these boxes."""
        return cls(*_placed(boxes), terms, plane.is_engineering)

    def integrals(self, moments: FloatArray, origin: FloatArray, rows: IntArray) -> FloatArray:
        """The ellipsoidal area in m² of ground whose moments are known, by the density of the row it belongs to.

        `moments` (n, 6) are the integrals of 1, x, y, x², xy, y² about `origin` (n, 2), as
        `landrules.geo.overlap.Overlaps` has them. Never negative.
        """
        one = moments[:, 0]
        if not self.is_planar:
            (east, north), (wide, high) = (origin - self.origin[rows]).T, self.reach[rows].T
            x, y = moments[:, 1], moments[:, 2]
            terms = self.terms[rows]
            one = (
                one * terms[:, 0]
                + (x + east * one) / wide * terms[:, 1]
                + (y + north * one) / high * terms[:, 2]
                + (moments[:, 3] + east * (2.0 * x + east * one)) / (wide * wide) * terms[:, 3]
                + (moments[:, 4] + east * y + north * (x + east * one)) / (wide * high) * terms[:, 4]
                + (moments[:, 5] + north * (2.0 * y + north * one)) / (high * high) * terms[:, 5]
            )
        out: FloatArray = np.maximum(one, 0.0)
        return out

    def measure(self, geometries: GeometryArray, rows: IntArray, outlines: Outlines | None = None) -> FloatArray:
        """The ellipsoidal area of each polygon in m², by the density of the row it belongs to; exactly additive.

        `outlines` are those of the polygons, where somebody has them already.
        """
        planar: FloatArray = np.asarray(shapely.area(geometries), dtype=np.float64)
        if self.is_planar or len(geometries) == 0:
            return planar
        moments = self._moments(Outlines.of(geometries) if outlines is None else outlines, rows)
        factors = self.terms[rows]
        out: FloatArray = planar * factors[:, 0] + (moments * factors[:, 1:]).sum(axis=1)
        return out

    def _moments(self, outlines: Outlines, rows: IntArray) -> FloatArray:
        """Integrals of u, v, u², uv, v² over each polygon, by Green's theorem along its edges, however rings wind."""
        out = np.zeros((5, len(outlines)))
        counts = np.diff(outlines.shape)
        if len(outlines.turn):
            row = np.repeat(rows, np.diff(outlines.ring[outlines.shape]))
            u, v = ((outlines.xy - self.origin[row]) / self.reach[row]).T
            u1, v1, u2, v2 = u[:-1], v[:-1], u[1:], v[1:]
            cross = u1 * v2 - u2 * v1
            cross[outlines.ring[1:-1] - 1] = 0.0  # from one ring to the next runs no edge
            terms = np.zeros((5, len(u)))
            terms[0, :-1] = cross * (u1 + u2) / 6.0
            terms[1, :-1] = cross * (v1 + v2) / 6.0
            terms[2, :-1] = cross * (u1 * u1 + u1 * u2 + u2 * u2) / 12.0
            terms[3, :-1] = cross * (u1 * v2 + 2.0 * u1 * v1 + 2.0 * u2 * v2 + u2 * v1) / 24.0
            terms[4, :-1] = cross * (v1 * v1 + v1 * v2 + v2 * v2) / 12.0
            rings = np.add.reduceat(terms, outlines.ring[:-1], axis=1) * outlines.turn
            some = counts > 0
            out[:, some] = np.add.reduceat(rings, outlines.shape[:-1][some], axis=1)
        moments: FloatArray = out.T * (self.reach[rows, 0] * self.reach[rows, 1])[:, None]
        return moments


def of_features(layer: Layer, rows: IntArray, plane: Plane) -> tuple[Density, FloatArray]:
    """The density around each of some features, and the area of the whole feature by it, in m².

    Of a feature of which only a part was read, what a prepared layer knows of the whole is taken.
    """
    if layer.whole is not None:
        return Density.stated(layer.whole.boxes[rows], layer.whole.terms[rows], plane), layer.whole.areas[rows]
    features = layer.geometry[rows]
    density = Density.around(features, plane)
    return density, density.measure(features, np.arange(len(rows)))
