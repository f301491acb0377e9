"""One place, one way: a norm's branches, clauses and exceptions run to an outcome.

Everything open is decided by the assumptions of the scope (`explore` tries them all), so that this file reads as if
the world were known. `docs`: design.md section 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from fractions import Fraction
from typing import TypeVar

from landrules.base.frozen import frozen, replace
from landrules.engine import unknown as u
from landrules.engine.documents import Affected, Duty, confirmed, subject_to
from landrules.engine.explore import Assumptions, Leaf, explore, minimal_missing
from landrules.engine.lookup import speaks
from landrules.engine.memo import Memo
from landrules.engine.program import BranchProgram, ClauseProgram, ExceptionProgram, Program
from landrules.engine.recall import Recall
from landrules.engine.scope import Scope
from landrules.engine.verdict import UNMET, Comparison, Judgement, Note, Shown, Verdict, gravest
from landrules.rules.model import (
    Bilingual,
    Confirmed,
    DutyClause,
    Effect,
    Outcome,
    Requires,
    SubjectTo,
)

P = TypeVar("P")
T = TypeVar("T")

KEEP_FREE = Duty("duty", "keep_free_of_buildings", "", "控制区范围内不得建设建筑物", "keep the strip free of buildings")


@frozen
class Place:
    """Where a norm is judged: the affected ground, how much of it is touched, and what counts as too much.

    `touched` is true for places that are not measured. `on_buildings`: the ground is buildings, not parcels.
    """

    affected: Affected
    touched: Callable[[Scope], u.Truth]
    occupied: Callable[[Scope], u.Num]
    tolerance: Fraction = Fraction(0)
    on_buildings: bool = False
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)
    """Parts of the one judgement made here, by their identity."""


def judge(program: Program, scope: Scope, place: Place, rows: tuple[int, ...], parcels: tuple[str, ...]) -> Judgement:
    """All ways of one place. Where a source that is not verified would change the answer, it is referred."""
    place = Place(place.affected, place.touched, place.occupied, place.tolerance, place.on_buildings)
    # The memo is new: what is recalled is of this program, this place and this scope alone
    ways = explore(lambda assumed: _recalled(program, _run, scope.assuming(assumed), place))
    leaves = tuple(_doubted(leaf, program, scope, place) for leaf in ways.leaves) if program.doubtful else ways.leaves
    if ways.exhausted and len(leaves) == 1:
        only = leaves[0].result
        return Judgement(frozenset((only.outcome,)), only.duties, (), only, rows, parcels, only.doubted)
    shown = max((leaf.result for leaf in leaves), key=lambda v: v.outcome.rank)
    duties = frozenset().union(*(leaf.result.duties for leaf in leaves))
    doubt = any(leaf.result.doubted for leaf in leaves)
    if not ways.exhausted:
        every = frozenset(o for o in Outcome if o is not Outcome.INDETERMINATE)
        return Judgement(every, duties, tuple(sorted(ways.open_facts)), shown, rows, parcels, doubt)
    possible = frozenset(leaf.result.outcome for leaf in leaves)
    missing = () if len(possible) == 1 else minimal_missing(leaves, lambda v: v.outcome)
    return Judgement(possible, duties if len(possible) == 1 else frozenset(), missing, shown, rows, parcels, doubt)


def _doubted(leaf: Leaf[Verdict], program: Program, scope: Scope, place: Place) -> Leaf[Verdict]:
    """One way, referred where verified sources alone would answer it otherwise, with the duties of both answers."""
    if not leaf.assumed.asked_who_speaks:
        return leaf

    def again(assumed: Assumptions) -> Verdict:
        return _recalled(program, _run, scope.assuming(assumed), place)

    answers = [x.result for x in explore(again, leaf.assumed.of_verified()).leaves]
    if all(v.answer == leaf.result.answer for v in answers):
        return leaf
    duties = leaf.result.duties.union(*(v.duties for v in answers))
    return replace(leaf, result=replace(leaf.result, outcome=Outcome.REFER, duties=duties, doubted=True))


def _recalled(part: P, run: Callable[[P, Scope, Place], T], scope: Scope, place: Place) -> T:
    """What a part of the norm comes to, or came to in a way that agrees with this one; a witness hears every way.

    Within one judgement a part sees the same scope but for what is assumed, also of which sources speak.
    """
    if scope.evidence.witness is not None:
        return run(part, scope, place)
    recall: Recall[T] = place.memo.of(id(part), Recall)
    return recall.of(scope.assumed, lambda assumed: run(part, scope.assuming(assumed), place))


def _run(program: Program, scope: Scope, place: Place) -> Verdict:
    truth = scope.assumed.truth
    if not truth(program.applies(scope)):
        return Verdict(Outcome.NOT_APPLICABLE)
    if not truth(place.touched(scope)):
        return Verdict(Outcome.PERMIT)
    verdicts = [
        scope.told(branch.branch, _recalled(branch, _branch, scope, place))
        for branch in program.branches
        if speaks(branch.branch.citations, scope) and truth(branch.when(scope))
    ]
    if not verdicts:
        return Verdict(Outcome.NOT_APPLICABLE)
    joined = verdicts[0] if len(verdicts) == 1 else _join(verdicts)
    if joined.outcome is Outcome.DENY and program.exceptions:
        joined = _excepted(joined, program.exceptions, scope, place)
    if joined.outcome is Outcome.DENY and not joined.is_hard:
        return replace(joined, outcome=_within_tolerance(scope, place))
    return joined


def _join(verdicts: Sequence[Verdict]) -> Verdict:
    return Verdict(
        gravest([v.outcome for v in verdicts]),
        frozenset().union(*(v.duties for v in verdicts)),
        tuple(x for v in verdicts for x in v.lifted_by),
        any(v.informed for v in verdicts),
        tuple(n for v in verdicts for n in v.notes),
        tuple(c for v in verdicts for c in v.comparisons),
        is_hard=any(v.is_hard for v in verdicts),
        values=tuple(x for v in verdicts for x in v.values),
    )


def _branch(program: BranchProgram, scope: Scope, place: Place) -> Verdict:
    clauses = _clauses(program.clauses, scope, place)
    if program.shown:
        clauses = replace(clauses, values=_values(program, scope))
    match program.branch.effect:
        case Effect.COMPLY:
            return clauses
        case Effect.INFORM | Effect.ENCOURAGE | Effect.SUSPECT:
            return replace(clauses, outcome=Outcome.NOT_APPLICABLE, duties=frozenset(), informed=True)
        case Effect.REFER:
            return _at_least(Outcome.REFER, clauses)
        case Effect.DENY | Effect.DENY_OCCUPATION:
            return _at_least(Outcome.DENY, clauses)
        case Effect.DENY_BUILDINGS if place.on_buildings:
            return _at_least(Outcome.DENY, clauses)
        case Effect.DENY_BUILDINGS:
            return _join((Verdict(Outcome.CONDITIONAL, frozenset((KEEP_FREE,))), clauses))


def _values(program: BranchProgram, scope: Scope) -> tuple[Shown, ...]:
    """The numbers that a branch shows, as far as they are known."""
    found = ((expr, value(scope)) for expr, value in zip(program.branch.shown, program.shown, strict=True))
    return tuple(Shown(x, n.const) for x, n in found if isinstance(n, u.Num) and n.is_known)


def _within_tolerance(scope: Scope, place: Place) -> Outcome:
    """Deny, or refer where the sum lies within the review tolerance."""
    if place.tolerance == 0:
        return Outcome.DENY
    over = u.compared(place.occupied(scope) - u.Num(place.tolerance), strict=True, ranges=scope.assumed.ranges)
    return Outcome.DENY if scope.assumed.truth(scope.assumed.settle(over)) else Outcome.REFER


def _clauses(clauses: Sequence[ClauseProgram], scope: Scope, place: Place) -> Verdict:
    if not clauses:
        return COMPLIES
    found = [scope.told(c.clause, _clause(c, scope, place)) for c in clauses]
    return _at_least(Outcome.PERMIT, found[0] if len(found) == 1 else _join(found))


def _at_least(floor: Outcome, verdict: Verdict) -> Verdict:
    """A verdict joined with an outcome that brings nothing else."""
    return verdict if verdict.outcome.rank >= floor.rank else replace(verdict, outcome=floor)


COMPLIES = Verdict(Outcome.PERMIT)


def _clause(program: ClauseProgram, scope: Scope, place: Place) -> Verdict:
    holds = scope.assumed.truth(program.test(scope))
    seen = _comparisons(program, scope)
    match program.clause:
        case Requires(otherwise=otherwise, refers=refers):
            failed = Outcome.REFER if refers else Outcome.DENY
            note = () if holds else (Note("clause", "", failed.value, otherwise or UNMET), *_failing(program, scope))
            return Verdict(
                Outcome.PERMIT if holds else failed, notes=note, comparisons=seen, is_hard=not holds and not refers
            )
        case _ if not holds:
            return Verdict(Outcome.PERMIT, comparisons=seen)
        case SubjectTo() as clause:
            found = subject_to(scope, clause, program.issuer, place.affected, program.latest)
            name = clause.matter
        case Confirmed() as clause:
            found = confirmed(scope, clause, program.number(scope) if program.number else False, place.affected)
            name = clause.opinion
        case DutyClause(text):
            return Verdict(Outcome.CONDITIONAL, frozenset((Duty("duty", "", "", text.zh, text.en),)), comparisons=seen)
    note = (Note("clause", name, found.outcome.value, found.reason),)
    hard = found.outcome is Outcome.DENY
    return Verdict(found.outcome, frozenset(found.duties), notes=note, comparisons=seen, is_hard=hard)


def _failing(program: ClauseProgram, scope: Scope) -> tuple[Note, ...]:
    """The items that fail first, where a clause asks something of each."""
    return tuple(Note("note", x.name, "", words) for x in program.failing if (words := x.says(scope)) is not None)


def _comparisons(program: ClauseProgram, scope: Scope) -> tuple[Comparison, ...]:
    found = []
    for sides in program.sides:
        if (at := sides.place(scope)) is None:
            continue
        left, right = sides.left(at), sides.right(at)
        if isinstance(left, u.Num) and isinstance(right, u.Num) and left.is_known and right.is_known:
            holds = u.compared(
                _signed(sides.node.op, left, right), strict=sides.node.op in "<>", ranges=scope.assumed.ranges
            )
            node = sides.node
            found.append(Comparison(node.left, node.right, node.op, left.const, right.const, holds is True))
    return tuple(found)


def _signed(op: str, left: u.Num, right: u.Num) -> u.Num:
    return left - right if op.startswith(">") else right - left


# --------------------------------------------------------------------------- exceptions


@frozen
class _Tried:
    """What became of an exception: the verdict with which it lifts, or `None`; the exceptions that set it aside."""

    program: ExceptionProgram
    verdict: Verdict | None
    set_aside_by: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(
        cls, program: ExceptionProgram, verdict: Verdict | None, names: tuple[str, ...], inner: tuple[Note, ...]
    ) -> _Tried:
        """What became of an exception, with its line of the trace before those of its own exceptions."""
        exception = program.exception
        word, text = verdict.outcome.value if verdict else "does_not_lift", exception.title
        if names:
            word = "set_aside"
            text = Bilingual(
                f"{exception.title.zh}（被 {'、'.join(names)} 排除）",
                f"{exception.title.en} (set aside by {', '.join(names)})",
            )
        return cls(program, verdict, names, (Note("exception", exception.id, word, text), *inner))


def _excepted(denied: Verdict, exceptions: Sequence[ExceptionProgram], scope: Scope, place: Place) -> Verdict:
    """What the exceptions make of a deny: the lifting ones agree, or clash, or none lifts."""
    tried = _try_all(exceptions, scope, place)
    lifting = [(x.program, x.verdict) for x in tried if x.verdict is not None]
    notes = denied.notes + tuple(n for x in tried for n in x.notes)
    comparisons = denied.comparisons + tuple(c for _, v in lifting for c in v.comparisons)
    if not lifting:
        return replace(denied, notes=notes, comparisons=comparisons)
    names = tuple(x.exception.id for x, _ in lifting)
    duties = denied.duties.union(*(v.duties for _, v in lifting))
    floor = Outcome.CONDITIONAL if denied.duties else Outcome.PERMIT
    outcomes = {gravest((v.outcome, floor)) for _, v in lifting}
    inner = tuple(n for _, v in lifting for n in v.notes)
    if len(outcomes) == 1:
        return Verdict(outcomes.pop(), duties, names, denied.informed, notes + inner, comparisons)
    clash = Bilingual(
        f"例外 {'、'.join(names)} 同时成立，结果不一，又无先后，提请裁量",
        f"the exceptions {' and '.join(names)} lift it with different outcomes and no order: referred to a person",
    )
    notes = (*notes, *inner, Note("note", "", Outcome.REFER.value, clash))
    return Verdict(Outcome.REFER, duties, names, denied.informed, notes, comparisons)


def _try_all(exceptions: Sequence[ExceptionProgram], scope: Scope, place: Place) -> list[_Tried]:
    """Every exception that may speak here, each tried by itself: all that concur stay in the trace."""
    found = []
    for program in exceptions:
        if speaks(program.exception.citations, scope):
            tried = _recalled(program, _lift, scope, place)
            scope.told(program.exception, tried.verdict)
            found.append(tried)
    return found


def _lift(program: ExceptionProgram, scope: Scope, place: Place) -> _Tried:
    """An exception tried: it lifts where it speaks, what it requires is met, and no exception to it lifts in turn.

    One that only refers leaves to a person what it speaks of: the deny, or whether an exception holds.
    """
    if not scope.assumed.truth(program.when(scope)):
        return _Tried.of(program, None, (), ())
    found = _clauses(program.clauses, scope, place)
    if found.outcome is Outcome.DENY:
        return _Tried.of(program, None, (), ())
    if program.exception.refers:
        found = _at_least(Outcome.REFER, found)
    inner = _try_all(program.exceptions, scope, place)
    against = [x for x in inner if x.verdict is not None]
    notes = tuple(n for x in inner for n in x.notes)
    names = tuple(x.program.exception.id for x in against)
    if any(not x.program.exception.refers for x in against):
        return _Tried.of(program, None, names, notes)
    if against:
        found = _at_least(Outcome.REFER, found)
    return _Tried.of(program, found, (), notes)
