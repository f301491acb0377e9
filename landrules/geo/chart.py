"""Charts: squares of the plane in which longitude, the survey's area and the areal density are polynomials.

To ask the projection library of every vertex of a county is a quarter of what preparing it costs. Within a square of some
thirty kilometres all that areas need of the earth is smooth to the last digit: the library is asked of a few hundred
positions, polynomials are laid through them, and further positions are compared. A square in which they disagree, or where
the library has no answer, has no chart, and the library is asked as before.

A chart belongs to its square and not to what is measured in it, so a shape has the same area in whatever company.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from landrules.base.diagnostic import InputError
from landrules.base.frozen import frozen
from landrules.geo.crs import areal_scale, ellipsoid, own_degrees
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.site import Plane

SIDE = 32_768.0
"""Metres: the squares' sides."""

REACH = 26_000.0
"""Metres from the middle of a square, to each side, for which its chart is good: what lies across its edges has one too."""

_DEGREE = 6
_POWERS = tuple((i, j) for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i))
_EXACT = 5e-13
"""How far a chart's density may be from what the library's positions say, as a part of it."""
_FACTORS = 1e-9
"""How far it may be from the library's own factors, which are difference quotients (good to 1e-10)."""
_BLOCK = 16_384

NONE = -1
"""The number of no chart."""


def _powers(points: FloatArray) -> FloatArray:
    u, v = points.T
    return np.column_stack([u**i * v**j for i, j in _POWERS])


_LINE = np.cos((np.arange(10) + 0.5) * np.pi / 10)
_NODES = np.array([(u, v) for u in _LINE for v in _LINE])
_FIT = np.linalg.pinv(_powers(_NODES))
_BETWEEN = np.array([(u, v) for u in np.linspace(-1.0, 1.0, 7) for v in np.linspace(-0.95, 0.95, 6)])


