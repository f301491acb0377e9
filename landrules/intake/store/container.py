"""The file of one prepared layer: arrays in one mapped file, each cut in blocks, each block with its checksum.

    prologue   128 bytes: magic, version, byte order, length of the file, where the header and the table stand, digest
    sections   the arrays, little-endian, row by row, each beginning at a multiple of 64
    table      the CRC-32 of every block of every section, in order
    header     canonical JSON: the caller's own header, and of each section dtype, shape, place, block

The digest (SHA-256) covers prologue, header and table, so opening reads those alone, whatever the size of the file. A
block is checked when it is first touched and before a byte of it is handed out: a bit that was flipped anywhere is
found or is never used. Whatever is wrong with a file raises `Unusable` with one reason word.

Invariant: a file that has its final name is never written to or cut off. It is written under another name, flushed to
the disk and then renamed (`writing.py`), and a new content has a new name (`place.py`). A mapping therefore never changes
under its reader, and no page of it can vanish; whoever truncates a mapped file from outside ends the process with a
bus error (or is refused, on Windows), which is no answer, not a wrong one.
"""

from __future__ import annotations

import hashlib
import json
import math
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, Union, get_args

import numpy as np
from numpy.typing import DTypeLike, NDArray

from landrules.base.frozen import frozen

Json = Union[None, bool, int, float, str, list["Json"], dict[str, "Json"]]
Array = NDArray[Any]
IntArray = NDArray[np.int64]

MAGIC: Final = b"landrules layer\n"
VERSION: Final = 2
ALIGNMENT: Final = 64
BLOCK: Final = 16_384
"""Bytes under one checksum. A few hundred vertices lie in a block: blocks of 64 KiB cost a site twice as much to check,
blocks of 4 KiB make the table, which is read at every opening, four times as long."""

LARGEST_HEADER: Final = 64_000_000
PROLOGUE: Final = struct.Struct("<16sII6Q")
"""Magic, version, byte order; length, place and length of header and of table, nothing; the digest follows."""

MARK: Final = 0x01020304
FIXED: Final = 128
KINDS: Final = "biuf"

Reason = Literal["absent", "short", "foreign", "version", "byte order", "length", "digest", "header", "block", "key"]
REASONS: Final[tuple[str, ...]] = get_args(Reason)


class Unusable(Exception):
    """A store that cannot be used, wholly or from here on. `reason` is one of `REASONS`, `what` says where."""

    def __init__(self, reason: Reason, what: str) -> None:
        self.reason: Reason = reason
        self.what = what
        super().__init__(f"{reason}: {what}")


@frozen
class Chunks:
    """An array that is written piece by piece: each chunk has the dtype, and the row shape, that are named here."""

    dtype: DTypeLike
    row_shape: tuple[int, ...]
    chunks: Iterable[Array]
    block: int = BLOCK


Sections = Mapping[str, Union[Array, Chunks]]
"""The arrays of a file by name."""


