"""Ground that left a layer within a look-back window, from the editions that a workspace binds.

An edition is in force from the day of its data to its `valid_to`, else to the day before the next one. Every edition in
force on some day of the window is needed, and at least two must be bound, or nobody can tell what left: the layer is not
supplied then. A workspace may also bind the derived layer itself to a file that somebody prepared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np

from landrules.base.frozen import frozen, replace
from landrules.base.valuetype import Absence, Value
from landrules.geo.departed import Left, covered_by_all, ground_left
from landrules.geo.kernel import FloatArray
from landrules.geo.site import AbsentLayer, Layer
from landrules.intake.layers import chosen_edition, open_edition
from landrules.intake.workspace import Edition, Workspace
from landrules.rules.model import CodeScheme, LayerSchema

LEFT_ON = "left_on"
DAY = timedelta(days=1)


@frozen
class Departure:
    """An edition that was in force in the window, and the first day after it."""

    edition: Edition
    left_on: date


def open_departed(
    workspace: Workspace,
    name: str,
    schema: LayerSchema,
    schemes: Mapping[str, CodeScheme],
    *,
    since: date | None,
    law_date: date,
    data_as_of: date | None = None,
    boxes: FloatArray | None = None,
) -> Layer | AbsentLayer:
    """What lay in the base layer on some day from `since` on, and lies in its newest edition no more.

    Raises `InputError` as `open_layer` does.
    """
    if schema.departed is None:
        raise ValueError(f"{name} is not made of editions of another layer")
    base = schema.departed.base
    if since is None:
        return AbsentLayer(name, Absence.NO_ROW, f"since {law_date}")
    newest = chosen_edition(workspace, base, law_date, data_as_of)
    if isinstance(newest, AbsentLayer):
        return AbsentLayer(name, newest.kind, f"{base} {newest.detail}".strip())
    known = workspace.layers[base]
    known = known[: known.index(newest) + 1]
    departures = _departures(known, since)
    if departures is None:
        stated = ", ".join(str(e.edition or "?") for e in known)
        return AbsentLayer(name, Absence.NOT_SUPPLIED, f"{base} {stated} < {since}")
    fields = {k: f for k, f in schema.fields.items() if k != LEFT_ON}
    own = replace(schema, name=base, fields=fields, departed=None)
    needed = known[len(known) - len(departures) - 1 :]
    layers = [open_edition(workspace, base, e, own, schemes, boxes) for e in needed]
    return _joined(name, workspace, departures, layers, frozenset(k for k, f in fields.items() if f.apportioned))


def _departures(known: Sequence[Edition], since: date) -> tuple[Departure, ...] | None:
    """The older editions in force in the window; `None` where days of the window have no edition."""
    ends = [_last_day(e, later) for e, later in pairwise(known)]
    needed = [i for i, end in enumerate(ends) if end is not None and end >= since]
    first = known[needed[0]] if needed else known[-1]
    if len(known) < 2 or first.edition is None or first.edition > since:
        return None
    for i in needed:
        begins, end = known[i + 1].edition, ends[i]
        if begins is None or end is None or begins > end + DAY:
            return None
    return tuple(Departure(known[i], end + DAY) for i in needed if (end := ends[i]) is not None)


def _last_day(edition: Edition, later: Edition) -> date | None:
    """The last day on which an edition is in force; `None` where the next one has no date."""
    if later.edition is None:
        return None
    before = later.edition - DAY
    return min(edition.valid_to, before) if edition.valid_to is not None else before


def _joined(
    name: str,
    workspace: Workspace,
    departures: Sequence[Departure],
    layers: Sequence[Layer],
    apportioned: frozenset[str],
) -> Layer:
    """One layer of what left each of the older editions; `layers` are theirs, and the newest last."""
    newest = layers[-1]
    ids: list[str] = []
    shapes = []
    columns: dict[str, list[Value]] = {key: [] for key in (*newest.columns, LEFT_ON)}
    for i, departure in enumerate(departures):
        older = layers[i]
        later = [layers[i + 1]] if layers[i + 1] is newest else [layers[i + 1], newest]
        left = ground_left(older, later, workspace.plane)
        day = departure.edition.edition
        ids += [f"{older.ids[row]}@{day}" if day else older.ids[row] for row in left.rows]
        shapes.append(left.geometry)
        for key, values in older.columns.items():
            columns[key] += _values(values, left, apportioned=key in apportioned)
        columns[LEFT_ON] += [departure.left_on] * len(left.rows)
    order = sorted(range(len(ids)), key=lambda row: ids[row])
    geometry = np.concatenate([newest.geometry[:0], *shapes])
    digest = hashlib.sha256(" ".join(layer.sha256 for layer in layers).encode()).hexdigest()
    return replace(
        newest,
        name=name,
        geometry=geometry[order],
        ids=tuple(ids[row] for row in order),
        columns={key: tuple(values[row] for row in order) for key, values in columns.items()},
        coverage=covered_by_all(layers),
        sha256=digest,
        accuracy_m=max((a for layer in layers if (a := layer.accuracy_m) is not None), default=None),
        invalid=np.concatenate([layer.invalid for layer in layers]),
        notes=tuple(note for layer in layers for note in layer.notes),
        whole=None,
        is_disjoint=False,
        is_gap_free=False,
    )


def _values(values: Sequence[Value], left: Left, *, apportioned: bool) -> list[Value]:
    """A field of the features that are left; what goes by area shrinks with the ground."""
    found = [values[row] for row in left.rows]
    if not apportioned:
        return found
    return [v * part if isinstance(v, Fraction) else v for v, part in zip(found, left.share, strict=True)]
