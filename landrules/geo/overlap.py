"""What two polygons share, measured without building it: the fast path of the one overlay kernel.

The area of an intersection is a sum over pairs of edges (`_overlap.c` says how); with its moments the ellipsoidal area
follows from the density. It is a sum over *pairs*: what three features share counts three times, so a sum over features
is the area of their union only where they are proven free of mutual overlap. Three kernels give the same answers to
1e-4 m²: compiled (``c``), ``numpy``, and ``geos``, the reference, which builds every piece. The compiled one is taken
where it was built at installation, else numpy; ``LANDRULES_KERNEL`` forces one. A report's provenance names it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any, Literal

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.outlines import Outlines

VARIABLE = "LANDRULES_KERNEL"
KERNELS = ("c", "numpy", "geos")
Name = Literal["c", "numpy", "geos"]

RESULTS = 9
"""Numbers that a kernel gives of each pair: six moments, two sums of what was added up, the length."""

_ROUNDING = 8 * 2.0**-52
"""Of the sum of all trapezoids without their signs, this much may be the arithmetic's."""


@frozen(eq=False)
class Overlaps:
    """What each of n pairs of polygons shares, in the plane.

    `moments` (n, 6) are the integrals of 1, x, y, x², xy, y² over the shared ground with x, y in metres from `origin`
    (n, 2); the first is its area in m². `error` bounds the arithmetic's part in that area. `length` bounds from above
    the perimeter of all parts of the shared ground together, in metres.
    """

    moments: FloatArray
    origin: FloatArray
    error: FloatArray
    length: FloatArray

    @classmethod
    def of_none(cls) -> Overlaps:
        """Of no pair at all."""
        return cls(np.empty((0, 6)), np.empty((0, 2)), np.empty(0), np.empty(0))

    @property
    def area(self) -> FloatArray:
        """The planar area in m², never negative."""
        out: FloatArray = np.maximum(self.moments[:, 0], 0.0)
        return out

    @property
    def width_floor(self) -> FloatArray:
        """A width in metres that the widest part's equivalent width (`kernel.equivalent_width`) surely reaches."""
        sure = np.maximum(self.moments[:, 0] - self.error, 0.0)
        return np.divide(2.0 * sure, self.length, out=np.zeros(len(sure)), where=self.length > 0)

    def take(self, rows: IntArray | slice) -> Overlaps:
        """Some of the pairs."""
        return Overlaps(self.moments[rows], self.origin[rows], self.error[rows], self.length[rows])


Sums = Callable[[Outlines, Outlines, IntArray, IntArray, FloatArray], FloatArray]


def overlaps(a: Outlines, b: Outlines, i: IntArray, j: IntArray, window: FloatArray | None = None) -> Overlaps:
    """What polygon `i[k]` of the first and `j[k]` of the second share, for every k; within `window[k]` where given.

    The polygons are valid. `window` (n, 4) are boxes minx, miny, maxx, maxy.
    """
    sums = _compiled() if name() == "c" else _by_numpy()
    return measured(sums, a, b, i, j, window)


def measured(
    sums: Sums, a: Outlines, b: Outlines, i: IntArray, j: IntArray, window: FloatArray | None = None
) -> Overlaps:
    """`overlaps` by a stated kernel: `compiled_sums()` or `trapezoids.moments`."""
    boxes = np.empty((len(i), 4))
    first, second = a.boxes[i], b.boxes[j]
    np.fmax(first[:, :2], second[:, :2], out=boxes[:, :2])
    np.fmin(first[:, 2:], second[:, 2:], out=boxes[:, 2:])
    if window is not None:
        boxes[:, :2] = np.maximum(boxes[:, :2], window[:, :2])
        boxes[:, 2:] = np.minimum(boxes[:, 2:], window[:, 2:])
    out = sums(a, b, i, j, boxes)
    return Overlaps(out[:, :6], boxes[:, :2], _ROUNDING * (out[:, 6] + out[:, 7]), out[:, 8])


# --- which kernel ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def name() -> Name:
    """The kernel in use, for a report's provenance: ``c``, ``numpy`` or ``geos``.

    Raises `InputError`: LR806 where ``LANDRULES_KERNEL`` names no kernel, LR860 where it names one not installed.
    """
    asked = os.environ.get(VARIABLE, "")
    if asked == "":
        return "numpy" if _extension() is None else "c"
    if asked == "c":
        if _extension() is None:
            raise InputError(Diagnostic("LR860", {"variable": VARIABLE}))
        return "c"
    if asked in ("numpy", "geos"):
        return "numpy" if asked == "numpy" else "geos"
    advice = {"advice_zh": f"去掉 {VARIABLE}，程序会自己选", "advice_en": f"without {VARIABLE} the program chooses"}
    raise InputError(Diagnostic("LR806", {"option": VARIABLE, "value": asked, "known": ", ".join(KERNELS)} | advice))


def is_reference() -> bool:
    """Whether every piece is to be built by GEOS."""
    return name() == "geos"


def _by_numpy() -> Sums:
    from landrules.geo.trapezoids import moments

    return moments


@lru_cache(maxsize=1)
def _extension() -> Any:
    """The compiled kernel, or `None` where none was built at installation."""
    try:
        return import_module("landrules.geo._overlap")
    except ModuleNotFoundError:
        return None


def compiled_sums() -> Sums | None:
    """The compiled kernel, `None` where there is none."""
    return None if _extension() is None else _compiled()


@lru_cache(maxsize=1)
def _compiled() -> Sums:
    run = _extension().moments

    def sums(a: Outlines, b: Outlines, i: IntArray, j: IntArray, boxes: FloatArray) -> FloatArray:
        out = np.zeros((len(i), RESULTS))
        run(*_buffers(a), *_buffers(b), np.ascontiguousarray(i), np.ascontiguousarray(j), boxes, out)
        return out

    return sums


def _buffers(o: Outlines) -> tuple[FloatArray, IntArray, FloatArray, IntArray]:
    """The arrays as C reads them: float64 and int64 in one piece."""
    return (
        np.ascontiguousarray(o.xy, dtype=np.float64),
        np.ascontiguousarray(o.ring, dtype=np.int64),
        np.ascontiguousarray(o.turn, dtype=np.float64),
        np.ascontiguousarray(o.shape, dtype=np.int64),
    )
