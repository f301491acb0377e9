"""The tests that stand in rulesets: a site drawn in metres, the facts, and what must come out; and what they reach."""

from __future__ import annotations

from landrules.trial.coverage import Coverage, coverage
from landrules.trial.junit import junit_xml
from landrules.trial.record import coverage_record, json_text, results_record
from landrules.trial.run import TrialResult, Trials, run_tests, trials
from landrules.trial.told import told_coverage, told_results

__all__ = [
    "Coverage",
    "TrialResult",
    "Trials",
    "coverage",
    "coverage_record",
    "json_text",
    "junit_xml",
    "results_record",
    "run_tests",
    "told_coverage",
    "told_results",
    "trials",
]
