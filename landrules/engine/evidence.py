"""What is known of one case: the proposal, the ground it meets on each layer, the accounts, the day whose law applies.

`Overlaid` is the engine's view of an overlay or of a strip: rows are pieces (parcel and feature), areas come back exact
and rounded once. Everything is frozen; evaluation reads and never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction

import numpy as np

from landrules.base.figures import AccountRow
from landrules.base.frozen import frozen
from landrules.base.quantity import round_half_up
from landrules.base.valuetype import Absence, Missing, Value
from landrules.geo.ground import Extent
from landrules.geo.pieces import Pieces
from landrules.geo.rings import Inner
from landrules.geo.site import AbsentLayer, Layer, Parcel, Proposal
from landrules.geo.strips import Strips
from landrules.rules.model import RuleSet


@frozen
class Overlaid:
    """The ground of a proposal on one layer, or within strips along it.

    `parcels` are the polygons compared (parcels, or buildings for a strip that buildings may not enter). `guests` says
    from which position on the layer's features come from another layer, and from which: announced polygons, which belong
    to a strip whatever the norm asks of its own features.
    """

    layer: Layer
    pieces: Pieces
    parcels: tuple[Parcel, ...]
    missing: Missing
    guests: tuple[int, str] | None = None

    @property
    def rows(self) -> tuple[int, ...]:
        """All pieces."""
        return tuple(range(len(self.pieces)))

    def parcel_of(self, row: int) -> Parcel:
        """The polygon that a piece belongs to."""
        return self.parcels[int(self.pieces.parcel[row])]

    def feature_of(self, row: int) -> int:
        """The feature's position in the layer."""
        return int(self.pieces.feature[row])

    def feature_id(self, row: int) -> str:
        """The feature's id."""
        return self.layer.ids[self.feature_of(row)]

    def is_guest(self, row: int) -> bool:
        """Whether the piece's feature comes from another layer."""
        return self.guests is not None and self.feature_of(row) >= self.guests[0]

    def layer_of(self, row: int) -> str:
        """The name of the layer that the piece's feature comes from."""
        return self.guests[1] if self.guests is not None and self.is_guest(row) else self.layer.name

    def value(self, row: int, name: str) -> Value:
        """A field of the piece's feature; a column that is not bound is not supplied."""
        return feature_value(self.layer, self.feature_of(row), name)

    def chosen(self, rows: Sequence[int]) -> Pieces:
        """The table of some rows."""
        mask = np.zeros(len(self.pieces), dtype=np.bool_)
        mask[list(rows)] = True
        return self.pieces.select(mask)

    def area(self, rows: Sequence[int]) -> Fraction:
        """Area of the union of pieces in m², rounded once."""
        return Fraction(self.chosen(rows).rounded_area()) if rows else Fraction(0)

    def shared(self, rows: Sequence[int], values: Sequence[Fraction]) -> Fraction:
        """Sum of values shared out by area, rounded once; ground is never counted twice."""
        if not rows:
            return Fraction(0)
        by_row = dict(zip(rows, values, strict=True))
        total = self.chosen(rows).apportioned([by_row[r] for r in sorted(by_row)])
        if total is None:
            raise ValueError("a known value is not known")
        return Fraction(round_half_up(total))

    def is_noise(self, rows: Sequence[int], precision_m: float) -> bool:
        """Whether pieces are numeric noise: up to 0.01 m² in sum, or a touch no wider than the input's precision."""
        return not rows or self.chosen(rows).is_noise(precision_m)

    def uncovered(self) -> Fraction:
        """Area in m² where the layer says nothing."""
        return Fraction(round_half_up(self.pieces.uncovered_area()))

    def extent(self, rows: Sequence[int]) -> Extent:
        """The ground of pieces, parcel by parcel."""
        return self.chosen(rows).extent()


Found = Overlaid | AbsentLayer

Spot = tuple[int | None, str]
"""The piece and the id of the parcel at hand; nothing where a norm speaks of the proposal as a whole."""

Witness = Callable[[object, object, Spot], None]
"""Told of each part of the law that a judgement came upon (a branch, a clause, an exception, a row), what it came to, and
where."""


def feature_value(layer: Layer, position: int, name: str) -> Value:
    """A field of a feature; a column that is not bound is not supplied."""
    column = layer.columns.get(name)
    fact = f"{layer.name}.{name}"
    if column is None:
        return Missing(fact, Absence.NOT_SUPPLIED)
    found = column[position]
    return Missing(fact, found.kind, found.detail) if isinstance(found, Missing) else found


@frozen
class StripAsked:
    """Strips that a norm asks for: of a layer's features, so wide each, on parcels or on buildings.

    `widest` is the widest that any can be, where the law tells. `inner`: what is left out beside the features. `prefers` names a layer whose
    polygons count instead, each standing for one of the features `owners`.
    """

    layer: str
    widths: tuple[Fraction | None, ...]
    widest: Fraction | None
    on_buildings: bool
    inner: Inner | None = None
    prefers: str = ""
    owners: tuple[int, ...] = ()


@frozen
class Stripped:
    """Ground or buildings within strips along a layer's features, and every pair within reach with its distance.

    `doubt` are the facts by which more or less ground may belong. `is_plain`: the distance from a feature alone tells
    whether something lies in its strip.
    """

    overlaid: Overlaid
    strips: Strips
    doubt: frozenset[Missing] = frozenset()
    is_plain: bool = True


@frozen
class Evidence:
    """Everything a judgement may look at."""

    rules: RuleSet
    proposal: Proposal
    law_date: date
    area: Fraction
    """The proposal's survey area in m², rounded once; ground that parcels share counts once."""
    data_as_of: date
    grounds: Mapping[str, Found]
    layers: Mapping[str, Layer] = field(default_factory=dict)
    buildings: Callable[[str], Overlaid] | None = field(default=None, compare=False, repr=False)
    """The proposal's buildings on a layer; `None` where it states no building."""
    strip: Callable[[StripAsked], Stripped] | None = field(default=None, compare=False, repr=False)
    """The strips that a norm asks for."""
    accounts: tuple[AccountRow, ...] = ()
    tolerances: Mapping[str, tuple[Fraction, str]] = field(default_factory=dict)
    """Review tolerance by norm: m² and the author's name."""
    witness: Witness | None = field(default=None, compare=False, repr=False)
    """Who is told what was judged, where tests ask what they reach; nobody in a check."""

    def ground(self, layer: str) -> Found:
        """The proposal's ground on a layer."""
        return self.grounds.get(layer, AbsentLayer(layer, Absence.UNBOUND))

    @property
    def broken(self) -> tuple[Parcel, ...]:
        """Parcels without usable ground: what spatial norms say of them is unknown."""
        return tuple(p for p in self.proposal.parcels if p.geometry is None)
