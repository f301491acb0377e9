"""Charts give what the projection library gives, to a fraction of its last digit, everywhere in every zone."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo.area import Density, survey_areas, survey_areas_by_library
from landrules.geo.chart import NONE, REACH, SIDE, charts_of
from landrules.geo.crs import areal_scale, ellipsoid, own_degrees
from landrules.geo.kernel import FloatArray, array_of
from landrules.geo.outlines import Outlines
from landrules.geo.site import Geometry, GeometryArray, Plane

PLANES = {
    "EPSG:4528": 40.5e6,
    "EPSG:4507": 5e5,
    "EPSG:4549": 5e5,
    "EPSG:32650": 5e5,
    "EPSG:2379": 5e5,
    "EPSG:2431": 5e5,
}
"""CGCS2000 in 3° with and without prefix and in 6°, WGS 84 / UTM, Xian 1980 and Beijing 1954; the meridian's easting."""

places = st.tuples(
    st.sampled_from(sorted(PLANES)),
    st.floats(-330_000, 330_000),
    st.floats(2_000_000, 5_930_000),
    st.integers(0, 2**32 - 1),
)


def star(rng: np.random.Generator, x: float, y: float, size: float, corners: int) -> Geometry:
    """A polygon around a place, a corner in each of so many sectors, so that its edges never cross."""
    turns = (np.arange(corners) + rng.uniform(0, 1, corners)) * (2 * np.pi / corners)
    far = size * rng.uniform(0.4, 1.0, corners)
    return shapely.Polygon(np.column_stack([x + far * np.cos(turns), y + far * np.sin(turns)]))


def some_ground(rng: np.random.Generator, x: float, y: float) -> GeometryArray:
    """Patches as they come: small and large, with holes, of several parts, wound either way, empty."""
    plain = [star(rng, x + rng.uniform(-9e3, 9e3), y + rng.uniform(-9e3, 9e3), s, 12) for s in (5, 40, 300, 2000, 9000)]
    hollow = shapely.box(x, y, x + 500, y + 400).difference(shapely.box(x + 60, y + 70, x + 250, y + 300))
    several = shapely.MultiPolygon([shapely.box(x, y, x + 10, y + 10), shapely.box(x + 90, y, x + 190, y + 10)])
    return array_of([*plain, hollow, shapely.reverse(hollow), several, shapely.Polygon(), None])


@settings(deadline=None, max_examples=60)
@given(place=places)
def test_survey_areas_are_those_of_the_library(place: tuple[str, float, float, int]) -> None:
    code, away, y, seed = place
    plane, ground = Plane(code), some_ground(np.random.default_rng(seed), PLANES[code] + away, y)
    assert (charts_of(shapely.bounds(ground), plane)[1][:5] != NONE).all()
    areas = survey_areas(ground, plane)
    true = survey_areas_by_library(ground[:-1], plane)
    apart = 1e-6 + 3e-9 * shapely.length(ground[:-1])  # 3 nanometres: the last digit of the library's degrees
    assert (np.abs(areas[:-1] - true) < apart).all()
    assert areas[-2:].tolist() == [0.0, 0.0]


@settings(deadline=None, max_examples=60)
@given(place=places)
def test_a_chart_is_exact_to_the_library_s_last_digit(place: tuple[str, float, float, int]) -> None:
    code, away, y, seed = place
    plane = Plane(code)
    at = np.array([[PLANES[code] + away, y]])
    (chart,), _ = charts_of(np.hstack([at, at]), plane)
    points = np.array(chart.middle) + np.random.default_rng(seed).uniform(-REACH, REACH, (200, 2))
    longitude = np.radians(own_degrees(np.vstack([points, [chart.middle]]), plane)[:, 0])
    assert np.abs(chart.survey(points)[0] - (longitude[:-1] - longitude[-1])).max() < 3e-15  # 20 nanometres
    assert np.abs(chart.densities(points) * areal_scale(points, plane) - 1.0).max() < 2e-10


def authalic(latitude: FloatArray, e: float) -> FloatArray:
    """Half the authalic function: the area from the equator over a² and the longitude (Snyder 1987, 3-12)."""
    s = np.sin(latitude)
    out: FloatArray = (1 - e * e) / 2.0 * (s / (1 - e * e * s * s) + np.arctanh(e * s) / e)
    return out


@pytest.mark.parametrize(("away", "y"), [(-130_000.0, 2_000_000.0), (0.0, 3_400_000.0), (90_000.0, 5_900_000.0)])
def test_the_density_is_that_of_the_ellipsoid(away: float, y: float) -> None:
    """Not of the library's difference quotients: by the authalic function on a very fine ring."""
    plane = Plane("EPSG:4528")
    shape = array_of([shapely.box(40.5e6 + away, y, 40.5e6 + away + 3000, y + 2000)])
    ring = shapely.get_coordinates(shapely.segmentize(shape, 2.0))
    figure = ellipsoid(plane)
    lon, lat = np.radians(own_degrees(ring, plane)).T
    lon -= lon[0]
    sums = authalic(lat, float(np.sqrt(figure.e2)))
    true = figure.a**2 * abs(float(((lon[1:] + lon[:-1]) / 2.0 * np.diff(sums)).sum()))
    found = float(Density.around(shape, plane).measure(shape, np.array([0]))[0])
    assert found == pytest.approx(true, rel=3e-12)


def test_a_shape_has_the_same_area_in_whatever_company() -> None:
    """Bit for bit: alone, with others, on the edge between squares, with its outlines or without."""
    plane, rng = Plane("EPSG:4528"), np.random.default_rng(7)
    corner = (np.floor(np.array([40.53e6, 3.4e6]) / SIDE) + 1.0) * SIDE
    around = (corner + rng.uniform(-400, 400, (60, 2))).tolist()
    shapes = [star(rng, x, y, 200, 9) for x, y in around]
    ground = array_of([*shapes, shapely.box(*corner, *(corner + 90_000.0)), *some_ground(rng, *corner.tolist())])
    charts, of = charts_of(shapely.bounds(ground), plane)
    assert len(charts) == 4
    assert set(of.tolist()) == {NONE, 0, 1, 2, 3}
    together = survey_areas(ground, plane)
    assert np.array_equal(together, survey_areas(ground, plane, Outlines.of(ground)))
    assert together[:-1].tolist() == [float(survey_areas(ground[i : i + 1], plane)[0]) for i in range(len(ground) - 1)]
    density, rows = Density.around(ground, plane), np.arange(len(ground))
    alone = density.measure(ground[:-1], rows[:-1])
    assert np.array_equal(alone, density.measure(ground[:-1], rows[:-1], Outlines.of(ground[:-1])))


def test_what_no_chart_holds_is_asked_of_the_library() -> None:
    plane = Plane("EPSG:4528")
    wide = array_of([shapely.box(40.5e6, 3.4e6, 40.56e6, 3.4001e6)])
    assert charts_of(shapely.bounds(wide), plane)[1].tolist() == [NONE]
    assert survey_areas(wide, plane)[0] == survey_areas_by_library(wide, plane)[0]


def test_a_plane_whose_areas_are_not_smooth_enough_has_no_chart() -> None:
    """The library calls web maps' factors those of a sphere, which its positions are not."""
    box = np.array([[13e6, 3.5e6, 13e6 + 100, 3.5e6 + 100]])
    assert charts_of(box, Plane("EPSG:3857"))[1].tolist() == [NONE]
