"""Norms on strips along the features of a layer, however wide each turns out to be."""

from __future__ import annotations

from landrules.base.frozen import replace
from landrules.base.valuetype import Absence, Missing
from landrules.engine.evidence import StripAsked
from landrules.engine.on_pieces import on_pieces, spares_buildings, without_layer
from landrules.engine.program import Program
from landrules.engine.scope import Scope
from landrules.engine.verdict import Result
from landrules.engine.widths import Widths, strip_widths
from landrules.geo.ground import Ground
from landrules.geo.site import AbsentLayer
from landrules.rules.model import Outcome, Strip


def on_strip(program: Program, base: Scope, layer: str, ground: Ground) -> Result:
    evidence = base.evidence
    found = evidence.layers.get(layer)
    if found is None or evidence.strip is None or program.width is None:
        absent = evidence.ground(layer)
        kind = absent.missing if isinstance(absent, AbsentLayer) else Missing(layer, Absence.UNBOUND)
        return without_layer(program, base, AbsentLayer(layer, kind.kind, kind.detail), ground)
    widths = strip_widths(program, base, found)
    result = _within_widths(program, base, layer, widths)
    if widths.leans_on_doubt:
        sure = _within_widths(program, base, layer, widths.without_doubtful())
        if (sure.possible, sure.duties) != (result.possible, result.duties):
            result = _doubted(result, sure)
    if program.doubtful and result.outcome is Outcome.INDETERMINATE and widths.is_open:
        result = replace(result, possible=result.possible | {Outcome.REFER})
    return result


def _doubted(result: Result, sure: Result) -> Result:
    """What verified widths answer alike remains possible, and so does that the norm does not apply; else a person decides."""
    possible = (result.possible & (sure.possible | {Outcome.NOT_APPLICABLE})) | {Outcome.REFER}
    outcome = Outcome.REFER if len(possible) == 1 else Outcome.INDETERMINATE
    missing = tuple(sorted({*result.missing, *sure.missing})) if outcome is Outcome.INDETERMINATE else ()
    judgements = tuple(replace(j, source_doubt=True) for j in result.judgements)
    duties = result.duties | sure.duties
    return replace(result, outcome=outcome, possible=possible, missing=missing, judgements=judgements, duties=duties)


def _within_widths(program: Program, base: Scope, layer: str, widths: Widths) -> Result:
    evidence = base.evidence
    subject = program.norm.subject
    assert evidence.strip is not None and isinstance(subject, Strip)
    on_buildings = spares_buildings(program) and bool(evidence.proposal.buildings)
    asked = StripAsked(
        layer, widths.known, program.widest, on_buildings, widths.inner, subject.prefers, widths.selected
    )
    stripped = evidence.strip(asked)
    open_ = widths.reasons(stripped.strips, program.widest) | stripped.doubt
    result = on_pieces(program, base, stripped.overlaid, on_buildings=on_buildings, open_=open_)
    return replace(result, stripped=stripped, on_buildings=on_buildings)
