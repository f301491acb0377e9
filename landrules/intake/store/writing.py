"""Writes the file of a prepared layer (`container.py` says what stands in it): whole, or not at all.

Arrays go out as they come, checksums are taken on the way, and header and table follow at the end; so what is in memory
at once is one chunk, whatever the size of the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike

from landrules.base.frozen import record
from landrules.intake.store.container import (
    ALIGNMENT,
    FIXED,
    KINDS,
    MAGIC,
    MARK,
    PROLOGUE,
    VERSION,
    Array,
    Chunks,
    Json,
    Sections,
)

Confirm = Callable[[], None]


class NotWritten(Exception):
    """The disk did not take a store: it is full, or nobody may write there. The temporary file is gone."""

    def __init__(self, error: OSError) -> None:
        self.error = error
        super().__init__(str(error))


def write(
    path: Path, header: Mapping[str, Json], sections: Sections, *, mode: int = 0o600, confirm: Confirm | None = None
) -> None:
    """Write a store at once, or not at all: to another name in the same folder, to the disk, then to its name.

    Arrays may be of any number, boolean or integer type; `Chunks` are written as they come, so that no more than one of
    them need be in memory. The same header and sections give the same bytes. `mode` says who may read the file (POSIX).
    `confirm` is called when all is on the disk and before the file gets its name; what it raises passes through, as does
    what a chunk's own making raises. Raises `NotWritten` where the disk refuses. Either way nothing is left behind.
    """
    new = path.with_name(f"{NEW}{secrets.token_hex(6)}-{path.name}")
    try:
        handle = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise NotWritten(error) from error
    file = os.fdopen(handle, "r+b")
    try:
        _write(_Output(file), header, sections)
        if confirm is not None:
            confirm()
        _place(new, path, mode)
    except BaseException:
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            new.unlink()
        raise


NEW: Final = "new-"
"""How the name of a file begins that is still being written."""


@record
class _Output:
    """A file that says of an error that it was its own, and knows how far it has come."""

    file: Any
    at: int = 0

    def put(self, data: bytes | memoryview) -> None:
        """Write the next bytes."""
        try:
            self.file.write(data)
        except OSError as error:
            raise NotWritten(error) from error
        self.at += len(data)

    def finish(self, prologue: bytes) -> None:
        """Write the beginning last, bring everything to the disk, and close the file."""
        try:
            self.file.seek(0)
            self.file.write(prologue)
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
        except OSError as error:
            raise NotWritten(error) from error


def _write(out: _Output, header: Mapping[str, Json], sections: Sections) -> None:
    out.put(bytes(FIXED))
    told: list[Json] = []
    sums: list[int] = []
    for name, section in sections.items():
        out.put(bytes(-out.at % ALIGNMENT))
        start = out.at
        chunks = section if isinstance(section, Chunks) else _whole(section)
        rows, own = _stream(out, name, chunks)
        sums += own
        kind = _little(chunks.dtype).str
        shape: list[Json] = [rows, *chunks.row_shape]
        told.append(
            {
                "name": name,
                "dtype": kind,
                "shape": shape,
                "offset": start,
                "length": out.at - start,
                "block": chunks.block,
            }
        )
    out.put(bytes(-out.at % ALIGNMENT))
    table = np.asarray(sums, dtype="<u4").tobytes()
    text = json.dumps(
        {"header": dict(header), "sections": told},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8")
    table_at = out.at
    out.put(table)
    at = out.at
    out.put(text)
    prologue = PROLOGUE.pack(MAGIC, VERSION, MARK, out.at, at, len(text), table_at, len(table), 0)
    out.finish(prologue + hashlib.sha256(prologue + table + text).digest())


def _whole(array: Array) -> Chunks:
    return Chunks(array.dtype, array.shape[1:], (array,))


def _little(kind: DTypeLike) -> np.dtype[Any]:
    dtype = np.dtype(kind).newbyteorder("<")
    if dtype.kind not in KINDS or dtype.itemsize == 0:
        raise TypeError(f"no store holds arrays of {dtype}")
    return dtype


def _stream(out: _Output, name: str, chunks: Chunks) -> tuple[int, list[int]]:
    """Write the chunks of one section: its number of rows and the checksums of its blocks."""
    dtype = _little(chunks.dtype)
    sums: list[int] = []
    rows = room = running = 0
    for chunk in chunks.chunks:
        if chunk.shape[1:] != chunks.row_shape or chunk.dtype.newbyteorder("<") != dtype:
            raise TypeError(f"{name}: {chunk.dtype} {chunk.shape[1:]} instead of {dtype} {chunks.row_shape}")
        rows += len(chunk)
        for data in _bytes(np.ascontiguousarray(chunk, dtype=dtype)):
            out.put(data)
            at = 0
            while at < len(data):
                part = data[at : at + chunks.block - room]
                running = zlib.crc32(part, running)
                room, at = room + len(part), at + len(part)
                if room == chunks.block:
                    sums.append(running)
                    room = running = 0
    return rows, [*sums, running] if room else sums


def _bytes(array: Array) -> Iterator[memoryview]:
    """The bytes of an array, a few megabytes at a time, so that a full disk is told early."""
    data = array.reshape(-1).view(np.uint8).data
    for at in range(0, len(data), 1 << 22):
        yield data[at : at + (1 << 22)]


def _place(new: Path, path: Path, mode: int) -> None:
    try:
        if sys.platform != "win32":
            new.chmod(mode & 0o666 | 0o600)
        new.replace(path)
        if sys.platform != "win32":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise NotWritten(error) from error
