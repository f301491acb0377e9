"""Remarks that allow a finding: how far they reach, in both languages, and what is said of them."""

from __future__ import annotations

import pytest
from lint_cases import HEAD, Linted, told

LAYERS = "layer one zh 甲 {\n    field span length\n}\n\nlayer two zh 乙 {\n    field reach length\n}\n"
NORM = """\
rule r zh 规 {
    title zh "规" en "R"
    cites plan article 3 example
    effective from 2024-01-01
    refers
}
"""
WHY = "the county decides in spring"


@pytest.mark.parametrize("remark", [f"# lint: allow missing_alias {WHY}", "# 检查：允许 缺少译名 春季再定"])
def test_above_a_declaration_it_reaches_into_the_block(remark: str, linted: Linted) -> None:
    report = linted(HEAD + remark + "\n" + LAYERS, "missing_alias")
    assert (told(report), report.allowed) == (["17 LR905"], 1)


def test_at_the_end_of_a_line_it_reaches_the_clause(linted: Linted) -> None:
    text = LAYERS.replace("span length", f"span length  # lint: allow missing_alias {WHY}")
    assert told(linted(HEAD + text, "missing_alias")) == ["16 LR905"]


def test_it_allows_its_own_rule_only(linted: Linted) -> None:
    text = f"# lint: allow missing_alias {WHY}\n" + LAYERS + NORM
    found = told(linted(HEAD + text, "unused_layer", "missing_alias"))
    assert found == ["12 LR901", "16 LR901", "17 LR905"]


def test_without_a_reason_it_allows_nothing(linted: Linted) -> None:
    report = linted(HEAD + "# lint: allow missing_alias\n" + LAYERS, "missing_alias", "suppression_without_reason")
    assert told(report) == ["11 LR919", "13 LR905", "17 LR905"]


def test_an_idle_one_is_told_where_its_rule_was_run(linted: Linted) -> None:
    text = HEAD + f"# lint: allow missing_title {WHY}\n" + NORM
    assert told(linted(text, "missing_title", "unused_suppression")) == ["11 LR921"]
    assert told(linted(text, "missing_alias", "unused_suppression")) == []


def test_an_unknown_rule_has_a_nearest_name(linted: Linted) -> None:
    (found,) = linted(HEAD + f"# lint: allow mising_alias {WHY}\n" + NORM, "unknown_suppression").findings
    assert found.diagnostic.help("en") == "did you mean `missing_alias`?"


def test_two_of_one_wording_are_two_remarks(linted: Linted) -> None:
    remark = f"# lint: allow missing_alias {WHY}\n"
    report = linted(
        HEAD + remark + LAYERS.replace("\n\nlayer", f"\n\n{remark}layer"), "missing_alias", "unused_suppression"
    )
    assert (told(report), report.allowed) == ([], 2)


def test_at_the_end_of_a_file_it_reaches_nothing(linted: Linted) -> None:
    report = linted(HEAD + LAYERS + f"# lint: allow missing_alias {WHY}\n", "missing_alias", "unused_suppression")
    assert told(report) == ["12 LR905", "16 LR905", "18 LR921"]
