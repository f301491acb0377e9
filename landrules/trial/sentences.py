"""The sentences of coverage, in both languages: what no test reaches, by name."""

from __future__ import annotations

from datetime import date
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.period import ALWAYS, Period
from landrules.lang.keywords import by_english
from landrules.rules import model as m
from landrules.rules.citations import read

Kind = Literal["norm", "branch", "clause", "exception", "table_row", "stretch", "date_edge"]
KINDS: tuple[Kind, ...] = ("norm", "branch", "clause", "exception", "table_row", "stretch", "date_edge")
KIND_NAMES: dict[Kind, m.Bilingual] = {
    "norm": m.Bilingual("规则", "rules"),
    "branch": m.Bilingual("情形", "cases"),
    "clause": m.Bilingual("条款", "clauses"),
    "exception": m.Bilingual("例外", "exceptions"),
    "table_row": m.Bilingual("对照表的行", "table rows"),
    "stretch": m.Bilingual("参数和清单的各期", "parameters and lists by period"),
    "date_edge": m.Bilingual("日期边界", "date edges"),
}

LONGEST = 60
"""Characters of rule text that a sentence quotes."""


@frozen
class Said:
    """What a sentence speaks of."""

    of: m.Bilingual
    part: m.Bilingual | None = None
    period: Period = ALWAYS
    day: date | None = None


SENTENCES: dict[str, m.Bilingual] = {
    "judged": m.Bilingual("规则“{of}”没有任何测试", "no test names the rule {of}"),
    "applied": m.Bilingual("规则“{of}”的情形“{part}”从未适用", "the case “{part}” of the rule {of} never applied"),
    "met": m.Bilingual("“{of}”的要求“{part}”从未满足", "the requirement “{part}” of {of} was never met"),
    "failed": m.Bilingual("“{of}”的要求“{part}”从未不满足", "the requirement “{part}” of {of} never failed"),
    "there": m.Bilingual("“{of}”的“{part}”从未取得", "the document of {of}, “{part}”, was never there"),
    "absent": m.Bilingual("“{of}”的“{part}”从未缺少", "the document of {of}, “{part}”, was never absent"),
    "refused": m.Bilingual(
        "“{of}”的“{part}”从未被拒绝、失效或不覆盖",
        "the document of {of}, “{part}”, was never refused, expired or short of the place",
    ),
    "asked": m.Bilingual("“{of}”的“{part}”从未提出", "“{part}” of {of} was never asked"),
    "not_asked": m.Bilingual("“{of}”的“{part}”每次都提出，条件从未不成立", "“{part}” of {of} was asked every time"),
    "lifts": m.Bilingual("规则“{of}”的例外“{part}”从未成立", "the exception {part} to the rule {of} never lifted it"),
    "does_not_lift": m.Bilingual(
        "规则“{of}”的例外“{part}”从未不成立", "the exception {part} to the rule {of} was never tried in vain"
    ),
    "read": m.Bilingual("对照表“{of}”的“{part}”从未读取", "“{part}” of the table {of} was never read"),
    "parameter": m.Bilingual(
        "参数“{of}”（{period}）的取值从未使用", "the value of the parameter {of} ({period}) was never used"
    ),
    "list": m.Bilingual("清单“{of}”（{period}）从未使用", "the list {of} ({period}) was never used"),
    "day_before": m.Bilingual(
        "没有 {day} 的测试：{of}施行的前一天", "no test lies on {day}, the day before {of} begins"
    ),
    "first_day": m.Bilingual("没有 {day} 的测试：{of}施行的第一天", "no test lies on {day}, the first day of {of}"),
    "last_day": m.Bilingual("没有 {day} 的测试：{of}的最后一天", "no test lies on {day}, the last day of {of}"),
    "day_after": m.Bilingual("没有 {day} 的测试：{of}终止的次日", "no test lies on {day}, the day after {of} ended"),
    "piece_norm": m.Bilingual("规则“{of}”", "the rule {of}"),
    "piece_branch": m.Bilingual("规则“{of}”的情形“{part}”", "the case “{part}” of the rule {of}"),
    "piece_exception": m.Bilingual("规则“{of}”的例外“{part}”", "the exception {part} to the rule {of}"),
    "piece_rows": m.Bilingual("对照表“{of}”（{period}）的行", "the rows of the table {of} ({period})"),
    "piece_parameter": m.Bilingual("参数“{of}”（{period}）的取值", "the value of the parameter {of} ({period})"),
    "piece_list": m.Bilingual("清单“{of}”（{period}）", "the list {of} ({period})"),
    "piece_instrument": m.Bilingual("文件“{of}”", "the instrument {of}"),
}


def said(what: str, words: Said) -> m.Bilingual:
    """The sentence, or the name of a dated piece, in both languages."""
    sentence, (zh, en) = SENTENCES[what], read(words.period)
    part = words.part or m.Bilingual("", "")
    return m.Bilingual(
        sentence.zh.format(of=words.of.zh, part=part.zh, period=zh, day=words.day),
        sentence.en.format(of=words.of.en, part=part.en, period=en, day=words.day),
    )


def branch_name(branch: m.Branch, written: m.Bilingual) -> m.Bilingual:
    """A case: by zone and word in a use control, else as it is written."""
    zone, _, word = branch.label.partition(" · ")
    if not branch.label:
        return written
    other = by_english("value", "other")
    zh, en = (other.zh, other.en) if zone in (other.zh, other.en) else (zone, zone)
    if word in ("permits", "restricts", "prohibits"):
        keyword = by_english("clause", word)
        return m.Bilingual(f"{zh} {keyword.zh}", f"{en} {keyword.en}")
    if word:
        return m.Bilingual(f"{zh} 未列明的用途", f"{en}, uses not told apart")
    return m.Bilingual("未列明的分区", "zones not told apart")


def row_name(row: m.TableRow, written: m.Bilingual) -> m.Bilingual:
    """A row of a table as it is written, with its days where it has any."""
    if row.period == ALWAYS:
        return written
    zh, en = read(row.period)
    return m.Bilingual(f"{written.zh}（{zh}）", f"{written.en} ({en})")


def exception_name(of: m.Bilingual, part: m.Bilingual) -> m.Bilingual:
    """An exception with the norm it excepts, as the owner of clauses."""
    return m.Bilingual(f"{of.zh}·{part.zh}", f"{of.en}/{part.en}")


def shortened(text: str) -> str:
    """The first words of a piece of rule text, on one line, without its block."""
    plain = " ".join(text.split("{")[0].split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"
