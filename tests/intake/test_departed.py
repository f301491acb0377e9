"""Ground that left a layer between editions: what is found, by hand areas in an engineering plane, and what is unknown."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from landrules import check
from landrules.base.quantity import Dimension
from landrules.base.valuetype import Absence, Simple
from landrules.geo import kernel
from landrules.geo.site import AbsentLayer, CoverageKind, Layer
from landrules.intake.departed import open_departed
from landrules.intake.workspace import load_workspace
from landrules.rules.expr import LawDay
from landrules.rules.model import Bilingual, Departed, LayerField, LayerSchema

LAW_DATE = date(2026, 6, 18)
SINCE = date(2023, 6, 18)
SCHEMA = LayerSchema(
    "reserve_left",
    Bilingual("", ""),
    {
        "net_area": LayerField("net_area", "净面积", Dimension.AREA, apportioned=True, optional=True),
        "name": LayerField("name", "名称", Simple.TEXT, optional=True),
        "left_on": LayerField("left_on", "调出日期", Simple.DATE),
    },
    Departed("reserve", LawDay()),
)
COMPLETE = '{ kind = "complete", beyond_m = 1000 }'


def box(id_: str, west: float, south: float, east: float, north: float, **fields: Any) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"id": id_, "net": 10_000, "name": id_, **fields},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write(path: Path, *features: dict[str, Any]) -> None:
    crs = {"type": "name", "properties": {"name": "engineering"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": list(features)}), encoding="utf-8")


def bind(folder: Path, *editions: tuple[str, str], coverage: str = COMPLETE, rules: str = "") -> None:
    """A workspace whose reserve has the editions given: a file, and what else is said of it."""
    write(folder / "boundary.geojson", box("B", -500, -500, 1500, 1500))
    text = f'[workspace]\ncrs = "engineering"\nboundary = {{ path = "boundary.geojson" }}\nrulesets = [{rules}]\n'
    text += f'[layers.reserve]\nid = "id"\ncoverage = {coverage}\n'
    text += 'fields = { net_area = { column = "net", unit = "m2" }, name = "name" }\n'
    for file, said in editions:
        text += f'[[layers.reserve.editions]]\npath = "{file}"\n{said}\n'
    (folder / "landrules.toml").write_text(text, encoding="utf-8")


def opened(folder: Path, since: date | None = SINCE, **options: Any) -> Layer | AbsentLayer:
    return open_departed(load_workspace(folder), "reserve_left", SCHEMA, {}, since=since, law_date=LAW_DATE, **options)


def found(folder: Path, **options: Any) -> Layer:
    layer = opened(folder, **options)
    assert isinstance(layer, Layer)
    return layer


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A reserve of two fields of a hectare; of A the eastern half left at the end of 2024, B stayed, C came in."""
    write(tmp_path / "old.geojson", box("A", 0, 0, 100, 100, net=9000, name="甲"), box("B", 200, 0, 300, 100, net=8000))
    write(tmp_path / "new.geojson", box("A", 0, 0, 50, 100), box("B", 200, 0, 300, 100), box("C", 400, 0, 500, 100))
    bind(tmp_path, ("old.geojson", "edition = 2022-12-31"), ("new.geojson", "edition = 2024-12-31"))
    return tmp_path


def test_what_left_is_the_older_edition_without_the_newer(two: Path) -> None:
    layer = found(two)
    assert layer.ids == ("A@2022-12-31",)
    assert [g.area for g in layer.geometry] == [5000.0]
    assert layer.geometry[0].bounds == (50.0, 0.0, 100.0, 100.0)
    assert layer.columns["left_on"] == (date(2024, 12, 31),)
    assert layer.columns["name"] == ("甲",)


def test_what_goes_by_area_shrinks_with_the_ground(two: Path) -> None:
    assert found(two).columns["net_area"] == (Fraction(4500),)


