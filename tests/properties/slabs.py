"""What two polygons share, in exact fractions, by another way than the kernels: slabs between eastings.

The plane is cut at every vertex and every crossing of edges; within a slab no edges cross, so the shared ground is a
stack of trapezoids, and its moments are integrals of cubics, which Simpson's rule takes exactly.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import shapely

Edge = tuple[Fraction, Fraction, Fraction, Fraction]


def edges(shape: shapely.Geometry) -> list[Edge]:
    found = []
    for part in shapely.get_parts(shape):
        for ring in shapely.get_rings(part):
            corners = [(Fraction(x), Fraction(y)) for x, y in shapely.get_coordinates(ring).tolist()]
            for (ax, ay), (bx, by) in pairwise(corners):
                if ax != bx:
                    found.append((ax, ay, bx, by) if ax < bx else (bx, by, ax, ay))
    return found


def at(edge: Edge, x: Fraction) -> Fraction:
    x1, y1, x2, y2 = edge
    return y1 + (x - x1) * (y2 - y1) / (x2 - x1)


def crossing(a: Edge, b: Edge) -> list[Fraction]:
    low, high = max(a[0], b[0]), min(a[2], b[2])
    if low >= high:
        return []
    left, right = at(a, low) - at(b, low), at(a, high) - at(b, high)
    return [low + (high - low) * left / (left - right)] if left * right < 0 else []


def stack(shape: list[Edge], middle: Fraction) -> list[tuple[Edge, Edge]]:
    """The ground of one shape in a slab, from below: pairs of its lower and upper edge."""
    here = sorted((e for e in shape if e[0] < middle < e[2]), key=lambda e: at(e, middle))
    assert len(here) % 2 == 0
    return list(zip(here[::2], here[1::2], strict=True))


def shared_moments(a: shapely.Geometry, b: shapely.Geometry) -> tuple[Fraction, ...]:
    """The integrals of 1, x, y, x², xy, y² over what two valid polygons share."""
    first, second = edges(a), edges(b)
    cuts = {x for e in (*first, *second) for x in (e[0], e[2])}
    for p, q in combinations((*first, *second), 2):
        cuts.update(crossing(p, q))
    places = sorted(cuts)
    out = [Fraction(0)] * 6
    for left, right in pairwise(places):
        middle = (left + right) / 2
        for low_a, high_a in stack(first, middle):
            for low_b, high_b in stack(second, middle):
                low = max(low_a, low_b, key=lambda e: at(e, middle))
                high = min(high_a, high_b, key=lambda e: at(e, middle))
                if at(low, middle) < at(high, middle):
                    for k, (i, j) in enumerate(((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))):
                        values = [
                            x**i * (at(high, x) ** (j + 1) - at(low, x) ** (j + 1)) / (j + 1)
                            for x in (left, middle, right)
                        ]
                        out[k] += (right - left) * (values[0] + 4 * values[1] + values[2]) / 6
    return tuple(out)
