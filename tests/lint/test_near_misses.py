"""One thing changed, another answer: what is told, and what must not be. A false alarm is worse than a missed case."""

from __future__ import annotations

from datetime import date

import pytest
from lint_cases import HEAD, Linted, told

SPOTS = 'layer spots zh 斑点 {\n    title zh "斑点" en "Spots"\n}\n'
RULE = """\
rule listed zh 须列入 on spots {
    title zh "须列入" en "On the list"
    cites plan article 3 example
    effective from 2024-01-01
    requires proposal.plan.project_list_item is given
}
"""
PLAIN = RULE.replace(" on spots", "")
SHARED = 'ruleset local.shared zh 本地.公共 {\n    title zh "公共" en "Shared"\n    level county\n    version "1"\n}\n'
DRAWN = """\
test zh "甲" en "A" {
    on 2025-01-01
    parcel P1 square 100 m at (0, 0)
    feature spots S1 square 100 m at (0, 0)
    expect listed deny
}
"""


def importing(text: str, name: str = "local.shared") -> str:
    return text.replace("instrument plan", f"import {name}\n\ninstrument plan", 1)


def test_a_vocabulary_that_nobody_imports_is_for_others(linted: Linted) -> None:
    assert told(linted(SHARED + SPOTS, "unused_layer")) == []


def test_a_vocabulary_is_judged_by_those_who_import_it(linted: Linted) -> None:
    files = {"shared.rules": SHARED + SPOTS}
    both = ("case.rules", "shared.rules")
    assert told(linted(importing(HEAD) + PLAIN, "unused_layer", beside=files, ask=both)) == ["6 LR901"]
    assert told(linted(importing(HEAD) + RULE, "unused_layer", beside=files, ask=("shared.rules",))) == []


def test_a_test_that_draws_a_layer_does_not_use_it(linted: Linted) -> None:
    assert told(linted(HEAD + SPOTS + PLAIN + DRAWN, "unused_layer")) == ["11 LR901"]


def test_the_chinese_name_is_a_use_too(linted: Linted) -> None:
    assert told(linted(HEAD + SPOTS + RULE.replace("on spots", "on 斑点"), "unused_layer")) == []


def test_a_message_uses_what_it_prints(linted: Linted) -> None:
    parameter = "parameter most zh 最多 ratio {\n    cites plan article 5 example\n    value 15 %\n}\n"
    bare = HEAD + SPOTS + parameter + RULE
    assert told(linted(bare, "unused_declaration")) == ["14 LR902"]
    message = '    message zh "最多 {most}" en "at most {most}"\n'
    assert told(linted(bare.replace("    requires", message + "    requires"), "unused_declaration")) == []


def test_an_instrument_is_used_by_a_citation(linted: Linted) -> None:
    second = HEAD.split("\n\n", 1)[1].replace("plan zh 规划", "second zh 另一规划")
    assert told(linted(HEAD + second + SPOTS + RULE, "unused_declaration")) == ["11 LR902"]
    other = RULE.replace("    effective", "    cites 《另一规划》 article 1 example\n    effective")
    assert told(linted(HEAD + second + SPOTS + other, "unused_declaration")) == []


def test_an_import_that_brings_norms_is_left_alone(linted: Linted) -> None:
    source = HEAD.split("\n\n", 1)[1].replace("plan zh 规划", "other_plan zh 另一规划")
    law = PLAIN.replace("plan article", "other_plan article")
    assert told(linted(importing(HEAD), "unused_import", beside={"shared.rules": SHARED + source + law})) == []
    assert told(linted(importing(HEAD), "unused_import", beside={"shared.rules": SHARED + source})) == ["7 LR903"]


def test_an_import_used_by_a_test_only_is_used(linted: Linted) -> None:
    files = {"shared.rules": SHARED + SPOTS}
    text = importing(HEAD) + PLAIN
    assert told(linted(text, "unused_import", beside=files)) == ["7 LR903"]
    assert told(linted(text + DRAWN, "unused_import", beside=files)) == []


def test_the_same_import_twice(linted: Linted) -> None:
    text = importing(HEAD).replace("import local.shared\n", "import local.shared\nimport 本地.公共\n") + RULE
    assert told(linted(text, "unused_import", beside={"shared.rules": SHARED + SPOTS})) == ["8 LR903"]


