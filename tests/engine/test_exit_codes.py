"""The installed command: its exit code is the decision; what is bound and read must be there, what is not read is not opened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from landrules import check

COMMAND = Path(sys.executable).with_name("landrules")
WORKSPACE = """
[workspace]
crs = "engineering"
rulesets = ["规则.rules"]

[layers.pbf]
path = "图层/永农.geojson"
id = "id"
edition = 2025-01-01
coverage = { kind = "complete", beyond_m = 0, by = "某局", date = 2026-01-06 }

[layers.unread]
path = "图层/没有这个文件.geojson"
edition = 2025-01-01
coverage = { kind = "complete", beyond_m = 0, by = "某局", date = 2026-01-06 }
"""
RULES = """
ruleset t zh 试 {
    title zh "试" en "Trial"
    level county
    version "1"
    default refer
}
instrument law zh 法 {
    title zh "某法" en "Some law"
    effective from 2020-01-01
}
layer pbf zh 永久基本农田 {
    title zh "永久基本农田" en "Permanent basic farmland"
}
layer unread zh 未读 {
    title zh "未读" en "Unread"
}
layer erl zh 生态保护红线 {
    title zh "生态保护红线" en "Ecological red line"
}
rule grants zh 准予 {
    title zh "准予" en "Authorised"
    cites law article 1 example
    effective from 2020-01-01
    applies when proposal.is_construction
    authorises
}
rule opinion zh 意见 {
    title zh "意见" en "Opinion"
    cites law article 2 example
    effective from 2020-01-01
    applies when proposal.is_temporary
    subject to opinion eia
}
red line occupation zh 占用 on pbf {
    title zh "不得占用" en "No occupation"
    cites law article 3 example
    effective from 2020-01-01
    prohibits occupation
}
red line unbound zh 未绑定 on erl {
    title zh "未绑定" en "On a layer that is not bound"
    cites law article 4 example
    effective from 2030-01-01
    prohibits occupation
}
red line later zh 以后 on unread {
    title zh "以后" en "In force later"
    cites law article 5 example
    effective from 2030-01-01
    prohibits occupation
}
"""


def square(x: float, y: float, size: float) -> dict[str, Any]:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(features: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    crs = {"type": "name", "properties": {"name": "engineering"}}
    return {"type": "FeatureCollection", "crs": crs, **more, "features": features}


def proposal(x: float = 0, **facts: Any) -> dict[str, Any]:
    head = {
        "id": "T-1", "name": "试", "stage": "plan_conformity", "application_date": "2026-05-20",
        "is_construction": True, "is_temporary": False, **facts,
    }  # fmt: skip
    parcel = {"type": "Feature", "id": "P1", "properties": {"parcel_no": "P1"}, "geometry": square(x, 0, 100)}
    return collection([parcel], proposal={k: v for k, v in head.items() if v is not None})


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "青 溪县"
    (folder / "图层").mkdir(parents=True)
    (folder / "landrules.toml").write_text(WORKSPACE, encoding="utf-8")
    (folder / "规则.rules").write_text(RULES, encoding="utf-8")
    feature = {"type": "Feature", "properties": {"id": "Y1"}, "geometry": square(1000, 0, 100)}
    layer = json.dumps(collection([feature]), ensure_ascii=False)
    (folder / "图层" / "永农.geojson").write_text(layer, encoding="utf-8")
    return folder


def judged(county: Path, file: dict[str, Any]) -> dict[str, Any]:
    """The report by the library."""
    found: dict[str, Any] = json.loads(check(json.dumps(file, ensure_ascii=False).encode(), workspace=county).to_json())
    return found


def run(county: Path, file: dict[str, Any] | bytes, *options: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, the report where there is one, and what is said beside it."""
    data = file if isinstance(file, bytes) else json.dumps(file, ensure_ascii=False).encode()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LANDRULES_")}
    arguments = [str(COMMAND), "check", "-", "--format", "json", "--lang", "en", *options]
    done = subprocess.run(arguments, cwd=county, env=kept, input=data, capture_output=True, check=False)
    out = done.stdout.decode("utf-8")
    return done.returncode, json.loads(out) if out else {}, done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("case", "code", "decision"),
    [
        (proposal(), 0, "permit"),
        (proposal(x=1050), 1, "deny"),
        (proposal(is_construction=False), 3, "refer"),
        (proposal(is_construction=None), 3, "indeterminate"),
        (proposal(is_temporary=True), 4, "conditional"),
    ],
    ids=["permit", "deny", "refer", "indeterminate", "conditional"],
)
def test_the_exit_code_is_the_decision(county: Path, case: dict[str, Any], code: int, decision: str) -> None:
    found, report, _ = run(county, case)
    assert (found, report["decision"]) == (code, decision)


@pytest.mark.parametrize(
    "case",
    [b"", b"{", b"[1]", proposal(id=None), proposal(stage=None), proposal(application_date=None)],
    ids=["empty", "broken", "no proposal", "no id", "no stage", "no law date"],
)
def test_where_nothing_can_be_decided_nothing_is_printed(county: Path, case: dict[str, Any] | bytes) -> None:
    code, report, said = run(county, case)
    assert (code, report) == (2, {})
    assert "Traceback" not in said and "LR" in said


def test_an_invalid_application_date_is_no_law_date(county: Path) -> None:
    assert run(county, proposal(application_date="2026-02-30"))[0] == 2
    assert run(county, proposal(application_date="2026-02-30"), "--law-date", "2026-05-20")[0] == 0


def test_a_law_date_alone_will_do(county: Path) -> None:
    code, report, _ = run(county, proposal(application_date=None), "--law-date", "2026-05-20")
    assert (code, report["law_date"], report["law_date_source"]) == (0, "2026-05-20", "option")


