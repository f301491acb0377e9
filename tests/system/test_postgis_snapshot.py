"""All layers of a check are as they were at one moment, whatever others write, empty or replace meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from postgis_cases import DAY, EXAMPLES, NEAR, Connection, Database, copied, opened, schema, workspace
from psycopg import errors

from landrules import road
from landrules.base.diagnostic import InputError
from landrules.batch.answer import as_json
from landrules.batch.inputs import Input
from landrules.batch.judge import Judge
from landrules.geo.site import Layer
from landrules.intake.layers import open_layer
from landrules.intake.sources import opened as held_open
from landrules.intake.workspace import Workspace, load_workspace

pytestmark = pytest.mark.system

CRS = 'crs = "engineering"\n'


def tables(owner: Connection, *names: str) -> None:
    """Tables of one square each, all numbered 1."""
    for name in names:
        owner.execute(f"CREATE TABLE land.{name} (fid int PRIMARY KEY, geom geometry)")
        owner.execute(f"INSERT INTO land.{name} VALUES (1, ST_MakeEnvelope(0, 0, 10, 10))")


def two_layers(folder: Path, connection: str, other: str = "land.other") -> Workspace:
    """The layer `zone`, and beside it another table of the same database."""
    place = workspace(folder, connection, more=CRS)
    more = f'[layers.other]\npostgis = "{connection}"\ntable = \'{other}\'\nkey = "fid"\n{CRS}'
    place.path.write_text(place.path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return load_workspace(folder)


def ids(place: Workspace, name: str = "zone") -> tuple[str, ...]:
    """The rows of a layer near."""
    layer = open_layer(place, name, schema(), {}, law_date=DAY, boxes=NEAR)
    assert isinstance(layer, Layer)
    return layer.ids


def test_what_others_write_during_a_check_is_not_seen(server: Database, owner: Connection, tmp_path: Path) -> None:
    tables(owner, "zone", "other")
    place = two_layers(tmp_path, server.connection)
    with held_open(place) as held:
        assert ids(held) == ("1",)
        owner.execute("INSERT INTO land.other VALUES (2, ST_MakeEnvelope(0, 0, 10, 10))")
        owner.execute("DELETE FROM land.zone")
        assert (ids(held), ids(held, "other")) == (("1",), ("1",))
    with held_open(place) as held:
        assert (ids(held), ids(held, "other")) == ((), ("1", "2"))


@pytest.mark.parametrize(
    "change", ["TRUNCATE land.other", "DROP TABLE land.other", "ALTER TABLE land.other RENAME TO o"]
)
def test_no_table_is_emptied_or_replaced_during_a_check(
    change: str, server: Database, owner: Connection, tmp_path: Path
) -> None:
    """A truncated table looks empty even to an older snapshot: so it is held from the first query on."""
    tables(owner, "zone", "other")
    with held_open(two_layers(tmp_path, server.connection)) as held:
        assert ids(held) == ("1",)
        owner.execute("SET lock_timeout = '100ms'")
        with pytest.raises(errors.LockNotAvailable):
            owner.execute(change)
        assert ids(held, "other") == ("1",)
    owner.execute(change)


def test_a_table_emptied_while_a_check_waits_is_seen_as_it_is_afterwards(
    server: Database, owner: Connection, tmp_path: Path
) -> None:
    tables(owner, "zone", "other")
    place = two_layers(tmp_path, server.connection.replace(" dbname", " options='-c lock_timeout=100' dbname"))
    with psycopg.connect(server.connection) as loading:
        loading.execute("TRUNCATE land.other")
        loading.execute("INSERT INTO land.other VALUES (9, ST_MakeEnvelope(0, 0, 10, 10))")
        with held_open(place, ["zone"]) as held:
            assert ids(held) == ("1",)  # the other table is not needed here, and nobody waits for it
            with pytest.raises(ValueError, match="was not held"):
                ids(held, "other")
        with held_open(place) as held:
            assert ids(held) == ("1",)
            with pytest.raises(InputError) as caught:
                ids(held, "other")
        loading.commit()
    assert [d.code for d in caught.value.diagnostics] == ["LR581"]
    with held_open(place) as held:
        assert ids(held, "other") == ("9",)


def test_a_materialized_view_filled_anew_during_a_check_stops_it(
    server: Database, owner: Connection, tmp_path: Path
) -> None:
    tables(owner, "zone", "source")
    owner.execute("CREATE MATERIALIZED VIEW land.other AS SELECT * FROM land.source")
    owner.execute("CREATE UNIQUE INDEX ON land.other (fid)")
    place = two_layers(tmp_path, server.connection)
    owner.execute("INSERT INTO land.source VALUES (2, ST_MakeEnvelope(0, 0, 10, 10))")
    with held_open(place) as held:
        assert ids(held) == ("1",)
        owner.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY land.other")
        assert ids(held, "other") == ("1",)
    with held_open(place) as held:
        assert ids(held) == ("1",)
        owner.execute("REFRESH MATERIALIZED VIEW land.other")
        with pytest.raises(InputError) as caught:
            ids(held, "other")
        assert [d.code for d in caught.value.diagnostics] == ["LR584"]
    with held_open(place) as held:
        assert ids(held, "other") == ("1", "2")


def test_a_view_holds_the_tables_under_it(server: Database, owner: Connection, tmp_path: Path) -> None:
    tables(owner, "zone", "source")
    owner.execute("CREATE VIEW land.other AS SELECT * FROM land.source")
    with held_open(two_layers(tmp_path, server.connection)) as held:
        assert ids(held) == ("1",)
        owner.execute("SET lock_timeout = '100ms'")
        with pytest.raises(errors.LockNotAvailable):
            owner.execute("TRUNCATE land.source")
        assert ids(held, "other") == ("1",)


@pytest.mark.parametrize("more", [(), ("e_workshop", "b_logistics")], ids=["one", "several"])
def test_a_whole_check_is_one_snapshot(
    more: tuple[str, ...], server: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first layer is read, for one proposal or for some together, another connection takes every zone away."""
    name = f"changing{len(more)}"
    session = road.Session.open(load_workspace(copied("qingxi", server, tmp_path, name)))
    folder = EXAMPLES / "qingxi" / "proposals"
    items = [Input(one, folder / f"{one}.geojson") for one in ("c_livestock", *more)]
    judge = Judge(session, road.Options())

    def lines() -> list[bytes]:
        return [as_json(item, judged).line for item, judged in zip(items, judge(items), strict=True)]

    before = lines()
    read: Callable[..., Any] = road.open_layers
    seen: list[str] = []

    def and_then_write(of: Workspace, layer: str, *rest: Any) -> Any:
        layers = read(of, layer, *rest)
        if not seen:
            with psycopg.connect(server.connection) as other:
                for table in ("GHFQ", "DLTB"):
                    other.execute(f'DELETE FROM {name}."{table}"')
        seen.append(layer)
        return layers

    with monkeypatch.context() as writing:
        writing.setattr(road, "open_layers", and_then_write)
        during = lines()
    assert len(seen) > 5 and len(set(seen)) == len(seen) and {"plan_zone", "dltb"} & set(seen[1:])
    assert all(b"landrules/report/1" in line for line in before)
    assert during == before
    assert all(one != other for one, other in zip(lines(), before, strict=True))


def test_a_check_leaves_no_session_behind(server: Database, owner: Connection, tmp_path: Path) -> None:
    tables(owner, "zone", "other")
    place = two_layers(tmp_path, server.connection)
    with held_open(place) as held:
        assert ids(held) == ids(held, "other") == ("1",)
        assert len(sessions(owner)) == 1
    assert opened(place, schema(), NEAR).ids == ("1",) and place.databases is None
    until = time.monotonic() + 30
    while found := sessions(owner):  # a session that was left ends on its own within milliseconds
        assert time.monotonic() < until, found
        time.sleep(0.01)


def sessions(owner: Connection) -> list[tuple[object, ...]]:
    """The sessions of landrules that the server has."""
    found = owner.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'landrules'")
    return found.fetchall()
