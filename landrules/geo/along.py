"""Boxes along ground: where something near it can lie, without the wide land that the box of a long parcel spans.

The box of a road that runs aslant holds a hundred times its ground, and forty thousand patches that it never comes near.
"""

from __future__ import annotations

import numpy as np
import shapely

from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.site import GeometryArray

SPARSE = 4.0
"""A part whose box is so many times its area is followed in smaller boxes."""

STEP = 500.0
"""Metres: a box no longer than this is not divided further; a patch is some tens of metres, a look-up costs little."""


def boxes_along(geometries: GeometryArray, margin: float) -> FloatArray:
    """Boxes (minx, miny, maxx, maxy) that together hold all points no farther than `margin` metres from some ground.

    One box a part, or several along a part that fills little of its own. Empty and missing geometries have none.
    """
    there = geometries[~shapely.is_empty(geometries) & ~shapely.is_missing(geometries)]
    parts = shapely.get_parts(there)
    boxes: FloatArray = np.asarray(shapely.bounds(parts), dtype=np.float64).reshape(-1, 4)
    size = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    sparse = np.flatnonzero(size > SPARSE * shapely.area(parts))
    kept = [np.delete(boxes, sparse, axis=0), _followed(parts, sparse.astype(np.int64), boxes[sparse])]
    out: FloatArray = np.concatenate(kept) + margin * np.array([-1.0, -1.0, 1.0, 1.0])
    return out


def _followed(parts: GeometryArray, owner: IntArray, boxes: FloatArray) -> FloatArray:
    """Boxes halved across their longer side, again and again, without the halves that the part does not enter."""
    done = [np.empty((0, 4))]
    shapely.prepare(parts[owner])
    while len(boxes):
        sides = boxes[:, 2:] - boxes[:, :2]
        short = sides.max(axis=1) <= STEP
        done.append(boxes[short])
        boxes, owner, sides = boxes[~short], owner[~short], sides[~short]
        rows, axis = np.arange(len(boxes)), (sides[:, 1] > sides[:, 0]).astype(np.int64)
        middle = (boxes[rows, axis] + boxes[rows, axis + 2]) / 2.0
        lower, upper = boxes.copy(), boxes.copy()
        lower[rows, axis + 2], upper[rows, axis] = middle, middle
        boxes, owner = np.concatenate([lower, upper]), np.concatenate([owner, owner])
        entered = shapely.intersects(parts[owner], shapely.box(*boxes.T)) if len(boxes) else np.empty(0, dtype=bool)
        boxes, owner = boxes[entered], owner[entered]
    return np.concatenate(done)
