"""What a judgement says of one place in one way, and of a norm in all ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from fractions import Fraction
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.valuetype import Missing
from landrules.engine.documents import Duty
from landrules.engine.evidence import Overlaid, Stripped
from landrules.geo.ground import Extent
from landrules.rules.expr import Expr
from landrules.rules.model import Bilingual, Norm, Outcome, Status

UNMET = Bilingual("不满足要求", "the requirement is not met")
"""Said of a requirement that is not met where the author of the rule gave no words for it."""


@frozen
class Note:
    """A line of the trace: what a branch, a clause, an exception came to."""

    what: Literal["exception", "branch", "clause", "note"]
    id: str
    outcome: str
    text: Bilingual


@frozen
class Comparison:
    """A numeric comparison that was made: both sides, as known, and how it came out."""

    left: Expr
    right: Expr
    op: str
    value: Fraction
    limit: Fraction
    holds: bool


@frozen
class Shown:
    """A number that is printed with its value, whatever it is compared with."""

    expr: Expr
    value: Fraction


@frozen
class Verdict:
    """One way: the outcome, its duties, the exceptions that lifted it, what was found on the way.

    `doubted`: a source that is not verified would change the answer. `is_hard`: a deny that no tolerance softens,
    because a clause failed and not only because ground is occupied. `values` are numbers to be printed.
    """

    outcome: Outcome
    duties: frozenset[Duty] = frozenset()
    lifted_by: tuple[str, ...] = ()
    informed: bool = False
    notes: tuple[Note, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    doubted: bool = False
    is_hard: bool = False
    values: tuple[Shown, ...] = ()

    @property
    def answer(self) -> tuple[Outcome, frozenset[Duty]]:
        """What counts when two ways are compared."""
        return self.outcome, self.duties


@frozen
class Judgement:
    """All ways of one place: what remains possible, and what would decide.

    `rows` are the pieces of the place (of `Result.met`); `parcels` the parcels where there are no pieces. `shown` is
    the verdict whose reasons are printed: the gravest.
    """

    possible: frozenset[Outcome]
    duties: frozenset[Duty]
    missing: tuple[Missing, ...]
    shown: Verdict
    rows: tuple[int, ...] = ()
    parcels: tuple[str, ...] = ()
    source_doubt: bool = False
    bare: Extent | None = None

    @property
    def outcome(self) -> Outcome:
        """The only outcome that remains, else indeterminate."""
        return next(iter(self.possible)) if len(self.possible) == 1 else Outcome.INDETERMINATE


@frozen
class Result:
    """What a norm says: its outcome, the places it was judged at, what was measured."""

    norm: Norm
    status: Status
    outcome: Outcome
    possible: frozenset[Outcome]
    judgements: tuple[Judgement, ...]
    duties: frozenset[Duty]
    missing: tuple[Missing, ...]
    met: Overlaid | None = None
    touched: bool = False
    occupied: Fraction | None = None
    uncovered: Fraction = field(default=Fraction(0))
    tolerance: Fraction = field(default=Fraction(0))
    dropped: Fraction | None = None
    noted: str = ""
    stripped: Stripped | None = None
    on_buildings: bool = False

    @property
    def shown(self) -> Verdict:
        """The gravest verdict of all places."""
        return max((j.shown for j in self.judgements), key=lambda v: v.outcome.rank, default=Verdict(self.outcome))


def gravest(outcomes: Sequence[Outcome]) -> Outcome:
    """The join: the maximum; not_applicable of nothing."""
    return max(outcomes, key=lambda o: o.rank, default=Outcome.NOT_APPLICABLE)
