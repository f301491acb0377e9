"""A prepared layer, opened: the rows near some boxes, with the shapes, cells and faults that the source would give.

A row is near where its own box meets one that is asked for, closed boxes. Of a shape kept in tiles only the tiles near
are read and joined: every point of the shape in the boxes lies in what is joined, and the edges at which it is cut off
lie outside them.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.distinct import distinct
from landrules.geo.index import pairs_of_boxes
from landrules.geo.kernel import BoolArray, FloatArray, IntArray
from landrules.geo.site import Geometry, GeometryArray
from landrules.intake.columns import Memory
from landrules.intake.store.columns import Stored, stored
from landrules.intake.store.container import Container
from landrules.intake.store.ragged import Held, Shapes, Source
from landrules.intake.store.tiles import joined
from landrules.intake.store.tree import PackedBoxes

Box = tuple[float, float, float, float]


@frozen
class Found:
    """The near rows of a store, ascending, faulty ones among them; the tiles near, ascending by row; `None`: whole."""

    rows: IntArray
    tiles: IntArray
    tile_rows: IntArray
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
    regions: dict[bytes, Geometry]

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
            regions={},
        )

    def __len__(self) -> int:
        return self.container.length("key")

    def near(self, boxes: FloatArray | None) -> Found:
        """The rows near some boxes (minx, miny, maxx, maxy in the plane; `None`: all). Raises `Unusable`."""
        none = np.empty(0, dtype=np.int64)
        if boxes is None:
            return Found(np.arange(len(self), dtype=np.int64), none, none, True)
        query, hit = self.boxes.hits(boxes)
        return self.settled(boxes, query, hit)

    def near_many(self, several: list[FloatArray]) -> list[Found]:
        """`near` for many sets of boxes with one look into the index. Raises `Unusable`."""
        counts = np.array([len(boxes) for boxes in several], dtype=np.int64)
        every = np.concatenate([np.empty((0, 4)), *several])
        query, hit = self.boxes.hits(every)
        order = np.argsort(query, kind="stable")
        query, hit = query[order], hit[order]
        ends = np.cumsum(counts)
        cuts = np.searchsorted(query, np.concatenate([[0], ends]))
        return [
            self.settled(several[i], query[cuts[i] : cuts[i + 1]] - (ends[i] - counts[i]), hit[cuts[i] : cuts[i + 1]])
            for i in range(len(several))
        ]

    def settled(self, boxes: FloatArray, query: IntArray, hit: IntArray) -> Found:
        """Near rows from what the index found: rows by their exact boxes, and tiles."""
        count = len(self)
        is_tile = hit >= count
        rows, asked = hit[~is_tile], boxes[query[~is_tile]]
        own = self.arrays.rows("box", rows)
        meets = (own[:, :2] <= asked[:, 2:]).all(axis=1) & (own[:, 2:] >= asked[:, :2]).all(axis=1)
        tiles = distinct(hit[is_tile] - count)
        tile_rows = self.tile_row[tiles]
        by_row = np.argsort(tile_rows, kind="stable")
        found = distinct(np.concatenate([rows[meets], tile_rows, self.lost])).astype(np.int64)
        return Found(found, tiles[by_row], tile_rows[by_row], False)

    @property
    def is_sound(self) -> bool:
        """Whether every row can be used."""
        return len(self.fault_row) == 0

    def region(self, boxes: FloatArray | None) -> Geometry:
        """The one shape of a store of a region as it is in some boxes (whole where `None`), empty where it is not there."""
        asked = b"" if boxes is None else boxes.tobytes()
        if asked not in self.regions:
            found = self.near(boxes)
            shape = self.geometry(found, found.rows)[0][0] if len(found.rows) else shapely.Polygon()
            self.regions.clear()
            self.regions[asked] = shape
        return self.regions[asked]

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

    def geometry(self, found: Found, rows: IntArray) -> tuple[GeometryArray, BoolArray]:
        """The shapes of usable near rows, and which are only parts. Raises `Unusable`."""
        out = self.shapes.take(rows)
        is_part = np.zeros(len(rows), dtype=np.bool_)
        if len(self.whole_row):
            place = np.searchsorted(self.whole_row, rows)
            place[place == len(self.whole_row)] = 0
            for at in np.flatnonzero(self.whole_row[place] == rows).tolist():
                out[at], is_part[at] = self._tiled(found, int(rows[at]))
        return out, is_part

    def _tiled(self, found: Found, row: int) -> tuple[object, bool]:
        number = int(np.searchsorted(self.whole_row, row))
        low, high = np.searchsorted(found.tile_rows, [row, row + 1]).tolist()
        tiles = found.tiles[low:high]
        if found.is_all or len(tiles) == self.tile_count[number]:
            return self.wholes.take(np.array([number], dtype=np.int64))[0], False
        shapes = self.tiles.take(tiles)
        if len(shapes) == 1:
            return shapes[0], True
        at = self.arrays.rows("corner_at", np.concatenate([tiles, tiles + 1]))
        corners, offsets = self.arrays.spans("corner", at[: len(tiles)], at[len(tiles) :])
        parts = []
        for own in _clusters(shapely.bounds(shapes)):
            added = np.concatenate([corners[offsets[tile] : offsets[tile + 1]] for tile in own.tolist()])
            parts.append(joined(shapes[own], added))
        return parts[0] if len(parts) == 1 else kernel.normal_form(kernel.array_of([_multi(parts)]))[0], True


def _clusters(boxes: FloatArray) -> list[IntArray]:
    """Rows of boxes that hang together: no box of one shares a point with a box of another."""
    i, j = pairs_of_boxes(boxes)
    of = np.arange(len(boxes))
    for a, b in zip(i.tolist(), j.tolist(), strict=True):
        if of[a] != of[b]:
            of[of == of[b]] = of[a]
    return [np.flatnonzero(of == number) for number in distinct(of).tolist()]


def _multi(parts: list[Geometry]) -> Geometry:
    """One shape of shapes that share no point."""
    return shapely.multipolygons(shapely.get_parts(kernel.array_of(parts)))
