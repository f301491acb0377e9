"""Declared coverage as ground of the plane: where the absence of a feature means "no"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Union

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo import kernel
from landrules.geo.crs import transform
from landrules.geo.site import Coverage, CoverageKind, Geometry, Plane
from landrules.intake.digest import Stamp, stamp_of
from landrules.intake.formats import read_table
from landrules.intake.formats.table import FeatureTable
from landrules.intake.sources import opened
from landrules.intake.workspace import AnySource, CoverageClaim, Source, Workspace

if TYPE_CHECKING:
    from landrules.intake.databases import Databases

State = Union[Stamp, "Databases"]
"""What tells one content of a source from another: the stamp of a file, the snapshot of a database."""


def coverage_of(workspace: Workspace, claim: CoverageClaim | None) -> Coverage:
    """The coverage that a workspace declares.

    `complete` and `none` reach to the boundary grown by the stated metres; without a boundary, everywhere. Raises
    `InputError`: LR545 to LR557 for a boundary or coverage file that is absent, broken or names no such district.
    """
    if claim is None:
        return Coverage(CoverageKind.UNDECLARED)
    with opened(workspace) as held:
        return _coverage(held, claim)


def _coverage(workspace: Workspace, claim: CoverageClaim) -> Coverage:
    plane, boundary = workspace.plane, workspace.boundary
    match claim.kind:
        case "file" | "database":
            if claim.source is None:
                return Coverage(CoverageKind.UNDECLARED)
            region = _region(claim.source, plane, "", "", _state(workspace, claim.source))
            return Coverage(CoverageKind.REGION, region, f"{claim.kind}: {claim.source.shown}")
        case "district":
            if boundary is None:
                raise InputError(Diagnostic("LR553", where=workspace.path.name))
            state = _state(workspace, boundary)
            region = _region(boundary, plane, workspace.district_column, claim.code, state)
            return Coverage(CoverageKind.REGION, region, f"district: {claim.code}")
        case "complete" | "none":
            kind = CoverageKind.COMPLETE if claim.kind == "complete" else CoverageKind.NONE
            said = ", ".join(str(word) for word in (claim.by, claim.day) if word)
            reach = "" if boundary is None else f" (+{claim.beyond_m:g} m)"
            ground = None if boundary is None else _grown(boundary, plane, claim.beyond_m, _state(workspace, boundary))
            return Coverage(kind, ground, f"{claim.kind}{reach}: {said}" if said else f"{claim.kind}{reach}")


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
    for shape in shapes:
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


def crs_of(table: FeatureTable, source: AnySource) -> str:
    """The system of a table: what the workspace states, else what the file names. Raises `InputError` with LR550."""
    found = source.crs or table.crs
    if not found:
        raise InputError(Diagnostic("LR550", {"path": source.shown}, where=source.shown))
    return found
