"""The one overlay kernel: every operator that asks about geometry asks here, so two ways of saying a thing agree.

How much two polygons share is measured without this room (`landrules.geo.overlap`); it is the reference that
measurement must agree with, and draws what is shown. GEOS does the work through shapely's array functions; this room decides what counts as an answer. Only ground has an
area, so results are polygonal: a shared edge or corner of two valid areas is no piece of either. Geometries come in
valid (`validity` says why not, `repair` reports what it changed) and leave in normal form: every ring rotated to its
smallest vertex, outer rings anticlockwise, parts in a fixed order; a shuffled file gives the same bytes. Arrays in,
arrays out; `None` stays `None` where a docstring says so.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely

from landrules.base.frozen import frozen
from landrules.geo.site import Geometry, GeometryArray

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

ARITHMETIC_WIDTH = 1e-7
"""Metres. Rounding of one vertex at ten-million-metre coordinates moves it some 1e-8 m: no ground is that narrow."""

ARC_SAGITTA = 0.002
"""Metres between the arc of a distance and the chords that stand for it: well below the centimetre promised."""

_NOTHING: Geometry = shapely.Polygon()

_ARC_BUDGET = 300_000
"""Edges times chords of a quarter circle above which `grown` widens an outline whole."""


def array_of(geometries: Any) -> GeometryArray:
    """An object array of geometries, also of none or one.

    >>> array_of([shapely.Point(0, 0)]).shape
    (1,)
    """
    items = list(geometries)
    out = np.empty(len(items), dtype=object)
    out[:] = items
    return out


def empty_ground(count: int) -> GeometryArray:
    """`count` empty polygons."""
    out = np.empty(count, dtype=object)
    out.fill(_NOTHING)
    return out


# --- shape -----------------------------------------------------------------------------------------------------------


def normal_form(geometries: GeometryArray) -> GeometryArray:
    """The same shapes with rings at their smallest vertex, outer rings anticlockwise, parts in a fixed order.

    >>> shapely.to_wkt(normal_form(array_of([shapely.from_wkt("POLYGON ((2 0, 0 0, 0 2, 2 0))")]))[0], trim=True)
    'POLYGON ((0 0, 2 0, 0 2, 0 0))'
    """
    out: GeometryArray = shapely.orient_polygons(shapely.normalize(geometries), exterior_cw=False)
    return out


def polygonal(geometries: GeometryArray) -> GeometryArray:
    """The ground in each geometry: its polygons; lines and points that an overlay leaves have no area and go."""
    kinds = shapely.get_type_id(geometries)
    mixed = (kinds != 3) & (kinds != 6) & (kinds != -1)
    if mixed.any():
        out = geometries.copy()
        for i in np.flatnonzero(mixed):
            out[i] = _polygons_of(geometries[i])
        geometries = out
    return normal_form(geometries)


def _polygons_of(geometry: Geometry) -> Geometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    ground = parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]
    if len(ground) == 0:
        return _NOTHING
    return ground[0] if len(ground) == 1 else shapely.multipolygons(ground)


def equivalent_width(geometries: GeometryArray) -> FloatArray:
    """Twice the area over the perimeter, in metres, of the widest part: how broad a strip of that ground would be.

    A shape of several parts is as wide as its widest, so slivers cannot hide a real patch. Source: area.md 7.

    >>> equivalent_width(array_of([shapely.box(0, 0, 10, 10)])).tolist()
    [5.0]
    """
    out = np.zeros(len(geometries))
    parts, of = shapely.get_parts(geometries, return_index=True)
    length = shapely.length(parts)
    known = length > 0
    np.maximum.at(out, of[known], 2.0 * shapely.area(parts[known]) / length[known])
    return out


@frozen
class Flaw:
    """Why a geometry is not usable ground: the reason in GEOS's words, and the place in the plane where it shows."""

    reason: str
    x: float
    y: float


def is_empty(geometries: GeometryArray) -> BoolArray:
    """Whether each geometry has no point at all."""
    out: BoolArray = shapely.is_empty(geometries)
    return out


def is_valid(geometries: GeometryArray) -> BoolArray:
    """Whether each geometry is valid in the sense of the OGC simple features standard, with finite coordinates."""
    out: BoolArray = shapely.is_valid(geometries)
    return out


