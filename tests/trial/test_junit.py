"""JUnit XML as build services read it, with titles written by strangers."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from landrules.base.diagnostic import Diagnostic
from landrules.trial import TrialResult, junit_xml, results_record, run_tests

RULES = """\
ruleset case.hostile zh 例.恶意 {
    title zh "恶意标题" en "Hostile titles"
    level county
    version "1"
}
instrument local_rules zh 本地规定 {
    title zh "本地规定" en "Local rules"
}
rule school zh 学校 {
    title zh "学校" en "School"
    cites local_rules article 1 example
    effective from 2020-01-01
    applies when proposal.is_construction
    refers
}
test zh "5 < 6 & \\"7\\" > 2 ]]> 🏫 𠮷" en "<failure message='&lt;'/> & more" {
    on 2024-01-01
    set proposal.is_construction = true
    expect school permit
    expect decision deny
}
test zh "正常" en "Fine" {
    on 2024-01-01
    set proposal.is_construction = true
    expect school refer
}
test zh "规则写错了名" en "A norm of another name" {
    on 2024-01-01
    expect scholl refer
}
"""


def ran(tmp_path: Path) -> tuple[TrialResult, ...]:
    file = tmp_path / "hostile.rules"
    file.write_text(RULES, encoding="utf-8")
    return run_tests([file], tmp_path)


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode("utf-8"))


def test_a_suite_a_file_and_a_case_a_test(tmp_path: Path) -> None:
    root = parsed(junit_xml(ran(tmp_path), "zh"))
    counts = {"tests": "3", "failures": "1", "errors": "1", "skipped": "0", "time": "0"}
    assert (root.tag, root.attrib) == ("testsuites", {"name": "landrules", **counts})
    (suite,) = root
    assert (suite.tag, suite.attrib) == ("testsuite", {"name": "hostile.rules", **counts})
    place = {"classname": "case.hostile", "file": "hostile.rules", "time": "0"}
    assert [(case.tag, case.attrib) for case in suite] == [
        ("testcase", {**place, "name": '5 < 6 & "7" > 2 ]]> 🏫 𠮷', "line": "16"}),
        ("testcase", {**place, "name": "正常", "line": "22"}),
        ("testcase", {**place, "name": "规则写错了名", "line": "27"}),
    ]


def test_a_failure_says_what_was_expected_and_an_error_what_is_wrong(tmp_path: Path) -> None:
    (suite,) = parsed(junit_xml(ran(tmp_path), "zh"))
    differs, fine, wrong = suite
    (failure,) = differs
    first = "case.hostile.school 应为 符合，实为 须裁量"
    assert (failure.tag, failure.attrib) == ("failure", {"message": first, "type": "expectation"})
    assert failure.text == f"{first}\n结论应为 禁止，实为 须裁量"
    assert list(fine) == []
    (error,) = wrong
    assert (error.tag, error.attrib["type"]) == ("error", "LR493")
    assert error.attrib["message"] == "规则 case.hostile.scholl 在 2024-01-01 未施行，或者不存在"
    assert (error.text or "").startswith("hostile.rules:29:5: 错误 LR493: ")
    assert "建议：最接近的名称：case.hostile.school" in (error.text or "")


def test_the_reader_chooses_the_language(tmp_path: Path) -> None:
    (suite,) = parsed(junit_xml(ran(tmp_path), "en"))
    assert [case.attrib["name"] for case in suite] == [
        "<failure message='&lt;'/> & more",
        "Fine",
        "A norm of another name",
    ]
    assert suite[0][0].attrib["message"] == "case.hostile.school: permit expected, refer found"


HOSTILE = "\x00\x1b[2J\x85 \ud800 \ufffe\u202e]]>\t\n\r<&\"'🏫"


def test_what_xml_cannot_hold_is_shown_as_a_sign() -> None:
    result = TrialResult("a&b.rules", 1, HOSTILE, "", failures=((HOSTILE, HOSTILE),), ruleset="<x>")
    (suite,) = parsed(junit_xml([result], "zh"))
    name = "⟨U+0000⟩⟨U+001B⟩[2J\x85 ⟨U+D800⟩ ⟨U+FFFE⟩\u202e]]>\t\n\r<&\"'🏫"
    (case,) = suite
    assert (suite.attrib["name"], case.attrib["name"], case.attrib["classname"]) == ("a&b.rules", name, "<x>")
    assert (case[0].attrib["message"], case[0].text) == (name, name)


@pytest.mark.parametrize(
    ("zh", "en", "lang", "name"), [("", "Only English", "zh", "Only English"), ("只有中文", "", "en", "只有中文")]
)
def test_a_title_in_one_language_stands_in_for_the_other(zh: str, en: str, lang: str, name: str) -> None:
    root = parsed(junit_xml([TrialResult("a.rules", 1, zh, en)], "zh" if lang == "zh" else "en"))
    assert root[0][0].attrib["name"] == name


def test_files_are_suites_in_the_order_run_and_bytes_are_the_same_twice() -> None:
    results = [
        TrialResult("b.rules", 1, "一", "one"),
        TrialResult("b.rules", 9, "二", "two", diagnostics=(Diagnostic("LR492"),)),
        TrialResult("a.rules", 1, "三", "three"),
    ]
    text = junit_xml(results, "en")
    assert text == junit_xml(results, "en")
    assert [(s.attrib["name"], s.attrib["tests"], s.attrib["errors"]) for s in parsed(text)] == [
        ("b.rules", "2", "1"),
        ("a.rules", "1", "0"),
    ]
    assert parsed(junit_xml([], "en")).attrib["tests"] == "0"


def test_results_as_json_say_the_same(tmp_path: Path) -> None:
    record = json.loads(json.dumps(results_record(ran(tmp_path))))
    assert (record["schema"], record["total"], record["failed"]) == ("landrules/tests/1", 3, 2)
    differs, fine, wrong = record["tests"]
    assert fine == {
        "ruleset": "case.hostile",
        "file": "hostile.rules",
        "line": 22,
        "title": {"zh": "正常", "en": "Fine"},
        "law_date": "2024-01-01",
        "norms": ["case.hostile.school"],
        "passed": True,
        "failures": [],
        "diagnostics": [],
    }
    assert [f["en"] for f in differs["failures"]] == [
        "case.hostile.school: permit expected, refer found",
        "decision: deny expected, refer found",
    ]
    assert [(d["code"], d["line"]) for d in wrong["diagnostics"]] == [("LR493", 29)]
