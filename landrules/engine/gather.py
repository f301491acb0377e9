"""The evidence of a case from its proposal and layers: each layer overlaid once, strips cut when a norm asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from landrules.base.figures import AccountRow
from landrules.base.valuetype import Absence, Missing
from landrules.engine.announced import with_announced
from landrules.engine.evidence import Evidence, Found, Overlaid, StripAsked, Stripped
from landrules.engine.overlay import buildings_of, ground_of, overlay, overlay_strips
from landrules.engine.plan import Plan
from landrules.geo.cut import cut
from landrules.geo.index import BoxIndex
from landrules.geo.rings import rings
from landrules.geo.site import AbsentLayer, Layer, Proposal
from landrules.rules.model import RuleSet


def gather(
    rules: RuleSet,
    plan: Plan,
    proposal: Proposal,
    layers: Mapping[str, Layer | AbsentLayer],
    *,
    data_as_of: date,
    accounts: tuple[AccountRow, ...] = (),
    tolerances: Mapping[str, tuple[Fraction, str]] | None = None,
) -> Evidence:
    """The evidence for a plan: every layer that answers is overlaid once."""
    ground = ground_of(proposal)
    buildings = buildings_of(proposal) if proposal.buildings else None
    read = {name: layer for name, layer in layers.items() if isinstance(layer, Layer)}
    grounds: dict[str, Found] = {}
    indexes: dict[str, BoxIndex] = {}
    for name in plan.layers:
        layer = layers.get(name, AbsentLayer(name, Absence.UNBOUND))
        if isinstance(layer, AbsentLayer):
            grounds[name] = layer
        else:
            indexes[name] = BoxIndex.of(layer.geometry)
            pieces = overlay(proposal, layer, ground, indexes[name])
            grounds[name] = Overlaid(layer, pieces, proposal.parcels, _why(name))

    def on_buildings(name: str) -> Overlaid:
        if buildings is None:
            raise LookupError("the proposal has no buildings")
        return Overlaid(read[name], cut(buildings, read[name], indexes[name]), proposal.buildings, _why(name))

    strips: dict[StripAsked, Stripped] = {}  # what is asked is the whole of the question: the case is this one

    def strip(asked: StripAsked) -> Stripped:
        if asked not in strips:
            strips[asked] = drawn_strip(asked)
        return strips[asked]

    def drawn_strip(asked: StripAsked) -> Stripped:
        on_buildings = asked.on_buildings and buildings is not None
        base, polygons = (buildings, proposal.buildings) if on_buildings else (ground, proposal.parcels)
        if base is None:
            raise LookupError("the proposal has no buildings")
        layer, index = read[asked.layer], indexes[asked.layer]
        drawn = overlay_strips(base, layer, asked.widths, widest=asked.widest, reach=plan.reach, index=index)
        if asked.inner is not None:
            drawn = rings(base, layer, drawn, asked.inner, index)
        met = Overlaid(layer, drawn.pieces, polygons, _why(asked.layer))
        if asked.prefers:
            announced = layers.get(asked.prefers, AbsentLayer(asked.prefers, Absence.UNBOUND))
            return with_announced(asked, met, drawn, announced, proposal.precision_m)
        return Stripped(met, drawn, is_plain=asked.inner is None)

    return Evidence(
        rules=rules,
        proposal=proposal,
        law_date=plan.law_date,
        area=Fraction(ground.whole().rounded_area()),
        data_as_of=data_as_of,
        grounds=grounds,
        layers=read,
        buildings=on_buildings if buildings is not None else None,
        strip=strip,
        accounts=accounts,
        tolerances=tolerances or {},
    )


def _why(name: str) -> Missing:
    return Missing(name, Absence.NOT_COVERED)
