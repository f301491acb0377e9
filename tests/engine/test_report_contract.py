"""The published report on a dossier of the example county: every field, what adds up, what never leaves, the same bytes."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from landrules import check
from landrules.base.diagnostic import InputError
from landrules.engine.report import Report

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "qingxi"
TEXT = {"zh": str, "en": str}
FIELDS: dict[str, Any] = {
    "schema": str, "decision": str, "law_date": str, "law_date_source": str, "data_as_of": str,
    "proposal": {"id": str, "name": str, "area_m2": float, "sha256": str},
    "findings": [{
        "rule": str, "level": str, "outcome": str, "title": TEXT, "message": TEXT, "parcels": [str],
        "pieces": [{"parcel": str, "layer": (str, type(None)), "feature": (str, type(None)), "area_m2": float,
                    "outcome": str, "geometry": (dict, type(None))}],
        "measured": [{"name": str, "value": float, "unit": str, "limit": (float, type(None)),
                      "margin": (float, type(None)), "tolerance": (float, type(None)),
                      "dropped_by_tolerance": (float, type(None)), "near_limit": bool, "method": str}],
        "citations": [{"instrument": TEXT, "number": str, "article": TEXT, "status": str,
                       "verified_on": (str, type(None))}],
        "duties": [dict], "missing": [{"kind": str, "name": str}], "possible": [str], "set_aside_by": [str],
        "remedies": [dict], "geometry": (dict, type(None)),
    }],
    "authorised_m2": float,
    "overlays": [{"layer": str, "edition": (str, type(None)), "status": str, "area_m2": float, "features": int}],
    "tables": [dict], "duties": [dict], "missing": [dict], "information": [dict], "data_quality": [dict],
    "provenance": {
        "engine": str, "geos": str, "proj": str, "kernel": str,
        "rulesets": [{"name": str, "version": str, "sha256": str}],
        "layers": [{"name": str, "edition": (str, type(None)), "sha256": str, "crs": str, "coverage": str}],
    },
}  # fmt: skip
"""The contract of design.md section 6: what a reader may count on. More fields may stand beside these."""


@cache
def dossier(name: str, **options: Any) -> Report:
    """The report of a dossier, worked out once."""
    return check(COUNTY / "proposals" / f"{name}.geojson", workspace=COUNTY, **options)


@pytest.fixture(scope="module")
def expressway() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dossier("a_expressway").to_json())
    return found


def missing_or_wrong(found: object, wanted: Any, at: str) -> list[str]:
    """Every place where the object is not as the contract says."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return [f"{at}: {found!r}"]
        return [x for k, w in wanted.items() for x in missing_or_wrong(found.get(k, "absent"), w, f"{at}.{k}")]
    if isinstance(wanted, list):
        if not isinstance(found, list):
            return [f"{at}: {found!r}"]
        return [x for i, f in enumerate(found) for x in missing_or_wrong(f, wanted[0], f"{at}[{i}]")]
    fine = isinstance(found, int | float) and not isinstance(found, bool) if wanted is float else None
    return [] if (isinstance(found, wanted) if fine is None else fine) else [f"{at}: {found!r}"]


@pytest.mark.parametrize("name", ["a_expressway", "e_workshop", "f_factory_on_farmland", "j_workshop_beyond_survey"])
def test_every_field_of_the_contract_is_there(name: str) -> None:
    found = json.loads(dossier(name).to_json())
    assert missing_or_wrong(found, FIELDS, "report") == []
    assert found["schema"] == "landrules/report/1"
    assert found["findings"] and found["overlays"] and found["provenance"]["layers"]


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        ("a_expressway", "refer"),
        ("d_village_road", "permit"),
        ("e_workshop", "deny"),
        ("j_workshop_beyond_survey", "indeterminate"),
        ("b_logistics", "conditional"),
    ],
)
def test_the_decision_is_the_maximum_over_the_findings(name: str, decision: str) -> None:
    order = ["deny", "indeterminate", "refer", "conditional", "permit", "not_applicable"]
    found = dossier(name)
    assert found.decision == decision
    assert min((f.outcome for f in found.findings), key=order.index) == decision
    assert [f.rule for f in found.findings] == sorted(f.rule for f in found.findings)


def test_a_deny_cites_and_measures() -> None:
    denied = [f for f in dossier("e_workshop").findings if f.outcome == "deny"]
    for f in denied:
        assert f.citations and f.geometry and f.measured
        first = f.measured[0]
        assert first.limit is not None and first.tolerance is not None and first.margin == first.limit - first.value
    assert denied


def test_both_languages_everywhere(expressway: dict[str, Any]) -> None:
    for f in expressway["findings"]:
        for text in (f["title"], f["message"]):
            assert re.search(r"[一-鿿]", text["zh"]), f["rule"]
            assert text["en"] and not re.search(r"[一-鿿]", text["en"]), (f["rule"], text["en"])


def test_numbers_have_two_decimals_at_most() -> None:
    plain = dossier("a_expressway", geometry=False).to_json()
    assert not re.search(r"(?<=: )-?\d+\.\d{3,}", plain)
    assert not re.search(r"(?<=: )-?\d+(\.\d+)?[eE]", plain)


