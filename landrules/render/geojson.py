"""Finding pieces as a GeoJSON FeatureCollection (RFC 7946) for a map: one feature per piece of a finding.

A finding with a place but no pieces is one feature by itself. The collection names the decision, the dates and the
proposal as foreign members, so that a map made from it can say what it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.engine.answer import SCHEMA, Answer, FindingOut
from landrules.render.options import Options
from landrules.render.safe import neutral_json
from landrules.render.words import in_lang


def render_geojson(report: Answer, options: Options) -> str:
    """The pieces as GeoJSON in longitude and latitude. Raises `InputError` (LR814) where no coordinates may leave."""
    if not options.geometry:
        raise InputError(Diagnostic("LR814"))
    collection = {
        "type": "FeatureCollection",
        "report_schema": SCHEMA,
        "decision": report.decision,
        "law_date": report.law_date.isoformat(),
        "data_as_of": report.data_as_of.isoformat(),
        "proposal": {"id": report.proposal.id, "name": report.proposal.name, "sha256": report.proposal.sha256},
        "features": [f for finding in (*report.findings, *report.information) for f in _features(finding, options)],
    }
    return neutral_json(json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _features(finding: FindingOut, options: Options) -> Iterator[dict[str, Any]]:
    for piece in finding.pieces:
        properties = _properties(
            finding, piece.outcome, piece.area_m2, piece.layer, piece.feature, piece.parcel, options
        )
        yield {"type": "Feature", "geometry": piece.geometry, "properties": properties}
    if not finding.pieces and finding.geometry is not None:
        parcel = finding.parcels[0] if len(finding.parcels) == 1 else None
        properties = _properties(finding, finding.outcome, None, None, None, parcel, options)
        yield {"type": "Feature", "geometry": finding.geometry, "properties": properties}


def _properties(
    finding: FindingOut,
    outcome: str,
    area_m2: Decimal | None,
    layer: str | None,
    feature: str | None,
    parcel: str | None,
    options: Options,
) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "title": in_lang(finding.title, options.lang),
        "outcome": outcome,
        "area_m2": None if area_m2 is None else float(area_m2),
        "layer": layer,
        "feature": feature,
        "parcel": parcel,
        "message": in_lang(finding.message, options.lang),
    }
