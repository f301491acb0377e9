"""Stored cells as typed facts: the binding says which column and which unit, scheme or system; the schema says the type.

A unit is never guessed. An empty cell is *not supplied*; a cell that cannot be read is *invalid*, counted and named,
and touches only its own feature.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from typing import Protocol, assert_never, cast, overload

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError, nearest
from landrules.base.frozen import frozen, record
from landrules.base.quantity import BY_SPELLING, Dimension
from landrules.base.valuetype import (
    LEVELS,
    Absence,
    Code,
    CodeType,
    Grade,
    GradeType,
    ListType,
    Missing,
    RecordType,
    Simple,
    Value,
)
from landrules.geo.kernel import IntArray
from landrules.intake.formats.table import Cell, FeatureTable
from landrules.intake.jsontext import shown_value
from landrules.intake.workspace import Binding
from landrules.rules.model import CodeScheme, LayerField, LayerSchema

_TRUE, _FALSE = frozenset({"1", "true", "是", "y"}), frozenset({"0", "false", "否", "n"})
_UNITLESS = (Dimension.NUMBER, Dimension.RATIO)
_DIMENSION_ZH = {
    Dimension.AREA: "面积",
    Dimension.LENGTH: "长度",
    Dimension.MONEY: "金额",
    Dimension.MASS: "质量",
    Dimension.DURATION: "时长",
    Dimension.NUMBER: "数",
    Dimension.RATIO: "比率",
}

Reader = Callable[[Cell], Value | None]
"""A cell as a value, or `None` where it cannot be read."""


@frozen
class Columns:
    """Typed columns by the schema's field names, and what was wrong with cells."""

    values: Mapping[str, Sequence[Value]]
    notes: tuple[Diagnostic, ...]


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
    remembered; empty where there is no such dictionary.
    """

    cells: Sequence[Cell]
    codes: IntArray
    numbers: tuple[int, ...] = ()

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Coded:
        """Cells of which each stands for itself."""
        return cls(cells, np.arange(len(cells), dtype=np.int64))

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


@record
class Remembered:
    """What the dictionary of a column became for one field, binding and set of schemes."""

    field: LayerField
    binding: Binding | None
    schemes: Mapping[str, CodeScheme]
    typed: dict[int, Typed]


Memory = dict[tuple[str, str], Remembered]


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


def read_columns(
    layer: str,
    source: Cells,
    ids: Sequence[str],
    schema: LayerSchema,
    fields: Mapping[str, Binding],
    schemes: Mapping[str, CodeScheme],
    where: str,
    chosen: Sequence[int] | None = None,
) -> Columns:
    """Typed columns of the rows of a layer, whose ids are given. Of the source only what the schema asks for is touched.

    Values are those of the `chosen` rows, in their order (all where `None`); notes speak of every row.

    A field without a binding is taken from a column of its own name, and is *not supplied* where there is none.
    Raises `InputError`: LR548 a bound column that the file lacks, LR549 a bound field whose name is nearly one of the schema's, LR555 no
    unit, LR556 another scheme, system or dimension than the rulesets declare, LR558 no scheme.
    """
    problems: list[Diagnostic] = []
    for name in sorted(fields.keys() - schema.fields.keys()):
        near = nearest(name, schema.fields.keys() - fields.keys())
        if not near:
            continue  # a field that only other rulesets ask for
        choices = f"{', '.join(sorted(schema.fields))} ({near}?)"
        problems.append(Diagnostic("LR549", {"layer": layer, "field": name, "choices": choices}, where=where))
    spelled = {name.lower(): name for name in sorted(source.names)}
    rows = np.arange(len(ids)) if chosen is None else np.array(chosen, dtype=np.int64)
    values: dict[str, Sequence[Value]] = {}
    notes: list[Diagnostic] = []
    for name in sorted(schema.fields):
        binding = fields.get(name)
        column = spelled.get((binding.column if binding else name).lower())
        if binding and column is None:
            choices = ", ".join(sorted(source.names))
            args = {"layer": layer, "field": name, "column": binding.column, "choices": choices}
            problems.append(Diagnostic("LR548", args, where=where))
            continue
        absent = Missing(f"{layer}.{name}", Absence.NOT_SUPPLIED)
        if column is None:
            values[name] = (absent,) * len(rows)
            continue
        reader = _reader(layer, schema.fields[name], binding or Binding(column), schemes)
        if isinstance(reader, Diagnostic):
            if binding:
                problems.append(Diagnostic(reader.code, reader.args, where=where))
            else:  # a column that happens to bear the name, but whose unit or scheme nobody stated
                values[name] = (absent,) * len(rows)
            continue
        coded = source.cells(column)
        if is_number(schema.fields[name]) and not (binding and binding.values) and are_numbers(coded.cells):
            read = partial(_value, f"{layer}.{name}", absent, reader)
            values[name] = Numbers([coded.cells[code] for code in coded.codes[rows].tolist()], read)
            continue
        remembered = _remembered(source.memory, layer, schema.fields[name], binding, schemes)
        typed = _typed(f"{layer}.{name}", coded, binding, reader, remembered.typed)
        values[name] = tuple([typed[code][0] for code in coded.codes[rows].tolist()])
        _note(layer, name, coded, typed, ids, notes, where)
    if problems:
        raise InputError(problems)
    return Columns(values, tuple(notes))


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


def _value(fact: str, absent: Missing, reader: Reader, cell: Cell) -> Value:
    return _read(fact, absent, {}, reader, cell)[0]


def _remembered(
    memory: Memory, layer: str, field: LayerField, binding: Binding | None, schemes: Mapping[str, CodeScheme]
) -> Remembered:
    """What is known of a column; nothing yet where the field, its binding or the schemes are others than before."""
    found = memory.get((layer, field.name))
    if found is None or found.schemes is not schemes or found.field != field or found.binding != binding:
        found = memory[layer, field.name] = Remembered(field, binding, schemes, {})
    return found


def _typed(fact: str, coded: Coded, binding: Binding | None, reader: Reader, known: dict[int, Typed]) -> list[Typed]:
    """What each different cell is; those of a dictionary are read once."""
    absent = Missing(fact, Absence.NOT_SUPPLIED)
    mapped = binding.values if binding else {}
    if not coded.numbers:
        return [_read(fact, absent, mapped, reader, cell) for cell in coded.cells]
    for number, cell in zip(coded.numbers, coded.cells, strict=True):
        if number not in known:
            known[number] = _read(fact, absent, mapped, reader, cell)
    return [known[number] for number in coded.numbers]


def _read(fact: str, absent: Missing, mapped: Mapping[str, object], reader: Reader, stored: Cell) -> Typed:
    cell = _mapped(mapped, stored) if mapped else stored
    if cell is None or cell == "":
        return absent, ""
    value = None if isinstance(cell, _Unmapped) else reader(cell)
    if value is not None:
        return value, ""
    shown = shown_value(cell.text if isinstance(cell, _Unmapped) else str(cell))
    return Missing(fact, Absence.INVALID, shown), shown


def _note(
    layer: str,
    name: str,
    coded: Coded,
    typed: Sequence[Typed],
    ids: Sequence[str],
    notes: list[Diagnostic],
    where: str,
) -> None:
    """How many cells of a field cannot be read, and the first of them by id (LR741)."""
    bad = np.array([isinstance(v, Missing) and v.kind is Absence.INVALID for v, _ in typed], dtype=np.bool_)
    if bad.any():
        rows = np.flatnonzero(bad[coded.codes]).tolist()
        id_, found = min((ids[row], typed[int(coded.codes[row])][1]) for row in rows)
        args = {"layer": layer, "count": len(rows), "field": name, "id": id_, "found": found}
        notes.append(Diagnostic("LR741", args, where=where))


@frozen
class _Unmapped:
    """A stored value that the binding's map does not name."""

    text: str


