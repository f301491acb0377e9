"""Data as of a day: the edition of that day answers, and the report says which; the law date stays what it is."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from landrules import check
from landrules.engine.report import Report

QINGXI = Path(__file__).parents[2] / "examples" / "qingxi"
FACTORY = QINGXI / "proposals" / "f_factory_on_farmland.geojson"
BEFORE, SINCE = date(2025, 12, 30), date(2025, 12, 31)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county, but that in the edition of 2022 the farmland under the factory is none."""
    folder = tmp_path_factory.mktemp("county") / "qingxi"
    shutil.copytree(QINGXI, folder)
    west, south = 39_523_000.0, 3_392_000.0
    ring = [[west, south], [west + 9, south], [west + 9, south + 9], [west, south + 9], [west, south]]
    values = {"BSM": "far", "DLBM": "0103", "YJJBNTTBMJ": 81.0, "YJJBNTMJ": 81.0, "GDDB": 9}
    data = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "EPSG:4527"}},
        "features": [
            {"type": "Feature", "properties": values, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        ],
    }
    (folder / "layers" / "pbf_2022.geojson").write_text(json.dumps(data), encoding="utf-8")
    toml = folder / "landrules.toml"
    old = 'path = "layers/qingxi.gpkg"\ntable = "YJJBNTTB_2022"\n'
    text = toml.read_text("utf-8")
    assert old in text
    toml.write_text(text.replace(old, 'path = "layers/pbf_2022.geojson"\n'), encoding="utf-8")
    return folder


def farmland(found: Report) -> tuple[object, ...]:
    (used,) = (o for o in found.overlays if o.layer == "pbf")
    (read,) = (x for x in found.provenance.layers if x.name == "pbf")
    return used.edition, used.status, float(used.area_m2), read.edition


def test_the_edition_of_the_day_answers_and_is_named(county: Path) -> None:
    newer = check(FACTORY, workspace=county)
    older, same = (check(FACTORY, workspace=county, data_as_of=day) for day in (BEFORE, SINCE))
    assert farmland(newer) == farmland(same) == (SINCE, "involved", 9999.91, SINCE)
    assert farmland(older) == (date(2022, 11, 30), "not_involved", 0.0, date(2022, 11, 30))
    said = [{f.rule: f.outcome for f in r.findings} for r in (newer, older)]
    assert [x["cn.pbf.pbf_occupation"] for x in said] == ["deny", "permit"]


def test_the_report_says_of_which_day_the_data_are(county: Path) -> None:
    newer, older = check(FACTORY, workspace=county), check(FACTORY, workspace=county, data_as_of=BEFORE)
    assert (newer.data_as_of, older.data_as_of) == (newer.law_date, BEFORE)
    assert newer.law_date == older.law_date == date(2026, 6, 2)
    sums = [{x.name: x.sha256 for x in r.provenance.layers} for r in (newer, older)]
    assert sums[0]["pbf"] != sums[1]["pbf"]
    assert {n for n in sums[0] if sums[0][n] != sums[1][n]} == {"pbf"}
