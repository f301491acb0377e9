"""Coordinate reference systems, and the only door to pyproj.

The survey's systems are a table (domain/crs.md 1), recognised without opening pyproj; others are asked of PROJ's
database, never of the network. Numbers are x = east or longitude, y = north or latitude everywhere, whatever order an
authority prints. A conversion is exact, or CGCS2000 taken as WGS 84, or PROJ's stated operation; a ballpark shift is
refused. An engineering plane never opens pyproj.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import Any

import numpy as np
import shapely

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray
from landrules.geo.site import Geometry, GeometryArray, Plane

ENGINEERING = "engineering"
LON_LAT = "EPSG:4490"
"""Degrees of CGCS2000, taken as equal to WGS 84: what a report's GeoJSON is written in."""


class Datum(Enum):
    """The frame that coordinates refer to; `OTHER` frames are told apart by PROJ's name."""

    CGCS2000 = "CGCS2000"
    WGS84 = "WGS 84"
    XIAN1980 = "Xian 1980"
    BEIJING1954 = "Beijing 1954"
    OTHER = "other"
    NONE = "none"


DATUM_ZH = {
    Datum.CGCS2000: "2000国家大地坐标系",
    Datum.WGS84: "WGS 84 坐标系",
    Datum.XIAN1980: "1980西安坐标系",
    Datum.BEIJING1954: "1954年北京坐标系",
    Datum.OTHER: "其他坐标系",
    Datum.NONE: "工程坐标系",
}


@frozen
class Crs:
    """A recognised system.

    `code` is what pyproj reads (an authority code; WKT for a system that has none) or ``engineering``. `meridian` is
    the central meridian in degrees of a transverse Mercator plane. `zone` and `zone_width` are those of a Gauss-Krüger
    zone of China, `prefix` the zone number written before its eastings, 0 where none is written.
    """

    code: str
    datum: Datum
    datum_name: str
    is_geographic: bool
    meridian: float | None = None
    zone: int | None = None
    zone_width: int | None = None
    prefix: int = 0

    @property
    def is_engineering(self) -> bool:
        """Whether there is no earth below."""
        return self.code == ENGINEERING

    @property
    def is_survey_zone(self) -> bool:
        """Whether this is one of the Gauss-Krüger zones of domain/crs.md 1."""
        return self.zone is not None


# Source: domain/crs.md 1. Code = offset + zone.
_FAMILIES: tuple[tuple[Datum, int, bool, int], ...] = (
    (Datum.CGCS2000, 6, True, 4478),
    (Datum.CGCS2000, 6, False, 4489),
    (Datum.CGCS2000, 3, True, 4488),
    (Datum.CGCS2000, 3, False, 4509),
    (Datum.XIAN1980, 6, True, 2314),
    (Datum.XIAN1980, 6, False, 2325),
    (Datum.XIAN1980, 3, True, 2324),
    (Datum.XIAN1980, 3, False, 2345),
    (Datum.BEIJING1954, 6, True, 21400),
    (Datum.BEIJING1954, 6, False, 21440),
    (Datum.BEIJING1954, 3, True, 2376),
    (Datum.BEIJING1954, 3, False, 2397),
)
_ZONES = {6: range(13, 24), 3: range(25, 46)}
_GEOGRAPHIC = {
    "EPSG:4490": Datum.CGCS2000,
    "EPSG:4326": Datum.WGS84,
    "OGC:CRS84": Datum.WGS84,
    "EPSG:4610": Datum.XIAN1980,
    "EPSG:4214": Datum.BEIJING1954,
}
_DATUM_NAMES = (
    ("china 2000", Datum.CGCS2000),
    ("world geodetic system 1984", Datum.WGS84),
    ("xian 1980", Datum.XIAN1980),
    ("beijing 1954", Datum.BEIJING1954),
)


def meridian_of(zone: int, width: int) -> float:
    """The central meridian of a zone in degrees.

    >>> meridian_of(39, 3), meridian_of(20, 6)
    (117.0, 117.0)
    """
    return float(3 * zone if width == 3 else 6 * zone - 3)


