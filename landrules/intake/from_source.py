"""The rows of an edition read from its source: the reference that every prepared layer must equal.

Also the way of sources of which no store is kept: a database, a folder that cannot be written to.
"""

from __future__ import annotations

import numpy as np
import shapely

from landrules.geo import kernel
from landrules.geo.crs import recognise, transform, transform_points
from landrules.geo.kernel import FloatArray
from landrules.geo.numbers import source_system
from landrules.geo.site import GeometryArray, Plane
from landrules.intake.cells import OfTable
from landrules.intake.formats.table import FeatureTable
from landrules.intake.rows import Fault, Rows
from landrules.intake.sources import crs_of, digest_of, rows_of
from landrules.intake.workspace import AnySource, Workspace


def rows_from_source(workspace: Workspace, source: AnySource, boxes: FloatArray | None) -> Rows:
    """The rows near some boxes of the plane (all where `None`). Raises `InputError` as `open_layer` does."""
    table = _rows(workspace, source, boxes)
    shapes, crs = _in_plane(table, crs_of(table, source), workspace.plane, source)
    return Rows(
        keys=table.keys,
        at=(0, len(table.keys)),
        cells=OfTable(table),
        named_by=table.named_by,
        faults=_faults(table, shapes, crs, workspace.plane, source.shown),
        take=lambda usable: (shapes[usable], None),
        crs=crs,
        sha256=digest_of(source, table),
    )


def _rows(workspace: Workspace, source: AnySource, boxes: FloatArray | None) -> FeatureTable:
    """The rows near the boxes, which are turned into the source's own system first."""
    if boxes is None:
        return rows_of(workspace, source, None)
    nothing = rows_of(workspace, source, np.empty((0, 4)))
    own = _own_boxes(boxes, workspace.plane, crs_of(nothing, source), source)
    return rows_of(workspace, source, own)


_STEPS = np.linspace(0.0, 1.0, 9)


def _own_boxes(boxes: FloatArray, plane: Plane, crs: str, source: AnySource) -> FloatArray:
    """Boxes of the plane in another system: their edges are followed, and a little is added for their curvature."""
    if recognise(crs, source.shown).code == plane.code or len(boxes) == 0:
        return boxes
    out = np.empty_like(boxes)
    for row, (minx, miny, maxx, maxy) in enumerate(boxes):
        x, y = minx + _STEPS * (maxx - minx), miny + _STEPS * (maxy - miny)
        rim = np.concatenate(
            [np.column_stack([x, np.full(9, side)]) for side in (miny, maxy)]
            + [np.column_stack([np.full(9, side), y]) for side in (minx, maxx)]
        )
        points = transform_points(rim, plane.code, crs, source.shown)
        low, high = points.min(axis=0), points.max(axis=0)
        margin = 0.01 * (high - low)
        out[row] = (*(low - margin), *(high + margin))
    return out


def _in_plane(table: FeatureTable, crs: str, plane: Plane, source: AnySource) -> tuple[GeometryArray, str]:
    boxes = np.asarray(shapely.bounds(table.geometry), dtype=np.float64).reshape(-1, 4)
    system = source_system(crs, boxes, plane, where=source.shown)
    own = kernel.normal_form(table.geometry)
    return kernel.normal_form(transform(own, system.crs.code, plane.code, source.shown)), system.crs.code


def _faults(table: FeatureTable, shapes: GeometryArray, crs: str, plane: Plane, shown: str) -> dict[int, Fault]:
    """The rows that cannot be used: shapes that could not be built, and invalid ones with the box of their repair."""
    out: dict[int, Fault] = {}
    for broken in table.broken:
        box = None
        if broken.box is not None:
            corners = transform(kernel.array_of([shapely.box(*broken.box)]), crs, plane.code, shown)
            box = tuple(shapely.bounds(corners[0]).tolist())
        out[broken.row] = Fault(broken.reason, box)
    valid = kernel.is_valid(shapes)
    for row in np.flatnonzero(~valid).tolist():
        if row not in out:
            flaw = kernel.validity(shapes[row])
            repaired = kernel.repair(shapes[row]).geometry
            shape = shapes[row] if shapely.is_empty(repaired) else repaired
            out[row] = Fault(flaw.reason if flaw else "invalid", tuple(shapely.bounds(shape).tolist()))
    return out