def _mapped(mapped: Mapping[str, object], cell: Cell) -> Cell | _Unmapped:
    text = "" if cell is None else _text(cell)
    if text in mapped:
        value = mapped[text]
        return float(value) if isinstance(value, Decimal) else value if isinstance(value, str | int | bool) else None
    return None if cell is None else _Unmapped(text)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _reader(layer: str, field: LayerField, binding: Binding, schemes: Mapping[str, CodeScheme]) -> Reader | Diagnostic:
    """How to read a cell of a field, or what the binding lacks."""
    kind = field.type
    match kind:
        case Dimension():
            return _number_reader(layer, field, binding, kind)
        case CodeType():
            return _code_reader(layer, field, binding, kind, schemes)
        case GradeType():
            if binding.system and binding.system != kind.system:
                return _disagrees(layer, field, binding.system, kind.system)
            return lambda cell: None if (number := _number(cell)) is None else Grade(kind.system, number)
        case Simple():
            return _SIMPLE[kind]
        case ListType() | RecordType():
            return _disagrees(layer, field, binding.column, "list or record")
        case _:
            assert_never(kind)


def _disagrees(layer: str, field: LayerField, found: str, wanted: str) -> Diagnostic:
    return Diagnostic("LR556", {"layer": layer, "field": field.name, "found": found, "wanted": wanted})


def _number_reader(layer: str, field: LayerField, binding: Binding, kind: Dimension) -> Reader | Diagnostic:
    if not binding.unit:
        if kind not in _UNITLESS:
            words = {"dimension": _DIMENSION_ZH[kind], "dimension_en": f"a {kind.value}"}
            return Diagnostic("LR555", {"layer": layer, "field": field.name, **words})
        return _number
    unit = BY_SPELLING.get(binding.unit)
    if unit is None or unit.dimension is not kind:
        return _disagrees(layer, field, binding.unit, kind.value)
    factor = unit.factor
    if factor == 1:
        return _number
    return lambda cell: None if (number := _number(cell)) is None else number * factor


def _code_reader(
    layer: str, field: LayerField, binding: Binding, kind: CodeType, schemes: Mapping[str, CodeScheme]
) -> Reader | Diagnostic:
    if binding.scheme and kind.scheme and binding.scheme != kind.scheme:
        return _disagrees(layer, field, binding.scheme, kind.scheme)
    scheme = kind.scheme or binding.scheme
    if not scheme:
        return Diagnostic("LR558", {"layer": layer, "field": field.name})
    known = schemes.get(scheme)
    if known is None:
        return _disagrees(layer, field, scheme, ", ".join(sorted(schemes)))
    return lambda cell: Code(scheme, text) if (text := _text(cell)) in known.entries else None


def _number(cell: Cell) -> Fraction | None:
    """A number from what is stored: the shortest decimal that names a float, or text that is one."""
    if isinstance(cell, bool | date) or cell is None:
        return None
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    try:
        number = Decimal(repr(cell) if isinstance(cell, float) else str(cell).strip())
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and abs(number.adjusted()) <= 30 else None


def _boolean(cell: Cell) -> bool | None:
    word = _text(cell).lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _date(cell: Cell) -> date | None:
    """A day stored as a date, YYYY-MM-DD or YYYYMMDD."""
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(_text(cell))
    except ValueError:
        return None


_SIMPLE: Mapping[Simple, Reader] = {
    Simple.BOOLEAN: _boolean,
    Simple.DATE: _date,
    Simple.TEXT: _text,
    Simple.LEVEL: lambda cell: text if (text := _text(cell)) in LEVELS else None,
    Simple.REGION: lambda cell: None,
}
