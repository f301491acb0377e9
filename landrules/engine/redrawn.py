"""Ground that left a layer only in slivers: its edge may have been drawn anew, and nothing have left.

Between two editions drawn at different times edges stray by decimetres, and each stray leaves a sliver. Whether such
ground left, nobody can tell who knows edges no better than the slivers are wide. It counts as left, since what may have
left is not known to have stayed; how much of it is no more than that is told beside it.
"""

from __future__ import annotations

from fractions import Fraction

from landrules.base.diagnostic import Diagnostic
from landrules.base.quantity import round_half_up
from landrules.engine.describe import fact_title
from landrules.engine.evidence import Evidence, Overlaid
from landrules.geo.stability import slivers


def redrawn(evidence: Evidence) -> tuple[Diagnostic, ...]:
    """A line for every layer of ground that left another, where part of it is slivers within the accuracy of edges."""
    lines = []
    for name, met in sorted(evidence.grounds.items()):
        schema = evidence.rules.layers.get(name)
        if schema is None or schema.departed is None or not isinstance(met, Overlaid):
            continue
        accuracy = met.layer.accuracy_m
        if not accuracy or len(met.pieces) == 0:
            continue
        area, count = slivers(met.pieces, met.layer, accuracy)
        if round_half_up(area) > 0:
            called, base = fact_title(name, evidence.rules), fact_title(schema.departed.base, evidence.rules)
            args = {
                "layer_zh": called.zh,
                "layer_en": called.en,
                "base_zh": base.zh,
                "base_en": base.en,
                "total": round_half_up(met.area(met.rows)),
                "area": round_half_up(area),
                "count": count,
                "accuracy": round_half_up(Fraction(str(accuracy))),
            }
            lines.append(Diagnostic("LR762", args, where=name, severity="warning"))
    return tuple(lines)