def test_the_stated_last_day_tells_when_ground_left(two: Path) -> None:
    bind(two, ("old.geojson", "edition = 2022-12-31\nvalid_to = 2024-12-30"), ("new.geojson", "edition = 2024-12-31"))
    assert found(two).columns["left_on"] == (date(2024, 12, 31),)


def test_ground_that_left_before_the_window_is_not_found(two: Path) -> None:
    assert found(two, since=date(2025, 1, 1)).ids == ()
    assert found(two, since=date(2024, 12, 30)).ids == ("A@2022-12-31",)


def test_of_three_editions_each_tells_what_left_after_it_and_what_came_back_is_none(two: Path) -> None:
    write(two / "oldest.geojson", box("A", 0, 0, 100, 100), box("D", 600, 0, 700, 100), box("E", 800, 0, 900, 100))
    write(two / "new.geojson", box("A", 0, 0, 50, 100), box("B", 200, 0, 300, 100), box("E", 800, 0, 900, 100))
    bind(
        two,
        ("oldest.geojson", "edition = 2020-12-31"),
        ("old.geojson", "edition = 2023-12-31"),
        ("new.geojson", "edition = 2024-12-31"),
    )
    layer = found(two)
    left = dict(zip(layer.ids, layer.columns["left_on"], strict=True))
    assert left == {"A@2023-12-31": date(2024, 12, 31), "D@2020-12-31": date(2023, 12, 31)}


@pytest.mark.parametrize(
    ("editions", "since", "kind"),
    [
        ((), SINCE, Absence.UNBOUND),
        ((("new.geojson", "edition = 2020-12-31"),), SINCE, Absence.NOT_SUPPLIED),
        (
            (("old.geojson", "edition = 2023-12-31"), ("new.geojson", "edition = 2024-12-31")),
            SINCE,
            Absence.NOT_SUPPLIED,
        ),
        (
            (("old.geojson", "valid_to = 2024-12-30"), ("new.geojson", "edition = 2024-12-31")),
            SINCE,
            Absence.NOT_SUPPLIED,
        ),
        (
            (
                ("old.geojson", "edition = 2022-12-31\nvalid_to = 2024-01-31"),
                ("new.geojson", "edition = 2024-12-31"),
            ),
            SINCE,
            Absence.NOT_SUPPLIED,
        ),
        (
            (
                ("old.geojson", "edition = 2022-12-31"),
                ("new.geojson", "edition = 2024-12-31\nvalid_to = 2025-12-31"),
            ),
            SINCE,
            Absence.OUTDATED,
        ),
        ((("old.geojson", "edition = 2022-12-31"), ("new.geojson", "edition = 2024-12-31")), None, Absence.NO_ROW),
    ],
    ids=["unbound", "one", "too_late", "undated", "a_gap", "outdated", "no_day"],
)
def test_without_every_edition_of_the_window_nobody_can_tell(
    two: Path, editions: tuple[tuple[str, str], ...], since: date | None, kind: Absence
) -> None:
    bind(two, *editions)
    if not editions:
        text = (two / "landrules.toml").read_text(encoding="utf-8").partition("[layers.reserve]")[0]
        (two / "landrules.toml").write_text(text, encoding="utf-8")
    absent = opened(two, since)
    assert isinstance(absent, AbsentLayer)
    assert (absent.name, absent.kind) == ("reserve_left", kind)


def test_where_the_newer_edition_does_not_cover_nothing_is_said_to_have_left(two: Path) -> None:
    write(two / "covered.geojson", box("K", 0, 0, 1000, 40))
    coverage = '{ kind = "file", path = "covered.geojson" }'
    bind(
        two,
        ("old.geojson", f"edition = 2022-12-31\ncoverage = {COMPLETE}"),
        ("new.geojson", f"edition = 2024-12-31\ncoverage = {coverage}"),
    )
    layer = found(two)
    assert [g.area for g in layer.geometry] == [2000.0]
    assert layer.coverage.kind is CoverageKind.REGION
    assert kernel.is_within(layer.coverage.region, layer.geometry[0].envelope.buffer(2000), 0.0)
    assert layer.coverage.region.area == 40_000.0


