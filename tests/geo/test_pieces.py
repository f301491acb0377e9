"""Pieces and extents on small engineering sites, where every area can be checked in the head."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.engine.overlay import overlay
from landrules.geo import kernel
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.kernel import array_of
from landrules.geo.pieces import Pieces, without
from landrules.geo.site import Coverage, CoverageKind, Layer, Parcel, Plane, Proposal, Role

ENGINEERING = Plane("engineering")
GAUSS = Plane("EPSG:4527")
box = shapely.box
Shapes = dict[str, shapely.Geometry | None]

COMPLETE = Coverage(CoverageKind.COMPLETE)
UNDECLARED = Coverage(CoverageKind.UNDECLARED)


def region(shape: shapely.Geometry) -> Coverage:
    return Coverage(CoverageKind.REGION, shape)


def site(shapes: Shapes, plane: Plane = ENGINEERING) -> Proposal:
    parcels = tuple(Parcel(i, Role.PARCEL, shapes[i], {}, Decimal(0)) for i in sorted(shapes))
    return Proposal("p", "p", {}, parcels, (), (), plane, "", 0.001)


def layer(shapes: Shapes, coverage: Coverage = COMPLETE, *invalid: shapely.Geometry) -> Layer:
    ids = tuple(sorted(shapes))
    geometry = array_of([shapes[i] for i in ids])
    return Layer("dltb", None, geometry, ids, {}, coverage, "", "engineering", invalid=array_of(invalid))


def rows(pieces: Pieces) -> list[tuple[int, int, float, float]]:
    return list(
        zip(pieces.parcel.tolist(), pieces.feature.tolist(), pieces.area.tolist(), pieces.share.tolist(), strict=True)
    )


HECTARE = {"1": box(0, 0, 100, 100)}


def test_rows_are_parcels_by_features_with_area_and_share() -> None:
    parcels = {"1": box(0, 0, 100, 100), "2": box(100, 0, 200, 100)}
    found = overlay(
        site(parcels), layer({"a": box(50, 0, 150, 40), "b": box(20, 60, 30, 70), "c": box(300, 0, 400, 9)})
    )
    assert rows(found) == [(0, 0, 2000.0, 0.5), (0, 1, 100.0, 1.0), (1, 0, 2000.0, 0.5)]
    assert found.is_disjoint
    assert found.union_area() == 4100
    assert found.rounded_area() == Decimal("4100.00")
    assert found.parcels_touched() == ("1", "2")
    assert shapely.area(found.union_geometry()) == 4100.0


def test_a_touching_feature_is_no_row() -> None:
    found = overlay(site(HECTARE), layer({"edge": box(100, 0, 200, 100), "corner": box(100, 100, 200, 200)}))
    assert len(found) == 0
    assert found.union_area() == 0
    assert found.union_geometry().is_empty
    assert found.is_noise(0.0)


def test_lines_and_points_of_a_layer_hold_no_ground() -> None:
    shapes: Shapes = {"l": shapely.LineString([(0, 0), (100, 100)]), "n": None, "p": shapely.Point(5, 5)}
    assert len(overlay(site(HECTARE), layer(shapes))) == 0


def test_overlapping_features_never_count_twice() -> None:
    found = overlay(
        site(HECTARE), layer({"a": box(0, 0, 60, 100), "b": box(40, 0, 100, 100), "c": box(50, 0, 70, 100)})
    )
    assert found.area.tolist() == [6000.0, 6000.0, 2000.0]
    assert found.overlapping.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert found.net_areas().tolist() == [6000.0, 4000.0, 0.0]
    assert found.union_area() == 10000
    assert found.select(np.array([False, True, True])).union_area() == 6000
    assert found.select(np.array([True, False, True])).net_areas().tolist() == [6000.0, 1000.0]


def test_overlapping_parcels_never_count_twice() -> None:
    parcels = {"1": box(0, 0, 60, 100), "2": box(40, 0, 100, 100)}
    found = overlay(site(parcels), layer({"a": box(0, 0, 100, 50)}))
    assert rows(found) == [(0, 0, 3000.0, 0.6), (1, 0, 3000.0, 0.6)]
    assert found.union_area() == 5000
    assert found.apportioned([Fraction(500), Fraction(500)]) == 500
    ground = found.ground
    assert ground.is_overlapping
    assert ground.whole().area() == 10000
    assert without(ground, found).area() == 5000


def test_a_sum_is_apportioned_by_share_and_unknown_where_a_value_is() -> None:
    found = overlay(site(HECTARE), layer({"a": box(50, 0, 150, 100), "b": box(0, 0, 50, 20)}))
    assert found.apportioned([Fraction("9000.02"), Fraction(100)]) == Fraction("4600.01")
    assert found.apportioned([None, Fraction(100)]) is None
    assert found.select(found.feature == 1).apportioned([Fraction(100)]) == 100
    thirds = [Fraction(2000, 3), Fraction("-7.35")]
    assert found.apportioned(thirds) == sum(v * s for v, s in zip(thirds, found.shares(), strict=True))
    assert found.select(found.feature == 9).apportioned([]) == 0
    with pytest.raises(ValueError, match="1 values for 2 rows"):
        found.apportioned([Fraction(1)])


def test_a_selection_keeps_ground_and_gap() -> None:
    found = overlay(site(HECTARE), layer({"a": box(0, 0, 10, 10), "b": box(10, 0, 30, 10)}, region(box(0, 0, 50, 100))))
    only = found.select(found.area > 150)
    assert only.feature.tolist() == [1]
    assert only.uncovered_area() == 5000
    assert only.select(np.array([False])).uncovered_area() == 5000


# --- coverage --------------------------------------------------------------------------------------------------------

HALF = {"a": box(0, 0, 50, 100)}


@pytest.mark.parametrize(
    ("coverage", "uncovered"),
    [
        (COMPLETE, 0),
        (Coverage(CoverageKind.NONE), 0),
        (Coverage(CoverageKind.COMPLETE, box(0, 0, 80, 100)), 2000),
        (region(box(0, 0, 100, 100)), 0),
        (region(box(0, 0, 60, 100)), 4000),
        (region(box(0, 0, 30, 100)), 5000),  # a feature outside the region is measured all the same
        (UNDECLARED, 5000),
    ],
)
def test_ground_without_features_is_unknown_outside_the_coverage(coverage: Coverage, uncovered: int) -> None:
    found = overlay(site(HECTARE), layer(HALF, coverage))
    assert found.union_area() == 5000
    assert found.uncovered_area() == uncovered
    assert found.uncovered().parcels() == (("1",) if uncovered else ())


def test_the_box_of_an_invalid_feature_is_unknown() -> None:
    """Its own rows are known; other features in the box may hide more of what is asked for."""
    found = overlay(site(HECTARE), layer(HALF, COMPLETE, box(40, 0, 60, 100), box(500, 500, 600, 600)))
    assert found.uncovered_area() == 1000
    assert found.select(np.array([False])).uncovered_area() == 2000


def test_a_parcel_without_usable_ground_keeps_its_row() -> None:
    found = overlay(site({"1": None, "2": box(0, 0, 100, 100)}), layer(HALF, UNDECLARED))
    assert rows(found) == [(1, 0, 5000.0, 1.0)]
    assert found.ground.ids == ("1", "2")
    assert found.uncovered().areas().tolist() == [0.0, 5000.0]


# --- noise -----------------------------------------------------------------------------------------------------------


def test_noise_is_a_sum_of_a_hundredth_or_a_touch_within_the_precision() -> None:
    speck = overlay(site(HECTARE), layer({"a": box(0, 0, 0.1, 0.1)}))
    assert speck.is_noise(0.0)
    more = overlay(site(HECTARE), layer({"a": box(0, 0, 0.1, 0.1), "b": box(10, 0, 10.1, 0.1)}))
    assert not more.is_noise(0.0)
    assert more.noise(0.0).tolist() == [True, True]
    touch = overlay(site(HECTARE), layer({"a": box(99.999, 0, 200, 100)}))
    assert touch.rounded_area() == Decimal("0.10")
    assert (touch.is_noise(0.0011), touch.is_noise(0.0005)) == (True, False)
    assert touch.parcels_touched(0.0011) == ()
    assert touch.parcels_touched(0.0005) == ("1",)


def test_an_opinion_must_hold_the_affected_ground() -> None:
    found = overlay(site(HECTARE), layer({"a": box(0, 0, 20, 20), "b": box(50, 50, 60, 60)}))
    assert found.lie_within(box(0, 0, 60, 60), 0.001)
    assert found.lie_within(box(0, 0, 59.9995, 60), 0.001)
    assert not found.lie_within(box(0, 0, 59, 60), 0.001)
    assert not found.extent().lies_within(box(0, 0, 59, 60), 0.001)
    assert found.select(found.feature == 0).lie_within(box(0, 0, 20, 20), 0.0)


# --- extents ---------------------------------------------------------------------------------------------------------


def test_extents_of_several_layers_combine() -> None:
    proposal = site({"1": box(0, 0, 100, 100), "2": box(100, 0, 200, 100)})
    zones = overlay(proposal, layer({"a": box(0, 0, 150, 50)})).extent()
    uses = overlay(proposal, layer({"b": box(50, 0, 200, 20)})).extent()
    assert zones.union(uses).areas().tolist() == [5000.0, 3500.0]
    assert zones.shared_with(uses).area() == 2000
    assert zones.minus(uses).rounded_area() == Decimal("5500.00")
    ground = zones.ground
    assert ground.whole().minus(zones).union(zones).area() == 20000
    assert ground.nothing().area() == 0
    assert ground.nothing().is_noise(0.0)
    assert ground.inside(box(90, 0, 110, 100)).areas().tolist() == [1000.0, 1000.0]
    assert zones.minus(uses).parcels() == ("1", "2")
    assert shapely.area(zones.outline()) == 7500.0


def test_rows_outside_the_ground_of_another_plan() -> None:
    """A higher level's zones hold only where no lower plan reaches: areas and shares shrink, rows may go."""
    proposal = site(HECTARE)
    higher = overlay(proposal, layer({"a": box(0, 0, 100, 50), "b": box(0, 50, 30, 100)}))
    lower = overlay(proposal, layer({"z": box(0, 40, 50, 100)}))
    left = higher.outside(lower.extent())
    assert rows(left) == [(0, 0, 4500.0, 0.9)]
    assert left.union_area() == 4500
    assert higher.outside(lower.ground.nothing()).union_area() == higher.union_area()


