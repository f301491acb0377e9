"""One private PostgreSQL server with PostGIS for all tests of this folder. Without one they fail; they are never skipped."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from postgis_cases import PASSWORD, Database

STARTER = Path(__file__).parents[2] / "benchmarks" / "postgis_server.py"


def starter() -> ModuleType:
    """The module that starts servers, which stands with the benchmarks."""
    spec = importlib.util.spec_from_file_location("postgis_server", STARTER)
    assert spec is not None and spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def server() -> Iterator[Database]:
    with starter().postgis_server(hba="local all locked scram-sha-256\n") as running:
        with psycopg.connect(running.connection, autocommit=True) as owner:
            owner.execute(f"CREATE ROLE locked LOGIN PASSWORD '{PASSWORD}'")
            owner.execute("CREATE ROLE reader LOGIN")
            owner.execute("CREATE DATABASE plain")
        yield Database(running.connection, running.folder)


@pytest.fixture
def owner(server: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection of the database's owner, each statement at once in force, in a schema that is new."""
    with psycopg.connect(server.connection, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS land CASCADE")
        connection.execute("CREATE SCHEMA land")
        yield connection
