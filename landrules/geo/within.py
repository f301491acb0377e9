"""The ground within a width of features, for many pairs in one go: what `kernel.ground_within` says pair by pair.

A strip is made of strips of single edges. For a long parcel most edges of most features lie nowhere near it, so the
edges of all pairs are sifted together: by the box of what of the target lies near the source, then by distance, and only
then drawn. What comes out is what the plain way gives, to the last digit (a property test says so).
"""

from __future__ import annotations

from dataclasses import field

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.distinct import distinct
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.outlines import Outlines, runs
from landrules.geo.site import GeometryArray

_OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])
_SLACK = 1e-6
"""Metres added where a coarse sieve stands before the exact distance."""

_FEW = 64
"""Edges that are told apart by exact distance sooner than by any sieve."""

_CHAIN = 8
"""So many edges one after another are compared together before each is by itself."""

_AT_ONCE = 500_000
"""So many edges of targets are compared with boxes in one go."""


def ground_within_each(targets: GeometryArray, sources: GeometryArray, widths: FloatArray) -> GeometryArray:
    """For each row the ground of the target no farther than a width in metres from the source, which counts as within.

    Rows that share a target or a source should share the object: each is looked at once.
    """
    if len(targets) == 0:
        return kernel.empty_ground(0)
    target, of_target = _distinct(targets)
    return Bands.of(target, Outlines.of(target), of_target, sources, widths).drawn(np.arange(len(targets)))


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


@frozen(eq=False)
class Bands:
    """Targets and the strips of the edges that come near them, row by row.

    Row k asks for what `target[of_target[k]]` has within `width[k]` metres of a source, of which the ground is
    `areal[of_source[k]]`; the edges of it that are so near are `lines[begins[k]:begins[k + 1]]`.
    """

    target: GeometryArray
    of_target: IntArray
    areal: GeometryArray
    of_source: IntArray
    width: FloatArray
    lines: GeometryArray
    begins: IntArray
    _strips: list[GeometryArray] = field(default_factory=list, init=False, repr=False)

    @classmethod
    def of(
        cls,
        target: GeometryArray,
        outlines: Outlines,
        of_target: IntArray,
        sources: GeometryArray,
        width: FloatArray,
    ) -> Bands:
        """The edges of each row's source that lie within a width of the row's target; `outlines` are the targets'."""
        source, of_source = _distinct(sources)
        edges = Edges.of(source)
        shapely.prepare(target)
        row, edge = _sifted(target, outlines, of_target, edges, of_source, width)
        lines = edges.drawn(edge)
        near = shapely.dwithin(target[of_target[row]], lines, width[row])
        starts = np.searchsorted(row[near], np.arange(len(width) + 1)).astype(np.int64)
        return cls(target, of_target, kernel.polygonal(source), of_source, width, lines[near], starts)

    def strips(self) -> GeometryArray:
        """The strip of each edge: all ground within the width of its row."""
        if not self._strips:
            width = np.repeat(self.width, np.diff(self.begins))
            out = np.empty(len(self.lines), dtype=object)
            for w in distinct(width):
                same = width == w
                out[same] = shapely.buffer(self.lines[same], w, quad_segs=kernel.quadrant(float(w)))
            self._strips.append(out)
        return self._strips[0]

    def drawn(self, rows: IntArray) -> GeometryArray:
        """The ground of some rows."""
        edge, begins = runs(self.begins[rows], self.begins[rows + 1])
        target = self.target[self.of_target[rows]]
        around, strips = np.repeat(target, np.diff(begins)), self.strips()[edge]
        cut = ~shapely.contains_properly(around, strips)
        strips[cut] = shapely.intersection(strips[cut], around[cut])
        strips = kernel.polygonal(strips)
        own, ground = kernel.empty_ground(len(rows)), self.areal[self.of_source[rows]]
        some = ~shapely.is_empty(ground)
        own[some] = kernel.intersection(target[some], ground[some])
        out = np.empty(len(rows), dtype=object)
        for i in range(len(rows)):
            parts = np.concatenate([own[i : i + 1], strips[begins[i] : begins[i + 1]]])
            out[i] = kernel.union_all(parts[~shapely.is_empty(parts)])
        return out


