"""Random sites on an integer grid, in which every area is a count of cells.

This room imports nothing of landrules: parcels, layers and coverage are boolean arrays, facts are plain values, `None`
is a fact that is not supplied. A seed gives a world, always the same. The grid has `SIZE` by `SIZE` cells of `CELL`
metres; row 0 is the southernmost, column 0 the westernmost.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

SIZE = 12
CELL = 10
CELL_M2 = CELL * CELL

KINDS = ("road", "house", "mine")
CLASSES = ("paddy", "dry", "forest", "built", "cultivated")
USES = ("farm", "facility", "shed", "barn", "home", "works")
ZONES = ("country", "town", "core", "flex", "nature")
RANKS = ("national", "county", "village", "track")
DAYS = (date(2024, 6, 30), date(2026, 6, 30))
DISJOINT = ("farmland", "survey")
OVERLAPPING = ("nature", "zoning", "boundary", "detail", "hazard")

Mask = Any
"""A boolean numpy array of SIZE by SIZE."""


@dataclass
class Feature:
    """A feature: its cells and attributes."""

    id: str
    mask: Mask
    facts: dict[str, Any]


@dataclass
class Road:
    """A straight road across the whole plane: a bar of one column (or row) of cells, or a line along its low edge."""

    id: str
    vertical: bool
    at: int
    is_line: bool
    rank: str | None


@dataclass
class GridLayer:
    """A layer; `covered` are the cells for which no feature means "no"."""

    features: list[Feature]
    covered: Mask
    bound: bool = True
    undeclared: bool = False


@dataclass
class RoadLayer:
    """The roads, with coverage from column `first` up to (not including) column `last`, without end to north and south.

    A `first` of 0 or a `last` of SIZE has no edge on that side.
    """

    roads: list[Road]
    first: int = 0
    last: int = SIZE
    bound: bool = True


@dataclass
class Document:
    """An opinion or an approval. It stands for `parcels`, or for the cells `covers`, or for everything."""

    kind: str
    is_approval: bool
    level: str | None
    day: date
    result: str = "agree"
    expires: date | None = None
    parcels: tuple[str, ...] | None = None
    covers: Mask | None = None


@dataclass
class Plot:
    """A supplement plot."""

    kind: str
    net_m2: Fraction | None
    grade: int | None


@dataclass
class World:
    """A site, all that is known of it, and the law that is asked."""

    seed: int
    day: date
    parcels: dict[str, Feature]
    buildings: dict[str, Feature]
    layers: dict[str, GridLayer]
    roads: RoadLayer
    facts: dict[str, Any]
    plots: list[Plot] | None
    documents: list[Document]
    confirmation_no: str | None
    mode: str | None
    tolerances: dict[str, int]
    rulesets: tuple[str, ...] = field(default=())

    def ground(self) -> Mask:
        """All cells of the parcels."""
        out = np.zeros((SIZE, SIZE), dtype=bool)
        for parcel in self.parcels.values():
            out |= parcel.mask
        return out

    def built(self) -> Mask:
        """All cells of the buildings."""
        out = np.zeros((SIZE, SIZE), dtype=bool)
        for building in self.buildings.values():
            out |= building.mask
        return out


def world(seed: int) -> World:
    """The world of a seed."""
    rng = random.Random(seed)
    calm = rng.random() < 0.35
    gaps = 0.0 if calm else rng.choice((0.05, 0.15, 0.3))
    mild = rng.random() < 0.5
    parcels = _parcels(rng, gaps)
    layers = {name: _partition(rng, name, gaps) for name in DISJOINT}
    layers |= {name: _heap(rng, name, gaps) for name in OVERLAPPING}
    named = list(parcels)
    tolerant = ["oracle.lines.farmland"]
    if all(p.facts["use_after"] for p in parcels.values()) and all(f.facts["zone"] for f in layers["zoning"].features):
        tolerant.append("oracle.matrix.zones")
    parts = [p for p in ("matrix", "plans", "strict") if rng.random() < 0.6]
    roads, documents = _roads(rng, gaps), _documents(rng, named, gaps)
    if mild:
        _soften(rng, parcels, layers, roads, documents)
        parts = ["matrix", *(p for p in parts if p == "plans" or (p == "strict" and rng.random() < 0.3))]
    rulesets = ("lines", "strips", "sums", *parts)
    return World(
        seed=seed,
        day=rng.choice(DAYS),
        parcels=parcels,
        buildings=_buildings(rng),
        layers=layers,
        roads=roads,
        facts={
            "is_construction": _fact(rng, gaps, (True, True, True, False)),
            "is_temporary": _fact(rng, gaps, (False, False, True)),
            "is_national_major": _fact(rng, gaps, (False, False, True)),
            "project_kind": _fact(rng, gaps, KINDS),
        },
        plots=_plots(rng, gaps),
        documents=documents,
        confirmation_no=rng.choice((None, "C-1")),
        mode=rng.choice((None, "self", "self", "account")),
        tolerances={n: rng.choice((100, 300)) for n in tolerant if n.split(".")[1] in rulesets and rng.random() < 0.3},
        rulesets=rulesets,
    )


def _soften(
    rng: random.Random,
    parcels: dict[str, Feature],
    layers: dict[str, GridLayer],
    roads: RoadLayer,
    documents: list[Document],
) -> None:
    """Take most of what forbids out of a world, so that all decisions come about."""
    very = rng.random() < 0.5
    for name in ("farmland", "nature", "hazard", "survey"):
        if very or rng.random() < 0.75:
            layers[name].features = []
            layers[name].covered = layers[name].covered | (rng.random() < 0.8)
    if very or rng.random() < 0.7:
        roads.roads = []
    use = rng.choice(("home", "works", "farm", "shed"))
    for parcel in parcels.values():
        parcel.facts["dispute_pending"] = False
        parcel.facts["use_after"] = use
    if use != "shed" and rng.random() < 0.8:
        layers["detail"].features = []
        if rng.random() < 0.7:
            everywhere = np.ones((SIZE, SIZE), dtype=bool)
            layers["zoning"] = GridLayer([Feature("z0", everywhere, {"zone": None})], everywhere)
        for feature in layers["zoning"].features:
            feature.facts["zone"] = "country" if use == "farm" else "core"
    for document in documents:
        document.result, document.expires = rng.choice(("agree", "agree", "agree_with_conditions")), None
    if rng.random() < 0.6:
        documents[:] = [d for d in documents if d.kind != "expropriation"]
        documents.append(Document("expropriation", True, "province", date(2024, 1, 5)))


# --------------------------------------------------------------------------- facts


def _fact(rng: random.Random, gaps: float, values: tuple[Any, ...]) -> Any:
    value = rng.choice(values)
    return None if rng.random() < gaps else value


def _plots(rng: random.Random, gaps: float) -> list[Plot] | None:
    if rng.random() < gaps:
        return None
    return [
        Plot(
            rng.choice(("pbf_replenishment", "cultivated_supplement", "cultivated_supplement")),
            _fact(rng, gaps / 2, tuple(Fraction(100 * n) for n in (1, 4, 9, 15, 30))),
            _fact(rng, gaps / 2, (3, 5, 6, 8)),
        )
        for _ in range(rng.randrange(4))
    ]


def _documents(rng: random.Random, parcels: list[str], gaps: float) -> list[Document]:
    asked = (
        ("unavoidability_pbf", False, "province"),
        ("erl_limited_activity", False, "province"),
        ("protected_area_view", False, "province"),
        ("balance_confirmation", False, "province"),
        ("pbf_conversion", True, "city"),
        ("planning_permit", True, "county"),
        ("expropriation", True, rng.choice(("central", "province"))),
    )
    found = []
    for kind, is_approval, level in asked:
        if rng.random() < 0.5:
            continue
        made = Document(kind, is_approval, level, date(2024, 1, 5))
        plain = kind == "balance_confirmation"
        match rng.choice((0, 5, 8)) if plain else rng.randrange(9):
            case 0:
                made.result = "refused"
            case 1:
                made.result = "agree_with_conditions"
            case 2:
                made.result = "not_involved"
            case 3:
                made.expires = rng.choice((date(2024, 6, 29), date(2024, 6, 30), date(2027, 1, 1)))
            case 4:
                made.level = "county" if level != "county" else "township"
            case 5:
                made.day = rng.choice((date(2024, 6, 30), date(2026, 7, 1)))
            case 6:
                made.parcels = tuple(p for p in parcels if rng.random() < 0.7)
            case 7:
                made.covers = _blob(rng, 2, SIZE)
            case _:
                made.level = None if rng.random() < gaps and not plain else level
        found.append(made)
    return found


# --------------------------------------------------------------------------- ground


def _blob(rng: random.Random, rectangles: int, largest: int) -> Mask:
    """A union of rectangles; sometimes with a hole, sometimes in parts that touch at a corner only."""
    mask = np.zeros((SIZE, SIZE), dtype=bool)
    for _ in range(rectangles):
        height, width = rng.randint(1, largest), rng.randint(1, largest)
        row, column = rng.randint(0, SIZE - height), rng.randint(0, SIZE - width)
        mask[row : row + height, column : column + width] = True
        if height > 2 and width > 2 and rng.random() < 0.3:
            mask[row + 1 : row + height - 1, column + 1 : column + width - 1] = False
    return mask


def _parcels(rng: random.Random, gaps: float) -> dict[str, Feature]:
    taken = np.zeros((SIZE, SIZE), dtype=bool)
    found: dict[str, Feature] = {}
    for number in range(rng.randint(1, 3)):
        mask = _blob(rng, rng.randint(1, 3), 5) & ~taken
        if not mask.any():
            continue
        taken |= mask
        facts = {
            "use_after": _fact(rng, gaps, USES),
            "ownership": _fact(rng, gaps, ("collective", "state", "state")),
            "dispute_pending": _fact(rng, gaps, (False, False, False, True)),
        }
        name = f"P{number + 1}"
        found[name] = Feature(name, mask, facts)
    return found


def _buildings(rng: random.Random) -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    taken = np.zeros((SIZE, SIZE), dtype=bool)
    for number in range(rng.choice((0, 0, 1, 2))):
        mask = _blob(rng, 1, 3) & ~taken
        if mask.any():
            taken |= mask
            found[f"B{number + 1}"] = Feature(f"B{number + 1}", mask, {})
    return found


def _coverage(rng: random.Random, gaps: float) -> Mask:
    if rng.random() >= gaps * 1.5:
        return np.ones((SIZE, SIZE), dtype=bool)
    return ~_blob(rng, rng.randint(1, 2), 8)


def _partition(rng: random.Random, name: str, gaps: float) -> GridLayer:
    """A layer whose features never overlap."""
    labels = np.zeros((SIZE, SIZE), dtype=int)
    count = rng.randint(0, 3) if name == "farmland" else rng.randint(2, 6)
    for label in range(1, count + 1):
        labels[_blob(rng, 1, 4 if name == "farmland" else 8)] = label
    features = []
    for label in range(1, count + 1):
        mask = labels == label
        if mask.any():
            net = Fraction(int(mask.sum()) * CELL_M2 * rng.choice((100, 92, 85)), 100)
            facts: dict[str, Any] = {"net_area": net}
            if name == "farmland":
                facts["grade"] = _fact(rng, gaps / 2, (4, 5, 6, 7))
            else:
                facts["class"] = _fact(rng, gaps, CLASSES)
            features.append(Feature(f"{name[0]}{label}", mask, facts))
    return GridLayer(features, _coverage(rng, gaps), *_state(rng, gaps))


def _heap(rng: random.Random, name: str, gaps: float) -> GridLayer:
    """A layer whose features may overlap."""
    count = {"zoning": rng.randint(1, 5), "boundary": rng.randint(0, 3), "detail": rng.randint(0, 4)}
    features = []
    for number in range(count.get(name, rng.randint(0, 2))):
        wide = name in ("zoning", "boundary", "detail")
        mask = _blob(rng, 1, SIZE if wide else 4)
        facts = {
            "nature": lambda: {"core": _fact(rng, gaps, (True, False))},
            "zoning": lambda: {"zone": _fact(rng, gaps, ZONES)},
            "boundary": dict,
            "detail": lambda: {"class": _fact(rng, gaps, USES)},
            "hazard": dict,
        }[name]()
        features.append(Feature(f"{name[0]}{number + 1}", mask, facts))
    if name == "zoning" and rng.random() < 0.6:
        seen = np.zeros((SIZE, SIZE), dtype=bool)
        for feature in features:
            feature.mask = feature.mask & ~seen
            seen |= feature.mask
        features = [f for f in features if f.mask.any()]
    return GridLayer(features, _coverage(rng, gaps), *_state(rng, gaps))


def _state(rng: random.Random, gaps: float) -> tuple[bool, bool]:
    """Whether a layer is bound, and whether nothing was declared of its coverage."""
    return rng.random() >= gaps / 4, rng.random() < gaps / 4


def _roads(rng: random.Random, gaps: float) -> RoadLayer:
    roads = [
        Road(
            f"h{number + 1}",
            rng.random() < 0.5,
            rng.randrange(SIZE),
            rng.random() < 0.3,
            _fact(rng, gaps, RANKS),
        )
        for number in range(rng.choice((0, 1, 1, 2)))
    ]
    first, last = 0, SIZE
    if rng.random() < gaps:
        first, last = rng.choice(((0, 9), (3, SIZE), (2, 10)))
    return RoadLayer(roads, first, last, rng.random() >= gaps / 4)
