"""Wording follows what was measured, in the words of domain/proposal.md 3.2; numbers are written out exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from landrules.engine import report as published
from landrules.engine.answer import (
    Answer,
    DecisionName,
    FindingOut,
    FindingOutcome,
    Measured,
    StatusName,
    Text,
    TraceOut,
)
from landrules.render import letter, words
from landrules.render.numbers import area, number, quantity
from landrules.render.safe import neutral, neutral_json


def permit(value: str, unit: str = "m2", limit: str | None = "0.00") -> FindingOut:
    same = Text(zh="占用面积", en="occupied area")
    measure = Measured(
        name="occupied", title=same, value=Decimal(value), unit=unit, limit=None if limit is None else Decimal(limit)
    )
    return FindingOut(
        rule="a.b.c", level="national", outcome="permit", title=same, message=same, status="verified", measured=(measure,)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "word"),
    [
        (permit("0.00"), "不涉及"),
        (permit("0.00", limit=None), "不涉及"),
        (permit("0.01"), "符合"),
        (permit("0.00", "ha", "3.6000"), "符合"),
        (permit("0.00", "m"), "符合"),
    ],
    ids=["untouched", "untouched, no limit", "noise is touched", "a quota of which nothing is used", "a distance is no area"],
)  # fmt: skip
def test_a_red_line_not_touched_is_not_involved(finding: FindingOut, word: str) -> None:
    assert words.OUTCOMES[words.wording(finding)]("zh") == word


@pytest.mark.parametrize(
    ("outcome", "zh"),
    [
        ("permit", "符合"),
        ("conditional", "基本符合"),
        ("refer", "须研究"),
        ("indeterminate", "需补正"),
        ("deny", "不符合"),
        ("not_applicable", "不适用"),
    ],
)
def test_outcomes_have_the_words_of_reviewers(outcome: str, zh: str) -> None:
    assert words.OUTCOMES[outcome]("zh") == zh


def test_every_name_of_the_contract_has_a_word() -> None:
    kinds = {
        "outcome": (get_args(FindingOutcome), words.OUTCOMES),
        "order": (get_args(FindingOutcome), words.SEVERITY),
        "decision": (get_args(DecisionName), words.CONSEQUENCES),
        "status": (get_args(StatusName), words.STATUSES),
        "duty": (get_args(published.DutyOut.model_fields["kind"].annotation), words.DUTY_KINDS),
        "absence": (get_args(published.MissingOut.model_fields["kind"].annotation), words.ABSENCES),
        "supplier": (get_args(published.MissingOut.model_fields["kind"].annotation), words.SUPPLIERS),
        "trace": (get_args(published.TraceOut.model_fields["what"].annotation), words.TRACES),
        "overlay": (get_args(published.OverlayOut.model_fields["status"].annotation), words.COVERAGES),
        "law date": (get_args(published.Report.model_fields["law_date_source"].annotation), words.LAW_DATE_SOURCES),
    }
    absent = [f"{kind} {name}" for kind, (names, known) in kinds.items() for name in names if name not in known]
    assert absent == []


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("0", "m2", "0.00 m²"),
        ("-0.00", "m2", "0.00 m²"),
        ("0.005", "m2", "0.01 m²"),
        ("-0.005", "m2", "-0.01 m²"),
        ("0", "ha", "0.0000 公顷"),
        ("1E+3", "m", "1000.00 m"),
        ("95.8", "percent", "95.8%"),
        ("10", "days", "10 日"),
        ("1.10", "", "1.10"),
        ("3", "图斑", "3 图斑"),
    ],
)
def test_numbers_are_written_out(value: str, unit: str, text: str) -> None:
    assert quantity(Decimal(value), unit, "zh") == text


def test_an_area_is_given_in_hectares_and_mu() -> None:
    assert area(Decimal("20000.00"), "m2", "en") == "20000.00 m² (2.0000 ha, 30.0000 mu)"
    assert area(Decimal("1.2"), "ha", "zh") == "1.2000 公顷（18.0000 亩）"
    assert number(Decimal("300"), "m2") == "300.00"


def test_an_article_reads_as_in_a_letter(report: Answer) -> None:
    cited = {f.rule: letter.citations(f, "zh") for f in report.findings}
    assert cited["cn.plan.conformity"] == "《土地管理法》第四条"
    assert cited["cn.permanent_basic_farmland.n166_facilities"] == (
        "《关于严格耕地用途管制有关问题的通知》（自然资发〔2021〕166号）第二条（条文部分核实）"
    )
    assert "虚构示例" in cited["example.qingxi.plan.zones"]


def test_only_the_ground_objected_to_is_named(report: Answer) -> None:
    finding = next(f for f in report.findings if f.rule == "example.qingxi.plan.zones")
    assert letter.places(finding, letter.layer_titles(report), "zh") == "S-01（规划分区 FP-2） 300.00 m²"
    many = replace(finding, pieces=finding.pieces[:1] * 12)
    assert letter.places(many, {}, "en", most=2).endswith("; 10 more")


def test_exceptions_that_do_not_hold_share_a_line() -> None:
    steps = tuple(
        TraceOut(what="exception", id=f"a.b.{n}", outcome=outcome, text=Text(zh=f"例外{n}", en=n))
        for n, outcome in (("一", "does_not_lift"), ("二", "conditional"), ("三", "does_not_lift"))
    )
    finding = replace(permit("0.00"), trace=steps, measured=())
    assert [(label("zh"), text) for label, text in letter.details(finding, {}, "zh")] == [
        ("例外", "a.b.二（基本符合）：例外二"),
        ("不成立的例外", "例外一、例外三"),
    ]


def test_text_from_data_cannot_act_on_a_terminal() -> None:
    assert neutral("\x1b]0;x\x07\r清溪\u202e\x9b1m\ud800\u2028") == "␛]0;x␇␍清溪⟨U+202E⟩⟨U+009B⟩1m⟨U+D800⟩⟨U+2028⟩"
    assert neutral("清溪　县 100 m²") == "清溪　县 100 m²"
    assert neutral_json('{"a": "\u202e\x9b清"}') == '{"a": "\\u202e\\u009b清"}'
