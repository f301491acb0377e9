"""Well-known binaries as shapes: what cannot be built is broken alone, whatever stands beside it."""

from __future__ import annotations

import shapely

from landrules.intake.formats.table import shapes_from_wkb

SQUARE = shapely.box(0, 0, 1, 1)
ARC = bytes.fromhex("01" + "08000000" + "03000000") + bytes(48)
"""A circular string of three points, which GEOS has no shape for."""


def test_an_arc_is_broken_and_its_neighbours_are_not() -> None:
    shapes, broken = shapes_from_wkb([shapely.to_wkb(SQUARE), ARC, None, b"\x01\x03", shapely.to_wkb(shapely.Point())])
    assert shapes[0].equals_exact(SQUARE) and all(shapely.is_empty(shapes[1:]))
    assert [row.row for row in broken] == [1, 2, 3, 4] and all(row.box is None for row in broken)
    assert "Nonlinear" in broken[0].reason and broken[1].reason == broken[3].reason == "no geometry"


def test_height_is_dropped() -> None:
    shapes, broken = shapes_from_wkb([shapely.to_wkb(shapely.Point(1, 2, 3), output_dimension=3)])
    assert not broken and not shapes[0].has_z and shapes[0].equals(shapely.Point(1, 2))
