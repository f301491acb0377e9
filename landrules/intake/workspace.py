"""A county's workspace: which plane, which rulesets, which file answers for which layer, and who says so.

In: a `landrules.toml`. Out: a frozen `Workspace` that opens no layer by itself. A workspace folder can be copied
elsewhere and still works: every path in it is relative to the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Union

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.crs import plane_of
from landrules.geo.site import Plane
from landrules.intake.settings_file import (
    ColumnRef,
    DistrictCoverage,
    EditionRef,
    LayerRef,
    TableCoverage,
    TableRef,
    WholeCoverage,
    read_settings,
)

if TYPE_CHECKING:
    from landrules.intake.databases import Databases

FILE_NAME = "landrules.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A table of a file; `crs` is stated where the file has none."""

    path: Path
    table: str
    crs: str
    shown: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Binding:
    """The column that holds a field. `values` maps stored text to what the field says."""

    column: str
    unit: str = ""
    scheme: str = ""
    system: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CoverageClaim:
    """What is declared of a layer's coverage: polygons of a file or database, the boundary and beyond, or one district."""

    kind: Literal["file", "database", "complete", "none", "district"]
    source: AnySource | None = None
    beyond_m: float = 0.0
    by: str = ""
    day: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A review tolerance in m², and its author."""

    m2: Fraction
    author: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """A county as its reviewers set it up.

    `layers` holds the editions of each bound layer, oldest first (an undated one before all). `rulesets` are names or
    paths as written; `path` is the file, `root` its folder. `district_column` is the column of codes of the boundary.
    `databases` are the open connections of the check that is reading (`landrules.intake.sources.opened`).
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
    settings = read_settings(data, file.name)
    head = settings.workspace
    plane = plane_of(head.crs, f"{file.name}: workspace.crs")
    reader = _Layers(file)
    layers = {name: reader.editions(name, settings.layers[name]) for name in sorted(settings.layers)}
    boundary = head.boundary
    bounds = reader.needed(boundary, "workspace.boundary", "path") if boundary else None
    if reader.problems:
        raise InputError(reader.problems)
    return Workspace(
        path=file,
        name=head.name,
        county=head.county,
        plane=plane,
        boundary=bounds,
        district_column=boundary.code if boundary else "",
        rulesets=head.rulesets,
        accounts=file.parent / head.accounts if head.accounts else None,
        tolerances={rule: Tolerance(Fraction(t.m2), t.author) for rule, t in sorted(settings.review.tolerance.items())},
        layers=layers,
        sha256=hashlib.sha256(data).hexdigest(),
    )


class _Layers:
    """Editions of layers from the settings; what is wrong with them is collected."""

    __slots__ = ("file", "problems")

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []

    def source(self, stated: TableRef, place: str) -> AnySource | None:
        """The table that a part of the file names; `None` where it names none."""
        where = f"{self.file.name}: {place}"
        if stated.path and stated.postgis:
            self.problems.append(Diagnostic("LR580", {"key": place}, where=where))
        elif stated.postgis and not stated.table:
            self.problems.append(Diagnostic("LR542", {"key": f"{place}.table"}, where=where))
        if not stated.postgis:
            path = stated.path
            return Source(self.file.parent / path, stated.table, stated.crs, path) if path else None
        shown = f"postgis:{stated.table}"
        return DatabaseSource(stated.postgis, stated.table, stated.geometry, stated.key, stated.crs, shown)

    def needed(self, stated: TableRef, place: str, key: Literal["path", "postgis"]) -> AnySource | None:
        """The same, where a table has to be named; `key` is the one to add."""
        source = self.source(stated, place)
        if source is None or (key == "postgis" and isinstance(source, Source)):
            key_at = f"{place}.{key}"
            self.problems.append(Diagnostic("LR542", {"key": key_at}, where=f"{self.file.name}: {key_at}"))
        return source

    def editions(self, name: str, layer: LayerRef) -> tuple[Edition, ...]:
        place = f"layers.{name}"
        stated = [self._edition(edition, layer, place) for edition in layer.editions]
        stated = stated or [self._edition(layer, layer, place)]
        where = f"{self.file.name}: {place}"
        for edition in stated:
            if edition.source is None and (edition.coverage is None or edition.coverage.kind != "none"):
                self.problems.append(Diagnostic("LR544", {"layer": name}, where=where))
        ordered = sorted(stated, key=lambda e: e.edition or date.min)
        for earlier, later in pairwise(ordered):
            if earlier.edition == later.edition:
                args = {"layer": name, "edition": later.edition or "-"}
                self.problems.append(Diagnostic("LR554", args, where=where))
        return tuple(ordered)

    def _edition(self, own: EditionRef, layer: LayerRef, place: str) -> Edition:
        at = own if own.path or own.postgis else layer
        table = TableRef(
            path=at.path,
            postgis=at.postgis,
            table=own.table or layer.table,
            geometry=own.geometry or layer.geometry,
            key=own.key or layer.key,
            crs=own.crs or layer.crs,
        )
        accuracy = layer.accuracy_m if own.accuracy_m is None else own.accuracy_m
        fields = {**layer.fields, **own.fields}
        return Edition(
            source=self.source(table, place),
            id_column=own.id or layer.id,
            edition=own.edition or layer.edition,
            valid_to=own.valid_to or layer.valid_to,
            accuracy_m=None if accuracy is None else float(accuracy),
            fields={name: _binding(fields[name]) for name in sorted(fields)},
            coverage=self._coverage(own.coverage or layer.coverage, f"{place}.coverage"),
            is_gap_free=bool(layer.gap_free if own.gap_free is None else own.gap_free),
        )

    def _coverage(
        self, stated: TableCoverage | WholeCoverage | DistrictCoverage | None, place: str
    ) -> CoverageClaim | None:
        if stated is None:
            return None
        if isinstance(stated, TableCoverage):
            return CoverageClaim(stated.kind, self.needed(stated, place, _KEYS[stated.kind]))
        if stated.kind == "district":
            return CoverageClaim("district", code=stated.code)
        return CoverageClaim(stated.kind, beyond_m=float(stated.beyond_m), by=stated.by, day=stated.date)


_KEYS: Mapping[str, Literal["path", "postgis"]] = {"file": "path", "database": "postgis"}
"""What a coverage of polygons has to name, by its kind."""


def _binding(stated: ColumnRef) -> Binding:
    return Binding(stated.column, stated.unit, stated.scheme, stated.system, dict(stated.map))
