"""Strips whose norm prefers an announced layer: its polygons count where they are, and are open where nobody knows.

A layer that cannot answer leaves everything open: any of the computed strips may give way, and there may be an announced
polygon, of whatever width, anywhere on the ground.
"""

from __future__ import annotations

import numpy as np

from landrules.base.frozen import replace
from landrules.base.valuetype import Absence, Missing
from landrules.engine.evidence import Overlaid, StripAsked, Stripped
from landrules.geo.announced import preferred
from landrules.geo.site import AbsentLayer, Layer
from landrules.geo.strips import Strips


def with_announced(
    asked: StripAsked, met: Overlaid, drawn: Strips, announced: Layer | AbsentLayer, precision_m: float
) -> Stripped:
    """The strips with the announced polygons in the place of what they stand for."""
    if isinstance(announced, AbsentLayer):
        nothing = replace(met, pieces=met.pieces.select(np.zeros(len(met.pieces), dtype=np.bool_)))
        return Stripped(nothing, drawn, frozenset((announced.missing,)), is_plain=False)
    found = preferred(met.pieces.ground, met.layer, drawn, announced, asked.owners)
    joined = replace(met, layer=found.layer, pieces=found.strips.pieces, guests=(found.first, announced.name))
    is_sure = found.doubt.is_noise(precision_m)
    facts = frozenset() if is_sure else frozenset((Missing(announced.name, Absence.NOT_COVERED),))
    return Stripped(joined, found.strips, facts, is_plain=len(announced.ids) == 0 and is_sure)
