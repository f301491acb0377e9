"""The ground within a width of features, for many pairs in one go: what `kernel.ground_within` says pair by pair.

A strip is made of strips of single edges. For a long parcel most edges of most features lie nowhere near it, so the
edges of all pairs are sifted together: by boxes along the parcel's outline, then by distance, and only then drawn. What
comes out is what the plain way gives, to the last digit (a property test says so).
"""

from __future__ import annotations

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.distinct import distinct
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.site import Geometry, GeometryArray

_OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])
_SLACK = 1e-6
"""Metres added where a coarse sieve stands before the exact distance."""

_FEW = 64
"""Edges that are told apart by exact distance sooner than by any sieve."""


def ground_within_each(targets: GeometryArray, sources: GeometryArray, widths: FloatArray) -> GeometryArray:
    """For each row the ground of the target no farther than a width in metres from the source, which counts as within.

    Rows that share a target or a source should share the object: each is looked at once.
    """
    out = kernel.empty_ground(len(targets))
    rows = np.flatnonzero(~shapely.is_empty(targets) & ~shapely.is_empty(sources))
    if len(rows) == 0:
        return out
    width = widths[rows]
    source, of_source = _distinct(sources[rows])
    edges = Edges.of(source)
    target, of_target = _distinct(targets[rows])
    ground = kernel.polygonal(source)
    for t in range(len(target)):
        own = np.flatnonzero(of_target == t)
        shapes = _within(target[t], ground, edges, of_source[own], width[own])
        for row, shape in zip(rows[own], shapes, strict=True):
            out[row] = shape
    return out


def _distinct(geometries: GeometryArray) -> tuple[GeometryArray, IntArray]:
    """The different objects of an array, and which of them stands in each row."""
    _, first, of = np.unique([id(g) for g in geometries], return_index=True, return_inverse=True)
    return geometries[first], of.astype(np.int64)


@frozen
class Edges:
    """The edges of geometries: rows of x1, y1, x2, y2, a bare point being an edge of no length; `begins[i]` to
    `begins[i + 1]` are those of geometry i, in the order of `kernel.edges`."""

    ends: FloatArray
    is_point: BoolArray
    begins: IntArray

    @classmethod
    def of(cls, geometries: GeometryArray) -> Edges:
        """The edges of some geometries."""
        outer, of_outer = shapely.get_parts(geometries, return_index=True)
        parts, of_part = shapely.get_parts(outer, return_index=True)
        owner = of_outer[of_part]
        kinds = shapely.get_type_id(parts)
        rings, ring_of = shapely.get_rings(parts[kinds == 3], return_index=True)
        linear, points = (kinds == 1) | (kinds == 2), kinds == 0
        lines = np.concatenate([rings, parts[linear]])
        line_owner = np.concatenate([owner[kinds == 3][ring_of], owner[linear]])
        coords, of = shapely.get_coordinates(lines, return_index=True)
        follows = of[1:] == of[:-1]
        pairs = np.column_stack([coords[:-1], coords[1:]])[follows]
        spots = shapely.get_coordinates(parts[points])
        ends = np.concatenate([pairs, np.column_stack([spots, spots])])
        is_point = np.concatenate([np.zeros(len(pairs), np.bool_), np.ones(len(spots), np.bool_)])
        of_edge = np.concatenate([line_owner[of[:-1][follows]], owner[points]])
        order = np.argsort(of_edge, kind="stable")
        begins = np.searchsorted(of_edge[order], np.arange(len(geometries) + 1))
        return cls(ends[order], is_point[order], begins.astype(np.int64))

    def boxes(self) -> FloatArray:
        """The box of each edge: minx, miny, maxx, maxy."""
        low, high = np.minimum(self.ends[:, :2], self.ends[:, 2:]), np.maximum(self.ends[:, :2], self.ends[:, 2:])
        return np.column_stack([low, high])

    def drawn(self, rows: IntArray) -> GeometryArray:
        """Some edges as lines and points."""
        out = np.empty(len(rows), dtype=object)
        bare = self.is_point[rows]
        out[~bare] = shapely.linestrings(self.ends[rows[~bare]].reshape(-1, 2, 2))
        out[bare] = shapely.points(self.ends[rows[bare], :2])
        return out


def _within(
    target: Geometry, ground: GeometryArray, edges: Edges, source: IntArray, width: FloatArray
) -> list[Geometry]:
    """The ground of one target within widths of sources (positions in `ground` and in `edges`), row by row."""
    row, edge = _sifted(target, edges, source, width)
    lines = edges.drawn(edge)
    shapely.prepare(target)
    near = shapely.dwithin(target, lines, width[row])
    row, lines = row[near], lines[near]
    strips = np.empty(len(lines), dtype=object)
    for w in distinct(width[row]):
        same = width[row] == w
        strips[same] = shapely.buffer(lines[same], w, quad_segs=kernel.quadrant(float(w)))
    inside = shapely.contains_properly(target, strips)
    cut = ~inside
    strips[cut] = shapely.intersection(strips[cut], target)
    strips = kernel.polygonal(strips)
    own = kernel.empty_ground(len(source))
    areal = ~shapely.is_empty(ground[source])
    own[areal] = kernel.intersection(kernel.array_of([target] * int(areal.sum())), ground[source][areal])
    begins = np.searchsorted(row, np.arange(len(source) + 1))
    out = []
    for i in range(len(source)):
        parts = np.concatenate([own[i : i + 1], strips[begins[i] : begins[i + 1]]])
        out.append(kernel.union_all(parts[~shapely.is_empty(parts)]))
    return out


def _sifted(target: Geometry, edges: Edges, source: IntArray, width: FloatArray) -> tuple[IntArray, IntArray]:
    """Rows and edges of their sources that may lie within the row's width of the target, sorted by both.

    An edge that is near the target begins in it or is near its outline, so its box, grown, meets that of an edge there.
    """
    first, last = edges.begins[source], edges.begins[source + 1]
    row = np.repeat(np.arange(len(source)), np.where(width > 0, last - first, 0))
    edge = np.concatenate([np.arange(a, b) for a, b, w in zip(first, last, width, strict=True) if w > 0] or [row])
    boxes = edges.boxes()[edge] + (width[row] + _SLACK)[:, None] * _OUTWARD
    box = shapely.bounds(target)
    meets = (boxes[:, :2] <= box[2:]).all(axis=1) & (boxes[:, 2:] >= box[:2]).all(axis=1)
    row, edge, boxes = row[meets], edge[meets], boxes[meets]
    if len(edge) <= _FEW:
        return row, edge.astype(np.int64)
    outline = Edges.of(kernel.array_of([target]))
    tree = shapely.STRtree(shapely.box(*outline.boxes().T))
    asked, _ = tree.query(shapely.box(*boxes.T))
    near = np.zeros(len(edge), dtype=np.bool_)
    near[asked] = True
    rest = np.flatnonzero(~near)
    shapely.prepare(target)
    near[rest] = shapely.intersects_xy(target, *edges.ends[edge[rest], :2].T)
    return row[near], edge[near].astype(np.int64)
