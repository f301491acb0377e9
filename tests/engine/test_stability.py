"""Verdict stability: near-miss pairs, the same site with one thing changed, and another line or none.

Accuracy is half a metre throughout, so that every bound can be checked in the head.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
import shapely
from engine.case_of import judged, layer, lines, outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.base.valuetype import Code
from landrules.geo.site import Coverage, CoverageKind

box = shapely.box
HECTARE = box(0, 0, 100, 100)
HALF = 0.5


def red(*shapes: shapely.Geometry, accuracy: float | None = HALF):
    return layer("red", *shapes, accuracy=accuracy)


# --- ground met that may not be met ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (0.4, [("LR750", "strict")]),  # the edge withdraws by half a metre, and nothing is met
        (0.6, []),  # a decimetre is left
        (40.0, []),
    ],
)
def test_a_deny_on_ground_no_deeper_than_the_accuracy_says_so(depth: float, expected: list[tuple[str, str]]) -> None:
    found = judged([HECTARE], red(box(-50, -10, depth, 110)))
    assert outcome(found, "strict") == "deny"
    assert lines(found) == expected


def test_a_layer_that_states_no_accuracy_says_nothing() -> None:
    assert lines(judged([HECTARE], red(box(-50, -10, 0.4, 110), accuracy=None))) == []


def test_both_edges_of_a_narrow_feature_may_stray() -> None:
    """A ditch across the site: 0.9 m wide it may be nothing, 1.1 m wide it is something."""
    assert lines(judged([HECTARE], red(box(40, -10, 40.9, 110)))) == [("LR750", "strict")]
    assert lines(judged([HECTARE], red(box(40, -10, 41.1, 110)))) == []


def test_an_edge_on_the_outline_of_the_parcel_is_an_edge_too() -> None:
    """The feature ends with the parcel, so its outer edge may stray inwards as well."""
    assert lines(judged([HECTARE], red(box(0, 0, 0.9, 100)))) == [("LR750", "strict")]
    assert lines(judged([HECTARE], red(box(0, 0, 1.1, 100)))) == []


def test_one_deep_place_is_enough() -> None:
    sliver, patch = box(-50, -10, 0.4, 110), box(60, 60, 63, 63)
    assert lines(judged([HECTARE], red(sliver))) == [("LR750", "strict")]
    assert lines(judged([HECTARE], red(sliver, patch))) == []


def test_an_edge_that_two_features_share_is_no_edge() -> None:
    """Three strips of 0.6 m, side by side: together 1.8 m; were they apart each would be too narrow."""
    together = [box(40 + 0.6 * i, -10, 40.6 + 0.6 * i, 110) for i in range(3)]
    apart = [box(40 + 5 * i, -10, 40.6 + 5 * i, 110) for i in range(3)]
    assert lines(judged([HECTARE], red(*together))) == []
    assert lines(judged([HECTARE], red(*apart))) == [("LR750", "strict")]


def test_the_line_says_what_decides_in_both_languages_and_moves_nothing() -> None:
    found, silent = (judged([HECTARE], red(box(-50, -10, 0.4, 110), accuracy=a)) for a in (HALF, None))
    (line,) = found.data_quality
    assert (found.decision, found.findings) == (silent.decision, silent.findings)
    assert "40.00 平方米" in line.text.zh and "0.50 米" in line.text.zh and "禁止" in line.text.zh
    assert "40.00 m²" in line.text.en and "0.50 m" in line.text.en and "denied" in line.text.en
    assert line.severity == "warning"


def test_piece_by_piece_only_the_pieces_that_deny_count() -> None:
    kinds = (Code("kinds", "dry"), Code("kinds", "wood"))
    net = (Fraction(100), Fraction(100))

    def fields(edge: float):
        shapes = (box(-50, -10, 100 - edge, 110), box(100 - edge, -10, 150, 110))
        return layer("fields", *shapes, accuracy=HALF, columns={"kind": kinds, "net_area": net})

    narrow, wide = judged([HECTARE], fields(0.4)), judged([HECTARE], fields(0.6))
    assert outcome(narrow, "by_piece") == outcome(wide, "by_piece") == "deny"
    assert [x for x in lines(narrow) if x[1] == "by_piece"] == [("LR750", "by_piece")]
    assert [x for x in lines(wide) if x[1] == "by_piece"] == []


# --- the tolerance ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wide", "long", "said", "expected"),
    [
        (3.0, 4.0, "deny", []),  # 12 m²; eroded from three sides (the fourth is the parcel's) 2 by 3.5 m are left
        (2.0, 3.0, "deny", [("LR753", "tolerant")]),  # 6 m²; 1 by 2.5 m are left, within the tolerance
        (1.2, 3.0, "refer", [("LR753", "tolerant")]),  # 3.6 m², and 3.6 m² more at the most
        (1.1, 1.1, "refer", []),  # 1.21 m², and 1.65 m² more at the most
    ],
)
def test_a_sum_near_the_tolerance(wide: float, long: float, said: str, expected: list[tuple[str, str]]) -> None:
    found = judged([HECTARE], layer("soft", box(40, -10, 40 + wide, long), accuracy=HALF))
    assert outcome(found, "tolerant") == said
    assert lines(found) == expected


# --- ground not met that may be met ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("gap", "expected"), [(0.4, [("LR751", "strict")]), (0.0, [("LR751", "strict")]), (0.6, [])])
def test_a_feature_nearer_than_the_accuracy_may_be_met(gap: float, expected: list[tuple[str, str]]) -> None:
    found = judged([HECTARE], red(box(-50, -10, -gap, 110)))
    assert outcome(found, "strict") == "permit"
    assert lines(found) == expected


def test_the_nearest_feature_and_parcel_are_named() -> None:
    found = judged([HECTARE, box(200, 0, 300, 100)], red(box(-50, 0, -0.4, 9), box(300.3, 0, 310, 9)))
    (line,) = found.data_quality
    assert "f1" in line.text.en and "P2" in line.text.en and "0.30 m" in line.text.en and "denied" in line.text.en


def test_a_near_feature_that_would_change_nothing_is_not_told() -> None:
    """Half a hectare of the red line is met for certain; that more of it lies beside the parcel is no news."""
    found = judged([HECTARE], red(box(-50, -10, 50, 110), box(100.2, 0, 120, 9)))
    assert outcome(found, "strict") == "deny"
    assert lines(found) == []


def test_of_near_features_only_those_of_the_subject_count() -> None:
    def beside(kind: str):
        columns = {"kind": (Code("kinds", "dry"), Code("kinds", kind)), "net_area": (Fraction(1), Fraction(1))}
        return layer("fields", box(0, 0, 99.9, 20), box(100.3, 0, 150, 20), accuracy=HALF, columns=columns)

    assert [x for x in lines(judged([HECTARE], beside("wood"))) if x[1] == "by_piece"] == [("LR751", "by_piece")]
    assert [x for x in lines(judged([HECTARE], beside("paddy"))) if x[1] == "by_piece"] == []


# --- strips ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("far", "said", "expected"),
    [
        (19.2, "deny", []),
        (19.7, "deny", [("LR752", "strip")]),
        (20.3, "permit", [("LR752", "strip")]),
        (20.7, "permit", []),
    ],
)
def test_something_just_inside_or_outside_a_strip(far: float, said: str, expected: list[tuple[str, str]]) -> None:
    road = layer("road", shapely.LineString([(-500, -far), (500, -far)]), accuracy=HALF)
    found = judged([HECTARE], road)
    assert outcome(found, "strip") == said
    assert lines(found) == expected


def test_another_road_well_inside_makes_it_certain() -> None:
    lines_at = [shapely.LineString([(-500, -far), (500, -far)]) for far in (19.7, 5.0)]
    assert lines(judged([HECTARE], layer("road", lines_at[0], accuracy=HALF))) == [("LR752", "strip")]
    assert lines(judged([HECTARE], layer("road", *lines_at, accuracy=HALF))) == []


def test_a_second_strip_has_two_edges() -> None:
    """A lot of ten metres: between 20 and 30 m of the canal, past it by 0.3 m on either side, or well off it."""

    def canal(far: float):
        return layer("canal", shapely.LineString([(-500, -far), (500, -far)]), accuracy=HALF)

    lot = box(0, 0, 10, 10)
    for far, said, expected in (
        (30.3, "permit", [("LR754", "second_strip")]),
        (9.7, "permit", [("LR754", "second_strip")]),
        (31.0, "permit", []),
        (9.0, "permit", []),
        (22.0, "refer", []),
    ):
        found = judged([lot], canal(far))
        assert (far, outcome(found, "second_strip"), lines(found)) == (far, said, expected)


# --- measured areas --------------------------------------------------------------------------------------------------


def farmland(north: float, *, accuracy: float | None = HALF, cut_at: float = 50.0):
    """Dry fields and paddies side by side up to a northing, woods beyond: only that edge of 100 m matters."""
    shapes = box(-50, -10, cut_at, north), box(cut_at, -10, 150, north), box(-50, north, 150, 110)
    kinds = tuple(Code("kinds", k) for k in ("dry", "paddy", "wood"))
    net = tuple(Fraction(round(shapely.area(s) * 0.5)) for s in shapes)
    return layer("fields", *shapes, accuracy=accuracy, columns={"kind": kinds, "net_area": net})


@pytest.mark.parametrize(
    ("north", "said", "expected"),
    [
        (38.0, "permit", []),  # 3,800 m², and 50 m² more at the most
        (39.6, "permit", [("LR753", "farmland")]),  # 3,960 m²
        (40.4, "deny", [("LR753", "farmland")]),  # 4,040 m²
        (41.0, "deny", []),
    ],
)
def test_an_area_near_its_limit(north: float, said: str, expected: list[tuple[str, str]]) -> None:
    found = judged([HECTARE], farmland(north))
    assert outcome(found, "farmland") == said
    assert [x for x in lines(found) if x[1] == "farmland"] == expected


def test_the_edge_between_two_kinds_that_both_count_does_not_matter() -> None:
    """By all its edges the sum could stray by 90 m² and pass the limit at 3,930 m²; by the one that counts by 50."""
    assert [x for x in lines(judged([HECTARE], farmland(39.3))) if x[1] == "farmland"] == []


def test_how_much_and_along_how_much_edge_is_told() -> None:
    found = judged([HECTARE], farmland(39.6))
    (line,) = (q for q in found.data_quality if q.where.endswith(".farmland"))
    assert "100.00 m of" in line.text.en and "50.00 m²" in line.text.en and "denied" in line.text.en
    assert "100.00 米" in line.text.zh and "50.00 平方米" in line.text.zh and "禁止" in line.text.zh


@pytest.mark.parametrize(("north", "expected"), [(59.6, [("LR753", "net_farmland")]), (57.0, [])])
def test_a_sum_that_goes_by_area_strays_with_it(north: float, expected: list[tuple[str, str]]) -> None:
    """Half of every field is net: 2,980 m² of 5,960, and 25 m² more at the most."""
    found = judged([HECTARE], farmland(north))
    assert outcome(found, "net_farmland") == "permit"
    assert [x for x in lines(found) if x[1] == "net_farmland"] == expected


def test_an_exception_up_to_an_area_hangs_on_it_too() -> None:
    """The exception lifts the red line up to 400 m²; 396 m² on a strip of 4 m by 99 m might be more."""

    def said(north: float) -> list[tuple[str, str]]:
        found = judged([HECTARE], red(box(0.5, -10, 99.5, north)), facts={"is_construction": True})
        assert outcome(found, "strict") == "permit"
        return lines(found)

    assert said(4.0) == [("LR753", "strict")]
    assert said(3.0) == []


# --- order and cutting -----------------------------------------------------------------------------------------------


@given(st.permutations(range(3)), st.sampled_from((0.4, 0.6)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_features_changes_no_line(order: list[int], depth: float) -> None:
    shapes = [box(-50, -10, depth, 40), box(-50, 40, depth, 110), box(300, 300, 310, 310)]
    found = judged([HECTARE], red(*(shapes[i] for i in order)))
    assert lines(found) == ([("LR750", "strict")] if depth < HALF else [])


@pytest.mark.parametrize("depth", [0.4, 0.6])
def test_cutting_the_parcel_changes_no_line(depth: float) -> None:
    feature = red(box(-50, -10, depth, 110))
    whole = judged([HECTARE], feature)
    halves = judged([box(0, 0, 100, 50), box(0, 50, 100, 100)], feature)
    assert lines(whole) == lines(halves)


def test_an_outcome_that_is_open_is_not_called_unstable() -> None:
    nowhere = Coverage(CoverageKind.UNDECLARED)
    found = judged([HECTARE], layer("red", box(-50, -10, 0.4, 110), accuracy=HALF, coverage=nowhere))
    assert outcome(found, "strict") in ("deny", "indeterminate")
    assert [x for x in lines(found) if x[0] == "LR751"] == []


@given(st.integers(300, 700), st.integers(0, 100), st.sampled_from((0.1, 0.5, 5.0)))
@settings(max_examples=40, deadline=None)
def test_what_is_cleared_by_bounds_is_what_judging_again_would_clear(north: int, cut_at: int, accuracy: float) -> None:
    """Edges anywhere, limits near or far: without the bounds that spare the judging the lines are the same."""
    fields = farmland(north / 10, accuracy=accuracy, cut_at=float(cut_at))
    quickly = lines(judged([HECTARE], fields))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("landrules.engine.stability.is_steady", lambda *_: False)
        assert lines(judged([HECTARE], fields)) == quickly
