"""Norms: the only thing the engine knows.

Whatever an author wrote, a red line, a use control, a balance, a rule, is lowered to a `Norm`: on which ground, under
which conditions, with which effect, which exceptions, which duties, on which dates, by which article. Planner,
evaluator, decider and renderers never ask which construct it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Literal

from landrules.base import levels
from landrules.base.frozen import frozen
from landrules.base.period import ALWAYS, Period
from landrules.base.quantity import Unit
from landrules.base.source import Span
from landrules.base.valuetype import Value, ValueType
from landrules.rules.cited import Bilingual as Bilingual
from landrules.rules.cited import Citation as Citation
from landrules.rules.cited import Instrument as Instrument
from landrules.rules.cited import Status as Status
from landrules.rules.expr import TRUE, Expr
from landrules.rules.lookups import CodeEntry as CodeEntry
from landrules.rules.lookups import CodeScheme as CodeScheme
from landrules.rules.lookups import DatedList as DatedList
from landrules.rules.lookups import GradeSystem as GradeSystem
from landrules.rules.lookups import LookupTable as LookupTable
from landrules.rules.lookups import Policy as Policy
from landrules.rules.lookups import TableRow as TableRow
from landrules.rules.standing import ORDINARY, Standing

PlanLevel = levels.PlanLevel


@frozen
class MessagePart:
    """Literal text, or a value: `expr` printed in `unit` (the base unit where none is given)."""

    text: str = ""
    expr: Expr | None = None
    unit: Unit | None = None


Message = tuple[MessagePart, ...]


@frozen
class BilingualMessage:
    """A message template in two languages."""

    zh: Message
    en: Message


# --------------------------------------------------------------------------- subjects


@frozen
class Whole:
    """The proposal as a whole; or, where `each_parcel`, every parcel by itself."""

    each_parcel: bool = False


@frozen
class OnLayer:
    """The pieces of a layer inside the proposal, where a condition holds.

    `each`: conditions and clauses speak of one piece (`highway.class`, `parcel.use_after`) and are judged piece by
    piece; otherwise of all of them together. `uncovered`: the outcome on ground inside coverage that no feature
    covers (use control); `None` where such ground is simply not met.
    """

    layer: str
    where: Expr | None = None
    each: bool = False
    uncovered: Outcome | None = None


@frozen
class Strip:
    """Ground, or buildings, nearer than `width` to a feature of a layer; `width` is an expression over the feature.

    `beyond`: only ground that is not nearer than that to any feature of the selection (a second strip, measured from
    the edge of the first). `prefers`: a layer of announced polygons, which count instead of what was computed.
    """

    layer: str
    width: Expr
    where: Expr | None = None
    each: bool = False
    beyond: Expr | None = None
    prefers: str = ""


Subject = Whole | OnLayer | Strip


class Outcome(Enum):
    """What a norm says, from gravest to none; `rank` orders them, the join is the maximum."""

    DENY = "deny"
    INDETERMINATE = "indeterminate"
    REFER = "refer"
    CONDITIONAL = "conditional"
    PERMIT = "permit"
    NOT_APPLICABLE = "not_applicable"

    @property
    def rank(self) -> int:
        """5 for deny down to 0 for not_applicable."""
        return _RANKS[self._value_]

    __hash__ = object.__hash__  # each is one thing, told apart without hashing its name; sets of them are everywhere


_RANKS = {outcome.value: 5 - place for place, outcome in enumerate(Outcome)}


# --------------------------------------------------------------------------- clauses


@frozen
class Requires:
    """True complies, false denies (`refers`: is left to a person), unknown is indeterminate."""

    expr: Expr
    otherwise: Bilingual | None = None
    span: Span | None = None
    refers: bool = False


@frozen
class SubjectTo:
    """A document that somebody must have issued, where `provided` holds. `issuer` is a level, or `None` for any.

    `latest`: the last day on which it may be dated, besides the law date; a later one counts as absent.
    """

    kind: Literal["approval", "opinion"]
    matter: str
    matter_zh: str
    issuer: Expr | None
    provided: Expr = TRUE
    span: Span | None = None
    latest: Expr | None = None


@frozen
class DutyClause:
    """Something to be done, where `provided` holds: conditional."""

    text: Bilingual
    provided: Expr = TRUE
    span: Span | None = None


@frozen
class Confirmed:
    """A balance in a mode other than `self`: met when `number` is given and an opinion of this kind bears it."""

    opinion: str
    opinion_zh: str
    number: Expr
    span: Span | None = None


Clause = Requires | SubjectTo | DutyClause | Confirmed


class Effect(Enum):
    """What follows where a branch applies."""

    COMPLY = "comply"
    """The clauses decide; with none it complies."""
    DENY_OCCUPATION = "deny_occupation"
    """Ground of the subject may not be used at all."""
    DENY_BUILDINGS = "deny_buildings"
    """Buildings may not stand there; ground there is kept free of them (design.md section 2)."""
    DENY = "deny"
    """The proposal as a whole, or the piece, is forbidden."""
    REFER = "refer"
    """The law leaves it to a person."""
    INFORM = "inform"
    """Only told; never moves a decision."""
    ENCOURAGE = "encourage"
    """Told as something the law favours."""
    SUSPECT = "suspect"
    """Told as a lead to be looked into."""


INFORMING = frozenset({Effect.INFORM, Effect.ENCOURAGE, Effect.SUSPECT})
"""Effects without an outcome: they only tell something."""


@frozen
class Branch:
    """One case of a norm: dated, conditional, with an effect and clauses. Branches that apply join by the maximum.

    `citations` are the branch's own (empty: the norm's). `shown` are numbers printed with their values beside what the
    clauses compare: the working of a fee, the parts of a ceiling.
    """

    effect: Effect
    when: Expr = TRUE
    clauses: tuple[Clause, ...] = ()
    period: Period = ALWAYS
    citations: tuple[Citation, ...] = ()
    label: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)
    shown: tuple[Expr, ...] = ()


@frozen
class ExceptionNorm:
    """A case in which the norm's deny is lifted; it may be excepted in turn.

    `when` not met: it does not speak. A false `requires` or a refused document: it does not lift. `id` is the full
    dotted id; parts with dates of their own are exceptions of the same id, never two on one day. `refers`: it does not
    lift the deny for certain, but leaves that to a person.
    """

    id: str
    title: Bilingual
    when: Expr
    clauses: tuple[Clause, ...]
    period: Period
    citations: tuple[Citation, ...]
    exceptions: tuple[ExceptionNorm, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    refers: bool = False


@frozen
class ToleranceRule:
    """Up to `limit` m² of a norm's sum is referred, not denied; a lower level may set it up to `up_to`."""

    limit: Fraction = Fraction(0)
    handed_to: PlanLevel | None = None
    up_to: Fraction | None = None


