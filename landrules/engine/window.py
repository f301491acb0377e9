"""Since when ground counts as having left a layer: a day of the law alone, known before any file is opened."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from landrules.engine.compile import compile_expr
from landrules.engine.evidence import Evidence
from landrules.engine.explore import Assumptions
from landrules.engine.scope import Scope
from landrules.geo.site import Plane, Proposal
from landrules.rules.model import Departed, RuleSet

NOBODY = Proposal("", "", {}, (), (), (), Plane("engineering"), "", 0.0)


def window_start(departed: Departed, rules: RuleSet, law_date: date) -> date | None:
    """The first day of the window; `None` where the law gives none for this date."""
    evidence = Evidence(rules, NOBODY, law_date, Fraction(0), law_date, {})
    found = compile_expr(departed.since)(Scope(evidence, Assumptions()))
    return found if isinstance(found, date) else None
