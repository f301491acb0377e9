"""`landrules check` from file to exit code, on a hectare in the engineering plane and a ruleset of one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WORKSPACE = '[workspace]\ncrs = "engineering"\nrulesets = ["演示.rules"]\n'
RULES = (
    'ruleset demo zh 演示 {\n    title zh "演示" en "Demo"\n    level county\n    version "1"\n    default refer\n}\n'
)
PROPOSAL: dict[str, Any] = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "engineering"}},
    "proposal": {"id": "T-1", "name": "一公顷", "stage": "plan_conformity", "application_date": "2026-05-20"},
    "features": [
        {
            "type": "Feature",
            "id": "P1",
            "properties": {"parcel_no": "P1"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]]},
        }
    ],
}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "县 一"
    folder.mkdir()
    (folder / "landrules.toml").write_text(WORKSPACE, encoding="utf-8")
    (folder / "演示.rules").write_text(RULES, encoding="utf-8")
    (folder / "项目 一.geojson").write_text(json.dumps(PROPOSAL, ensure_ascii=False), encoding="utf-8")
    return folder


def check(
    county: Path, *arguments: str, given: bytes = b"", before: tuple[str, ...] = (), **environment: str
) -> tuple[int, str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("LANDRULES_LANG", "LANDRULES_DEBUG")}
    shown = subprocess.run(
        [sys.executable, "-m", "landrules", *before, "check", *arguments],
        cwd=county, env={**kept, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, input=given, check=False,
    )  # fmt: skip
    return shown.returncode, shown.stdout.decode("utf-8"), shown.stderr.decode("utf-8")


def test_the_decision_is_the_exit_code_and_the_report_is_plain_when_piped(county: Path) -> None:
    code, out, err = check(county, "项目 一.geojson", PYTHONIOENCODING="cp936")
    assert (code, err) == (3, "")
    assert out.startswith("须研究：一公顷（T-1），用地 10000.00 m²（1.0000 公顷），有 1 条规定")
    assert "\x1b" not in out and "\r" not in out


def test_the_language_may_be_said_before_or_after_the_command(county: Path) -> None:
    english = check(county, "项目 一.geojson", LANDRULES_LANG="en")[1]
    assert english.startswith(
        "一公顷 (T-1), 10000.00 m² (1.0000 ha), to be decided by a person: left to an authority by 1 rule;"
    )
    assert check(county, "项目 一.geojson", "--lang", "en")[1] == english
    assert check(county, "项目 一.geojson", before=("--lang", "en"))[1] == english


def test_a_file_and_standard_input_give_the_same_report(county: Path) -> None:
    data = (county / "项目 一.geojson").read_bytes()
    code, from_file, _ = check(county, "项目 一.geojson", "--format", "json")
    again, from_input, _ = check(county, "-", "--format", "json", given=data)
    assert (code, from_file.replace("项目 一.geojson", "proposal")) == (again, from_input)
    report = json.loads(from_file)
    assert (report["decision"], report["law_date_source"]) == ("refer", "application_date")
    dated = json.loads(check(county, "-", "--format=json", "--law-date", "2026-06-01", given=data)[1])
    assert (dated["law_date"], dated["law_date_source"]) == ("2026-06-01", "option")


def test_output_takes_its_format_from_its_ending_and_is_whole(county: Path) -> None:
    file = county / "报告.html"
    file.write_text("old", encoding="utf-8")
    assert check(county, "项目 一.geojson", "--output", "报告.html", "--lang", "en") == (3, "", "")
    page = file.read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en">') and page.endswith("</html>\n")
    assert not [p.name for p in county.iterdir() if p.name.startswith(".landrules-")]


def test_a_wrong_proposal_decides_nothing_and_leaves_what_was_there(county: Path) -> None:
    file = county / "report.json"
    file.write_text("old", encoding="utf-8")
    undated = {**PROPOSAL, "proposal": {**PROPOSAL["proposal"], "application_date": "soon"}}
    code, out, err = check(county, "-", "--output", "report.json", given=json.dumps(undated).encode())
    assert (code, out) == (2, "") and err.startswith("proposal")
    assert "Traceback" not in err
    assert file.read_text(encoding="utf-8") == "old"


def test_a_reader_that_leaves_early_never_looks_like_a_denial(county: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    shown = subprocess.run(
        [sys.executable, "-m", "landrules", "check", "项目 一.geojson", "--format", "json"],
        cwd=county, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=write, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(write)
    assert (shown.returncode, shown.stderr) == (2, b"")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"NO_COLOR": "1"}, False), ({"CI": "true"}, False), ({"TERM": "dumb"}, False)],
    ids=["terminal", "NO_COLOR", "CI", "dumb"],
)
def test_colours_only_on_a_terminal_that_wants_them(county: Path, environment: dict[str, str], coloured: bool) -> None:
    ours, theirs = os.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in ("CI", "NO_COLOR", "LANDRULES_LANG")}
    shown = subprocess.run(
        [sys.executable, "-m", "landrules", "check", "项目 一.geojson"],
        cwd=county, env={**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}, stdout=theirs, check=False,
    )  # fmt: skip
    os.close(theirs)
    seen = os.read(ours, 65536)
    os.close(ours)
    assert shown.returncode == 3
    assert (b"\x1b[1;33m" in seen) is coloured
    assert "须研究".encode() in seen
