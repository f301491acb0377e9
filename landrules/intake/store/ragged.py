"""Shapes as arrays: coordinates in a row, and where rings, parts and shapes begin; read back bit by bit the same.

A shape is a run of parts, a part a run of rings, a ring a run of coordinates. A line or a point is a part of one ring.
What does not fit (collections, empty parts, curves) is kept as its well-known binary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Union

import numpy as np
import numpy.typing as npt
import shapely

from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, IntArray, array_of
from landrules.geo.site import GeometryArray
from landrules.intake.store.container import Chunks, Container

ABSENT = 255
"""The kind of a row that has no shape."""
_ODD = 254
_POINT, _LINE, _POLYGON, _POINTS, _LINES, _POLYGONS = 0, 1, 3, 4, 5, 6
_PLAIN = (_POINT, _LINE, _POLYGON, _POINTS, _LINES, _POLYGONS)

Bytes = npt.NDArray[np.uint8]


@frozen
class Ragged:
    """Shapes as arrays. `kind` (n) is GEOS's number of a shape's type; counts of parts (n), rings a part, positions a ring.

    `odd` are the bytes of the shapes that do not fit, `odd_length` how many each has.
    """

    kind: Bytes
    parts: IntArray
    rings: IntArray
    positions: IntArray
    coords: FloatArray
    odd: Bytes
    odd_length: IntArray

    @classmethod
    def of(cls, shapes: GeometryArray) -> Ragged:
        """The arrays of shapes; `None` is no shape."""
        kinds = shapely.get_type_id(shapes)
        kind = np.where(kinds < 0, ABSENT, kinds).astype(np.uint8)
        kind[~np.isin(kinds, (-1, *_PLAIN))] = _ODD
        plain = np.flatnonzero(kind < _ODD)
        parts, part_of = shapely.get_parts(shapes[plain], return_index=True)
        hollow = shapely.is_empty(parts)
        none = plain[np.bincount(part_of, minlength=len(plain)) == 0]
        if hollow.any() or len(none):
            kind[plain[part_of[hollow]]] = _ODD
            kind[none] = _ODD
            plain = np.flatnonzero(kind < _ODD)
            parts, part_of = shapely.get_parts(shapes[plain], return_index=True)
        counts = np.zeros(len(kind), dtype=np.int64)
        counts[plain] = np.bincount(part_of, minlength=len(plain))
        rings, positions, coords = _rings(parts)
        odd = [shapely.to_wkb(shape) for shape in shapes[kind == _ODD]]
        return cls(
            kind,
            counts,
            rings,
            positions,
            coords,
            np.frombuffer(b"".join(odd), dtype=np.uint8),
            np.array([len(blob) for blob in odd], dtype=np.int64),
        )


def _rings(parts: GeometryArray) -> tuple[IntArray, IntArray, FloatArray]:
    """How many rings each part has, how many positions each ring, and the positions; parts are points, lines, polygons."""
    kinds = shapely.get_type_id(parts)
    if len(parts) and (kinds == _POLYGON).all():
        _, coords, (ring_at, part_at) = shapely.to_ragged_array(parts)
        return np.diff(part_at).astype(np.int64), np.diff(ring_at).astype(np.int64), np.ascontiguousarray(coords)
    areal = kinds == _POLYGON
    counts = np.ones(len(parts), dtype=np.int64)
    counts[areal] = shapely.get_num_interior_rings(parts[areal]) + 1
    ends = np.cumsum(counts)
    rings = np.empty(int(counts.sum()), dtype=object)
    rings[ends[~areal] - 1] = parts[~areal]
    rings[np.repeat(areal, counts)] = shapely.get_rings(parts[areal])
    coords, of = shapely.get_coordinates(rings, return_index=True)
    return counts, np.bincount(of, minlength=len(rings)).astype(np.int64), coords


def joined(pieces: Sequence[Ragged]) -> Ragged:
    """The shapes of all pieces, one after the other."""
    if len(pieces) == 1:
        return pieces[0]
    if not pieces:
        return Ragged.of(array_of([]))
    return Ragged(*(np.concatenate([getattr(p, f.name) for p in pieces]) for f in fields(Ragged)))


@frozen
class Held:
    """Arrays of a store that is not yet written, read as those of one that is."""

    arrays: Mapping[str, npt.NDArray[Any]]

    @classmethod
    def of(cls, shapes: Ragged) -> Held:
        """The arrays of some shapes."""
        return cls(
            {
                "held.kind": shapes.kind,
                "held.parts": _begins(shapes.parts),
                "held.rings": _begins(shapes.rings),
                "held.positions": _begins(shapes.positions),
                "held.coords": shapes.coords,
                "held.odd": shapes.odd,
                "held.odd_at": _begins(shapes.odd_length),
            }
        )

    def __contains__(self, name: str) -> bool:
        """Whether there is an array of this name."""
        return name in self.arrays

    def length(self, name: str) -> int:
        """How many rows an array has."""
        return len(self.arrays[name])

    def rows(self, name: str, rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Rows of an array."""
        out: npt.NDArray[Any] = self.arrays[name][rows]
        return out

    def span(self, name: str, start: int, stop: int) -> npt.NDArray[Any]:
        """Rows from `start` up to `stop`."""
        return self.arrays[name][start:stop]

    def spans(self, name: str, starts: npt.NDArray[Any], stops: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], IntArray]:
        """The rows of spans one after the other, and where each begins."""
        places, offsets = runs(starts, stops)
        return self.arrays[name][places], offsets


