"""Tables of a PostGIS database: candidates by their boxes in the database, everything exact here.

A table is asked for what its catalogue says of it, then for the rows whose boxes meet those wanted. The database compares
boxes in single precision, so that it may hand over a few rows too many: their boxes are compared again. Every value
comes as the text that PostgreSQL writes for it and is turned into a plain one by its type, shapes come as well-known
binary without Z and M. Names are quoted by psycopg, in every alphabet; nothing relies on the search path but a table
named without its schema.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from landrules.geo.kernel import FloatArray
from landrules.intake.databases import Snapshot, parts_of, told
from landrules.intake.formats.catalogue import Described, describe, refuse
from landrules.intake.formats.table import Broken, Cell, FeatureTable, boxes_meet, shapes_from_wkb

if TYPE_CHECKING:
    from psycopg import sql

    from landrules.intake.workspace import DatabaseSource

_WHOLE = frozenset({"int2", "int4", "int8"})
_FLOAT = frozenset({"float4", "float8"})
_DAY = frozenset({"date", "timestamp"})
_TOGETHER = 50
"""Boxes asked for in one query."""


def read(snapshot: Snapshot, source: DatabaseSource, boxes: FloatArray | None) -> FeatureTable:
    """The rows of a table whose boxes meet any of `boxes` (in the table's system; `None`: all), and those without shape.

    Raises `InputError`: LR573 to LR585 for a table that is not there, not allowed, without PostGIS, without key or with
    shapes of several systems, and for whatever the database reports.
    """
    with told(source):
        about = snapshot.described.get(source)
        if about is None:
            about = snapshot.described[source] = describe(snapshot, source)
        found: dict[str, tuple[Any, ...]] = {}
        for where in _conditions(about, boxes):
            for row in _rows(snapshot, source, about, where):
                if row[0] is None or found.setdefault(row[0], row) != row:
                    raise refuse("LR578", source, column=about.key.name, value=row[0] or "-")
        rows = sorted(found.values(), key=_order(about))
        shapes, broken = shapes_from_wkb([row[1] for row in rows])
        located = _located(snapshot, source, about, rows, broken)
        if source.table in snapshot.unlocked:
            _verify(snapshot, source, about)
    if boxes is not None:
        near = boxes_meet(np.asarray(shapely.bounds(shapes)).reshape(-1, 4), boxes)
        for lost in located:
            near[lost.row] = lost.box is None or bool(boxes_meet(np.array([lost.box]), boxes)[0])
        kept = np.flatnonzero(near).tolist()
        at = {row: position for position, row in enumerate(kept)}
        rows, shapes = [rows[row] for row in kept], shapes[near]
        located = tuple(Broken(at[b.row], b.reason, b.box) for b in located if b.row in at)
    has_numbers = about.key.type in _WHOLE
    return FeatureTable(
        about.crs,
        tuple(int(row[0]) for row in rows) if has_numbers else tuple(range(len(rows))),
        shapes,
        {c.name: tuple(_cell(row[i], c.type) for row in rows) for i, c in enumerate(about.columns, start=2)},
        located,
        digest=_digest(about, rows),
        named_by="" if has_numbers else about.key.name,
    )


# --- rows ------------------------------------------------------------------------------------------------------------


def _conditions(about: Described, boxes: FloatArray | None) -> Iterator[sql.Composable]:
    """What rows have to meet, one condition a query. A row without a shape may lie anywhere, as in a file."""
    from psycopg import sql

    if boxes is None:
        yield sql.SQL("")
        return
    geometry, schema = sql.Identifier(about.geometry), sql.Identifier(about.schema)
    meets = sql.SQL("{} OPERATOR({}.&&) {}({})")
    for start in range(0, max(len(boxes), 1), _TOGETHER):
        near = [
            meets.format(
                geometry,
                schema,
                sql.Identifier(about.schema, "st_makeenvelope"),
                sql.SQL(", ").join(sql.Literal(number) for number in (*box, about.srid)),
            )
            for box in boxes[start : start + _TOGETHER].tolist()
        ]
        without = [sql.SQL("{} IS NULL").format(geometry)] if start == 0 else []
        yield sql.SQL("WHERE ") + sql.SQL(" OR ").join([*near, *without])


def _rows(
    snapshot: Snapshot, source: DatabaseSource, about: Described, where: sql.Composable
) -> Iterator[tuple[Any, ...]]:
    """Key, well-known binary and the other cells, all but the shape as text."""
    from psycopg import sql

    def function(name: str) -> sql.Identifier:
        return sql.Identifier(about.schema, name)

    shape = sql.SQL("{}({}({}), 'NDR')").format(
        function("st_asbinary"), function("st_force2d"), sql.Identifier(about.geometry)
    )
    texts = [_text(column.name) for column in about.columns]
    chosen = sql.SQL(", ").join([_text(about.key.name), shape, *texts])
    query = sql.SQL("SELECT {} FROM {} {}").format(chosen, sql.Identifier(*parts_of(source.table)), where)
    with snapshot.connection.cursor(binary=True) as cursor:
        yield from cursor.execute(query)


def _text(column: str) -> sql.Composable:
    from psycopg import sql

    return sql.SQL("{}::pg_catalog.text").format(sql.Identifier(column))


def _order(about: Described) -> Callable[[tuple[Any, ...]], Any]:
    """Rows in the order of their keys, numbers by their size."""
    return (lambda row: int(row[0])) if about.key.type in _WHOLE else (lambda row: row[0])


def _located(
    snapshot: Snapshot,
    source: DatabaseSource,
    about: Described,
    rows: Sequence[tuple[Any, ...]],
    broken: Sequence[Broken],
) -> tuple[Broken, ...]:
    """Rows whose shape could not be built, with the boxes that the database sees around them."""
    from psycopg import sql

    keys = [rows[b.row][0] for b in broken if rows[b.row][1] is not None]
    if not keys:
        return tuple(broken)
    sides = sql.SQL(", ").join(
        sql.SQL("{}({})").format(sql.Identifier(about.schema, name), sql.Identifier(about.geometry))
        for name in ("st_xmin", "st_ymin", "st_xmax", "st_ymax")
    )
    query = sql.SQL("SELECT {}, {} FROM {} WHERE {} = ANY({})").format(
        _text(about.key.name), sides, sql.Identifier(*parts_of(source.table)), _text(about.key.name), sql.Literal(keys)
    )
    boxes = {row[0]: row[1:] for row in snapshot.connection.execute(query) if None not in row}
    return tuple(Broken(b.row, b.reason, boxes.get(rows[b.row][0])) for b in broken)


def _verify(snapshot: Snapshot, source: DatabaseSource, about: Described) -> None:
    """A materialized view has no lock of readers before it is read: that it was not filled anew since the snapshot."""
    from psycopg import sql

    query = sql.SQL(
        "SELECT pg_catalog.to_regclass({}) = oid AND pg_catalog.pg_relation_filenode(oid) = relfilenode"
        " FROM pg_catalog.pg_class WHERE oid = {}"
    )
    name = sql.Identifier(*parts_of(source.table)).as_string(snapshot.connection)
    row = snapshot.connection.execute(query.format(name, about.oid)).fetchone()
    if row is None or row[0] is not True:
        raise refuse("LR584", source)


# --- values ----------------------------------------------------------------------------------------------------------


def _cell(text: str | None, kind: str) -> Cell:
    """The text of a value as a plain one. A text that is none of its type (an endless day) stays as it stands."""
    if text is None or (text == "NaN" and (kind in _FLOAT or kind == "numeric")):
        return None
    if kind == "bool":
        return text == "true"
    if kind in _WHOLE:
        return int(text)
    if kind in _FLOAT:
        return float(text)
    if kind == "numeric":
        return _number(text)
    if kind in _DAY and not text.endswith("BC"):
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return text
    return text


def _number(text: str) -> Cell:
    """A decimal as a whole number or a float where that says the same, else as it is written."""
    number = Decimal(text)
    if not number.is_finite() or len(text) > 40:
        return text
    if number == number.to_integral_value():
        return int(number)
    return float(number) if Decimal(repr(float(number))) == number else text


def _digest(about: Described, rows: Sequence[tuple[Any, ...]]) -> str:
    """The SHA-256 of the rows that were read, in the order of their keys.

    One line of JSON for the system and the columns with their types, then one for each row: its key, its well-known
    binary in hexadecimal digits, its cells as the database writes them.
    """
    digest = hashlib.sha256()
    names = [[column.name, column.type] for column in about.columns]
    for line in ([about.srid, about.crs, names], *([key, _hex(shape), *cells] for key, shape, *cells in rows)):
        digest.update(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n")
    return digest.hexdigest()


def _hex(shape: bytes | None) -> str | None:
    return None if shape is None else shape.hex()
