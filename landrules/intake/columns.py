"""Stored cells as typed facts: the binding says which column and which unit, scheme or system; the schema says the type.

A unit is never guessed. An empty cell is *not supplied*; a cell that cannot be read is *invalid*, counted and named,
and touches only its own feature.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import assert_never

from landrules.base.diagnostic import Diagnostic, InputError, nearest
from landrules.base.frozen import frozen
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
from landrules.intake.cells import Asked, Cells, Coded, Numbers, Reader, Remembered, Typed, are_numbers
from landrules.intake.formats.table import Cell
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


@frozen
class Columns:
    """Typed columns by the schema's field names, and what was wrong with cells."""

    values: Mapping[str, Sequence[Value]]
    notes: tuple[Diagnostic, ...]


def read_columns(
    layer: str,
    source: Cells,
    ids: Sequence[str],
    schema: LayerSchema,
    fields: Mapping[str, Binding],
    schemes: Mapping[str, CodeScheme],
    where: str,
    at: Sequence[int],
    chosen: Sequence[Sequence[int]],
) -> tuple[Columns, ...]:
    """Typed columns of the rows near each of several proposals, whose ids are given. Only what the schema asks for is read.

    Rows `at[k]` to `at[k + 1]` are near proposal k; its values are those of its `chosen` rows, in their order, its notes
    speak of all.

    A field without a binding is taken from a column of its own name, and is *not supplied* where there is none.
    Raises `InputError`: LR548 a bound column that the file lacks, LR549 a bound field whose name is nearly one of the schema's, LR555 no
    unit, LR556 another scheme, system or dimension than the rulesets declare, LR558 no scheme.
    """
    values: list[dict[str, Sequence[Value]]] = [{} for _ in chosen]
    notes: list[list[Diagnostic]] = [[] for _ in chosen]
    for asked in _asked_of(layer, source, schema, fields, schemes, where):
        name, read = asked.of.name, asked.read
        if read is None or not len(ids):
            for own, rows in zip(values, chosen, strict=True):
                own[name] = (asked.absent,) * len(rows)
            continue
        coded = source.cells(asked.column)
        codes = coded.codes.tolist()
        if asked.may_be_late and (coded.are_numbers or are_numbers(coded.cells)):
            late, cells = partial(_value, asked.absent, read), coded.cells
            for own, rows in zip(values, chosen, strict=True):
                own[name] = Numbers([cells[codes[row]] for row in rows], late)
            continue
        typed = _typed(asked, read, coded)
        found = [value for value, _ in typed]
        for own, rows in zip(values, chosen, strict=True):
            own[name] = tuple([found[codes[row]] for row in rows])
        bad = {n for n, value in enumerate(found) if isinstance(value, Missing) and value.kind is Absence.INVALID}
        if bad:
            for told, span in zip(notes, pairwise(at), strict=True):
                told += _note(
                    layer, name, [(ids[row], typed[codes[row]][1]) for row in range(*span) if codes[row] in bad], where
                )
    return tuple([Columns(own, tuple(told)) for own, told in zip(values, notes, strict=True)])


def _asked_of(
    layer: str,
    source: Cells,
    schema: LayerSchema,
    fields: Mapping[str, Binding],
    schemes: Mapping[str, CodeScheme],
    where: str,
) -> tuple[Asked, ...]:
    """How each field of a schema is read; as remembered, where schema, bindings and schemes are those of before."""
    known = source.memory.get(layer)
    if known is None or known.schemes is not schemes or known.schema != schema or known.fields != fields:
        asked = _settled(layer, source.names, schema, fields, schemes, where)
        known = source.memory[layer] = Remembered(schema, fields, schemes, asked)
    return known.asked


def _settled(
    layer: str,
    columns: Sequence[str],
    schema: LayerSchema,
    fields: Mapping[str, Binding],
    schemes: Mapping[str, CodeScheme],
    where: str,
) -> tuple[Asked, ...]:
    problems: list[Diagnostic] = []
    for name in sorted(fields.keys() - schema.fields.keys()):
        near = nearest(name, schema.fields.keys() - fields.keys())
        if not near:
            continue  # a field that only other rulesets ask for
        choices = f"{', '.join(sorted(schema.fields))} ({near}?)"
        problems.append(Diagnostic("LR549", {"layer": layer, "field": name, "choices": choices}, where=where))
    spelled = {name.lower(): name for name in sorted(columns)}
    out: list[Asked] = []
    for name, of in sorted(schema.fields.items()):
        binding, absent = fields.get(name), Missing(f"{layer}.{name}", Absence.NOT_SUPPLIED)
        column = spelled.get((binding.column if binding else name).lower())
        if binding and column is None:
            choices = ", ".join(sorted(columns))
            args = {"layer": layer, "field": name, "column": binding.column, "choices": choices}
            problems.append(Diagnostic("LR548", args, where=where))
            continue
        if column is None:
            out.append(Asked(of, absent))
            continue
        reader = _reader(layer, of, binding or Binding(column), schemes)
        if not isinstance(reader, Diagnostic):
            out.append(Asked(of, absent, column, binding.values if binding else {}, reader))
        elif binding:
            problems.append(Diagnostic(reader.code, reader.args, where=where))
        else:  # a column that happens to bear the name, but whose unit or scheme nobody stated
            out.append(Asked(of, absent))
    if problems:
        raise InputError(problems)
    return tuple(out)


def _value(absent: Missing, reader: Reader, cell: Cell) -> Value:
    return _read(absent, {}, reader, cell)[0]


def _typed(asked: Asked, reader: Reader, coded: Coded) -> list[Typed]:
    """What each different cell is; those of a dictionary are read once."""
    absent, mapped, known = asked.absent, asked.mapped, asked.typed
    if not coded.numbers:
        return [_read(absent, mapped, reader, cell) for cell in coded.cells]
    for number, cell in zip(coded.numbers, coded.cells, strict=True):
        if number not in known:
            known[number] = _read(absent, mapped, reader, cell)
    return [known[number] for number in coded.numbers]


def _read(absent: Missing, mapped: Mapping[str, object], reader: Reader, stored: Cell) -> Typed:
    cell = _mapped(mapped, stored) if mapped else stored
    if cell is None or cell == "":
        return absent, ""
    value = None if isinstance(cell, _Unmapped) else reader(cell)
    if value is not None:
        return value, ""
    shown = shown_value(cell.text if isinstance(cell, _Unmapped) else str(cell))
    return Missing(absent.name, Absence.INVALID, shown), shown


def _note(layer: str, name: str, bad: list[tuple[str, str]], where: str) -> list[Diagnostic]:
    """How many cells of a field cannot be read, and the first of them by id (LR741); `bad` are ids and what stands there."""
    if not bad:
        return []
    id_, found = min(bad)
    args = {"layer": layer, "count": len(bad), "field": name, "id": id_, "found": found}
    return [Diagnostic("LR741", args, where=where)]


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