def survey_zone(zone: int, width: int, *, prefix: bool = True, datum: Datum = Datum.CGCS2000) -> Crs:
    """The Gauss-Krüger zone of that number and width."""
    offset = next(o for d, w, p, o in _FAMILIES if (d, w, p) == (datum, width, prefix))
    code = f"EPSG:{offset + zone}"
    return Crs(code, datum, datum.value, False, meridian_of(zone, width), zone, width, zone if prefix else 0)


def _survey_zones() -> dict[str, Crs]:
    return {
        (crs := survey_zone(zone, width, prefix=prefix, datum=datum)).code: crs
        for datum, width, prefix, _ in _FAMILIES
        for zone in _ZONES[width]
    }


SURVEY_ZONES: dict[str, Crs] = _survey_zones()

_EPSG = re.compile(
    r"(?:EPSG:{1,2}|URN:(?:X-)?OGC:DEF:CRS:EPSG:[\d.]*:|HTTPS?://\S*/EPSG/(?:0/|[\d.]+/|0#)?)(\d+)", re.I
)
_CRS84 = re.compile(r"(?:URN:OGC:DEF:CRS:OGC:[\d.]*:|OGC:|HTTPS?://\S*/OGC/[\d.]+/)?CRS:?84", re.I)


def recognise(text: str, where: str = "") -> Crs:
    """The system that a file or a workspace names: a code, an OGC urn or address, a WKT, or ``engineering``.

    Raises `InputError` with LR522 where it is unknown, LR523 where it counts in feet or grads.

    >>> recognise("urn:ogc:def:crs:EPSG::4527").code
    'EPSG:4527'
    """
    words = text.strip()
    if words.lower() == ENGINEERING:
        return Crs(ENGINEERING, Datum.NONE, "", False)
    if _CRS84.fullmatch(words):
        return _known("OGC:CRS84", where)
    if found := _EPSG.fullmatch(words):
        return _known(f"EPSG:{int(found[1])}", where)
    return _described(words, where)


def _known(code: str, where: str) -> Crs:
    if code in SURVEY_ZONES:
        return SURVEY_ZONES[code]
    if code in _GEOGRAPHIC:
        return Crs(code, _GEOGRAPHIC[code], _GEOGRAPHIC[code].value, True)
    return _described(code, where)


@lru_cache(maxsize=64)
def _described(text: str, where: str) -> Crs:
    """A system of PROJ's database, or of a WKT; one that equals a survey zone becomes that zone."""
    from pyproj.exceptions import CRSError

    try:
        crs = _pyproj_crs(text)
    except CRSError:
        crs = None
    if crs is None or crs.geodetic_crs is None or not (crs.is_geographic or crs.is_projected):
        shown = text if len(text) <= 60 else text[:57] + "..."
        raise InputError(Diagnostic("LR522", {"text": shown}, where=where))
    if crs.is_compound and crs.sub_crs_list:
        crs = crs.sub_crs_list[0]
    authority = crs.to_authority(min_confidence=70)
    code = ":".join(authority) if authority else text
    if code in SURVEY_ZONES or code in _GEOGRAPHIC:
        return _known(code, where)
    wanted, wanted_zh = ("degree", "度") if crs.is_geographic else ("metre", "米")
    for axis in crs.axis_info[:2]:
        if axis.unit_name.lower() not in (wanted, "meter" if wanted == "metre" else wanted):
            unit = {"code": code, "unit": axis.unit_name, "wanted": wanted_zh, "wanted_en": wanted + "s"}
            raise InputError(Diagnostic("LR523", unit, where=where))
    name = crs.geodetic_crs.datum.name if crs.geodetic_crs.datum else crs.geodetic_crs.name
    datum = next((d for word, d in _DATUM_NAMES if name.lower().startswith(word)), Datum.OTHER)
    return Crs(code, datum, name, bool(crs.is_geographic), _meridian(crs))


def _meridian(crs: Any) -> float | None:
    operation = crs.coordinate_operation
    if operation is None or not operation.method_name.startswith("Transverse Mercator"):
        return None
    return next((float(p.value) for p in operation.params if p.name == "Longitude of natural origin"), None)


def _pyproj_crs(text: str) -> Any:
    return _proj().CRS.from_user_input(text)


