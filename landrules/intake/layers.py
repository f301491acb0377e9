"""One edition of one bound layer, in the plane, near a proposal: the only place where layer files are opened.

In: the workspace, the layer's schema, the days, the boxes that matter. Out: a `Layer`, or `AbsentLayer` with which of the
absences it is. A layer that no norm reads is never opened, because nobody asks here for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.valuetype import Absence, Value
from landrules.geo import kernel
from landrules.geo.kernel import FloatArray
from landrules.geo.site import AbsentLayer, Coverage, Layer
from landrules.intake.columns import read_columns
from landrules.intake.coverage import coverage_of
from landrules.intake.from_source import rows_from_source
from landrules.intake.from_store import rows_from_store
from landrules.intake.prepared import layer_store, read_prepared
from landrules.intake.rows import Fault, Rows
from landrules.intake.workspace import Edition, Workspace
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
    coverage = coverage_of(workspace, edition.coverage, boxes)
    source = edition.source
    if source is None:
        empty = kernel.empty_ground(0)
        columns: dict[str, Sequence[Value]] = dict.fromkeys(sorted(schema.fields), ())
        return Layer(name, edition.edition, empty, (), columns, coverage, "", workspace.plane.code, edition.valid_to)

    def layer(rows: Rows) -> Layer:
        return _layer(name, edition, rows, coverage, schema, schemes, f"{workspace.path.name}: layers.{name}")

    return read_prepared(
        lambda: layer_store(workspace, edition),
        lambda store: layer(rows_from_store(store, boxes)),
        lambda: layer(rows_from_source(workspace, source, boxes)),
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


def _layer(
    name: str,
    edition: Edition,
    rows: Rows,
    coverage: Coverage,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    where: str,
) -> Layer:
    """Rows as the layer that a ruleset asks for."""
    ids = _ids(rows, edition, name, where)
    order = sorted(range(len(ids)), key=lambda row: (ids[row], rows.keys[row]))
    usable = [row for row in order if row not in rows.faults]
    read = read_columns(name, rows.cells, ids, schema, edition.fields, schemes, where, usable)
    geometry, whole = rows.take(usable)
    faulty = [(ids[row], rows.faults[row]) for row in order if row in rows.faults]
    return Layer(
        name=name,
        edition=edition.edition,
        geometry=geometry,
        ids=tuple([ids[row] for row in usable]),
        columns=read.values,
        coverage=coverage,
        sha256=rows.sha256,
        crs=rows.crs,
        valid_to=edition.valid_to,
        accuracy_m=edition.accuracy_m,
        invalid=kernel.array_of([shapely.box(*fault.box) for _, fault in faulty if fault.box is not None]),
        notes=(*(_fault_note(name, id_, fault, where) for id_, fault in faulty), *read.notes),
        whole=whole,
        is_disjoint=rows.is_disjoint,
        is_gap_free=edition.is_gap_free,
    )


def _fault_note(name: str, id_: str, fault: Fault, where: str) -> Diagnostic:
    if fault.box is None:
        return Diagnostic("LR742", {"layer": name, "id": id_}, where=where)
    return Diagnostic("LR740", {"layer": name, "id": id_, "reason": fault.reason}, where=where)


def _ids(rows: Rows, edition: Edition, name: str, where: str) -> tuple[str, ...]:
    """The features' ids from the column named, else the numbers of their rows."""
    id_column = edition.id_column or rows.named_by
    if not id_column:
        return tuple(str(key) for key in rows.keys)
    spelled = {column.lower(): column for column in sorted(rows.cells.names)}
    column = spelled.get(id_column.lower())
    if column is None:
        choices = ", ".join(sorted(rows.cells.names))
        args = {"layer": name, "field": "id", "column": id_column, "choices": choices}
        raise InputError(Diagnostic("LR548", args, where=where))
    cells = rows.cells.cells(column).row_by_row()
    return tuple([str(key) if cell in (None, "") else str(cell) for key, cell in zip(rows.keys, cells, strict=True)])
