"""The shipped national rules are tested through: every rule, case, exception, table row and period."""

from __future__ import annotations

from pathlib import Path

from landrules.trial import coverage, trials

NATION = Path(__file__).parents[2] / "rulesets" / "cn"


def test_every_national_rule_case_exception_row_and_period_is_tested() -> None:
    kinds = {"norm", "branch", "exception", "table_row", "stretch"}
    found = coverage(trials([NATION], NATION, watched=True))
    assert found.count("norm").of >= 25
    assert [f"{i.file}:{i.line}: {i.said.en}" for i in found.unseen if i.kind in kinds] == []
