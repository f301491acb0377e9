"""What is known of one case: the proposal, the ground it meets on each layer, the accounts, the day whose law applies.

`Overlaid` is the engine's view of an overlay or of a strip: rows are pieces (parcel and feature), areas come back exact
and rounded once. Everything is frozen; evaluation reads and never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction

import numpy as np

from landrules.base.figures import AccountRow
from landrules.base.frozen import frozen
from landrules.base.quantity import round_half_up
from landrules.base.valuetype import Absence, Code, Grade, Missing, Value
from landrules.engine.memo import Memo
from landrules.engine.reads import Reads
from landrules.geo.ground import Extent, Ground
from landrules.geo.pieces import Pieces
from landrules.geo.rings import Inner
from landrules.geo.site import AbsentLayer, Layer, Parcel, Proposal
from landrules.geo.strips import Strips
from landrules.rules.model import RuleSet

NO_AREA = Fraction(0)


@frozen(eq=False)
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
    memo: Memo = field(init=False, default_factory=Memo, compare=False, repr=False)
    """Its keys name the rows and what else was asked; everything they hang on beside is this table."""

    @property
    def rows(self) -> tuple[int, ...]:
        """All pieces."""
        return self.memo.of("rows", lambda: tuple(range(len(self.pieces))))

    def _positions(self) -> tuple[list[int], list[int]]:
        """The polygon and the feature of each piece."""
        return self.memo.of("positions", lambda: (self.pieces.parcel.tolist(), self.pieces.feature.tolist()))

    def position_of(self, row: int) -> int:
        """The position of the polygon that a piece belongs to."""
        return int(self.pieces.parcel[row])

    def parcel_of(self, row: int) -> Parcel:
        """The polygon that a piece belongs to."""
        return self.parcels[self.position_of(row)]

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

    def alike(self, rows: Sequence[int], reads: Reads) -> tuple[tuple[int, ...], ...]:
        """Pieces in groups that look alike to a question, in the order in which each group is first met.

        Alike are pieces of equal values in the fields that it reads, of one parcel where it reads of the parcel. Features
        of which a value is missing are each their own, since an open value is known by its feature.
        """
        asked = rows if isinstance(rows, tuple) else tuple(rows)
        if reads.apart:
            return tuple((row,) for row in asked)
        return self.memo.of(("alike", asked, reads), lambda: self._alike(asked, reads))

    def _alike(self, rows: tuple[int, ...], reads: Reads) -> tuple[tuple[int, ...], ...]:
        columns: list[Sequence[Hashable]] = [self.kinds(name) for name in reads.fields]
        if reads.parcel:
            columns.append(self._positions()[0])
        return grouped(rows, columns)

    def kinds(self, name: str, *, missing_apart: bool = True) -> Sequence[Hashable]:
        """For each piece what tells its feature's value of a field from others; equal for equal values of one type.

        With `missing_apart` features without a value are each their own, else those are alike that lack it alike.
        """
        return self.memo.of(("kinds", name, missing_apart), lambda: self._kinds(name, missing_apart))

    def _kinds(self, name: str, missing_apart: bool) -> Sequence[Hashable]:
        features = self._positions()[1]
        by_feature = {f: _kind_of(feature_value(self.layer, f, name), f, missing_apart) for f in set(features)}
        return [by_feature[f] for f in features]

    def unfilled(self) -> tuple[float, ...] | None:
        """Of each polygon the area in m² that neither pieces nor hidden ground fill, as far as areas alone tell.

        `None` where pieces or polygons share ground: then areas do not add up.
        """
        return self.memo.of("unfilled", self._unfilled)

    def _unfilled(self) -> tuple[float, ...] | None:
        ground = self.pieces.ground
        if ground.is_overlapping or not self.pieces.is_disjoint:
            return None
        filled = np.bincount(self.pieces.parcel, weights=self.pieces.area, minlength=len(ground.parcels))
        rest = ground.surveyed - filled
        return tuple((rest if self.pieces.is_gapless else rest - self.hidden().areas()).tolist())

    def chosen(self, rows: Sequence[int]) -> Pieces:
        """The table of some rows."""
        asked = rows if isinstance(rows, tuple) else tuple(rows)
        return self.memo.of(("chosen", asked), lambda: self._chosen(asked))

    def _chosen(self, rows: tuple[int, ...]) -> Pieces:
        if len(rows) == len(self.pieces) and rows == self.rows:
            return self.pieces
        mask = np.zeros(len(self.pieces), dtype=np.bool_)
        mask[list(rows)] = True
        return self.pieces.select(mask)

    def area(self, rows: Sequence[int]) -> Fraction:
        """Area of the union of pieces in m², rounded once."""
        if not rows:
            return Fraction(0)
        asked = rows if isinstance(rows, tuple) else tuple(rows)
        return self.memo.of(("area", asked), lambda: Fraction(self.chosen(asked).rounded_area()))

    def shared(self, rows: Sequence[int], values: Sequence[Fraction]) -> Fraction:
        """Sum of values shared out by area, rounded once; ground is never counted twice."""
        if not rows:
            return Fraction(0)
        by_row = dict(zip(rows, values, strict=True))
        total = self.chosen(rows).apportioned([by_row[r] for r in sorted(by_row)])
        if total is None:
            raise ValueError("a known value is not known")
        return Fraction(round_half_up(total))

    def lone_share(self, row: int, value: Fraction) -> Fraction:
        """`shared` of one piece alone. Where no pieces share ground, its share in all is its share alone."""
        if not self.pieces.is_disjoint:
            return self.shared((row,), (value,))
        shares = self.memo.of("shares", self.pieces.shares)
        return Fraction(round_half_up(value * shares[row]))

    def noise(self, precision_m: float) -> Sequence[bool]:
        """For each piece whether it is numeric noise by itself."""
        found: list[bool] = self.memo.of(("noise", precision_m), lambda: self.pieces.noise(precision_m).tolist())
        return found

    def is_noise(self, rows: Sequence[int], precision_m: float) -> bool:
        """Whether pieces are numeric noise: up to 0.01 m² in sum, or a touch no wider than the input's precision."""
        if not rows:
            return True
        asked = rows if isinstance(rows, tuple) else tuple(rows)
        return self.memo.of(("is noise", asked, precision_m), lambda: self.chosen(asked).is_noise(precision_m))

    def uncovered(self) -> Fraction:
        """Area in m² where the layer says nothing."""
        if self.pieces.is_gapless:
            return NO_AREA
        return self.memo.of("uncovered", lambda: Fraction(round_half_up(self.hidden().area())))

    def gap(self) -> Extent:
        """The ground for which the layer says nothing, or cannot be believed, pieces or none."""
        return Extent(self.pieces.ground, self.pieces.gap)

    def gap_area(self) -> Fraction:
        """Its area in m²."""
        return NO_AREA if self.pieces.is_gapless else self.memo.of("gap", lambda: self.gap().area())

    def hidden(self) -> Extent:
        """The ground where the layer says nothing."""
        return self.memo.of("hidden", self.pieces.uncovered)

    def extent(self, rows: Sequence[int]) -> Extent:
        """The ground of pieces, parcel by parcel."""
        asked = rows if isinstance(rows, tuple) else tuple(rows)
        return self.memo.of(("extent", asked), lambda: self.chosen(asked).extent())