def test_a_bound_layer_that_no_norm_in_force_reads_is_never_opened(county: Path) -> None:
    code, report, _ = run(county, proposal())
    assert code == 0
    assert [x["name"] for x in report["provenance"]["layers"]] == ["pbf"]
    assert [x["layer"] for x in report["overlays"]] == ["pbf"]


def test_once_it_is_read_its_absence_is_a_mistake_of_the_workspace(county: Path) -> None:
    code, report, said = run(county, proposal(), "--law-date", "2030-01-01")
    assert (code, report) == (2, {})
    assert "没有这个文件" in said


@pytest.mark.parametrize("content", [None, b"", b"{ not json", b'{"type": "FeatureCollection"}'])
def test_a_bound_layer_that_is_read_must_be_readable(county: Path, content: bytes | None) -> None:
    layer = county / "图层" / "永农.geojson"
    layer.unlink()
    if content is not None:
        layer.write_bytes(content)
    code, report, said = run(county, proposal())
    assert (code, report) == (2, {})
    assert "永农" in said and "Traceback" not in said


def test_a_layer_that_is_not_bound_is_a_missing_fact(county: Path) -> None:
    rules = county / "规则.rules"
    text = rules.read_text("utf-8")
    before = 'title zh "未绑定" en "On a layer that is not bound"\n    cites law article 4 example\n    effective from '
    rules.write_text(text.replace(before + "2030", before + "2020"), encoding="utf-8")
    code, report, _ = run(county, proposal())
    assert (code, report["decision"]) == (3, "indeterminate")
    assert [(m["kind"], m["name"]) for m in report["missing"]] == [("unbound", "erl")]
    assert {"layer": "erl", "status": "missing"}.items() <= report["overlays"][0].items()


def test_rules_with_errors_decide_nothing(county: Path) -> None:
    rules = county / "规则.rules"
    rules.write_text(
        rules.read_text("utf-8").replace("prohibits occupation", "prohibits occupations"), encoding="utf-8"
    )
    code, report, said = run(county, proposal())
    assert (code, report) == (2, {})
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("opinion", "outcome"),
    [
        ({"result": "agree"}, "permit"),
        ({"result": "agree", "covers": {"type": "Polygon", "coordinates": "?"}}, "indeterminate"),
        ({"result": "agree", "expires": "2099-13-01"}, "indeterminate"),
        ({"result": "agree", "expires": "2099-12-01"}, "permit"),
        ({"result": "yes"}, "indeterminate"),
        ({"result": "agree", "date": "20260101"}, "indeterminate"),
    ],
)
def test_a_document_that_cannot_be_read_settles_nothing(county: Path, opinion: dict[str, Any], outcome: str) -> None:
    stated = [{"kind": "eia", "date": "2026-01-01", **opinion}]
    report = judged(county, proposal(is_temporary=True, opinions=stated))
    found = next(f for f in report["findings"] if f["rule"] == "t.opinion")
    assert found["outcome"] == outcome


@pytest.mark.parametrize("opinions", ["none", {"kind": "eia"}, ["eia agreed"]])
def test_an_unreadable_list_of_documents_is_no_permit(county: Path, opinions: object) -> None:
    report = judged(county, proposal(is_temporary=True, opinions=opinions))
    found = next(f for f in report["findings"] if f["rule"] == "t.opinion")
    assert found["outcome"] in ("indeterminate", "conditional")
    assert report["data_quality"]


def with_tolerance(county: Path, stated: str, norm: str = "t.occupation", author: str = "李工") -> None:
    rules, workspace = county / "规则.rules", county / "landrules.toml"
    red_line = "cites law article 3 example\n"
    handed = f"{red_line}    tolerance 0 m2 handed down to county up to 5 m2\n"
    rules.write_text(rules.read_text("utf-8").replace(red_line, handed), encoding="utf-8")
    review = f'\n[review.tolerance."{norm}"]\nm2 = {stated}\nauthor = "{author}"\n'
    workspace.write_text(workspace.read_text("utf-8") + review, encoding="utf-8")


@pytest.mark.parametrize(("stated", "outcome"), [("3", "refer"), ("2.99", "deny")])
def test_a_review_tolerance_refers_and_bears_its_author(county: Path, stated: str, outcome: str) -> None:
    with_tolerance(county, stated)
    found = next(f for f in judged(county, proposal(x=900.03))["findings"] if f["rule"] == "t.occupation")
    assert (found["outcome"], found["measured"][0]["value"]) == (outcome, 3.0)
    assert found["measured"][0]["tolerance"] == float(stated)
    assert (found["measured"][0]["dropped_by_tolerance"] == 3.0) == (outcome == "refer")
    assert any("李工" in t["text"]["zh"] for t in found["trace"])


@pytest.mark.parametrize(("stated", "norm"), [("5.01", "t.occupation"), ("1", "t.opinion")])
def test_no_more_tolerance_than_was_handed_down(county: Path, stated: str, norm: str) -> None:
    with_tolerance(county, stated, norm)
    code, report, said = run(county, proposal())
    assert (code, report) == (2, {})
    assert norm in said


@pytest.mark.parametrize(
    ("x", "value", "outcome", "near"),
    [
        (800, 0.0, "permit", False),
        (900.0001, 0.01, "permit", True),
        (900.0002, 0.02, "deny", True),
        (900.0003, 0.03, "deny", False),
    ],
)
def test_what_lies_within_a_hundredth_of_its_limit_is_marked(
    county: Path, x: float, value: float, outcome: str, near: bool
) -> None:
    found = next(f for f in judged(county, proposal(x=x))["findings"] if f["rule"] == "t.occupation")
    measured = found["measured"][0]
    assert (found["outcome"], measured["value"], measured["near_limit"]) == (outcome, value, near)
