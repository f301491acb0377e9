"""A layer laid over a proposal: R-tree candidates, exact pieces, areas that add up; one table per layer.

Rules read these tables and never geometry. `Ground` is prepared once for a proposal's parcels, and once for its
buildings; each layer is then laid over it once, whatever the number of rules. Order is that of ids: parcels and
features come sorted from the door, so the table is the same for a shuffled file.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from landrules.geo.cut import cut
from landrules.geo.ground import Ground
from landrules.geo.index import BoxIndex
from landrules.geo.pieces import Pieces
from landrules.geo.site import Layer, Proposal
from landrules.geo.strips import Strips, strips


def ground_of(proposal: Proposal) -> Ground:
    """The proposal's parcels as ground; parcels without usable geometry keep their row, empty."""
    return Ground.of(proposal.parcels, proposal.plane)


def buildings_of(proposal: Proposal) -> Ground:
    """The proposal's buildings as ground, for strips that buildings may not enter."""
    return Ground.of(proposal.buildings, proposal.plane)


def overlay(proposal: Proposal, layer: Layer, ground: Ground | None = None, index: BoxIndex | None = None) -> Pieces:
    """The pieces of a layer on a proposal's parcels, sorted by parcel and feature.

    `ground` and `index` are what `ground_of` and `BoxIndex.of(layer.geometry)` gave, where a caller keeps them.
    """
    return cut(ground_of(proposal) if ground is None else ground, layer, index)


def overlay_strips(
    ground: Ground,
    layer: Layer,
    widths: Sequence[Fraction | None],
    *,
    widest: Fraction | None = None,
    reach: Fraction | None = None,
    index: BoxIndex | None = None,
) -> Strips:
    """The strips of a layer's features on parcels or buildings; one width in metres a feature, `None` where unknown.

    `widest` is the largest width the norm can ask of any feature, seen or not (coverage is shrunk by it); `reach` is
    how far to look for neighbours to report.
    """
    return strips(ground, layer, widths, widest=widest, reach=reach, index=index)
