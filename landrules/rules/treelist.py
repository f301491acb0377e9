"""What `landrules rules --tree` prints: each norm with its exceptions below it, and how it stands to others.

A node is a norm, or an exception with the dates of one of its parts. Parameters that a norm leans on are named with what
lower levels filled in, since their value is a part of what the norm says.
"""

from __future__ import annotations

from collections.abc import Sequence

from landrules.base.frozen import frozen
from landrules.base.levels import PlanLevel
from landrules.base.period import Period
from landrules.rules import expr as e
from landrules.rules.listing import effect_of, status_of
from landrules.rules.model import Bilingual, Citation, ExceptionNorm, Norm, Parameter, RuleSet
from landrules.rules.standing import ORDINARY, Standing
from landrules.rules.walk import norm_expressions, walk


@frozen
class Node:
    """A norm or an exception. `effect` is one of the list's words; of an exception `lifts`, `refers` or `tightens`."""

    id: str
    title: Bilingual
    level: PlanLevel
    effect: str
    status: str
    period: Period
    citations: tuple[Citation, ...]
    below: tuple[Node, ...] = ()
    standing: Standing = ORDINARY
    parameters: tuple[Parameter, ...] = ()


def trees(ruleset: RuleSet) -> tuple[Node, ...]:
    """A tree for every norm, by id."""
    levels = {info.id: info.level for info in ruleset.rulesets}
    return tuple(_norm(norm, ruleset, levels) for norm in ruleset.norms)


def _norm(norm: Norm, ruleset: RuleSet, levels: dict[str, PlanLevel]) -> Node:
    cited = tuple(dict.fromkeys((*norm.citations, *(c for b in norm.branches for c in b.citations))))
    used = sorted({x.id for root in norm_expressions(norm) for x in walk(root) if isinstance(x, e.ParameterRef)})
    return Node(
        norm.id,
        norm.title,
        norm.level,
        effect_of(norm),
        status_of(cited),
        norm.period,
        cited,
        _exceptions(norm.exceptions, norm.level, levels, tightens=False),
        norm.standing,
        tuple(ruleset.parameters[own] for own in used),
    )


def _exceptions(
    exceptions: Sequence[ExceptionNorm], above: PlanLevel, levels: dict[str, PlanLevel], *, tightens: bool
) -> tuple[Node, ...]:
    found = []
    for x in exceptions:
        level = _level(x.id, levels) or above
        effect = "refers" if x.refers else "tightens" if tightens else "lifts"
        below = _exceptions(x.exceptions, level, levels, tightens=not tightens)
        found.append(Node(x.id, x.title, level, effect, status_of(x.citations), x.period, x.citations, below))
    return tuple(found)


def _level(own: str, levels: dict[str, PlanLevel]) -> PlanLevel | None:
    """The level of the ruleset in which something with a full id is declared."""
    parts = own.split(".")
    homes = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((levels[home] for home in homes if home in levels), None)
