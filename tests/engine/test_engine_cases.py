"""The engine's contract as rulesets: every sentence a user can rely on is a test block that fails if it is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.trial import TrialResult, run_tests

CASES = Path(__file__).parent / "cases"
RESULTS = [
    pytest.param(result, id=f"{path.stem}-{result.line}")
    for path in sorted((*CASES.glob("*.rules"), *(p for p in CASES.iterdir() if p.is_dir())))
    for result in run_tests([path] if path.is_file() else sorted(path.glob("*.rules")))
]


@pytest.mark.parametrize("result", RESULTS)
def test_what_is_expected_is_found(result: TrialResult) -> None:
    wrong = [en for _, en in result.failures] + [d.message("en") for d in result.diagnostics]
    assert result.passed, f"{result.title_en} (line {result.line}): {'; '.join(wrong)}"
