"""The table of a batch: one row a proposal in both languages, and no cell that a spreadsheet would act on."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import COUNTY, PROPOSALS, Command

from landrules.batch.table import _text


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_says_what_was_decided_and_why(here: Command, spoilt: Path) -> None:
    shown = here("batch", spoilt, "--workspace", COUNTY, "--format", "csv", "--lang", "en")
    empty, *_ = found = rows(shown.stdout)
    assert len(found) == 9 and shown.returncode == 2
    assert (empty["input"], empty["decision"], empty["id"]) == ("a_empty.geojson", "not judged", "")
    assert empty["first reason"].startswith("LR600 ")
    assert found[2] == {
        "input": "c_livestock.geojson",
        "id": "349901-104-SS-2026-005",
        "name": "石桥镇生猪规模化养殖场",
        "decision": "does not comply",
        "area (m2)": "11999.91",
        "rules: does not comply": "2",
        "rules: cannot be judged": "0",
        "rules: to be decided by a person": "0",
        "rules: complies once duties are met": "0",
        "first reason": found[2]["first reason"],
        "rule": "cn.zones.plan_conformity",
    }
    assert found[2]["first reason"].startswith("Land is used as the plan says: ")
    assert (found[3]["decision"], found[3]["first reason"]) == ("complies", "")


def test_the_table_speaks_chinese_and_is_chosen_by_the_ending(here: Command, tmp_path: Path) -> None:
    output = tmp_path / "结果 六月.csv"
    shown = here("batch", PROPOSALS / "j_workshop_beyond_survey.geojson", "--output", output)
    assert (shown.returncode, shown.stdout) == (3, b"")
    (row,) = rows(output.read_bytes())
    assert (row["文件"], row["结论"], row["需补正的规定数"]) == ("j_workshop_beyond_survey.geojson", "需补正", "2")
    assert [p.name for p in tmp_path.iterdir()] == [output.name]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("-5", "'-5"),
        ("+86 10", "'+86 10"),
        ("\t=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("349901202600000001", "'349901202600000001"),
        ("007", "'007"),
        ("2026-07", "2026-07"),
        ("0", "0"),
        ("清溪\r\n县", "清溪 县"),
        ("a\x1b[2Jb", "a␛[2Jb"),
    ],
)
def test_no_cell_acts_or_changes(value: str, cell: str) -> None:
    assert _text(value) == cell


def test_a_name_that_is_a_formula_is_shown_as_it_is_written(here: Command, folder: Path) -> None:
    whole = json.loads((PROPOSALS / "d_village_road.geojson").read_text(encoding="utf-8"))
    whole["proposal"]["name"] = '=HYPERLINK("http://x.example","清溪")\n\x1b[2J'
    (folder / "=a.geojson").write_text(json.dumps(whole), encoding="utf-8")
    shown = here("batch", folder, "--workspace", COUNTY, "--format", "csv", "--lang", "en")
    (row,) = rows(shown.stdout)
    assert row["name"] == '\'=HYPERLINK("http://x.example","清溪") ␛[2J'
    assert row["input"] == "'=a.geojson"
    assert shown.stdout.count(b"\r\n") == shown.stdout.count(b"\n") == 2
