"""How norms stand to each other: who may relax one, which one takes another's place, which are rivals."""

from __future__ import annotations

from datetime import date

from landrules.base.frozen import frozen
from landrules.base.levels import PlanLevel


@frozen
class Supersession:
    """That one norm stands in another's place from a day on; `norm` is the other one."""

    norm: str
    since: date


@frozen
class Standing:
    """How a norm stands to others.

    `absolute`: no other ruleset may except it. `relaxed_by`: the one lower level whose rulesets may. `superseded` by the
    norm named; `supersedes` those named; `rivals` are norms with which no court has ranked it.
    """

    absolute: bool = False
    relaxed_by: PlanLevel | None = None
    superseded: Supersession | None = None
    supersedes: tuple[Supersession, ...] = ()
    rivals: tuple[str, ...] = ()


ORDINARY = Standing()
"""Of most norms nothing is said."""
