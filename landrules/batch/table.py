"""A batch as a table for a spreadsheet: one row a proposal, in the reader's language (CSV, UTF-8 with its mark).

A cell never acts and never changes: what a spreadsheet would take for a formula, and digits it would round or strip,
stand behind an apostrophe. No cell holds a line end, so a row is a line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from landrules.base.diagnostic import Lang
from landrules.batch.answer import Answer, answer_of
from landrules.batch.inputs import Input
from landrules.batch.judge import Judged
from landrules.engine import answer as plain
from landrules.intake.jsontext import BOM
from landrules.render import letter
from landrules.render.numbers import number
from landrules.render.safe import neutral
from landrules.render.words import DECISIVE, OUTCOMES, Word, in_lang

_COLUMNS: tuple[Word, ...] = (
    Word("文件", "input"),
    Word("项目编号", "id"),
    Word("项目名称", "name"),
    Word("结论", "decision"),
    Word("用地面积（平方米）", "area (m2)"),
    *(Word(f"{OUTCOMES[x].zh}的规定数", f"rules: {OUTCOMES[x].en}") for x in DECISIVE),
    Word("首要理由", "first reason"),
    Word("规则", "rule"),
)
_NOT_JUDGED = Word("未审查", "not judged")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_ROUNDED = re.compile(r"[0-9]{12,}|0[0-9]+")


def head(lang: Lang) -> bytes:
    """What stands before the first row: the mark by which spreadsheets know UTF-8, and the names of the columns."""
    return BOM + _row([column(lang) for column in _COLUMNS]).encode("utf-8")


def as_row(lang: Lang, item: Input, judged: Judged) -> Answer:
    """The row of one proposal."""
    cells = (
        _judged(judged, lang)
        if isinstance(judged, plain.Answer)
        else _wrong(judged[0].code, judged[0].message(lang), lang)
    )
    return answer_of(item, judged, _row([_text(item.name), *cells]))


def _judged(report: plain.Answer, lang: Lang) -> list[str]:
    found = Counter(str(finding.outcome) for finding in report.findings)
    first = next(iter(letter.decisive(report)), None)
    reason = ""
    if first is not None:
        parts = dict.fromkeys((in_lang(first.title, lang), in_lang(first.message, lang)))
        reason = ("：" if lang == "zh" else ": ").join(part for part in parts if part)
    return [
        _text(report.proposal.id),
        _text(report.proposal.name),
        OUTCOMES[report.decision](lang),
        number(report.proposal.area_m2, "m2"),
        *(str(found[outcome]) for outcome in DECISIVE),
        _text(reason),
        first.rule if first is not None else "",
    ]


def _wrong(code: str, message: str, lang: Lang) -> list[str]:
    return ["", "", _NOT_JUDGED(lang), "", *[""] * len(DECISIVE), _text(f"{code} {message}"), ""]


def _text(value: str) -> str:
    """A text from data as a cell shows it: one line, nothing that acts, nothing that a spreadsheet rewrites."""
    text = neutral(" ".join(value.split()))
    return f"'{text}" if _FORMULA.match(text) or _ROUNDED.fullmatch(text) else text


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
