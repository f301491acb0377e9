"""The overlap kernels against one another, against GEOS, and against exact fractions on whole-numbered corners.

Shapes are made to be difficult: rectangles joined and cut out on a grid (holes, several parts, coincident and touching
edges), sheared so that shared edges slant or run nearly parallel, at coordinates of the ground and of eight digits.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from landrules.geo import kernel, overlap, trapezoids
from landrules.geo.kernel import array_of
from landrules.geo.outlines import Outlines
from landrules.geo.overlap import Overlaps, Sums
from properties.slabs import shared_moments

COMPILED = overlap.compiled_sums()
SUMS: dict[str, Sums] = {"numpy": trapezoids.moments} | ({} if COMPILED is None else {"c": COMPILED})
OFFSETS = ((0, 0), (40_500_000, 3_400_000), (-517, 260))
MATRICES = ((1, 0, 0, 1), (1, 1, 0, 1), (2, 1, 1, 1), (1, 0, -3, 1), (40, 1, 39, 1), (1, 1, 200, 201), (0, -1, 1, 0))

cell = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 7), st.integers(1, 7))


def blocks(cells: list[tuple[int, int, int, int]]) -> shapely.Geometry:
    return shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in cells])


def moved(shape: shapely.Geometry, matrix: tuple[int, ...], offset: tuple[int, int]) -> shapely.Geometry:
    """A shape under a whole-numbered map: corners stay whole numbers, and edges that were shared stay so."""
    a, b, c, d = matrix
    return shapely.transform(shape, lambda xy: xy @ np.array([[a, c], [b, d]], dtype=float) + np.array(offset))


@st.composite
def shapes(draw: st.DrawFn) -> shapely.Geometry:
    """Valid ground on whole-numbered corners: blocks with holes, or a polygon round a point."""
    if draw(st.integers(0, 2)):
        shape = shapely.difference(
            blocks(draw(st.lists(cell, min_size=1, max_size=5))), blocks(draw(st.lists(cell, max_size=3)))
        )
    else:
        corners = draw(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=9, unique=True))
        turned = sorted(corners, key=lambda p: (np.arctan2(p[1], p[0]), p))
        shape = shapely.Polygon([(x + 6, y + 6) for x, y in turned])
    assume(shapely.is_valid(shape) and shapely.area(shape) > 0)
    assume(shapely.get_type_id(shape) in (3, 6))
    return shape


@st.composite
def pairs(draw: st.DrawFn) -> tuple[shapely.Geometry, shapely.Geometry]:
    offset = draw(st.sampled_from(OFFSETS))
    first = draw(st.sampled_from(MATRICES))
    second = draw(st.sampled_from((first, *MATRICES)))
    a, b = moved(draw(shapes()), first, offset), moved(draw(shapes()), second, offset)
    if draw(st.booleans()):
        b = shapely.reverse(b)  # winding is no part of what a ring says
    return a, b


def measured(sums: Sums, a: shapely.Geometry, b: shapely.Geometry) -> Overlaps:
    row = np.zeros(1, dtype=np.int64)
    return overlap.measured(sums, Outlines.of(array_of([a])), Outlines.of(array_of([b])), row, row)


def about(moments: tuple[Fraction, ...], x: Fraction, y: Fraction) -> list[float]:
    """Exact moments about another origin."""
    m, mx, my, mxx, mxy, myy = moments
    shifted = (
        m, mx - x * m, my - y * m, mxx - 2 * x * mx + x * x * m, mxy - x * my - y * mx + x * y * m,
        myy - 2 * y * my + y * y * m,
    )  # fmt: skip
    return [float(one) for one in shifted]


@pytest.mark.parametrize("sums", SUMS.values(), ids=SUMS)
@given(pairs())
@settings(max_examples=250, deadline=None)
def test_moments_are_those_of_exact_arithmetic(sums: Sums, pair: tuple[shapely.Geometry, shapely.Geometry]) -> None:
    a, b = pair
    found = measured(sums, a, b)
    exact = about(shared_moments(a, b), *(Fraction(x) for x in found.origin[0].tolist()))
    reach = float(max(np.ptp(shapely.get_coordinates([a, b]), axis=0)))
    for got, wanted, power in zip(found.moments[0].tolist(), exact, (0, 1, 1, 2, 2, 2), strict=True):
        assert got == pytest.approx(wanted, abs=1e-10 * reach ** (2 + power))
    assert abs(found.moments[0, 0] - exact[0]) <= max(found.error[0], 0.0)
    assert found.error[0] < 1e-6


@pytest.mark.parametrize("sums", SUMS.values(), ids=SUMS)
@given(pairs())
@settings(max_examples=250, deadline=None)
def test_areas_are_those_of_geos_and_bounds_hold(sums: Sums, pair: tuple[shapely.Geometry, shapely.Geometry]) -> None:
    a, b = (kernel.normal_form(array_of([shape])) for shape in pair)
    found = measured(sums, a[0], b[0])
    drawn, _ = kernel.clip(a, b)
    assert found.area[0] == pytest.approx(float(shapely.area(drawn)[0]), abs=1e-4)
    assert found.width_floor[0] <= kernel.equivalent_width(drawn)[0] + 1e-9
    assert found.moments[0, 0] < 1e-6 or found.length[0] >= float(shapely.length(drawn)[0]) - 1e-6


@given(st.lists(pairs(), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_many_pairs_at_once_are_the_same_as_one_by_one(found: list[tuple[shapely.Geometry, shapely.Geometry]]) -> None:
    a, b = (Outlines.of(array_of([pair[k] for pair in found])) for k in (0, 1))
    i, j = (rows.ravel() for rows in np.indices((len(found), len(found))))
    for sums in SUMS.values():
        together = overlap.measured(sums, a, b, i, j)
        for k in range(len(i)):
            alone = measured(sums, found[i[k]][0], found[j[k]][1])
            assert together.moments[k] == pytest.approx(alone.moments[0], rel=1e-12, abs=1e-6)


@given(pairs(), st.tuples(*[st.integers(-40, 40)] * 2), st.tuples(*[st.integers(1, 60)] * 2))
@settings(max_examples=100, deadline=None)
def test_a_window_is_one_polygon_more(
    pair: tuple[shapely.Geometry, shapely.Geometry], corner: tuple[int, int], size: tuple[int, int]
) -> None:
    a, b = pair
    x, y = (float(low + step) for low, step in zip(shapely.bounds(a)[:2], corner, strict=True))
    window = np.array([[x, y, x + size[0], y + size[1]]])
    wanted = float(shapely.area(shapely.intersection(shapely.intersection(a, b), shapely.box(*window[0]))))
    row = np.zeros(1, dtype=np.int64)
    for sums in SUMS.values():
        found = overlap.measured(sums, Outlines.of(array_of([a])), Outlines.of(array_of([b])), row, row, window)
        assert found.area[0] == pytest.approx(wanted, abs=1e-4)


def ring_of(count: int, rough: float, turn: float, centre: tuple[float, float], size: float) -> shapely.Geometry:
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False) + turn
    radius = size * (1 + rough * np.sin(17 * angle) + 0.3 * rough * np.sin(101 * angle))
    return shapely.Polygon(np.column_stack([centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)]))


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("count", [3, 40, 1000, 20_000])
def test_rings_of_many_vertices(offset: tuple[int, int], count: int) -> None:
    """Enough edges that the compiled kernel sweeps and numpy takes several turns."""
    a = ring_of(count, 0.2, 0.1, offset, 3000.0)
    b = ring_of(1000, 0.2, 0.7, (offset[0] + 1500.0, offset[1] + 400.0), 2500.0)
    assert shapely.is_valid(a) and shapely.is_valid(b)
    wanted = float(shapely.area(shapely.intersection(a, b)))
    for sums in SUMS.values():
        assert measured(sums, a, b).area[0] == pytest.approx(wanted, abs=1e-4)
        assert measured(sums, b, a).area[0] == pytest.approx(wanted, abs=1e-4)


def corridor(offset: tuple[int, int]) -> shapely.Geometry:
    line = shapely.LineString([(offset[0] + 300 * k, offset[1] + 280 * k + 40 * (k % 3)) for k in range(100)])
    return shapely.buffer(line, 30.0, cap_style="flat", join_style="mitre")


@pytest.mark.parametrize("offset", OFFSETS)
def test_a_long_corridor_over_a_coverage_adds_up(offset: tuple[int, int]) -> None:
    long = corridor(offset)
    x = offset[0] + np.arange(-100.0, 30_200.0, 700.0)
    y = offset[1] + np.arange(-100.0, 28_200.0, 700.0)
    cells = array_of([shapely.box(e, n, e + 700.0, n + 700.0) for e in x for n in y])
    row = np.zeros(len(cells), dtype=np.int64)
    for sums in SUMS.values():
        found = overlap.measured(sums, Outlines.of(array_of([long])), Outlines.of(cells), row, np.arange(len(cells)))
        assert float(found.area.sum()) == pytest.approx(float(shapely.area(long)), abs=1e-4)
        assert found.area == pytest.approx(shapely.area(shapely.intersection(long, cells)), abs=1e-4)


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("tilt", [1e-9, 1e-6, 1e-3, 1.0])
def test_edges_nearly_parallel_and_nearly_upright(offset: tuple[int, int], tilt: float) -> None:
    x, y = offset
    a = shapely.Polygon([(x, y), (x + 1000, y + tilt), (x + 1000, y + 500), (x, y + 500)])
    b = shapely.Polygon([(x, y + tilt), (x + 1000, y), (x + 1000 + tilt, y + 500 + tilt), (x + tilt, y + 500)])
    turned = [shapely.transform(s, lambda xy: xy[:, ::-1]) for s in (a, b)]
    for first, second in ((a, b), turned):
        wanted = float(shared_moments(first, second)[0])
        for sums in SUMS.values():
            assert measured(sums, first, second).area[0] == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("offset", OFFSETS)
def test_edges_passed_over_by_blocks_are_those_that_meet_no_frame(offset: tuple[int, int]) -> None:
    """A corridor of a thousand edges with an island cut out, and small frames all along it, beside it and in it."""
    turns = np.linspace(0.0, 30.0, 500)
    line = shapely.LineString(np.column_stack([40.0 * turns, 90.0 * np.sin(turns)]) + np.array(offset))
    corridor = shapely.difference(shapely.buffer(line, 9.0), shapely.buffer(shapely.Point(offset), 4.0))
    spots = np.random.default_rng(3).uniform((-20, -110), (1220, 110), (300, 2)) + np.array(offset)
    frames = shapely.box(*np.hstack([spots, spots + 25.0]).T)
    rows = np.arange(len(frames))
    one, many = Outlines.of(array_of([corridor])), Outlines.of(frames)
    wanted = shapely.area(shapely.intersection(frames, corridor))
    assert len(one.xy) > 500 and (wanted > 0).sum() > 50 and (wanted == 0).sum() > 20
    for sums in SUMS.values():
        assert overlap.measured(sums, one, many, 0 * rows, rows).area == pytest.approx(wanted, abs=1e-5)
        assert overlap.measured(sums, many, one, rows, 0 * rows).area == pytest.approx(wanted, abs=1e-5)


Spoil = Callable[[Outlines], tuple[np.ndarray, ...]]

SPOILS: dict[str, Spoil] = {
    "a ring beyond the vertices": lambda o: (o.xy[:-1], o.ring, o.turn, o.shape),
    "a ring that ends before it begins": lambda o: (o.xy, o.ring[::-1].copy(), o.turn, o.shape),
    "a polygon beyond the rings": lambda o: (o.xy, o.ring, o.turn, o.shape + 1),
    "a sign too few": lambda o: (o.xy, o.ring, o.turn[:-1], o.shape),
    "no ring at all": lambda o: (o.xy, o.ring[:0], o.turn, o.shape),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_the_compiled_kernel_reads_nothing_beyond_its_arrays(spoil: Spoil) -> None:
    o = Outlines.of(array_of([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)]))
    spoilt = Outlines(*spoil(o), o.boxes)
    row = np.zeros(1, dtype=np.int64)
    for sums in [s for name, s in SUMS.items() if name == "c"]:
        with pytest.raises(ValueError, match="belong together"):
            overlap.measured(sums, spoilt, o, row, row)
        with pytest.raises(IndexError):
            sums(o, o, row, row + 2, o.boxes[:1])
        with pytest.raises(IndexError):
            sums(o, o, row - 1, row, o.boxes[:1])
