"""A plain map of the judged ground, as SVG: pieces by outcome, parcel names, a scale bar, an arrow to the north.

A drawing and no measurement: longitudes are shrunk by the cosine of the middle latitude, which is true to a few
thousandths over a site. Floats here place ink on paper; no number of a report comes from them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.engine.answer import FindingOut
from landrules.render.element import Html, element, joined
from landrules.render.words import OUTCOMES, SEVERITY, Word

_WIDTH, _HEIGHT, _EDGE = 760.0, 460.0, 34.0
_METRES_PER_DEGREE = 111_320.0
_SMALL = 7.0
"""Pieces narrower than this many units get a ring around them, or they would be missed."""

_GROUND = ("permit", "not_applicable", "information")
_FILLS = {
    "deny": "url(#deny)",
    "indeterminate": "url(#indeterminate)",
    "refer": "url(#refer)",
    "conditional": "url(#conditional)",
    "ground": "#e9ede4",
}
_STROKES = {
    "deny": "#a3161f",
    "indeterminate": "#5b4a9e",
    "refer": "#8a5a00",
    "conditional": "#14618f",
    "ground": "#7d8578",
}
_GROUND_WORD = Word("已审查用地（无问题）", "ground judged, nothing found")

Point = tuple[float, float]


@frozen
class Shape:
    """Rings (closed) or lines of one piece in longitude and latitude, what it is, and whose parcel."""

    kind: str
    parcel: str
    rings: tuple[tuple[Point, ...], ...]


def drawing(findings: Iterable[FindingOut], lang: Lang) -> Html | None:
    """The map with its legend, or `None` where no piece has a geometry."""
    shapes = _shapes(findings)
    if not shapes:
        return None
    view = _View.over(shapes)
    kinds = [kind for kind in ("ground", *reversed(SEVERITY)) if any(shape.kind == kind for shape in shapes)]
    body = [_patterns()]
    for kind in kinds:
        body += [_path(shape, view) for shape in shapes if shape.kind == kind]
    body += [ring for shape in shapes if shape.kind != "ground" for ring in _ring(shape, view)]
    body += list(_labels(shapes, view))
    body += [_scale_bar(view), _north(lang)]
    title = Word("用地与发现位置示意图", "Sketch of the site and of what was found")(lang)
    svg = element(
        "svg", element("title", title), *body,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH:.0f} {view.height:.0f}", class_="map", role="img",
    )  # fmt: skip
    return element("figure", svg, _legend(kinds, lang))


def _shapes(findings: Iterable[FindingOut]) -> list[Shape]:
    """Each place once for every outcome found there."""
    seen: dict[tuple[str, str], Shape] = {}
    for finding in findings:
        places = [(p.outcome, p.parcel, p.geometry) for p in finding.pieces if p.geometry is not None]
        if not places and finding.geometry is not None:
            places = [(finding.outcome, "", finding.geometry)]
        for outcome, parcel, geometry in places:
            kind = "ground" if outcome in _GROUND else outcome
            rings = tuple(_rings(geometry))
            if rings:
                seen.setdefault((kind, json.dumps(geometry, sort_keys=True)), Shape(kind, parcel, rings))
    return list(seen.values())


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[Point, ...]]:
    """Every ring or line of a GeoJSON geometry; points are left out."""
    match geometry.get("type"):
        case "Polygon" | "MultiLineString":
            yield from (_points(ring) for ring in geometry["coordinates"])
        case "MultiPolygon":
            yield from (_points(ring) for polygon in geometry["coordinates"] for ring in polygon)
        case "LineString":
            yield _points(geometry["coordinates"])
        case "GeometryCollection":
            for member in geometry["geometries"]:
                yield from _rings(member)
        case _:
            return


def _points(positions: list[list[float]]) -> tuple[Point, ...]:
    return tuple((float(p[0]), float(p[1])) for p in positions)


@frozen
class _View:
    """How degrees become units of the drawing."""

    west: float
    north: float
    per_lon: float
    per_lat: float
    left: float
    top: float
    height: float
    units_per_metre: float

    @staticmethod
    def over(shapes: list[Shape]) -> _View:
        lons = [lon for shape in shapes for ring in shape.rings for lon, _ in ring]
        lats = [lat for shape in shapes for ring in shape.rings for _, lat in ring]
        west, east, south, north = min(lons), max(lons), min(lats), max(lats)
        metres_lon = _METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2))
        wide = max((east - west) * metres_lon, 1.0)
        high = max((north - south) * _METRES_PER_DEGREE, 1.0)
        units = min((_WIDTH - 2 * _EDGE) / wide, (_HEIGHT - 2 * _EDGE) / high)
        height = max(high * units, 120.0) + 2 * _EDGE
        return _View(
            west, north, metres_lon * units, _METRES_PER_DEGREE * units,
            (_WIDTH - wide * units) / 2, (height - high * units) / 2, height, units,
        )  # fmt: skip

    def at(self, point: Point) -> Point:
        return self.left + (point[0] - self.west) * self.per_lon, self.top + (self.north - point[1]) * self.per_lat


def _path(shape: Shape, view: _View) -> Html:
    parts = []
    for ring in shape.rings:
        points = [view.at(point) for point in ring]
        closed = "Z" if ring[0] == ring[-1] and len(ring) > 3 else ""
        parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + closed)
    is_area = all(part.endswith("Z") for part in parts)
    return element(
        "path", d="".join(parts), fill=_FILLS[shape.kind] if is_area else "none", fill_rule="evenodd",
        stroke=_STROKES[shape.kind], stroke_width="1.4" if shape.kind != "ground" else "0.9",
    )  # fmt: skip


def _ring(shape: Shape, view: _View) -> Iterator[Html]:
    points = [view.at(point) for ring in shape.rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(max(xs) - min(xs), max(ys) - min(ys)) < 3 * _SMALL or min(max(xs) - min(xs), max(ys) - min(ys)) < _SMALL / 2:
        reach = max(max(xs) - min(xs), max(ys) - min(ys)) / 2 + _SMALL
        if reach <= 4 * _SMALL:
            yield element(
                "circle", cx=f"{(max(xs) + min(xs)) / 2:.1f}", cy=f"{(max(ys) + min(ys)) / 2:.1f}", r=f"{reach:.1f}",
                fill="none", stroke=_STROKES[shape.kind], stroke_width="1.6",
            )  # fmt: skip


def _labels(shapes: list[Shape], view: _View) -> Iterator[Html]:
    """The name of each parcel at the middle of its largest piece."""
    largest: dict[str, tuple[float, Point]] = {}
    for shape in shapes:
        if shape.parcel:
            size, middle = max(_middle([view.at(p) for p in ring]) for ring in shape.rings)
            if size > largest.get(shape.parcel, (-1.0, (0.0, 0.0)))[0]:
                largest[shape.parcel] = (size, middle)
    for parcel, (_, (x, y)) in sorted(largest.items()):
        yield element(
            "text", parcel, x=f"{x:.1f}", y=f"{y + 4:.1f}", text_anchor="middle", font_size="13", fill="#1c1c1a",
            stroke="#ffffff", stroke_width="3", paint_order="stroke", stroke_linejoin="round",
        )  # fmt: skip


def _middle(ring: list[Point]) -> tuple[float, Point]:
    """Size and centroid of a ring in the drawing; the middle of its extent where it has no size."""
    twice = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    if abs(twice) < 1e-9:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        return 0.0, ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    pairs = list(pairwise(ring))
    x = sum((x0 + x1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs) / (3 * twice)
    y = sum((y0 + y1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs) / (3 * twice)
    return abs(twice) / 2, (x, y)


def _scale_bar(view: _View) -> Html:
    metres = _round_length(150.0 / view.units_per_metre)
    wide, y = metres * view.units_per_metre, view.height - 12
    text = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    return element(
        "g",
        element("path", d=f"M14 {y - 5:.1f}V{y:.1f}H{14 + wide:.1f}V{y - 5:.1f}", fill="none", stroke="#1c1c1a", stroke_width="1.4"),
        element("text", text, x=f"{14 + wide + 6:.1f}", y=f"{y:.1f}", font_size="12", fill="#1c1c1a"),
    )  # fmt: skip


def _round_length(longest: float) -> float:
    """The longest 1, 2 or 5 times a power of ten that is not longer."""
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest * (1 + 1e-9))


def _north(lang: Lang) -> Html:
    x = _WIDTH - 22
    return element(
        "g",
        element("path", d=f"M{x} 24L{x - 6} 42L{x} 38L{x + 6} 42Z", fill="#1c1c1a"),
        element(
            "text",
            "北" if lang == "zh" else "N",
            x=f"{x}",
            y="19",
            text_anchor="middle",
            font_size="12",
            fill="#1c1c1a",
        ),
    )


def _patterns() -> Html:
    """Hatches that tell the outcomes apart without colour."""

    def pattern(kind: str, lines: str, dots: bool = False) -> Html:
        colour = _STROKES[kind]
        mark = (
            element("circle", cx="3", cy="3", r="1.3", fill=colour)
            if dots
            else element("path", d=lines, stroke=colour, stroke_width="1.3")
        )
        back = element("rect", width="7", height="7", fill=colour, fill_opacity="0.14")
        return element("pattern", back, mark, id=kind, width="7", height="7", patternUnits="userSpaceOnUse")

    return element(
        "defs",
        pattern("deny", "M-1 8L8 -1M-1 1L1 -1M6 8L8 6"),
        pattern("indeterminate", "", dots=True),
        pattern("refer", "M3.5 0V7"),
        pattern("conditional", "M-1 -1L8 8M6 -1L8 1M-1 6L1 8"),
    )


def _legend(kinds: list[str], lang: Lang) -> Html:
    items = []
    for kind in reversed(kinds):
        swatch = element(
            "svg",
            element("rect", x="1", y="1", width="28", height="14", fill=_FILLS[kind], stroke=_STROKES[kind]),
            viewBox="0 0 30 16", aria_hidden="true",
        )  # fmt: skip
        word = _GROUND_WORD(lang) if kind == "ground" else OUTCOMES[kind](lang)
        items.append(element("li", swatch, word))
    return element("figcaption", element("ul", joined(items), class_="legend"))
