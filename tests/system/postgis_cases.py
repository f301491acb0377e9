"""Layers copied from files into a database, and workspaces that name them there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import shapely
from psycopg import sql

from landrules.base.valuetype import ValueType
from landrules.geo.site import Layer
from landrules.intake.formats import read_table
from landrules.intake.formats.table import Cell
from landrules.intake.layers import open_layer
from landrules.intake.workspace import Workspace, load_workspace
from landrules.rules.model import Bilingual, LayerField, LayerSchema

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 6, 18)
PASSWORD = "不要说出去-4711"
NEAR = np.array([[0.0, 0.0, 100.0, 100.0]])

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Database:
    """How the owner reaches the server's database, and the folder of its socket."""

    connection: str
    folder: Path


# --- examples copied ---------------------------------------------------------------------------------------------------


def copied(county: str, server: Database, folder: Path, schema: str) -> Path:
    """The workspace of an example with every table in a schema of the database; everything else beside it stays."""
    source = EXAMPLES / county
    text = (source / "landrules.toml").read_text(encoding="utf-8")
    with psycopg.connect(server.connection) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        for path, table in sorted(set(re.findall(r'path = "([^"]+)",? *(?:\n| )table = "([^"]+)"', text))):
            copy(connection, source / path, table, schema)
    text = re.sub(r'path = "[^"]+\.gpkg"', f'postgis = "{server.connection}"', text)
    text = re.sub(r'table = "([^"]+)"', rf"""table = '{schema}."\1"'""", text)
    text = text.replace('kind = "file"', 'kind = "database"')
    text = re.sub(r'"(rules/[^"]+|accounts\.csv)"', lambda found: f'"{(source / found[1]).as_posix()}"', text)
    (folder / "landrules.toml").write_text(text, encoding="utf-8")
    return folder / "landrules.toml"


def copy(connection: Connection, path: Path, table: str, schema: str) -> None:
    """A table of a file as a table of the same name, columns and keys."""
    read = read_table(path, table, None, path.name)
    srid = int((read.crs or "EPSG:0").rpartition(":")[2])
    name = sql.Identifier(schema, table)
    kinds = {column: _kind(cells) for column, cells in read.columns.items()}
    columns = [sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(kind)) for c, kind in kinds.items()]
    shape = sql.SQL("geom geometry(Geometry, {})").format(srid)
    listed = sql.SQL(", ").join([sql.SQL("fid integer PRIMARY KEY"), shape, *columns])
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(name, listed))
    blobs: Sequence[bytes] = shapely.to_wkb(read.geometry)
    rows = zip(read.keys, blobs, *read.columns.values(), strict=True)
    marks = sql.SQL(", ").join(
        [sql.SQL("%s"), sql.SQL("ST_GeomFromWKB(%s, {})").format(srid), *[sql.SQL("%s")] * len(kinds)]
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql.SQL("INSERT INTO {} VALUES ({})").format(name, marks), list(rows))
    connection.execute(sql.SQL("CREATE INDEX ON {} USING gist (geom)").format(name))


def _kind(cells: Sequence[Cell]) -> Any:
    kinds = {type(cell) for cell in cells if cell is not None}
    names = {bool: "boolean", int: "bigint", float: "double precision", date: "date"}
    return names.get(kinds.pop(), "text") if len(kinds) == 1 else "text"


# --- layers of a few rows ----------------------------------------------------------------------------------------------


def schema(**fields: ValueType) -> LayerSchema:
    """The layer `zone` with fields."""
    return LayerSchema("zone", Bilingual("zone", "zone"), {k: LayerField(k, k, t) for k, t in fields.items()})


def workspace(
    folder: Path, connection: str, table: str = "land.zone", more: str = "", crs: str = "engineering"
) -> Workspace:
    """A workspace whose layer `zone` stands in the database."""
    folder.mkdir(exist_ok=True)
    text = f'[workspace]\ncrs = "{crs}"\n[layers.zone]\npostgis = "{connection}"\ntable = \'{table}\'\n{more}\n'
    (folder / "landrules.toml").write_text(text, encoding="utf-8")
    return load_workspace(folder)


def opened(of: Workspace, layer_schema: LayerSchema, boxes: np.ndarray[Any, Any] | None = None) -> Layer:
    """The layer `zone`, near some boxes."""
    layer = open_layer(of, "zone", layer_schema, {}, law_date=DAY, boxes=boxes)
    assert isinstance(layer, Layer)
    return layer


def substance(layer: Layer) -> tuple[object, ...]:
    """All that a check reads of a layer, comparable: without its digest and the words about its coverage's source."""
    return (
        (layer.name, layer.edition, layer.valid_to, layer.accuracy_m, layer.crs, layer.ids),
        wkb(layer.geometry),
        {name: tuple(cells) for name, cells in layer.columns.items()},
        wkb(layer.invalid),
        layer.notes,
        (layer.coverage.kind, wkb([layer.coverage.region])),
    )


def wkb(shapes: Iterable[Any]) -> tuple[bytes, ...]:
    """Shapes, byte for byte."""
    return tuple(shapely.to_wkb(np.array(list(shapes), dtype=object)).tolist())
