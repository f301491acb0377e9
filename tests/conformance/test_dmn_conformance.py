"""The DMN kit's cases of hit policies and of Kleene logic: all of those within this language's policies hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from dmn_cases import CASES, OUT_OF_SCOPE, TABLES, WRONG_TYPES, Case, stretch_tables

from landrules.rules.load import read_rulesets
from landrules.trial import run_tests

HEAD = """ruleset kit.dmn { title zh "判定表一致性" en "Decision tables" level national version "1" default refer }
instrument kit zh 试验集 { title zh "试验集" en "Compatibility kit" effective from 2000-01-01 }
"""
OUTCOMES = {"true": "permit", "false": "deny", "null": "indeterminate"}


def _rule(number: int, condition: str) -> str:
    return (
        f'rule case_{number} {{ title zh "例" en "Case" cites kit article 1 example effective from 2000-01-01\n'
        f" requires {condition} }}\n"
    )


def _test(number: int, case: Case) -> str:
    facts = "".join(f" set {path} = {value}\n" for path, value in case.facts)
    return (
        f'test zh "{case.model} {case.id}" en "{case.model} {case.id}" {{\n on 2026-06-18\n{facts}'
        f" parcel P1 square 100 m at (0, 0)\n expect case_{number} {OUTCOMES[case.expected]}\n}}\n"
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What went wrong with each case, by model and id."""
    path: Path = tmp_path_factory.mktemp("dmn") / "kit.rules"
    rules = [_rule(n, case.condition) for n, case in enumerate(CASES)]
    tests = [_test(n, case) for n, case in enumerate(CASES)]
    path.write_text("".join((HEAD, TABLES, stretch_tables(), *rules, *tests)), encoding="utf-8")
    told: dict[str, list[str]] = {}
    for result in run_tests([path]):
        wrong = [en for _, en in result.failures] + [d.message("en") for d in result.diagnostics]
        told.setdefault(result.title_en, []).extend(wrong)
    return told


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.model}-{c.id}")
def test_a_case_of_the_kit_holds(case: Case, results: dict[str, list[str]]) -> None:
    assert results[f"{case.model} {case.id}"] == []


def test_operands_of_the_wrong_type_are_refused_before_anything_is_judged(tmp_path: Path) -> None:
    path = tmp_path / "kit.rules"
    path.write_text(HEAD + "".join(_rule(n, c.condition) for n, c in enumerate(WRONG_TYPES)), encoding="utf-8")
    found = read_rulesets([path.name], tmp_path).diagnostics
    lines = path.read_text(encoding="utf-8").split("\n")
    refused = {c.condition: c.message for c in WRONG_TYPES}
    told: dict[str, set[str]] = {}
    for diagnostic in found:
        if diagnostic.span is not None and (line := lines[diagnostic.span.line - 1]).startswith(" requires "):
            told.setdefault(line.removeprefix(" requires ").removesuffix(" }"), set()).add(diagnostic.code)
    assert told == {condition: {code} for condition, code in refused.items()}


def test_a_gap_that_a_table_of_the_kit_has_is_shown(tmp_path: Path) -> None:
    """0004-lending, table of risk categories before the bureau: new customers with a score of exactly 130 are left out."""
    path = tmp_path / "kit.rules"
    path.write_text(
        HEAD
        + """table risk_before (existing boolean, score number) text {
    complete
    cites kit article 1 example
    row false, < 100 gives "HIGH"
    row false, >= 100 and < 120 gives "MEDIUM"
    row false, >= 120 and < 130 gives "LOW"
    row false, > 130 gives "VERY LOW"
    row true, < 80 gives "DECLINE"
    row true, >= 80 and < 90 gives "HIGH"
    row true, 90 to 110 gives "MEDIUM"
    row true, > 110 gives "LOW"
}
""",
        encoding="utf-8",
    )
    said = [d.message("en") for d in read_rulesets([path.name], tmp_path).diagnostics]
    assert said == ["`risk_before` is declared complete, but there is no row false, 130 gives … (always)"]


def test_every_case_is_named_once_and_what_is_left_out_has_its_reason() -> None:
    named = [(c.model, c.id, c.condition) for c in CASES] + [(c.model, c.id, c.condition) for c in WRONG_TYPES]
    assert len(named) == len(set(named)) >= 230
    assert not {model for model, _, _ in named} & set(OUT_OF_SCOPE)
