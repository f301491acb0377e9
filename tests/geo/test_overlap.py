"""Which kernel runs, what a table draws and what it does not, and that every kernel yields the same table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.base.diagnostic import InputError
from landrules.geo import kernel, overlap
from landrules.geo.area import Density
from landrules.geo.cut import cut, cut_each
from landrules.geo.ground import Ground
from landrules.geo.kernel import array_of
from landrules.geo.outlines import Outlines
from landrules.geo.pieces import Pieces, without
from landrules.geo.site import Coverage, CoverageKind, Layer, Parcel, Plane, Role, Whole

GAUSS, ENGINEERING = Plane("EPSG:4527"), Plane("engineering")
EAST, NORTH = 39_519_000.0, 3_497_500.0
COMPLETE = Coverage(CoverageKind.COMPLETE)
KERNELS = tuple(k for k in overlap.KERNELS if k != "c" or overlap.compiled_sums() is not None)


@contextmanager
def using(name: str | None) -> Iterator[None]:
    """One kernel for a while, as the environment forces it."""
    with pytest.MonkeyPatch.context() as patch:
        if name is None:
            patch.delenv(overlap.VARIABLE, raising=False)
        else:
            patch.setenv(overlap.VARIABLE, name)
        overlap.name.cache_clear()
        try:
            yield
        finally:
            overlap.name.cache_clear()


def ground(shapes: list[shapely.Geometry], plane: Plane = GAUSS) -> Ground:
    return Ground.of([Parcel(f"{k:02}", Role.PARCEL, shape, {}, Decimal(0)) for k, shape in enumerate(shapes)], plane)


def layer(shapes: list[shapely.Geometry], coverage: Coverage = COMPLETE) -> Layer:
    return Layer("dltb", None, array_of(shapes), tuple(map(str, range(len(shapes)))), {}, coverage, "", "")


def box(x: float, y: float, wide: float, high: float) -> shapely.Geometry:
    return shapely.box(EAST + x, NORTH + y, EAST + x + wide, NORTH + y + high)


# --- the choice ------------------------------------------------------------------------------------------------------


def test_the_compiled_kernel_is_taken_where_it_was_built() -> None:
    with using(None):
        assert overlap.name() == ("numpy" if overlap.compiled_sums() is None else "c")
        assert not overlap.is_reference()
    for name in KERNELS:
        with using(name):
            assert overlap.name() == name
            assert overlap.is_reference() == (name == "geos")


def test_a_kernel_that_does_not_exist_is_named() -> None:
    with using("fortran"), pytest.raises(InputError) as refused:
        overlap.name()
    (told,) = refused.value.diagnostics
    assert told.code == "LR806"
    assert "c, numpy, geos" in told.message("en") and "fortran" in told.message("zh")


def test_a_kernel_that_was_not_built_is_not_replaced_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(overlap, "import_module", absent)
    overlap._extension.cache_clear()
    try:
        with using(None):
            assert overlap.name() == "numpy"
        with using("c"), pytest.raises(InputError) as refused:
            overlap.name()
        assert [d.code for d in refused.value.diagnostics] == ["LR860"]
    finally:
        overlap._extension.cache_clear()


# --- outlines --------------------------------------------------------------------------------------------------------


def test_outlines_say_which_way_a_ring_counts_however_it_winds() -> None:
    holed = shapely.difference(shapely.box(0, 0, 10, 10), shapely.box(2, 2, 4, 4))
    both = shapely.MultiPolygon([holed, shapely.box(20, 0, 30, 10)])
    shapes = array_of([shapely.orient_polygons(both), shapely.orient_polygons(both, exterior_cw=True)])
    outlines = Outlines.of(shapes)
    assert outlines.shape.tolist() == [0, 3, 6]
    assert outlines.turn.tolist() == [1.0] * 3 + [-1.0] * 3
    assert len(outlines.ring) == 7


def test_what_has_no_ground_has_no_outline() -> None:
    shapes = array_of([None, shapely.Point(1, 1), shapely.Polygon(), shapely.LineString([(0, 0), (9, 9)])])
    outlines = Outlines.of(shapes)
    assert (len(outlines), len(outlines.turn), outlines.shape.tolist()) == (4, 0, [0] * 5)
    box_ = Outlines.of(array_of([shapely.box(0, 0, 5, 5)]))
    joined = Outlines.joined([outlines, box_, box_])
    assert joined.shape.tolist() == [0] * 5 + [1, 2]
    for name in KERNELS:
        with using("numpy" if name == "geos" else name):
            i, j = np.arange(6), np.array([4, 4, 4, 4, 4, 5])
            assert overlap.overlaps(joined, joined, i, j).area.tolist() == [0, 0, 0, 0, 25, 25]
            assert len(overlap.overlaps(joined, joined, i[:0], j[:0]).area) == 0
            assert overlap.overlaps(Outlines.joined([]), joined, i[:0], j[:0]).area.tolist() == []


# --- the same table --------------------------------------------------------------------------------------------------

cell = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 8), st.integers(1, 8))


def block(at: tuple[int, int, int, int], lean: int) -> shapely.Geometry:
    """A parallelogram on a 10 m grid: shared edges of one lean coincide."""
    x, y, wide, high = (10.0 * n for n in at)
    corners = [(x, y), (x + wide, y), (x + wide + lean * high / 10, y + high), (x + lean * high / 10, y + high)]
    return kernel.normal_form(array_of([shapely.Polygon([(EAST + a, NORTH + b) for a, b in corners])]))[0]


def agree(found: Pieces, wanted: Pieces) -> None:
    assert found.parcel.tolist() == wanted.parcel.tolist()
    assert found.feature.tolist() == wanted.feature.tolist()
    assert found.area == pytest.approx(wanted.area, abs=1e-4)
    assert found.share == pytest.approx(wanted.share, abs=1e-8)
    assert found.overlapping.tolist() == wanted.overlapping.tolist()
    assert found.net_areas() == pytest.approx(wanted.net_areas(), abs=1e-4)
    assert float(found.union_area()) == pytest.approx(float(wanted.union_area()), abs=1e-4)
    assert found.noise(0.001).tolist() == wanted.noise(0.001).tolist()
    assert found.is_noise(0.001) == wanted.is_noise(0.001)
    assert shapely.to_wkb(found.geometry).tolist() == shapely.to_wkb(wanted.geometry).tolist()
    assert shapely.to_wkb(found.gap).tolist() == shapely.to_wkb(wanted.gap).tolist()
    assert found.width == pytest.approx(wanted.width, abs=1e-12)


@given(
    st.lists(cell, min_size=1, max_size=3), st.lists(cell, max_size=6), st.sampled_from([0, 3, -7]), st.booleans(),
    st.sampled_from([0.0, 40.0, 70.0, 250.0]),
)  # fmt: skip
@settings(max_examples=120, deadline=None)
def test_every_kernel_yields_the_same_table(
    parcels: list[tuple[int, int, int, int]],
    features: list[tuple[int, int, int, int]],
    lean: int,
    twisted: bool,
    covered: float,
) -> None:
    base = ground([block(at, lean) for at in parcels])
    region = Coverage(CoverageKind.REGION, box(-500, -500, 500 + covered, 1000))
    held = layer([block(at, lean + 2 if twisted else lean) for at in features], region)
    tables = []
    for name in KERNELS:
        with using(name):
            tables.append(cut(base, held))
            agree(tables[-1], cut(base, held))
            agree(tables[-1], tables[0])
    with using("geos"):
        wanted = cut(base, held)
    for found in tables:
        agree(found, wanted)


def test_several_grounds_at_once_are_the_same_as_one_by_one() -> None:
    grounds = [ground([box(70 * k, 0, 60, 50), box(70 * k, 60, 60, 50)]) for k in range(4)] + [ground([])]
    held = layer([box(40 * k, 20 * k, 90, 80) for k in range(7)])
    for name in KERNELS:
        with using(name):
            for layers in ([held] * 5, [layer(held.geometry[k : k + 4]) for k in range(5)]):
                together = cut_each(grounds, layers)
                assert len(together) == 5 and sum(map(len, together)) > 10
                for one, base, own in zip(together, grounds, layers, strict=True):
                    agree(one, cut(base, own))
            assert cut_each((), ()) == ()


def test_the_arithmetic_of_touching_features_is_no_row() -> None:
    """Slanted neighbours that share every vertex: what the sum leaves of zero is not ground, with any kernel."""
    leaning = [shapely.transform(box(100 * k, 0, 100, 333), lambda xy: xy + xy[:, ::-1] * 0.1) for k in range(9)]
    for name in KERNELS:
        with using(name):
            found = cut(ground([leaning[4]]), layer(leaning))
            assert found.feature.tolist() == [4]
            assert found.share.tolist() == [1.0]


def test_ground_below_the_millionth_is_left_out_by_every_kernel() -> None:
    slivers = [box(99.99999, 0, 100, 0.05), box(99.9, 50, 100, 0.0001), box(99.999, 80, 100, 0.5)]
    for name in KERNELS:
        with using(name):
            assert cut(ground([box(0, 0, 100, 100)]), layer(slivers)).feature.tolist() == [1, 2]


# --- drawn only where somebody looks ---------------------------------------------------------------------------------

FAST = [k for k in KERNELS if k != "geos"]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of pieces that GEOS was asked to cut."""
    asked: list[int] = []
    clip = kernel.clip

    def watched(a: kernel.GeometryArray, b: kernel.GeometryArray) -> tuple[kernel.GeometryArray, kernel.BoolArray]:
        asked.append(len(a))
        return clip(a, b)

    monkeypatch.setattr(kernel, "clip", watched)
    return asked


