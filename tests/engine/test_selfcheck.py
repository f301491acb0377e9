"""The self-check of layers without gaps: near-miss pairs, the bound on both sides, the place, what counts as filled."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
import shapely
from engine.case_of import judged, layer, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.base.valuetype import Code
from landrules.geo.site import Coverage, CoverageKind, Geometry, Layer

box = shapely.box
HECTARE = box(0, 0, 100, 100)


def fields(
    *shapes: Geometry,
    is_gap_free: bool = True,
    coverage: Coverage | None = None,
    invalid: Sequence[Geometry] = (),
    plane: str = "engineering",
) -> Layer:
    columns = {"kind": (Code("kinds", "wood"),) * len(shapes), "net_area": (Fraction(1),) * len(shapes)}
    return layer(
        "fields", *shapes, columns=columns, is_gap_free=is_gap_free, coverage=coverage, invalid=invalid, plane=plane
    )


def test_pieces_that_fill_the_parcel_need_no_line() -> None:
    assert lines(judged([HECTARE], fields(box(-10, -10, 50, 110), box(50, -10, 110, 110)))) == []


def test_a_gap_is_told_with_its_area_and_place() -> None:
    found = judged([HECTARE], fields(box(-10, -10, 50, 110), box(50, -10, 110, 40), box(52, 40, 110, 110)))
    (line,) = found.data_quality
    assert (line.code, line.where) == ("LR760", "fields")
    assert "120.00 m²" in line.text.en and "P1" in line.text.en and "51.00, 70.00" in line.text.en
    assert "120.00 平方米" in line.text.zh and "地类图斑" in line.text.zh


def test_an_overlap_is_told_though_the_sum_may_close() -> None:
    """A gap of 100 m² and an overlap of 100 m²: areas alone would close; each is told."""
    found = judged([HECTARE], fields(box(-10, -10, 51, 110), box(50, -10, 98, 110), box(99, -10, 110, 110)))
    assert lines(found) == [("LR760", "fields"), ("LR761", "fields")]
    gap, overlap = found.data_quality
    assert "100.00 m²" in gap.text.en and "98.50, 50.00" in gap.text.en
    assert "100.00 m²" in overlap.text.en and "50.50, 50.00" in overlap.text.en


def test_a_layer_that_declares_nothing_may_have_gaps_and_overlaps() -> None:
    shapes = box(-10, -10, 51, 110), box(50, -10, 98, 110), box(99, -10, 110, 110)
    assert lines(judged([HECTARE], fields(*shapes, is_gap_free=False))) == []


@pytest.mark.parametrize(("width", "expected"), [(0.0001, []), (0.0002, [("LR760", "fields")])])
def test_a_hundredth_of_a_square_metre_is_noise(width: float, expected: list[tuple[str, str]]) -> None:
    shapes = box(-10, -10, 50, 110), box(50 + width, -10, 110, 110)
    assert lines(judged([HECTARE], fields(*shapes))) == expected


@pytest.mark.parametrize(("north", "expected"), [(60.0, []), (59.0, [("LR760", "fields")])])
def test_ground_outside_the_coverage_is_no_gap(north: float, expected: list[tuple[str, str]]) -> None:
    """The coverage ends at sixty metres; features that end a metre before it leave a gap of a metre."""
    covered = Coverage(CoverageKind.REGION, box(-50, -50, 150, 60))
    assert lines(judged([HECTARE], fields(box(-10, -10, 110, north), coverage=covered))) == expected


@pytest.mark.parametrize(("east", "expected"), [(50.0, []), (49.0, [("LR760", "fields")])])
def test_the_box_of_an_invalid_feature_is_no_gap(east: float, expected: list[tuple[str, str]]) -> None:
    """Pieces may lie in the box as well: they fill it only once."""
    shapes = box(-10, -10, east, 110), box(50, -10, 60, 110)
    assert lines(judged([HECTARE], fields(*shapes, invalid=(box(50, -10, 110, 110),)))) == expected


def test_the_parcels_are_named_and_the_largest_place_taken() -> None:
    parcels = [box(200 * i, 0, 200 * i + 100, 100) for i in range(7)]
    shapes = [box(200 * i - 10, -10, 200 * i + 99 - (i == 4), 110) for i in range(7)]
    (line,) = judged(parcels, fields(*shapes)).data_quality
    assert "800.00 m²" in line.text.en and "200.00 m²" in line.text.en and "899.00, 50.00" in line.text.en
    assert "P1, P2, P3, P4, P5 and 2 more" in line.text.en
    assert "P1、P2、P3、P4、P5 等 7 个地块" in line.text.zh


def test_parcels_that_overlap_are_filled_once_each() -> None:
    parcels = [box(0, 0, 100, 100), box(60, 0, 160, 100)]
    assert lines(judged(parcels, fields(box(-10, -10, 80, 110), box(80, -10, 170, 110)))) == []
    assert lines(judged(parcels, fields(box(-10, -10, 80, 110), box(82, -10, 170, 110)))) == [("LR760", "fields")]


def test_without_geometry_the_place_stays_inside() -> None:
    found = judged([HECTARE], fields(box(-10, -10, 99, 110)), geometry=False)
    assert "99.50" not in found.data_quality[0].text.en and "…" in found.data_quality[0].text.en


def test_on_the_earth_the_place_is_told_in_degrees_too() -> None:
    """In a survey zone areas are those of the survey formula, and the pieces still make up the parcel."""
    east, north = 39_523_000.0, 3_392_000.0
    parcel = box(east, north, east + 1000, north + 1000)
    west_half = box(east - 10, north - 10, east + 500, north + 1010)
    whole = judged([parcel], fields(west_half, box(east + 500, north - 10, east + 1010, north + 1010), plane="EPSG:4527"),
                   plane="EPSG:4527")  # fmt: skip
    assert lines(whole) == []
    (line,) = judged([parcel], fields(west_half, box(east + 501, north - 10, east + 1010, north + 1010),
                                      plane="EPSG:4527"), plane="EPSG:4527").data_quality  # fmt: skip
    assert line.code == "LR760"
    assert "39523500.50, 3392500.00 (117.2" in line.text.en and "°N)" in line.text.en


@given(st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_any_way_of_cutting_the_ground_closes_and_any_way_with_a_gap_does_not(at: list[int], gap: int) -> None:
    edges = [-10, *sorted(at), 110]
    shapes = [box(a + (gap if i else 0), -10, b, 110) for i, (a, b) in enumerate(pairwise(edges))]
    shapes = [s for s in shapes if s.bounds[2] > s.bounds[0]]
    found = judged([HECTARE], fields(*shapes))
    whole = shapely.area(shapely.difference(HECTARE, shapely.union_all(shapes)))
    assert [code for code, _ in lines(found) if code == "LR760"] == (["LR760"] if whole > 0.01 else [])
