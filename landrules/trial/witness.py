"""What of the law a test came upon: which branch applied, which clause was met, which exception lifted, which row was read.

Only norms that a test names count: what is judged beside them nobody vouches for. What hangs on a missing fact does not
count either, since it was not judged but only held possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from landrules.base.frozen import frozen
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence, Spot
from landrules.engine.program import Program
from landrules.engine.verdict import Result, Verdict
from landrules.rules import model as m
from landrules.trial.compare import outcome_of

Key = tuple[object, ...]
"""What a part of the law is known by: an exception by its id, all else by the norm or source it belongs to and itself."""


@frozen
class Observation:
    """What a part of the law came to in a test of a law date.

    `what` is an outcome for a norm, else one of: applied, met, failed, there, absent, refused, asked, not_asked, lifts,
    does_not_lift, read.
    """

    norm: str
    key: Key
    what: str
    day: date


def observed(
    programs: Sequence[Program], named: Iterable[str], results: Mapping[str, Result], evidence: Evidence
) -> tuple[Observation, ...]:
    """What the norms that a test names came upon, each judged once more under a witness."""
    day = evidence.law_date
    found: dict[Observation, None] = {}
    by_id = {p.norm.id: p for p in programs}
    for name in named:
        norm = by_id[name].norm
        found[Observation(name, norm_key(norm), outcome_of(results[name]), day)] = None
        own = {id(part) for part in parts(norm)}

        def hear(part: object, came: object, _: Spot, own: set[int] = own, name: str = name) -> None:
            what = _what(part, came)
            if what and (id(part) in own or what == "read"):
                found[Observation(name, key_of(part), what, day)] = None

        together = tuple(p for p in programs if p.norm.yields) if norm.yields else (by_id[name],)
        evaluate(together, replace(evidence, witness=hear))
    return tuple(found)


def norm_key(norm: m.Norm) -> Key:
    """What a norm is known by."""
    return ("norm", norm.id)


def key_of(part: object) -> Key:
    """What a part is known by: an exception by its id, a clause by where it is written, all else by being itself.

    One exception may hang under several norms, one clause under several branches.
    """
    if isinstance(part, m.ExceptionNorm):
        return ("exception", part.id)
    if isinstance(part, m.Requires | m.SubjectTo | m.DutyClause | m.Confirmed) and part.span is not None:
        return ("clause", part.span.source.name, part.span.start)
    return ("part", id(part))


def parts(norm: m.Norm) -> tuple[object, ...]:
    """The branches, clauses and exceptions of a norm."""
    found: list[object] = []
    for branch in norm.branches:
        found += (branch, *branch.clauses)
    for exception in exceptions_of(norm.exceptions):
        found += (exception, *exception.clauses)
    return tuple(found)


def exceptions_of(exceptions: Iterable[m.ExceptionNorm]) -> tuple[m.ExceptionNorm, ...]:
    """Exceptions and what excepts them, each before its own."""
    return tuple(x for one in exceptions for x in (one, *exceptions_of(one.exceptions)))


def _what(part: object, came: object) -> str:
    """What a part came to; empty for what coverage does not ask."""
    if isinstance(part, m.ExceptionNorm):
        return "lifts" if isinstance(came, Verdict) else "does_not_lift"
    if not isinstance(came, Verdict):
        return "read"
    match part:
        case m.Branch():
            return "applied"
        case m.Requires():
            return "failed" if came.outcome is m.Outcome.DENY else "met"
        case m.SubjectTo() | m.Confirmed():
            return _document(came)
        case m.DutyClause():
            return "asked" if came.duties else "not_asked"
        case _:
            return ""


def _document(came: Verdict) -> str:
    """What a document did: not asked for, absent (a duty to get it), agreed (perhaps with conditions), refused."""
    if not came.notes:
        return "not_asked"
    if any(d.kind != "duty" for d in came.duties):
        return "absent"
    met = (m.Outcome.PERMIT, m.Outcome.CONDITIONAL)
    return "there" if came.outcome in met else "refused" if came.outcome is m.Outcome.DENY else ""