@pytest.mark.parametrize(("day", "found"), [("2026-03-15", []), ("2026-04-14", []), ("2026-04-15", ["16 LR904"])])
def test_verification_goes_stale_after_whole_months(day: str, found: list[str], linted: Linted) -> None:
    text = HEAD + SPOTS + RULE.replace("article 3 example", "article 3 verified 2024-03-15")
    assert told(linted(text, "stale_verification", as_of=date.fromisoformat(day))) == found


def test_without_a_day_the_rule_says_that_it_was_not_run(linted: Linted) -> None:
    report = linted(HEAD + SPOTS + RULE, "stale_verification")
    assert [n.code for n in report.notices] == ["LR935"]


RED = """\
red line red zh 红线 on spots {
    title zh "红线" en "Red"
    cites plan article 3 example
    effective from 2024-01-01
    prohibits occupation
    except way zh 出路 {
        cites plan article 4 STATUS
        when proposal.is_construction
    }
}
test zh "甲" en "A" {
    on 2025-01-01
    parcel P1 square 100 m at (0, 0)
    expect red permit
}
"""


def test_an_exception_on_doubtful_law_never_lifts_and_needs_no_test(linted: Linted) -> None:
    text = HEAD + SPOTS + RED
    assert told(linted(text.replace("STATUS", "unverified"), "missing_test")) == []
    assert told(linted(text.replace("STATUS", "example"), "missing_test")) == ["19 LR906"]


def test_a_test_in_a_file_beside_counts(linted: Linted) -> None:
    tests = SHARED.replace("shared", "tests").replace("公共", "测试集") + "import local.case\n"
    tests += DRAWN.replace("expect listed", "expect local.case.listed")
    assert told(linted(HEAD + SPOTS + RULE, "missing_test")) == ["14 LR906"]
    assert told(linted(HEAD + SPOTS + RULE, "missing_test", beside={"tests.rules": tests})) == []


def test_honest_greek_russian_and_full_width_punctuation_are_no_lookalikes(linted: Linted) -> None:
    texts = 'title zh "α 系数与 Волга，全角标点（）：，２倍" en "α and Волга"'
    report = linted(HEAD + SPOTS + RULE.replace('title zh "须列入" en "On the list"', texts), "confusable_characters")
    assert [f.diagnostic.args["found"] for f in report.findings] == ["２"]


def test_rows_of_one_key_may_leave_a_gap_and_rows_of_two_do_not(linted: Linted) -> None:
    codes = 'scheme kinds zh 种类 {\n    code a zh "甲" en "A"\n    code b zh "乙" en "B"\n}\n'
    table = "table width zh 宽度 (kind zh 类别 code of kinds) length {\n    cites plan article 3 example\n"
    table += "    row kinds:a gives 10 m { effective to 2024-06-30 }\n"
    table += "    row kinds:KEY gives 12 m { effective from 2024-08-01 }\n}\n"
    assert told(linted(HEAD + codes + table.replace("KEY", "a"), "gap_in_dated_series")) == ["18 LR909"]
    assert told(linted(HEAD + codes + table.replace("KEY", "b"), "gap_in_dated_series")) == []


def test_the_same_condition_in_two_blocks_is_no_repetition(linted: Linted) -> None:
    split = RULE.replace(
        "    requires proposal.plan.project_list_item is given\n",
        "    effective to 2024-12-31 {\n        requires proposal.plan.project_list_item is given\n    }\n"
        "    effective from 2025-01-01 {\n        requires proposal.plan.project_list_item is given\n    }\n",
    ).replace("    effective from 2024-01-01\n", "")
    assert told(linted(HEAD + SPOTS + split, "repeated_condition")) == []


def test_a_requirement_needs_no_message(linted: Linted) -> None:
    assert told(linted(HEAD + SPOTS + RULE, "deny_without_message")) == []


def test_one_source_in_force_is_enough_to_be_reachable(linted: Linted) -> None:
    old = HEAD.split("\n\n", 1)[1].replace("plan zh 规划", "old zh 旧规划").replace("from 2024-01-01", "to 2023-12-31")
    only_old = RULE.replace("plan article 3", "old article 3")
    assert told(linted(HEAD + old + SPOTS + only_old, "unreachable")) == ["18 LR917"]
    both = only_old.replace("    effective", "    cites plan article 3 example\n    effective")
    assert told(linted(HEAD + old + SPOTS + both, "unreachable")) == []