@frozen
class Section:
    """Where an array stands in the file. `first` is the row of its first block in the table of checksums."""

    name: str
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    offset: int
    length: int
    block: int
    first: int

    @property
    def blocks(self) -> int:
        """How many blocks the section has."""
        return -(-self.length // self.block)

    @property
    def row_bytes(self) -> int:
        """The size of one row, in bytes."""
        return self.dtype.itemsize * math.prod(self.shape[1:])


@frozen
class Container:
    """An opened store. Arrays come back as they were written; what is wrong raises `Unusable` and never a value.

    `rows`, `spans` and `whole` give arrays, `span` and `whole` views of the mapped file that cannot be written to. The
    file stays mapped as long as the container or one of its views lives.
    """

    path: Path
    header: Mapping[str, Json]
    sections: Mapping[str, Section]
    bytes: int
    inode: int
    _view: memoryview
    _arrays: Mapping[str, Array]
    _sums: NDArray[np.uint32]
    _seen: NDArray[np.bool_]

    def __contains__(self, name: str) -> bool:
        """Whether there is a section of this name."""
        return name in self.sections

    def length(self, name: str) -> int:
        """How many rows a section has, without reading any."""
        return self.sections[name].shape[0]

    def rows(self, name: str, rows: Array) -> Array:
        """The rows of an array at these places (whole numbers from 0, any order, repeated or not), as a copy.

        Raises `Unusable` for a damaged block, `IndexError` for a row that is not there.
        """
        section = self.sections[name]
        wanted = _places(rows, section.shape[0])
        if section.row_bytes:
            starts = wanted * section.row_bytes
            self._check(section, starts, starts + section.row_bytes)
        return _gathered(self._arrays[name], wanted)

    def span(self, name: str, start: int, stop: int) -> Array:
        """The rows from `start` up to `stop`, as a view. Raises as `rows`."""
        section = self.sections[name]
        if not 0 <= start <= stop <= section.shape[0]:
            raise IndexError(f"{name}[{start}:{stop}] of {section.shape[0]}")
        self._check_span(section, start * section.row_bytes, stop * section.row_bytes)
        return self._arrays[name][start:stop]

    def spans(self, name: str, starts: Array, stops: Array) -> tuple[Array, IntArray]:
        """The rows of many spans one after the other, and the offsets at which each begins (one more than spans).

        Span i of the answer is `values[offsets[i]:offsets[i + 1]]`. Raises as `rows`.
        """
        section = self.sections[name]
        low = np.asarray(starts, dtype=np.int64)
        lengths = np.asarray(stops, dtype=np.int64) - low
        offsets = np.zeros(len(low) + 1, dtype=np.int64)
        np.cumsum(lengths, out=offsets[1:])
        if len(low) and (lengths.min() < 0 or low.min() < 0 or (low + lengths).max() > section.shape[0]):
            raise IndexError(f"a span of {name} reaches outside its {section.shape[0]} rows")
        filled = (lengths > 0) & (section.row_bytes > 0)
        self._check(section, low[filled] * section.row_bytes, (low + lengths)[filled] * section.row_bytes)
        places = np.repeat(low - offsets[:-1], lengths)
        places += np.arange(offsets[-1], dtype=np.int64)
        return _gathered(self._arrays[name], places), offsets

    def whole(self, name: str) -> Array:
        """All rows of an array, as a view. Raises `Unusable` for a damaged block."""
        return self.span(name, 0, self.sections[name].shape[0])

    def verify(self) -> None:
        """Check every block of every section. Raises `Unusable` for the first that is damaged."""
        for section in self.sections.values():
            self._check_span(section, 0, section.length)

    def _check_span(self, section: Section, start: int, stop: int) -> None:
        if start < stop:
            low, high = start // section.block, (stop - 1) // section.block + 1
            fresh = np.flatnonzero(~self._seen[section.first + low : section.first + high])
            self._check_blocks(section, fresh + low)

    def _check(self, section: Section, starts: IntArray, stops: IntArray) -> None:
        """Check the blocks that hold any byte of these spans, none of which is empty."""
        if len(starts) == 0:
            return
        low, high = starts // section.block, (stops - 1) // section.block + 1
        base, end = int(low.min()), int(high.max())
        open_spans = np.bincount(low - base, minlength=end - base + 1) - np.bincount(
            high - base, minlength=end - base + 1
        )
        touched = np.cumsum(open_spans[:-1]) > 0
        touched &= ~self._seen[section.first + base : section.first + end]
        self._check_blocks(section, np.flatnonzero(touched) + base)

    def _check_blocks(self, section: Section, blocks: IntArray) -> None:
        for block in blocks.tolist():
            start = section.offset + block * section.block
            stop = min(start + section.block, section.offset + section.length)
            if zlib.crc32(self._view[start:stop]) != self._sums[section.first + block]:
                raise Unusable("block", f"{section.name}, block {block}")
            self._seen[section.first + block] = True


def open_container(path: Path) -> Container:
    """Open a store. Raises `Unusable` for a file that is absent, short, foreign, of another version, or damaged.

    Only prologue, header and table of checksums are read here; a block is checked when it is first used.
    """
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if state.st_size < FIXED:
                raise Unusable("short", f"{state.st_size} bytes")
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise Unusable("absent", error.strerror or type(error).__name__) from None
    length, at, header_length, table_at, table_length = _prologue(view)
    if len(view) != length:
        raise Unusable("length", f"{len(view)} bytes instead of {length}")
    if not (FIXED <= table_at <= table_at + table_length <= at <= at + header_length == length):
        raise Unusable("header", "places")
    if header_length > LARGEST_HEADER:
        raise Unusable("header", "size")
    digest = hashlib.sha256(view[: PROLOGUE.size])
    digest.update(view[table_at:length])
    if digest.digest() != bytes(view[PROLOGUE.size : PROLOGUE.size + 32]):
        raise Unusable("digest", "header or table of checksums")
    header, sections = _sections(bytes(view[at:length]), table_at, table_length)
    arrays = {
        s.name: np.frombuffer(view[s.offset : s.offset + s.length], dtype=s.dtype).reshape(s.shape)
        for s in sections.values()
    }
    sums = np.frombuffer(view[table_at : table_at + table_length // 4 * 4], dtype="<u4")
    return Container(
        path,
        MappingProxyType(header),
        MappingProxyType(sections),
        length,
        state.st_ino,
        view,
        MappingProxyType(arrays),
        sums,
        np.zeros(len(sums), dtype=np.bool_),
    )


def _prologue(view: memoryview) -> tuple[int, int, int, int, int]:
    magic, version, mark, length, at, header_length, table_at, table_length, _ = PROLOGUE.unpack_from(view)
    if magic != MAGIC:
        raise Unusable("foreign", "not a store of a layer")
    if mark != MARK:
        raise Unusable("byte order", f"{mark:08x}")
    if version != VERSION:
        raise Unusable("version", f"{version} instead of {VERSION}")
    return length, at, header_length, table_at, table_length


def _sections(text: bytes, end: int, table_length: int) -> tuple[dict[str, Json], dict[str, Section]]:
    """The caller's header and the sections, each wholly inside the file. Raises `Unusable`."""
    try:
        told = json.loads(text)
        header = dict(told["header"])
        sections: dict[str, Section] = {}
        first = 0
        for row in told["sections"]:
            dtype = np.dtype(row["dtype"])
            shape = tuple(int(n) for n in row["shape"])
            section = Section(row["name"], dtype, shape, row["offset"], row["length"], row["block"], first)
            fits = dtype.kind in KINDS and min(shape) >= 0 and section.block > 0 and section.offset >= FIXED
            if not fits or section.row_bytes * shape[0] != section.length or section.offset + section.length > end:
                raise Unusable("header", f"section {section.name}")
            sections[section.name] = section
            first += section.blocks
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unusable("header", type(error).__name__) from None
    if first * 4 != table_length:
        raise Unusable("header", "table of checksums")
    return header, sections


def _places(rows: Array, count: int) -> IntArray:
    wanted = np.asarray(rows, dtype=np.int64)
    if len(wanted) and (wanted.min() < 0 or wanted.max() >= count):
        raise IndexError(f"a row outside 0 to {count - 1}")
    return wanted


_WORDS: Final = {1: "u1", 2: "u2", 4: "u4", 8: "u8", 16: "c16"}


def _gathered(array: Array, places: IntArray) -> Array:
    """Rows of an array. A row as wide as a machine word, or as a pair of coordinates, is moved as one: twice as fast."""
    word = _WORDS.get(array.dtype.itemsize * int(np.prod(array.shape[1:], dtype=np.int64)))
    if word is None or array.ndim == 1:
        return array[places]
    return array.view(word).reshape(-1)[places].view(array.dtype).reshape(len(places), *array.shape[1:])