Source = Union[Container, Held]


def sections(prefix: str, whole: Held, order: IntArray) -> dict[str, npt.NDArray[Any] | Chunks]:
    """The sections of a store that hold shapes in some order, their names beginning with a prefix."""
    arrays = whole.arrays
    kind = arrays["held.kind"]
    part_at, ring_at, at = arrays["held.parts"], arrays["held.rings"], arrays["held.positions"]
    parts, parts_new = runs(part_at[order], part_at[order + 1])
    rings, rings_new = runs(ring_at[parts], ring_at[parts + 1])
    lengths = np.zeros(len(kind), dtype=np.int64)
    lengths[kind == _ODD] = np.diff(arrays["held.odd_at"])
    odd_at = _begins(lengths)
    odd, _ = runs(odd_at[order], odd_at[order + 1])

    def coords() -> Iterator[FloatArray]:
        for start in range(0, len(rings), _SLICE):
            part = rings[start : start + _SLICE]
            yield arrays["held.coords"][runs(at[part], at[part + 1])[0]]

    return {
        f"{prefix}.kind": kind[order],
        f"{prefix}.parts": parts_new,
        f"{prefix}.rings": rings_new,
        f"{prefix}.positions": _begins(at[rings + 1] - at[rings]),
        f"{prefix}.coords": Chunks(np.float64, (2,), coords()),
        f"{prefix}.odd": arrays["held.odd"][odd],
        f"{prefix}.odd_at": _begins(lengths[order][kind[order] == _ODD]),
    }


_SLICE = 20_000
"""Rings written at once."""


