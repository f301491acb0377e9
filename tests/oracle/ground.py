"""What a grid layer says of the ground, as cells: what is there, what may be there, what nobody has seen.

Written from design.md section 2 (unknowns); imports nothing of landrules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from tests.oracle.world import CELL_M2, SIZE, Document, Feature, Mask, Road, World

NOISE = Fraction(1, 100)
TINY = Fraction(1, 50)
EMPTY = np.zeros((SIZE, SIZE), dtype=bool)


@dataclass(frozen=True)
class Occupied:
    """One way in which a layer may lie on the ground.

    `mask` are the cells of features; `extra` is ground of features that nobody has seen, in m², somewhere in `place`.
    """

    mask: Mask
    extra: Fraction
    place: Mask

    @property
    def area(self) -> Fraction:
        """All of it in m²."""
        return area(self.mask) + self.extra

    @property
    def is_touched(self) -> bool:
        """Whether it is more than noise."""
        return self.area > NOISE


def area(mask: Mask) -> Fraction:
    """The area of cells in m²."""
    return Fraction(int(mask.sum()) * CELL_M2)


def seen(world: World, name: str) -> tuple[list[Feature], Mask]:
    """The features of a layer, and the cells of the ground of which it says nothing."""
    layer = world.layers[name]
    ground = world.ground()
    if not layer.bound:
        return [], ground
    covered = EMPTY if layer.undeclared else layer.covered
    unseen = ground & ~covered
    for feature in layer.features:
        unseen = unseen & ~feature.mask
    return layer.features, unseen


def split(features: Sequence[Feature], truth: Callable[[dict[str, Any]], bool | None]) -> tuple[Mask, list[Mask]]:
    """The cells of features that certainly belong, and those of each feature of which it is not known."""
    sure, perhaps = EMPTY, []
    for feature in features:
        match truth(feature.facts):
            case True:
                sure = sure | feature.mask
            case None:
                perhaps.append(feature.mask)
    return sure, perhaps


def ways(
    world: World,
    name: str,
    truth: Callable[[dict[str, Any]], bool | None] = lambda facts: True,
    limits: Sequence[Fraction | int] = (),
    document: Document | None = None,
) -> Iterator[Occupied]:
    """Every way in which a layer's features of a kind may lie on the ground, as far as limits and a document can tell.

    Ground that nobody has seen is tried as none, a trace, all, and on both sides of each limit; where a document stands
    for part of it only, inside that part, outside it, and both.
    """
    features, unseen = seen(world, name)
    ground = world.ground()
    sure, perhaps = split(features, truth)
    stands = place_of(world, document) if document else ~EMPTY
    groups = [g for g in (unseen & stands, unseen & ~stands) if g.any()]
    for taken in product((False, True), repeat=len(perhaps)):
        mask = sure
        for chosen, more in zip(taken, perhaps, strict=True):
            mask = mask | more if chosen else mask
        mask = mask & ground
        for used in product((False, True), repeat=len(groups)):
            place = EMPTY
            for chosen, group in zip(used, groups, strict=True):
                place = place | group if chosen else place
            for extra in amounts(area(mask), area(place), limits):
                yield Occupied(mask, extra, place)


def amounts(known: Fraction, most: Fraction, limits: Sequence[Fraction | int]) -> list[Fraction]:
    """Areas between nothing and `most` that tell all sides of all limits apart."""
    if most == 0:
        return [Fraction(0)]
    near = [Fraction(limit) - known + step for limit in limits for step in (Fraction(-1, 2), 0, Fraction(1, 2))]
    return sorted({TINY, most, *(x for x in near if TINY < x < most)})


def place_of(world: World, document: Document) -> Mask:
    """The cells for which a document stands."""
    if document.covers is not None:
        return document.covers
    if document.parcels is None:
        return ~EMPTY
    out = EMPTY
    for name in document.parcels:
        out = out | world.parcels[name].mask
    return out


def strip(road: Road, cells: int) -> Mask:
    """The cells within so many cells of a road's edge, the road itself included."""
    out = np.zeros((SIZE, SIZE), dtype=bool)
    low = max(road.at - cells, 0)
    high = road.at + cells + (0 if road.is_line else 1)
    if road.vertical:
        out[:, low:high] = True
    else:
        out[low:high, :] = True
    return out


def unseen_strip(world: World, cells: int) -> Mask:
    """The cells that a road nobody has seen could come within so many cells of."""
    roads = world.roads
    out = np.zeros((SIZE, SIZE), dtype=bool)
    if not roads.bound:
        return ~out
    if roads.first > 0:
        out[:, : roads.first + cells] = True
    if roads.last < SIZE:
        out[:, roads.last - cells :] = True
    return out
