"""What the catalogue of a PostGIS database says of a table: its shapes, their system, its key, its plain columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.intake.databases import Snapshot, parts_of, refusal

if TYPE_CHECKING:
    from landrules.intake.workspace import DatabaseSource

_PLAIN = "bdnse"
"""Categories of types that are one plain value: booleans, days, numbers, texts, enumerations (pg_type.typcategory)."""


@frozen
class Column:
    """A column and the name of its type (of the type under it, where it is a domain)."""

    name: str
    type: str


@frozen
class Described:
    """What the catalogue says of a table. `schema` is PostGIS's own; `srid` 0 where its shapes have no system."""

    oid: int
    schema: str
    geometry: str
    srid: int
    crs: str | None
    key: Column
    columns: tuple[Column, ...]


def refuse(code: str, source: DatabaseSource, **args: object) -> InputError:
    """A mistake about a table, in words."""
    return InputError(Diagnostic(code, {"table": source.table, **args}, where=source.shown))


_TABLE = """
SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = %(name)s AND c.relkind IN ('r', 'p', 'v', 'm')
AND CASE WHEN %(schema)s = '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = %(schema)s END
"""
_COLUMNS = """
SELECT a.attname, COALESCE(b.typname, t.typname), lower(t.typcategory::pg_catalog.text)
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_KEYS = """
SELECT a.attname FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
WHERE i.indrelid = %s AND i.indisprimary
"""
_EXTENSION = """
SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'postgis'
"""
_SPATIAL = """
SELECT n.nspname, c.relname FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE t.typname = 'geometry' AND c.relkind IN ('r', 'p', 'v', 'm') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
ORDER BY 1, 2 LIMIT 1000
"""


def describe(snapshot: Snapshot, source: DatabaseSource) -> Described:
    """What there is to know of a table before its rows.

    Raises `InputError`: LR574 without PostGIS, LR575 and LR585 for its columns, LR576 not there, LR577 without a key, LR583
    for shapes of several systems, and why it could not be held.
    """
    from psycopg import errors

    execute = snapshot.connection.execute
    refused = snapshot.refusals.get(source.table)
    if refused is not None and not isinstance(refused, errors.UndefinedTable | errors.InvalidSchemaName):
        raise refusal(refused, source, source.table)
    *schema, name = parts_of(source.table)
    found = None if refused else execute(_TABLE, {"schema": "".join(schema), "name": name}).fetchone()
    if found is None:
        raise refuse("LR576", source, choices=_nearest(source.table, execute(_SPATIAL)))
    extension = execute(_EXTENSION).fetchone()
    if extension is None:
        raise refuse("LR574", source)
    listed = [(Column(str(row[0]), str(row[1])), str(row[2])) for row in execute(_COLUMNS, found)]
    shapes = [column.name for column, _ in listed if column.type == "geometry"]
    columns = tuple(column for column, group in listed if group in _PLAIN or column.type == "uuid")
    geometry = _geometry(source, shapes)
    key = _key(source, columns, [str(row[0]) for row in execute(_KEYS, found)])
    srid = _srid(snapshot, source, int(found[0]), str(extension[0]), geometry)
    crs = _crs(snapshot, str(extension[0]), srid)
    return Described(int(found[0]), str(extension[0]), geometry, srid, crs, key, columns)


def _nearest(table: str, known: Iterable[Sequence[object]]) -> str:
    """The tables whose names are most like one that is not there, as they have to be written."""
    names = [".".join(_written(str(part)) for part in row) for row in known]
    names.sort(key=lambda name: -SequenceMatcher(None, name.lower(), table.lower()).ratio())
    return ", ".join(names[:6]) or "-"


def _written(part: str) -> str:
    return '"' + part.replace('"', '""') + '"' if {".", '"'} & set(part) else part


def _geometry(source: DatabaseSource, shapes: Sequence[str]) -> str:
    """The column of shapes: the one named, else the only one."""
    if source.geometry and source.geometry not in shapes:
        raise refuse("LR585", source, column=source.geometry, choices=", ".join(shapes) or "-")
    if not source.geometry and len(shapes) != 1:
        raise refuse("LR575", source, count=len(shapes), choices=", ".join(shapes) or "-")
    return source.geometry or shapes[0]


def _key(source: DatabaseSource, columns: Sequence[Column], primary: Sequence[str]) -> Column:
    """The column that tells rows apart: the one named, else the primary key, if that is one column."""
    if not source.key and len(primary) != 1:
        raise refuse("LR577", source)
    name = source.key or primary[0]
    key = next((column for column in columns if column.name == name), None)
    if key is None:
        raise refuse("LR585", source, column=name, choices=", ".join(column.name for column in columns) or "-")
    return key


def _srid(snapshot: Snapshot, source: DatabaseSource, oid: int, schema: str, geometry: str) -> int:
    """The system of all shapes, 0 where they have none: of the column's type, else of every row.

    Raises `InputError` with LR583 where rows have different systems: boxes of one are nothing in another.
    """
    from psycopg import sql

    execute = snapshot.connection.execute
    of_type = sql.SQL("SELECT {}(atttypmod) FROM pg_catalog.pg_attribute WHERE attrelid = {} AND attname = {}")
    row = execute(of_type.format(sql.Identifier(schema, "postgis_typmod_srid"), oid, geometry)).fetchone()
    if row is not None and row[0]:
        return int(row[0])
    of_rows = sql.SQL("SELECT DISTINCT {}({}) FROM {} WHERE {} IS NOT NULL ORDER BY 1")
    column = sql.Identifier(geometry)
    name = sql.Identifier(*parts_of(source.table))
    found = [int(r[0]) for r in execute(of_rows.format(sql.Identifier(schema, "st_srid"), column, name, column))]
    if len(found) > 1:
        raise refuse("LR583", source, found=", ".join(str(srid) for srid in found))
    return found[0] if found else 0


def _crs(snapshot: Snapshot, schema: str, srid: int) -> str | None:
    from psycopg import sql

    query = sql.SQL("SELECT auth_name, auth_srid, srtext FROM {} WHERE srid = {}")
    row = snapshot.connection.execute(query.format(sql.Identifier(schema, "spatial_ref_sys"), srid)).fetchone()
    if row is None:
        return None
    authority, code, definition = row
    return f"EPSG:{code}" if str(authority).upper() == "EPSG" else str(definition)
