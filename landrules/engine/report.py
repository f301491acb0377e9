"""The published result: one object per proposal, a function of findings only.

This is the contract of ``landrules/report/1``; a change is a new schema number. Measures are numbers with two decimals
in the unit named; texts come in both languages; geometry is GeoJSON in longitude and latitude, or null.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from landrules.engine.answer import SCHEMA as SCHEMA
from landrules.engine.answer import Answer, FindingOutcome, InformationKind, OutcomeName, OverlayStatus, StatusName
from landrules.engine.answer import DecisionName as DecisionName

Measure = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""A number that was rounded once, exactly; it leaves as a JSON number."""


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Published):
    """A text in both languages."""

    zh: str
    en: str


class CitationOut(_Published):
    """An article relied on, and how far its text was verified."""

    instrument: Text
    number: str
    article: Text
    status: StatusName
    verified_on: date | None = None
    note: Text | None = None


class PieceOut(_Published):
    """A piece of ground (or a building) and what the norm says there."""

    parcel: str
    layer: str | None = None
    feature: str | None = None
    area_m2: Measure
    outcome: FindingOutcome
    geometry: dict[str, Any] | None = None


class Measured(_Published):
    """A value that was measured, its limit and how far it lies from it.

    `margin` is limit minus value for a ceiling and value minus limit for a floor: negative is a breach.
    """

    name: str
    title: Text
    value: Measure
    unit: str
    limit: Measure | None = None
    margin: Measure | None = None
    tolerance: Measure | None = None
    dropped_by_tolerance: Measure | None = None
    near_limit: bool = False
    method: str = ""


class DutyOut(_Published):
    """Something to be obtained or done, by whom, on which ground of law."""

    kind: Literal["approval", "opinion", "duty"]
    matter: str
    issuers: tuple[str, ...] = ()
    text: Text
    rule: str


class MissingOut(_Published):
    """A fact or layer that is needed to decide, and which of the four absences it is.

    Or what the law's own tables and lists leave to a person: no row, several codes, an open list.
    """

    kind: Literal[
        "not_supplied", "not_covered", "outdated", "invalid", "unbound", "no_row", "several", "open_list", "document"
    ]
    name: str
    title: Text
    detail: str = ""


class TraceOut(_Published):
    """What became of an exception, a branch or a clause."""

    what: Literal["exception", "branch", "clause", "note"]
    id: str
    outcome: str
    text: Text


class FindingOut(_Published):
    """What one norm says. `kind` is empty but for information: a note, an encouragement, or a lead to be looked into."""

    rule: str
    level: str
    outcome: FindingOutcome
    kind: InformationKind = ""
    title: Text
    message: Text
    status: StatusName
    parcels: tuple[str, ...] = ()
    pieces: tuple[PieceOut, ...] = ()
    measured: tuple[Measured, ...] = ()
    citations: tuple[CitationOut, ...] = ()
    duties: tuple[DutyOut, ...] = ()
    missing: tuple[MissingOut, ...] = ()
    possible: tuple[OutcomeName, ...] = ()
    set_aside_by: tuple[str, ...] = ()
    remedies: tuple[Text, ...] = ()
    trace: tuple[TraceOut, ...] = ()
    geometry: dict[str, Any] | None = None


class OverlayOut(_Published):
    """One layer consulted: involved, not involved (proven by coverage), not covered, outdated or missing."""

    layer: str
    title: Text
    edition: date | None = None
    status: OverlayStatus
    area_m2: Measure
    uncovered_m2: Measure = Decimal("0.00")
    features: int


class Column(_Published):
    """A column of a table."""

    key: str
    title: Text
    unit: str = ""


class Table(_Published):
    """A reviewer's table whose printed numbers add up. Cells are texts or numbers; the last row is the total."""

    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Measure | None, ...], ...]
    note: Text | None = None


class QualityOut(_Published):
    """A data-quality line; it never moves the decision."""

    code: str
    text: Text
    where: str = ""
    severity: Literal["error", "warning"] = "warning"
    geometry: dict[str, Any] | None = None


class ProposalOut(_Published):
    """What was judged."""

    id: str
    name: str
    area_m2: Measure
    sha256: str


class RulesetOut(_Published):
    """A ruleset that spoke."""

    name: str
    version: str
    sha256: str


class LayerOut(_Published):
    """A layer that was read."""

    name: str
    edition: date | None
    sha256: str
    crs: str
    coverage: str


class Provenance(_Published):
    """Everything needed to come to the same result again."""

    engine: str
    geos: str
    proj: str
    kernel: str
    area_method: str
    plane: str
    rulesets: tuple[RulesetOut, ...]
    layers: tuple[LayerOut, ...]
    workspace_sha256: str
    settings: dict[str, str] = Field(default_factory=dict)


class Report(_Published):
    """The whole answer to one proposal."""

    schema_: Literal["landrules/report/1"] = Field(default="landrules/report/1", alias="schema")
    decision: DecisionName
    law_date: date
    law_date_source: Literal["option", "application_date"]
    data_as_of: date
    proposal: ProposalOut
    findings: tuple[FindingOut, ...]
    authorised_m2: Measure
    overlays: tuple[OverlayOut, ...]
    tables: tuple[Table, ...]
    duties: tuple[DutyOut, ...]
    missing: tuple[MissingOut, ...]
    information: tuple[FindingOut, ...]
    data_quality: tuple[QualityOut, ...]
    provenance: Provenance

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @classmethod
    def of(cls, answer: Answer) -> Report:
        """The published report of an answer."""
        return cls.model_validate(answer, from_attributes=True)

    def to_json(self) -> str:
        """The object as text: two spaces of indent, keys in declared order, Chinese as it is, a final newline."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"