@frozen(eq=False)
class Chart:
    """One square: `middle` in metres of the plane, and the coefficients of its polynomials by the powers of u and v.

    u and v are -1 to 1 over `REACH`. `east` is longitude in radians and `area` the survey's area function of latitude
    (the notice's bracket, summed up from the equator), each less its value at the middle; `density` is ellipsoidal m² per
    planar m².
    """

    middle: tuple[float, float]
    east: FloatArray
    area: FloatArray
    density: FloatArray

    def survey(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """`east` and `area` at rows of plane coordinates."""
        east, area = _valued(self.middle, (self.east, self.area), points)
        return east, area

    def densities(self, points: FloatArray) -> FloatArray:
        """`density` at rows of plane coordinates."""
        return _valued(self.middle, (self.density,), points)[0]


def charts_of(boxes: FloatArray, plane: Plane) -> tuple[tuple[Chart, ...], IntArray]:
    """The charts that hold boxes (minx, miny, maxx, maxy), and which of them holds each; `NONE` where none does."""
    of = np.full(len(boxes), NONE, dtype=np.int64)
    rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    rows = rows[np.abs(boxes[rows]).max(axis=1, initial=0.0) < 1e9]
    square = np.floor((boxes[rows, :2] + boxes[rows, 2:]) / (2.0 * SIDE)).astype(np.int64)
    middle = (square + 0.5) * SIDE
    fits = (np.abs(boxes[rows].reshape(-1, 2, 2) - middle[:, None, :]) <= REACH).all(axis=(1, 2))
    rows, square = rows[fits], square[fits]
    charts: list[Chart] = []
    if len(rows):
        key = (square[:, 0] << 32) + square[:, 1]
        _, first, place = np.unique(key, return_index=True, return_inverse=True)
        for number, (x, y) in enumerate(square[first].tolist()):
            chart = _chart(plane, x, y)
            if chart is not None:
                of[rows[place == number]] = len(charts)
                charts.append(chart)
    return tuple(charts), of


@lru_cache(maxsize=512)
def _chart(plane: Plane, column: int, row: int) -> Chart | None:
    """The chart of a square; `None` where polynomials do not tell what the library does."""
    middle = np.array([(column + 0.5) * SIDE, (row + 0.5) * SIDE])
    try:
        degrees = own_degrees(middle + REACH * np.concatenate([_NODES, _BETWEEN, np.zeros((1, 2))]), plane)
        factors = 1.0 / areal_scale(middle + REACH * _BETWEEN, plane)
    except InputError:
        return None
    lon, lat = np.radians(degrees).T
    lon = (lon - lon[-1] + np.pi) % (2.0 * np.pi) - np.pi
    figure = ellipsoid(plane)
    bracket = survey_series(figure.e2)
    sums = _summed(lat, bracket)
    sums -= sums[-1]
    many = len(_NODES)
    east, area = _FIT @ lon[:many], _FIT @ sums[:many]
    true = (1.0 - figure.e2) * np.cos(lat) / (1.0 - figure.e2 * np.sin(lat) ** 2) ** 2
    slope = sum(k * c * np.cos(k * lat) for k, c in zip((1, 3, 5, 7, 9), bracket, strict=True))
    scale = figure.b**2 / REACH**2 * (true * figure.a**2 / figure.b**2) / slope
    at_nodes = _turned(east, area, _NODES) * scale[:many]
    density = _FIT @ at_nodes
    between = slice(many, many + len(_BETWEEN))
    told = _powers(_BETWEEN) @ density
    agrees = (
        np.abs(_powers(_BETWEEN) @ np.column_stack([east, area]) - np.column_stack([lon, sums])[between]).max()
        <= _EXACT * REACH / figure.a
        and (np.abs(told - _turned(east, area, _BETWEEN) * scale[between]) <= _EXACT * told).all()
        and (np.abs(told - factors) <= _FACTORS * factors).all()
    )
    return Chart((float(middle[0]), float(middle[1])), east, area, density) if agrees else None


def survey_series(e2: float) -> tuple[float, float, float, float, float]:
    """The factors of sin B, sin 3B, ... in the notice's area function, signs included. Source: 国土调查办发〔2008〕32号."""
    e4, e6, e8 = e2**2, e2**3, e2**4
    return (
        1 + 3 / 6 * e2 + 30 / 80 * e4 + 35 / 112 * e6 + 630 / 2304 * e8,
        -(1 / 6 * e2 + 15 / 80 * e4 + 21 / 112 * e6 + 420 / 2304 * e8),
        3 / 80 * e4 + 7 / 112 * e6 + 180 / 2304 * e8,
        -(1 / 112 * e6 + 45 / 2304 * e8),
        5 / 2304 * e8,
    )


def _summed(lat: FloatArray, bracket: tuple[float, ...]) -> FloatArray:
    out = np.zeros(len(lat))
    for k, factor in zip((1, 3, 5, 7, 9), bracket, strict=True):
        out += factor * np.sin(k * lat)
    return out


def _turned(east: FloatArray, area: FloatArray, points: FloatArray) -> FloatArray:
    """The functional determinant of two polynomials in u and v."""
    u, v = points.T
    by_u = np.column_stack([i * u ** max(i - 1, 0) * v**j for i, j in _POWERS])
    by_v = np.column_stack([j * u**i * v ** max(j - 1, 0) for i, j in _POWERS])
    out: FloatArray = (by_u @ east) * (by_v @ area) - (by_v @ east) * (by_u @ area)
    return out


def _valued(middle: tuple[float, float], functions: tuple[FloatArray, ...], points: FloatArray) -> list[FloatArray]:
    """Polynomials at positions, some thousand positions at a time: by Horner's rule, in sums and products alone."""
    out = [np.empty(len(points)) for _ in functions]
    for start in range(0, len(points), _BLOCK):
        part = points[start : start + _BLOCK]
        u, v = (part[:, 0] - middle[0]) / REACH, (part[:, 1] - middle[1]) / REACH
        for function, values in zip(functions, out, strict=True):
            total, inner = values[start : start + _BLOCK], np.empty(len(part))
            total[:] = 0.0
            at = len(function)
            for i in range(_DEGREE, -1, -1):
                factors = function[at - (_DEGREE + 1 - i) : at].tolist()
                at -= len(factors)
                inner[:] = factors[-1]
                for factor in factors[-2::-1]:
                    inner *= v
                    inner += factor
                total *= u
                total += inner
    return out
