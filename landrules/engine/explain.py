"""Why a norm came out as it did: every condition it weighed at the place that decided, with the values behind it.

Read-only beside `judge`: the verdict is the engine's own, heard through the witness; here the same expressions are
weighed once more at the same place, part by part, so that each can be printed with its value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from landrules.base.frozen import frozen, replace
from landrules.base.valuetype import Missing
from landrules.engine import unknown as u
from landrules.engine.compile import compile_expr
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence, Spot
from landrules.engine.explore import Assumptions
from landrules.engine.on_pieces import rows_of
from landrules.engine.program import BranchProgram, ClauseProgram, ExceptionProgram, Program
from landrules.engine.scope import Judged, Scope
from landrules.engine.verdict import Comparison, Judgement, Result, Verdict
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.walk import children


@frozen
class Weighed:
    """An expression with its value at a place, and the parts that made it."""

    expr: e.Expr
    value: Judged
    parts: tuple[Weighed, ...] = ()

    @property
    def facts(self) -> frozenset[Missing]:
        """The facts that would tell it where it is open."""
        return self.value.facts if isinstance(self.value, u.Num | u.Maybe | u.Unknown) else frozenset[Missing]()


@frozen
class WeighedClause:
    """A clause: its condition (`None` for a document asked without one), and what the engine made of it where it was tried."""

    clause: m.Clause
    condition: Weighed | None
    verdict: Verdict | None


@frozen
class WeighedException:
    """An exception: its condition, its clauses, its own exceptions; whether it lifted (`None` where it was not tried)."""

    exception: m.ExceptionNorm
    when: Weighed
    clauses: tuple[WeighedClause, ...]
    exceptions: tuple[WeighedException, ...]
    lifted: bool | None


@frozen
class WeighedBranch:
    """A branch with its condition and clauses; `verdict` is `None` where it did not speak."""

    branch: m.Branch
    when: Weighed
    clauses: tuple[WeighedClause, ...]
    verdict: Verdict | None


@frozen
class Elsewhere:
    """Another place at which the norm was judged: its area in m² where ground was measured, and what fell short there."""

    parcels: tuple[str, ...]
    features: tuple[str, ...]
    outcome: m.Outcome
    area: Fraction | None
    unmet: tuple[Comparison, ...]


@frozen
class Explanation:
    """A norm at the place that decided: its result, that place, and all it weighed there.

    `parcels` and `features` name the place; both are empty where the norm speaks of the proposal as a whole. `others`
    are the other places it was judged at, the gravest first; touches that are only noise are left out.
    """

    result: Result
    judgement: Judgement | None
    parcels: tuple[str, ...]
    features: tuple[str, ...]
    others: tuple[Elsewhere, ...]
    applies: Weighed
    branches: tuple[WeighedBranch, ...]
    exceptions: tuple[WeighedException, ...]


def explain(program: Program, programs: Sequence[Program], result: Result, evidence: Evidence) -> Explanation:
    """Weigh a norm at the place that decides: one that came to its outcome, of these the one of the gravest verdict.

    `programs` are all norms in force: use controls leave ground to each other. `result` is that of the whole evaluation.
    """
    precision = evidence.proposal.precision_m

    def touches(place: Judgement) -> bool:
        """Whether ground is touched by more than noise; a place without measured ground counts."""
        return not place.rows or result.met is None or not result.met.is_noise(place.rows, precision)

    def weight(place: Judgement) -> tuple[bool, int, bool]:
        return place.outcome is result.outcome, place.shown.outcome.rank, touches(place)

    judged = max(result.judgements, key=weight, default=None)
    scope = _scope(program, result, judged, evidence)
    heard = _heard(program, programs, evidence, scope.spot)
    others = sorted((j for j in result.judgements if j is not judged and touches(j)), key=weight, reverse=True)
    return Explanation(
        result,
        judged,
        _parcels(judged, result),
        _features(judged, result),
        tuple(_elsewhere(j, result) for j in others),
        weigh(program.norm.applies, scope),
        tuple(_branch(b, scope, heard) for b in program.branches),
        tuple(_exception(x, scope, heard, _noted(judged)) for x in program.exceptions),
    )


def weigh(expr: e.Expr, scope: Scope) -> Weighed:
    """An expression and everything below it that has a value at a place."""
    parts = tuple(weigh(c, scope) for c in children(expr, into_items=False) if not isinstance(c, e.ListRef))
    return Weighed(expr, compile_expr(expr)(scope), parts)


def _elsewhere(judged: Judgement, result: Result) -> Elsewhere:
    area = None
    if judged.bare is not None:
        area = Fraction(judged.bare.rounded_area())
    elif judged.rows and result.met is not None:
        area = result.met.area(judged.rows)
    harmless = judged.outcome.rank <= m.Outcome.PERMIT.rank
    unmet = () if harmless else tuple(c for c in judged.shown.comparisons if not c.holds)
    return Elsewhere(_parcels(judged, result), _features(judged, result), judged.outcome, area, unmet)


Heard = Mapping[int, tuple[object, ...]]
"""What each part of the norm came to at the place, by the part's identity."""


