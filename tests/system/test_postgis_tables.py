"""Rows of a table as a layer: the same as of a file with the same rows, whatever the table looks like."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from postgis_cases import DAY, NEAR, Connection, Database, opened, schema, substance, wkb, workspace
from psycopg import sql

from landrules.base.diagnostic import InputError
from landrules.base.quantity import Dimension
from landrules.base.valuetype import Absence, Missing, Simple
from landrules.geo.site import Layer
from landrules.intake.databases import Databases
from landrules.intake.layers import open_layer
from landrules.intake.workspace import DatabaseSource, Workspace, load_workspace

pytestmark = pytest.mark.system

ROWS: tuple[tuple[str | None, str, float | None], ...] = (
    ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", "甲", 1.5),
    ("POLYGON ((20 20, 40 40, 40 20, 20 40, 20 20))", "蝴蝶结", 2),
    (None, "没有图形", 3),
    ("POLYGON ((1000 0, 1090 0, 1090 90, 1000 90, 1000 0), (1010 10, 1020 10, 1020 20, 1010 10))", "远", None),
    ("MULTIPOLYGON Z (((50 50 7, 60 50 7, 60 60 7, 50 50 7)), ((70 70 7, 80 70 7, 80 80 7, 70 70 7)))", "高", 5),
    ("POLYGON ((100 0, 110 0, 110 10, 100 10, 100 0))", "在边上", 6),
    ("POLYGON ((100.00000001 50, 110 50, 110 60, 100.00000001 60, 100.00000001 50))", "差一点", 7),
    ("LINESTRING (-5 -5, 5 5)", "线", 8),
)
OF = schema(name=Simple.TEXT, size=Dimension.AREA)
FIELDS = 'fields = { name = "名称", size = { column = "Size", unit = "m2" } }\ncrs = "engineering"\n'


def rows_in_table(owner: Connection, *, indexed: bool = True) -> None:
    """ROWS as the table land.zone, with an odd name for a column besides."""
    owner.execute(
        'CREATE TABLE land.zone (fid int PRIMARY KEY, geom geometry, "名称" text, "Size" float8, "a%s""b" int)'
    )
    for number, (text, name, size) in enumerate(ROWS):
        owner.execute(
            "INSERT INTO land.zone VALUES (%s, ST_GeomFromText(%s, 0), %s, %s, 1)", (number, text, name, size)
        )
    if indexed:
        owner.execute("CREATE INDEX ON land.zone USING gist (geom)")
        owner.execute("ANALYZE land.zone")


def rows_in_file(folder: Path, rows: tuple[tuple[str | None, str, float | None], ...] = ROWS) -> Workspace:
    """The same rows as GeoJSON in a workspace of its own."""
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shapely.from_wkt(text))) if text else None,
            "properties": {"名称": name, "Size": size},
        }
        for text, name, size in rows
    ]
    folder.mkdir()
    layer = {"type": "FeatureCollection", "crs": "engineering", "features": features}
    (folder / "zone.geojson").write_text(json.dumps(layer), encoding="utf-8")
    text = f'[workspace]\ncrs = "engineering"\n[layers.zone]\npath = "zone.geojson"\n{FIELDS}'
    (folder / "landrules.toml").write_text(text, encoding="utf-8")
    return load_workspace(folder)


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("boxes", [None, NEAR, np.array([[-9.0, -9, -8, -8], [999, 0, 1001, 1]]), np.empty((0, 4))])
def test_a_table_is_the_layer_that_a_file_is(
    boxes: Any, indexed: bool, server: Database, owner: Connection, tmp_path: Path
) -> None:
    rows_in_table(owner, indexed=indexed)
    if indexed:
        owner.execute("ALTER DATABASE county SET enable_seqscan = off")
    try:
        ours = opened(workspace(tmp_path / "a", server.connection, more=FIELDS), OF, boxes)
    finally:
        owner.execute("ALTER DATABASE county RESET enable_seqscan")
    theirs = opened(rows_in_file(tmp_path / "b"), OF, boxes)
    assert [str(note) for note in ours.notes] == [str(note).replace("b/", "a/") for note in theirs.notes]
    assert substance(ours) == substance(theirs)


def test_candidates_are_those_whose_exact_boxes_touch(server: Database, owner: Connection, tmp_path: Path) -> None:
    rows_in_table(owner)
    layer = opened(workspace(tmp_path, server.connection, more=FIELDS), OF, NEAR)
    assert layer.ids == ("0", "4", "5", "7")  # not 6, a hundred-millionth of a metre away
    assert shapely.bounds(layer.invalid).tolist() == [[20, 20, 40, 40]]
    assert sorted(note.code for note in layer.notes) == ["LR740", "LR742"]
    assert not any(shape.has_z for shape in layer.geometry)


def test_many_boxes_find_each_row_once(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (fid int PRIMARY KEY, geom geometry(Polygon, 4527))")
    at = "39500000 + i, 3400000, 39500000 + i + 3, 3400001"
    owner.execute(f"INSERT INTO land.zone SELECT i, ST_MakeEnvelope({at}, 4527) FROM generate_series(1, 300) i")
    boxes = np.array([[39500000.5 + i, 3400000.2, 39500000.6 + i, 3400000.3] for i in range(10, 141)])
    layer = opened(workspace(tmp_path, server.connection, crs="EPSG:4527"), schema(), boxes)
    assert sorted(map(int, layer.ids)) == list(range(8, 141)) and layer.crs == "EPSG:4527"


def test_names_in_any_alphabet_and_with_any_sign(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute('CREATE SCHEMA IF NOT EXISTS "县.库"')
    owner.execute('DROP TABLE IF EXISTS "县.库"."地类""图斑"')
    owner.execute(
        'CREATE TABLE "县.库"."地类""图斑" ("编号" int PRIMARY KEY, "图形 %s" geometry, "面积；--" numeric(12,2))'
    )
    owner.execute("""INSERT INTO "县.库"."地类""图斑" VALUES (7, ST_MakeEnvelope(0, 0, 1, 1), 12.50)""")
    table = '"县.库"."地类""图斑"'
    more = 'geometry = "图形 %s"\ncrs = "engineering"\nfields = { size = { column = "面积；--", unit = "m2" } }'
    layer = opened(workspace(tmp_path, server.connection, table, more), schema(size=Dimension.AREA), NEAR)
    assert layer.ids == ("7",) and layer.columns["size"] == (Fraction(25, 2),)


def test_values_of_every_plain_type(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("DROP TYPE IF EXISTS land.tenure; CREATE TYPE land.tenure AS ENUM ('国有', '集体')")
    owner.execute("CREATE DOMAIN land.code AS varchar(10)")
    owner.execute(
        "CREATE TABLE land.zone (fid bigint PRIMARY KEY, geom geometry(Point, 4527), whole numeric, half float4, exact"
        " numeric(20, 3), day date, moment timestamp, endless date, old date, held land.tenure, code land.code, fixed"
        " char(5), is_wet boolean, mark uuid, nan float8, list int[], nothing text)"
    )
    owner.execute(
        "INSERT INTO land.zone VALUES (1, NULL, 1200, 0.1, 12345678901234567.125, '2026-01-31', '2026-01-31 23:59:59',"
        " 'infinity', '0044-03-15 BC', '集体', '0103', 'a', true, '00000000-0000-0000-0000-000000000001', 'NaN', '{1}')"
    )
    place = workspace(tmp_path, server.connection)
    (source,) = place.sources()
    assert isinstance(source, DatabaseSource)
    with Databases((source,)) as held:
        table = held.read(source, None)
    assert {name: cells[0] for name, cells in table.columns.items()} == {
        "fid": 1,
        "whole": 1200,
        "half": 0.1,
        "exact": "12345678901234567.125",
        "day": date(2026, 1, 31),
        "moment": date(2026, 1, 31),
        "endless": "infinity",
        "old": "0044-03-15 BC",
        "held": "集体",
        "code": "0103",
        "fixed": "a",
        "is_wet": True,
        "mark": "00000000-0000-0000-0000-000000000001",
        "nan": None,
        "nothing": None,
    }
    assert [type(table.columns[name][0]) for name in ("whole", "half", "is_wet")] == [int, float, bool]


def test_a_moment_with_a_time_zone_is_no_day(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (fid int PRIMARY KEY, geom geometry, day timestamptz)")
    owner.execute("INSERT INTO land.zone VALUES (1, ST_MakeEnvelope(0, 0, 1, 1), '2026-01-01 01:00:00+08')")
    place = workspace(tmp_path, server.connection, more='crs = "engineering"')
    layer = opened(place, schema(day=Simple.DATE), NEAR)
    assert layer.columns["day"] == (Missing("zone.day", Absence.INVALID, "2025-12-31 17:00:00+00"),)


def test_a_curve_is_kept_as_the_box_that_the_database_sees(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (fid int PRIMARY KEY, geom geometry)")
    disc = "CURVEPOLYGON (CIRCULARSTRING (0 0, 10 10, 20 0, 10 -10, 0 0))"
    owner.execute("INSERT INTO land.zone VALUES (1, ST_GeomFromText(%s))", (disc,))
    place = workspace(tmp_path, server.connection, more='crs = "engineering"')
    layer = opened(place, schema(), np.array([[0.0, 0, 1, 1]]))
    away = opened(place, schema(), np.array([[30.0, 0, 31, 1]]))
    assert layer.ids == () and shapely.bounds(layer.invalid).round(6).tolist() == [[0, -10, 20, 10]]
    assert len(away.invalid) == 0


def test_keys_that_are_no_numbers_name_the_rows(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (bsm text PRIMARY KEY, geom geometry)")
    owner.execute("INSERT INTO land.zone SELECT k, ST_MakeEnvelope(0, 0, 1, 1) FROM unnest('{b,a,丙,A}'::text[]) k")
    layer = opened(workspace(tmp_path, server.connection, more='crs = "engineering"'), schema(), NEAR)
    assert layer.ids == ("A", "a", "b", "丙")


def test_a_view_is_read_by_the_key_that_is_named(server: Database, owner: Connection, tmp_path: Path) -> None:
    rows_in_table(owner)
    owner.execute('CREATE VIEW land.seen AS SELECT fid, geom, "名称", "Size" FROM land.zone WHERE fid <> 4')
    place = workspace(tmp_path, server.connection, "land.seen", FIELDS + 'key = "fid"')
    assert opened(place, OF, NEAR).ids == ("0", "5", "7")


def test_degrees_and_an_unnamed_system(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (fid int PRIMARY KEY, geom geometry(Polygon, 4490))")
    corners = "117.210 30.650, 117.211 30.650, 117.211 30.651, 117.210 30.651, 117.210 30.650"
    owner.execute(f"INSERT INTO land.zone VALUES (1, ST_GeomFromText('POLYGON (({corners}))', 4490))")
    place = workspace(tmp_path / "a", server.connection, crs="EPSG:4527")
    whole = opened(place, schema())
    near = opened(place, schema(), np.asarray(shapely.bounds(whole.geometry)))
    assert whole.crs == "EPSG:4490" and wkb(near.geometry) == wkb(whole.geometry)
    assert len(opened(place, schema(), np.asarray(shapely.bounds(whole.geometry)) + 5000).ids) == 0
    owner.execute("ALTER TABLE land.zone ALTER geom TYPE geometry USING ST_SetSRID(geom, 0)")
    with pytest.raises(InputError) as caught:
        opened(place, schema())
    assert [d.code for d in caught.value.diagnostics] == ["LR550"]
    stated = workspace(tmp_path / "b", server.connection, more='crs = "EPSG:4490"', crs="EPSG:4527")
    assert substance(opened(stated, schema())) == substance(whole)


def test_postgis_in_a_schema_of_its_own(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("DROP DATABASE IF EXISTS elsewhere")
    owner.execute("CREATE DATABASE elsewhere")
    connection = server.connection.replace("dbname=county", "dbname=elsewhere")
    with psycopg.connect(connection) as other:
        other.execute("CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis; CREATE SCHEMA land")
        other.execute("CREATE TABLE land.zone (fid int PRIMARY KEY, geom gis.geometry(Polygon, 4527))")
        other.execute(
            "INSERT INTO land.zone VALUES (1, gis.ST_MakeEnvelope(39500000, 3400000, 39500010, 3400010, 4527))"
        )
    near = np.array([[39500001.0, 3400001, 39500002, 3400002]])
    assert opened(workspace(tmp_path, connection, crs="EPSG:4527"), schema(), near).ids == ("1",)


def test_the_digest_is_of_the_rows_that_were_read(server: Database, owner: Connection, tmp_path: Path) -> None:
    rows_in_table(owner)
    place = workspace(tmp_path, server.connection, more=FIELDS)

    def digest() -> str:
        return opened(place, OF, NEAR).sha256

    first = digest()
    owner.execute("UPDATE land.zone SET \"名称\" = '又远了' WHERE fid = 3")
    assert digest() == first and len(first) == 64
    owner.execute("UPDATE land.zone SET \"名称\" = '乙' WHERE fid = 0")
    second = digest()
    owner.execute("UPDATE land.zone SET geom = ST_Translate(geom, 0.001, 0) WHERE fid = 0")
    assert len({first, second, digest()}) == 3


def test_editions_stand_in_tables_and_files_side_by_side(server: Database, owner: Connection, tmp_path: Path) -> None:
    rows_in_table(owner)
    file = rows_in_file(tmp_path / "county").path
    editions = (
        "[[layers.zone.editions]]\nedition = 2025-12-31\n"
        f"[[layers.zone.editions]]\npostgis = \"{server.connection}\"\ntable = 'land.zone'\nedition = 2026-06-01\n"
    )
    file.write_text(file.read_text(encoding="utf-8") + editions, encoding="utf-8")
    place = load_workspace(file)
    of_file, of_table = (open_layer(place, "zone", OF, {}, law_date=day) for day in (date(2026, 1, 1), DAY))
    assert isinstance(of_file, Layer) and isinstance(of_table, Layer)
    assert (of_file.edition, of_table.edition) == (date(2025, 12, 31), date(2026, 6, 1))
    assert of_file.ids == of_table.ids and of_file.sha256 != of_table.sha256


def test_no_text_of_a_name_reaches_the_database_unquoted(server: Database, owner: Connection, tmp_path: Path) -> None:
    rows_in_table(owner)
    for table in ("land.zone; DROP TABLE land.zone", 'land."zone', "land.zone.x", "land.zone WHERE true", "zone"):
        with pytest.raises(InputError) as caught:
            opened(workspace(tmp_path, server.connection, table, FIELDS), OF, NEAR)
        (told,) = caught.value.diagnostics
        assert told.code == "LR576" and "land.zone" in told.help("en"), told.help("en")
    count = owner.execute(sql.SQL("SELECT count(*) FROM land.zone")).fetchone()
    assert count == (len(ROWS),)
