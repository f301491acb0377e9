"""GeoPackage, read with the standard library's SQLite: a small check need not wait for GDAL to start.

A GeoPackage is a database; a feature is a row whose geometry is a header with its box and a well-known binary
(OGC 12-128r18, 2.1.3). Boxes come from the R-tree extension where the file has it, otherwise from the headers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray
from landrules.intake.formats.table import Broken, Cell, FeatureTable, boxes_meet, shapes_from_wkb

if TYPE_CHECKING:
    import sqlite3

_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the box in a header, by its envelope code."""


def tables(path: Path) -> tuple[str, ...]:
    """The feature tables of a GeoPackage, sorted. Raises `InputError` with LR546."""
    with _opened(path) as db:
        rows = db.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
        return tuple(sorted(str(row[0]) for row in rows))


def read(path: Path, table: str, boxes: FloatArray | None) -> FeatureTable:
    """The rows of a feature table whose boxes meet any of `boxes` (in the file's system; `None`: all of them).

    Raises `InputError` with LR546 for a file that is no GeoPackage or is damaged.
    """
    with _opened(path) as db:
        shape = _shape(db, path, table)
        rows = _rows(db, shape, boxes)
        rows.sort(key=lambda row: row[0])
    return _table(shape, rows)


def parts(path: Path, table: str, size: int) -> Iterator[FeatureTable]:
    """All rows of a feature table in the order of their keys, `size` at a time; at least one part, maybe without rows.

    Raises `InputError` with LR546, also half way.
    """
    with _opened(path) as db:
        shape = _shape(db, path, table)
        cursor = db.execute(f"{shape.query} ORDER BY {_quoted(shape.key)}")
        rows = cursor.fetchmany(size)
        yield _table(shape, rows)
        while rows := cursor.fetchmany(size):
            yield _table(shape, rows)


@frozen
class _Shape:
    """How a feature table is built: its key, its geometry column, the others with their kinds, its system."""

    table: str
    key: str
    geom: str
    kinds: Mapping[str, str]
    crs: str | None

    @property
    def query(self) -> str:
        """Every row: key, geometry, then the other columns."""
        chosen = ", ".join(_quoted(name) for name in (self.key, self.geom, *self.kinds))
        return f"SELECT {chosen} FROM {_quoted(self.table)}"


