"""What a store holds: shapes, cells, tiles, faults and overlaps come back as they were."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landrules.geo import kernel
from landrules.geo.kernel import FloatArray
from landrules.geo.site import Geometry, GeometryArray, Plane
from landrules.intake.around import Around
from landrules.intake.cells import Coded
from landrules.intake.formats.table import Cell, FeatureTable
from landrules.intake.store import checks, open_container, write
from landrules.intake.store.build import prepare
from landrules.intake.store.columns import Packer, packed, stored
from landrules.intake.store.hilbert import hilbert_order
from landrules.intake.store.near import Store
from landrules.intake.store.ragged import Held, Ragged, Shapes, joined, sections
from landrules.intake.store.tiles import corners, tiled
from landrules.intake.store.tiles import joined as tiles_joined

PLANE = Plane("engineering")
TEXTS = (
    "POINT (1 2)",
    "MULTIPOINT (1 2, 3 4)",
    "LINESTRING (0 0, 1 1, 2 0)",
    "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 4))",
    "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1))",
    "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 11 9, 11 11, 9 9), (10 9.5, 10.1 9.5, 10.1 9.6, 10 9.5)))",
    "GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 1 0, 1 1, 0 0)))",
    "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), EMPTY)",
    "POLYGON EMPTY",
)
SHAPES = [*map(shapely.from_wkt, TEXTS), None]


def store_of(folder: Path, shapes: list[Geometry], columns: dict[str, tuple[Cell, ...]] | None = None) -> Store:
    table = FeatureTable("engineering", tuple(range(len(shapes))), kernel.array_of(shapes), columns or {})
    header, made = prepare(lambda _: iter([table]), lambda _: "engineering", PLANE, "x")
    write(folder / "x.layer", header, made)
    return Store.of(open_container(folder / "x.layer"), "")


@given(st.lists(st.sampled_from(SHAPES)), st.integers(0, 5), st.randoms(use_true_random=False))
def test_shapes_come_back_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, some: list[Any], cut: int, random: Random
) -> None:
    shapes = kernel.array_of(some)
    held = Held.of(joined([Ragged.of(shapes[:cut]), Ragged.of(shapes[cut:])]))
    order = list(range(len(some)))
    random.shuffle(order)
    path = tmp_path_factory.getbasetemp() / "shapes.layer"
    write(path, {}, sections("s", held, np.array(order, dtype=np.int64)))
    read = Shapes(open_container(path), "s")
    rows = np.array([random.randrange(len(some)) for _ in some], dtype=np.int64)
    wanted = shapes[order][rows] if len(some) else shapes
    assert shapely.to_wkb(read.take(rows)).tolist() == shapely.to_wkb(wanted).tolist()


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=())),
    st.dates(),
)
COLUMNS = st.one_of(
    st.lists(CELLS),
    st.lists(st.one_of(st.none(), st.integers(-5, 2**40))),
    st.lists(st.one_of(st.none(), st.floats(allow_nan=False))),
    st.lists(st.text(), min_size=70, max_size=80, unique=True),
)


@given(COLUMNS, st.integers(0, 40), st.randoms(use_true_random=False))
def test_cells_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, cells: list[Cell], cut: int, random: Random
) -> None:
    packer = Packer()
    for part in (cells[:cut], cells[cut:]):
        if part:
            packer.add(tuple(part))
    order = list(range(len(cells)))
    random.shuffle(order)
    told, arrays = packed({"c": packer}, np.array(order, dtype=np.int64))
    path = tmp_path_factory.getbasetemp() / "cells.layer"
    write(path, {"columns": told}, arrays)
    store = open_container(path)
    column = stored(store, store.header["columns"])["c"]
    rows = np.array([random.randrange(len(cells)) for _ in cells], dtype=np.int64)
    found = column.take(rows).row_by_row()
    wanted = [cells[order[row]] for row in rows.tolist()]
    assert [(type(c), repr(c)) for c in found] == [(type(c), repr(c)) for c in wanted]


def test_a_coded_column_tells_its_numbers(tmp_path: Path) -> None:
    store = store_of(tmp_path, [shapely.box(i, 0, i + 1, 1) for i in range(4)], {"k": ("a", "b", "a", None)})
    coded = store.columns["k"].take(np.arange(4))
    assert isinstance(coded, Coded) and len(coded.numbers) == len(coded.cells) == 3


# --- tiles -----------------------------------------------------------------------------------------------------------


def star(count: int, seed: int, radius: float = 400.0) -> Geometry:
    random = np.random.default_rng(seed)
    angle = np.sort(random.uniform(0, 2 * np.pi, count))
    far = radius * (0.6 + 0.4 * random.random(count))
    points = np.column_stack([39519000 + far * np.cos(angle), 3497500 + far * np.sin(angle)])
    return kernel.normal_form(
        kernel.array_of([shapely.Polygon(points).difference(shapely.box(*points[0], *points[9]))])
    )[0]


@pytest.mark.parametrize("seed", range(4))
def test_tiles_are_the_shape(seed: int) -> None:
    shape = star(2000, seed)
    tiles = tiled(shape, 100)
    assert tiles is not None and len(tiles) > 20
    assert abs(shapely.area(tiles).sum() - shapely.area(shape)) < 1e-4
    assert shapely.is_valid(tiles).all() and (shapely.get_num_coordinates(tiles) <= 100).all()
    added, of = corners(shape, tiles)
    assert len(added) == len(of)
    whole = tiles_joined(tiles, added)
    assert shapely.equals_exact(whole, shape, 0)


def test_corners_on_whole_and_half_metres_are_tiled_too() -> None:
    for step in (1.0, 0.5, 3.0):
        along = np.arange(0.0, 300.0, step)
        swing = np.where(np.arange(len(along)) % 2 == 0, 0.0, step)
        up, down = np.column_stack([along, 50 + swing]), np.column_stack([along[::-1], swing])
        comb = shapely.Polygon(np.concatenate([up, down]))
        tiles = tiled(comb, 30)
        assert tiles is not None and abs(shapely.area(tiles).sum() - shapely.area(comb)) < 1e-9
        whole = tiles_joined(tiles, corners(comb, tiles)[0])
        assert shapely.equals_exact(whole, kernel.normal_form(kernel.array_of([comb]))[0], 0)


def test_near_parts_hold_all_that_lies_in_the_boxes(tmp_path: Path) -> None:
    shapes = [star(6000, 1), shapely.box(39519500, 3497500, 39519600, 3497600), star(3000, 2)]
    store = store_of(tmp_path, shapes)
    random = np.random.default_rng(5)
    parts = 0
    several: list[FloatArray] = []
    for _ in range(40):
        low = np.array([39519000, 3497500]) + random.uniform(-450, 450, 2)
        boxes = np.array([[*low, *(low + random.uniform(1, 80, 2))]])
        several.append(boxes)
        found = store.near(Around.one(boxes))
        window, rows = shapely.box(*boxes[0]), found.rows
        geometry, is_part = store.geometry(found, np.arange(len(rows)))
        keys = store.keys(rows)
        for shape, key, part in zip(geometry, keys, is_part, strict=True):
            inside = shapely.intersection(kernel.normal_form(kernel.array_of([shapes[key]]))[0], window)
            assert shapely.area(shapely.symmetric_difference(shapely.intersection(shape, window), inside)) < 1e-6
            spot = shapely.points(*random.uniform(boxes[0, :2], boxes[0, 2:]))
            reach = min(abs(spot.x - boxes[0, [0, 2]]).min(), abs(spot.y - boxes[0, [1, 3]]).min())
            far, true = shapely.distance(spot, shape), shapely.distance(spot, shapes[key])
            assert abs(far - true) < 1e-6 or (far > reach and true > reach)
            parts += bool(part)
        for key in set(range(3)) - set(keys):
            assert not shapely.intersects(shapes[key], window)
    assert parts > 10
    together = store.near(Around.of([*several, np.empty((0, 4))]))
    shapes_of, _ = store.geometry(together, np.arange(len(together.rows)))
    assert together.at[-2] == together.at[-1] == len(together.rows)
    for k, boxes in enumerate(several):
        alone = store.near(Around.one(boxes))
        own, tiles = slice(*together.at[k : k + 2]), slice(*together.tile_at[k : k + 2])
        assert (together.rows[own].tolist(), together.tiles[tiles].tolist()) == (
            alone.rows.tolist(),
            alone.tiles.tolist(),
        )
        wanted, _ = store.geometry(alone, np.arange(len(alone.rows)))
        assert shapely.to_wkb(shapes_of[own]).tolist() == shapely.to_wkb(wanted).tolist()


def test_a_tiled_shape_is_whole_where_all_is_asked(tmp_path: Path) -> None:
    shape = star(6000, 3)
    store = store_of(tmp_path, [shape])
    for boxes in (None, np.array([[39518000.0, 3496000, 39521000, 3499000]])):
        found = store.near(Around.one(boxes))
        geometry, is_part = store.geometry(found, np.arange(len(found.rows)))
        assert shapely.equals_exact(geometry[0], shape, 0) and not is_part[0]


# --- what features are to each other ---------------------------------------------------------------------------------


def brute(shapes: GeometryArray) -> set[tuple[int, int]]:
    pairs = np.array(list(combinations(range(len(shapes)), 2)))
    met = kernel.shares_ground(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    return set(map(tuple, pairs[met].tolist()))


@pytest.mark.parametrize("is_compiled", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_overlaps_are_those_of_every_pair(
    tmp_path: Path, seed: int, is_compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "is_compiled", lambda: is_compiled and checks.name() == "c")
    monkeypatch.setattr(checks, "RUN", 20)
    random = np.random.default_rng(seed)
    grid = [shapely.box(10 * i, 10 * j, 10 * i + 10, 10 * j + 10) for i in range(6) for j in range(6)]
    low = random.uniform(0, 60, (12, 2))
    extra = [shapely.box(*a, *(a + random.uniform(0.5, 8, 2))) for a in low] if seed else []
    large = [shapely.box(20, 20, 45, 31).segmentize(0.05)] if seed == 2 else []
    shapes = kernel.array_of([*grid, *extra, *large, shapely.LineString([(0, 0), (60, 60)])])
    header: Any = store_of(tmp_path, list(shapes)).container.header
    wanted = brute(shapes[:-1])
    found = {tuple(sorted(pair)) for pair in header["overlap_keys"]}
    assert header["overlaps"] == len(wanted)
    assert found == wanted if len(wanted) <= 100 else found <= wanted
    assert header["duplicates"] == 0 and (seed < 2 or header["tiled"] == 1)


def test_the_same_shape_twice(tmp_path: Path) -> None:
    one = shapely.box(0, 0, 5, 5)
    turned = shapely.Polygon([(5, 5), (0, 5), (0, 0), (5, 0)])
    store = store_of(tmp_path, [one, shapely.box(9, 9, 10, 10), turned, shapely.Polygon([(0, 0), (5, 0), (5, 5)]), one])
    assert store.container.header["duplicates"] == 2
    pairs: Any = store.container.header["duplicate_keys"]
    assert {frozenset(pair) for pair in pairs} <= {frozenset(p) for p in combinations((0, 2, 4), 2)}


def test_neighbours_on_the_curve_are_neighbours_in_the_plane() -> None:
    i, j = np.meshgrid(np.arange(16.0), np.arange(16.0))
    low = np.column_stack([i.ravel(), j.ravel()])
    order = hilbert_order(np.hstack([low, low + 1]))
    steps = np.abs(np.diff(low[order], axis=0)).sum(axis=1)
    assert (steps == 1).all()


def test_figures_of_a_store(tmp_path: Path) -> None:
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    store = store_of(tmp_path, [shapely.box(0, 0, 10, 4), bow], {"day": (date(2026, 1, 2), None)})
    header = store.container.header
    assert (header["rows"], header["area"], header["vertices"]) == (2, 40.0, 5)
    assert store.container.whole("survey").tolist() == store.container.whole("area").tolist()
    assert store.reasons == ("Self-intersection",) and store.fault_row.tolist() != []
    assert {str(c) for c in store.columns["day"].take(np.arange(2)).row_by_row()} == {"2026-01-02", "None"}
