"""One edition of one bound layer, in the plane, near a proposal: the only place where layer files are opened.

In: the workspace, the layer's schema, the days, the boxes that matter. Out: a `Layer`, or `AbsentLayer` with which of the
absences it is. A layer that no norm reads is never opened, because nobody asks here for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.valuetype import Absence, Value
from landrules.geo import kernel
from landrules.geo.crs import recognise, transform, transform_points
from landrules.geo.kernel import FloatArray
from landrules.geo.numbers import source_system
from landrules.geo.site import AbsentLayer, GeometryArray, Layer, Plane
from landrules.intake.columns import read_columns
from landrules.intake.coverage import coverage_of, crs_of
from landrules.intake.formats.table import FeatureTable
from landrules.intake.sources import digest_of, rows_of
from landrules.intake.workspace import AnySource, Edition, Workspace
from landrules.rules.model import CodeScheme, LayerSchema


def open_layer(
    workspace: Workspace,
    name: str,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    *,
    law_date: date,
    data_as_of: date | None = None,
    boxes: FloatArray | None = None,
) -> Layer | AbsentLayer:
    """The newest edition of a layer not after `data_as_of` (else not after the law date).

    `boxes` are rows of minx, miny, maxx, maxy in the plane: only features whose boxes meet one are read (all where
    `None`). Raises `InputError` for a bound layer whose file is absent or broken, or whose binding does not fit.
    """
    edition = chosen_edition(workspace, name, law_date, data_as_of)
    if isinstance(edition, AbsentLayer):
        return edition
    return open_edition(workspace, name, edition, schema, schemes, boxes)


def open_edition(
    workspace: Workspace,
    name: str,
    edition: Edition,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    boxes: FloatArray | None = None,
) -> Layer:
    """One edition of a layer, near the boxes. Raises `InputError` as `open_layer` does."""
    coverage = coverage_of(workspace, edition.coverage)
    where = f"{workspace.path.name}: layers.{name}"
    if edition.source is None:
        empty = kernel.empty_ground(0)
        columns: dict[str, tuple[Value, ...]] = dict.fromkeys(sorted(schema.fields), ())
        return Layer(name, edition.edition, empty, (), columns, coverage, "", workspace.plane.code, edition.valid_to)
    source = edition.source
    table = _rows(workspace, source, boxes)
    crs = crs_of(table, source)
    shapes, crs = _in_plane(table, crs, workspace.plane, source)
    ids = _ids(table, edition, name, where)
    order = sorted(range(len(ids)), key=lambda row: (ids[row], table.keys[row]))
    columns_read = read_columns(name, table, ids, schema, edition.fields, schemes, where)
    usable, invalid, notes = _judged(name, table, shapes, ids, order, crs, workspace.plane, where)
    return Layer(
        name=name,
        edition=edition.edition,
        geometry=shapes[usable],
        ids=tuple(ids[row] for row in usable),
        columns={field: tuple(cells[row] for row in usable) for field, cells in columns_read.values.items()},
        coverage=coverage,
        sha256=digest_of(source, table),
        crs=crs,
        valid_to=edition.valid_to,
        accuracy_m=edition.accuracy_m,
        invalid=invalid,
        notes=(*notes, *columns_read.notes),
    )


def chosen_edition(
    workspace: Workspace, name: str, law_date: date, data_as_of: date | None = None
) -> Edition | AbsentLayer:
    """The edition that answers on a day, without opening any file."""
    editions = workspace.layers.get(name, ())
    if not editions:
        return AbsentLayer(name, Absence.UNBOUND)
    day = data_as_of or law_date
    known = [edition for edition in editions if edition.edition is None or edition.edition <= day]
    if not known:
        return AbsentLayer(name, Absence.UNBOUND, f"{editions[0].edition} > {day}")
    edition = known[-1]
    if edition.valid_to is not None and edition.valid_to < law_date:
        return AbsentLayer(name, Absence.OUTDATED, f"{edition.edition or ''}/{edition.valid_to}")
    return edition


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


def _ids(table: FeatureTable, edition: Edition, name: str, where: str) -> tuple[str, ...]:
    """The features' ids from the column named, else the numbers of their rows."""
    id_column = edition.id_column or table.named_by
    if not id_column:
        return tuple(str(key) for key in table.keys)
    spelled = {column.lower(): column for column in sorted(table.columns)}
    column = spelled.get(id_column.lower())
    if column is None:
        choices = ", ".join(sorted(table.columns))
        args = {"layer": name, "field": "id", "column": id_column, "choices": choices}
        raise InputError(Diagnostic("LR548", args, where=where))
    cells = table.columns[column]
    return tuple(str(key) if cell in (None, "") else str(cell) for key, cell in zip(table.keys, cells, strict=True))


def _judged(
    name: str,
    table: FeatureTable,
    shapes: GeometryArray,
    ids: tuple[str, ...],
    order: list[int],
    crs: str,
    plane: Plane,
    where: str,
) -> tuple[list[int], GeometryArray, list[Diagnostic]]:
    """Rows that can be used, in order; boxes of the others; what is said about them."""
    broken = {row.row: row for row in table.broken}
    valid = kernel.is_valid(shapes)
    usable: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    notes: list[Diagnostic] = []
    for row in order:
        if row in broken:
            box = broken[row].box
            if box is None:
                notes.append(Diagnostic("LR742", {"layer": name, "id": ids[row]}, where=where))
                continue
            reason = broken[row].reason
            corners = transform(kernel.array_of([shapely.box(*box)]), crs, plane.code, where)
            boxes.append(tuple(shapely.bounds(corners[0]).tolist()))
        elif not valid[row]:
            flaw = kernel.validity(shapes[row])
            reason = flaw.reason if flaw else "invalid"
            repaired = kernel.repair(shapes[row]).geometry
            shape = shapes[row] if shapely.is_empty(repaired) else repaired
            boxes.append(tuple(shapely.bounds(shape).tolist()))
        else:
            usable.append(row)
            continue
        notes.append(Diagnostic("LR740", {"layer": name, "id": ids[row], "reason": reason}, where=where))
    invalid = kernel.array_of([shapely.box(*box) for box in boxes])
    return usable, invalid, notes
