"""Where layers are asked for: boxes around each of several proposals, so that a layer is looked up once for all of them.

A check asks around its own proposal, a batch around some at once. What is found around one of them is what would be found
if it were the only one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, IntArray


@frozen(eq=False)
class Around:
    """Sets of boxes (minx, miny, maxx, maxy in the plane), one a proposal; `sets` is `None` where everything is asked for.

    `boxes` are those of all sets one after the other, `at` is where each set begins and the last ends; `key` tells sets
    apart that were put together anew.
    """

    sets: tuple[FloatArray, ...] | None
    boxes: FloatArray
    at: IntArray
    key: bytes

    @classmethod
    def of(cls, sets: Sequence[FloatArray]) -> Around:
        """Around each of several proposals."""
        at = np.zeros(len(sets) + 1, dtype=np.int64)
        np.cumsum([len(boxes) for boxes in sets], out=at[1:])
        boxes = sets[0] if len(sets) == 1 else np.concatenate([np.empty((0, 4)), *sets])
        return cls(tuple(sets), boxes, at, at.tobytes() + boxes.tobytes())

    @classmethod
    def one(cls, boxes: FloatArray | None) -> Around:
        """Around one proposal; everywhere, where there are no boxes."""
        return EVERYWHERE if boxes is None else cls.of((boxes,))

    def __len__(self) -> int:
        return len(self.at) - 1

    def of_some(self, rows: Sequence[int]) -> Around:
        """Around some of the proposals."""
        if self.sets is None or len(rows) == len(self):
            return self
        return Around.of([self.sets[row] for row in rows])


EVERYWHERE = Around(None, np.empty((0, 4)), np.zeros(2, dtype=np.int64), b"")
"""Everything is asked for, once."""
