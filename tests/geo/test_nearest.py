"""What lies near: the sieves give the answers of the plain loops, to the last digit and whatever the shapes."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo import kernel
from landrules.geo.ground import Ground
from landrules.geo.kernel import array_of
from landrules.geo.nearest import nearest, pairs_near, pairs_no_farther
from landrules.geo.site import Geometry, GeometryArray, Parcel, Plane, Role
from landrules.geo.within import ground_within_each

FAR_EAST, FAR_NORTH = 39_523_000.0, 3_392_000.0
"""The corner of a county in a zone whose number stands before its eastings."""


def ground(*shapes: Geometry | None) -> Ground:
    parcels = [Parcel(f"{i:03d}", Role.PARCEL, s, {}, Decimal(0)) for i, s in enumerate(shapes, start=1)]
    return Ground.of(parcels, Plane("engineering"))


NUMBERS = st.integers(-40, 40)
POINTS = st.tuples(NUMBERS, NUMBERS)


@st.composite
def shapes(draw: st.DrawFn) -> Geometry:
    """Points, lines, boxes with and without a hole, shapes of two parts, and nothing at all."""
    kind = draw(st.sampled_from(("point", "line", "box", "ring", "two", "nothing")))
    if kind == "point":
        return shapely.Point(*draw(POINTS))
    if kind == "line":
        return shapely.LineString(draw(st.lists(POINTS, min_size=2, max_size=5, unique=True)))
    if kind == "nothing":
        return shapely.Polygon()
    x, y = draw(POINTS)
    width, height = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    box = shapely.box(x, y, x + width, y + height)
    if kind == "ring":
        return box.difference(shapely.box(x + width / 4, y + height / 4, x + width / 2, y + height / 2))
    return shapely.MultiPolygon([box, shapely.box(x + 100, y, x + 101, y + 3)]) if kind == "two" else box


@given(st.lists(shapes(), max_size=6), st.lists(shapes(), max_size=12), st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_pairs_are_those_of_a_loop_over_all(ours: list[Geometry], theirs: list[Geometry], reach: int) -> None:
    a, b = array_of(ours), array_of(theirs)
    found = pairs_no_farther(a, b, float(reach))
    looped = [(i, j, d) for i, x in enumerate(ours) for j, y in enumerate(theirs) if (d := x.distance(y)) <= reach]
    assert list(zip(found.first, found.second, found.distance, strict=True)) == looped


@given(st.lists(shapes(), max_size=6), st.lists(shapes(), max_size=12))
@settings(max_examples=150, deadline=None)
def test_the_nearest_is_that_of_a_loop_and_the_first_of_equals(ours: list[Geometry], theirs: list[Geometry]) -> None:
    found = nearest(array_of(ours), array_of(theirs))
    looped = []
    for i, x in enumerate(ours):
        far = [(x.distance(y), j) for j, y in enumerate(theirs) if not (x.is_empty or y.is_empty)]
        if far:
            looped.append((i, min(far)[1], min(far)[0]))
    assert list(zip(found.first, found.second, found.distance, strict=True)) == looped


def test_of_two_at_one_distance_the_first_is_nearest_whatever_the_order_of_asking() -> None:
    west, east = shapely.Point(-5, 0), shapely.Point(5, 0)
    middle = array_of([shapely.Point(0, 0)])
    assert nearest(middle, array_of([west, east])).second.tolist() == [0]
    assert nearest(middle, array_of([east, west])).second.tolist() == [0]
    assert nearest(middle, array_of([shapely.Point(-5, 0.01), east])).second.tolist() == [1]


def test_a_long_parcel_is_near_what_lies_along_it_and_not_what_lies_in_its_box() -> None:
    corridor = shapely.LineString([(0, 0), (9000, 9000)]).buffer(20, cap_style="flat")
    beside, in_the_box = shapely.Point(4500, 4560), shapely.Point(8900, 100)
    found = pairs_near(ground(corridor), array_of([beside, in_the_box]), 30.0)
    assert found.second.tolist() == [0]
    assert found.distance[0] == pytest.approx(60 / math.sqrt(2) - 20, abs=1e-9)
    assert pairs_near(ground(corridor), array_of([beside, in_the_box]), 22.0).second.tolist() == []


def plainly(targets: GeometryArray, sources: GeometryArray, widths: list[int]) -> list[Geometry]:
    rows = zip(targets, sources, widths, strict=True)
    return [kernel.ground_within(target, source, float(width)) for target, source, width in rows]


AREAS = shapes().filter(lambda s: s.geom_type in ("Polygon", "MultiPolygon"))


@given(st.lists(AREAS, min_size=1, max_size=3), st.lists(shapes(), min_size=1, max_size=5), st.data())
@settings(max_examples=150, deadline=None)
def test_strips_drawn_together_are_those_drawn_one_by_one(
    ours: list[Geometry], theirs: list[Geometry], data: st.DataObject
) -> None:
    pairs = [(x, y) for x in kernel.normal_form(array_of(ours)) for y in theirs]
    widths = data.draw(st.lists(st.sampled_from((0, 1, 7, 20)), min_size=len(pairs), max_size=len(pairs)))
    targets, sources = array_of(x for x, _ in pairs), array_of(y for _, y in pairs)
    together = ground_within_each(targets, sources, np.array(widths, dtype=np.float64))
    for one, other in zip(together, plainly(targets, sources, widths), strict=True):
        assert shapely.equals_exact(one, other, 0.0)


def test_along_a_winding_line_of_many_edges_too() -> None:
    """Enough edges for the sieve along the outline; far east, where a coordinate has eight digits."""
    turns = np.linspace(0.0, 40.0, 3000)
    road = shapely.LineString(np.column_stack([FAR_EAST + 100 * turns, FAR_NORTH + 300 * np.sin(turns)]))
    site = shapely.Polygon([(FAR_EAST + x, FAR_NORTH + y) for x, y in ((0, -400), (4000, 350), (3900, 400), (0, -300))])
    inside = shapely.box(FAR_EAST + 1990, FAR_NORTH - 40, FAR_EAST + 2010, FAR_NORTH + 20)  # far from any outline
    for target in (site, site.buffer(250), inside.buffer(300)):
        targets, sources = array_of([target] * 2), array_of([road, inside])
        together = ground_within_each(targets, sources, np.array([15.0, 5.0]))
        for one, other in zip(together, plainly(targets, sources, [15, 5]), strict=True):
            assert not one.is_empty
            assert shapely.equals_exact(one, other, 0.0)


# --- against closed forms, far from the origin -----------------------------------------------------------------------


def moved(shape: Geometry) -> Geometry:
    return shapely.transform(shape, lambda xy: xy + np.array([FAR_EAST, FAR_NORTH]))


@pytest.mark.parametrize("width", [5, 20, 500])
def test_the_strip_of_a_straight_line_is_a_rectangle_with_two_half_discs(width: int) -> None:
    everywhere = array_of([moved(shapely.box(-2000, -2000, 3000, 2000))])
    line = array_of([moved(shapely.LineString([(0, 0), (1000, 0)]))])
    area = float(shapely.area(ground_within_each(everywhere, line, np.array([float(width)])))[0])
    exact = 2 * width * 1000 + math.pi * width**2
    arc = 2 * math.pi * width * kernel.ARC_SAGITTA
    assert exact - arc <= area <= exact + 0.01


def test_a_parcel_along_a_straight_edge_is_entered_by_a_rectangle_to_the_centimetre() -> None:
    """Thirty degrees off the axes, twelve metres away, twenty metres wide: eight metres of a hundred."""
    turn = shapely.LineString([(-500, 0), (600, 0)])
    road, site = turn, shapely.box(0, 12, 100, 112)
    spin = np.array([[math.cos(0.5236), -math.sin(0.5236)], [math.sin(0.5236), math.cos(0.5236)]])
    road, site = (moved(shapely.transform(g, lambda xy: xy @ spin.T)) for g in (road, site))
    entered = ground_within_each(array_of([site]), array_of([road]), np.array([20.0]))
    assert float(shapely.area(entered)[0]) == pytest.approx(800.0, abs=0.01)
    assert nearest(array_of([site]), array_of([road])).distance[0] == pytest.approx(12.0, abs=1e-6)


def test_round_a_point_and_round_a_corner_the_arc_is_kept_within_two_millimetres() -> None:
    site = array_of([moved(shapely.box(0, 0, 400, 400))])
    point = array_of([moved(shapely.Point(0, 0))])
    quarter = float(shapely.area(ground_within_each(site, point, np.array([100.0])))[0])
    assert math.pi * 100**2 / 4 - math.pi / 2 * 100 * kernel.ARC_SAGITTA <= quarter <= math.pi * 100**2 / 4 + 0.01
    corner = array_of([moved(shapely.box(-50, -50, 0, 0))])
    assert float(shapely.area(ground_within_each(site, corner, np.array([100.0])))[0]) == pytest.approx(
        quarter, abs=1e-6
    )
    assert nearest(array_of([moved(shapely.box(30, 40, 60, 70))]), corner).distance[0] == pytest.approx(50.0, abs=1e-6)
