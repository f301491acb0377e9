"""Shapes drawn in whole metres, as tests of rules draw them: squares, rectangles, polygons, lines, points."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from landrules.geo.site import Geometry

FAR = 1_000_000.0
"""Half the side of the square that stands for everywhere, in metres."""


def drawn(kind: str, sizes: Sequence[float], points: Sequence[tuple[float, float]]) -> Geometry:
    """A shape in the engineering plane; squares and rectangles stand on their south-west corner.

    >>> drawn("square", [100], [(0, 0)]).area
    10000.0
    """
    match kind:
        case "square":
            (x, y), side = points[0], sizes[0]
            return shapely.box(x, y, x + side, y + side)
        case "rectangle":
            (x, y), (width, height) = points[0], sizes
            return shapely.box(x, y, x + width, y + height)
        case "polygon":
            return shapely.Polygon(points)
        case "line":
            return shapely.LineString(points)
        case _:
            return shapely.Point(points[0])


def everywhere_but(holes: Sequence[Geometry]) -> Geometry:
    """A great square without some shapes."""
    return shapely.difference(shapely.box(-FAR, -FAR, FAR, FAR), shapely.union_all(list(holes)))
