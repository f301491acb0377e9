"""What a day's law asks of a case: the norms in force, compiled, and every layer named once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from landrules.base.frozen import frozen
from landrules.engine.program import Blueprint, Program, blueprint, in_force, programme
from landrules.engine.window import window_start
from landrules.rules.model import Norm, RuleSet


@frozen
class Plan:
    """Invariant: `programs` holds the norms in force only, sorted by id; `layers` names every layer they read once."""

    law_date: date
    programs: tuple[Program, ...]
    layers: tuple[str, ...]
    reach: Fraction | None
    """Metres beyond the ground from which a feature can still matter: the widest strip, and what is shown beside it.

    `None` where only features themselves tell how wide their strips are: any of them may matter then.
    """
    since: Mapping[str, date | None] = field(default_factory=dict)
    """For layers of ground that left another: the day since when; `None` where the law gives none."""


SHOWN_BEYOND = Fraction(50)


@frozen
class Planner:
    """The law of a ruleset, compiled once, and the plans of the days that were asked for.

    A plan hangs on the ruleset and the day and on nothing else, and a ruleset never changes: the day alone is the key.
    Threads may share a planner: two that ask for the same new day make equal plans, of which one is kept.
    """

    rules: RuleSet
    blueprints: Mapping[str, Blueprint]
    plans: dict[date, Plan] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, rules: RuleSet) -> Planner:
        """The planner of a ruleset."""
        return cls(rules, {n.id: blueprint(n, rules) for n in rules.norms})

    def on(self, law_date: date) -> Plan:
        """The plan for a law date."""
        found = self.plans.get(law_date)
        return found if found is not None else self.plans.setdefault(law_date, self._made(law_date))

    def _made(self, law_date: date) -> Plan:
        return _plan(self.rules, law_date, lambda norm: self.blueprints[norm.id].on(law_date))


def plan(rules: RuleSet, law_date: date) -> Plan:
    """The plan for a law date. A norm all of whose sources have lapsed on that day does not fire."""
    return _plan(rules, law_date, lambda norm: programme(norm, rules, law_date))


def _plan(rules: RuleSet, law_date: date, compiled: Callable[[Norm], Program]) -> Plan:
    norms = [n for n in rules.norms if is_in_force(n, law_date)]
    programs = tuple(compiled(n) for n in sorted(norms, key=lambda n: n.id))
    widths = [p.widest for p in programs]
    known = [w for w in widths if w is not None]
    reach = max(known, default=Fraction(0)) + SHOWN_BEYOND if len(known) == len(widths) else None
    layers = tuple(sorted({layer for n in norms for layer in n.layers}))
    schemas = ((name, rules.layers[name].departed) for name in layers)
    since = {name: window_start(left, rules, law_date) for name, left in schemas if left is not None}
    return Plan(law_date, programs, layers, reach, since)


def is_in_force(norm: Norm, day: date) -> bool:
    """Whether a norm stands on a day: its own dates, and at least one of its sources."""
    return day in norm.period and (not norm.citations or any(in_force(c, day) for c in norm.citations))
