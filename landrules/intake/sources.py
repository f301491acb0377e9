"""Where the rows of a layer come from: a file, or a table of a database that is held still for the whole check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import replace
from landrules.geo.kernel import FloatArray
from landrules.intake.digest import sha256_of_file
from landrules.intake.formats import read_table
from landrules.intake.formats.table import FeatureTable
from landrules.intake.seen import Seen
from landrules.intake.workspace import AnySource, DatabaseSource, Source, Workspace


@contextmanager
def opened(workspace: Workspace, layers: Iterable[str] | None = None) -> Iterator[Workspace]:
    """The workspace with its databases as they are at one moment: every layer read meanwhile agrees with the others.

    `layers` are those that may be asked for (`None`: all): nobody waits for the tables of another. A connection is made
    when its first layer is asked for. What is opened already is handed on as it is.
    """
    if workspace.seen is not None:
        yield workspace
        return
    sources, held = workspace.sources(layers), replace(workspace, seen=Seen())
    if workspace.databases is not None or not any(isinstance(source, DatabaseSource) for source in sources):
        yield held
        return
    from landrules.intake.databases import Databases

    with Databases(sources) as databases:
        yield replace(held, databases=databases)


def rows_of(workspace: Workspace, source: AnySource, boxes: FloatArray | None) -> FeatureTable:
    """The rows of a source near some boxes in its own system (all where `None`).

    Raises `InputError` as `read_table` does for a file and `Databases.read` for a table of a database. Outside `opened` a
    table is read in a snapshot of its own.
    """
    if isinstance(source, Source):
        return read_table(source.path, source.table, boxes, source.shown)
    with opened(workspace) as held:
        if held.databases is None:
            raise ValueError(f"{source.shown} is no table of this workspace")
        return held.databases.read(source, boxes)


def digest_of(source: AnySource, table: FeatureTable) -> str:
    """The SHA-256 of the file, or of the rows that were read from a database."""
    return sha256_of_file(source.path) if isinstance(source, Source) else table.digest


def crs_of(table: FeatureTable, source: AnySource) -> str:
    """The system of a table: what the workspace states, else what the file names. Raises `InputError` with LR550."""
    found = source.crs or table.crs
    if not found:
        raise InputError(Diagnostic("LR550", {"path": source.shown}, where=source.shown))
    return found
