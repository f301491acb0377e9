"""Rows of tables in files: CSV as Excel writes it, workbooks, and what is wrong with either."""

from __future__ import annotations

import builtins
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from landrules.base.diagnostic import Diagnostic
from landrules.base.period import Period
from landrules.base.valuetype import Code
from landrules.rules import sheets
from landrules.rules.keys import Anything, Listed, Other, Stretch
from landrules.rules.load import load_ruleset, read_rulesets
from landrules.rules.lookups import LookupTable

RULES = """ruleset t.x {{ level national version "1" }}
instrument law zh 某法 {{ title zh "法" en "Law" }}
scheme land {{ code 01 zh "耕地" en "Cultivated" code 0101 zh "水田" en "Paddy" under 01 code 07 zh "住宅" en "Housing" }}
table fees (size zh 面积值 area, kind zh 地类值 code of land) money {{
    cites law article 1 verified 2026-11-22
    source "{file}"
    {more}
}}
"""


def write(folder: Path, file: str, more: str = "") -> None:
    (folder / "x.rules").write_text(RULES.format(file=file, more=more), encoding="utf-8")


def fees(folder: Path) -> LookupTable:
    return load_ruleset(["x.rules"], folder).tables["t.x.fees"]


def errors(folder: Path) -> list[Diagnostic]:
    return [d for d in read_rulesets(["x.rules"], folder).diagnostics if d.severity == "error"]


def workbook(path: Path, rows: list[list[Any]], **more: Any) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "费额"
    for row in rows:
        page.append(row)
    for cells in more.get("merged", ()):
        page.merge_cells(cells)
    book.create_sheet("其他").append(["nothing"])
    book.save(path)


HECTARE = Fraction(10_000)


def test_cells_are_written_as_in_a_row_of_the_language(tmp_path: Path) -> None:
    write(tmp_path, "fees.csv", "row other, other gives 9 yuan")
    lines = [
        "面积值,kind,value (yuan),自,to,article,status,verified_on",
        "≥ 10 公顷,01,1,2025-01-01,2025年12月31日,第三条第二款,已核对,2026-11-22",
        "10 ha to 35 ha,land:07,2.5,,,,,",
        '"[1 ha, 30 亩]","[0101, 07]",3 元,,,,,',
        "any,其他,4,2026-01-01,,7,unverified,",
    ]
    (tmp_path / "fees.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b"\r\n")
    *rows, last = sorted(fees(tmp_path).rows, key=lambda r: Fraction(str(r.value)))
    assert [r.value for r in rows] == [1, Fraction(5, 2), 3, 4]
    assert [r.keys for r in rows] == [
        (Stretch(10 * HECTARE, True, None, False), Listed((Code("land", "01"),))),
        (Stretch(10 * HECTARE, True, 35 * HECTARE, True), Listed((Code("land", "07"),))),
        (Listed((HECTARE, 2 * HECTARE)), Listed((Code("land", "0101"), Code("land", "07")))),
        (Anything(), Other()),
    ]
    assert last.keys == (Other(), Other())
    assert [r.period for r in rows] == [
        Period(date(2025, 1, 1), date(2025, 12, 31)),
        Period(),
        Period(),
        Period(date(2026, 1, 1)),
    ]
    assert [[(c.article.zh, c.status, c.verified_on) for c in r.citations] for r in rows] == [
        [("第三条第二款", "verified", date(2026, 11, 22))],
        [],
        [],
        [("第七条", "unverified", None)],
    ]


def test_a_workbook_reads_as_its_sheet(tmp_path: Path) -> None:
    write(tmp_path, "fees.xlsx")
    rows: list[list[Any]] = [
        ["size (ha)", "kind", "取值", "from"],
        [0.1, "01", "1 yuan", date(2025, 1, 1)],
        ["> 5", "0101", "2.5 元", date(2025, 1, 2)],
        [3, "07", "3 yuan", None],
    ]
    workbook(tmp_path / "fees.xlsx", rows)
    found = fees(tmp_path).rows
    assert [r.keys[0] for r in found] == [
        Listed((HECTARE / 10,)),
        Stretch(5 * HECTARE, False, None, False),
        Listed((3 * HECTARE,)),
    ]
    assert [r.value for r in found] == [1, Fraction(5, 2), 3]
    assert [r.period.start for r in found] == [date(2025, 1, 1), date(2025, 1, 2), None]


def test_a_sheet_can_be_named_and_must_be_there(tmp_path: Path) -> None:
    workbook(tmp_path / "fees.xlsx", [["size", "kind", "value"], ["1 ha", "01", "1 yuan"]])
    write(tmp_path, "fees.xlsx#费额")
    assert len(fees(tmp_path).rows) == 1
    write(tmp_path, "fees.xlsx#第三页")
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh"), error.help("zh")) == (
        "LR279",
        "“fees.xlsx”里没有工作表“第三页”",
        "有：费额、其他",
    )
    assert error.message("en") == "`fees.xlsx` has no sheet `第三页`"