def validity(geometry: Geometry) -> Flaw | None:
    """The flaw of a geometry, or `None` where it is valid.

    >>> validity(shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"))
    Flaw(reason='Self-intersection', x=1.0, y=1.0)
    """
    if shapely.is_valid(geometry):
        return None
    words = str(shapely.is_valid_reason(geometry))
    reason, _, place = words.partition("[")
    numbers = place.rstrip("]").split()
    x, y = (float(numbers[0]), float(numbers[1])) if len(numbers) >= 2 else (math.nan, math.nan)
    return Flaw(reason.strip(), x, y)


@frozen
class Repair:
    """A repaired shape and the ground that repairing gained or lost, in planar m² (never done in silence)."""

    geometry: Geometry
    changed_m2: float


def repair(geometry: Geometry) -> Repair:
    """The valid shape nearest to what the rings say: outer rings bound ground, inner rings bound holes.

    `changed_m2` compares with the area the rings had by their winding, which is what the author's software showed.
    """
    before = float(shapely.area(geometry))
    fixed = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    ground = polygonal(array_of([fixed]))[0]
    return Repair(ground, abs(float(shapely.area(ground)) - before))


# --- overlay ---------------------------------------------------------------------------------------------------------


def intersection(a: GeometryArray, b: GeometryArray) -> GeometryArray:
    """The ground that lies in both, pair by pair."""
    return polygonal(shapely.intersection(a, b))


def difference(a: GeometryArray, b: GeometryArray) -> GeometryArray:
    """The ground of the first that does not lie in the second, pair by pair."""
    return polygonal(shapely.difference(a, b))


def union(a: GeometryArray, b: GeometryArray) -> GeometryArray:
    """The ground that lies in either, pair by pair."""
    return polygonal(shapely.union(a, b))


def symmetric_difference(a: GeometryArray, b: GeometryArray) -> GeometryArray:
    """The ground that lies in exactly one of the two, pair by pair."""
    return polygonal(shapely.symmetric_difference(a, b))


def union_all(geometries: GeometryArray) -> Geometry:
    """The ground that lies in any of them; an empty polygon where there are none."""
    if len(geometries) == 0:
        return _NOTHING
    if len(geometries) == 1:
        return polygonal(geometries)[0]
    return polygonal(array_of([shapely.union_all(geometries)]))[0]


def clip(ground: GeometryArray, features: GeometryArray) -> tuple[GeometryArray, BoolArray]:
    """The ground of each pair's first inside its second, and whether the second lies wholly inside.

    A feature wholly inside comes back as it is. The first array is prepared: give one object for one parcel.
    """
    out = empty_ground(len(ground))
    meets = intersects(ground, features)
    whole = meets.copy()
    whole[meets] = covers(ground[meets], features[meets])
    out[whole] = features[whole]
    cut = meets & ~whole
    out[cut] = shapely.intersection(ground[cut], features[cut])
    return polygonal(out), whole


# --- relations -------------------------------------------------------------------------------------------------------

Relation = Literal[
    "contains", "covered_by", "covers", "crosses", "disjoint", "equals", "intersects", "overlaps", "touches", "within"
]


def relate(relation: Relation, a: GeometryArray, b: GeometryArray) -> BoolArray:
    """Whether each pair stands in a relation of the simple features standard."""
    out: BoolArray = getattr(shapely, relation)(a, b)
    return out


def relate_matrix(a: GeometryArray, b: GeometryArray, pattern: str) -> BoolArray:
    """Whether the nine intersections of interiors, boundaries and exteriors of each pair match a pattern."""
    out: BoolArray = shapely.relate_pattern(a, b, pattern)
    return out


def intersects(a: GeometryArray, b: GeometryArray) -> BoolArray:
    """Whether each pair shares a point; the first array is prepared."""
    shapely.prepare(a)
    out: BoolArray = shapely.intersects(a, b)
    return out


def covers(a: GeometryArray, b: GeometryArray) -> BoolArray:
    """Whether no point of the second lies outside the first; the first array is prepared."""
    shapely.prepare(a)
    out: BoolArray = shapely.covers(a, b)
    return out


def shares_ground(a: GeometryArray, b: GeometryArray) -> BoolArray:
    """Whether the interiors of each pair meet in ground wider than the arithmetic of coordinates."""
    out = relate_matrix(a, b, "2********")
    rows = np.flatnonzero(out)
    if len(rows):
        out[rows] = equivalent_width(intersection(a[rows], b[rows])) > ARITHMETIC_WIDTH
    return out


def distance(a: GeometryArray, b: GeometryArray) -> FloatArray:
    """The exact distance of each pair, in metres; 0 where they meet."""
    out: FloatArray = shapely.distance(a, b)
    return out


