"""What a prepared layer holds, made from its source alone: no ruleset and no binding of columns is asked.

The source is read once, in runs of rows, two runs at a time; rows are then put in Hilbert order of their boxes, looked at
together (the same shape twice, ground that two share) and handed over as a header and sections. Numbers of rows in the
store are places in that order; `key` is the number of a row in the source.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from landrules.base.collecting import without_collecting
from landrules.base.diagnostic import InputError
from landrules.base.frozen import frozen, replace
from landrules.geo.crs import proj_version
from landrules.geo.kernel import FloatArray, IntArray, array_of
from landrules.geo.numbers import source_system
from landrules.geo.site import Plane
from landrules.intake.formats.table import Broken, FeatureTable
from landrules.intake.store.checks import Overlap, duplicates, overlaps
from landrules.intake.store.columns import Packer, packed
from landrules.intake.store.container import Json, Sections
from landrules.intake.store.hilbert import hilbert_order
from landrules.intake.store.piece import Fault, Piece, Tiled, piece
from landrules.intake.store.ragged import Held, Ragged, Shapes, joined, sections
from landrules.intake.store.tree import boxes_sections

RUN = 20_000
"""Rows read and made ready at once."""

_AT_ONCE = 2
_TOLD = 100
"""Pairs of features that the header names."""

_NUMBERS = frozenset({"LR525", "LR526", "LR527", "LR533"})
"""What is said of numbers that do not fit their system: only all rows together can tell which it is."""

Parts = Callable[[int], Iterator[FeatureTable]]
"""All rows of a source, so many at a time; may be asked again."""


def prepare(
    parts: Parts, crs_of: Callable[[FeatureTable], str], plane: Plane, shown: str, *, is_placed: bool = False
) -> tuple[dict[str, Json], Sections]:
    """Header and sections of the store of a source; `is_placed`: its shapes are of the plane, whatever their numbers.

    Raises `InputError` as reading and placing the rows do.
    """

    def ready(table: FeatureTable, crs: str) -> Piece:
        return piece(table, crs, plane, shown, is_placed=is_placed)

    try:
        with without_collecting():
            gathered = _gather(parts(RUN), crs_of, ready)
    except InputError as error:
        if any(found.code in _NUMBERS for found in error.diagnostics):
            tables = list(parts(RUN))
            boxes = [np.asarray(shapely.bounds(table.geometry)).reshape(-1, 4) for table in tables]
            source_system(crs_of(tables[0]), np.concatenate(boxes), plane, where=shown)
        raise
    return _header_and_sections(gathered, plane)


def _header_and_sections(gathered: _Gathered, plane: Plane) -> tuple[dict[str, Json], Sections]:
    order = hilbert_order(gathered.boxes)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    boxes, keys, areas = gathered.boxes[order], gathered.keys[order], gathered.areas[order]
    cut = sorted(((int(place[row]), tiled) for row, tiled in gathered.tiled), key=lambda pair: pair[0])
    held = Held.of(joined(gathered.shapes))
    gathered.shapes.clear()  # they are half of all that is in memory
    tile_boxes, tile_sections = _tiles(cut)
    same, shared = _compared(held, order, boxes, cut)
    told, columns = packed(gathered.columns, order)
    indexed = boxes.copy()
    indexed[[row for row, _ in cut]] = np.nan
    faults = sorted(((int(place[row]), fault) for row, fault in gathered.faults), key=lambda pair: pair[0])
    whole = np.sort(place[gathered.untiled])
    crs = gathered.pieces[0].crs
    header: dict[str, Json] = {
        "crs": crs,
        "proj": "" if crs == plane.code else proj_version(),
        "plane": plane.code,
        "rows": len(keys),
        "vertices": sum(made.vertices for made in gathered.pieces),
        "tiled": len(cut),
        "tiles": len(tile_boxes),
        "untiled": keys[whole].tolist(),
        "area": float(areas.sum()),
        "columns": told,
        "duplicates": len(same),
        "duplicate_keys": keys[same[:_TOLD]].tolist(),
        "overlaps": len(shared.pairs),
        "overlap_keys": keys[shared.pairs[:_TOLD]].tolist(),
        "overlap_m2": shared.areas[:_TOLD].tolist(),
        "reasons": [fault.reason for _, fault in faults],
    }
    return header, {
        "key": keys,
        "box": boxes,
        "terms": gathered.terms[order],
        "area": areas,
        "survey": gathered.survey[order],
        "fault_row": np.array([row for row, _ in faults], dtype=np.int64),
        "fault_box": np.array([fault.box or (np.nan,) * 4 for _, fault in faults], dtype=np.float64).reshape(-1, 4),
        **columns,
        **sections("row", held, order),
        **tile_sections,
        **boxes_sections(np.concatenate([indexed, tile_boxes])),
    }


def _tiles(cut: Sequence[tuple[int, Tiled]]) -> tuple[FloatArray, Sections]:
    """The boxes of all tiles in the order of the store, and the sections of tiles and of the whole shapes."""
    shapes = np.concatenate([array_of([]), *(tiled.tiles for _, tiled in cut)])
    boxes = np.asarray(shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4)
    order = hilbert_order(boxes)
    row = np.repeat([at for at, _ in cut], [len(tiled.tiles) for _, tiled in cut]).astype(np.int64)
    corners = [np.bincount(tiled.corner_of, minlength=len(tiled.tiles)) for _, tiled in cut]
    count = np.concatenate([np.empty(0, dtype=np.int64), *corners])
    begins = np.concatenate([[0], np.cumsum(count)])
    taken = [np.arange(begins[tile], begins[tile + 1]) for tile in order.tolist()]
    corner = np.concatenate([np.empty((0, 2)), *(tiled.corner for _, tiled in cut)])
    whole = Held.of(Ragged.of(array_of([tiled.whole for _, tiled in cut])))
    return boxes[order], {
        "tile_row": row[order],
        "corner_at": np.concatenate([[0], np.cumsum(count[order])]).astype(np.int64),
        "corner": corner[np.concatenate([np.empty(0, dtype=np.int64), *taken])],
        "whole_row": np.array([at for at, _ in cut], dtype=np.int64),
        **sections("tile", Held.of(Ragged.of(shapes)), order),
        **sections("whole", whole, np.arange(len(cut), dtype=np.int64)),
    }


def _compared(
    held: Held, order: IntArray, boxes: FloatArray, cut: Sequence[tuple[int, Tiled]]
) -> tuple[IntArray, Overlap]:
    """Pairs of rows of one shape, and pairs that share ground, as places in the order of the store."""
    shapes = Shapes(held)
    kinds = held.rows("held.kind", order)
    same = duplicates(shapes, order, boxes, [(row, tiled.whole) for row, tiled in cut])
    tiles = [(row, tile) for row, tiled in cut for tile in tiled.tiles]
    return same, overlaps(shapes, order, boxes, np.flatnonzero(np.isin(kinds, (3, 6))), tiles)


# --- reading ---------------------------------------------------------------------------------------------------------


@frozen
class _Gathered:
    """What came of all runs of rows, in the order of the source, and apart from it the shapes of the runs.

    Rows are counted through all pieces.
    """

    pieces: tuple[Piece, ...]
    shapes: list[Ragged]
    columns: dict[str, Packer]

    def _stacked(self, name: str) -> npt.NDArray[np.float64]:
        return np.concatenate([getattr(made, name) for made in self.pieces])

    def _told(self, name: str) -> Iterator[tuple[int, Any]]:
        at = 0
        for made in self.pieces:
            for found in getattr(made, name):
                yield at + found.row, found
            at += len(made.keys)

    @property
    def keys(self) -> IntArray:
        """The numbers of the rows in the source."""
        return np.concatenate([made.keys for made in self.pieces])

    @property
    def boxes(self) -> FloatArray:
        """Their boxes."""
        return self._stacked("boxes")

    @property
    def terms(self) -> FloatArray:
        """The densities around them."""
        return self._stacked("terms")

    @property
    def areas(self) -> FloatArray:
        """Their areas."""
        return self._stacked("areas")

    @property
    def survey(self) -> FloatArray:
        """Their survey areas."""
        return self._stacked("survey")

    @property
    def tiled(self) -> list[tuple[int, Tiled]]:
        """The rows kept in tiles."""
        return list(self._told("tiled"))

    @property
    def faults(self) -> list[tuple[int, Fault]]:
        """The rows that cannot be used."""
        return list(self._told("faults"))

    @property
    def untiled(self) -> IntArray:
        """The rows of very many vertices that could not be tiled."""
        begins = np.cumsum([0, *(len(made.keys) for made in self.pieces)])
        rows = [at + row for at, made in zip(begins.tolist(), self.pieces, strict=False) for row in made.untiled]
        return np.array(rows, dtype=np.int64)


def _gather(
    parts: Iterable[FeatureTable],
    crs_of: Callable[[FeatureTable], str],
    ready: Callable[[FeatureTable, str], Piece],
) -> _Gathered:
    pieces: list[Piece] = []
    columns: dict[str, Packer] = {}
    waiting: deque[Future[Piece]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for table in parts:
            for run in _runs(table):
                crs = crs_of(run)
                if len(run.keys) < RUN and not waiting:  # all, or the rest: nothing to share out
                    pieces.append(ready(run, crs))
                else:
                    waiting.append(pool.submit(ready, run, crs))
                for name, cells in run.columns.items():
                    packer = columns.setdefault(name, Packer())
                    if cells:
                        packer.add(cells)
                while len(waiting) > _AT_ONCE:
                    pieces.append(waiting.popleft().result())
        pieces += [future.result() for future in waiting]
    shapes, none = [made.shapes for made in pieces], Ragged.of(array_of([]))
    return _Gathered(tuple(replace(made, shapes=none) for made in pieces), shapes, columns)


def _runs(table: FeatureTable) -> Iterator[FeatureTable]:
    """A table of very many rows as several."""
    if len(table.keys) <= RUN:
        yield table
        return
    for start in range(0, len(table.keys), RUN):
        rows = slice(start, start + RUN)
        yield replace(
            table,
            keys=table.keys[rows],
            geometry=table.geometry[rows],
            columns={name: cells[rows] for name, cells in table.columns.items()},
            broken=tuple(Broken(b.row - start, b.reason, b.box) for b in table.broken if start <= b.row < start + RUN),
        )
