"""Boxes along ground hold every point near it, and leave out the land that a long parcel's own box spans."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo.along import boxes_along
from landrules.geo.kernel import array_of

quick = settings(max_examples=60, deadline=None)
east, north = 40_500_000.0, 3_400_000.0
points = st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 12_000)), min_size=2, max_size=6, unique=True)


@quick
@given(points, st.sampled_from([6, 60, 900]), st.integers(0, 300), st.integers(0, 2**32 - 1))
def test_whatever_lies_near_lies_in_a_box(line: list[tuple[int, int]], width: int, margin: int, seed: int) -> None:
    centre = shapely.LineString([(east + x, north + y) for x, y in line])
    road = shapely.buffer(centre, width / 2, cap_style="flat", join_style="mitre")
    if road.is_empty:
        return
    boxes = boxes_along(array_of([road, None, shapely.Polygon()]), float(margin))
    random = np.random.default_rng(seed)
    edge = shapely.line_interpolate_point(shapely.boundary(road), random.uniform(0, 1, 200), normalized=True)
    turn = random.uniform(0, 2 * np.pi, 200)
    reach = margin * random.uniform(0, 1, 200) ** 0.2 * (1 - 1e-9)
    near = shapely.get_coordinates(edge) + np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None]
    inside = (near[:, None, :] >= boxes[None, :, :2] - 1e-6) & (near[:, None, :] <= boxes[None, :, 2:] + 1e-6)
    assert inside.all(axis=2).any(axis=1).all()


def test_a_long_road_aslant_is_followed() -> None:
    road = shapely.buffer(shapely.LineString([(0, 0), (20_000, 20_000)]), 30, cap_style="flat")
    boxes = boxes_along(array_of([road]), 100.0)
    covered = shapely.area(shapely.union_all(shapely.box(*boxes.T)))
    assert len(boxes) > 40
    assert covered < 0.1 * 20_000**2


def test_a_compact_site_is_one_box() -> None:
    site = shapely.box(0, 0, 400, 300)
    assert boxes_along(array_of([site]), 50.0).tolist() == [[-50.0, -50.0, 450.0, 350.0]]
    assert boxes_along(array_of([None, shapely.Polygon()]), 50.0).shape == (0, 4)
