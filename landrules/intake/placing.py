"""From the file's own numbers to the plane: one system for the whole file, recognised once, converted as one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.crs import transform
from landrules.geo.numbers import source_system, zone_notes
from landrules.geo.quality import sparse_edges
from landrules.geo.site import GeometryArray, Plane
from landrules.intake.shapes import Shape, boxes_of

COARSEST_PRECISION_M = 0.002
"""However few decimals a file has, no more than this is ever called the precision of its coordinates: noise is small."""

FARTHEST_M = (6.1e7, 1.1e7)
"""Eastings with a zone prefix stay below sixty-one million metres, northings below eleven."""

METRES_PER_DEGREE = 111_320.0
SPARSE_LIMIT_M = 0.01
"""An edge in degrees that strays further than this from the straight line of the plane is reported."""


@frozen
class Placed:
    """Shapes in the plane, in the order given, with the precision of their coordinates in metres."""

    geometry: GeometryArray
    precision_m: float
    notes: tuple[Diagnostic, ...]


def place(shapes: Sequence[Shape], labels: Sequence[str], crs: str | None, plane: Plane, name: str) -> Placed:
    """All shapes of a file in the plane, rings rotated to their smallest vertex before and after.

    `labels` name the shapes in messages. Raises `InputError` for what `geo.numbers` and `geo.crs` refuse: metres
    without a system, swapped axes, another zone, a datum that cannot be converted.
    """
    if not shapes:
        return Placed(kernel.empty_ground(0), COARSEST_PRECISION_M, ())
    decimals = max(shape.decimals for shape in shapes)
    own = kernel.normal_form(kernel.array_of([shape.geometry for shape in shapes]))
    source = source_system(crs, boxes_of(list(own)), plane, ids=labels, where=name, decimals=max(decimals, 0))
    out = kernel.normal_form(transform(own, source.crs.code, plane.code, name))
    _refuse_beyond(out, labels, plane, name)
    notes = list(source.notes)
    if source.crs.is_geographic and not plane.is_engineering:
        for edge in sparse_edges(own, source.crs.code, plane, SPARSE_LIMIT_M):
            args = {"length": f"{edge.length_m:.0f}", "deviation": f"{edge.deviation_m:.3f}"}
            where = f"{name}: {labels[edge.row]}"
            notes.append(Diagnostic("LR724", args, where=where, severity="warning"))
    notes += zone_notes(np.asarray(shapely.total_bounds(out)), plane, name)
    unit = METRES_PER_DEGREE if source.crs.is_geographic else 1.0
    precision = unit * 10.0 ** -max(decimals, 0)
    return Placed(out, min(precision, COARSEST_PRECISION_M), tuple(notes))


def _refuse_beyond(geometries: GeometryArray, labels: Sequence[str], plane: Plane, name: str) -> None:
    """Numbers that are no place of the plane: a projection folds them back on the earth without a word."""
    problems: list[Diagnostic] = []
    coords, of = shapely.get_coordinates(geometries, return_index=True)
    far = np.flatnonzero((np.abs(coords) > np.array(FARTHEST_M)).any(axis=1))
    for row in sorted(set(of[far].tolist())):
        x, y = coords[far[of[far] == row][0]].tolist()
        args = {"x": f"{x:.12g}", "y": f"{y:.12g}", "code": plane.code}
        problems.append(Diagnostic("LR619", args, where=f"{name}: {labels[row]}"))
    if problems:
        raise InputError(problems)
