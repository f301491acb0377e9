"""What the oracle once found wrong stays right: each case the smallest site that showed it (`regressions.rules`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.trial import TrialResult, run_tests

RESULTS = run_tests([Path(__file__).parent / "regressions.rules"])


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.title_en)
def test_what_was_wrong_stays_right(result: TrialResult) -> None:
    wrong = [en for _, en in result.failures] + [d.message("en") for d in result.diagnostics]
    assert result.passed, "; ".join(wrong)
