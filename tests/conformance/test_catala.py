"""Catala's exception cases in this language: value, ambiguous, dangling, cycle, conflict (facts restated, see catala/README.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.rules.load import read_rulesets
from landrules.trial import run_tests

HERE = Path(__file__).parent / "catala"
FRAME = (HERE / "frame.txt").read_text(encoding="utf-8")

VALUES: dict[str, str] = {
    "exception/good/exception": "a condition that holds: the exception lifts",
    "exception/good/exceptions_squared": "an exception to an exception: the deny stands again",
    "exception/good/unlabeled_exception": "an exception in its norm's braces needs no name of the norm",
    "exception/good/split_unlabeled_exception": "norm and exception in two files",
    "exception/good/two_unlabeled_exceptions": "two norms, each with its own exception",
    "exception/good/unsorted_unlabeled_exceptions": "exceptions written before their norms",
    "exception/good/two_exceptions_same_outcome": "two exceptions that concur with one outcome are no clash; both are kept",
    "exception/good/double_definition": "two norms that say the same are joined",
    "exception/good/duplicate_labels": "one exception to two cases of a norm: a group",
    "exception/good/grouped_exceptions": "one exception to two norms with opposite conditions: a group",
    "exception/good/groups_of_exceptions": "an exception to a group of exceptions: three tiers",
    "exception/good/same_label_two_variables": "an exception lifts the norm it names and leaves the other",
    "exception/good/context_with_default": "an exception whose condition does not hold leaves the norm as it was",
    "exception/good/utf8_conditions": "names with accents and Chinese names",
    "exception/good/condizioni_utf8": "names with accents and Chinese names",
    "exception/bad/multi_same_result": "two of many exceptions meet on one value only: referred, naming both",
    "default/good/no_conflict": "two exceptions whose conditions exclude each other",
    "default/good/multiple_definitions": "two norms that say the same are joined",
    "default/good/mutliple_definitions": "two norms that say the same are joined",
    "default/bad/empty_with_rules": "no case of the norm applies: not applicable, never a permit by silence",
}
"""Case → what it shows. Each is a file with a test block that says what comes out."""

ERRORS: dict[str, tuple[str, str]] = {
    "exception/bad/dangling_exception": ("LR229", "an exception to a name that is another thing's"),
    "exception/bad/missing_unlabeled_definition": ("LR229", "an exception to a norm that is not there"),
    "exception/bad/exceptions_cycle": ("LR409", "three exceptions in a ring"),
    "exception/bad/self_exception": ("LR409", "an exception to itself"),
    "exception/bad/two_exceptions": ("LR462", "two exceptions that always lift together, differently"),
    "default/bad/conflict": ("LR463", "two rules that always hold, one denying and one allowing, and no order: rivals"),
    "exception/bad/ambiguous_unlabeled_exception": ("LR100", "an exception that names no norm cannot be written"),
    "exception/bad/one_ambiguous_exception": ("LR100", "an exception that names no norm cannot be written"),
    "default/bad/empty": ("LR421", "a norm from which nothing follows"),
}
"""Case → the code of the mistake and what it shows."""

WITHOUT_COUNTERPART: dict[str, str] = {
    "default/bad/typing_or_logical_error": "about the spelling of a definition; see tests/cases/syntax",
    "default/bad/verbose_errors": "about unknown fields of a record; see tests/cases/resolve/bad/unknown_names",
    "default/good/undef_internal": "about a local value that nobody reads: a given here is always defined",
}
"""Cases of those folders that show nothing about exceptions."""


def stem(case: str) -> str:
    """The file that restates a case."""
    return case.replace("/", "_")


@pytest.mark.parametrize("case", VALUES)
def test_the_value_is_the_one_the_case_expects(case: str, tmp_path: Path) -> None:
    path = restated(case, tmp_path)
    results = run_tests([path.name], tmp_path)
    assert results
    assert [(r.title_en, [en for _, en in r.failures], [d.code for d in r.diagnostics]) for r in results] == [
        (r.title_en, [], []) for r in results
    ]


@pytest.mark.parametrize("case", ERRORS)
def test_the_mistake_is_told(case: str, tmp_path: Path) -> None:
    path = restated(case, tmp_path)
    found = [d.code for d in read_rulesets([path.name], tmp_path).diagnostics if d.severity == "error"]
    assert set(found) == {ERRORS[case][0]}


def test_every_file_is_a_case_and_every_case_has_a_file() -> None:
    assert {p.stem for p in HERE.glob("*.rules")} == {stem(c) for c in (*VALUES, *ERRORS)}
    assert not set(WITHOUT_COUNTERPART) & {*VALUES, *ERRORS}


def restated(case: str, folder: Path) -> Path:
    """The ruleset of a case: its file behind the frame that all share, and a second file where it has one."""
    name = stem(case)
    body = (HERE / f"{name}.rules").read_text(encoding="utf-8")
    (folder / "frame.rules").write_text(FRAME, encoding="utf-8")
    one, _, two = body.partition("# ----- a second file\n")
    if two:
        (folder / "second.rules").write_text(two, encoding="utf-8")
    path = folder / f"{name}.rules"
    path.write_text(one, encoding="utf-8")
    return path
