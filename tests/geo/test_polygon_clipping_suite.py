"""The published tests of polygon-clipping (47 folders), run through the project's own kernel.

An invalid operand is first repaired by the kernel, whose reading is that suite's: outer rings bound ground wherever
they wind, inner rings bound holes. Unclosed rings are closed and rings of fewer than three points dropped, as the suite
does; at landrules' own door both are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import shapely

from landrules.geo import kernel
from landrules.geo.kernel import array_of

SUITE = Path(__file__).parent.parent / "data" / "polygon-clipping"

OPERATORS = {
    "union": kernel.union,
    "intersection": kernel.intersection,
    "difference": kernel.difference,
    "xor": kernel.symmetric_difference,
}

WITHOUT_ANSWER = ("broken-issue-83", "broken-issue-90", "broken-issue-93")
"""Folders that publish operands and no answer: that program fails on them."""

DISAGREEMENTS = {
    ("thin-vertical-triangle-2", "union"): (
        "Two triangles nine units in the last place wide (9e-15) by 1000 long: noding moves vertices by such a unit, "
        "and the shape, of 4.5e-12, collapses. Ground narrower than 1e-7 m is no ground here."
    ),
}
"""Folder and operation, and why the kernel's answer is another one."""


@dataclass(frozen=True)
class Case:
    """A folder, an operation, the operands, the published answer."""

    folder: str
    op: str
    operands: tuple[shapely.Geometry, ...]
    answer: shapely.Geometry


def ground(geometry: dict[str, Any]) -> shapely.Geometry:
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    parts = []
    for rings in polygons:
        closed = [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]
        if closed and len(closed[0]) >= 4:
            parts.append(shapely.Polygon(closed[0], [hole for hole in closed[1:] if len(hole) >= 4]))
    return shapely.MultiPolygon(parts)


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def cases() -> Iterator[Case]:
    for folder in sorted(p for p in SUITE.iterdir() if p.is_dir()):
        operands = tuple(ground(f["geometry"]) for f in read(folder / "args.geojson")["features"])
        for file in sorted(folder.glob("*.geojson")):
            if file.stem == "args":
                continue
            answer = ground(read(file)["geometry"])
            for op in OPERATORS if file.stem == "all" else [file.stem]:
                yield Case(folder.name, op, operands, answer)


ALL = tuple(cases())


def test_every_folder_is_accounted_for() -> None:
    folders = {p.name for p in SUITE.iterdir() if p.is_dir()}
    assert len(folders) == 47
    assert folders - {c.folder for c in ALL} == set(WITHOUT_ANSWER)
    assert len(ALL) == 88
    assert set(DISAGREEMENTS) <= {(c.folder, c.op) for c in ALL}


def cleaned(shape: shapely.Geometry) -> kernel.GeometryArray:
    return array_of([shape if kernel.validity(shape) is None else kernel.repair(shape).geometry])


def strayed(found: kernel.GeometryArray, answer: kernel.GeometryArray) -> bool:
    """Whether two answers differ by more than four units in the last place of a vertex, all along their edges."""
    rest = float(shapely.area(kernel.symmetric_difference(found, answer))[0])
    reach = float(abs(shapely.get_coordinates([*found, *answer])).max(initial=0.0))
    return rest > 2.0**-50 * reach * float(shapely.length([*found, *answer]).sum())


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.folder}-{c.op}")
def test_answer(case: Case) -> None:
    operands = [cleaned(shape) for shape in case.operands]
    found = reduce(OPERATORS[case.op], operands) if len(operands) > 1 else kernel.polygonal(operands[0])
    published = kernel.polygonal(array_of([case.answer]))
    assert kernel.is_valid(found).all()
    assert kernel.is_valid(published).all()
    if (case.folder, case.op) in DISAGREEMENTS:
        assert kernel.is_empty(found).all()
        assert kernel.equivalent_width(published)[0] < kernel.ARITHMETIC_WIDTH
    else:
        assert not strayed(found, published)
