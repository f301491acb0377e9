"""Rings of a proposal read as whole arrays: the same shape, decimals and refusals as position by position."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from landrules.intake import shapes
from landrules.intake.jsontext import Json
from landrules.intake.shapes import POLYGONS, Unreadable, read_shape

NUMBER = st.one_of(
    st.decimals(-1000, 1000, places=3),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("1E+3"), Decimal("1E-300"), Decimal("1e400"), Decimal("2.50"), Decimal("-0.0")]),
    st.sampled_from([7, True, None, "7", Decimal("40500000.123456789012345678901234567890")]),
)
POSITIONS = st.lists(st.lists(NUMBER, min_size=2, max_size=2) | st.lists(NUMBER, max_size=3), max_size=6)


def told(ring: list[Json]) -> object:
    try:
        found = read_shape({"type": "Polygon", "coordinates": [ring]}, POLYGONS, "地块", "parcel")
    except Unreadable as problem:
        return problem.code, problem.values
    return shapely.to_wkb(found.geometry), found.decimals, found.had_heights


@given(POSITIONS, st.booleans())
@example([[Decimal("0.1"), Decimal("2.34")], [Decimal("5E+1"), Decimal(0)], [Decimal(9), Decimal("1.0")]], True)
@example([[Decimal("1E-300"), Decimal("1E+3")], [Decimal("5"), Decimal(0)], [Decimal(9), Decimal("1.0")]], True)
def test_a_ring_is_read_as_position_by_position(positions: list[Json], is_closed: bool) -> None:
    ring = [*positions, positions[0]] if positions and is_closed else positions
    quick = told(ring)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes._Reader, "_plain", lambda reader, raw: None)
        assert told(ring) == quick


def test_a_plain_ring_is_read_as_a_whole() -> None:
    reader = shapes._Reader()
    found = reader._plain([[Decimal("40500000.125"), Decimal("3900000.5")], [Decimal("1.0"), Decimal("2.0")]])
    assert found is not None and reader.decimals == 3
    assert np.array_equal(found, [[40500000.125, 3900000.5], [1.0, 2.0]])
