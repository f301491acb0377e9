"""Declared coverage as ground of the plane: where the absence of a feature means "no"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Union

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.crs import transform
from landrules.geo.kernel import FloatArray
from landrules.geo.site import Coverage, CoverageKind, Geometry, Plane
from landrules.intake.around import Around
from landrules.intake.digest import Stamp, stamp_of
from landrules.intake.formats import read_table
from landrules.intake.formats.table import FeatureTable
from landrules.intake.prepared import Outcome, Tell, opened_store, quiet, read_prepared
from landrules.intake.sources import crs_of, opened
from landrules.intake.store import Wanted
from landrules.intake.store.container import Json, Sections
from landrules.intake.store.recipe import recipe
from landrules.intake.workspace import AnySource, CoverageClaim, Source, Workspace

if TYPE_CHECKING:
    from landrules.intake.databases import Databases

State = Union[Stamp, "Databases"]
"""What tells one content of a source from another: the stamp of a file, the snapshot of a database."""


def coverage_of(workspace: Workspace, claim: CoverageClaim | None, boxes: FloatArray | None = None) -> Coverage:
    """The coverage that a workspace declares, whole, or as it is in some boxes of the plane.

    `complete` and `none` reach to the boundary grown by the stated metres; without a boundary, everywhere. With boxes
    (minx, miny, maxx, maxy) the region may be cut off outside them: what lies in them, its edge too, is the whole one's.
    Raises `InputError`: LR545 to LR557 for a boundary or coverage file that is absent, broken or names no such district.
    """
    return coverages_of(workspace, claim, Around.one(boxes))[0]


def coverages_of(workspace: Workspace, claim: CoverageClaim | None, around: Around) -> tuple[Coverage, ...]:
    """What `coverage_of` says for each of several proposals."""
    asked = asked_of(workspace, claim)
    if claim is None or (asked is None and claim.kind in ("file", "database")):
        return (Coverage(CoverageKind.UNDECLARED),) * len(around)
    if asked is None and claim.kind == "district":
        raise InputError(Diagnostic("LR553", where=workspace.path.name))
    kind, statement = _said(claim, has_boundary=workspace.boundary is not None)
    if asked is None:
        return (Coverage(kind, None, statement),) * len(around)
    with opened(workspace) as held:
        return tuple([Coverage(kind, ground, statement) for ground in _grounds(held, asked, around)])


def _said(claim: CoverageClaim, *, has_boundary: bool) -> tuple[CoverageKind, str]:
    """The kind of a coverage, and its declaration in words."""
    match claim.kind:
        case "file" | "database":
            return CoverageKind.REGION, f"{claim.kind}: {'' if claim.source is None else claim.source.shown}"
        case "district":
            return CoverageKind.REGION, f"district: {claim.code}"
        case "complete" | "none":
            kind = CoverageKind.COMPLETE if claim.kind == "complete" else CoverageKind.NONE
            said = ", ".join(str(word) for word in (claim.by, claim.day) if word)
            reach = f" (+{claim.beyond_m:g} m)" if has_boundary else ""
            return kind, f"{claim.kind}{reach}: {said}" if said else f"{claim.kind}{reach}"


@frozen
class Asked:
    """The polygons of a source, of which those whose code in a column begins so, grown by so many metres."""

    source: AnySource
    column: str = ""
    code: str = ""
    beyond_m: float = 0.0


def asked_of(workspace: Workspace, claim: CoverageClaim | None) -> Asked | None:
    """The ground that a claim is about; `None` where it is about none that stands in a source."""
    if claim is None:
        return None
    match claim.kind:
        case "file" | "database":
            return None if claim.source is None else Asked(claim.source)
        case "district":
            boundary = workspace.boundary
            return None if boundary is None else Asked(boundary, workspace.district_column, claim.code)
        case "complete" | "none":
            return None if workspace.boundary is None else Asked(workspace.boundary, beyond_m=claim.beyond_m)


def region_store(workspace: Workspace, asked: Asked, tell: Tell = quiet) -> Outcome:
    """The store of some ground. Raises `InputError` as `coverage_of` does."""
    source, plane = asked.source, workspace.plane
    if not isinstance(source, Source):
        return None

    def wanted() -> Wanted:
        which: dict[str, Json] = {"column": asked.column, "code": asked.code, "beyond_m": asked.beyond_m}
        words = [word for word in ("coverage", source.path.stem, source.table, asked.code) if word]
        name = f"{' '.join(words)} {asked.beyond_m:g}"
        return Wanted(name, "", source.path, {**recipe(source, plane), "region": which})

    def make() -> tuple[Mapping[str, Json], Sections]:
        from landrules.intake.store.build import prepare

        region = kernel.array_of([_whole(workspace, asked)])
        table = FeatureTable(plane.code, (0,), region, {})
        return prepare(lambda _: iter([table]), lambda _: plane.code, plane, source.shown, is_placed=True)

    return opened_store(workspace, source.path, (asked,), wanted, make, tell)


def _grounds(workspace: Workspace, asked: Asked, around: Around) -> tuple[Geometry, ...]:
    """The ground asked for, near each proposal, where it is prepared. In one check the same objects for all layers."""
    if workspace.seen is None:
        return _read_ground(workspace, asked, around)
    grounds, key = workspace.seen.grounds, (asked, around.key)
    if key not in grounds:
        grounds[key] = _read_ground(workspace, asked, around)
    return grounds[key]


def _read_ground(workspace: Workspace, asked: Asked, around: Around) -> tuple[Geometry, ...]:
    def whole() -> tuple[Geometry, ...]:
        return (_whole(workspace, asked),) * len(around)

    return read_prepared(
        lambda: region_store(workspace, asked),
        lambda store: store.regions(around) if store.is_sound else whole(),
        whole,
    )


def _whole(workspace: Workspace, asked: Asked) -> Geometry:
    state = _state(workspace, asked.source)
    if asked.code:
        return _region(asked.source, workspace.plane, asked.column, asked.code, state)
    return _grown(asked.source, workspace.plane, asked.beyond_m, state)


def _state(workspace: Workspace, source: AnySource) -> State:
    if isinstance(source, Source):
        return stamp_of(source.path)
    if workspace.databases is None:
        raise ValueError(f"{source.shown} is no table of this workspace")
    return workspace.databases


@lru_cache(maxsize=64)
def _grown(boundary: AnySource, plane: Plane, beyond_m: float, state: State) -> Geometry:
    region = _region(boundary, plane, "", "", state)
    return kernel.grown(region, beyond_m) if beyond_m > 0 else region


@lru_cache(maxsize=64)
def _region(source: AnySource, plane: Plane, column: str, code: str, state: State) -> Geometry:
    """The union of a table's polygons in the plane, or of those whose code is, or begins with, the one wanted.

    `state` tells a file that was replaced, and another check's snapshot of a database, from those remembered.
    """
    table = _table(source, state)
    for row in table.broken:
        raise InputError(Diagnostic("LR557", {"reason": row.reason}, where=source.shown))
    rows = _rows_of(table, column, code, source)
    shapes = transform(table.geometry[rows], crs_of(table, source), plane.code, source.shown)
    for shape in shapes[~kernel.is_valid(shapes)]:
        if flaw := kernel.validity(shape):
            raise InputError(Diagnostic("LR557", {"reason": flaw.reason}, where=source.shown))
    return kernel.union_all(shapes)


def _table(source: AnySource, state: State) -> FeatureTable:
    if isinstance(source, Source):
        return read_table(source.path, source.table, None, source.shown)
    if isinstance(state, tuple):
        raise ValueError(f"{source.shown} is in no file")
    return state.read(source, None)


def _rows_of(
    table: FeatureTable, column: str, code: str, source: AnySource
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    if not code:
        return np.arange(len(table.keys))
    stored = {name.lower(): cells for name, cells in table.columns.items()}.get(column.lower(), ())
    rows = [row for row, cell in enumerate(stored) if str(cell).startswith(code)]
    if not rows:
        raise InputError(Diagnostic("LR552", {"code": code, "column": column}, where=source.shown))
    return np.array(rows, dtype=np.int64)
