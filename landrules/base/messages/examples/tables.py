"""Examples of decision tables, crosswalks and their files (LR27x, LR28x, LR38x, LR43x)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_CITED = "cites land_law article 1 verified 2026-11-22"
_CLASS = "class_key zh 类别键 code of survey"
_SIZE = "size_key zh 面积键 area"
_GOOD = ("fees.csv", "class_key,value (yuan)\nsurvey:01,10\nsurvey:03,20\n")


def _table(body: str, keys: str = _CLASS, type_: str = "money") -> str:
    return f"table fees ({keys}) {type_} {{\n    {_CITED}\n    {body}\n}}"


def _file(name: str, content: str, why: tuple[str, str] = ("", "")) -> Example:
    """A table whose file is wrong, and one whose file is right."""
    good = _table('source "fees.csv"')
    return Example(_table(f'source "{name}"'), good, "items", *why, ((name, content), _GOOD))


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR234": _told("1000 行写错 / 1000 lines wrong", "先改前面的错误 / the first ones corrected"),
        "LR270": Example(_table('source "fes.csv"'), _table('source "fees.csv"'), "items", beside=(_GOOD,)),
        "LR271": _told("fees.csv (GBK)", "fees.csv (UTF-8)"),
        "LR272": _file("fees.txt", "class_key,value (yuan)\nsurvey:01,10\n"),
        "LR273": _file("empty.csv", ""),
        "LR274": _file("columns.csv", "class_key,kind,value (yuan)\nsurvey:01,x,10\nsurvey:03,x,20\n"),
        "LR275": _file("twice.csv", "class_key,class_key,value (yuan)\nsurvey:01,survey:01,10\n"),
        "LR276": _told('source "fees.xlsx"', 'pip install "landrules[xlsx]"'),
        "LR277": _told("fees.csv: 300 MB", "fees_a.csv + fees_b.csv"),
        "LR278": _told("fees.xlsx (有密码 / with a password)", "fees.xlsx (无密码 / without one)"),
        "LR279": _told('source "fees.xlsx#Shet1"', 'source "fees.xlsx#Sheet1"'),
        "LR280": _told("A1:A3 合并 / merged", "A1, A2, A3"),
        "LR281": _told("B2: =A2*2", "B2: 20"),
        "LR282": _file("quotes.csv", 'class_key,value (yuan)\n"survey:01,10\n'),
        "LR283": _file("cells.csv", "class_key,value (yuan)\nsurvey:01,10,20\n"),
        "LR284": _file("lacking.csv", "class_key\nsurvey:01\n"),
        "LR285": _file("unit.csv", "class_key,value (ha)\nsurvey:01,10\n"),
        "LR286": _file("blank.csv", "class_key,value (yuan)\nsurvey:01,\n"),
        "LR287": _told("fees.csv: 200 行写错 / 200 rows wrong", "fees.csv: 改正后 / corrected"),
        "LR288": _file("unread.csv", "class_key,value (yuan)\nsurvey:01,ten\n"),
        "LR289": _file("state.csv", "class_key,value (yuan),status\nsurvey:01,10,cheked\n", ("", "")),
        "LR380": Example(
            _table("policy collect sum\n    row survey:01 gives county", type_="level"),
            _table("policy unique\n    row survey:01 gives county", type_="level"),
            "items",
        ),
        "LR381": Example(
            _table("row survey:01 to survey:03 gives 10 yuan"),
            _table("row [survey:01, survey:03] gives 10 yuan"),
            "items",
        ),
        "LR382": Example(
            _table("row 30 ha to 10 ha gives 10 yuan", _SIZE),
            _table("row 10 ha to 30 ha gives 10 yuan", _SIZE),
            "items",
        ),
        "LR383": Example(_table("row [] gives 10 yuan"), _table("row any gives 10 yuan"), "items"),
        "LR384": Example(
            f"crosswalk forth ({_SIZE}) code of lulc2023 {{ {_CITED}  row 1 ha gives lulc2023:12 }}",
            f"crosswalk forth ({_CLASS}) code of lulc2023 {{ {_CITED}  row survey:03 gives lulc2023:12 }}",
            "items",
        ),
        "LR434": _told("一张表有许多遗漏 / a table with many gaps", "row other gives …"),
        "LR435": Example(
            _table("policy any\n    row 10 ha to 35 ha gives 10 yuan\n    row >= 35 ha gives 20 yuan", _SIZE),
            _table("policy any\n    row 10 ha to 35 ha gives 10 yuan\n    row > 35 ha gives 20 yuan", _SIZE),
            "items",
            "边界值属于哪一行，必须说清楚。",
            "Which row a limit itself belongs to has to be said.",
        ),
        "LR436": Example(
            _table("complete\n    row < 10 ha gives 10 yuan\n    row > 10 ha gives 20 yuan", _SIZE),
            _table("complete\n    row < 10 ha gives 10 yuan\n    row >= 10 ha gives 20 yuan", _SIZE),
            "items",
            "声明完备的表不得遗漏任何情形；遗漏之处按一行的样子列出。",
            "A table that is declared complete leaves nothing out; what is left out is shown as a row.",
        ),
        "LR437": _told(
            "上百行多键交叉的表 / a table of hundreds of crossing rows", "分成几张表 / divided into several tables"
        ),
    }
)
