"""What every reader of layers hands on: rows with shapes in the file's own system, and plain column values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Union

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, array_of
from landrules.geo.site import GeometryArray

Cell = Union[str, int, float, bool, date, None]
"""A value of a column as stored; empty where nothing is stored."""


@frozen
class Broken:
    """A row whose geometry could not even be built: why, and the box of its numbers (`None` where it has none)."""

    row: int
    reason: str
    box: tuple[float, float, float, float] | None


@frozen
class FeatureTable:
    """Rows of one layer. `crs` is what the file names, `None` where nothing; `keys` number the rows of the file.

    Invariant: `geometry[i]`, `keys[i]` and `columns[name][i]` belong to row i; a broken row has an empty polygon.
    `digest` is that of the rows where they come from no file; `named_by` the column that names rows where the table has
    no whole numbers to do so.
    """

    crs: str | None
    keys: tuple[int, ...]
    geometry: GeometryArray
    columns: Mapping[str, tuple[Cell, ...]]
    broken: tuple[Broken, ...] = ()
    digest: str = ""
    named_by: str = ""


def shapes_from_wkb(blobs: Sequence[bytes | None]) -> tuple[GeometryArray, tuple[Broken, ...]]:
    """Shapes of well-known binaries, without Z and M; what cannot be built is broken, what is absent has no box."""
    raw = array_of(blobs)
    shapes = _shapes(raw)
    unusable = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    broken: list[Broken] = []
    for row in unusable.tolist():
        broken.append(Broken(row, _why(raw[row]), None))
        shapes[row] = shapely.Polygon()
    return shapely.force_2d(shapes), tuple(broken)


def _shapes(raw: GeometryArray) -> GeometryArray:
    """Shapes of well-known binaries, `None` where there is none; one at a time where one has arcs, which stops them all."""
    shapes: GeometryArray
    try:
        shapes = shapely.from_wkb(raw, on_invalid="ignore")
    except NotImplementedError:
        shapes = array_of([None] * len(raw))
        for row, blob in enumerate(raw):
            with suppress(NotImplementedError):
                shapes[row] = shapely.from_wkb(blob, on_invalid="ignore")
    return shapes


def _why(blob: bytes | None) -> str:
    """Why a well-known binary gives no shape, in GEOS's words; an empty shape is none."""
    if blob is not None:
        try:
            shapely.from_wkb(blob)
        except (shapely.errors.ShapelyError, NotImplementedError) as error:
            return " ".join(str(error).split())
    return "no geometry"


def boxes_meet(boxes: FloatArray, wanted: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each box (minx, miny, maxx, maxy) whether it shares a point with any of the wanted ones."""
    out = np.zeros(len(boxes), dtype=bool)
    for minx, miny, maxx, maxy in wanted:
        out |= (boxes[:, 0] <= maxx) & (boxes[:, 2] >= minx) & (boxes[:, 1] <= maxy) & (boxes[:, 3] >= miny)
    return out
