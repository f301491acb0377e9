"""What a day's law asks of a case: the norms in force, compiled, and every layer named once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from landrules.engine.program import Program, in_force, programme
from landrules.rules.model import Norm, RuleSet


@dataclass(frozen=True, slots=True)
class Plan:
    """Invariant: `programs` holds the norms in force only, sorted by id; `layers` names every layer they read once."""

    law_date: date
    programs: tuple[Program, ...]
    layers: tuple[str, ...]
    reach: Fraction
    """Metres beyond the ground from which a feature can still matter: the widest strip, and what is shown beside it."""


SHOWN_BEYOND = Fraction(50)


def plan(rules: RuleSet, law_date: date) -> Plan:
    """The plan for a law date. A norm all of whose sources have lapsed on that day does not fire."""
    norms = [n for n in rules.norms if is_in_force(n, law_date)]
    programs = tuple(programme(n, rules, law_date) for n in sorted(norms, key=lambda n: n.id))
    widest = max((p.widest for p in programs), default=Fraction(0))
    layers = tuple(sorted({layer for n in norms for layer in n.layers}))
    return Plan(law_date, programs, layers, widest + SHOWN_BEYOND)


def is_in_force(norm: Norm, day: date) -> bool:
    """Whether a norm stands on a day: its own dates, and at least one of its sources."""
    return day in norm.period and (not norm.citations or any(in_force(c, day) for c in norm.citations))
