"""A norm made ready to run: its conditions compiled, its sources of law gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from landrules.engine.compile import Compiled, Predicate, compile_expr, predicate
from landrules.engine.lookup import effective_status
from landrules.engine.scope import PASSABLE
from landrules.engine.scope import walk as walk_facts
from landrules.engine.sides import Failing, Sides, failing_of, sides_of
from landrules.engine.widest import widest
from landrules.geo.site import Parcel
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.walk import judged_clauses, judged_expressions, norm_expressions, walk


@dataclass(frozen=True, slots=True)
class ClauseProgram:
    """A clause with its conditions compiled. `test` is what is required, or what brings the clause in."""

    clause: m.Clause
    test: Predicate
    issuer: Compiled | None = None
    latest: Compiled | None = None
    number: Compiled | None = None
    sides: tuple[Sides, ...] = ()
    failing: tuple[Failing, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchProgram:
    """A branch with its condition and clauses compiled."""

    branch: m.Branch
    when: Predicate
    clauses: tuple[ClauseProgram, ...]
    shown: tuple[Compiled, ...]


@dataclass(frozen=True, slots=True)
class ExceptionProgram:
    """An exception with its conditions compiled, and what excepts it."""

    exception: m.ExceptionNorm
    when: Predicate
    clauses: tuple[ClauseProgram, ...]
    exceptions: tuple[ExceptionProgram, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A norm ready to run.

    `fields`, `parcel_facts`, `parcel_area` (it asks how large a parcel is) and `by_place` (it asks for documents, which
    stand for a place) are what tells one piece from another for this norm; `status` is the state of its sources on the
    law date; `doubtful` says that some source it leans on, its own apart, is not verified; `widest` is
    the widest strip in metres that the norm can draw, `widest_inner` the widest that it can leave out beside a feature;
    `None` where only the feature tells.
    """

    norm: m.Norm
    status: m.Status
    applies: Predicate
    branches: tuple[BranchProgram, ...]
    exceptions: tuple[ExceptionProgram, ...]
    where: Predicate | None
    width: Compiled | None
    beyond: Compiled | None
    fields: tuple[str, ...]
    parcel_facts: tuple[tuple[str, ...], ...]
    parcel_area: bool
    by_place: bool
    doubtful: bool
    widest: Fraction | None
    widest_inner: Fraction | None


def programme(norm: m.Norm, rules: m.RuleSet, day: date) -> Program:
    """Compile a norm for the law of a day."""
    subject = norm.subject
    where = None if isinstance(subject, m.Whole) or subject.where is None else predicate(subject.where)
    outer = subject.width if isinstance(subject, m.Strip) else None
    inner = subject.beyond if isinstance(subject, m.Strip) else None
    nodes = [n for root in judged_expressions(norm) for n in walk(root)]
    return Program(
        norm=norm,
        status=status_of(norm.citations, day),
        applies=predicate(norm.applies),
        branches=tuple(
            BranchProgram(b, predicate(b.when), _clauses(b.clauses), tuple(compile_expr(x) for x in b.shown))
            for b in norm.branches
            if _stands(b, day)
        ),
        exceptions=tuple(_exception(x, day) for x in norm.exceptions if _stands(x, day)),
        where=where,
        width=compile_expr(outer) if outer is not None else None,
        beyond=compile_expr(inner) if inner is not None else None,
        fields=tuple(sorted({n.field for n in nodes if isinstance(n, e.FeatureFact)})),
        parcel_facts=tuple(sorted({n.path for n in nodes if isinstance(n, e.ParcelFact)})),
        parcel_area=any(isinstance(n, e.ParcelArea) for n in nodes),
        by_place=any(isinstance(c, m.SubjectTo) for c in judged_clauses(norm)),
        doubtful=_leans_on_doubt(norm, rules, day),
        widest=widest(outer, rules),
        widest_inner=widest(inner, rules),
    )


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


def _clauses(clauses: Sequence[m.Clause]) -> tuple[ClauseProgram, ...]:
    return tuple(_clause(c) for c in clauses)


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


def _exception(exception: m.ExceptionNorm, day: date) -> ExceptionProgram:
    inner = tuple(_exception(x, day) for x in exception.exceptions if _stands(x, day))
    return ExceptionProgram(exception, predicate(exception.when), _clauses(exception.clauses), inner)


def _leans_on_doubt(norm: m.Norm, rules: m.RuleSet, day: date) -> bool:
    cited: list[m.Citation] = []
    for branch in norm.branches:
        cited += branch.citations if day in branch.period else ()
    for exception in norm.exceptions:
        cited += _exception_citations(exception, day)
    for node in (n for root in norm_expressions(norm) for n in walk(root)):
        match node:
            case e.ParameterRef(id_):
                cited += [c for p, _, cites in rules.parameters[id_].values if day in p for c in cites]
            case e.Lookup(id_):
                table = rules.tables[id_]
                cited += [c for r in table.rows if day in r.period for c in (r.citations or table.citations)]
            case e.ListRef(id_):
                cited += [c for p, _, cites in rules.lists[id_].entries if day in p for c in cites]
            case e.CalendarCall(calendar=id_):
                cited += [c for stretch in rules.calendars[id_].stretches for c in stretch.citations]
            case _:
                pass
    nodes = (n for root in norm_expressions(norm) for n in walk(root))
    keeps_accounts = any(isinstance(n, e.AccountRef) for n in nodes)
    return keeps_accounts or any(effective_status(c, day) not in PASSABLE for c in cited)


def _exception_citations(exception: m.ExceptionNorm, day: date) -> list[m.Citation]:
    found = list(exception.citations) if day in exception.period else []
    for inner in exception.exceptions:
        found += _exception_citations(inner, day)
    return found
