"""What the law asks of every norm: a deny names its article and its dates; names and levels are in order.

Also the last touches that need the whole norm: whether it speaks of one piece or of all, and which layers it reads.
"""

from __future__ import annotations

from dataclasses import replace

from landrules.base.period import ALWAYS
from landrules.rules import model as m
from landrules.rules.walk import (
    judged_expressions,
    message_expressions,
    norm_layers,
    speaks_of_feature,
    speaks_of_parcel,
)
from landrules.rules.world import World

DENIES = frozenset({m.Effect.DENY, m.Effect.DENY_BUILDINGS, m.Effect.DENY_OCCUPATION})


def finish_norms(world: World) -> None:
    """Give every norm its granularity and its layers."""
    for own, norm in sorted(world.norms.items()):
        done = replace(norm, subject=_granular(norm))
        world.norms[own] = replace(done, layers=norm_layers(done))


def _granular(norm: m.Norm) -> m.Subject:
    """One piece or one parcel at a time where a condition or clause speaks of it; else all together."""
    judged = tuple(judged_expressions(norm))
    of_parcel = speaks_of_parcel(judged)
    match norm.subject:
        case m.Whole():
            told = speaks_of_parcel(message_expressions(norm.message))
            return m.Whole(each_parcel=of_parcel or told)
        case m.OnLayer() | m.Strip():
            each = norm.subject.each or of_parcel or speaks_of_feature(judged)
            return replace(norm.subject, each=each)


def check_law(world: World) -> None:
    """Put down every norm that could deny without an article or without dates."""
    for norm in world.norms.values():
        denying = [b for b in norm.branches if can_deny(b)]
        by_ground = isinstance(norm.subject, m.OnLayer) and norm.subject.uncovered is m.Outcome.DENY
        name = norm.id
        if not norm.citations and (by_ground or any(not b.citations for b in denying)):
            world.faults.add("LR401", norm.span, name=name)
        if norm.period == ALWAYS and (by_ground or any(b.period == ALWAYS for b in denying)):
            world.faults.add("LR402", norm.span, name=name)


def can_deny(branch: m.Branch) -> bool:
    """Whether a branch can end in a deny: by its effect, a failed requirement, a refused document."""
    return branch.effect in DENIES or any(_can_deny(c) for c in branch.clauses)


def _can_deny(clause: m.Clause) -> bool:
    if isinstance(clause, m.Requires):
        return not clause.refers
    return isinstance(clause, m.SubjectTo | m.Confirmed)
