"""A layer in a database, as far as no server is needed: what a workspace says of it, and what is told without one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from landrules.base.diagnostic import InputError
from landrules.intake.databases import Databases, parts_of
from landrules.intake.sources import opened
from landrules.intake.workspace import DatabaseSource, Source, Workspace, load_workspace

HEAD = '[workspace]\ncrs = "EPSG:4527"\n'


def county(folder: Path, text: str) -> Workspace:
    (folder / "landrules.toml").write_text(HEAD + text, encoding="utf-8")
    return load_workspace(folder)


def codes(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        county(folder, text)
    return [f"{d.code} {d.args['key']}" for d in caught.value.diagnostics]


def told(connection: str) -> str:
    source = DatabaseSource(connection, "public.dltb", "", "", "", "postgis:public.dltb")
    with pytest.raises(InputError) as caught, Databases((source,)) as databases:
        databases.read(source, None)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.where == "postgis:public.dltb" and "geheim" not in diagnostic.render("en")
    return diagnostic.code


def test_an_edition_takes_its_database_from_its_layer(tmp_path: Path) -> None:
    text = """
    [layers.dltb]
    postgis = "service=county"
    geometry = "geom"
    key = "fid"
    crs = "EPSG:4490"
    [[layers.dltb.editions]]
    table = "survey.dltb_2025"
    edition = 2025-12-31
    [[layers.dltb.editions]]
    path = "old/dltb.gpkg"
    table = "DLTB"
    edition = 2019-12-31
    [[layers.dltb.editions]]
    postgis = "service=archive"
    table = "dltb"
    geometry = "shape"
    edition = 2023-12-31
    """
    older, between, newer = county(tmp_path, text).layers["dltb"]
    assert older.source == Source(tmp_path / "old/dltb.gpkg", "DLTB", "EPSG:4490", "old/dltb.gpkg")
    shown = "postgis:dltb"
    assert between.source == DatabaseSource("service=archive", "dltb", "shape", "fid", "EPSG:4490", shown)
    shown = "postgis:survey.dltb_2025"
    assert newer.source == DatabaseSource("service=county", "survey.dltb_2025", "geom", "fid", "EPSG:4490", shown)


def test_boundary_and_coverage_may_stand_in_a_database(tmp_path: Path) -> None:
    text = """
    boundary = { postgis = "service=county", table = "xzq", code = "dm" }
    [layers.dltb]
    path = "dltb.gpkg"
    coverage = { kind = "database", postgis = "service=county", table = "surveyed", key = "id" }
    [layers.pbf]
    postgis = "service=county"
    table = "pbf"
    """
    place = county(tmp_path, text)
    assert load_workspace(tmp_path) == place  # also as it is kept
    of_dltb = [source.shown for source in place.sources(["dltb"])]
    assert of_dltb == ["postgis:xzq", "dltb.gpkg", "postgis:surveyed"] and place.district_column == "dm"
    assert [source.shown for source in place.sources()] == [
        "postgis:xzq",
        "dltb.gpkg",
        "postgis:pbf",
        "postgis:surveyed",
    ]


def test_what_a_workspace_may_not_say(tmp_path: Path) -> None:
    both = 'path = "a.gpkg"\npostgis = "service=x"\ntable = "a"'
    assert codes(tmp_path, f"[layers.a]\n{both}") == ["LR580 layers.a"]
    assert codes(tmp_path, '[layers.a]\npostgis = "service=x"') == ["LR542 layers.a.table"]
    layer = '[layers.a]\npath = "a.gpkg"\ncoverage = '
    assert codes(tmp_path, layer + '{ kind = "file", table = "x" }') == ["LR542 layers.a.coverage.path"]
    in_file = '{ kind = "database", path = "a.gpkg", table = "x" }'
    assert codes(tmp_path, layer + in_file) == ["LR542 layers.a.coverage.postgis"]
    assert codes(tmp_path, 'boundary = { table = "x" }') == ["LR542 workspace.boundary.path"]


def test_names_of_tables() -> None:
    assert parts_of("dltb") == ("dltb",) and parts_of("public.DLTB") == ("public", "DLTB")
    assert parts_of('"县.库"."a""b"') == ("县.库", 'a"b') and parts_of('县."表 1"') == ("县", "表 1")
    for odd in ("a.b.c", '"a', "a..b", "", ".", 'a"b"'):
        assert parts_of(odd) == (odd,)


def test_a_connection_that_cannot_be_made(tmp_path: Path) -> None:
    assert told("county geheim") == "LR571"
    assert told("host=/nowhere dbname=county password=geheim") == "LR572"
    assert told("postgresql://me:geheim@localhost/county") == "LR572"
    assert told(f"host={tmp_path} dbname=county connect_timeout=2") == "LR573"


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert told("service=county") == "LR570"


def test_a_workspace_of_files_asks_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    place = county(tmp_path, '[layers.a]\npath = "a.gpkg"')
    with opened(place) as held:
        assert held == place and held.databases is None
        with opened(held) as again:
            assert again is held
