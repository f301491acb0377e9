"""The tests that stand in rulesets: a site drawn in metres, the facts, and what must come out."""

from __future__ import annotations

from landrules.trial.run import TrialResult, run_document, run_tests

__all__ = ["TrialResult", "run_document", "run_tests"]
