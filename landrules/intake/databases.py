"""The databases of one check: one connection and one snapshot for each connection string.

All layers of a check are read in one transaction (`REPEATABLE READ`, read only), so that they agree with one another
whatever is written meanwhile. A snapshot does not cover a table that is emptied or replaced as a whole: PostgreSQL shows
it empty to older transactions. So every table that the workspace names is locked against that, with the lock of a mere
reader, before the snapshot is taken. Names, hosts and passwords are libpq's own matter: service files, `PGPASSWORD`
and password files are read by libpq when the connection is made, and a password never stands in a workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

from landrules.base.diagnostic import Diagnostic, InputError

if TYPE_CHECKING:
    import psycopg

    from landrules.geo.kernel import FloatArray
    from landrules.intake.formats.catalogue import Described
    from landrules.intake.formats.table import FeatureTable
    from landrules.intake.workspace import AnySource, DatabaseSource

    Connection = psycopg.Connection[tuple[Any, ...]]

_PART = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')
_SECRETS = ("password", "sslpassword")


@dataclass(eq=False, slots=True)
class Snapshot:
    """One connection inside its transaction.

    `tables` are those that were asked to stand still: `refusals` holds why one could not be locked, `unlocked` names those
    of a kind that has no such lock. What was described, and whole tables that were read, cannot change any more.
    """

    connection: Connection
    tables: tuple[str, ...]
    refusals: dict[str, psycopg.Error] = field(default_factory=dict)
    unlocked: set[str] = field(default_factory=set)
    described: dict[DatabaseSource, Described] = field(default_factory=dict)
    whole: dict[DatabaseSource, FeatureTable] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Databases:
    """The connections of one check, each opened when its first table is asked for; closed when the check ends."""

    sources: tuple[AnySource, ...]
    _open: dict[str, Snapshot] = field(default_factory=dict)

    def read(self, source: DatabaseSource, boxes: FloatArray | None) -> FeatureTable:
        """The rows of a table near some boxes in the table's own system (all where `None`).

        Raises `InputError`: LR570 to LR585 for whatever keeps the database from answering, in words; `ValueError` for a
        table of which nothing was said when its database was opened.
        """
        from landrules.intake.formats import postgis

        snapshot = self._open.get(source.connection)
        if snapshot is None:
            snapshot = self._open[source.connection] = self._opened(source)
        if source.table not in snapshot.tables:
            raise ValueError(f"{source.shown} was not held for this check")
        if boxes is not None:
            return postgis.read(snapshot, source, boxes)
        if source not in snapshot.whole:
            snapshot.whole[source] = postgis.read(snapshot, source, None)
        return snapshot.whole[source]

    def _opened(self, source: DatabaseSource) -> Snapshot:
        connection = _connected(source)
        tables = tuple(dict.fromkeys(s.table for s in (source, *self._on(source.connection))))
        snapshot = Snapshot(connection, tables)
        try:
            _lock(snapshot, source)
        except BaseException:
            connection.close()
            raise
        return snapshot

    def _on(self, connection: str) -> Iterator[DatabaseSource]:
        from landrules.intake.workspace import DatabaseSource

        return (s for s in self.sources if isinstance(s, DatabaseSource) and s.connection == connection)

    def close(self) -> None:
        """End every transaction; nothing was written."""
        for snapshot in self._open.values():
            snapshot.connection.close()
        self._open.clear()

    def __enter__(self) -> Databases:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def parts_of(table: str) -> tuple[str, ...]:
    """The parts of a table's name: `schema.table`, or `table` alone; a part with a dot stands in quotation marks.

    A name that cannot be read so is one part as it stands: no table will be found for it. Letters keep their case.

    >>> parts_of('public."县.地类图斑"')
    ('public', '县.地类图斑')
    """
    parts: list[str] = []
    at = 0
    while found := _PART.match(table, at):
        parts.append(found[1].replace('""', '"') if found[1] else found[2])
        at = found.end()
        if at == len(table):
            return tuple(parts) if len(parts) <= 2 and all(parts) else (table,)
        if table[at] != ".":
            break
        at += 1
    return (table,)


def _connected(source: DatabaseSource) -> Connection:
    """A connection that has not spoken yet. Raises `InputError`: LR570 to LR573."""
    try:
        import psycopg
    except ImportError:
        raise _refused("LR570", source) from None
    try:
        stated = psycopg.conninfo.conninfo_to_dict(source.connection)
    except psycopg.Error:  # its text may repeat a part of the string, and nobody knows which part is a secret
        raise _refused("LR571", source) from None
    if any(stated.get(key) for key in _SECRETS):
        raise _refused("LR572", source)
    try:
        connection = psycopg.connect(
            source.connection,
            prepare_threshold=None,  # connection poolers hand one transaction to any of their connections
            client_encoding="utf8",
            fallback_application_name="landrules",
        )
    except psycopg.Error as error:
        raise _refused("LR573", source, reason=reason_of(error)) from None
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    return connection


def _lock(snapshot: Snapshot, source: DatabaseSource) -> None:
    """Lock the tables before the first query, which takes the snapshot. What is refused is told when it is read.

    A table that no rule asks for may be absent or forbidden: so each is tried alone where not all can be locked at once.
    """
    from psycopg import errors

    with told(source):
        snapshot.connection.execute(_SETTINGS)
        if _refused_lock(snapshot.connection, snapshot.tables) is None:
            return
        for table in snapshot.tables:
            match _refused_lock(snapshot.connection, (table,)):
                case None:
                    pass
                case errors.WrongObjectType():
                    snapshot.unlocked.add(table)
                case error:
                    snapshot.refusals[table] = error


_SETTINGS = "SET LOCAL extra_float_digits = 1; SET LOCAL DateStyle = ISO; SET LOCAL TimeZone = UTC; SET LOCAL row_security = off"
"""Floats are written in full, days as ISO 8601 has them; a policy that would hide rows from this role is an error."""


def _refused_lock(connection: Connection, tables: tuple[str, ...]) -> psycopg.Error | None:
    """Why some tables cannot be locked together, if so; none of them is locked then."""
    from psycopg import Error, sql

    connection.execute("SAVEPOINT before_lock")
    names = sql.SQL(", ").join(sql.Identifier(*parts_of(table)) for table in tables)
    try:
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(names))
    except Error as error:
        connection.execute("ROLLBACK TO SAVEPOINT before_lock")
        return error
    return None


@contextmanager
def told(source: DatabaseSource) -> Iterator[None]:
    """Whatever goes wrong between here and the database, as an `InputError` in words."""
    import psycopg

    try:
        yield
    except (psycopg.Error, UnicodeError) as error:
        raise refusal(error, source, source.table) from None


def refusal(error: Exception, source: DatabaseSource, table: str) -> InputError:
    """An error of the database in words: LR576 not there, LR579 not allowed, LR581 too slow, LR582 anything else."""
    from psycopg import errors

    match error:
        case errors.UndefinedTable() | errors.InvalidSchemaName():
            code = "LR576"
        case errors.InsufficientPrivilege():
            code = "LR579"
        case errors.QueryCanceled() | errors.LockNotAvailable():
            code = "LR581"
        case _:
            code = "LR582"
    return InputError(Diagnostic(code, {"table": table, "reason": reason_of(error)}, where=source.shown))


def reason_of(error: Exception) -> str:
    """The database's own first sentence, in one line."""
    from psycopg import Error

    primary = error.diag.message_primary if isinstance(error, Error) else None
    return " ".join((primary or str(error)).split())


def _refused(code: str, source: DatabaseSource, **args: object) -> InputError:
    return InputError(Diagnostic(code, {"table": source.table, **args}, where=source.shown))
