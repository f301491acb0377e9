"""From results to a decision: the gravest outcome, and what stands on ground that nothing authorises.

The decision is the maximum over the findings. Ground that every authorising norm is known not to reach falls to the
default of the ruleset set, which speaks as a finding of its own. No geometry is looked at here, no file, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from landrules.engine.evidence import Evidence
from landrules.engine.scope import PASSABLE
from landrules.engine.verdict import Result
from landrules.geo.ground import Extent, Ground
from landrules.rules.model import Outcome, RulesetInfo

SPEAKING = frozenset((Outcome.PERMIT, Outcome.CONDITIONAL))


@dataclass(frozen=True, slots=True)
class Authorised:
    """Ground that some norm authorises, ground that none reaches, and who says what becomes of the rest."""

    granted: Extent
    unreached: Extent
    default: RulesetInfo | None
    outcome: Outcome


def authorised(results: Sequence[Result], evidence: Evidence) -> Authorised:
    """The ground that is authorised, and the default's part.

    A norm reaches ground on which it says anything; where it may or may not reach, the ground is unknown, and that
    norm's own finding says so.
    """
    ground = Ground.of(evidence.proposal.parcels, evidence.proposal.plane)
    granted, reached = ground.nothing(), ground.nothing()
    for result in results:
        if not result.norm.authorises or result.status not in PASSABLE:
            continue
        for judged in result.judgements:
            if judged.possible == {Outcome.NOT_APPLICABLE}:
                continue
            there = _ground_of(judged.rows, judged.bare, result, ground)
            reached = reached.union(there)
            if judged.possible <= SPEAKING:
                granted = granted.union(there)
    default = strictest(evidence.rules.rulesets)
    unreached = ground.whole().minus(reached)
    outcome = Outcome.DENY if default and default.default == "deny" else Outcome.REFER
    if unreached.is_noise(evidence.proposal.precision_m):
        outcome = Outcome.INDETERMINATE if evidence.broken else Outcome.NOT_APPLICABLE
    return Authorised(granted, unreached, default, outcome)


def _ground_of(rows: Sequence[int], bare: Extent | None, result: Result, ground: Ground) -> Extent:
    there = bare if bare is not None else ground.nothing()
    if rows and result.met is not None:
        return there.union(result.met.extent(rows))
    return there if bare is not None else ground.whole()


def strictest(rulesets: Sequence[RulesetInfo]) -> RulesetInfo | None:
    """The ruleset whose default counts: deny before refer, then by id."""
    stated = [r for r in rulesets if r.default]
    return min(stated, key=lambda r: (r.default != "deny", r.id), default=None)


def decision(outcomes: Sequence[Outcome]) -> Outcome:
    """The maximum over the findings; where no norm says anything at all it is left to a person."""
    found = max(outcomes, key=lambda o: o.rank, default=Outcome.NOT_APPLICABLE)
    return Outcome.REFER if found is Outcome.NOT_APPLICABLE else found