def test_formulas_and_merged_cells_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "fees.xlsx")
    workbook(tmp_path / "fees.xlsx", [["size", "kind", "value"], ["1 ha", "01", "=1+1"]])
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh")) == ("LR281", "“fees.xlsx”的单元格 C2 是公式")
    assert error.message("en") == "the cell C2 of `fees.xlsx` is a formula"
    workbook(tmp_path / "fees.xlsx", [["size", "kind", "value"], ["1 ha", "01", "1 yuan"]], merged=["A2:A3"])
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh")) == ("LR280", "“fees.xlsx”里有合并单元格：A2:A3")
    assert error.message("en") == "`fees.xlsx` has merged cells: A2:A3"


def test_a_mistake_in_a_workbook_names_row_and_cell(tmp_path: Path) -> None:
    write(tmp_path, "fees.xlsx")
    workbook(tmp_path / "fees.xlsx", [["size", "kind", "value"], ["1 ha", "01", "1 yuan"], ["2 m", "09", "1 yuan"]])
    found = errors(tmp_path)
    assert [(d.code, str(d.span)) for d in found] == [("LR300", "fees.xlsx:3:1"), ("LR214", "fees.xlsx:3:5")]


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    write(tmp_path, "fees.xlsx")
    (tmp_path / "fees.xlsx").write_bytes(b"size,kind,value")
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh")) == ("LR278", "数据文件“fees.xlsx”不是可以读取的 Excel 工作簿")
    assert error.message("en") == "the data file `fees.xlsx` is no Excel workbook that could be read"


def test_without_the_part_for_excel_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "fees.xlsx")
    workbook(tmp_path / "fees.xlsx", [["size", "kind", "value"]])
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh")) == ("LR276", "读取“fees.xlsx”需要 Excel 组件")
    assert 'pip install "landrules[xlsx]"' in error.help("en")


def test_gbk_is_refused_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "fees.csv")
    (tmp_path / "fees.csv").write_bytes("面积值,kind,取值\n1 公顷,01,1 元\n".encode("gbk"))
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh")) == ("LR271", "数据文件“fees.csv”不是 UTF-8 文本（可能是 GBK）")
    assert error.help("en") == "in Excel save it as `CSV UTF-8 (comma delimited)`"


def test_a_quote_that_is_not_closed_ends_the_reading(tmp_path: Path) -> None:
    write(tmp_path, "fees.csv")
    (tmp_path / "fees.csv").write_text('size,kind,value\n1 ha,"01,1 yuan\n', encoding="utf-8")
    (error,) = errors(tmp_path)
    assert (error.code, str(error.span)) == ("LR282", "fees.csv:2:6")
    assert (error.message("zh"), error.message("en")) == (
        "这一行的引号没有成对",
        "a quotation mark is not closed in this row",
    )


def test_one_wrong_habit_is_not_told_a_thousand_times(tmp_path: Path) -> None:
    write(tmp_path, "fees.csv")
    rows = "".join(f"{n},01,{n} yuan\n" for n in range(1000))
    (tmp_path / "fees.csv").write_text(f"size,kind,value\n{rows}", encoding="utf-8")
    found = errors(tmp_path)
    assert [d.code for d in found] == ["LR300"] * 20 + ["LR287"]
    assert found[-1].message("en") == "`fees.csv` has more than 20 mistakes; the rows from here on are not read"


def test_a_file_beyond_measure_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "fees.csv")
    (tmp_path / "fees.csv").write_text("size,kind,value\n", encoding="utf-8")
    monkeypatch.setattr(sheets, "LARGEST", 3)
    (error,) = errors(tmp_path)
    assert (error.code, error.message("zh")) == ("LR277", "数据文件“fees.csv”过大")


@pytest.mark.parametrize("file", ["../fees.csv", "sub/fees.csv", "sub\\\\fees.csv", "linked.csv", "/etc/hosts"])
def test_nothing_outside_the_folder_is_opened(tmp_path: Path, file: str) -> None:
    inside = tmp_path / "inside"
    (inside / "sub").mkdir(parents=True)
    for folder in (tmp_path, inside / "sub"):
        (folder / "fees.csv").write_text("size,kind,value\n1 ha,01,1 yuan\n", encoding="utf-8")
    (inside / "linked.csv").symlink_to(tmp_path / "fees.csv")
    write(inside, file)
    assert [d.code for d in errors(inside)] == ["LR270"]


def test_the_digest_of_a_ruleset_counts_its_files_of_rows(tmp_path: Path) -> None:
    write(tmp_path, "fees.csv")
    digests = []
    for value in ("1", "1", "2"):
        (tmp_path / "fees.csv").write_text(f"size,kind,value\n1 ha,01,{value} yuan\n", encoding="utf-8")
        digests.append(load_ruleset(["x.rules"], tmp_path).rulesets[0].sha256)
    assert digests[0] == digests[1] != digests[2]


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    text = """ruleset t.x { level national version "1" }
instrument law { title zh "法" en "Law" }
table big (place text, trade text) money { cites law example complete source "big.csv" row other, other gives 1 yuan }
"""
    (tmp_path / "x.rules").write_text(text, encoding="utf-8")
    rows = "".join(f"p{n // 100},t{n % 100},{n % 7}\n" for n in range(100_000))
    (tmp_path / "big.csv").write_text(f"place,trade,value (yuan)\n{rows}", encoding="utf-8")
    assert len(load_ruleset(["x.rules"], tmp_path).tables["t.x.big"].rows) == 100_001
