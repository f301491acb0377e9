"""A norm made ready to run: its conditions compiled, its sources of law gathered.

Of most norms a check asks no more than whether they apply. So a condition is compiled when it is first asked, clauses
when a judgement first comes to them; either is the same function of the scope whenever that happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from landrules.base.frozen import frozen, replace
from landrules.base.period import ALWAYS, Period
from landrules.engine.compile import Compiled, Predicate, compile_expr, predicate, when_asked
from landrules.engine.kept import Kept
from landrules.engine.lookup import effective_status
from landrules.engine.reads import Reads, hangs_on_the_case, item_reads
from landrules.engine.scope import PASSABLE
from landrules.engine.scope import walk as walk_facts
from landrules.engine.sides import Failing, Sides, failing_of, sides_of
from landrules.engine.widest import widest
from landrules.geo.site import Parcel
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.walk import distinct, judged_clauses, judged_expressions, subject_expressions, walk


@frozen
class ClauseProgram:
    """A clause with its conditions compiled. `test` is what is required, or what brings the clause in."""

    clause: m.Clause
    test: Predicate
    issuer: Compiled | None = None
    latest: Compiled | None = None
    number: Compiled | None = None
    sides: tuple[Sides, ...] = ()
    failing: tuple[Failing, ...] = ()


@frozen
class BranchProgram:
    """A branch with its condition and clauses compiled."""

    branch: m.Branch
    when: Predicate

    @property
    def clauses(self) -> tuple[ClauseProgram, ...]:
        """What it asks for."""
        return _clauses(self.branch.clauses)

    @property
    def shown(self) -> tuple[Compiled, ...]:
        """The numbers that it shows."""
        return _shown(self.branch.shown)


@frozen
class ExceptionProgram:
    """An exception with its conditions compiled, and what excepts it."""

    exception: m.ExceptionNorm
    when: Predicate
    exceptions: tuple[ExceptionProgram, ...]

    @property
    def clauses(self) -> tuple[ClauseProgram, ...]:
        """What it asks for."""
        return _clauses(self.exception.clauses)


@frozen
class Program:
    """A norm ready to run.

    `fields`, `parcel_facts`, `parcel_area` (it asks how large a parcel is) and `by_place` (it asks for `documents`, which
    stand for a place) are what tells one piece from another for this norm; `by_case` says that the project alone tells
    whether it applies; `status` is the state of its sources on the
    law date; `doubtful` says that some source it leans on, its own apart, is not verified; `widest` is
    the widest strip in metres that the norm can draw, `widest_inner` the widest that it can leave out beside a feature;
    `None` where only the feature tells. `belongs` is what `where` reads of a piece,
    `edges` are the fields of a feature that `width` and `beyond` read.
    """

    norm: m.Norm
    status: m.Status
    applies: Predicate
    branches: tuple[BranchProgram, ...]
    exceptions: tuple[ExceptionProgram, ...]
    where: Predicate | None
    belongs: Reads
    width: Compiled | None
    beyond: Compiled | None
    edges: tuple[str, ...]
    fields: tuple[str, ...]
    parcel_facts: tuple[tuple[str, ...], ...]
    parcel_area: bool
    by_place: bool
    by_case: bool
    documents: tuple[m.SubjectTo | m.Confirmed, ...]
    doubtful: bool
    widest: Fraction | None
    widest_inner: Fraction | None


@frozen
class Blueprint:
    """A norm compiled for every day: what the law of a day leaves out is still in it.

    `whole` has all branches and exceptions, whether or not they stand; `leans` are the sources it leans on beside its
    own, each with the days on which it does; `keeps_accounts` says that it asks an account.
    """

    whole: Program
    leans: tuple[tuple[Period, m.Citation], ...]
    keeps_accounts: bool

    def on(self, day: date) -> Program:
        """The norm as it stands on a day."""
        whole = self.whole
        doubtful = self.keeps_accounts or any(
            day in period and effective_status(c, day) not in PASSABLE for period, c in self.leans
        )
        return replace(
            whole,
            status=status_of(whole.norm.citations, day),
            branches=tuple(b for b in whole.branches if _stands(b.branch, day)),
            exceptions=_standing(whole.exceptions, day),
            doubtful=doubtful,
        )


def blueprint(norm: m.Norm, rules: m.RuleSet) -> Blueprint:
    """Compile a norm once for all days."""
    subject = norm.subject
    where = None if isinstance(subject, m.Whole) or subject.where is None else _later(subject.where)
    outer = subject.width if isinstance(subject, m.Strip) else None
    inner = subject.beyond if isinstance(subject, m.Strip) else None
    nodes = list(distinct(judged_expressions(norm)))
    whole = Program(
        norm=norm,
        status="example",
        applies=_later(norm.applies),
        branches=tuple(BranchProgram(b, _later(b.when)) for b in norm.branches),
        exceptions=tuple(_exception(x) for x in norm.exceptions),
        where=where,
        belongs=item_reads(None if isinstance(subject, m.Whole) else subject.where),
        width=when_asked(lambda: compile_expr(outer)) if outer is not None else None,
        beyond=when_asked(lambda: compile_expr(inner)) if inner is not None else None,
        edges=tuple(sorted({n.field for x in (outer, inner) if x for n in walk(x) if isinstance(n, e.FeatureFact)})),
        fields=tuple(sorted({n.field for n in nodes if isinstance(n, e.FeatureFact)})),
        parcel_facts=tuple(sorted({n.path for n in nodes if isinstance(n, e.ParcelFact)})),
        parcel_area=any(isinstance(n, e.ParcelArea) for n in nodes),
        by_place=any(isinstance(c, m.SubjectTo) for c in judged_clauses(norm)),
        by_case=hangs_on_the_case(norm),
        documents=tuple(c for c in judged_clauses(norm) if isinstance(c, m.SubjectTo | m.Confirmed)),
        doubtful=False,
        widest=widest(outer, rules),
        widest_inner=widest(inner, rules),
    )
    every = [*nodes, *distinct(subject_expressions(subject))]
    return Blueprint(whole, _leans(norm, every, rules), any(isinstance(n, e.AccountRef) for n in every))


def programme(norm: m.Norm, rules: m.RuleSet, day: date) -> Program:
    """Compile a norm for the law of a day."""
    return blueprint(norm, rules).on(day)


def parcel_key(program: Program, parcel: Parcel) -> tuple[object, ...]:
    """What tells one parcel from another for a norm, its place last. Facts that are missing keep the parcel's own name."""
    seen: list[object] = [walk_facts(parcel.attributes, path, f"parcel.{parcel.id}") for path in program.parcel_facts]
    return (*seen, parcel.area_m2 if program.parcel_area else None, parcel.id if program.by_place else None)


