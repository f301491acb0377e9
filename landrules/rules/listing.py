"""What `landrules rules` prints: one row a norm, with its dates, its citations and how far they were verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from landrules.base.frozen import frozen
from landrules.base.period import ALWAYS, Period
from landrules.rules.lawcheck import DENIES, can_deny
from landrules.rules.model import (
    INFORMING,
    Bilingual,
    Branch,
    Citation,
    Confirmed,
    DutyClause,
    Effect,
    ExceptionNorm,
    Norm,
    Requires,
    RuleSet,
    Status,
    SubjectTo,
)
from landrules.rules.standing import ORDINARY, Standing

ORDER: tuple[Status, ...] = ("verified", "example", "partly", "unverified")
"""From well founded to doubtful; a norm is as good as its most doubtful source."""


@frozen
class Row:
    """A norm in the list.

    `effect` is the gravest thing it can do: deny, deny_unless (an exception may lift it), conditional, refer, permit
    or information.
    """

    id: str
    title: Bilingual
    level: str
    effect: str
    status: str
    effective_from: date | None
    effective_to: date | None
    citations: tuple[Citation, ...]
    exceptions: tuple[str, ...] = ()
    standing: Standing = ORDINARY


def rows(ruleset: RuleSet) -> tuple[Row, ...]:
    """A row for every norm, and for every default that rests on law, by id."""
    found = [_row(norm) for norm in ruleset.norms]
    for head in ruleset.rulesets:
        if head.default and head.default_citations:
            title = Bilingual("未授权土地", "ground that no norm authorises")
            found.append(_line(f"{head.id}.default", title, head.level, head.default, ALWAYS, head.default_citations))
    return tuple(sorted(found, key=lambda r: r.id))


def _row(norm: Norm) -> Row:
    cited = _once((*norm.citations, *(c for b in norm.branches for c in b.citations)))
    names = tuple(dict.fromkeys(name for x in norm.exceptions for name in _names(x)))
    return _line(norm.id, norm.title, norm.level, effect_of(norm), norm.period, cited, names, norm.standing)


def _line(
    own: str,
    title: Bilingual,
    level: str,
    effect: str,
    period: Period,
    cited: tuple[Citation, ...],
    exceptions: tuple[str, ...] = (),
    standing: Standing = ORDINARY,
) -> Row:
    return Row(own, title, level, effect, status_of(cited), period.start, period.end, cited, exceptions, standing)


def status_of(cited: Sequence[Citation]) -> str:
    """How far what is cited was verified: as far as the most doubtful source; empty where nothing is cited."""
    return max((c.status for c in cited), key=ORDER.index, default="")


def effect_of(norm: Norm) -> str:
    """The gravest thing a norm can do, in the words of the report."""
    if norm.informs:
        return "information"
    gravest = max((_branch_effect(b) for b in norm.branches), key=_GRAVITY.index, default="permit")
    return "deny_unless" if gravest == "deny" and norm.exceptions else gravest


_GRAVITY = ("information", "permit", "refer", "conditional", "deny")


def _branch_effect(branch: Branch) -> str:
    if branch.effect in DENIES:
        return "deny"
    if branch.effect is Effect.REFER:
        return "refer"
    if branch.effect in INFORMING:
        return "information"
    if any(isinstance(c, SubjectTo | DutyClause | Confirmed) for c in branch.clauses):
        return "conditional"
    if can_deny(branch):
        return "deny"
    return "refer" if any(isinstance(c, Requires) and c.refers for c in branch.clauses) else "permit"


def _names(exception: ExceptionNorm) -> tuple[str, ...]:
    return (exception.id, *(name for x in exception.exceptions for name in _names(x)))


def _once(cited: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited))