@lru_cache(maxsize=1)
def _proj() -> Any:
    """pyproj, opened when first needed, and kept off the network whatever the environment says."""
    network: Any = import_module("pyproj.network")
    network.set_network_enabled(active=False)
    return import_module("pyproj")


def plane_of(text: str, where: str = "") -> Plane:
    """The plane that a workspace names: projected in metres, or ``engineering``.

    Raises `InputError` with LR522, LR523, or LR535 for a system in degrees.
    """
    crs = recognise(text, where)
    if crs.is_geographic:
        raise InputError(Diagnostic("LR535", {"code": crs.code}, where=where))
    return Plane(crs.code)


# --- conversion ------------------------------------------------------------------------------------------------------


def transform(geometries: GeometryArray, source: str, target: str, where: str = "") -> GeometryArray:
    """Geometries of one system in another, vertex by vertex; Z and M are dropped.

    Two writings of one plane (with and without zone prefix, a 3-degree and a 6-degree zone of one meridian) differ by
    whole millions of metres and are shifted exactly. Raises `InputError`: LR530 and LR531 where no reliable shift
    exists, LR532 where a coordinate does not come out finite, LR534 between engineering and the earth.
    """
    step = _steps(recognise(source, where), recognise(target, where), where)
    if step is None:
        return geometries
    out: GeometryArray = shapely.transform(geometries, step, include_z=False)
    return out


def transform_points(points: FloatArray, source: str, target: str, where: str = "") -> FloatArray:
    """Rows of (x, y) of one system in another, as `transform` does."""
    step = _steps(recognise(source, where), recognise(target, where), where)
    return points if step is None else step(points)


def has_lonlat(plane: Plane) -> bool:
    """Whether the plane's coordinates have known degrees: not an engineering plane, not an older frame of China."""
    return recognise(plane.code).datum not in _LOCAL_FRAMES | {Datum.NONE}


def to_lonlat(geometry: Geometry, plane: Plane) -> Geometry:
    """A geometry of the plane in degrees, longitude first; CGCS2000 and WGS 84 are taken as equal.

    Raises `InputError` where the plane has none (`has_lonlat`).
    """
    if geometry is None:
        return None
    target = LON_LAT if recognise(plane.code).datum is Datum.CGCS2000 else "EPSG:4326"
    return transform(np.array([geometry], dtype=object), plane.code, target)[0]


class _Step:
    """A conversion of coordinate rows: a chain of shifts and PROJ operations that checks what comes out."""

    __slots__ = ("chain", "shift", "source", "target", "where")

    def __init__(self, source: str, target: str, where: str, chain: tuple[Any, ...], shift: float = 0.0) -> None:
        self.source, self.target, self.where, self.chain, self.shift = source, target, where, chain, shift

    def __call__(self, points: FloatArray) -> FloatArray:
        x, y = points[:, 0] + self.shift, points[:, 1]
        for operation in self.chain:
            x, y = operation.transform(x, y)
        out = np.column_stack([x, y])
        bad = np.flatnonzero(~np.isfinite(out).all(axis=1))
        if len(bad):
            place = {"x": f"{points[bad[0], 0]:.9g}", "y": f"{points[bad[0], 1]:.9g}"}
            codes = {"source_code": self.source, "target_code": self.target}
            raise InputError(Diagnostic("LR532", place | codes, where=self.where))
        return out


_ONE_FRAME = frozenset({Datum.CGCS2000, Datum.WGS84})
_LOCAL_FRAMES = frozenset({Datum.XIAN1980, Datum.BEIJING1954})