def grouped(rows: Sequence[int], columns: Sequence[Sequence[Hashable]]) -> tuple[tuple[int, ...], ...]:
    """Rows in groups of equal cells, in the order in which each group is first met."""
    if not columns:
        return (tuple(rows),) if rows else ()
    groups: dict[Hashable, list[int]] = {}
    if len(columns) == 1:
        (only,) = columns
        for row in rows:
            groups.setdefault(only[row], []).append(row)
    else:
        for row in rows:
            groups.setdefault(tuple([column[row] for column in columns]), []).append(row)
    return tuple(tuple(group) for group in groups.values())


def kinds_of(layer: Layer, name: str) -> list[Hashable]:
    """For each feature of a layer what tells its value of a field from others; features without one are each their own."""
    return [_kind_of(feature_value(layer, f, name), f, True) for f in range(len(layer.ids))]


def _kind_of(value: Value, feature: int, missing_apart: bool) -> Hashable:
    """What tells a value from others: itself and its type, since a truth, a number and a code may be equal or look so."""
    if isinstance(value, Missing):
        return ("missing", feature) if missing_apart else ("missing", value)
    kind = type(value)
    return (kind, value) if kind in _COMPARED else ("other", repr(value))


_COMPARED = frozenset({bool, Fraction, date, str, Code, Grade})


Found = Overlaid | AbsentLayer

Spot = tuple[int | None, str]
"""The piece and the id of the parcel at hand; nothing where a norm speaks of the proposal as a whole."""

Witness = Callable[[object, object, Spot], None]
"""Told of each part of the law that a judgement came upon (a branch, a clause, an exception, a row), what it came to, and
where."""


def feature_value(layer: Layer, position: int, name: str) -> Value:
    """A field of a feature; a column that is not bound is not supplied."""
    column = layer.columns.get(name)
    if column is None:
        return Missing(f"{layer.name}.{name}", Absence.NOT_SUPPLIED)
    found = column[position]
    return Missing(f"{layer.name}.{name}", found.kind, found.detail) if isinstance(found, Missing) else found


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
    memo: Memo = field(init=False, default_factory=Memo, compare=False, repr=False)
    """Its keys name the question and all of its place that the answer hangs on; the rest is this evidence."""

    def site(self) -> Ground:
        """The proposal's parcels as ground."""
        overlaid = (x.pieces.ground for x in self.grounds.values() if isinstance(x, Overlaid))
        return self.memo.of(
            "site", lambda: next(overlaid, None) or Ground.of(self.proposal.parcels, self.proposal.plane)
        )

    def ground(self, layer: str) -> Found:
        """The proposal's ground on a layer."""
        return self.grounds.get(layer, AbsentLayer(layer, Absence.UNBOUND))

    @property
    def broken(self) -> tuple[Parcel, ...]:
        """Parcels without usable ground: what spatial norms say of them is unknown."""
        return self.memo.of("broken", lambda: tuple(p for p in self.proposal.parcels if p.geometry is None))
