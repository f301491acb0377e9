"""Strips beside features: exact distances, widths by feature, what an unknown width and an unseen feature leave open."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.engine.overlay import buildings_of, ground_of, overlay_strips
from landrules.geo.ground import Ground
from landrules.geo.kernel import array_of
from landrules.geo.site import Coverage, CoverageKind, Layer, Parcel, Plane, Proposal, Role
from landrules.geo.strips import Near, Strips

PLANE = Plane("engineering")
box = shapely.box
Widths = list[Fraction | None]


def ground(*shapes: shapely.Geometry | None) -> Ground:
    return Ground.of([Parcel(str(i), Role.PARCEL, s, {}, Decimal(0)) for i, s in enumerate(shapes, start=1)], PLANE)


def layer(
    *shapes: shapely.Geometry, coverage: Coverage | None = None, invalid: tuple[shapely.Geometry, ...] = ()
) -> Layer:
    ids = tuple(f"f{i}" for i in range(len(shapes)))
    covered = coverage or Coverage(CoverageKind.COMPLETE)
    return Layer("highway", None, array_of(shapes), ids, {}, covered, "", PLANE.code, invalid=array_of(invalid))


def metres(*widths: int | None) -> Widths:
    return [None if w is None else Fraction(w) for w in widths]


HECTARE = box(0, 0, 100, 100)
SOUTH = box(-100, -30, 200, -10)
EAST = box(112, -500, 130, 500)


def test_each_feature_has_its_own_width() -> None:
    found = overlay_strips(ground(HECTARE), layer(SOUTH, EAST), metres(15, 20))
    assert found.pieces.area.tolist() == [500.0, 800.0]
    assert found.pieces.union_area() == 1300 - 40
    assert found.near == (
        Near(0, 0, Fraction(10), Fraction(15)),
        Near(0, 1, Fraction(12), Fraction(20)),
    )
    assert [n.margin for n in found.near] == [-5, -8]
    assert found.nearest(0) == found.near[1]
    assert found.widest == 20


def test_outside_the_strip_the_distance_is_told_within_reach() -> None:
    close = overlay_strips(ground(HECTARE), layer(EAST), metres(11))
    assert (len(close.pieces), close.near) == (0, ())
    told = overlay_strips(ground(HECTARE), layer(EAST), metres(11), reach=Fraction(50))
    assert (len(told.pieces), told.near) == (0, (Near(0, 0, Fraction(12), Fraction(11)),))
    assert told.near[0].margin == 1


def test_at_the_very_width_the_strip_only_touches() -> None:
    found = overlay_strips(ground(HECTARE), layer(EAST), metres(12))
    assert (len(found.pieces), found.near[0].margin) == (0, 0)


def test_the_land_of_the_feature_counts_as_within() -> None:
    found = overlay_strips(ground(HECTARE), layer(box(40, -10, 60, 110)), metres(5))
    assert found.pieces.union_area() == 3000
    assert found.near[0].distance == 0


def test_lines_and_points_have_strips() -> None:
    line = shapely.LineString([(-50, 50), (150, 50)])
    found = overlay_strips(ground(HECTARE), layer(line, shapely.Point(50, 50)), metres(10, 5))
    assert found.pieces.area[0] == 2000.0
    assert found.pieces.area[1] == pytest.approx(math.pi * 25, abs=0.1)
    assert found.pieces.union_area() == 2000


def test_a_feature_of_unknown_width_is_listed_and_measured_by_no_one() -> None:
    found = overlay_strips(ground(HECTARE), layer(SOUTH, EAST, box(5000, 0, 5010, 10)), metres(15, None, None))
    assert found.pieces.feature.tolist() == [0]
    assert [(n.feature, n.distance, n.margin) for n in found.of_unknown_width] == [(1, 12, None), (2, 4900, None)]
    bounded = overlay_strips(
        ground(HECTARE), layer(EAST, SOUTH), metres(None, 9), widest=Fraction(11), reach=Fraction(50)
    )
    assert bounded.of_unknown_width == ()
    assert bounded.nearest(0) == Near(0, 1, Fraction(10), Fraction(9))


def test_nothing_in_reach_has_no_nearest() -> None:
    found: Strips = overlay_strips(ground(HECTARE, None), layer(EAST), metres(20))
    assert found.nearest(1) is None
    with pytest.raises(ValueError, match="1 widths for 2 features"):
        overlay_strips(ground(HECTARE), layer(SOUTH, EAST), metres(20))


@pytest.mark.parametrize(
    ("coverage", "uncovered"),
    [
        (Coverage(CoverageKind.COMPLETE), 0),
        (Coverage(CoverageKind.COMPLETE, box(-20, -20, 120, 120)), 0),
        (Coverage(CoverageKind.NONE, box(-10, -20, 120, 120)), 1000),  # 10 m inside the parcel a road could be unseen
        (
            Coverage(CoverageKind.REGION, box(-20, -20, 100, 120)),
            1200,
        ),  # 20 by 100, less the strip of the southern road
        (Coverage(CoverageKind.UNDECLARED), 9000),
    ],
)
def test_coverage_is_seen_shrunk_by_the_widest_width(coverage: Coverage, uncovered: int) -> None:
    expected = {1200: 2000 - 200, 1000: 1000 - 100}.get(uncovered, uncovered)
    found = overlay_strips(ground(HECTARE), layer(SOUTH, coverage=coverage), metres(20))
    assert found.pieces.union_area() == 1000
    assert found.pieces.uncovered_area() == expected


def test_boxes_tell_that_no_edge_of_a_coverage_is_near_only_where_none_is() -> None:
    region = box(-50, -50, 150, 150)
    assert ground(HECTARE).is_deep_in(region, 49.0)
    assert not ground(HECTARE).is_deep_in(region, 50.0)
    assert not ground(HECTARE, box(0, 140, 10, 149)).is_deep_in(region, 5.0)
    assert ground(HECTARE, None).is_deep_in(region, 49.0)
    assert not ground(HECTARE).is_deep_in(shapely.difference(region, box(110, 40, 112, 42)), 20.0)


def test_an_unseen_feature_may_have_the_widest_strip_of_the_norm() -> None:
    """No road in the layer, coverage up to the parcel's edge: a road just outside could reach 20 m in."""
    nothing = layer(coverage=Coverage(CoverageKind.COMPLETE, box(0, 0, 100, 100)))
    found = overlay_strips(ground(HECTARE), nothing, [], widest=Fraction(20))
    assert (len(found.pieces), found.near, found.widest) == (0, (), 20)
    assert found.pieces.uncovered_area() == 10000 - 60 * 60
    far = layer(coverage=Coverage(CoverageKind.COMPLETE, box(-20, -20, 120, 120)))
    assert overlay_strips(ground(HECTARE), far, [], widest=Fraction(20)).pieces.uncovered_area() == 0


