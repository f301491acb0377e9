"""The evidence of a case as it would be if the edges of one layer lay elsewhere, everything else being the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import overload

import numpy as np

from landrules.base.frozen import frozen, replace
from landrules.base.valuetype import Value
from landrules.engine.evidence import Evidence, Overlaid, StripAsked, Stripped
from landrules.geo.kernel import FloatArray
from landrules.geo.pieces import Pieces
from landrules.geo.rings import Inner
from landrules.geo.site import Layer
from landrules.geo.stability import grown_by


def with_pieces(evidence: Evidence, met: Overlaid, pieces: Pieces, layer: Layer | None = None) -> Evidence:
    """The evidence with other pieces, and perhaps other values of the features, in the place of those of a table.

    The table is that of the parcels or that of the buildings on its layer.
    """
    moved = replace(met, pieces=pieces, layer=met.layer if layer is None else layer)
    name = met.layer.name
    if met.parcels is evidence.proposal.buildings:
        kept = evidence.buildings
        assert kept is not None
        return replace(evidence, buildings=lambda asked: moved if asked == name else kept(asked))
    return replace(evidence, grounds={**evidence.grounds, name: moved})


def with_areas(evidence: Evidence, met: Overlaid, more: FloatArray) -> Evidence:
    """The evidence with so many m² more (or less) on each piece, and as much more of what goes by area.

    A piece of which nothing is left is gone. What a feature states of itself grows or shrinks as its pieces together.
    """
    pieces = grown_by(met.pieces, more)
    before = np.bincount(met.pieces.feature, met.pieces.area, minlength=len(met.layer.ids))
    after = np.bincount(pieces.feature, pieces.area, minlength=len(met.layer.ids))
    factor = np.divide(after, before, out=np.ones(len(before)), where=before > 0)
    schema = evidence.rules.layers[met.layer.name]
    factors = tuple(factor.tolist())
    columns = {
        name: Scaled(column, factors) if name in schema.fields and schema.fields[name].apportioned else column
        for name, column in met.layer.columns.items()
    }
    return with_pieces(evidence, met, pieces, replace(met.layer, columns=columns))


@frozen(eq=False)
class Scaled(Sequence[Value]):
    """A column of which each number is multiplied by a factor of its own, where it is asked for."""

    column: Sequence[Value]
    factors: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.column)

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(place, slice):
            return tuple(self[k] for k in range(*place.indices(len(self))))
        return _times(self.column[place], self.factors[place])


def _times(value: Value, factor: float) -> Value:
    return value * Fraction(factor) if factor != 1.0 and isinstance(value, Fraction) else value


def with_strips(evidence: Evidence, layer: str, by: Fraction) -> Evidence:
    """The evidence with the strips along a layer ending so many metres farther out, and beginning as much farther in."""
    drawn = evidence.strip
    assert drawn is not None

    def strip(asked: StripAsked) -> Stripped:
        return drawn(_wider(asked, by) if asked.layer == layer else asked)

    return replace(evidence, strip=strip)


def _wider(asked: StripAsked, by: Fraction) -> StripAsked:
    widths = tuple(None if w is None else max(w + by, Fraction(0)) for w in asked.widths)
    widest = None if asked.widest is None else max(asked.widest + by, Fraction(0))
    if asked.inner is None:
        return replace(asked, widths=widths, widest=widest)
    begins = tuple(None if w is None else max(w - by, Fraction(0)) for w in asked.inner.widths)
    inner = Inner(begins, asked.inner.perhaps, max(asked.inner.widest - by, Fraction(0)))
    return replace(asked, widths=widths, widest=widest, inner=inner)
