"""Declared coverage as ground of the plane: where the absence of a feature means "no"."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.geo import kernel
from landrules.geo.crs import transform
from landrules.geo.site import Coverage, CoverageKind, Geometry, Plane
from landrules.intake.digest import Stamp, stamp_of
from landrules.intake.formats import read_table
from landrules.intake.formats.table import FeatureTable
from landrules.intake.workspace import CoverageClaim, Source, Workspace


def coverage_of(workspace: Workspace, claim: CoverageClaim | None) -> Coverage:
    """The coverage that a workspace declares.

    `complete` and `none` reach to the boundary grown by the stated metres; without a boundary, everywhere. Raises
    `InputError`: LR545 to LR557 for a boundary or coverage file that is absent, broken or names no such district.
    """
    if claim is None:
        return Coverage(CoverageKind.UNDECLARED)
    plane = workspace.plane
    match claim.kind:
        case "file":
            if claim.source is None:
                return Coverage(CoverageKind.UNDECLARED)
            return Coverage(
                CoverageKind.REGION,
                _region(claim.source, plane, "", "", stamp_of(claim.source.path)),
                f"file: {claim.source.shown}",
            )
        case "district":
            if workspace.boundary is None:
                raise InputError(Diagnostic("LR553", where=workspace.path.name))
            region = _region(
                workspace.boundary, plane, workspace.district_column, claim.code, stamp_of(workspace.boundary.path)
            )
            return Coverage(CoverageKind.REGION, region, f"district: {claim.code}")
        case "complete" | "none":
            kind = CoverageKind.COMPLETE if claim.kind == "complete" else CoverageKind.NONE
            said = ", ".join(str(word) for word in (claim.by, claim.day) if word)
            reach = "" if workspace.boundary is None else f" (+{claim.beyond_m:g} m)"
            boundary = workspace.boundary
            region = None if boundary is None else _grown(boundary, plane, claim.beyond_m, stamp_of(boundary.path))
            return Coverage(kind, region, f"{claim.kind}{reach}: {said}" if said else f"{claim.kind}{reach}")


@lru_cache(maxsize=64)
def _grown(boundary: Source, plane: Plane, beyond_m: float, stamp: Stamp) -> Geometry:
    region = _region(boundary, plane, "", "", stamp)
    return kernel.grown(region, beyond_m) if beyond_m > 0 else region


@lru_cache(maxsize=64)
def _region(source: Source, plane: Plane, column: str, code: str, stamp: Stamp) -> Geometry:
    """The union of a table's polygons in the plane, or of those whose code is, or begins with, the one wanted.

    `stamp` tells a file that was replaced from the one remembered.
    """
    table = read_table(source.path, source.table, None, source.shown)
    for row in table.broken:
        raise InputError(Diagnostic("LR557", {"reason": row.reason}, where=source.shown))
    rows = _rows_of(table, column, code, source)
    shapes = transform(table.geometry[rows], crs_of(table, source), plane.code, source.shown)
    for shape in shapes:
        if flaw := kernel.validity(shape):
            raise InputError(Diagnostic("LR557", {"reason": flaw.reason}, where=source.shown))
    return kernel.union_all(shapes)


def _rows_of(table: FeatureTable, column: str, code: str, source: Source) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    if not code:
        return np.arange(len(table.keys))
    stored = {name.lower(): cells for name, cells in table.columns.items()}.get(column.lower(), ())
    rows = [row for row, cell in enumerate(stored) if str(cell).startswith(code)]
    if not rows:
        raise InputError(Diagnostic("LR552", {"code": code, "column": column}, where=source.shown))
    return np.array(rows, dtype=np.int64)


def crs_of(table: FeatureTable, source: Source) -> str:
    """The system of a table: what the workspace states, else what the file names. Raises `InputError` with LR550."""
    found = source.crs or table.crs
    if not found:
        raise InputError(Diagnostic("LR550", {"path": source.shown}, where=source.shown))
    return found
