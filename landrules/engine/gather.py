"""The evidence of cases from their proposals and layers: each layer overlaid once, strips cut when a norm asks.

Several proposals are laid over a layer together; what each is told is what it would be told alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from landrules.base.figures import AccountRow
from landrules.base.frozen import frozen
from landrules.base.valuetype import Absence, Missing
from landrules.engine.announced import with_announced
from landrules.engine.evidence import Evidence, Found, Overlaid, StripAsked, Stripped
from landrules.engine.overlay import buildings_of, ground_of, overlay_strips
from landrules.engine.plan import Plan
from landrules.geo.cut import cut, cut_each
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.pieces import Pieces
from landrules.geo.rings import rings
from landrules.geo.site import AbsentLayer, Layer, Proposal
from landrules.rules.model import RuleSet


@frozen
class Near:
    """A proposal beside its plan, the layers near it and the day up to which its data count."""

    proposal: Proposal
    plan: Plan
    layers: Mapping[str, Layer | AbsentLayer]
    data_as_of: date


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
    (found,) = gather_each(rules, (Near(proposal, plan, layers, data_as_of),), accounts, tolerances or {})
    return found


def gather_each(
    rules: RuleSet,
    several: Sequence[Near],
    accounts: tuple[AccountRow, ...],
    tolerances: Mapping[str, tuple[Fraction, str]],
) -> list[Evidence]:
    """The evidence for each of several proposals: every layer is laid over the ground of all of them at once."""
    grounds = [ground_of(one.proposal) for one in several]
    laid: list[dict[str, _Laid]] = [{} for _ in several]
    for name in dict.fromkeys(name for one in several for name in one.plan.layers):
        there = [(k, layer) for k, one in enumerate(several) if isinstance(layer := one.layers.get(name), Layer)]
        layers = [layer for _, layer in there]
        indexes = [BoxIndex.of(layer.geometry) for layer in layers]
        tables = cut_each([grounds[k] for k, _ in there], layers, indexes)
        for (k, layer), index, pieces in zip(there, indexes, tables, strict=True):
            laid[k][name] = _Laid(layer, index, pieces)
    return [
        _evidence(rules, one, ground, own, accounts, tolerances)
        for one, ground, own in zip(several, grounds, laid, strict=True)
    ]


@frozen
class _Laid:
    """A layer near a proposal, the index over its boxes, and its pieces of the proposal's ground."""

    layer: Layer
    index: BoxIndex
    pieces: Pieces


def _evidence(
    rules: RuleSet,
    near: Near,
    ground: Ground,
    laid: Mapping[str, _Laid],
    accounts: tuple[AccountRow, ...],
    tolerances: Mapping[str, tuple[Fraction, str]],
) -> Evidence:
    proposal, plan, layers = near.proposal, near.plan, near.layers
    buildings = buildings_of(proposal) if proposal.buildings else None
    grounds: dict[str, Found] = {}
    for name in plan.layers:
        layer = layers.get(name, AbsentLayer(name, Absence.UNBOUND))
        if isinstance(layer, AbsentLayer):
            grounds[name] = layer
        else:
            grounds[name] = Overlaid(layer, laid[name].pieces, proposal.parcels, _why(name))

    def on_buildings(name: str) -> Overlaid:
        if buildings is None:
            raise LookupError("the proposal has no buildings")
        own = laid[name]
        return Overlaid(own.layer, cut(buildings, own.layer, own.index), proposal.buildings, _why(name))

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
        layer, index = laid[asked.layer].layer, laid[asked.layer].index
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
        data_as_of=near.data_as_of,
        grounds=grounds,
        layers={name: layer for name, layer in layers.items() if isinstance(layer, Layer)},
        buildings=on_buildings if buildings is not None else None,
        strip=strip,
        accounts=accounts,
        tolerances=tolerances,
    )


def _why(name: str) -> Missing:
    return Missing(name, Absence.NOT_COVERED)