def _heard(program: Program, programs: Sequence[Program], evidence: Evidence, spot: Spot) -> Heard:
    found: dict[int, list[object]] = {}

    def hear(part: object, came: object, where: Spot) -> None:
        if where == spot:
            found.setdefault(id(part), []).append(came)

    together = [p for p in programs if p.norm.yields] if program.norm.yields else [program]
    evaluate(together, replace(evidence, witness=hear))
    return {part: tuple(came) for part, came in found.items()}


def _scope(program: Program, result: Result, judged: Judgement | None, evidence: Evidence) -> Scope:
    """The place of a judgement as the engine saw it."""
    base = Scope(evidence, Assumptions())
    if result.met is not None:
        met = result.met
        sure, perhaps, facts = rows_of(program, base, met)
        scope = replace(base, ground=met, occupied=sure, perhaps=perhaps, in_doubt=facts)
        if not _is_each(program):
            return scope
        if judged is not None and judged.rows:
            return replace(scope, row=judged.rows[0], parcel=met.parcel_of(judged.rows[0]))
        there = judged.parcels[0] if judged is not None and judged.parcels else ""
        return replace(scope, parcel=next((p for p in met.parcels if p.id == there), None), unknown_piece=met.missing)
    subject = program.norm.subject
    if isinstance(subject, m.OnLayer | m.Strip):
        absent = evidence.ground(subject.layer)
        return replace(base, unknown_piece=absent.missing)
    if judged is not None and judged.parcels and subject.each_parcel:
        parcel = next(p for p in evidence.proposal.parcels if p.id == judged.parcels[0])
        return replace(base, parcel=parcel)
    return base


def _is_each(program: Program) -> bool:
    subject = program.norm.subject
    return program.norm.authorises or (isinstance(subject, m.OnLayer | m.Strip) and subject.each)


def _parcels(judged: Judgement | None, result: Result) -> tuple[str, ...]:
    if judged is None:
        return ()
    if result.met is not None and judged.rows:
        return tuple(sorted({result.met.parcel_of(r).id for r in judged.rows}))
    return judged.parcels


def _features(judged: Judgement | None, result: Result) -> tuple[str, ...]:
    met = result.met
    if judged is None or met is None:
        return ()
    return tuple(dict.fromkeys(f"{met.layer_of(r)} {met.feature_id(r)}" for r in judged.rows))


def _branch(program: BranchProgram, scope: Scope, heard: Heard) -> WeighedBranch:
    branch = program.branch
    return WeighedBranch(
        branch, weigh(branch.when, scope), _clauses(program.clauses, scope, heard), _gravest(heard, branch)
    )


def _clauses(clauses: Sequence[ClauseProgram], scope: Scope, heard: Heard) -> tuple[WeighedClause, ...]:
    found = []
    for program in clauses:
        expr = _condition(program.clause)
        weighed = weigh(expr, scope) if expr is not None and expr != e.TRUE else None
        found.append(WeighedClause(program.clause, weighed, _gravest(heard, program.clause)))
    return tuple(found)


def _condition(clause: m.Clause) -> e.Expr | None:
    match clause:
        case m.Requires(expr):
            return expr
        case m.SubjectTo() | m.DutyClause():
            return clause.provided
        case m.Confirmed():
            return None


def _noted(judged: Judgement | None) -> Mapping[str, bool]:
    """Whether each exception lifted in the verdict that is shown, by its id: some are tried under assumptions only."""
    notes = judged.shown.notes if judged is not None else ()
    return {n.id: n.outcome != "does_not_lift" for n in notes if n.what == "exception"}


def _exception(program: ExceptionProgram, scope: Scope, heard: Heard, noted: Mapping[str, bool]) -> WeighedException:
    came = heard.get(id(program.exception))
    told = noted.get(program.exception.id)
    return WeighedException(
        program.exception,
        weigh(program.exception.when, scope),
        _clauses(program.clauses, scope, heard),
        tuple(_exception(x, scope, heard, noted) for x in program.exceptions),
        told if came is None else all(x is not None for x in came),
    )


def _gravest(heard: Heard, part: object) -> Verdict | None:
    came = [x for x in heard.get(id(part), ()) if isinstance(x, Verdict)]
    return max(came, key=lambda v: v.outcome.rank, default=None)