def test_rows_that_another_plan_takes_of_the_same_table_are_gone_and_nothing_is_drawn() -> None:
    table = overlay(site(HECTARE), layer({"a": box(0, 0, 100, 50), "b": box(0, 50, 30, 100), "c": box(30, 50, 70, 90)}))
    taken = table.select(np.array([False, True, False]))
    left = table.leaving(taken)
    assert rows(left) == rows(table.select(np.array([True, False, True])))
    assert left.rows is table.rows
    assert rows(left) == rows(table.outside(taken.extent()))
    both = left.joined(taken)
    assert both is not None and rows(both) == rows(table)


def test_rows_that_share_ground_with_those_taken_shrink() -> None:
    table = overlay(site(HECTARE), layer({"a": box(0, 0, 100, 50), "b": box(0, 40, 50, 100)}))
    taken = table.select(np.array([False, True]))
    assert rows(table.leaving(taken)) == rows(table.outside(taken.extent())) == [(0, 0, 4500.0, 0.9)]


def test_rows_of_two_tables_are_told_apart_by_what_is_drawn() -> None:
    proposal = site(HECTARE)
    higher = overlay(proposal, layer({"a": box(0, 0, 100, 50)}))
    lower = overlay(proposal, layer({"z": box(0, 40, 50, 100)}))
    assert higher.joined(lower) is None
    assert rows(higher.leaving(lower)) == rows(higher.outside(lower.extent()))