def parcels_alike(program: Program, parcels: Sequence[Parcel]) -> list[list[int]]:
    """Positions of parcels that look the same to a norm."""
    groups: dict[str, list[int]] = {}
    for position, parcel in enumerate(parcels):
        groups.setdefault(repr(parcel_key(program, parcel)), []).append(position)
    return list(groups.values())


def status_of(citations: Sequence[m.Citation], day: date) -> m.Status:
    """The state of what is cited and in force: the weakest; `example` where nothing is cited."""
    order: tuple[m.Status, ...] = ("unverified", "partly", "example", "verified")
    alive = [c for c in citations if in_force(c, day)]
    found = {effective_status(c, day) for c in (alive or citations)}
    return next((s for s in order if s in found), "example")


def in_force(citation: m.Citation, day: date) -> bool:
    """Whether an instrument stands on a day; past an unverified end it still stands, unverified."""
    period = citation.instrument.period
    return day in period or (period.end is not None and day > period.end and not citation.instrument.end_verified)


def _stands(part: m.Branch | m.ExceptionNorm, day: date) -> bool:
    """Whether a part of a norm stands on a day: its own dates, and not all that it cites has lapsed."""
    return day in part.period and (not part.citations or not all(_lapsed(c, day) for c in part.citations))


def _lapsed(citation: m.Citation, day: date) -> bool:
    end = citation.instrument.period.end
    return end is not None and day > end and not in_force(citation, day)


