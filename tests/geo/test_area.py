"""Areas against the published values of domain/area.md, and the promise that parts make up the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo import kernel
from landrules.geo.area import (
    Density,
    exact,
    karney_area_of_degrees,
    karney_areas,
    rounded,
    survey_area_of_degrees,
    survey_areas,
    total,
)
from landrules.geo.crs import areal_scale, transform_points
from landrules.geo.kernel import array_of
from landrules.geo.site import Plane

PLANE = Plane("EPSG:4527")
ENGINEERING = Plane("engineering")


def ring(*corners: tuple[float, float]) -> np.ndarray:
    return np.array([*corners, corners[0]])


CELL = ring((117, 35), (117.01, 35), (117.01, 35.01), (117, 35.01))
QUADRILATERAL = ring((117, 35), (117.02, 35.003), (117.015, 35.02), (117.003, 35.012))


@pytest.mark.parametrize(
    ("corners", "formula", "karney"),
    [(CELL, 1012695.4237, 1012695.4237), (QUADRILATERAL, 2405027.7835, 2405061.1897)],
)
def test_regression_values(corners: np.ndarray, formula: float, karney: float) -> None:
    """area.md 2: corners only, no edge cut."""
    assert survey_area_of_degrees(corners) == pytest.approx(formula, abs=0.00006)
    assert karney_area_of_degrees(corners) == pytest.approx(karney, abs=0.00006)
    assert survey_area_of_degrees(corners[::-1]) == pytest.approx(formula, abs=0.00006)


@pytest.mark.parametrize(
    ("latitude", "degrees", "ppm", "square"),
    [
        (20, 0, 0, 0), (20, 1, 270.6, 2.706), (20, 1.5, 609.0, 6.087), (30, 0, 0, 0), (30, 1, 229.6, 2.296),
        (30, 1.5, 516.8, 5.165), (40, 1, 179.5, 1.794), (40, 1.5, 403.9, 4.037), (50, 1, 126.2, 1.262),
        (50, 1.5, 284.0, 2.839),
    ],
)  # fmt: skip
def test_planar_area_exceeds_the_ellipsoidal_as_tabled(
    latitude: float, degrees: float, ppm: float, square: float
) -> None:
    """area.md 3: the scale in parts per million, and what it makes of 100 m by 100 m."""
    place = transform_points(np.array([[117 + degrees, latitude]]), "EPSG:4490", PLANE.code)
    x, y = place[0]
    shape = array_of([shapely.box(x - 50, y - 50, x + 50, y + 50)])
    assert 10000.0 - float(karney_areas(shape, PLANE)[0]) == pytest.approx(square, abs=0.0006)
    assert (float(areal_scale(place, PLANE)[0]) - 1) * 1e6 == pytest.approx(ppm, abs=0.06)


@pytest.mark.parametrize(("side", "limit"), [(20, 0.0001), (100, 0.0001), (1000, 0.0001), (10000, 0.003)])
def test_methods_agree_on_squares(side: float, limit: float) -> None:
    """area.md 2: formula and Karney, both on edges cut to 70 m."""
    square = array_of([shapely.box(39519000, 3497500, 39519000 + side, 3497500 + side)])
    assert survey_areas(square, PLANE)[0] == pytest.approx(karney_areas(square, PLANE)[0], abs=limit)


def test_holes_are_taken_away_and_parts_added() -> None:
    outer, hole, part = (
        shapely.box(39519000 + a, 3497500 + b, 39519000 + c, 3497500 + d)
        for a, b, c, d in ((0, 0, 100, 100), (10, 10, 50, 90), (200, 0, 300, 100))
    )
    joined = shapely.MultiPolygon([shapely.difference(outer, hole), part])
    whole, inner, other, found = survey_areas(array_of([outer, hole, part, joined]), PLANE)
    assert found == pytest.approx(whole - inner + other, abs=1e-7)


def test_an_engineering_plane_is_planar() -> None:
    shapes = array_of([shapely.box(0, 0, 100, 100), shapely.Polygon()])
    assert survey_areas(shapes, ENGINEERING).tolist() == [10000.0, 0.0]
    assert karney_areas(shapes, ENGINEERING).tolist() == [10000.0, 0.0]
    assert Density.around(shapes, ENGINEERING).measure(shapes, np.arange(2)).tolist() == [10000.0, 0.0]
    assert len(survey_areas(array_of([]), PLANE)) == 0


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (1000, 0), (400, 800)],  # the kilometre triangle of area.md 2
        [(0, 0), (5000, 0), (2000, 4000)],
        [(0, 0), (20000, 20000), (20060, 20000), (60, 0)],  # a corridor
        [(-250000, 0), (-245000, 0), (-245000, 5000)],
    ],
)
def test_the_density_gives_the_true_area_without_splitting(corners: list[tuple[float, float]]) -> None:
    """Within 0.001 m² per km² of Karney on cut edges, which a scale at the centroid misses (area.md 2)."""
    shape = kernel.normal_form(array_of([shapely.Polygon([(39519000 + x, 3497500 + y) for x, y in corners])]))
    measured = Density.around(shape, PLANE).measure(shape, np.array([0]))
    assert measured[0] == pytest.approx(karney_areas(shape, PLANE)[0], abs=0.001)


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [("EPSG:26915", -93.27, 44.98), ("EPSG:32650", 117.3, 31.6), ("EPSG:2154", 4.1, 43.9), ("EPSG:2363", 117.2, 31.6)],
)
def test_other_planes_measure_on_their_own_ellipsoid(code: str, lon: float, lat: float) -> None:
    """UTM (scale 0.9996), Lambert and Xian 1980: planar areas differ by hundreds of ppm, the three measures do not."""
    plane = Plane(code)
    own = {"EPSG:26915": "EPSG:4269", "EPSG:32650": "EPSG:4326", "EPSG:2154": "EPSG:4171", "EPSG:2363": "EPSG:4610"}
    x, y = transform_points(np.array([[lon, lat]]), own[code], code)[0]
    shape = kernel.normal_form(array_of([shapely.box(x, y, x + 500, y + 300)]))
    karney = float(karney_areas(shape, plane)[0])
    assert survey_areas(shape, plane)[0] == pytest.approx(karney, abs=0.001)
    assert Density.around(shape, plane).measure(shape, np.array([0]))[0] == pytest.approx(karney, abs=0.0001)
    assert abs(karney - 150000.0) > 1.0 or code == "EPSG:2363"


def test_the_density_does_not_mind_how_rings_wind() -> None:
    holed = shapely.difference(
        shapely.box(39519000, 3497500, 39520000, 3498500), shapely.box(39519100, 3497600, 39519300, 3497900)
    )
    turned = shapely.Polygon(holed.exterior.coords[::-1], [ring.coords for ring in holed.interiors])
    same_way = shapely.orient_polygons(holed, exterior_cw=True)
    shapes = array_of(
        [kernel.normal_form(array_of([holed]))[0], turned, same_way, shapely.LineString([(0, 0), (1, 1)])]
    )
    density = Density.around(shapes[:1], PLANE)
    first, second, third, line = density.measure(shapes, np.zeros(4, dtype=np.int64))
    assert second == pytest.approx(first, abs=1e-7)
    assert third == pytest.approx(first, abs=1e-7)
    assert first == pytest.approx(survey_areas(shapes, PLANE)[0], abs=1e-4)
    assert line == 0


@given(st.integers(-140, 140), st.integers(1, 40), st.integers(-3, 3))
@settings(max_examples=60, deadline=None)
def test_cutting_neither_makes_nor_loses_area(east_km: int, cut: int, slope: int) -> None:
    """A kilometre square up to 1.5 degrees off the meridian, cut by a slanted line into two pieces."""
    x, y = 39500000.0 + east_km * 1000, 3497500.0
    parent = kernel.normal_form(array_of([shapely.box(x, y, x + 1000, y + 1000)]))
    blade = shapely.Polygon(
        [
            (x - 9e3, y - 9e3),
            (x + 25 * cut - 90 * slope, y - 9e3),
            (x + 25 * cut + 110 * slope, y + 11e3),
            (x - 9e3, y + 11e3),
        ]
    )
    left = kernel.intersection(parent, array_of([blade]))
    right = kernel.difference(parent, array_of([blade]))
    density, row = Density.around(parent, PLANE), np.array([0])
    pieces = density.measure(left, row)[0] + density.measure(right, row)[0]
    assert pieces == pytest.approx(density.measure(parent, row)[0], abs=1e-7)


@given(st.lists(st.floats(0, 1e7, allow_nan=False), max_size=30), st.randoms(use_true_random=False))
def test_sums_are_free_of_order(areas: list[float], random: Random) -> None:
    shuffled = list(areas)
    random.shuffle(shuffled)
    assert total(areas) == total(shuffled)


@pytest.mark.parametrize(
    ("area", "printed"),
    [(0.005, "0.01"), (0.00499999999, "0.01"), (0.004999, "0.00"), (2.675, "2.68"), (12.345, "12.35"), (0.0, "0.00")],
)
def test_rounding_is_half_up_on_what_was_meant(area: float, printed: str) -> None:
    assert rounded(area) == Decimal(printed)


def test_exact_keeps_a_millionth() -> None:
    assert exact(1 / 3) == Fraction(333333, 10**6)
    assert rounded(Fraction(1, 200)) == Decimal("0.01")
