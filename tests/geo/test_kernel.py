"""The kernel in whole metres: what is ground, what is a touch, what a repair changes, what lies within a distance."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo import kernel
from landrules.geo.index import pairs_within
from landrules.geo.kernel import array_of

box = shapely.box
BOW_TIE = shapely.from_wkt("POLYGON ((0 0, 100 100, 100 0, 0 100, 0 0))")


def wkt(shape: shapely.Geometry) -> str:
    return str(shapely.to_wkt(shape, trim=True))


def both(a: shapely.Geometry, b: shapely.Geometry) -> shapely.Geometry:
    return kernel.intersection(array_of([a]), array_of([b]))[0]


def test_a_shared_edge_or_corner_is_no_ground() -> None:
    assert both(box(0, 0, 100, 100), box(100, 0, 200, 100)).is_empty
    assert both(box(0, 0, 100, 100), box(100, 100, 200, 200)).is_empty
    touching_and_sharing = shapely.union_all([box(50, 0, 60, 10), box(100, 50, 120, 60)])
    assert wkt(both(box(0, 0, 100, 100), touching_and_sharing)) == "POLYGON ((50 0, 60 0, 60 10, 50 10, 50 0))"


def test_results_of_lines_and_points_have_no_ground() -> None:
    for shape in (shapely.LineString([(0, 0), (10, 10)]), shapely.Point(5, 5), shapely.GeometryCollection()):
        assert both(box(0, 0, 100, 100), shape).is_empty


@given(st.integers(0, 5), st.booleans(), st.integers(0, 3))
def test_a_shuffled_ring_is_the_same_geometry(start: int, backward: bool, hole_start: int) -> None:
    outer = [(0, 0), (100, 0), (100, 50), (60, 80), (20, 90), (0, 100)]
    hole = [(10, 10), (10, 20), (20, 20), (20, 10)]
    turned = outer[start:] + outer[:start]
    shape = shapely.Polygon(turned[::-1] if backward else turned, [hole[hole_start:] + hole[:hole_start]])
    plain = shapely.Polygon(outer, [hole])
    first, second = kernel.normal_form(array_of([shape, plain]))
    assert shapely.to_wkb(first) == shapely.to_wkb(second)
    assert shapely.is_ccw(first.exterior)
    assert not shapely.is_ccw(first.interiors[0])


def test_the_order_of_parts_does_not_matter() -> None:
    parts = [box(200, 0, 210, 10), box(0, 0, 10, 10), box(100, 50, 110, 60)]
    forms = {shapely.to_wkb(kernel.normal_form(array_of([shapely.MultiPolygon(p)]))[0]) for p in (parts, parts[::-1])}
    assert len(forms) == 1


def test_equivalent_width_is_that_of_the_widest_part() -> None:
    sliver, patch = box(0, 0, 1000, 0.001), box(0, 10, 10, 20)
    widths = kernel.equivalent_width(
        array_of([sliver, patch, shapely.MultiPolygon([sliver, patch]), shapely.Polygon()])
    )
    assert widths[0] == pytest.approx(0.001, rel=1e-5)
    assert widths.tolist()[1:] == [5.0, 5.0, 0.0]


def test_validity_names_reason_and_place() -> None:
    assert kernel.validity(box(0, 0, 1, 1)) is None
    assert kernel.validity(BOW_TIE) == kernel.Flaw("Self-intersection", 50.0, 50.0)
    with np.errstate(invalid="ignore"):
        flaw = kernel.validity(shapely.Polygon([(0, 0), (1, 0), (math.nan, 1), (0, 0)]))
    assert flaw is not None
    assert flaw.reason.startswith("Invalid Coordinate")


def test_repair_reports_the_area_it_changed() -> None:
    """The rings of a bow tie cancel: a program that trusts them shows 0 m², the ground is two triangles of 2500 m²."""
    repaired = kernel.repair(BOW_TIE)
    assert shapely.area(repaired.geometry) == repaired.changed_m2 == 5000.0
    nested = shapely.MultiPolygon([box(0, 0, 100, 100), box(20, 20, 40, 40)])
    assert kernel.repair(nested) == kernel.Repair(repaired_box(), 400.0)


def repaired_box() -> shapely.Geometry:
    return kernel.normal_form(array_of([box(0, 0, 100, 100)]))[0]


def test_a_sliver_of_arithmetic_is_not_shared_ground() -> None:
    a, exact, noise, real = box(0, 0, 100, 100), box(100, 0, 200, 100), box(100 - 1e-9, 0, 200, 100), box(99, 0, 200, 9)
    assert kernel.shares_ground(array_of([a, a, a]), array_of([exact, noise, real])).tolist() == [False, False, True]


def test_within_forgives_the_precision_and_no_more() -> None:
    region = box(0, 0, 100, 100)
    assert kernel.is_within(box(10, 10, 20, 20), region, 0.0)
    assert kernel.is_within(box(0, 0, 100.001, 100), region, 0.002)
    assert not kernel.is_within(box(0, 0, 100.01, 100), region, 0.002)
    speck = shapely.MultiPolygon([box(0, 0, 100, 99), box(150, 0, 150.5, 0.5)])
    assert not kernel.is_within(speck, region, 0.002)


# --- distance --------------------------------------------------------------------------------------------------------


def test_strip_along_a_straight_edge_is_exact() -> None:
    target = box(0, 0, 100, 100)
    assert shapely.area(kernel.ground_within(target, box(-50, -50, 150, -10), 30)) == 2000.0
    assert shapely.area(kernel.ground_within(target, shapely.LineString([(-50, -5), (150, -5)]), 20)) == 1500.0
    assert kernel.ground_within(target, box(-50, -50, 150, -10), 10).is_empty


def test_the_ground_of_the_feature_counts_as_within() -> None:
    target, feature = box(0, 0, 100, 100), box(20, 20, 80, 80)
    assert shapely.area(kernel.ground_within(target, feature, 0)) == 3600.0
    ring = 60 * 60 + 4 * 60 * 10 + math.pi * 100
    assert shapely.area(kernel.ground_within(target, feature, 10)) == pytest.approx(ring, abs=0.1)


@pytest.mark.parametrize("width", [1.0, 20.0, 100.0, 1000.0])
def test_arcs_are_exact_to_a_centimetre(width: float) -> None:
    disc = kernel.ground_within(box(-2000, -2000, 2000, 2000), shapely.Point(0, 0), width)
    corners = shapely.get_coordinates(disc)
    middles = (corners[1:] + corners[:-1]) / 2
    inner = min(math.hypot(x, y) for x, y in middles)
    outer = max(math.hypot(x, y) for x, y in corners)
    assert outer <= width + 1e-9
    assert inner > width - 0.01


@given(
    st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=2, max_size=6, unique=True),
    st.integers(1, 30),
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=5, max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_no_vertex_of_a_zigzag_is_simplified_away(
    line: list[tuple[int, int]], width: int, probes: list[tuple[float, float]]
) -> None:
    """A point of the target lies in the strip exactly when its own distance says so, to a centimetre."""
    source, target = shapely.LineString(line), box(0, 0, 100, 100)
    strip = kernel.ground_within(target, source, float(width))
    for place in map(shapely.Point, probes):
        away = shapely.distance(place, source)
        if abs(away - width) > 0.01:
            assert bool(shapely.intersects(strip, place)) == (away < width)


def test_grown_ground() -> None:
    assert shapely.area(kernel.grown(box(0, 0, 100, 100), 10)) == pytest.approx(14000 + math.pi * 100, abs=0.1)


@pytest.mark.parametrize("teeth", [40, 400])
def test_grown_ground_is_never_too_large(teeth: int) -> None:
    """A coast of teeth, widened by 5 km edge by edge (few) or point by point (many): all of it lies within 5 km."""
    coast = [(20000 * i / teeth, 300.0 * (i % 2)) for i in range(teeth + 1)]
    land = shapely.Polygon([*coast, (20000, 8000), (0, 8000)])
    wide = kernel.grown(land, 5000)
    shapely.prepare(land)
    away = shapely.distance(shapely.points(shapely.get_coordinates(wide)), land)
    assert away.max() <= 5000 + 1e-6
    assert away.min() >= 5000 * (0.9999 if teeth == 40 else 0.99)
    assert kernel.covers(array_of([wide]), array_of([land]))[0]


# --- index -----------------------------------------------------------------------------------------------------------

coordinate = st.integers(-50, 50)


@given(st.lists(st.tuples(coordinate, coordinate, st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=260))
@settings(max_examples=40, deadline=None)
def test_pairs_are_those_of_a_plain_loop(rows: list[tuple[int, int, int, int]]) -> None:
    shapes = array_of([box(x, y, x + w, y + h) if w and h else shapely.Point(x, y) for x, y, w, h in rows])
    bounds = shapely.bounds(shapes)
    i, j = pairs_within(shapes)
    expected = [
        (a, b)
        for a in range(len(rows))
        for b in range(a + 1, len(rows))
        if (bounds[a, :2] <= bounds[b, 2:]).all() and (bounds[b, :2] <= bounds[a, 2:]).all()
    ]
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == expected
