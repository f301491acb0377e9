"""One edition of one bound layer, in the plane, near proposals: the only place where layer files are opened.

In: the workspace, the layer's schema, the days, the boxes that matter, of one proposal or of several at once. Out: for
each a `Layer`, or `AbsentLayer` with which of the absences it is. A layer that no norm reads is never opened, because nobody asks here for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate

import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.valuetype import Absence, Value
from landrules.geo import kernel
from landrules.geo.kernel import FloatArray
from landrules.geo.site import AbsentLayer, Coverage, Layer, Plane
from landrules.intake.around import Around
from landrules.intake.columns import read_columns
from landrules.intake.coverage import coverages_of
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
    return open_layers(workspace, name, schema, schemes, ((law_date, data_as_of),), Around.one(boxes))[0]


def open_layers(
    workspace: Workspace,
    name: str,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    days: Sequence[tuple[date, date | None]],
    around: Around,
) -> tuple[Layer | AbsentLayer, ...]:
    """What `open_layer` says for each of several proposals, with its law date and `data_as_of`, in one look-up an edition."""
    out = [chosen_edition(workspace, name, *day) for day in days]
    found: list[Layer | AbsentLayer | None] = [one if isinstance(one, AbsentLayer) else None for one in out]
    for edition in {id(one): one for one in out if isinstance(one, Edition)}.values():
        rows = [row for row, one in enumerate(out) if one is edition]
        layers = edition_around(workspace, name, edition, schema, schemes, around.of_some(rows))
        for row, layer in zip(rows, layers, strict=True):
            found[row] = layer
    return tuple([layer for layer in found if layer is not None])


def open_edition(
    workspace: Workspace,
    name: str,
    edition: Edition,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    boxes: FloatArray | None = None,
) -> Layer:
    """One edition of a layer, near the boxes. Raises `InputError` as `open_layer` does."""
    return edition_around(workspace, name, edition, schema, schemes, Around.one(boxes))[0]


def edition_around(
    workspace: Workspace,
    name: str,
    edition: Edition,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    around: Around,
) -> tuple[Layer, ...]:
    """One edition of a layer, near each of several proposals. Raises `InputError` as `open_layer` does."""
    coverages = coverages_of(workspace, edition.coverage, around)
    source = edition.source
    if source is None:
        return tuple([_empty(name, edition, schema, coverage, workspace.plane) for coverage in coverages])
    where = f"{workspace.path.name}: layers.{name}"

    def layers(rows: Rows, coverages: Sequence[Coverage]) -> tuple[Layer, ...]:
        return _layers(name, edition, rows, coverages, schema, schemes, where)

    def from_source() -> tuple[Layer, ...]:
        sets = (None,) if around.sets is None else around.sets
        found = [layers(rows_from_source(workspace, source, own), (c,)) for own, c in zip(sets, coverages, strict=True)]
        return tuple([layer for (layer,) in found])

    return read_prepared(
        lambda: layer_store(workspace, edition),
        lambda store: layers(rows_from_store(store, around), coverages),
        from_source,
    )


def _empty(name: str, edition: Edition, schema: LayerSchema, coverage: Coverage, plane: Plane) -> Layer:
    """A layer of which the county has none."""
    columns: dict[str, Sequence[Value]] = dict.fromkeys(sorted(schema.fields), ())
    return Layer(name, edition.edition, kernel.empty_ground(0), (), columns, coverage, "", plane.code, edition.valid_to)


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


def _layers(
    name: str,
    edition: Edition,
    rows: Rows,
    coverages: Sequence[Coverage],
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    where: str,
) -> tuple[Layer, ...]:
    """Rows as the layers that a ruleset asks for, one a proposal; features and faults are sorted by id, then by key."""
    ids = _ids(rows, edition, name, where)
    by_key = sorted(range(len(ids)), key=rows.keys.__getitem__)
    ordered = [sorted(own, key=ids.__getitem__) for own in _parted(by_key, rows.at)]
    usable = [[row for row in own if row not in rows.faults] for own in ordered] if rows.faults else ordered
    read = read_columns(name, rows.cells, ids, schema, edition.fields, schemes, where, rows.at, usable)
    geometry, whole = rows.take([row for own in usable for row in own])
    ends = [0, *accumulate(map(len, usable))]
    out = []
    for k, (coverage, columns, own) in enumerate(zip(coverages, read, usable, strict=True)):
        here = slice(ends[k], ends[k + 1])
        faulty = [(ids[row], rows.faults[row]) for row in ordered[k] if row in rows.faults] if rows.faults else []
        boxes = [shapely.box(*fault.box) for _, fault in faulty if fault.box is not None]
        out.append(
            Layer(
                name=name,
                edition=edition.edition,
                geometry=geometry[here],
                ids=tuple([ids[row] for row in own]),
                columns=columns.values,
                coverage=coverage,
                sha256=rows.sha256,
                crs=rows.crs,
                valid_to=edition.valid_to,
                accuracy_m=edition.accuracy_m,
                invalid=kernel.array_of(boxes),
                notes=(*(_fault_note(name, id_, fault, where) for id_, fault in faulty), *columns.notes),
                whole=whole if whole is None else whole.some(here),
                is_disjoint=rows.is_disjoint,
                is_gap_free=edition.is_gap_free,
            )
        )
    return tuple(out)


def _parted(rows: Sequence[int], at: Sequence[int]) -> list[Sequence[int]]:
    """Rows by the proposal that they lie near, each in the order given."""
    if len(at) == 2:
        return [rows]
    out: list[list[int]] = [[] for _ in at[1:]]
    of = [own for k, own in enumerate(out) for _ in range(at[k], at[k + 1])]
    for row in rows:
        of[row].append(row)
    return [*out]


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
    if len(rows.keys) == 0:
        return ()
    cells = rows.cells.cells(column).row_by_row()
    return tuple([str(key) if cell in (None, "") else str(cell) for key, cell in zip(rows.keys, cells, strict=True)])
