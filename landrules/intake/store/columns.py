"""Raw cells of a table as arrays: exactly what the file stored, so that no rule is needed to prepare a layer.

A column of whole numbers or of floats is a plain array; of text, the bytes of each cell, or, where few texts return
again and again, each text once and a number a row. Anything else (truth values, dates, mixtures) is coded too. Which
rows hold nothing is a column of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise
from typing import Any, Literal, cast

import numpy as np
import numpy.typing as npt

from landrules.base.frozen import frozen, record
from landrules.geo.distinct import distinct
from landrules.geo.kernel import IntArray
from landrules.intake.cells import Coded, are_plain
from landrules.intake.formats.table import Cell
from landrules.intake.store.container import Json
from landrules.intake.store.ragged import Source

Kind = Literal["int", "float", "text", "coded"]
Array = npt.NDArray[Any]

_MOST_CODES = 65_536
"""A text column with more different cells than this is kept cell by cell."""
_LOW, _HIGH = -(2**63), 2**63 - 1


# --- writing ---------------------------------------------------------------------------------------------------------


@frozen
class _Distinct:
    """Some rows: the cells that differ, and which of them each row holds."""

    cells: list[Cell]
    codes: Array


@record
class Packer:
    """One column that comes in pieces; `pack` gives its arrays in an order of rows."""

    pieces: list[_Distinct | Array] = field(default_factory=list)
    kinds: set[type] = field(default_factory=set)

    def add(self, cells: Sequence[Cell]) -> None:
        """The next rows. Columns of numbers alone are held as arrays from here on, of the rest each cell once."""
        own = set(map(type, cells))
        self.kinds |= own
        numbers = _numbers(cells, own)
        self.pieces.append(_distinct(cells, own) if numbers is None else numbers)

    def pack(self, order: IntArray) -> tuple[dict[str, Json], dict[str, Array]]:
        """What the header says of the column, and its arrays (`""` for the main one) in an order of rows."""
        full = self.kinds - {type(None)}
        if full == {float} or full == {int}:
            numbers = self._numbers(np.float64 if full == {float} else np.int64)
            if numbers is not None:
                values, absent = numbers
                arrays = {"": _narrow(values[order])}
                if absent.any():
                    arrays[".absent"] = absent[order]
                return {"kind": "float" if full == {float} else "int"}, arrays
        cells, codes = self._merged()
        if full <= {str} and len(cells) > min(_MOST_CODES, max(64, len(codes) // 2)):
            return {"kind": "text"}, _texts(cells, codes[order])
        small = codes[order].astype(np.min_scalar_type(max(len(cells) - 1, 0)))
        return {"kind": "coded", "cells": [_told(cell) for cell in cells]}, {"": small}

    def _numbers(self, dtype: type[np.float64 | np.int64]) -> tuple[Array, Array] | None:
        """Numbers with a zero where there is none, and where that is; `None` where one is too large."""
        values: list[Array] = [np.empty(0, dtype=dtype)]
        absent: list[Array] = [np.empty(0, dtype=np.bool_)]
        for piece in self.pieces:
            if isinstance(piece, np.ndarray):
                values.append(piece)
                absent.append(np.zeros(len(piece), dtype=np.bool_))
                continue
            if dtype is np.int64 and any(isinstance(c, int) and not _LOW <= c <= _HIGH for c in piece.cells):
                return None
            values.append(np.array([0 if cell is None else cell for cell in piece.cells], dtype=dtype)[piece.codes])
            absent.append(np.array([cell is None for cell in piece.cells], dtype=np.bool_)[piece.codes])
        return np.concatenate(values), np.concatenate(absent)

    def _merged(self) -> tuple[list[Cell], IntArray]:
        """The cells of all pieces that differ, in the order in which they come, and which each row holds."""
        number: dict[Hashable, int] = {}
        cells: list[Cell] = []
        codes: list[IntArray] = [np.empty(0, dtype=np.int64)]
        for piece in self.pieces:
            some = _distinct(piece.tolist(), {float, int}) if isinstance(piece, np.ndarray) else piece
            own = np.empty(len(some.cells), dtype=np.int64)
            for at, cell in enumerate(some.cells):
                key = cell if isinstance(cell, str) else _key(cell)
                if key not in number:
                    number[key] = len(cells)
                    cells.append(cell)
                own[at] = number[key]
            codes.append(own[some.codes])
        return cells, np.concatenate(codes)


def _numbers(cells: Sequence[Cell], kinds: set[type]) -> Array | None:
    """Cells that are all floats, or all whole numbers of at most 64 bits, as an array."""
    if kinds == {float}:
        return np.array(cells, dtype=np.float64)
    if kinds != {int}:
        return None
    whole = cast(Sequence[int], cells)
    return np.array(whole, dtype=np.int64) if min(whole) >= _LOW and max(whole) <= _HIGH else None


def _distinct(cells: Sequence[Cell], kinds: set[type]) -> _Distinct:
    keys: Sequence[Hashable] = cells if kinds <= {str, type(None)} else [_key(cell) for cell in cells]
    different = dict(zip(keys, cells, strict=True))
    number = {key: at for at, key in enumerate(different)}
    codes = np.fromiter(map(number.__getitem__, keys), dtype=np.int32, count=len(keys))
    return _Distinct(list(different.values()), codes)


def _key(cell: Cell) -> Hashable:
    """What tells cells apart: 1, 1.0 and true are equal to Python, and so are both zeros."""
    return type(cell), cell.hex() if isinstance(cell, float) else cell


def _narrow(values: Array) -> Array:
    """Whole numbers in half the room where they fit."""
    if values.dtype != np.int64 or len(values) == 0:
        return values
    fits = int(values.min()) >= -(2**31) and int(values.max()) < 2**31
    return values.astype(np.int32) if fits else values


def _texts(cells: Sequence[Cell], codes: IntArray) -> dict[str, Array]:
    """The bytes of all texts, where each begins (one more than texts), and which rows hold none."""
    once = [b"" if cell is None else str(cell).encode("utf-8", "surrogatepass") for cell in cells]
    data = [once[code] for code in codes.tolist()]
    at = np.zeros(len(data) + 1, dtype=np.int64)
    np.cumsum(np.array([len(text) for text in once], dtype=np.int64)[codes], out=at[1:])
    arrays: dict[str, Array] = {"": np.frombuffer(b"".join(data), dtype=np.uint8), ".at": at}
    absent = np.array([cell is None for cell in cells], dtype=np.bool_)[codes]
    if absent.any():
        arrays[".absent"] = absent
    return arrays


def _told(cell: Cell) -> Json:
    """A cell as the header can hold it without loss: its kind, and its text."""
    match cell:
        case None:
            return None
        case bool():
            return ["bool", str(int(cell))]
        case date():
            return ["date", cell.isoformat()]
        case float():
            return ["float", cell.hex()]
        case int():
            return ["int", str(cell)]
        case str():
            return ["text", cell.encode("utf-8", "surrogatepass").hex()] if _is_odd(cell) else cell


def _is_odd(text: str) -> bool:
    """Whether a text holds halves of characters, which no UTF-8 can."""
    return any("\ud800" <= c <= "\udfff" for c in text)


def _cell(told: Json) -> Cell:
    if told is None or isinstance(told, str):
        return told
    kind, text = cast(list[str], told)
    match kind:
        case "bool":
            return text == "1"
        case "date":
            return date.fromisoformat(text)
        case "float":
            return float.fromhex(text)
        case "int":
            return int(text)
        case _:
            return bytes.fromhex(text).decode("utf-8", "surrogatepass")


def packed(columns: Mapping[str, Packer], order: IntArray) -> tuple[list[Json], dict[str, Array]]:
    """What the header says of columns, in their order, and their sections."""
    told: list[Json] = []
    sections: dict[str, Array] = {}
    for number, (name, packer) in enumerate(columns.items()):
        about, arrays = packer.pack(order)
        told.append({"name": name, **about})
        sections |= {f"column.{number}{suffix}": array for suffix, array in arrays.items()}
    return told, sections


# --- reading ---------------------------------------------------------------------------------------------------------


@frozen
class Stored:
    """A column of a store."""

    store: Source
    section: str
    kind: Kind
    cells: tuple[Cell, ...]

    def take(self, rows: IntArray) -> Coded:
        """The cells of rows, exactly as the file had them. Raises `Unusable`."""
        are_numbers = False
        match self.kind:
            case "coded":
                codes = self.store.rows(self.section, rows)
                used = distinct(codes)
                numbers = tuple(used.tolist())
                return Coded([self.cells[n] for n in numbers], np.searchsorted(used, codes), numbers)
            case "text":
                at = self.store.rows(f"{self.section}.at", np.concatenate([rows, rows + 1]))
                data, offsets = self.store.spans(self.section, at[: len(rows)], at[len(rows) :])
                found: Iterable[Cell] = _texts_of(data.tobytes(), offsets.tolist())
            case _:
                values = self.store.rows(self.section, rows)
                found = values.tolist()
                are_numbers = self.kind == "int" or are_plain(values)
        absent = f"{self.section}.absent"
        if absent in self.store:
            gone = self.store.rows(absent, rows).tolist()
            found = [None if none else cell for cell, none in zip(found, gone, strict=True)]
        return Coded.of(list(found), are_numbers)


def _texts_of(data: bytes, ends: Sequence[int]) -> list[str]:
    """Texts that stand one after the other; where every byte is a character they are cut out of one."""
    if data.isascii():
        text = data.decode("ascii")
        return [text[start:end] for start, end in pairwise(ends)]
    return [data[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(ends)]


def stored(store: Source, told: Json) -> dict[str, Stored]:
    """The columns of a store by their names, from what its header says of them."""
    return dict(_columns(store, cast(list[dict[str, Any]], told)))


def _columns(store: Source, told: list[dict[str, Any]]) -> Iterator[tuple[str, Stored]]:
    for number, about in enumerate(told):
        cells = tuple(_cell(cell) for cell in about.get("cells", ()))
        yield about["name"], Stored(store, f"column.{number}", about["kind"], cells)