@frozen
class Norm:
    """A sentence of law, ready to be judged.

    Invariant: every name is bound, every expression typed; exceptions form a tree; a norm that can deny has a citation.
    `informs` norms give information only. `authorises`: ground on which it permits is authorised. `yields`: a use
    control, which reaches only ground that no use control of a lower level covers. `construct` is for
    people (rule lists), never for the engine.
    """

    id: str
    title: Bilingual
    level: PlanLevel
    construct: str
    subject: Subject
    applies: Expr
    branches: tuple[Branch, ...]
    exceptions: tuple[ExceptionNorm, ...]
    period: Period
    citations: tuple[Citation, ...]
    tolerance: ToleranceRule = ToleranceRule()
    authorises: bool = False
    yields: bool = False
    informs: bool = False
    message: BilingualMessage | None = None
    layers: tuple[str, ...] = ()
    """Every layer that any part of the norm reads, sorted."""
    span: Span | None = None
    standing: Standing = ORDINARY

    @property
    def tells(self) -> Effect | None:
        """What a norm that only informs tells in the main: a lead before an encouragement before a note."""
        if not self.informs:
            return None
        effects = {b.effect for b in self.branches}
        return next((x for x in (Effect.SUSPECT, Effect.ENCOURAGE) if x in effects), Effect.INFORM)


# --------------------------------------------------------------------------- what norms refer to


@frozen
class Fill:
    """A value that a lower level put into a parameter handed down to it."""

    id: str
    level: PlanLevel
    period: Period
    value: Value
    citations: tuple[Citation, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Parameter:
    """A number or other value of law, by period.

    The first of `values` that holds on a day counts: fills of the lowest level stand first, the author's own values last.
    `filled_by` is the level to which the parameter is handed down, within `low` and `high`; still lower levels may fill
    it again in the direction that `tightens` it. `fills` names who filled it.
    """

    id: str
    title: Bilingual
    type: ValueType
    values: tuple[tuple[Period, Value, tuple[Citation, ...]], ...]
    low: Value | None = None
    high: Value | None = None
    filled_by: PlanLevel | None = None
    tightens: Literal["downward", "upward", ""] = ""
    fills: tuple[Fill, ...] = ()


@frozen
class LayerField:
    """A field of a layer."""

    name: str
    zh: str
    type: ValueType
    apportioned: bool = False
    optional: bool = False


@frozen
class Departed:
    """Ground that lay in an edition of the layer `base` in force on or after a day, and lies in the newest no more.

    `since` is a date over the law date and constants of law, never over a proposal.
    """

    base: str
    since: Expr


@frozen
class LayerSchema:
    """What rules may ask of a layer; `departed` where its features are made of two editions of another layer."""

    name: str
    title: Bilingual
    fields: Mapping[str, LayerField]
    departed: Departed | None = None


@frozen
class Account:
    """A figure kept by region and year."""

    kind: str
    title: Bilingual
    type: ValueType


@frozen
class Workdays:
    """One stretch of a calendar: the days it covers, both ends included, and what is not as the weekday says."""

    period: Period
    holidays: tuple[Period, ...]
    workdays: frozenset[date]
    citations: tuple[Citation, ...]


@frozen
class Calendar:
    """Which days are worked: from Monday to Friday, but for holidays, and on the weekends that make up for them.

    A day that no stretch covers is not known to be either.
    """

    id: str
    title: Bilingual
    stretches: tuple[Workdays, ...]


@frozen
class RulesetInfo:
    """A ruleset's head: its file, digest, level and what stands on ground that nothing authorises."""

    id: str
    title: Bilingual
    level: PlanLevel
    version: str
    default: Literal["refer", "deny", ""]
    default_citations: tuple[Citation, ...]
    source_name: str
    sha256: str


@frozen
class RuleSet:
    """Everything that was loaded, ready for any proposal.

    Invariant: no data file of a county was needed to build it; `norms` are sorted by id.
    """

    rulesets: tuple[RulesetInfo, ...]
    norms: tuple[Norm, ...]
    schemes: Mapping[str, CodeScheme]
    grades: Mapping[str, GradeSystem]
    lists: Mapping[str, DatedList]
    parameters: Mapping[str, Parameter]
    tables: Mapping[str, LookupTable]
    layers: Mapping[str, LayerSchema]
    accounts: Mapping[str, Account]
    instruments: Mapping[str, Instrument]
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