# --- properties ------------------------------------------------------------------------------------------------------

cell = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 8), st.integers(1, 8))


def grid(cells: list[tuple[int, int, int, int]]) -> Shapes:
    return {f"{i:02}": box(x * 10, y * 10, (x + w) * 10, (y + h) * 10) for i, (x, y, w, h) in enumerate(cells)}


def count(parcels: list[tuple[int, int, int, int]], features: list[tuple[int, int, int, int]]) -> int:
    """The area of the union of all overlaps, by counting cells of 10 m."""

    def cells_of(found: list[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
        return {(x + i, y + j) for x, y, w, h in found for i in range(w) for j in range(h)}

    return 100 * len(cells_of(parcels) & cells_of(features))


@given(st.lists(cell, min_size=1, max_size=4), st.lists(cell, max_size=7))
@settings(max_examples=80, deadline=None)
def test_union_areas_are_those_of_counted_cells(
    parcels: list[tuple[int, int, int, int]], features: list[tuple[int, int, int, int]]
) -> None:
    found = overlay(site(grid(parcels)), layer(grid(features)))
    everything = [(0, 0, 99, 99)]
    assert found.union_area() == count(parcels, features)
    assert found.extent().area() == count(parcels, features)
    assert found.ground.whole().area() == count(parcels, everything)
    assert without(found.ground, found).area() == count(parcels, everything) - count(parcels, features)


@given(st.integers(1, 99), st.integers(1, 99), st.integers(-120, 120))
@settings(max_examples=40, deadline=None)
def test_cutting_a_parcel_changes_no_area(at: int, feature_edge: int, east_km: int) -> None:
    """On the earth: a parcel cut in two, a layer whose edge crosses both."""
    x, y = 39500000.0 + 1000 * east_km, 3497500.0
    whole: Shapes = {"1": box(x, y, x + 100, y + 100)}
    halves: Shapes = {"1": box(x, y, x + at, y + 100), "2": box(x + at, y, x + 100, y + 100)}
    zone = layer(
        {"z": shapely.Polygon([(x - 50, y - 50), (x + 150, y - 50), (x + 150, y + feature_edge), (x - 50, y + 50)])}
    )
    one, two = overlay(site(whole, GAUSS), zone), overlay(site(halves, GAUSS), zone)
    assert float(one.union_area()) == pytest.approx(float(two.union_area()), abs=2e-6)
    for found in (one, two):
        parts = float(found.union_area() + without(found.ground, found).area())
        assert parts == pytest.approx(float(found.ground.surveyed.sum()), abs=2e-6)


def test_a_long_parcel_finds_the_same_features_as_a_plain_loop() -> None:
    corridor = shapely.Polygon([(0, 0), (3000, 3000), (3030, 3000), (30, 0)])
    patches = {
        f"{i:03}": box(x, y, x + 250, y + 250)
        for i, (x, y) in enumerate((x * 250, y * 250) for x in range(13) for y in range(12))
    }
    held = layer(patches)
    found = overlay(site({"1": corridor}), held, index=BoxIndex.of(held.geometry))
    plain = kernel.intersection(array_of([corridor] * len(patches)), held.geometry)
    met = np.flatnonzero(shapely.area(plain) > 0)
    assert found.feature.tolist() == met.tolist()
    assert found.area.tolist() == pytest.approx(shapely.area(plain)[met].tolist(), abs=1e-6)
    assert found.union_area() == Fraction(round(corridor.area * 10**6), 10**6)


def test_shuffled_rings_give_the_same_table() -> None:
    corners = [(0.0, 0.0), (90.0, 10.0), (100.0, 95.0), (33.0, 71.0)]
    tables = []
    for turn in range(4):
        turned = corners[turn:] + corners[:turn]
        found = overlay(site({"1": shapely.Polygon(turned)}, ENGINEERING), layer({"a": box(20, 5, 70, 80)}))
        tables.append((found.area.tobytes(), shapely.to_wkb(found.geometry).tolist(), found.share.tobytes()))
    assert len(set(map(str, tables))) == 1


def test_ground_of_nothing() -> None:
    ground = Ground.of((), ENGINEERING)
    assert ground.whole().area() == 0
    assert overlay(site({}), layer(HALF)).union_area() == 0