def test_two_runs_give_the_same_bytes_and_a_shuffled_file_changes_its_hash_only(tmp_path: Path) -> None:
    source = COUNTY / "proposals" / "a_expressway.geojson"
    first = dossier("a_expressway").to_json()
    assert check(source, workspace=COUNTY).to_json() == first
    data = json.loads(source.read_text("utf-8"))
    data["features"].reverse()
    for feature in data["features"]:
        rings = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            feature["geometry"]["coordinates"] = [r[2:-1] + r[:3] for r in rings]
    shuffled = tmp_path / "a_expressway.geojson"
    shuffled.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    other = check(shuffled, workspace=COUNTY).to_json()
    hashes = re.findall(r'"sha256": "(\w+)"', first)[0], re.findall(r'"sha256": "(\w+)"', other)[0]
    assert hashes[0] != hashes[1]
    assert other.replace(hashes[1], hashes[0]) == first


def test_without_geometry_no_coordinate_leaves() -> None:
    found = dossier("a_expressway", geometry=False)
    assert all(f.geometry is None and all(p.geometry is None for p in f.pieces) for f in found.findings)
    assert '"coordinates"' not in found.to_json()
    assert '"coordinates"' in dossier("a_expressway").to_json()


def test_without_geometry_a_broken_parcel_is_told_without_its_place(tmp_path: Path) -> None:
    data = json.loads((COUNTY / "proposals" / "d_village_road.geojson").read_text("utf-8"))
    ring = data["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    crossed = tmp_path / "crossed.geojson"
    crossed.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    place = re.compile(r"39520\d{3}|3496\d{3}")
    told = [q.text.en for q in check(crossed, workspace=COUNTY).data_quality if q.code == "LR710"]
    assert len(told) == 1 and place.search(told[0])
    hidden = check(crossed, workspace=COUNTY, geometry=False)
    assert [q.code for q in hidden.data_quality if q.code == "LR710"] == ["LR710"]
    assert not place.search(hidden.to_json())


def test_provenance_is_complete(expressway: dict[str, Any]) -> None:
    provenance = expressway["provenance"]
    read = {x["layer"] for x in expressway["overlays"] if x["status"] != "missing"}
    assert {x["name"] for x in provenance["layers"]} == read
    assert all(re.fullmatch(r"[0-9a-f]{64}", x["sha256"]) for x in provenance["rulesets"])
    assert re.fullmatch(r"[0-9a-f]{64}", expressway["proposal"]["sha256"])
    assert re.fullmatch(r"[0-9a-f]{64}", provenance["workspace_sha256"])
    assert provenance["geos"] and provenance["proj"] and provenance["kernel"] and provenance["engine"]


@pytest.mark.parametrize("name", ["a_expressway", "b_logistics", "j_workshop_beyond_survey"])
def test_tables_close_in_every_unit(name: str) -> None:
    found = dossier(name)
    assert {t.key.rsplit(".", 1)[-1] for t in found.tables} == {"m2", "ha", "mu"}
    for table in found.tables:
        places = [i for i, c in enumerate(table.columns) if c.unit]
        *body, last = ([Decimal(str(row[i])) for i in places] for row in table.rows)
        assert [sum(column) for column in zip(*body, strict=True)] == last, table.key
        assert all(sum(row[:-1]) == row[-1] for row in (*body, last)), table.key
        if table.key.endswith(".m2"):
            assert last[-1] == found.proposal.area_m2


def test_a_personal_field_never_leaves(tmp_path: Path) -> None:
    data = json.loads((COUNTY / "proposals" / "d_village_road.geojson").read_text("utf-8"))
    data["proposal"]["contact_phone"] = "13900001111"
    data["features"][0]["properties"]["户主姓名"] = "张三丰"
    file = tmp_path / "d.geojson"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    text = check(file, workspace=COUNTY).to_json()
    assert "13900001111" not in text and "张三丰" not in text
    assert text.count("LR706") == 2


def test_a_copied_workspace_still_works(tmp_path: Path) -> None:
    there = tmp_path / "另一 个 文件夹"
    shutil.copytree(COUNTY, there, ignore=shutil.ignore_patterns("opinions", "*.py", "__pycache__"))
    moved = check(there / "proposals" / "e_workshop.geojson").to_json()
    assert moved == dossier("e_workshop").to_json()


def test_the_law_date_stated_counts() -> None:
    found = dossier("d_village_road", law_date=date(2026, 7, 1))
    assert (found.law_date, found.law_date_source) == (date(2026, 7, 1), "option")
    assert dossier("d_village_road").law_date_source == "application_date"


def test_without_any_law_date_nothing_is_decided(tmp_path: Path) -> None:
    data = json.loads((COUNTY / "proposals" / "d_village_road.geojson").read_text("utf-8"))
    del data["proposal"]["application_date"]
    raw = json.dumps(data).encode()
    with pytest.raises(InputError):
        check(raw, workspace=COUNTY)
    assert check(raw, workspace=COUNTY, law_date=date(2026, 6, 18)).law_date == date(2026, 6, 18)
