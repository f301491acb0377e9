"""The answer to a case: findings, decision, layers, tables, duties, and everything needed to come to it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import replace
from landrules.base.quantity import round_half_up
from landrules.engine.answer import (
    Answer,
    DecisionName,
    FindingOut,
    LayerOut,
    Measured,
    PieceOut,
    ProposalOut,
    Provenance,
    QualityOut,
    RulesetOut,
    Text,
)
from landrules.engine.decide import Authorised, authorised, decision
from landrules.engine.declared import declared_against_measured
from landrules.engine.describe import missing_out, text
from landrules.engine.evidence import Evidence
from landrules.engine.findings import Drawing, citation_out, finding, name_of
from landrules.engine.redrawn import redrawn
from landrules.engine.selfcheck import unfilled
from landrules.engine.tables import overlays, tables
from landrules.engine.verdict import Result
from landrules.geo import overlap
from landrules.geo.apportion import fit
from landrules.geo.ground import Ground
from landrules.geo.kernel import geos_version
from landrules.geo.region import to_geojson
from landrules.rules.model import Bilingual, Outcome


def answer(
    results: Sequence[Result],
    evidence: Evidence,
    layers: tuple[str, ...],
    *,
    version: str,
    proj: str,
    workspace_sha256: str,
    settings: Mapping[str, str],
    law_date_source: Literal["option", "application_date"],
    geometry: bool,
    drawn: bool = True,
    hanging: Sequence[Diagnostic] = (),
) -> Answer:
    """The answer that judged norms give; `hanging` says which of them hang on less than layers can tell.

    Without `geometry` it holds no coordinate, also not in words; without `drawn` no shapes.
    """
    drawing = Drawing(geometry and drawn)
    published = [finding(r, evidence, drawing) for r in results]
    informing = tuple(f for f in published if f.outcome == "information")
    silent = {r.norm.id for r in results if r.norm.informs}
    findings = [f for f in published if f.rule not in silent]
    outcomes = [r.outcome for r in results if not r.norm.informs]
    ground = authorised(results, evidence)
    if ground.outcome is not Outcome.NOT_APPLICABLE:
        findings.append(_default(ground, evidence, drawing))
        outcomes.append(ground.outcome)
    findings.sort(key=lambda f: f.rule)
    proposal = evidence.proposal
    total = round_half_up(evidence.area)
    return Answer(
        decision=cast(DecisionName, decision(outcomes).value),
        law_date=evidence.law_date,
        law_date_source=law_date_source,
        data_as_of=evidence.data_as_of,
        proposal=ProposalOut(id=proposal.id, name=proposal.name, area_m2=total, sha256=proposal.sha256),
        findings=tuple(findings),
        authorised_m2=_fitted(ground.granted_area, evidence.site(), total),
        overlays=overlays(evidence, layers, results),
        tables=tables(evidence),
        duties=tuple(d for f in findings for d in f.duties),
        missing=tuple({m.name: m for f in findings for m in f.missing}.values()),
        information=informing,
        data_quality=_quality(evidence, hanging, is_placed=geometry),
        provenance=_provenance(evidence, version, proj, workspace_sha256, settings),
    )


def _fitted(exact: Fraction, ground: Ground, total: Decimal) -> Decimal:
    """The authorised area as printed: it and the rest make up the proposal."""
    rest = max(ground.whole().area() - exact, Fraction(0))
    return fit(total, {"granted": exact, "rest": rest})["granted"] if exact + rest > 0 else Decimal("0.00")


def _default(ground: Authorised, evidence: Evidence, drawing: Drawing) -> FindingOut:
    """What stands on ground that no norm authorises."""
    head = ground.default
    extent = ground.extent()
    plane = evidence.proposal.plane
    shapes = extent.geometry
    areas = [Fraction(a) for a in extent.areas().tolist()]
    pieces = [
        PieceOut(
            parcel=parcel.id,
            area_m2=round_half_up(area),
            outcome=name_of(ground.outcome),
            geometry=to_geojson(shape, plane) if drawing.geometry else None,
        )
        for parcel, shape, area in zip(evidence.proposal.parcels, shapes, areas, strict=True)
        if round_half_up(area) > 0
    ]
    total = extent.rounded_area()
    words = {
        Outcome.DENY: (
            "没有任何规则准予使用的土地，按规则集默认不予许可",
            "no norm authorises this ground; by default it is denied",
        ),
        Outcome.REFER: (
            "没有任何规则准予使用的土地，按规则集默认须裁量",
            "no norm authorises this ground; by default it is referred",
        ),
        Outcome.INDETERMINATE: (
            "是否有规则准予使用这些土地，无法判定",
            "whether any norm authorises this ground cannot be decided",
        ),
    }
    zh, en = words[ground.outcome]
    fallback: Literal["deny", "refer"] = "deny" if head and head.default == "deny" else "refer"
    return FindingOut(
        rule=f"{head.id if head else 'landrules'}.default",
        level=head.level if head else "national",
        outcome=name_of(ground.outcome),
        title=Text(zh="未获准予的土地", en="Ground that nothing authorises"),
        message=Text(zh=f"{zh}：{total} 平方米", en=f"{en}: {total} m2"),
        status="verified",
        parcels=tuple(p.parcel for p in pieces) or tuple(p.id for p in evidence.broken),
        pieces=tuple(pieces),
        measured=(
            Measured(
                name="area not authorised",
                title=Text(zh="未获准予面积", en="area not authorised"),
                value=total,
                unit="m2",
                method="planar" if plane.is_engineering else "ellipsoidal",
            ),
        ),
        citations=tuple(citation_out(c) for c in head.default_citations) if head else (),
        missing=tuple(missing_out(m, evidence.rules) for m in ground.missing),
        possible=(fallback, "permit") if ground.outcome is Outcome.INDETERMINATE else (),
        geometry=to_geojson(extent.outline(), plane) if drawing.geometry else None,
    )


PLACES = ("x", "y", "east", "north", "lon", "lat", "place")
"""Values of messages that tell where something lies."""


def _quality(evidence: Evidence, hanging: Sequence[Diagnostic], *, is_placed: bool) -> tuple[QualityOut, ...]:
    lines = [*evidence.proposal.notes]
    for layer in evidence.layers.values():
        lines += layer.notes
    lines += (*declared_against_measured(evidence), *unfilled(evidence), *redrawn(evidence), *hanging)
    once = [d for i, d in enumerate(lines) if d not in lines[:i]]  # two layers may be made of one file
    return tuple(_quality_line(d if is_placed else _unplaced(d)) for d in once)


def _unplaced(diagnostic: Diagnostic) -> Diagnostic:
    """The same line without its coordinates."""
    return replace(diagnostic, args={k: "…" if k in PLACES else v for k, v in diagnostic.args.items()})


def _quality_line(diagnostic: Diagnostic) -> QualityOut:
    place = diagnostic.where or (str(diagnostic.span) if diagnostic.span else "")
    words = text(Bilingual(diagnostic.message("zh"), diagnostic.message("en")))
    return QualityOut(code=diagnostic.code, text=words, where=place, severity=diagnostic.severity)


def _provenance(
    evidence: Evidence, version: str, proj: str, workspace_sha256: str, settings: Mapping[str, str]
) -> Provenance:
    plane = evidence.proposal.plane
    return Provenance(
        engine=version,
        geos=geos_version(),
        proj=proj,
        kernel=overlap.name(),
        area_method="planar" if plane.is_engineering else "survey formula (ellipsoidal)",
        plane=plane.code,
        rulesets=tuple(RulesetOut(name=r.id, version=r.version, sha256=r.sha256) for r in evidence.rules.rulesets),
        layers=tuple(
            LayerOut(
                name=layer.name,
                edition=layer.edition,
                sha256=layer.sha256,
                crs=layer.crs,
                coverage=layer.coverage.statement or layer.coverage.kind.value,
            )
            for _, layer in sorted(evidence.layers.items())
        ),
        workspace_sha256=workspace_sha256,
        settings=dict(sorted(settings.items())),
    )