def lies_within_distance(geometry: Geometry, others: GeometryArray, limit: float) -> BoolArray:
    """Whether each of some geometries comes within a distance in metres of one."""
    shapely.prepare(geometry)
    out: BoolArray = shapely.dwithin(geometry, others, limit)
    return out


def is_within(geometry: Geometry, region: Geometry, precision_m: float) -> bool:
    """Whether a region holds a geometry, apart from slivers no wider than the coordinates' precision, in metres."""
    rest = difference(array_of([geometry]), array_of([region]))
    return bool(equivalent_width(rest)[0] <= max(precision_m, ARITHMETIC_WIDTH))


# --- distance as ground ----------------------------------------------------------------------------------------------


def ground_within(target: Geometry, source: Geometry, width: float) -> Geometry:
    """The ground of `target` no farther than `width` metres from `source`, which counts as within.

    Only the edges of `source` that lie near enough matter; each gets its own exact strip, so no vertex is simplified
    away, and arcs stay within `ARC_SAGITTA` of the circle.
    """
    if shapely.is_empty(target) or shapely.is_empty(source):
        return _NOTHING
    shapely.prepare(target)
    own = intersection(array_of([target]), polygonal(array_of([source])))
    near = edges(source, shapely.bounds(target) + width * np.array([-1.0, -1.0, 1.0, 1.0]))
    near = near[shapely.dwithin(target, near, width)] if width > 0 else near[:0]
    strips = shapely.buffer(near, width, quad_segs=quadrant(width))
    within = intersection(strips, array_of([target] * len(strips)))
    parts: GeometryArray = np.concatenate([own, within])
    return union_all(parts[~shapely.is_empty(parts)])


def edges(source: Geometry, box: FloatArray | None = None) -> GeometryArray:
    """The edges of a geometry as two-point lines, and its bare points; with a box only those whose own box meets it."""
    parts = shapely.get_parts(shapely.get_parts(source))
    kinds = shapely.get_type_id(parts)
    lines = np.concatenate([shapely.get_rings(parts[kinds == 3]), parts[(kinds == 1) | (kinds == 2)]])
    coords, of = shapely.get_coordinates(lines, return_index=True)
    pairs = np.stack([coords[:-1], coords[1:]], axis=1)[of[1:] == of[:-1]]
    if box is not None:
        low, high = pairs.min(axis=1), pairs.max(axis=1)
        pairs = pairs[(low <= box[2:]).all(axis=1) & (high >= box[:2]).all(axis=1)]
    straight = shapely.linestrings(pairs) if len(pairs) else array_of([])
    out: GeometryArray = np.concatenate([straight, parts[kinds == 0]])
    return out


def quadrant(width: float) -> int:
    """Chords of a quarter circle of that radius, so that none leaves the arc by more than `ARC_SAGITTA`."""
    if width <= ARC_SAGITTA:
        return 8
    step = 2.0 * math.acos(1.0 - ARC_SAGITTA / width)
    return max(8, math.ceil(math.pi / 2.0 / step))


def boundary(geometry: Geometry) -> Geometry:
    """The edge of a region, as lines."""
    return shapely.boundary(geometry)


def grown(geometry: Geometry, width: float) -> Geometry:
    """A geometry and all ground within `width` metres of it; never more than that, for declared coverage.

    Arcs stay within `ARC_SAGITTA`, edge by edge. An outline of very many edges is widened by discs about points of its
    boundary instead, which may lose up to a hundredth of the width and never gains any.
    """
    lines, own = edges(geometry), polygonal(array_of([geometry]))
    chords = quadrant(width)
    if len(lines) * chords > _ARC_BUDGET:
        strips = shapely.buffer(_sampled(lines, width / 125.0), width, quad_segs=16)
    else:
        strips = shapely.buffer(lines, width, quad_segs=chords)
    return union_all(np.concatenate([strips, own[~shapely.is_empty(own)]]))


def _sampled(edges: GeometryArray, loss: float) -> GeometryArray:
    """Points on edges so that every point of them has one within `loss` metres: one for each cell of a grid."""
    points = shapely.get_coordinates(shapely.segmentize(edges, loss / 4.0))
    _, first = np.unique(np.floor(points / (loss / 2.0)).astype(np.int64), axis=0, return_index=True)
    out: GeometryArray = shapely.points(points[np.sort(first)])
    return out


def geos_version() -> str:
    """The version of GEOS, for a report's provenance."""
    return str(shapely.geos_version_string)
