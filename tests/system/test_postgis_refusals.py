"""Whatever keeps a database from answering is told in a sentence, and never with a password in it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from postgis_cases import NEAR, PASSWORD, Connection, Database, opened, schema, workspace

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.intake.sources import opened as held_open

pytestmark = pytest.mark.system

CRS = 'crs = "engineering"\n'


def refused(folder: Path, connection: str, table: str = "land.zone", more: str = CRS) -> Diagnostic:
    """The one thing for which the layer is refused; nothing of it repeats a password."""
    with pytest.raises(InputError) as caught:
        opened(workspace(folder, connection, table, more), schema(), NEAR)
    (told,) = caught.value.diagnostics
    for lang in ("zh", "en"):
        assert PASSWORD not in told.render(lang) and told.help(lang)
    return told


def square(owner: Connection, table: str = "zone") -> None:
    """A table of one square."""
    owner.execute(f"CREATE TABLE land.{table} (fid int PRIMARY KEY, geom geometry)")
    owner.execute(f"INSERT INTO land.{table} VALUES (1, ST_MakeEnvelope(0, 0, 10, 10))")


def as_role(server: Database, role: str) -> str:
    return server.connection.replace("user=owner", f"user={role}")


# --- the connection ----------------------------------------------------------------------------------------------------


def test_the_password_comes_from_where_libpq_looks(
    server: Database, owner: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    square(owner)
    owner.execute("GRANT USAGE ON SCHEMA land TO locked; GRANT SELECT ON land.zone TO locked")
    connection = as_role(server, "locked")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    assert refused(tmp_path / "a", connection).code == "LR573"
    monkeypatch.setenv("PGPASSWORD", PASSWORD + "!")
    assert refused(tmp_path / "b", connection).code == "LR573"
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert opened(workspace(tmp_path / "c", connection, more=CRS), schema(), NEAR).ids == ("1",)
    monkeypatch.delenv("PGPASSWORD")
    (tmp_path / "pgpass").write_text(f"*:*:*:locked:{PASSWORD}\n", encoding="utf-8")
    (tmp_path / "pgpass").chmod(0o600)
    assert opened(workspace(tmp_path / "d", connection, more=CRS), schema(), NEAR).ids == ("1",)


def test_a_service_file_names_the_server(
    server: Database, owner: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    square(owner)
    (tmp_path / "services").write_text(f"[县库]\nhost={server.folder}\nuser=owner\ndbname=county\n", encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert opened(workspace(tmp_path / "a", "service=县库", more=CRS), schema(), NEAR).ids == ("1",)
    assert refused(tmp_path / "b", "service=市库").code == "LR573"


def test_a_password_in_the_workspace_is_refused_before_anybody_is_asked(server: Database, tmp_path: Path) -> None:
    stated = f"{server.connection} password={PASSWORD}"
    assert refused(tmp_path / "a", stated).code == "LR572"
    assert refused(tmp_path / "b", f"postgresql://owner:{PASSWORD}@/county?host={server.folder}").code == "LR572"


def test_a_database_that_is_not_there_or_has_no_postgis(server: Database, tmp_path: Path) -> None:
    absent = refused(tmp_path / "a", server.connection.replace("dbname=county", "dbname=nowhere"))
    assert absent.code == "LR573" and "nowhere" in absent.message("en")
    with psycopg.connect(server.connection.replace("county", "plain")) as plain:
        plain.execute("CREATE TABLE IF NOT EXISTS zone (fid int PRIMARY KEY)")
    assert refused(tmp_path / "b", server.connection.replace("dbname=county", "dbname=plain"), "zone").code == "LR574"


# --- the table ---------------------------------------------------------------------------------------------------------


def test_a_table_that_is_not_there_names_those_that_are(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner)
    for table in ("land.ZONE", "lande.zone", "zone"):
        told = refused(tmp_path, server.connection, table)
        assert told.code == "LR576" and "land.zone" in told.help("zh")


def test_a_table_that_may_not_be_read(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner)
    square(owner, "secret")
    reader = as_role(server, "reader")
    assert refused(tmp_path, reader).code == "LR579"  # not even the schema
    owner.execute("GRANT USAGE ON SCHEMA land TO reader")
    assert refused(tmp_path, reader).code == "LR579"
    owner.execute("GRANT SELECT (fid, geom) ON land.zone TO reader")
    assert refused(tmp_path, reader).code == "LR579"  # columns alone cannot be held still
    owner.execute("GRANT SELECT ON land.zone TO reader")
    assert opened(workspace(tmp_path, reader, more=CRS), schema(), NEAR).ids == ("1",)


def test_rows_are_never_hidden_from_a_role(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner)
    owner.execute("GRANT USAGE ON SCHEMA land TO reader; GRANT SELECT ON land.zone TO reader")
    owner.execute("ALTER TABLE land.zone ENABLE ROW LEVEL SECURITY")
    owner.execute("CREATE POLICY none ON land.zone TO reader USING (false)")
    told = refused(tmp_path, as_role(server, "reader"))
    assert told.code == "LR579" and "row-level security" in told.message("en")


def test_what_no_rule_asks_for_may_be_absent_or_forbidden(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner)
    square(owner, "secret")
    owner.execute("GRANT USAGE ON SCHEMA land TO reader; GRANT SELECT ON land.zone TO reader")
    reader = as_role(server, "reader")
    others = "".join(
        f"[layers.{name}]\npostgis = \"{reader}\"\ntable = 'land.{name}'\n" for name in ("secret", "absent")
    )
    place = workspace(tmp_path, reader, more=CRS + others)
    assert opened(place, schema(), NEAR).ids == ("1",)


def test_a_table_without_shapes_or_with_two_kinds(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (fid int PRIMARY KEY)")
    assert refused(tmp_path, server.connection).code == "LR575"
    owner.execute("ALTER TABLE land.zone ADD geom geometry, ADD seat geometry(Point, 4527)")
    told = refused(tmp_path, server.connection)
    assert told.code == "LR575" and "geom, seat" in told.help("en")
    told = refused(tmp_path, server.connection, more=CRS + 'geometry = "shape"')
    assert told.code == "LR585" and "geom, seat" in told.help("en")
    assert opened(workspace(tmp_path, server.connection, more=CRS + 'geometry = "geom"'), schema(), NEAR).ids == ()


def test_rows_that_nothing_tells_apart(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute("CREATE TABLE land.zone (fid int, part int, geom geometry)")
    at = "ST_MakeEnvelope(0, 0, 1, 1)"
    owner.execute(f"INSERT INTO land.zone VALUES (1, 1, {at}), (1, 2, {at}), (NULL, 3, {at})")
    assert refused(tmp_path, server.connection).code == "LR577"
    named = CRS + 'key = "fid"'
    told = refused(tmp_path, server.connection, more=named)
    assert told.code == "LR578"
    owner.execute("DELETE FROM land.zone WHERE part = 2")
    assert refused(tmp_path, server.connection, more=named).code == "LR578"
    owner.execute("DELETE FROM land.zone WHERE part = 3")
    assert opened(workspace(tmp_path, server.connection, more=named), schema(), NEAR).ids == ("1",)
    told = refused(tmp_path, server.connection, more=CRS + 'key = "FID"')
    assert told.code == "LR585" and "fid, part" in told.help("zh")
    owner.execute("ALTER TABLE land.zone ADD PRIMARY KEY (fid, part)")
    assert refused(tmp_path, server.connection).code == "LR577"


def test_shapes_of_two_systems(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner)
    owner.execute("INSERT INTO land.zone VALUES (2, ST_SetSRID(ST_MakeEnvelope(0, 0, 10, 10), 4527))")
    told = refused(tmp_path, server.connection)
    assert told.code == "LR583" and "0, 4527" in told.message("en")


# --- while reading -----------------------------------------------------------------------------------------------------


def test_the_time_that_is_allowed(server: Database, owner: Connection, tmp_path: Path) -> None:
    owner.execute(
        "CREATE VIEW land.zone AS SELECT 1 AS fid, ST_MakeEnvelope(0, 0, 1, 1) AS geom, pg_sleep(20)::text AS late"
    )
    hasty = server.connection + " options='-c statement_timeout=200'"
    told = refused(tmp_path, hasty, more=CRS + 'key = "fid"')
    assert told.code == "LR581" and "statement timeout" in told.message("en")


def test_a_server_that_goes_away(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner)
    square(owner, "other")
    more = f"[layers.other]\npostgis = \"{server.connection}\"\ntable = 'land.other'\n{CRS}"
    place = workspace(tmp_path, server.connection, more=CRS + more)
    with held_open(place) as held, pytest.raises(InputError) as caught:
        assert opened(held, schema(), NEAR).ids == ("1",)
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'landrules'")
        opened(held, schema(), NEAR)
    assert [d.code for d in caught.value.diagnostics] == ["LR582"]


def test_rows_that_cannot_be_computed(server: Database, owner: Connection, tmp_path: Path) -> None:
    square(owner, "land_of_zero")
    owner.execute("CREATE VIEW land.zone AS SELECT fid, geom, 1 / (fid - 1) AS share FROM land.land_of_zero")
    told = refused(tmp_path, server.connection, more=CRS + 'key = "fid"')
    assert told.code == "LR582" and "division by zero" in told.message("zh")