@frozen
class Shapes:
    """Shapes in a store, read where they are asked for."""

    store: Source
    prefix: str = "held"

    def __len__(self) -> int:
        return self.store.length(f"{self.prefix}.kind")

    def vertices(self, rows: IntArray) -> IntArray:
        """How many positions each row has."""
        part_at, part_end = self._ends("parts", rows)
        ring_at, ring_end = self._starts("rings", part_at), self._starts("rings", part_end)
        out: IntArray = self._starts("positions", ring_end) - self._starts("positions", ring_at)
        return out

    def take(self, rows: IntArray) -> GeometryArray:
        """The shapes of rows, exactly as they were; `None` where a row has none. Raises `Unusable`."""
        out = np.empty(len(rows), dtype=object)
        if len(rows) == 0:
            return out
        kind = self.store.rows(f"{self.prefix}.kind", rows)
        parts_at, parts_end = self._ends("parts", rows)
        parts, _ = runs(parts_at, parts_end)
        rings_at, ring_of_part = self._runs("rings", parts)
        coords, offsets = self._spans("positions", rings_at)
        if (kind == _POLYGON).all():
            out[:] = shapely.from_ragged_array(shapely.GeometryType.POLYGON, coords, (offsets, ring_of_part))
            return out
        built = _build(coords, offsets, ring_of_part, np.repeat(kind, parts_end - parts_at))
        of = np.repeat(np.arange(len(rows)), parts_end - parts_at)
        for simple, multi, joined in (
            (_POINT, _POINTS, shapely.multipoints),
            (_LINE, _LINES, shapely.multilinestrings),
            (_POLYGON, _POLYGONS, shapely.multipolygons),
        ):
            single = kind == simple
            if single.any():
                out[single] = built[single[of]]
            several = np.flatnonzero(kind == multi)
            if len(several):
                chosen = (kind == multi)[of]
                group = np.searchsorted(several, of[chosen])
                out[several] = joined(built[chosen], indices=group)
        for at in np.flatnonzero(kind == _ODD).tolist():
            out[at] = self._odd(int(rows[at]))
        return out

    def _odd(self, row: int) -> object:
        before = int(np.count_nonzero(self.store.span(f"{self.prefix}.kind", 0, row) == _ODD))
        start, stop = self.store.span(f"{self.prefix}.odd_at", before, before + 2).tolist()
        return shapely.from_wkb(self.store.span(f"{self.prefix}.odd", start, stop).tobytes())

    def _starts(self, name: str, rows: IntArray) -> IntArray:
        out: IntArray = self.store.rows(f"{self.prefix}.{name}", rows)
        return out

    def _ends(self, name: str, rows: IntArray) -> tuple[IntArray, IntArray]:
        both = self._starts(name, np.concatenate([rows, rows + 1]))
        return both[: len(rows)], both[len(rows) :]

    def _runs(self, name: str, rows: IntArray) -> tuple[IntArray, IntArray]:
        """The members of rows one after the other, and where those of each begin."""
        start, stop = self._ends(name, rows)
        return runs(start, stop)

    def _spans(self, name: str, rows: IntArray) -> tuple[FloatArray, IntArray]:
        start, stop = self._ends(name, rows)
        return self.store.spans(f"{self.prefix}.coords", start, stop)


def _build(coords: FloatArray, ring_at: IntArray, part_at: IntArray, kind: Bytes) -> GeometryArray:
    """Parts from positions; `kind` is that of the shape each belongs to."""
    out = np.empty(len(kind), dtype=object)
    areal = (kind == _POLYGON) | (kind == _POLYGONS)
    if areal.all():
        if len(out):
            out[:] = shapely.from_ragged_array(shapely.GeometryType.POLYGON, coords, (ring_at, part_at))
        return out
    for chosen, number in (
        (areal, shapely.GeometryType.POLYGON),
        ((kind == _LINE) | (kind == _LINES), shapely.GeometryType.LINESTRING),
        ((kind == _POINT) | (kind == _POINTS), shapely.GeometryType.POINT),
    ):
        if not chosen.any():
            continue
        rings, own_parts = runs(part_at[:-1][chosen], part_at[1:][chosen])
        positions, own_rings = runs(ring_at[rings], ring_at[rings + 1])
        own = coords[positions]
        if number is shapely.GeometryType.POINT:
            out[chosen] = shapely.points(own)
        elif number is shapely.GeometryType.LINESTRING:
            out[chosen] = shapely.from_ragged_array(number, own, (own_rings,))
        else:
            out[chosen] = shapely.from_ragged_array(number, own, (own_rings, own_parts))
    return out


def runs(start: IntArray, stop: IntArray) -> tuple[IntArray, IntArray]:
    """The whole numbers of runs from `start` up to `stop` one after the other, and where each run begins (one more).

    >>> [array.tolist() for array in runs(np.array([3, 9]), np.array([5, 10]))]
    [[3, 4, 9], [0, 2, 3]]
    """
    counts = stop - start
    offsets = _begins(counts)
    out = (start - offsets[:-1]).repeat(counts)
    out += np.arange(len(out), dtype=np.int64)
    return out, offsets


def _begins(counts: IntArray) -> IntArray:
    out = np.zeros(len(counts) + 1, dtype=np.int64)
    counts.cumsum(out=out[1:])
    return out