@pytest.mark.parametrize("name", FAST)
def test_areas_shares_and_noise_draw_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    with using(name):
        found = cut(
            ground([box(0, 0, 100, 100), box(100, 0, 80, 70)]), layer([box(40 * k, 10, 40, 40) for k in range(5)])
        )
        assert len(found) == 6
        assert found.union_area() > 0 and not found.is_noise(0.001) and not found.noise(0.001).any()
        assert found.share.sum() == pytest.approx(4.5, abs=0.5)
        assert found.uncovered_area() == 0 and found.is_gapless
        assert asked == []
        some = found.select(found.feature >= 2)
        assert shapely.area(some.shape(0)) == pytest.approx(800.0, rel=1e-9)
        assert asked == [1]
        assert len(some.geometry) == len(some)
        assert sum(asked) == len(some)
        assert len(found.geometry) == 6
        assert sum(asked) == 6, "what a selection has drawn is not drawn again"
        found.extent(), found.extent(), some.union_geometry(), some.width
        assert sum(asked) == 6


@pytest.mark.parametrize("name", FAST)
def test_a_width_that_a_bound_leaves_open_is_drawn(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    with using(name):
        found = cut(ground([box(0, 0, 100, 100)]), layer([box(99.999, 0, 100, 100), box(0, 0, 50, 50)]))
        assert found.noise(0.0011).tolist() == [True, False]
        assert asked == [1]


def test_what_was_asked_once_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    found = cut(ground([box(0, 0, 100, 100)]), layer([box(0, 0, 50, 50)], Coverage(CoverageKind.UNDECLARED)))
    first = (found.extent(), found.uncovered(), found.union_geometry())
    asked: list[int] = []
    monkeypatch.setattr(kernel, "union_all", lambda shapes: asked.append(1))
    monkeypatch.setattr(kernel, "difference", lambda a, b: asked.append(1))
    again = (found.extent(), found.uncovered(), found.union_geometry())
    assert all(a is b for a, b in zip(first, again, strict=True))
    assert asked == []
    with pytest.raises(ValueError, match="read-only"):
        found.uncovered().geometry[0] = None


def test_a_coverage_that_holds_the_ground_leaves_no_gap_and_asks_for_no_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = ground([box(0, 0, 100, 100)])
    region = Coverage(CoverageKind.REGION, box(0, 0, 100, 100))
    monkeypatch.setattr(kernel, "difference", lambda a, b: a if len(a) == 0 else pytest.fail("a difference"))
    assert cut(base, layer([box(0, 0, 50, 50)], region)).is_gapless


# --- parts of features -----------------------------------------------------------------------------------------------


def test_a_feature_of_which_a_part_was_read_is_measured_by_what_is_known_of_the_whole() -> None:
    far, near = box(-3000, 0, 9000, 200), box(-200, 0, 500, 200)
    base = ground([box(0, 0, 100, 100)])
    density = Density.around(array_of([far]), GAUSS)
    areas = density.measure(array_of([far]), np.array([0]))
    whole = Whole(shapely.bounds(array_of([far])), density.terms, areas, np.array([True]))
    for name in KERNELS:
        with using(name):
            wanted = cut(base, layer([far]))
            found = cut(base, replace(layer([near]), whole=whole))
            assert found.share == pytest.approx(wanted.share, abs=1e-12)
            assert found.area == pytest.approx(wanted.area, abs=1e-4)
            inside = replace(layer([box(10, 10, 20, 20)]), whole=whole)
            assert cut(base, inside).share == pytest.approx(400.0 / areas, rel=1e-3)


def test_a_layer_proven_disjoint_is_not_searched_for_overlaps(monkeypatch: pytest.MonkeyPatch) -> None:
    held = layer([box(0, 0, 50, 100), box(50, 0, 50, 100)])
    assert cut(ground([box(0, 0, 100, 100)]), held).is_disjoint
    monkeypatch.setattr(kernel, "shares_ground", lambda a, b: pytest.fail("searched"))
    with using(FAST[0]):
        assert cut(ground([box(0, 0, 100, 100)]), replace(held, is_disjoint=True)).is_disjoint
        assert cut(ground([box(0, 0, 100, 100)]), held).is_disjoint, "the kernel has shown that no two share ground"


def test_rows_that_fill_the_ground_leave_nothing_and_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    base = ground([box(10, 10, 80, 80), box(90, 10, 60, 80)])
    cells = [box(50 * x, 50 * y, 50, 50) for x in range(4) for y in range(2)]
    undeclared = Coverage(CoverageKind.UNDECLARED)
    for name in KERNELS:
        with using(name):
            filled, open_ = cut(base, layer(cells, undeclared)), cut(base, layer(cells[1:], undeclared))
            doubled = cut(base, layer([*cells[1:], cells[1]], undeclared))
            assert doubled.area.sum() == pytest.approx(base.surveyed.sum(), abs=1e-4), "the hole, and as much twice"
            assert filled.is_everywhere and without(base, filled).area() == filled.uncovered_area() == 0
            for found in (open_, doubled):
                assert not found.is_everywhere
                assert float(without(base, found).area()) == pytest.approx(1600.0, rel=1e-3)
                assert found.uncovered_area() == without(base, found).area()
    asked = counted(monkeypatch)
    with using(FAST[0]):
        assert without(base, cut(base, layer(cells))).is_empty
        assert asked == []
