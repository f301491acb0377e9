"""The answer to one proposal as plain frozen records: what the engine makes and what is printed.

Field by field it is the published report (`engine.report`), which is made of it where somebody asks for the pydantic
model or its JSON; a reader of text does not wait for models to be built. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from landrules.base.frozen import frozen

SCHEMA = "landrules/report/1"

OutcomeName = Literal["deny", "indeterminate", "refer", "conditional", "permit", "not_applicable"]
FindingOutcome = Literal["deny", "indeterminate", "refer", "conditional", "permit", "not_applicable", "information"]
DecisionName = Literal["deny", "indeterminate", "refer", "conditional", "permit"]
StatusName = Literal["verified", "partly", "unverified", "example"]
InformationKind = Literal["", "note", "encouragement", "lead"]

Measure = Decimal
"""A number that was rounded once, exactly."""


@frozen(kw_only=True)
class Text:
    """A text in both languages."""

    zh: str
    en: str


@frozen(kw_only=True)
class CitationOut:
    """An article relied on, and how far its text was verified."""

    instrument: Text
    number: str
    article: Text
    status: StatusName
    verified_on: date | None = None
    note: Text | None = None


@frozen(kw_only=True)
class PieceOut:
    """A piece of ground (or a building) and what the norm says there."""

    parcel: str
    layer: str | None = None
    feature: str | None = None
    area_m2: Measure
    outcome: FindingOutcome
    geometry: dict[str, Any] | None = None


@frozen(kw_only=True)
class Measured:
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


@frozen(kw_only=True)
class DutyOut:
    """Something to be obtained or done, by whom, on which ground of law."""

    kind: Literal["approval", "opinion", "duty"]
    matter: str
    issuers: tuple[str, ...] = ()
    text: Text
    rule: str


@frozen(kw_only=True)
class MissingOut:
    """A fact or layer that is needed to decide, and which of the four absences it is.

    Or what the law's own tables and lists leave to a person: no row, several codes, an open list.
    """

    kind: Literal[
        "not_supplied", "not_covered", "outdated", "invalid", "unbound", "no_row", "several", "open_list", "document"
    ]
    name: str
    title: Text
    detail: str = ""


@frozen(kw_only=True)
class TraceOut:
    """What became of an exception, a branch or a clause."""

    what: Literal["exception", "branch", "clause", "note"]
    id: str
    outcome: str
    text: Text


@frozen(kw_only=True)
class FindingOut:
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


OverlayStatus = Literal["involved", "not_involved", "not_covered", "outdated", "missing"]


@frozen(kw_only=True)
class OverlayOut:
    """One layer consulted: involved, not involved (proven by coverage), not covered, outdated or missing."""

    layer: str
    title: Text
    edition: date | None = None
    status: OverlayStatus
    area_m2: Measure
    uncovered_m2: Measure = Decimal("0.00")
    features: int


@frozen(kw_only=True)
class Column:
    """A column of a table."""

    key: str
    title: Text
    unit: str = ""


@frozen(kw_only=True)
class Table:
    """A reviewer's table whose printed numbers add up. Cells are texts or numbers; the last row is the total."""

    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Measure | None, ...], ...]
    note: Text | None = None


@frozen(kw_only=True)
class QualityOut:
    """A data-quality line; it never moves the decision."""

    code: str
    text: Text
    where: str = ""
    severity: Literal["error", "warning"] = "warning"
    geometry: dict[str, Any] | None = None


@frozen(kw_only=True)
class ProposalOut:
    """What was judged."""

    id: str
    name: str
    area_m2: Measure
    sha256: str


@frozen(kw_only=True)
class RulesetOut:
    """A ruleset that spoke."""

    name: str
    version: str
    sha256: str


@frozen(kw_only=True)
class LayerOut:
    """A layer that was read."""

    name: str
    edition: date | None
    sha256: str
    crs: str
    coverage: str


@frozen(kw_only=True)
class Provenance:
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
    settings: Mapping[str, str]


@frozen(kw_only=True)
class Answer:
    """The whole answer to one proposal."""

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
