"""The published suites through the overlap kernels: the area of every intersection of valid polygons in them.

Of JTS, polygon-clipping and Turf every two operands are taken that are both valid ground, whatever the operation asked
(but of `infinite-loop-2705`, whose second operand is no geometry).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
import shapely
import test_jts_suite as jts
import test_polygon_clipping_suite as clipping
import test_turf_suite as turf

from landrules.geo import kernel, overlap, trapezoids
from landrules.geo.kernel import array_of
from landrules.geo.outlines import Outlines

Pair = tuple[str, shapely.Geometry, shapely.Geometry]
SUMS = {"numpy": trapezoids.moments, "c": overlap.compiled_sums()}


def is_ground(shape: shapely.Geometry | None) -> bool:
    return shape is not None and shapely.get_type_id(shape) in (3, 6) and not shape.is_empty and shape.is_valid


def published() -> Iterator[Pair]:
    for check in jts.ALL:
        yield check.name, check.a, check.b
    for case in clipping.ALL:
        shapes = [clipping.cleaned(shape)[0] for shape in case.operands]
        yield from ((f"{case.folder}-{case.op}", a, b) for a, b in pairwise(shapes))
    for file in (f for f in turf.OPERANDS if f.stem != "infinite-loop-2705"):
        shapes = [turf.cleaned(turf.shape(feature)) for feature in turf.features(file)]
        yield from ((file.stem, a, b) for a, b in pairwise(shapes))


PAIRS = [pair for pair in published() if is_ground(pair[1]) and is_ground(pair[2])]


def test_the_suites_have_pairs_enough() -> None:
    assert len(PAIRS) > 300, len(PAIRS)


@pytest.mark.parametrize("name", [k for k, sums in SUMS.items() if sums is not None])
def test_areas_of_published_pairs(name: str) -> None:
    sums = SUMS[name]
    assert sums is not None
    a, b = (kernel.normal_form(array_of([pair[k] for pair in PAIRS])) for k in (1, 2))
    row = np.arange(len(PAIRS))
    found = overlap.measured(sums, Outlines.of(a), Outlines.of(b), row, row)
    wanted = shapely.area(kernel.intersection(a, b))
    far = np.flatnonzero(np.abs(found.area - wanted) > 1e-4)
    assert [(PAIRS[k][0], found.area[k], wanted[k]) for k in far] == []
