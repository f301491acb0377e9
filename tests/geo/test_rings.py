"""Second strips: what inner strips leave of outer ones, by hand areas, by counted cells, and as a law of sums."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo.announced import Preferred, preferred
from landrules.geo.ground import Ground
from landrules.geo.kernel import array_of
from landrules.geo.rings import Inner, rings
from landrules.geo.site import Coverage, CoverageKind, Layer, Parcel, Plane, Role
from landrules.geo.strips import Strips, strips

PLANE = Plane("engineering")
box = shapely.box
HECTARE = box(0, 0, 100, 100)
SOUTH = box(-100, -10, 200, 0)
NORTH = box(-100, 100, 200, 110)


def ground(*shapes: shapely.Geometry) -> Ground:
    return Ground.of([Parcel(str(i), Role.PARCEL, s, {}, Decimal(0)) for i, s in enumerate(shapes)], PLANE)


def layer(
    *shapes: shapely.Geometry, coverage: Coverage | None = None, invalid: tuple[shapely.Geometry, ...] = ()
) -> Layer:
    ids = tuple(f"f{i}" for i in range(len(shapes)))
    covered = coverage or Coverage(CoverageKind.COMPLETE)
    return Layer("canal", None, array_of(shapes), ids, {}, covered, "", PLANE.code, invalid=array_of(invalid))


def ringed(
    place: Ground, of: Layer, outer: list[int], inner: list[int | None], perhaps: frozenset[int] = frozenset()
) -> Strips:
    wide = [Fraction(w) for w in outer]
    drawn = strips(place, of, wide, widest=max(wide, default=Fraction(0)))
    known = tuple(None if w is None else Fraction(w) for w in inner)
    widest = Fraction(max([w for w in inner if w is not None], default=10))
    return rings(place, of, drawn, Inner(known, perhaps, widest))


def test_the_ring_is_the_outer_strip_without_the_inner() -> None:
    found = ringed(ground(HECTARE), layer(SOUTH), [30], [10])
    assert found.pieces.area.tolist() == [2000.0]
    assert found.pieces.geometry[0].bounds == (0.0, 10.0, 100.0, 30.0)


def test_no_ring_lies_in_the_inner_strip_of_another_feature() -> None:
    found = ringed(ground(box(0, 0, 100, 35)), layer(SOUTH, box(-100, 35, 200, 45)), [30, 30], [10, 5])
    assert found.pieces.union_area() == 2000  # 35 m without 10 m below and 5 m above
    assert found.pieces.area.tolist() == [2000.0, 2000.0]


def test_an_inner_strip_as_wide_as_the_outer_leaves_nothing() -> None:
    assert len(ringed(ground(HECTARE), layer(SOUTH), [30], [30]).pieces) == 0
    assert len(ringed(ground(HECTARE), layer(SOUTH), [30], [40]).pieces) == 0


def test_a_feature_without_an_inner_strip_keeps_all_of_its_outer_one() -> None:
    assert ringed(ground(HECTARE), layer(SOUTH), [30], [None]).pieces.area.tolist() == [3000.0]


def test_what_a_feature_may_take_is_left_out_and_the_feature_named() -> None:
    found = ringed(ground(HECTARE), layer(SOUTH), [30], [None], frozenset({0}))
    assert found.pieces.area.tolist() == [2000.0]
    assert found.unsettled == (0,)
    far = ringed(ground(HECTARE), layer(SOUTH, box(300, 0, 310, 10)), [30, 30], [10, None], frozenset({1}))
    assert far.unsettled == ()


def test_a_feature_beyond_coverage_may_take_ground_which_is_then_not_known() -> None:
    coverage = Coverage(CoverageKind.REGION, box(-1000, -1000, 1000, 25))
    found = ringed(ground(box(0, 0, 100, 20)), layer(SOUTH, coverage=coverage), [30], [10])
    assert found.pieces.area.tolist() == [500.0]  # from 10 m to 15 m; above that a canal at 25 m may reach with 10 m
    gap = found.pieces.uncovered()
    assert gap.area() == 500
    assert gap.geometry[0].bounds == (0.0, 15.0, 100.0, 20.0)


def test_the_box_of_an_invalid_feature_may_take_ground_too() -> None:
    found = ringed(ground(HECTARE), layer(SOUTH, invalid=(box(0, 40, 100, 60),)), [30], [10])
    assert found.pieces.union_area() == 2000
    near = ringed(ground(HECTARE), layer(SOUTH, invalid=(box(0, 35, 100, 60),)), [30], [10])
    assert near.pieces.union_area() == 1500


cells = st.lists(st.tuples(st.integers(-3, 12), st.integers(-3, 12)), min_size=1, max_size=4, unique=True)


@settings(max_examples=60, deadline=None)
@given(cells=cells, outer=st.integers(1, 6), inner=st.integers(0, 6))
def test_ring_and_inner_strip_make_up_the_outer_strip(cells: list[tuple[int, int]], outer: int, inner: int) -> None:
    place = ground(box(0, 0, 10, 10))
    of = layer(*(box(x, y, x + 1, y + 1) for x, y in cells))
    wide = strips(place, of, [Fraction(outer)] * len(cells))
    narrow = strips(place, of, [Fraction(min(outer, inner))] * len(cells))
    ring = ringed(place, of, [outer] * len(cells), [inner] * len(cells))
    total = ring.pieces.union_area() + narrow.pieces.union_area()
    assert float(total) == pytest.approx(float(wide.pieces.union_area()), abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.integers(-8, 18), min_size=1, max_size=3, unique=True),
    outer=st.integers(1, 8),
    inner=st.integers(0, 7),
)
def test_a_ring_of_rows_is_what_counting_cells_gives(rows: list[int], outer: int, inner: int) -> None:
    """Features are rows right across, so that every cell of a metre lies wholly in or wholly out."""
    of = layer(*(box(-50, y, 60, y + 1) for y in rows))
    ring = ringed(ground(box(0, 0, 10, 10)), of, [outer] * len(rows), [inner] * len(rows))
    free = [c for c in range(10) if c not in rows]  # a feature's own ground is within its inner strip
    counted = 10 * sum(inner <= min(abs(y - c) - 1 for y in rows) < outer for c in free)
    assert float(ring.pieces.union_area()) == pytest.approx(counted, abs=1e-5)


def announced(place: Ground, of: Layer, width: int, zones: Layer) -> Preferred:
    drawn = strips(place, of, [Fraction(width)] * len(of.ids), widest=Fraction(width))
    return preferred(place, of, drawn, zones, range(len(of.ids)))


def zones(*shapes: shapely.Geometry, coverage: Coverage | None = None) -> Layer:
    ids = tuple(f"k{i}" for i in range(len(shapes)))
    covered = coverage or Coverage(CoverageKind.COMPLETE)
    return Layer("zone", None, array_of(shapes), ids, {}, covered, "", PLANE.code)


def test_an_announced_polygon_stands_for_the_strip_beside_it() -> None:
    found = announced(ground(HECTARE), layer(SOUTH), 20, zones(box(0, 0, 100, 8)))
    assert found.strips.pieces.union_area() == 800
    assert found.layer.ids == ("f0", "k0")
    assert found.doubt.area() == 0


def test_the_strip_stands_where_no_polygon_is_near() -> None:
    found = announced(ground(HECTARE), layer(SOUTH), 20, zones(box(0, 0, 30, 8)))
    kept = shapely.union_all(found.strips.pieces.geometry)
    assert kept.intersection(box(60, 0, 100, 100)).area == pytest.approx(800.0)
    assert kept.intersection(box(0, 0, 30, 100)).area == pytest.approx(240.0)


def test_a_polygon_of_another_road_leaves_this_one_its_strip() -> None:
    found = announced(ground(HECTARE), layer(SOUTH), 20, zones(box(0, 25, 100, 30)))
    assert found.strips.pieces.union_area() == 2000 + 500


def test_where_the_announced_layer_says_nothing_ground_is_in_doubt() -> None:
    coverage = Coverage(CoverageKind.REGION, box(-1000, -1000, 50, 1000))
    found = announced(ground(HECTARE), layer(SOUTH), 20, zones(coverage=coverage))
    assert float(found.strips.pieces.union_area()) == pytest.approx(30 * 20)  # sure up to 20 m before the edge
    assert float(found.doubt.area()) == pytest.approx(50 * 100 + 20 * 20)


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(5, 95), west=st.integers(0, 60), deep=st.integers(1, 15))
def test_cutting_a_parcel_moves_nothing(cut: int, west: int, deep: int) -> None:
    of, drawn = layer(SOUTH, NORTH), zones(box(west, 0, west + 30, deep))
    whole = announced(ground(HECTARE), of, 20, drawn).strips.pieces.union_area()
    parts = announced(ground(box(0, 0, cut, 100), box(cut, 0, 100, 100)), of, 20, drawn).strips.pieces.union_area()
    assert float(parts) == pytest.approx(float(whole), abs=1e-5)