def _steps(source: Crs, target: Crs, where: str) -> _Step | None:
    """How to get from one system to another; `None` where the numbers are the same."""
    if source.code == target.code:
        return None
    if source.is_engineering or target.is_engineering:
        plane, code = (target.code, source.code) if target.is_engineering else (source.code, target.code)
        raise InputError(Diagnostic("LR534", {"plane": plane, "code": code}, where=where))
    same_frame = source.datum is target.datum and source.datum_name == target.datum_name
    if same_frame and source.is_survey_zone and target.is_survey_zone and source.meridian == target.meridian:
        return _Step(source.code, target.code, where, (), (target.prefix - source.prefix) * 1e6)
    if not same_frame and _LOCAL_FRAMES & {source.datum, target.datum}:
        names = {"source_zh": DATUM_ZH[source.datum], "target_zh": DATUM_ZH[target.datum]}
        names |= {"source_en": source.datum_name, "target_en": target.datum_name}
        codes = {"source_code": source.code, "target_code": target.code}
        raise InputError(Diagnostic("LR530", names | codes, where=where))
    if not same_frame and {source.datum, target.datum} <= _ONE_FRAME:
        there = () if source.is_geographic else (_operation(source.code, _degrees_of(source), where),)
        back = () if target.is_geographic else (_operation(_degrees_of(target), target.code, where),)
        return _Step(source.code, target.code, where, there + back)
    return _Step(source.code, target.code, where, (_operation(source.code, target.code, where),))


def _degrees_of(crs: Crs) -> str:
    return "EPSG:4490" if crs.datum is Datum.CGCS2000 else "EPSG:4326"


@lru_cache(maxsize=64)
def _operation(source: str, target: str, where: str) -> Any:
    from pyproj.exceptions import ProjError

    try:
        return _proj().Transformer.from_crs(source, target, always_xy=True, allow_ballpark=False)
    except ProjError:
        codes = {"source_code": source, "target_code": target}
        raise InputError(Diagnostic("LR531", codes, where=where)) from None


# --- what areas need of the earth ------------------------------------------------------------------------------------


@frozen
class Ellipsoid:
    """Semi-major axis in metres and inverse flattening."""

    a: float
    rf: float

    @property
    def e2(self) -> float:
        """The square of the first eccentricity."""
        f = 1.0 / self.rf
        return f * (2.0 - f)

    @property
    def b(self) -> float:
        """Semi-minor axis in metres."""
        return self.a * (1.0 - 1.0 / self.rf)


CGCS2000 = Ellipsoid(6378137.0, 298.257222101)


@lru_cache(maxsize=16)
def ellipsoid(plane: Plane) -> Ellipsoid:
    """The ellipsoid below a plane."""
    crs = recognise(plane.code)
    if crs.datum is Datum.CGCS2000:
        return CGCS2000
    figure = _pyproj_crs(crs.code).ellipsoid
    return Ellipsoid(float(figure.semi_major_metre), float(figure.inverse_flattening))


def own_degrees(points: FloatArray, plane: Plane) -> FloatArray:
    """Rows of plane coordinates as longitude, latitude of the plane's own frame (no shift between frames)."""
    crs = recognise(plane.code)
    own = _GEOGRAPHIC_OF.get(crs.datum) or _own_geographic(crs.code)
    return _Step(plane.code, own, "", (_operation(crs.code, own, ""),))(points)


_GEOGRAPHIC_OF = {
    Datum.CGCS2000: "EPSG:4490",
    Datum.WGS84: "EPSG:4326",
    Datum.XIAN1980: "EPSG:4610",
    Datum.BEIJING1954: "EPSG:4214",
}


@lru_cache(maxsize=16)
def _own_geographic(code: str) -> str:
    return str(_pyproj_crs(code).geodetic_crs.to_wkt())


def areal_scale(points: FloatArray, plane: Plane) -> FloatArray:
    """Plane area over ellipsoidal area at rows of plane coordinates (1 on the central meridian of a Gauss plane)."""
    degrees = own_degrees(points, plane)
    with _ONE_AT_A_TIME:
        factors = _projection(plane.code).get_factors(degrees[:, 0], degrees[:, 1], errcheck=True)
    return np.atleast_1d(np.asarray(factors.areal_scale, dtype=np.float64))


_ONE_AT_A_TIME = Lock()
"""A projection's factors are not for several threads at once."""


@lru_cache(maxsize=16)
def _projection(code: str) -> Any:
    return _proj().Proj(_pyproj_crs(code))


def geodesic(figure: Ellipsoid) -> Any:
    """Karney's geodesics on an ellipsoid (pyproj's `Geod`): takes and gives longitude before latitude."""
    return _proj().Geod(a=figure.a, rf=figure.rf)


def proj_version() -> str:
    """The version of PROJ, for a report's provenance."""
    return str(_proj().proj_version_str)
