"""The rest of Qingxi: a gap-free mesh of ordinary patches, so that an index has something to search.

A lattice of uneven lines is bent at every node and at the middle of every edge; neighbours share their points, so the
mesh has neither gap nor overlap. Lines that lie close together make linear patches (roads, ditches, a river). Cells are
grouped in blocks of a theme (plain, hill, village ...), and neighbours of one class are joined at random. `random.Random`
with a fixed seed is specified to give the same numbers everywhere, so the mesh is the same on every machine.

Comes in: nothing. Goes out: `FillerPatch` records and their groups by theme, in EPSG:4527, snapped to a millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import shapely
from listed import CHENGGUAN, COLLECTIVE, DONGHE, ORIGIN, SHIQIAO, STATE, Owner

Point = tuple[float, float]
Edge = tuple[Point, Point, Point]

SOUTH, NORTH = 1900.0, 5900.0
STRIPS = ((SHIQIAO, -5000.0, -1500.0), (DONGHE, -1500.0, 2000.0), (CHENGGUAN, 2000.0, 5000.0))
"""The filler's east-west strips, one in each township, so that no patch crosses a township line."""

MEAN_STEP = 122.0
BLOCK = 6
ROADS, DITCHES, RIVER = (5, 17, 29), (11, 23), 34
"""Rows of the lattice that are narrow: roads and ditches a few metres, the river forty."""

SHARES = {
    "farm": (("0101", 13), ("0103", 4), ("1104", 1)),
    "plain": (("0103", 8), ("0101", 3), ("0201", 3), ("1104", 2), ("0307", 2), ("1202", 1), ("0702", 1)),
    "hill": (("0301", 10), ("0302", 2), ("0305", 3), ("0307", 4), ("0202", 2)),
    "reserve": (("0301", 12), ("0305", 2), ("0307", 2)),
    "village": (("0702", 10), ("1201", 3), ("1004", 2), ("08H2", 1), ("0103", 2)),
    "town": (("0601", 7), ("0508", 3), ("1004", 2), ("0701", 2), ("0809", 1)),
}
THEMES = (("farm", 5), ("plain", 6), ("hill", 5), ("reserve", 1), ("village", 2))
ZONE_OF_THEME = {
    "farm": "farm_protect",
    "plain": "rural.general",
    "hill": "rural.general",
    "reserve": "eco_protect",
    "village": "rural.village",
    "town": "urban.concentrated.industry",
}


@dataclass(frozen=True, slots=True)
class FillerPatch:
    """A patch of the mesh with what the survey and the plan say of it."""

    id: str
    polygon: shapely.Polygon
    survey_class: str
    theme: str
    block: tuple[int, int, int]
    township: str
    owner: Owner
    slope: int
    ridge: float
    quality: int
    grade: int


def _pick(rng: Random, shares: tuple[tuple[str, int], ...]) -> str:
    at = rng.random() * sum(weight for _, weight in shares)
    for value, weight in shares:
        at -= weight
        if at < 0:
            return value
    return shares[-1][0]


def _lines(rng: Random, low: float, high: float, narrow: dict[int, float]) -> list[float]:
    """Uneven line positions from `low` to `high`; step i has the width that `narrow` names."""
    count = round((high - low - sum(narrow.values())) / MEAN_STEP) + len(narrow)
    free = {i: 0.7 + 0.6 * rng.random() for i in range(count) if i not in narrow}
    scale = (high - low - sum(narrow.values())) / sum(free.values())
    lines = [low]
    for i in range(count):
        lines.append(lines[-1] + narrow.get(i, free.get(i, 0.0) * scale))
    lines[-1] = high
    return lines


class Lattice:
    """Bent lines, and the four edges of every cell; the columns in `straight` stay straight, as the border does."""

    def __init__(self, rng: Random, xs: list[float], ys: list[float], straight: frozenset[int]) -> None:
        self.columns, self.rows, self.straight = len(xs) - 1, len(ys) - 1, straight
        self.nodes = {
            (i, j): (xs[i] + self._east(rng, xs, i, 0.2), ys[j] + self._shift(rng, ys, j, 0.2))
            for j in range(len(ys))
            for i in range(len(xs))
        }
        self.middles: dict[tuple[int, int, str], Point] = {}
        for (i, j), (x, y) in self.nodes.items():
            if i < self.columns:
                end = self.nodes[i + 1, j]
                self.middles[i, j, "east"] = ((x + end[0]) / 2, (y + end[1]) / 2 + self._shift(rng, ys, j, 0.1))
            if j < self.rows:
                end = self.nodes[i, j + 1]
                self.middles[i, j, "north"] = ((x + end[0]) / 2 + self._east(rng, xs, i, 0.1), (y + end[1]) / 2)

    @staticmethod
    def _shift(rng: Random, lines: list[float], k: int, share: float) -> float:
        """A random shift of line k, small against its nearer neighbour; none on the mesh's own border."""
        part = 2 * rng.random() - 1
        if k in (0, len(lines) - 1):
            return 0.0
        return part * share * min(lines[k] - lines[k - 1], lines[k + 1] - lines[k])

    def _east(self, rng: Random, lines: list[float], k: int, share: float) -> float:
        shift = self._shift(rng, lines, k, share)
        return 0.0 if k in self.straight else shift

    def edges(self, i: int, j: int) -> list[Edge]:
        """The anticlockwise edges of cell (i, j): each its start, middle and end, in EPSG:4527."""
        a, b, c, d = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
        south = (self.nodes[a], self.middles[i, j, "east"], self.nodes[b])
        east = (self.nodes[b], self.middles[i + 1, j, "north"], self.nodes[c])
        north = (self.nodes[c], self.middles[i, j + 1, "east"], self.nodes[d])
        west = (self.nodes[d], self.middles[i, j, "north"], self.nodes[a])
        return [(snapped(p), snapped(q), snapped(r)) for p, q, r in (south, east, north, west)]