def _later(expr: e.Expr) -> Predicate:
    """A condition that is compiled when it is first asked; a constant takes no compiling."""
    return predicate(expr) if isinstance(expr, e.Const) else when_asked(lambda: predicate(expr))


_shown: Kept[Sequence[e.Expr], tuple[Compiled, ...]] = Kept(lambda shown: tuple(compile_expr(x) for x in shown))
_clauses: Kept[Sequence[m.Clause], tuple[ClauseProgram, ...]] = Kept(lambda clauses: tuple(_clause(c) for c in clauses))


def _clause(clause: m.Clause) -> ClauseProgram:
    match clause:
        case m.Requires(expr):
            return ClauseProgram(clause, predicate(expr), sides=sides_of(expr), failing=failing_of(expr))
        case m.SubjectTo():
            issuer = compile_expr(clause.issuer) if clause.issuer is not None else None
            latest = compile_expr(clause.latest) if clause.latest is not None else None
            return ClauseProgram(
                clause, predicate(clause.provided), issuer=issuer, latest=latest, sides=sides_of(clause.provided)
            )
        case m.DutyClause():
            return ClauseProgram(clause, predicate(clause.provided), sides=sides_of(clause.provided))
        case m.Confirmed():
            return ClauseProgram(clause, predicate(e.TRUE), number=compile_expr(clause.number))


def _exception(exception: m.ExceptionNorm) -> ExceptionProgram:
    inner = tuple(_exception(x) for x in exception.exceptions)
    return ExceptionProgram(exception, _later(exception.when), inner)


def _standing(exceptions: Sequence[ExceptionProgram], day: date) -> tuple[ExceptionProgram, ...]:
    """The exceptions that stand on a day, each with those of its own that do."""
    return tuple(replace(x, exceptions=_standing(x.exceptions, day)) for x in exceptions if _stands(x.exception, day))


def _leans(norm: m.Norm, nodes: Sequence[e.Expr], rules: m.RuleSet) -> tuple[tuple[Period, m.Citation], ...]:
    """The sources that a norm leans on beside its own, with the days on which each counts."""
    cited: list[tuple[Period, m.Citation]] = [(b.period, c) for b in norm.branches for c in b.citations]
    for exception in norm.exceptions:
        cited += _exception_citations(exception)
    parameters = {n.id: None for n in nodes if isinstance(n, e.ParameterRef)}
    tables = {n.id: None for n in nodes if isinstance(n, e.Lookup)}
    lists = {n.id: None for n in nodes if isinstance(n, e.ListRef)}
    calendars = {n.calendar: None for n in nodes if isinstance(n, e.CalendarCall)}
    cited += [(p, c) for id_ in parameters for p, _, cites in rules.parameters[id_].values for c in cites]
    for table in (rules.tables[id_] for id_ in tables):
        cited += [(r.period, c) for r in table.rows for c in (r.citations or table.citations)]
    cited += [(p, c) for id_ in lists for p, _, cites in rules.lists[id_].entries for c in cites]
    cited += [(ALWAYS, c) for id_ in calendars for x in rules.calendars[id_].stretches for c in x.citations]
    once = {(period, id(citation)): (period, citation) for period, citation in cited}
    return tuple(once.values())


def _exception_citations(exception: m.ExceptionNorm) -> list[tuple[Period, m.Citation]]:
    found = [(exception.period, c) for c in exception.citations]
    for inner in exception.exceptions:
        found += _exception_citations(inner)
    return found
