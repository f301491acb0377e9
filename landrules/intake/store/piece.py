"""A run of rows of a source, made ready for the store: placed in the plane, judged, measured, tiled.

What a shape becomes here is what it becomes when the source is read without a store; a test compares every bit.
"""

from __future__ import annotations

import numpy as np
import shapely

from landrules.base.frozen import frozen
from landrules.geo import kernel
from landrules.geo.area import Density, survey_areas
from landrules.geo.crs import recognise, transform
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.numbers import CHINA, EASTING, NORTHING, source_system
from landrules.geo.outlines import Outlines
from landrules.geo.site import Geometry, GeometryArray, Plane
from landrules.intake.formats.table import FeatureTable
from landrules.intake.store.ragged import Ragged
from landrules.intake.store.tiles import LIMIT, corners, tiled

_NEAR = 1_000
"""Polygons measured at once: so few that the processor keeps their vertices at hand."""

Box = tuple[float, float, float, float]


@frozen
class Fault:
    """A row that cannot be used: why (GEOS's words), and the box that counts as uncovered; `None` where it has none."""

    row: int
    reason: str
    box: Box | None


@frozen
class Tiled:
    """A row that is kept in tiles: the whole shape, its tiles, and the corners that the grid added to each."""

    row: int
    whole: Geometry
    tiles: GeometryArray
    corner: FloatArray
    corner_of: IntArray


@frozen
class Piece:
    """Rows of a source in the plane.

    `boxes` (n, 4) are those of the shapes, or of the numbers of a shape that could not be built; NaN where there are
    none. `terms`, `areas` and `survey` belong to polygons and are 1 0 0 0 0 0, 0 and 0 for everything else. `shapes`
    hold every row that is neither faulty nor tiled.
    `untiled` are rows of more vertices than allowed that could not be tiled; `crs` is the code of the source's system.
    """

    keys: IntArray
    boxes: FloatArray
    terms: FloatArray
    areas: FloatArray
    survey: FloatArray
    vertices: int
    shapes: Ragged
    tiled: tuple[Tiled, ...]
    untiled: tuple[int, ...]
    faults: tuple[Fault, ...]
    crs: str


def placed(own: GeometryArray, crs: str, plane: Plane, shown: str) -> tuple[GeometryArray, str]:
    """Shapes of a source in the plane, in normal form, and the code of the system that they came in.

    Raises `InputError`: LR522 to LR527, LR530 to LR534.
    """
    boxes = np.asarray(shapely.bounds(own), dtype=np.float64).reshape(-1, 4)
    system = source_system(crs, boxes[_telling(boxes, crs, shown)], plane, where=shown)
    normal = kernel.normal_form(own)
    if system.crs.code == plane.code:
        return normal, system.crs.code
    return kernel.normal_form(transform(normal, system.crs.code, plane.code, shown)), system.crs.code


def _telling(boxes: FloatArray, text: str, shown: str) -> IntArray:
    """Rows whose numbers must be looked at one by one: those not plainly of the system, and one that is."""
    crs = recognise(text, shown)
    x, y, right = boxes[:, 0], boxes[:, 1], boxes[:, 2]
    is_northing = (y >= NORTHING[0]) & (y <= NORTHING[1])
    if crs.is_survey_zone and crs.prefix:
        base = crs.prefix * 1e6
        plain = is_northing & (x >= base) & (right < base + 1e6)
    elif crs.is_survey_zone:
        plain = is_northing & (x >= EASTING[0]) & (right <= EASTING[1])
    elif crs.is_geographic:
        west, south, east, north = CHINA
        swapped = (x >= south) & (x <= north) & (y >= west) & (y <= east)
        plain = (np.abs(x) <= 180.0) & (np.abs(y) <= 90.0) & ~swapped
    else:
        plain = is_northing & (np.abs(x) > 180.0)
    rows = np.flatnonzero(~plain & np.isfinite(boxes).all(axis=1))
    return np.concatenate([np.flatnonzero(plain)[:1], rows]).astype(np.int64)


def piece(table: FeatureTable, crs: str, plane: Plane, shown: str, *, is_placed: bool = False) -> Piece:
    """The rows of a table, ready; `is_placed`: they are already. Raises `InputError` as `placed` does."""
    shapes, code = (table.geometry, crs) if is_placed else placed(table.geometry, crs, plane, shown)
    valid = kernel.is_valid(shapes)
    valid[[broken.row for broken in table.broken]] = False
    boxes = np.asarray(shapely.bounds(shapes), dtype=np.float64).reshape(-1, 4)
    faults = [_unbuilt(b.row, b.reason, b.box, code, plane, shown) for b in table.broken]
    for fault in faults:
        boxes[fault.row] = np.nan if fault.box is None else fault.box
    built = ~valid
    built[[broken.row for broken in table.broken]] = False
    faults += [_invalid(int(row), shapes[row]) for row in np.flatnonzero(built)]
    ground = np.flatnonzero(valid & np.isin(shapely.get_type_id(shapes), (3, 6)))
    terms, areas, survey = _measured(shapes, ground, plane)
    counts = shapely.get_num_coordinates(shapes)
    kept = shapes.copy()
    kept[~valid] = None
    cut: list[Tiled] = []
    untiled: list[int] = []
    for row in ground[counts[ground] > LIMIT].tolist():
        tiles = tiled(shapes[row])
        if tiles is None:
            untiled.append(row)
        elif len(tiles) > 1:
            cut.append(Tiled(row, shapes[row], tiles, *corners(shapes[row], tiles)))
            kept[row] = None
    return Piece(
        keys=np.array(table.keys, dtype=np.int64),
        boxes=boxes,
        terms=terms,
        areas=areas,
        survey=survey,
        vertices=int(counts[valid].sum()),
        shapes=Ragged.of(kept),
        tiled=tuple(cut),
        untiled=tuple(untiled),
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        crs=code,
    )


def _measured(shapes: GeometryArray, ground: IntArray, plane: Plane) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The density around polygons, their areas by it, and their survey areas."""
    terms = np.tile([1.0, 0.0, 0.0, 0.0, 0.0, 0.0], (len(shapes), 1))
    areas, survey = np.zeros(len(shapes)), np.zeros(len(shapes))
    for start in range(0, len(ground), _NEAR):
        rows = ground[start : start + _NEAR]
        polygons = shapes[rows]
        density, outlines = Density.around(polygons, plane), Outlines.of(polygons)
        terms[rows] = density.terms
        areas[rows] = density.measure(polygons, np.arange(len(rows)), outlines)
        survey[rows] = survey_areas(polygons, plane, outlines)
    return terms, areas, survey


def _unbuilt(row: int, reason: str, box: Box | None, crs: str, plane: Plane, shown: str) -> Fault:
    if box is None:
        return Fault(row, reason, None)
    corners = transform(kernel.array_of([shapely.box(*box)]), crs, plane.code, shown)
    return Fault(row, reason, _box(corners[0]))


def _invalid(row: int, shape: Geometry) -> Fault:
    """Why a shape is invalid, and the box of its repaired one."""
    flaw = kernel.validity(shape)
    repaired = kernel.repair(shape).geometry
    box = _box(shape if shapely.is_empty(repaired) else repaired)
    return Fault(row, flaw.reason if flaw else "invalid", box)


def _box(shape: Geometry) -> Box:
    minx, miny, maxx, maxy = shapely.bounds(shape).tolist()
    return minx, miny, maxx, maxy
