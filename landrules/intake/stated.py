"""From the settings of a `landrules.toml` to what they state: layers with their editions, oldest first.

What is wrong with them is collected. Apart from `workspace`, because a file that was read before needs neither its
models nor its reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Literal

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo.crs import plane_of
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
from landrules.intake.workspace import (
    AnySource,
    Binding,
    CoverageClaim,
    DatabaseSource,
    Edition,
    Source,
    Stated,
    Tolerance,
)


def read(data: bytes, file: Path) -> Stated:
    """What the bytes of a file state. Raises `InputError`: LR540 to LR544, LR554, LR580, and those of the plane."""
    settings = read_settings(data, file.name)
    head = settings.workspace
    plane_of(head.crs, f"{file.name}: workspace.crs")  # its mistakes are told before those of layers
    reader = _Layers(file)
    layers = {name: reader.editions(name, settings.layers[name]) for name in sorted(settings.layers)}
    boundary = head.boundary
    bounds = reader.needed(boundary, "workspace.boundary", "path") if boundary else None
    if reader.problems:
        raise InputError(reader.problems)
    return Stated(
        name=head.name,
        county=head.county,
        crs=head.crs,
        boundary=bounds,
        district_column=boundary.code if boundary else "",
        rulesets=head.rulesets,
        accounts=file.parent / head.accounts if head.accounts else None,
        tolerances={rule: Tolerance(Fraction(t.m2), t.author) for rule, t in sorted(settings.review.tolerance.items())},
        layers=layers,
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
