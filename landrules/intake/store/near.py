"""A prepared layer, opened: the rows near some boxes, with the shapes, cells and faults that the source would give.

A row is near where its own box meets one that is asked for, closed boxes. Of a shape kept in tiles only the tiles near
are read and joined: every point of the shape in the boxes lies in what is joined, and the edges at which it is cut off
lie outside them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.distinct import distinct
from landrules.geo.index import pairs_of_boxes
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.packed import meeting
from landrules.geo.site import Geometry, GeometryArray
from landrules.intake.around import Around
from landrules.intake.cells import Memory
from landrules.intake.store.columns import Stored, stored
from landrules.intake.store.container import Container
from landrules.intake.store.ragged import Held, Shapes, Source, runs
from landrules.intake.store.tiles import joined
from landrules.intake.store.tree import PackedBoxes

Box = tuple[float, float, float, float]
_NONE = np.empty(0, dtype=np.int64)


@frozen
class Found:
    """The near rows of a store around each of several proposals, faulty ones among them, and the tiles near.

    Those of proposal k are `rows[at[k]:at[k + 1]]`, ascending, and `tiles[tile_at[k]:tile_at[k + 1]]`, ascending by the
    row (`tile_rows`) of whose shape they are; `is_all`: everything was asked for, and no tile.
    """

    rows: IntArray
    at: IntArray
    tiles: IntArray
    tile_rows: IntArray
    tile_at: IntArray
    is_all: bool


@frozen
class Store:
    """An opened store; `memory` is what cells were read as before (`intake/columns.py`)."""

    container: Container
    arrays: Source
    sha256: str
    crs: str
    columns: dict[str, Stored]
    shapes: Shapes
    tiles: Shapes
    wholes: Shapes
    boxes: PackedBoxes
    fault_row: IntArray
    fault_box: FloatArray
    reasons: tuple[str, ...]
    lost: IntArray
    tile_row: IntArray
    whole_row: IntArray
    tile_count: IntArray
    is_disjoint: bool
    memory: Memory
    whole_region: list[Geometry]

    @classmethod
    def of(cls, container: Container, sha256: str, *, is_checked: bool = False) -> Store:
        """The store in a container. Raises `Unusable`.

        `is_checked`: every block is checked now, and then arrays are read as they lie there: for whoever reads often.
        """
        arrays: Source = container
        if is_checked:
            container.verify()
            arrays = Held({name: container.whole(name) for name in container.sections})
        header = container.header
        faults, box = container.whole("fault_row"), container.whole("fault_box")
        own = container.rows("box", faults)
        tile_row = container.whole("tile_row")
        whole_row = container.whole("whole_row")
        return cls(
            container=container,
            arrays=arrays,
            sha256=sha256,
            crs=str(header["crs"]),
            columns=stored(arrays, header["columns"]),
            shapes=Shapes(arrays, "row"),
            tiles=Shapes(arrays, "tile"),
            wholes=Shapes(arrays, "whole"),
            boxes=PackedBoxes(arrays),
            fault_row=faults,
            fault_box=box,
            reasons=tuple(cast(list[str], header["reasons"])),
            lost=faults[~np.isfinite(own).all(axis=1)],
            tile_row=tile_row,
            whole_row=whole_row,
            tile_count=np.bincount(np.searchsorted(whole_row, tile_row), minlength=len(whole_row)).astype(np.int64),
            is_disjoint=header["overlaps"] == 0,
            memory={},
            whole_region=[],
        )

    def __len__(self) -> int:
        return self.container.length("key")

    def near(self, around: Around) -> Found:
        """The rows near, with one look into the index. Raises `Unusable`."""
        if around.sets is None:
            every = np.arange(len(self), dtype=np.int64)
            return Found(every, np.array([0, len(every)]), _NONE, _NONE, np.zeros(2, dtype=np.int64), True)
        return self._settled(around, *self.boxes.hits(around.boxes, around.at))

    def _settled(self, around: Around, query: IntArray, hit: IntArray) -> Found:
        """Near rows from what the index found: rows by their exact boxes, and tiles.

        One number tells a row and the proposal that it lies near: the proposal's place times the rows there are, and the
        row.
        """
        count, several = max(len(self), 1), len(around)
        begins = np.arange(several + 1) * count
        first = np.repeat(begins[:-1], np.diff(around.at))[query]
        is_tile = hit >= count
        plain = np.flatnonzero(~is_tile)
        rows = hit[plain]
        meets = np.flatnonzero(meeting(self.arrays.rows("box", rows), around.boxes[query[plain]]))
        near = [first[plain[meets]] + rows[meets], (begins[:-1, None] + self.lost).ravel()]
        tiles, tile_rows, tile_at = _NONE, _NONE, np.zeros(several + 1, dtype=np.int64)
        if len(plain) < len(hit):
            every = len(self.tile_row)
            number = distinct(first[is_tile] // count * every + hit[is_tile] - count)
            tiles = number % every
            tile_rows = self.tile_row[tiles]
            near.append(number // every * count + tile_rows)
            by_row = np.argsort(near[-1], kind="stable")
            tile_at = np.searchsorted(near[-1][by_row], begins)
            tiles, tile_rows = tiles[by_row], tile_rows[by_row]
        found = distinct(np.concatenate(near))
        return Found(found % count, np.searchsorted(found, begins), tiles, tile_rows, tile_at, False)

    @property
    def is_sound(self) -> bool:
        """Whether every row can be used."""
        return len(self.fault_row) == 0

    def regions(self, around: Around) -> tuple[Geometry, ...]:
        """The one shape of a store of a region as it is around each proposal (whole), empty where it is not there."""
        if around.sets is None and self.whole_region:
            return tuple(self.whole_region)
        found = self.near(around)
        shapes, _ = self.geometry(found, np.arange(len(found.rows)))
        there = np.diff(found.at).tolist()
        out = tuple(
            [shapes[at] if count else shapely.Polygon() for at, count in zip(found.at.tolist(), there, strict=False)]
        )
        if around.sets is None:
            self.whole_region[:] = out
        return out

    def keys(self, rows: IntArray) -> list[int]:
        """The numbers of rows in the source. Raises `Unusable`."""
        numbers: list[int] = self.arrays.rows("key", rows).tolist()
        return numbers

    def is_faulty(self, rows: IntArray) -> BoolArray:
        """Which rows cannot be used."""
        if self.is_sound:
            return np.zeros(len(rows), dtype=np.bool_)
        out: BoolArray = np.isin(rows, self.fault_row)
        return out

    def fault(self, row: int) -> tuple[str, Box | None]:
        """Why a row cannot be used, and the box (minx, miny, maxx, maxy) that is uncovered; `None`: it has no place."""
        at = int(np.searchsorted(self.fault_row, row))
        minx, miny, maxx, maxy = self.fault_box[at].tolist()
        return self.reasons[at], None if np.isnan(minx) else (minx, miny, maxx, maxy)

    def geometry(self, found: Found, places: IntArray) -> tuple[GeometryArray, BoolArray]:
        """The shapes of usable near rows, by their places in `found`, and which are only parts. Raises `Unusable`."""
        rows = found.rows[places]
        out = self.shapes.take(rows)
        is_part = np.zeros(len(rows), dtype=np.bool_)
        if len(self.whole_row) == 0 or len(rows) == 0:
            return out, is_part
        number = np.searchsorted(self.whole_row, rows)
        number[number == len(self.whole_row)] = 0
        tiled = np.flatnonzero(self.whole_row[number] == rows)
        if len(tiled):
            spans = self._tiles(found, places[tiled], rows[tiled])
            part = spans[:, 1] - spans[:, 0] < (0 if found.is_all else self.tile_count[number[tiled]])
            is_part[tiled] = part
            out[tiled[~part]] = self.wholes.take(number[tiled[~part]])
            out[tiled[part]] = self._joined(found, spans[part])
        return out, is_part

    def _tiles(self, found: Found, places: IntArray, rows: IntArray) -> IntArray:
        """Where the tiles of near rows that are kept in tiles begin and end in `found` (n, 2)."""
        out = np.zeros((len(rows), 2), dtype=np.int64)
        of = np.searchsorted(found.at, places, side="right") - 1
        for at, (k, row) in enumerate(zip(of.tolist(), rows.tolist(), strict=True)):
            begin, end = found.tile_at[k : k + 2].tolist()
            out[at] = begin + np.searchsorted(found.tile_rows[begin:end], [row, row + 1])
        return out

    def _joined(self, found: Found, spans: IntArray) -> GeometryArray:
        """The shapes of which only these tiles are near, each of its own tiles."""
        places, begins = runs(spans[:, 0], spans[:, 1])
        tiles = found.tiles[places]
        shapes = self.tiles.take(tiles)
        at = self.arrays.rows("corner_at", np.concatenate([tiles, tiles + 1]))
        corners, offsets = self.arrays.spans("corner", at[: len(tiles)], at[len(tiles) :])
        out = np.empty(len(spans), dtype=object)
        for k, (begin, end) in enumerate(pairwise(begins.tolist())):
            added = [corners[low:high] for low, high in pairwise(offsets[begin : end + 1].tolist())]
            out[k] = _one(shapes[begin:end], added)
        return out


def _one(tiles: GeometryArray, added: list[FloatArray]) -> Geometry:
    """The ground of tiles of one shape; `added` are the corners of the grid in each (`corners`)."""
    if len(tiles) == 1:
        return tiles[0]
    parts = [joined(tiles[own], np.concatenate([added[at] for at in own.tolist()])) for own in _clusters(tiles)]
    return parts[0] if len(parts) == 1 else kernel.normal_form(kernel.array_of([_multi(parts)]))[0]


def _clusters(shapes: GeometryArray) -> list[IntArray]:
    """Rows of shapes whose boxes hang together: no box of one cluster shares a point with a box of another."""
    boxes: FloatArray = shapely.bounds(shapes)
    i, j = pairs_of_boxes(boxes)
    of = np.arange(len(boxes))
    for a, b in zip(i.tolist(), j.tolist(), strict=True):
        if of[a] != of[b]:
            of[of == of[b]] = of[a]
    return [np.flatnonzero(of == number) for number in distinct(of).tolist()]


def _multi(parts: list[Geometry]) -> Geometry:
    """One shape of shapes that share no point."""
    return shapely.multipolygons(shapely.get_parts(kernel.array_of(parts)))