def snapped(point: Point) -> Point:
    """A point of the example's own metres in EPSG:4527, on the millimetre."""
    return (round(ORIGIN[0] + point[0], 3), round(ORIGIN[1] + point[1], 3))


def outline(cells: list[list[Edge]]) -> shapely.Polygon:
    """The ring around cells that hang together: shared edges run both ways and cancel."""
    edges = {edge for cell in cells for edge in cell}
    outer = {edge[0]: edge for edge in edges if edge[::-1] not in edges}
    start = min(outer)
    ring, at = [], start
    while True:
        first, middle, last = outer[at]
        ring += [first, middle]
        at = last
        if at == start:
            return shapely.Polygon([*ring, start])


def _theme(rng: Random, township: str, block: tuple[int, int]) -> str:
    if township == CHENGGUAN and block in ((1, 1), (2, 1)):
        return "town"
    return _pick(rng, THEMES)


def _linear_class(j: int) -> str | None:
    if j == RIVER:
        return "1101"
    if j in ROADS:
        return "1003" if j == ROADS[1] else "1006"
    return "1107" if j in DITCHES else None


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns of one township, and the classes of its cells; blocks are counted from its own first column."""

    number: int
    township: str
    first: int
    last: int
    themes: dict[tuple[int, int], str]
    classes: dict[tuple[int, int], str]

    def block(self, i: int, j: int) -> tuple[int, int]:
        """The block of BLOCK x BLOCK cells to which cell (i, j) belongs."""
        return ((i - self.first) // BLOCK, j // BLOCK)


def _strip(rng: Random, number: int, first: int, last: int, rows: int) -> Strip:
    township = STRIPS[number][0]
    strip = Strip(number, township, first, last, {}, {})
    for block_row in range(rows // BLOCK + 1):
        for block_column in range((last - first) // BLOCK + 1):
            strip.themes[block_column, block_row] = _theme(rng, township, (block_column, block_row))
    for j in range(rows):
        for i in range(first, last):
            strip.classes[i, j] = _linear_class(j) or _pick(rng, SHARES[strip.themes[strip.block(i, j)]])
    return strip


def _joined(rng: Random, strip: Strip) -> list[list[tuple[int, int]]]:
    """Cells in groups: linear rows in runs of a block's width, others alone or with one neighbour of their class."""
    groups: list[list[tuple[int, int]]] = []
    taken: set[tuple[int, int]] = set()
    for i, j in strip.classes:
        if (i, j) in taken:
            continue
        group = [(i, j)]
        if _linear_class(j):
            end = min(i - (i - strip.first) % BLOCK + BLOCK, strip.last)
            group = [(k, j) for k in range(i, end)]
        else:
            other = (i + 1, j) if rng.random() < 0.5 else (i, j + 1)
            same = strip.classes.get(other) == strip.classes[i, j] and strip.block(*other) == strip.block(i, j)
            if same and other not in taken and rng.random() < 0.55:
                group.append(other)
        taken.update(group)
        groups.append(group)
    return groups


def filler_patches() -> tuple[FillerPatch, ...]:
    """All patches of the mesh, township by township, from south to north."""
    rng = Random(349901)
    narrow = {**dict.fromkeys(ROADS, 7.0), **dict.fromkeys(DITCHES, 5.0), RIVER: 42.0}
    ys = _lines(rng, SOUTH, NORTH, narrow)
    xs, bounds = [STRIPS[0][1]], [0]
    for _, west, east in STRIPS:
        xs += _lines(rng, west, east, {})[1:]
        bounds.append(len(xs) - 1)
    lattice = Lattice(rng, xs, ys, frozenset(bounds))
    patches: list[FillerPatch] = []
    for number, (first, last) in enumerate(pairwise(bounds)):
        strip = _strip(rng, number, first, last, lattice.rows)
        for group in _joined(rng, strip):
            polygon = outline([lattice.edges(*cell) for cell in group])
            patches.append(_patch(rng, len(patches) + 1, polygon, strip, group[0]))
    return tuple(patches)


def _patch(rng: Random, number: int, polygon: shapely.Polygon, strip: Strip, cell: tuple[int, int]) -> FillerPatch:
    survey_class, block, township = strip.classes[cell], strip.block(*cell), strip.township
    theme = strip.themes[block]
    state = survey_class in ("1101", "1003") or theme == "town"
    village = 210 + block[1]
    owner = (
        Owner(f"{township}0000000000", "清溪县人民政府", STATE)
        if state
        else Owner(f"{township}{village}0000000", f"第{village}村", COLLECTIVE)
    )
    slope = quality = grade = 0
    ridge = 0.0
    if survey_class.startswith("01"):
        slope = 1 if theme == "farm" else rng.choice((1, 1, 2))
        ridge = 0.0 if slope == 1 else rng.choice((0.02, 0.04, 0.05))
        quality, grade = rng.choice((4, 4, 5, 5, 6)), rng.choice((6, 7, 7, 8, 9))
    return FillerPatch(
        f"349901T{number:06d}",
        polygon,
        survey_class,
        theme,
        (strip.number, *block),
        township,
        owner,
        slope,
        ridge,
        quality,
        grade,
    )
