"""What bare numbers are: degrees, swapped axes, another zone's metres, metres of nowhere.

A file's numbers are compared with the system it names before anything is converted, because a wrong system gives a
plausible place or an infinite one, never an error. Source: domain/crs.md 3 and 6, design.md section 4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

import numpy as np

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo.crs import Crs, own_degrees, recognise, survey_zone
from landrules.geo.kernel import FloatArray
from landrules.geo.site import Plane

CHINA = (73.0, 3.0, 136.0, 54.0)
"""Longitude and latitude between which China lies: west, south, east, north."""

NORTHING = (0.4e6, 6.0e6)
EASTING = (166_000.0, 834_000.0)
"""Metres that a northing, and an easting without zone prefix, can be in China."""

NOTE_DEGREES = 1.5
LIMIT_DEGREES = 3.0
"""Degrees from the central meridian from which a note is made, and beyond which coordinates are refused."""


class Reading(Enum):
    """What a box of numbers looks like."""

    DEGREES = "degrees"
    SWAPPED_DEGREES = "swapped degrees"
    PREFIXED = "metres with a zone prefix"
    SWAPPED_METRES = "swapped metres"
    METRES = "metres"


@frozen
class Numbers:
    """A reading, with the zone and its width in degrees where an easting carries a prefix."""

    reading: Reading
    zone: int | None = None
    zone_width: int | None = None


def read_numbers(x: float, y: float) -> Numbers:
    """What one pair of numbers is, if it lies in China or is written in degrees.

    >>> read_numbers(39519000, 3497500)
    Numbers(reading=<Reading.PREFIXED: 'metres with a zone prefix'>, zone=39, zone_width=3)
    """
    west, south, east, north = CHINA
    if south <= x <= north and west <= y <= east:
        return Numbers(Reading.SWAPPED_DEGREES)
    if abs(x) <= 180 and abs(y) <= 90:
        return Numbers(Reading.DEGREES)
    if abs(y) <= 180 and abs(x) <= 90:
        return Numbers(Reading.SWAPPED_DEGREES)
    if _is_northing(x) and (_zone_of(y) or _is_easting(y)) and not (_is_easting(x) and _is_northing(y)):
        return Numbers(Reading.SWAPPED_METRES)
    if zone := _zone_of(x):
        return Numbers(Reading.PREFIXED, *zone)
    return Numbers(Reading.METRES)


def _is_northing(value: float) -> bool:
    return NORTHING[0] <= value <= NORTHING[1]


def _is_easting(value: float) -> bool:
    return EASTING[0] <= value <= EASTING[1]


def _zone_of(value: float) -> tuple[int, int] | None:
    zone = int(value // 1_000_000)
    if 25 <= zone <= 45:
        return zone, 3
    return (zone, 6) if 13 <= zone <= 23 else None


@frozen
class Source:
    """The system to read a file in, and what a person should know about how it was chosen."""

    crs: Crs
    notes: tuple[Diagnostic, ...] = ()


def source_system(
    declared: str | None,
    boxes: FloatArray,
    plane: Plane,
    *,
    ids: Sequence[str] = (),
    where: str = "",
    decimals: int | None = None,
) -> Source:
    """The system of a file from what it declares (`None` where nothing) and the boxes of its features.

    `boxes` are rows of minx, miny, maxx, maxy; `ids` name them in messages; `decimals` is the number of decimals
    written. Raises `InputError`: LR522 to LR527, LR533, LR534.
    """
    rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))

    def place(row: int) -> str:
        return " ".join(word for word in (where, ids[row] if row < len(ids) else "") if word)

    if declared is None:
        if plane.is_engineering:
            return Source(recognise(plane.code))
        for row in rows:
            _refuse_undeclared(boxes[row], place(int(row)))
        notes = [Diagnostic("LR520", where=where, severity="warning")]
        if decimals is not None and decimals <= 6:
            notes.append(Diagnostic("LR521", {"decimals": decimals}, where=where, severity="warning"))
        return Source(recognise("OGC:CRS84"), tuple(notes))
    crs = recognise(declared, where)
    if crs.is_engineering != plane.is_engineering:
        raise InputError(Diagnostic("LR534", {"plane": plane.code, "code": crs.code}, where=where))
    if not crs.is_engineering:
        _refuse_mixed_zones(crs, boxes[rows], where)
        for row in rows:
            _refuse_misfit(crs, boxes[row], place(int(row)))
    return Source(crs)


def _refuse_undeclared(box: FloatArray, where: str) -> None:
    x, y = float(box[0]), float(box[1])
    numbers = read_numbers(x, y)
    match numbers.reading:
        case Reading.DEGREES:
            return
        case Reading.SWAPPED_DEGREES | Reading.SWAPPED_METRES:
            raise InputError(_swapped(x, y, numbers.reading, where))
        case Reading.PREFIXED | Reading.METRES:
            if numbers.zone is not None and numbers.zone_width is not None:
                code = survey_zone(numbers.zone, numbers.zone_width).code
                zh = f"东坐标的前两位像 {numbers.zone_width} 度带第 {numbers.zone} 带；若是 CGCS2000，请声明 {code}"
                en = (
                    f"the first two digits of the easting look like {numbers.zone_width}-degree zone {numbers.zone}; "
                    f"if the data are CGCS2000, name {code}"
                )
            else:
                zh = "东坐标没有带号，无法判断是哪一带；请声明坐标系（例如 EPSG:4548）"
                en = "the easting has no zone prefix, so the zone cannot be known; name the system, such as EPSG:4548"
            args = {"x": _metres(x), "y": _metres(y), "advice_zh": zh, "advice_en": en}
            raise InputError(Diagnostic("LR524", args, where=where))


def _swapped(x: float, y: float, reading: Reading, where: str) -> Diagnostic:
    degrees = reading is Reading.SWAPPED_DEGREES
    words = ("纬度", "经度", "latitude", "longitude") if degrees else ("北坐标", "东坐标", "northing", "easting")
    keys = ("first_zh", "second_zh", "first_en", "second_en")
    shown = {"x": f"{x:.9g}", "y": f"{y:.9g}"} if degrees else {"x": _metres(x), "y": _metres(y)}
    return Diagnostic("LR525", shown | dict(zip(keys, words, strict=True)), where=where)


def _refuse_mixed_zones(crs: Crs, boxes: FloatArray, where: str) -> None:
    if not crs.is_survey_zone or len(boxes) == 0:
        return
    zones = sorted({z for value in boxes[:, [0, 2]].ravel() if (z := _zone_of(float(value)))})
    if len(zones) > 1:
        shown = ", ".join(f"{zone} ({width}°)" for zone, width in zones)
        raise InputError(Diagnostic("LR527", {"zones": shown}, where=where))


def _refuse_misfit(crs: Crs, box: FloatArray, where: str) -> None:
    """Numbers that the named system cannot have written."""
    x, y = float(box[0]), float(box[1])
    numbers = read_numbers(x, y)
    if crs.is_geographic:
        if numbers.reading is Reading.SWAPPED_DEGREES:
            raise InputError(_swapped(x, y, numbers.reading, where))
        if numbers.reading is not Reading.DEGREES:
            raise InputError(_unit_misfit(crs, x, y, degrees_found=False, where=where))
        return
    if numbers.reading in (Reading.DEGREES, Reading.SWAPPED_DEGREES):
        raise InputError(_unit_misfit(crs, x, y, degrees_found=True, where=where))
    if not crs.is_survey_zone:
        return
    if numbers.reading is Reading.SWAPPED_METRES:
        raise InputError(_swapped(x, y, numbers.reading, where))
    found = _zone_of(x)
    written = found[0] if found else 0
    if written == crs.prefix and (found or abs(x) < 1_000_000):
        return
    if found and crs.prefix:
        zh, en = f"带号是 {written}，而该坐标系是 {crs.prefix}", f"its zone is {written}, the system's is {crs.prefix}"
    elif found:
        zh, en = f"带有带号 {written}，而该坐标系不写带号", f"it carries zone {written}, and the system writes no zone"
    elif crs.prefix:
        zh, en = f"没有带号 {crs.prefix}", f"it lacks the zone prefix {crs.prefix}"
    else:
        zh, en = "超出该带的范围", "it lies outside the zone"
    args = {"x": _metres(x), "code": crs.code, "reason_zh": zh, "reason_en": en}
    raise InputError(Diagnostic("LR526", args, where=where))


def _unit_misfit(crs: Crs, x: float, y: float, *, degrees_found: bool, where: str) -> Diagnostic:
    wanted, found = (("米", "metres"), ("度", "degrees")) if degrees_found else (("度", "degrees"), ("米", "metres"))
    shown = {"x": f"{x:.9g}", "y": f"{y:.9g}"} if degrees_found else {"x": _metres(x), "y": _metres(y)}
    names = {"wanted": wanted[0], "wanted_en": wanted[1], "found": found[0], "found_en": found[1]}
    return Diagnostic("LR533", {"code": crs.code} | shown | names, where=where)


def _metres(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def zone_notes(box: FloatArray, plane: Plane, where: str = "") -> tuple[Diagnostic, ...]:
    """Notes on how far a box in the plane (minx, miny, maxx, maxy) lies from the central meridian.

    Empty for planes without one. LR529 is a note from 1.5° on; beyond 3° raises `InputError` with LR528.
    """
    crs = recognise(plane.code)
    if crs.meridian is None:
        return ()
    corners = np.array([[box[i], box[j]] for i in (0, 2) for j in (1, 3)], dtype=np.float64)
    degrees = own_degrees(corners, plane)
    far = float(np.abs((degrees[:, 0] - crs.meridian + 180.0) % 360.0 - 180.0).max())
    args = {"meridian": f"{crs.meridian:g}", "degrees": f"{math.ceil(far * 100) / 100:.2f}"}
    if far > LIMIT_DEGREES:
        raise InputError(Diagnostic("LR528", args, where=where))
    return (Diagnostic("LR529", args, where=where, severity="warning"),) if far > NOTE_DEGREES else ()