def test_the_box_of_an_invalid_feature_throws_a_strip_too() -> None:
    found = overlay_strips(ground(HECTARE), layer(SOUTH, invalid=(box(-30, -100, -10, 200),)), metres(20))
    assert found.pieces.uncovered_area() == 1000 - 100


def test_buildings_are_tested_on_their_own_ground() -> None:
    house = Parcel("W-1", Role.BUILDING, box(10, 5, 70, 53), {}, Decimal(0))
    plot = Parcel("E-01", Role.PARCEL, HECTARE, {}, Decimal(0))
    proposal = Proposal("p", "p", {}, (plot,), (house,), (), PLANE, "", 0.001)
    on_houses = overlay_strips(buildings_of(proposal), layer(SOUTH), metres(20))
    assert on_houses.pieces.union_area() == 60 * 5
    assert on_houses.near[0].distance == 15
    assert overlay_strips(ground_of(proposal), layer(SOUTH), metres(20)).pieces.union_area() == 1000


@given(st.integers(1, 60), st.integers(-50, 150), st.integers(1, 120))
@settings(max_examples=40, deadline=None)
def test_a_wider_strip_holds_the_narrower(width: int, east: int, more: int) -> None:
    road = layer(shapely.LineString([(east, -20), (east + 40, 130)]))
    narrow = overlay_strips(ground(HECTARE), road, metres(width)).pieces
    wide = overlay_strips(ground(HECTARE), road, metres(width + more)).pieces
    assert narrow.union_area() <= wide.union_area()
    if len(narrow):
        assert narrow.lie_within(wide.union_geometry(), 0.0)
