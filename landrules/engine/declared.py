"""What the application states against what was measured: differences are data-quality lines, never decisions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from landrules.base.diagnostic import Diagnostic
from landrules.base.quantity import round_half_up
from landrules.engine.evidence import Evidence, Overlaid

RESOLUTION = Fraction(1)
"""Official tables count in hectares with four decimals: differences up to 1 m² are rounding (proposal.md 0)."""


def declared_against_measured(evidence: Evidence) -> list[Diagnostic]:
    """A line for every layer whose area the land table states otherwise than it was measured."""
    table = evidence.proposal.attributes.get("land_table")
    if not isinstance(table, Mapping):
        return []
    lines = []
    for name in sorted(evidence.grounds):
        met, stated = evidence.grounds[name], table.get(name)
        if not isinstance(met, Overlaid) or not isinstance(stated, Fraction):
            continue
        measured = met.area(met.rows)
        if abs(measured - stated) > RESOLUTION:
            args = {
                "key": f"land_table.{name}",
                "declared": round_half_up(stated / 10_000, 4),
                "measured": round_half_up(measured / 10_000, 4),
            }
            lines.append(Diagnostic("LR780", args, where=f"proposal.land_table.{name}", severity="warning"))
    return lines
