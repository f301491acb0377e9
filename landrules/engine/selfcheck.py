"""The self-check: the pieces of a layer without gaps must fill the ground, and fill it once.

Its keeper declares that the features leave no gap inside the coverage. Then the pieces, the ground outside the coverage
and the boxes of invalid features make up each parcel. Areas are added first; only where they do not close is the place
sought. What is found is a line about the data: the measures stay what they are, and so does the decision.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from landrules.base.diagnostic import Diagnostic
from landrules.base.quantity import round_half_up
from landrules.engine.describe import fact_title
from landrules.engine.evidence import Evidence, Overlaid
from landrules.geo import residual
from landrules.geo.area import exact
from landrules.geo.residual import Residual


def unfilled(evidence: Evidence) -> tuple[Diagnostic, ...]:
    """A line for every layer declared without gaps that leaves some, and for every one that fills ground twice."""
    lines = []
    for name, met in sorted(evidence.grounds.items()):
        if isinstance(met, Overlaid) and met.layer.is_gap_free:
            lines += [_told("LR760", name, evidence, x) for x in _some(residual.gaps(met.pieces, met.layer.invalid))]
            lines += [_told("LR761", name, evidence, x) for x in _some(residual.overlaps(met.pieces))]
    return tuple(lines)


def _some(found: Residual | None) -> Sequence[Residual]:
    return () if found is None else (found,)


def _told(code: str, layer: str, evidence: Evidence, found: Residual) -> Diagnostic:
    called = fact_title(layer, evidence.rules)
    parcels = [evidence.proposal.parcels[int(row)].id for row in np.sort(found.parcels)]
    shown = ", ".join(parcels[:5])
    args = {
        "layer_zh": called.zh,
        "layer_en": called.en,
        "area": round_half_up(exact(found.area)),
        "largest": round_half_up(exact(found.largest)),
        "parcels_zh": shown.replace(", ", "、") + (f" 等 {len(parcels)} 个地块" if len(parcels) > 5 else ""),
        "parcels_en": shown + (f" and {len(parcels) - 5} more" if len(parcels) > 5 else ""),
        "place": residual.place_of(found, evidence.proposal.plane),
    }
    return Diagnostic(code, args, where=layer, severity="warning")
