"""What noise and tolerance make of pieces that were judged one by one: both go by the sum over the proposal and the norm."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from landrules.base.frozen import replace
from landrules.base.quantity import round_half_up
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.verdict import Judgement
from landrules.rules.model import Outcome


def without_noise(found: list[Judgement], met: Overlaid, tolerance: Fraction, evidence: Evidence) -> list[Judgement]:
    """Noise complies and sums up to the tolerance are referred, over the proposal and the norm.

    Where it is open how much is denied in the end, it may be either.
    """
    for outcome in (Outcome.DENY, Outcome.REFER, Outcome.CONDITIONAL):
        said = [j for j in found if outcome in j.possible]
        rows = [r for j in said for r in j.rows]
        if rows and all(j.bare is None for j in said) and met.is_noise(rows, evidence.proposal.precision_m):
            found = [_instead(j, outcome, Outcome.PERMIT) for j in found]
    denied = [j for j in found if Outcome.DENY in j.possible]
    if tolerance == 0 or not denied:
        return found
    if _denied_area(denied, met) <= tolerance and not evidence.broken:
        return [_instead(j, Outcome.DENY, Outcome.REFER) for j in found]
    sure = [j for j in denied if len(j.possible) == 1]
    least = _denied_area(sure, met) if sure else min(met.area(j.rows) for j in denied)
    if least > tolerance:
        return found
    facts = {m for j in denied for m in j.missing}
    either = frozenset((Outcome.REFER,))
    return [replace(j, possible=j.possible | either, missing=tuple(sorted(facts))) if j in denied else j for j in found]


def _denied_area(denied: Sequence[Judgement], met: Overlaid) -> Fraction:
    """The area of judgements: of the union of their pieces, and of the ground that nobody has seen."""
    hidden = sum((j.bare.area() for j in denied if j.bare is not None), Fraction(0))
    return met.area([r for j in denied for r in j.rows]) + Fraction(round_half_up(hidden))


def _instead(judged: Judgement, old: Outcome, new: Outcome) -> Judgement:
    """The same with another outcome in the place of one."""
    if old not in judged.possible:
        return judged
    possible = frozenset(new if o is old else o for o in judged.possible)
    duties = frozenset() if possible == {Outcome.PERMIT} else judged.duties
    shown = replace(judged.shown, outcome=new) if judged.shown.outcome is old else judged.shown
    return replace(judged, possible=possible, duties=duties, shown=shown)
