"""One reader per file format, chosen by the file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray
from landrules.intake.formats import geojson, gpkg, ogr
from landrules.intake.formats.table import FeatureTable


@frozen
class Format:
    """A file format: its endings, the tables of a file, the rows of a table near some boxes."""

    name: str
    suffixes: tuple[str, ...]
    tables: Callable[[Path], tuple[str, ...]]
    read: Callable[[Path, str, FloatArray | None], FeatureTable]
    parts: Callable[[Path, str, int], Iterator[FeatureTable]] | None = None
    """All rows, so many at a time, where the format can be read so."""


FORMATS: tuple[Format, ...] = (
    Format("GeoPackage", (".gpkg",), gpkg.tables, gpkg.read, gpkg.parts),
    Format("GeoJSON", (".geojson", ".json"), geojson.tables, geojson.read),
    Format("shapefile", (".shp",), ogr.tables, ogr.read),
    Format("FileGDB", (".gdb",), ogr.tables, ogr.read),
)

SUFFIXES: tuple[str, ...] = tuple(suffix for form in FORMATS for suffix in form.suffixes)


def format_of(path: Path) -> Format:
    """The format of a file by its ending. Raises `InputError` with LR646."""
    ending = path.suffix.lower()
    for form in FORMATS:
        if ending in form.suffixes:
            return form
    args = {"suffix": path.suffix or path.name, "choices": ", ".join(SUFFIXES)}
    raise InputError(Diagnostic("LR646", args, where=path.name))


def read_table(path: Path, table: str, boxes: FloatArray | None, shown: str) -> FeatureTable:
    """The rows of a table of a file near some boxes (all where `None`).

    `table` may be empty where the file has one; `shown` is the path for people. Raises `InputError`: LR545 absent,
    LR546 broken, LR547 no such table, LR551 several tables and none chosen, LR646 unknown format.
    """
    form, name = _chosen(path, table, shown)
    return form.read(path, name, boxes)


def read_parts(path: Path, table: str, shown: str, size: int) -> Iterator[FeatureTable]:
    """All rows of a table, `size` at a time where the format allows it, else at once. Raises as `read_table` does."""
    form, name = _chosen(path, table, shown)
    if form.parts is None:
        yield form.read(path, name, None)
    else:
        yield from form.parts(path, name, size)


def _chosen(path: Path, table: str, shown: str) -> tuple[Format, str]:
    """The format of a file, and the table to read."""
    if not path.exists():
        raise InputError(Diagnostic("LR545", {"path": shown}, where=shown))
    form = format_of(path)
    known = form.tables(path)
    choices = ", ".join(known)
    if not table and len(known) != 1:
        raise InputError(Diagnostic("LR551", {"path": shown, "count": len(known), "choices": choices}, where=shown))
    if table and table not in known and form.name != "GeoJSON":
        raise InputError(Diagnostic("LR547", {"path": shown, "table": table, "choices": choices}, where=shown))
    return form, table or known[0]