def test_without_declared_coverage_of_the_newer_edition_nothing_is_known(two: Path) -> None:
    text = (two / "landrules.toml").read_text(encoding="utf-8").replace(f"coverage = {COMPLETE}\n", "")
    (two / "landrules.toml").write_text(text, encoding="utf-8")
    layer = found(two)
    assert layer.ids == ()
    assert layer.coverage.kind is CoverageKind.UNDECLARED


def test_the_box_of_a_newer_invalid_feature_hides_what_may_not_have_left(two: Path) -> None:
    bow = box("A", 0, 0, 0, 0)
    bow["geometry"]["coordinates"] = [[[0, 0], [100, 40], [100, 0], [0, 40], [0, 0]]]
    write(two / "new.geojson", bow, box("B", 200, 0, 300, 100))
    layer = found(two)
    assert [g.area for g in layer.geometry] == [6000.0]
    assert len(layer.invalid) == 1
    assert [note.code for note in layer.notes] == ["LR740"]


RULES = """ruleset example.left {
    title zh "调出" en "Ground that left"
    level county
    version "1"
    default refer
}
instrument plan zh 规划 {
    title zh "规划" en "The plan"
    effective from 2020-01-01
}
layer reserve zh 保留地 {
    title zh "保留地" en "Reserve"
    field net_area zh 净面积 area apportioned optional
    field name zh 名称 text optional
}
layer reserve_left zh 调出保留地 {
    title zh "调出保留地的土地" en "Land that left the reserve"
    left reserve since plus_months(law_date, -36)
}
red line recently_reserved zh 近期调出 on reserve_left {
    cites plan part "3" example
    effective from 2020-01-01
    prohibits occupation
    message zh "调出的净面积 {sum of reserve_left.net_area in m2}" en "net {sum of reserve_left.net_area in m2} left"
}
"""


def proposal(*parcels: dict[str, Any]) -> bytes:
    for parcel in parcels:
        parcel["id"] = parcel["properties"]["id"]
        parcel["properties"] = {"role": "parcel"}
    head = {"id": "T", "name": "试", "stage": "plan_conformity", "application_date": "2026-06-18"}
    crs = {"type": "name", "properties": {"name": "engineering"}}
    data = {"type": "FeatureCollection", "crs": crs, "proposal": head, "features": list(parcels)}
    return json.dumps(data).encode("utf-8")


def test_a_check_against_a_workspace_of_two_editions(two: Path) -> None:
    (two / "left.rules").write_text(RULES, encoding="utf-8")
    bind(
        two,
        ("old.geojson", "edition = 2022-12-31"),
        ("new.geojson", "edition = 2024-12-31"),
        rules='"left.rules"',
    )
    report = check(proposal(box("P1", 60, 0, 160, 50)), workspace=two)
    (finding,) = (f for f in report.findings if f.rule == "example.left.recently_reserved")
    assert finding.outcome == "deny"
    assert [(p.layer, p.feature, float(p.area_m2)) for p in finding.pieces] == [
        ("reserve_left", "A@2022-12-31", 2000.0)
    ]
    assert finding.message.en == "net 1800.00 m2 left"  # 9000 m² net on a hectare, of which 2000 m² are taken
    elsewhere = check(proposal(box("P1", 200, 0, 300, 50)), workspace=two)
    assert {f.rule: f.outcome for f in elsewhere.findings}["example.left.recently_reserved"] == "permit"


def test_a_check_with_one_edition_cannot_be_decided(two: Path) -> None:
    (two / "left.rules").write_text(RULES, encoding="utf-8")
    bind(two, ("new.geojson", "edition = 2024-12-31"), rules='"left.rules"')
    report = check(proposal(box("P1", 60, 0, 160, 50)), workspace=two)
    (finding,) = (f for f in report.findings if f.rule == "example.left.recently_reserved")
    assert finding.outcome == "indeterminate"
    assert [(m.name, m.kind) for m in finding.missing] == [("reserve_left", "not_supplied")]
