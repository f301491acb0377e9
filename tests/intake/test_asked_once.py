"""What a check asks once and what it reads late: the same answers as when everything is asked each time, and read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from landrules.base.quantity import Dimension
from landrules.base.valuetype import GradeType
from landrules.intake import coverage, prepared
from landrules.intake.cells import Numbers, OfTable, are_numbers
from landrules.intake.columns import read_columns
from landrules.intake.coverage import coverage_of
from landrules.intake.formats.table import Cell, FeatureTable
from landrules.intake.sources import opened
from landrules.intake.store.source import Stamp, stamp_of
from landrules.intake.workspace import Binding, load_workspace
from landrules.rules.model import Bilingual, LayerField, LayerSchema

WORDS = Bilingual("", "")
SCHEMA = LayerSchema(
    "zone",
    WORDS,
    {
        "area": LayerField("area", "", Dimension.AREA),
        "grade": LayerField("grade", "", GradeType("grade15")),
    },
)
BINDINGS = {"area": Binding("A", unit="亩"), "grade": Binding("A")}

CELLS = st.lists(
    st.one_of(st.none(), st.floats(), st.integers(), st.integers(-(10**40), 10**40), st.booleans(), st.just("7.5")),
    max_size=12,
)


def columns(cells: list[Cell], mapped: Mapping[str, object] | None = None) -> Any:
    table = FeatureTable("", tuple(range(len(cells))), np.empty(len(cells), dtype=object), {"A": tuple(cells)})
    bindings = {name: Binding(b.column, b.unit, values=dict(mapped or {})) for name, b in BINDINGS.items()}
    ids = [str(row) for row in range(len(cells))]
    every = range(len(cells))
    (read,) = read_columns("zone", OfTable(table), ids, SCHEMA, bindings, {}, "here", (0, len(cells)), (every,))
    return read


@given(CELLS)
@example([1e30, 1.0])
@example([9.99e28, -1e-28, 0.0, -0.0, None])
@example([math.nan])
def test_numbers_read_late_are_those_read_at_once(cells: list[Cell]) -> None:
    """Beside a text, which is none, every cell is read at once."""
    late, at_once = columns(cells), columns([*cells, "none"])
    for name in SCHEMA.fields:
        assert isinstance(late.values[name], Numbers) == (are_numbers(cells) and bool(cells))
        assert tuple(late.values[name]) == tuple(at_once.values[name])[:-1]
        assert [late.values[name][row] for row in range(len(cells))] == list(at_once.values[name][:-1])
    assert not (are_numbers(cells) and late.notes)


def test_mapped_cells_are_read_at_once() -> None:
    found = columns([1.0, 2.0], {"1": 15})
    assert found.values["area"][0] == Fraction(10_000) and len(found.notes) == 2


def county(folder: Path, claims: int) -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [90, 0], [90, 90], [0, 90], [0, 0]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": square}
    layer = {"type": "FeatureCollection", "crs": "engineering", "features": [feature]}
    (folder / "zone.geojson").write_text(json.dumps(layer), encoding="utf-8")
    lines = ['[workspace]\ncrs = "engineering"\nboundary = { path = "zone.geojson" }']
    for number in range(claims):
        kind = f'{{ kind = "complete", beyond_m = {10 * (number % 2)}, by = "office {number}" }}'
        lines.append(f'[layers.zone{number}]\npath = "zone.geojson"\ncoverage = {kind}')
    (folder / "landrules.toml").write_text("\n".join(lines), encoding="utf-8")


def test_layers_of_one_check_share_the_ground_they_cover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county(tmp_path, 6)
    workspace = load_workspace(tmp_path)
    claims = [workspace.layers[f"zone{number}"][0].coverage for number in range(6)]
    box = np.array([[40.0, 40.0, 60.0, 60.0]])
    apart = [coverage_of(workspace, claim, box) for claim in claims]
    asked: list[float] = []
    plain = coverage._read_ground

    def counted(place: Any, what: Any, boxes: Any) -> Any:
        asked.append(what.beyond_m)
        return plain(place, what, boxes)

    monkeypatch.setattr(coverage, "_read_ground", counted)
    with opened(workspace) as held:
        together = [coverage_of(held, claim, box) for claim in claims]
        elsewhere = coverage_of(held, claims[1], box + 45.0).region
    assert asked == [0.0, 10.0, 10.0]
    assert [c.statement for c in together] == [c.statement for c in apart]
    assert [shapely.to_wkb(c.region) for c in together] == [shapely.to_wkb(c.region) for c in apart]
    assert elsewhere is not together[1].region


def test_the_next_check_looks_again(tmp_path: Path) -> None:
    county(tmp_path, 1)
    workspace = load_workspace(tmp_path)
    claim = workspace.layers["zone0"][0].coverage
    with opened(workspace) as held:
        before = coverage_of(held, claim).region
    text = (tmp_path / "zone.geojson").read_text(encoding="utf-8")
    (tmp_path / "zone.geojson").write_text(text.replace("90", "80"), encoding="utf-8")
    with opened(workspace) as held:
        after = coverage_of(held, claim).region
    assert shapely.area(before) == 8100.0 and shapely.area(after) == 6400.0


def test_stores_are_told_apart_by_all_that_they_hang_on(tmp_path: Path) -> None:
    county(tmp_path, 2)
    workspace = load_workspace(tmp_path)
    claims = [workspace.layers[f"zone{number}"][0].coverage for number in range(2)]
    asked = [coverage.asked_of(workspace, claim) for claim in claims]
    grounds = [coverage.region_store(workspace, one) for one in asked if one is not None]
    layer = prepared.layer_store(workspace, workspace.layers["zone0"][0])
    found = [one for one in (*grounds, layer) if isinstance(one, prepared.Opened)]
    assert len({one.store.container.path for one in found}) == 3


def test_a_log_beside_a_geopackage_is_part_of_its_stamp(tmp_path: Path) -> None:
    source = tmp_path / "a.gpkg"
    source.write_bytes(b"1")
    (tmp_path / "a.gpkg-wal").write_bytes(b"")
    assert [row[:2] for row in stamp_of(source).files] == [("a.gpkg", 1)]
    (tmp_path / "a.gpkg-wal").write_bytes(b"22")
    (tmp_path / "a.gpkg-journal").mkdir()
    assert [row[:2] for row in stamp_of(source).files] == [("a.gpkg", 1), ("a.gpkg-wal", 2)]
    shape = tmp_path / "b.shp"
    for part in (shape, shape.with_suffix(".dbf"), tmp_path / "b.shp-wal"):
        part.write_bytes(b"333")
    assert [row[0] for row in stamp_of(shape).files] == ["b.dbf", "b.shp"]
    assert isinstance(stamp_of(tmp_path), Stamp)
    with pytest.raises(FileNotFoundError):
        stamp_of(tmp_path / "none.gpkg")
