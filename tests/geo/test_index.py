"""The index answers what a plain loop over closed boxes answers, in the same order, wherever the boxes lie."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo.index import BoxIndex, candidate_pairs
from landrules.geo.kernel import array_of

Row = tuple[int, int, int, int]
rows = st.lists(
    st.tuples(st.integers(-100, 100), st.integers(-100, 100), st.integers(0, 40), st.integers(0, 40)), max_size=60
)


def boxes(found: list[Row], east: float) -> np.ndarray:
    corners = [(x + east, y, x + w + east, y + h) for x, y, w, h in found]
    return np.array(corners, dtype=np.float64).reshape(-1, 4)


def loop(queries: np.ndarray, held: np.ndarray) -> list[tuple[int, int]]:
    return [
        (q, h)
        for q in range(len(queries))
        for h in range(len(held))
        if (queries[q, :2] <= held[h, 2:]).all() and (held[h, :2] <= queries[q, 2:]).all()
    ]


@given(rows, rows, st.sampled_from([0.0, 39_519_000.0, 39_519_000.25]))
@settings(max_examples=80, deadline=None)
def test_index_equals_plain_loop(queries: list[Row], held: list[Row], east: float) -> None:
    asked, kept = boxes(queries, east), boxes(held, east)
    q, h = BoxIndex.of_boxes(kept).pairs(asked)
    assert list(zip(q.tolist(), h.tolist(), strict=True)) == loop(asked, kept)


def test_touching_boxes_are_candidates_at_eight_digit_eastings() -> None:
    east = 39_519_000.0
    q, h = candidate_pairs(
        array_of([shapely.box(east, 0, east + 1, 1)]), array_of([shapely.box(east + 1, 1, east + 2, 2)])
    )
    assert (q.tolist(), h.tolist()) == ([0], [0])


@pytest.mark.parametrize("shape", [shapely.Polygon(), None])
def test_rows_without_a_box_are_never_found(shape: shapely.Geometry | None) -> None:
    ground = array_of([shapely.box(0, 0, 10, 10)])
    assert len(candidate_pairs(ground, array_of([shape]))[0]) == 0
    assert len(candidate_pairs(array_of([shape]), ground)[0]) == 0
    q, h = candidate_pairs(ground, array_of([shape, shapely.box(5, 5, 6, 6)]))
    assert (q.tolist(), h.tolist()) == ([0], [1])
