"""Cells of a source before they are typed: in which columns, which of them differ, which are numbers that may be read late.

Also what is remembered of a source: how the fields that a ruleset asks of it are read, and what its cells were read as.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Protocol, cast, overload

import numpy as np

from landrules.base.frozen import frozen
from landrules.base.quantity import Dimension
from landrules.base.valuetype import GradeType, Missing, Value
from landrules.geo.kernel import FloatArray, IntArray
from landrules.intake.formats.table import Cell, FeatureTable
from landrules.intake.workspace import Binding
from landrules.rules.model import CodeScheme, LayerField, LayerSchema

Reader = Callable[[Cell], Value | None]
"""A cell as a value, or `None` where it cannot be read."""


class Numbers(Sequence[Value]):
    """A column of cells that are known to be numbers, or empty: each is made exact when it is first asked for.

    A check asks for those on its ground, a small part of what lies near.
    """

    __slots__ = ("_cells", "_read", "_values")

    def __init__(self, cells: list[Cell], read: Callable[[Cell], Value]) -> None:
        self._cells, self._read = cells, read
        self._values: list[Value | None] = [None] * len(cells)

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, at: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(at, slice):
            return tuple([self[row] for row in range(*at.indices(len(self)))])
        value = self._values[at]
        if value is None:
            value = self._values[at] = self._read(self._cells[at])
        return value

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Numbers | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))


@frozen
class Coded:
    """Cells of some rows: those that differ once, and for each row which.

    `numbers`, one a cell, are their places in the dictionary of a whole layer, so that what a cell was read as can be
    remembered; empty where there is no such dictionary. `are_numbers`: every cell is known to be a number or empty.
    """

    cells: Sequence[Cell]
    codes: IntArray
    numbers: tuple[int, ...] = ()
    are_numbers: bool = False

    @classmethod
    def of(cls, cells: Sequence[Cell], are_numbers: bool = False) -> Coded:
        """Cells of which each stands for itself."""
        return cls(cells, np.arange(len(cells), dtype=np.int64), (), are_numbers)

    def row_by_row(self) -> list[Cell]:
        """The cell of each row."""
        return [self.cells[code] for code in self.codes.tolist()]


class Cells(Protocol):
    """Where the cells of some rows come from: a table that was read, or a prepared layer."""

    @property
    def names(self) -> Sequence[str]:
        """The columns there are."""

    def cells(self, name: str) -> Coded:
        """The cells of a column."""

    @property
    def memory(self) -> Memory:
        """What cells were read as before."""


Typed = tuple[Value, str]
"""What a cell was read as, and, where it cannot be read, how it is shown."""


@frozen
class Asked:
    """A field that a ruleset asks of a layer, and how it is read: from which column, as the binding says.

    `read` is `None` where nobody says which column holds it, or in which unit or scheme: it is not supplied then.
    `typed` remembers what the cells of a dictionary were read as.
    """

    of: LayerField
    absent: Missing
    column: str = ""
    mapped: Mapping[str, object] = field(default_factory=dict)
    read: Reader | None = None
    typed: dict[int, Typed] = field(default_factory=dict, compare=False, repr=False)

    @property
    def may_be_late(self) -> bool:
        """Whether the field holds numbers as they are stored, so that they need not be read before they are asked for."""
        return is_number(self.of) and not self.mapped


@frozen
class Remembered:
    """What a schema asked of a source, bound so, with these schemes."""

    schema: LayerSchema
    fields: Mapping[str, Binding]
    schemes: Mapping[str, CodeScheme]
    asked: tuple[Asked, ...]


Memory = dict[str, Remembered]
"""By the name of a layer."""


@frozen
class OfTable:
    """The cells of a table that was read."""

    table: FeatureTable

    @property
    def names(self) -> Sequence[str]:
        """The columns there are."""
        return tuple(self.table.columns)

    def cells(self, name: str) -> Coded:
        """The cells of a column."""
        return Coded.of(self.table.columns[name])

    @property
    def memory(self) -> Memory:
        """Nothing: a table is read once."""
        return {}


def is_number(field: LayerField) -> bool:
    """Whether a field holds numbers: quantities, or grades."""
    return isinstance(field.type, Dimension | GradeType)


def are_numbers(cells: Sequence[Cell]) -> bool:
    """Whether every cell is surely read as a number, or is empty; looked at as they are stored, without reading one."""
    return set(map(type, cells)) <= _STORED and all(
        cell is None or cell == 0 or _LEAST < abs(cell) < _MOST for cell in cast(Sequence["float | None"], cells)
    )


_STORED = frozenset({int, float, type(None)})
_LEAST, _MOST = 1e-29, 1e29
"""Well within what `_number` reads; nothing compares with what is no number, and so that is not between them."""


def are_plain(floats: FloatArray) -> bool:
    """`are_numbers` for an array of floats."""
    size = np.abs(floats)
    return bool(((size == 0.0) | ((size > _LEAST) & (size < _MOST))).all())
