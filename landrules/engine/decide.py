"""From results to a decision: the gravest outcome, and what stands on ground that nothing authorises.

The decision is the maximum over the findings. Ground that every authorising norm is known not to reach falls to the
default of the ruleset set, which speaks as a finding of its own. No geometry is looked at here, no file, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from fractions import Fraction
from functools import reduce

from landrules.base.frozen import frozen, record
from landrules.base.valuetype import Absence, Missing
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.reached import Reached
from landrules.engine.scope import PASSABLE
from landrules.engine.verdict import Judgement, Result
from landrules.geo.ground import Extent, Ground
from landrules.rules.model import Outcome, RulesetInfo

SPEAKING = frozenset((Outcome.PERMIT, Outcome.CONDITIONAL))


@frozen
class Authorised:
    """Ground that some norm authorises, and what the default says of the rest.

    `granted_area` is in m², unrounded. `extent` is the ground of which the default speaks: what no norm reaches, or,
    where that is nothing, what a norm reaches or not according to the facts of `missing`; it is not worked out where the
    default has nothing to say.
    """

    granted_area: Fraction
    extent: Callable[[], Extent]
    default: RulesetInfo | None
    outcome: Outcome
    missing: tuple[Missing, ...] = ()


@record
class _Reach:
    """Ground of which a norm says something, gathered place by place: pieces, ground without any, or all of it."""

    met: Overlaid | None
    rows: set[int] = field(default_factory=set)
    bare: list[Extent] = field(default_factory=list)
    everywhere: bool = False

    def add(self, judged: Judgement) -> None:
        """The ground of one more judgement."""
        if judged.rows and self.met is not None:
            self.rows.update(judged.rows)
        elif judged.bare is None:
            self.everywhere = True
        if judged.bare is not None:
            self.bare.append(judged.bare)

    @property
    def is_nothing(self) -> bool:
        """Whether no ground was added."""
        return not (self.rows or self.bare or self.everywhere)

    @property
    def is_pieces(self) -> bool:
        """Whether it is pieces and nothing else."""
        return bool(self.rows) and not self.bare and not self.everywhere

    @property
    def ordered(self) -> tuple[int, ...]:
        """Its pieces."""
        return tuple(sorted(self.rows))

    def extent(self, ground: Ground) -> Extent:
        """All of it as ground."""
        if self.everywhere:
            return ground.whole()
        found = reduce(Extent.union, self.bare, ground.nothing())
        if not self.rows or self.met is None:
            return found
        return found.union(self.met.extent(self.ordered))


@record
class _Spoken:
    """What one authorising norm says, by what it says of it."""

    permits: _Reach
    withholds: _Reach
    certain: _Reach
    open_: _Reach
    untold: _Reach
    missing: set[Missing] = field(default_factory=set)


def authorised(results: Sequence[Result], evidence: Evidence) -> Authorised:
    """The ground that is authorised, and the default's part.

    A norm reaches ground on which it says anything. Ground that it may or may not reach is indeterminate even where the
    norm as a whole permits, unless another norm speaks there for certain; the norm's own finding says so if it can.
    Where features of a layer overlap a norm says the gravest of what it says there, and authorises nothing it denies.
    """
    ground = evidence.site()
    spoken = [_spoken(r) for r in results if r.norm.authorises and r.status in PASSABLE]
    missing = {m for s in spoken for m in s.missing}
    default = strictest(evidence.rules.rulesets)
    precision = evidence.proposal.precision_m
    granted = _granted(spoken, ground)
    broken = tuple(Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem) for p in evidence.broken)
    if not broken and any(_reaches_everything(s.certain, evidence) for s in spoken):
        return Authorised(granted, ground.nothing, default, Outcome.NOT_APPLICABLE)
    certain = _together([s.certain for s in spoken], ground)
    undecided = _together([s.untold for s in spoken], ground).minus(certain)
    unreached = ground.whole().minus(certain).minus(_together([s.open_ for s in spoken], ground))
    if not unreached.is_noise(precision):
        outcome = Outcome.DENY if default and default.default == "deny" else Outcome.REFER
        return Authorised(granted, lambda: unreached, default, outcome)
    if not undecided.is_noise(precision):
        facts = tuple(sorted({*missing, *broken}))
        return Authorised(granted, lambda: undecided, default, Outcome.INDETERMINATE, facts)
    outcome = Outcome.INDETERMINATE if evidence.broken else Outcome.NOT_APPLICABLE
    return Authorised(granted, lambda: unreached, default, outcome, tuple(sorted(broken)))


def _spoken(result: Result) -> _Spoken:
    met = result.met
    found = _Spoken(_Reach(met), _Reach(met), _Reach(met), _Reach(met), _Reach(met))
    for judged in result.judgements:
        if judged.possible == {Outcome.NOT_APPLICABLE}:
            continue
        if not judged.possible - {Outcome.NOT_APPLICABLE} <= SPEAKING:
            found.withholds.add(judged)
        if Outcome.NOT_APPLICABLE in judged.possible:
            found.open_.add(judged)
            if result.outcome.rank < Outcome.INDETERMINATE.rank:
                found.untold.add(judged)
                found.missing.update(judged.missing)
            continue
        found.certain.add(judged)
        if judged.possible <= SPEAKING:
            found.permits.add(judged)
    return found


def _together(parts: Sequence[_Reach], ground: Ground) -> Extent:
    return reduce(Extent.union, (p.extent(ground) for p in parts if not p.is_nothing), ground.nothing())


def _granted(spoken: Sequence[_Spoken], ground: Ground) -> Fraction:
    """The area in m² that is authorised.

    The areas of pieces tell it where one norm permits, and withholds none of it or other pieces that share no ground.
    """
    giving = [s for s in spoken if not s.permits.is_nothing]
    if not giving:
        return Fraction(0)
    only, met = giving[0], giving[0].permits.met
    if len(giving) == 1 and met is not None and only.permits.is_pieces and _are_apart(only.withholds, met):
        return met.chosen(only.permits.ordered).union_area()
    parts = (s.permits.extent(ground).minus(s.withholds.extent(ground)) for s in giving)
    return reduce(Extent.union, parts, ground.nothing()).area()


def _are_apart(withheld: _Reach, met: Overlaid) -> bool:
    """Whether what is withheld takes nothing of other pieces of its table."""
    return withheld.is_nothing or (withheld.is_pieces and met.pieces.is_disjoint)


def _reaches_everything(certain: _Reach, evidence: Evidence) -> bool:
    """Whether areas alone prove that a norm certainly speaks on all ground but noise, so that nothing is left open."""
    met = certain.met
    if met is None or met.parcels is not evidence.proposal.parcels:
        return False
    return Reached(met, certain.ordered).fills(met.pieces.ground)


def strictest(rulesets: Sequence[RulesetInfo]) -> RulesetInfo | None:
    """The ruleset whose default counts: deny before refer, then by id."""
    stated = [r for r in rulesets if r.default]
    return min(stated, key=lambda r: (r.default != "deny", r.id), default=None)


def decision(outcomes: Sequence[Outcome]) -> Outcome:
    """The maximum over the findings; where no norm says anything at all it is left to a person."""
    found = max(outcomes, key=lambda o: o.rank, default=Outcome.NOT_APPLICABLE)
    return Outcome.REFER if found is Outcome.NOT_APPLICABLE else found
