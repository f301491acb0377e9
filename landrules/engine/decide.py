"""From results to a decision: the gravest outcome, and what stands on ground that nothing authorises.

The decision is the maximum over the findings. Ground that every authorising norm is known not to reach falls to the
default of the ruleset set, which speaks as a finding of its own. No geometry is looked at here, no file, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence

from landrules.base.frozen import frozen
from landrules.base.valuetype import Absence, Missing
from landrules.engine.evidence import Evidence
from landrules.engine.scope import PASSABLE
from landrules.engine.verdict import Result
from landrules.geo.ground import Extent, Ground
from landrules.rules.model import Outcome, RulesetInfo

SPEAKING = frozenset((Outcome.PERMIT, Outcome.CONDITIONAL))


@frozen
class Authorised:
    """Ground that some norm authorises, and what the default says of the rest.

    `extent` is the ground of which the default speaks: what no norm reaches, or, where that is nothing, what a norm
    reaches or not according to the facts of `missing`.
    """

    granted: Extent
    extent: Extent
    default: RulesetInfo | None
    outcome: Outcome
    missing: tuple[Missing, ...] = ()


def authorised(results: Sequence[Result], evidence: Evidence) -> Authorised:
    """The ground that is authorised, and the default's part.

    A norm reaches ground on which it says anything. Ground that it may or may not reach is indeterminate even where the
    norm as a whole permits, unless another norm speaks there for certain; the norm's own finding says so if it can.
    Where features of a layer overlap a norm says the gravest of what it says there, and authorises nothing it denies.
    """
    ground = Ground.of(evidence.proposal.parcels, evidence.proposal.plane)
    granted, certain, open_, untold = (ground.nothing() for _ in range(4))
    missing: set[Missing] = set()
    for result in results:
        if not result.norm.authorises or result.status not in PASSABLE:
            continue
        permits, withholds = ground.nothing(), ground.nothing()
        for judged in result.judgements:
            if judged.possible == {Outcome.NOT_APPLICABLE}:
                continue
            there = _ground_of(judged.rows, judged.bare, result, ground)
            if not judged.possible - {Outcome.NOT_APPLICABLE} <= SPEAKING:
                withholds = withholds.union(there)
            if Outcome.NOT_APPLICABLE in judged.possible:
                open_ = open_.union(there)
                if result.outcome.rank < Outcome.INDETERMINATE.rank:
                    untold = untold.union(there)
                    missing.update(judged.missing)
                continue
            certain = certain.union(there)
            if judged.possible <= SPEAKING:
                permits = permits.union(there)
        granted = granted.union(permits.minus(withholds))
    default = strictest(evidence.rules.rulesets)
    precision = evidence.proposal.precision_m
    undecided = untold.minus(certain)
    unreached = ground.whole().minus(certain).minus(open_)
    broken = (Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem) for p in evidence.broken)
    if not unreached.is_noise(precision):
        outcome = Outcome.DENY if default and default.default == "deny" else Outcome.REFER
        return Authorised(granted, unreached, default, outcome)
    if not undecided.is_noise(precision):
        return Authorised(granted, undecided, default, Outcome.INDETERMINATE, tuple(sorted({*missing, *broken})))
    outcome = Outcome.INDETERMINATE if evidence.broken else Outcome.NOT_APPLICABLE
    return Authorised(granted, unreached, default, outcome, tuple(sorted(broken)))


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