def _sifted(
    target: GeometryArray, outlines: Outlines, of: IntArray, edges: Edges, of_source: IntArray, width: FloatArray
) -> tuple[IntArray, IntArray]:
    """Rows and edges of their sources that may lie within the row's width of the target, sorted by both.

    An edge that is near the target begins in it or is near its outline, so its box, grown, meets that of an edge there.
    """
    out_by = (width + _SLACK)[:, None] * _OUTWARD
    first, last = edges.begins[of_source], edges.begins[of_source + 1]
    edge, begins = runs(first, np.where(width > 0, last, first))
    row = np.repeat(np.arange(len(width)), np.diff(begins))
    reach = edges.boxes()[edge] + out_by[row]
    boxes = _held(reach, begins)
    outline = _Outline.of(outlines, of).near(np.arange(len(of)), boxes)
    meets = _meet(reach, outline.windows(target[of], boxes)[row])
    row, edge, reach = row[meets], edge[meets], reach[meets]
    if len(edge) > _FEW:
        chain = np.cumsum(np.concatenate([[False], (row[1:] != row[:-1]) | (np.arange(1, len(row)) % _CHAIN == 0)]))
        starts = np.searchsorted(chain, np.arange(chain[-1] + 2))
        meets = outline.near(row[starts[:-1]], _held(reach, starts)).meets(chain, reach)
        rest = np.flatnonzero(~meets)
        meets[rest] = shapely.intersects_xy(target[of[row[rest]]], *edges.ends[edge[rest], :2].T)
        row, edge = row[meets], edge[meets]
    return row, edge


def _meet(a: FloatArray, b: FloatArray) -> BoolArray:
    """Whether each two boxes share a point."""
    out: BoolArray = a[:, 0] <= b[:, 2]
    out &= a[:, 2] >= b[:, 0]
    out &= a[:, 1] <= b[:, 3]
    out &= a[:, 3] >= b[:, 1]
    return out


def _held(boxes: FloatArray, begins: IntArray) -> FloatArray:
    """The box of all boxes in each run of them, turned inside out for none."""
    out = np.tile([np.inf, np.inf, -np.inf, -np.inf], (len(begins) - 1, 1))
    some = np.flatnonzero(begins[1:] > begins[:-1])
    if len(some):
        out[some, :2] = np.minimum.reduceat(boxes[:, :2], begins[some])
        out[some, 2:] = np.maximum.reduceat(boxes[:, 2:], begins[some])
    return out


@frozen(eq=False)
class _Outline:
    """Boxes of edges of the outlines of targets: those of row k are `edges[first[k]:last[k]]`."""

    edges: FloatArray
    first: IntArray
    last: IntArray

    @classmethod
    def of(cls, outlines: Outlines, rows: IntArray) -> _Outline:
        """All edges of some targets; a line from ring to ring among them does no harm."""
        starts, xy = outlines.ring[outlines.shape], outlines.xy
        edges = np.column_stack([np.minimum(xy[:-1], xy[1:]), np.maximum(xy[:-1], xy[1:])])
        return cls(edges, starts[rows], np.maximum(starts[rows + 1] - 1, starts[rows]))

    def near(self, rows: IntArray, boxes: FloatArray) -> _Outline:
        """For each of some boxes, of a row each, the edges of the row that meet it."""
        first, last = self.first[rows], self.last[rows]
        found, of = [np.empty((0, 4))], [np.empty(0, dtype=np.int64)]
        for some in _portions(last - first):
            edge, begins = runs(first[some], last[some])
            box = np.repeat(some, np.diff(begins))
            own = self.edges[edge]
            meets = _meet(own, boxes[box])
            found.append(own[meets])
            of.append(box[meets])
        begins = np.searchsorted(np.concatenate(of), np.arange(len(rows) + 1)).astype(np.int64)
        return _Outline(np.concatenate(found), begins[:-1], begins[1:])

    def windows(self, target: GeometryArray, boxes: FloatArray) -> FloatArray:
        """A box that holds what of each row's target lies in the row's box, turned inside out where nothing does.

        What lies in a box ends at the target's outline or at the box; where it ends at the box, it goes on along it to
        an outline or to a corner. So edges that meet the box, cut to it, and corners inside the target reach as far.
        """
        out = _held(self.edges, np.append(self.first, self.last[-1:]))
        out = np.hstack([np.maximum(out[:, :2], boxes[:, :2]), np.minimum(out[:, 2:], boxes[:, 2:])])
        for x, y in ((0, 1), (0, 3), (2, 1), (2, 3)):
            corner = boxes[:, [x, y]]
            inside = np.flatnonzero(shapely.intersects_xy(target, corner[:, 0], corner[:, 1]))
            out[inside, :2] = np.minimum(out[inside, :2], corner[inside])
            out[inside, 2:] = np.maximum(out[inside, 2:], corner[inside])
        return out

    def meets(self, rows: IntArray, boxes: FloatArray) -> BoolArray:
        """Whether each of some boxes, of a row each, meets an edge of the row."""
        out = np.zeros(len(rows), dtype=np.bool_)
        for some in _portions(self.last[rows] - self.first[rows]):
            edge, begins = runs(self.first[rows[some]], self.last[rows[some]])
            box = np.repeat(some, np.diff(begins))
            out[box[_meet(self.edges[edge], boxes[box])]] = True
        return out


def _portions(counts: IntArray) -> list[IntArray]:
    """Rows one after another, in portions that count no more than `_AT_ONCE` together, or hold one row."""
    portion = np.cumsum(counts) // _AT_ONCE
    return np.split(np.arange(len(counts)), np.flatnonzero(portion[1:] != portion[:-1]) + 1)
