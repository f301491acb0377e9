"""A county's workspace: which plane, which rulesets, which file answers for which layer, and who says so.

In: a `landrules.toml`. Out: a frozen `Workspace` that opens no layer by itself. A workspace folder can be copied
elsewhere and still works: every path in it is relative to the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Union

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo.crs import plane_of
from landrules.geo.site import Plane
from landrules.rules.store import open_store

if TYPE_CHECKING:
    from landrules.intake.databases import Databases
    from landrules.intake.seen import Seen

FILE_NAME = "landrules.toml"


@frozen
class Source:
    """A table of a file; `crs` is stated where the file has none."""

    path: Path
    table: str
    crs: str
    shown: str


@frozen
class DatabaseSource:
    """A table of a PostGIS database, reached by a libpq connection string that holds no password.

    `geometry` is the column of shapes and `key` the column of whole numbers that tells rows apart; both may be empty
    where the table has one geometry column and a primary key. `crs` is stated where the geometry column has none;
    `shown` names the table for people and nothing of the connection.
    """

    connection: str
    table: str
    geometry: str
    key: str
    crs: str
    shown: str


AnySource = Union[Source, DatabaseSource]
"""Where the rows of a layer stand."""


@frozen
class Binding:
    """The column that holds a field. `values` maps stored text to what the field says."""

    column: str
    unit: str = ""
    scheme: str = ""
    system: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@frozen
class CoverageClaim:
    """What is declared of a layer's coverage: polygons of a file or database, the boundary and beyond, or one district."""

    kind: Literal["file", "database", "complete", "none", "district"]
    source: AnySource | None = None
    beyond_m: float = 0.0
    by: str = ""
    day: date | None = None
    code: str = ""


@frozen
class Edition:
    """One edition of a layer; `source` is absent where the county has none of it."""

    source: AnySource | None
    id_column: str
    edition: date | None
    valid_to: date | None
    accuracy_m: float | None
    fields: Mapping[str, Binding]
    coverage: CoverageClaim | None
    is_gap_free: bool = False
    """Its keeper declares that features leave no gap inside the coverage."""


@frozen
class Tolerance:
    """A review tolerance in m², and its author."""

    m2: Fraction
    author: str


@frozen
class Stated:
    """What a `landrules.toml` states, as it stands in a `Workspace`; the system by its name."""

    name: str
    county: str
    crs: str
    boundary: AnySource | None
    district_column: str
    rulesets: tuple[str, ...]
    accounts: Path | None
    tolerances: Mapping[str, Tolerance]
    layers: Mapping[str, tuple[Edition, ...]]


@frozen
class Workspace:
    """A county as its reviewers set it up.

    `layers` holds the editions of each bound layer, oldest first (an undated one before all). `rulesets` are names or
    paths as written; `path` is the file, `root` its folder. `district_column` is the column of codes of the boundary.
    `databases` are the open connections of the check that is reading, `seen` is what it has looked up
    (`landrules.intake.sources.opened`).
    """

    path: Path
    name: str
    county: str
    plane: Plane
    boundary: AnySource | None
    district_column: str
    rulesets: tuple[str, ...]
    accounts: Path | None
    tolerances: Mapping[str, Tolerance]
    layers: Mapping[str, tuple[Edition, ...]]
    sha256: str
    databases: Databases | None = None
    seen: Seen | None = field(default=None, compare=False, repr=False)

    @property
    def root(self) -> Path:
        """The folder to which paths are relative."""
        return self.path.parent

    def sources(self, layers: Iterable[str] | None = None) -> tuple[AnySource, ...]:
        """Every table that some layers stand in (`None`: all layers), each once: their own, of coverage, the boundary."""
        wanted = self.layers.keys() if layers is None else layers
        editions = [edition for name in wanted for edition in self.layers.get(name, ())]
        claims = [edition.coverage.source for edition in editions if edition.coverage is not None]
        named = (self.boundary, *(edition.source for edition in editions), *claims)
        return tuple(dict.fromkeys(source for source in named if source is not None))


def find_workspace(start: Path) -> Path | None:
    """The `landrules.toml` of a folder, or of the nearest folder above it; `None` where there is none."""
    folder = start.resolve()
    folder = folder if folder.is_dir() else folder.parent
    for place in (folder, *folder.parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
    return None


def load_workspace(path: Path) -> Workspace:
    """The workspace of a `landrules.toml`, or of the folder that holds one.

    Raises `InputError`: LR501 absent, LR540 to LR544 and LR554 for its content, LR522 to LR535 for its plane.
    """
    file = path / FILE_NAME if path.is_dir() else path
    if not file.is_file():
        raise InputError(Diagnostic("LR501", {"path": str(path)}))
    data = file.read_bytes()
    stated = _stated(data, file)
    return Workspace(
        path=file,
        name=stated.name,
        county=stated.county,
        plane=plane_of(stated.crs, f"{file.name}: workspace.crs"),
        boundary=stated.boundary,
        district_column=stated.district_column,
        rulesets=stated.rulesets,
        accounts=stated.accounts,
        tolerances=stated.tolerances,
        layers=stated.layers,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _stated(data: bytes, file: Path) -> Stated:
    """What a file states, as it was read of the same bytes in the same place before, or read now."""
    store, key = open_store(), ((str(file), hashlib.sha256(data).hexdigest()),)
    kept = store.workspace(key, Stated)
    if kept is None:
        from landrules.intake.stated import read

        kept = read(data, file)
        store.keep_workspace(key, kept)
    return kept