def _shape(db: sqlite3.Connection, path: Path, table: str) -> _Shape:
    found = db.execute("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,))
    geom, srs = found.fetchone() or _damaged(path, f"gpkg_geometry_columns: {table}")
    info = list(db.execute(f"PRAGMA table_info({_quoted(table)})"))
    key = next((str(row[1]) for row in info if row[5] == 1), "rowid")
    kinds = {str(row[1]): str(row[2]).upper() for row in info if row[1] not in (geom, key)}
    return _Shape(table, key, str(geom), kinds, _crs(db, int(srs)))


def _table(shape: _Shape, rows: list[Row]) -> FeatureTable:
    values = list(zip(*rows, strict=True)) or [()] * (2 + len(shape.kinds))
    shapes, broken = shapes_from_wkb(_binaries(values[1]))
    columns = {name: _cells(values[at], kind) for at, (name, kind) in enumerate(shape.kinds.items(), start=2)}
    located = tuple(Broken(b.row, b.reason, _box(rows[b.row][1])) for b in broken)
    return FeatureTable(shape.crs, tuple(map(int, values[0])), shapes, columns, located)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, read only and unlocked; whatever SQLite finds wrong with it is a broken file."""
    import sqlite3  # a check whose layers are prepared opens no database

    is_quiet = not path.with_name(path.name + "-wal").exists()
    mode = "mode=ro&immutable=1" if is_quiet else "mode=ro"
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)
        try:
            yield db
        finally:
            db.close()
    except (sqlite3.Error, struct.error) as error:
        _damaged(path, " ".join(str(error).split()))


def _damaged(path: Path, reason: str) -> NoReturn:
    raise InputError(Diagnostic("LR546", {"path": path.name, "reason": reason}, where=path.name))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


Row = tuple[Any, ...]


def _rows(db: sqlite3.Connection, shape: _Shape, boxes: FloatArray | None) -> list[Row]:
    query, table, geom, key = shape.query, shape.table, shape.geom, shape.key
    if boxes is None:
        return list(db.execute(query))
    keys = _near_by_tree(db, f"rtree_{table}_{geom}", boxes)
    if keys is None:
        keys = _near_by_headers(db, table, geom, key, boxes)
    out: list[Row] = []
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ",".join("?" * len(part))
        out += db.execute(f"{query} WHERE {_quoted(key)} IN ({marks})", part)
    return out


def _near_by_tree(db: sqlite3.Connection, tree: str, boxes: FloatArray) -> list[int] | None:
    """Keys from the R-tree; `None` where the file has none or SQLite was built without it."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (tree,)).fetchone():
        return None
    if not db.execute("SELECT 1 FROM pragma_module_list WHERE name = 'rtree'").fetchone():
        return None
    found: set[int] = set()
    where = "maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
    for minx, miny, maxx, maxy in boxes.tolist():
        found.update(
            row[0] for row in db.execute(f"SELECT id FROM {_quoted(tree)} WHERE {where}", (minx, maxx, miny, maxy))
        )
    return sorted(found)


def _near_by_headers(db: sqlite3.Connection, table: str, geom: str, key: str, boxes: FloatArray) -> list[int]:
    """Keys from the boxes in the geometries' own headers; a row without a readable one is always taken."""
    head = f"SELECT {_quoted(key)}, substr({_quoted(geom)}, 1, 40) FROM {_quoted(table)}"
    keys: list[int] = []
    own: list[tuple[float, float, float, float]] = []
    always: list[int] = []
    for row in db.execute(head):
        box = _box(row[1])
        if box is None:
            always.append(int(row[0]))
        else:
            keys.append(int(row[0]))
            own.append(box)
    near = boxes_meet(np.array(own, dtype=np.float64).reshape(-1, 4), boxes)
    return sorted([key for key, is_near in zip(keys, near, strict=True) if is_near] + always)


def _box(blob: object) -> tuple[float, float, float, float] | None:
    """minx, miny, maxx, maxy of a header, or `None` where it has none (a point has none)."""
    if not isinstance(blob, bytes) or len(blob) < 40 or blob[:2] != b"GP" or not 1 <= (blob[3] >> 1) & 7 <= 4:
        return None
    minx, maxx, miny, maxy = struct.unpack_from("<4d" if blob[3] & 1 else ">4d", blob, 8)
    return (minx, miny, maxx, maxy) if all(np.isfinite((minx, miny, maxx, maxy))) else None


def _binaries(blobs: Sequence[Any]) -> list[bytes | None]:
    """The well-known binaries behind the headers; `None` for no geometry, or one marked empty."""
    return [
        blob[start:]
        if type(blob) is bytes and len(blob) >= 8 and blob[:2] == b"GP" and (start := _STARTS[blob[3]])
        else None
        for blob in blobs
    ]


def _start(flags: int) -> int:
    """Where the binary begins behind a header of these flags; 0 where there is none."""
    code = (flags >> 1) & 7
    return 0 if flags & 0x10 or code >= len(_ENVELOPES) else 8 + _ENVELOPES[code]


_STARTS = tuple(_start(flags) for flags in range(256))


def _cells(values: tuple[Any, ...], kind: str) -> tuple[Cell, ...]:
    """The cells of a column; most columns hold text and numbers alone, which stay as they are."""
    if kind not in ("BOOLEAN", "DATE", "DATETIME") and not set(map(type, values)) - _PLAIN:
        return values
    return tuple(_cell(value, kind) for value in values)


_PLAIN: frozenset[type] = frozenset({str, int, float, type(None)})


def _cell(value: object, kind: str) -> Cell:
    if kind == "BOOLEAN" and isinstance(value, int):
        return bool(value)
    if kind in ("DATE", "DATETIME") and isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value if isinstance(value, str | int | float) else None


def _crs(db: sqlite3.Connection, srs: int) -> str | None:
    row: Sequence[object] | None = db.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (srs,)
    ).fetchone()
    if row is None or srs in (0, -1):
        return None
    organization, code, definition = row
    if str(organization).upper() in ("EPSG", "OGC"):
        return f"{str(organization).upper()}:{code}"
    return str(definition)
