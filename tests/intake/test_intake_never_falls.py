"""Whatever is put into a file, the door answers in sentences: no traceback, in either language."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from intake_cases import QINGXI

from landrules.base.diagnostic import InputError
from landrules.geo.site import Plane
from landrules.intake.proposal import application_date, read_proposal
from landrules.rules.model import CodeScheme

NAMES = ("a_expressway", "b_logistics", "e_workshop", "d_village_road_line", "d_village_road_lamp_posts")
JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 10**30, "", "x", "1:2", ":", "2026-13-01", "\x00\ud800"),
    *([], {}, [[]], [[[]]], [None], {"a": None}, [[1, 2], [1, 2], [1, 2], [1, 2]]),
    *({"type": "Polygon"}, {"type": "MultiPolygon", "coordinates": [[]]}, {"type": "Point", "coordinates": [1]}),
    *({"type": "LineString", "coordinates": [[0, 0], [0, 0]]}, {"scheme": 1, "code": 2}),
    *({"system": [], "value": 1}, {"system": "grade15", "value": "x"}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from places(item, (*path, key))


def spoiled(value: Any, rng: random.Random) -> bytes:
    """A file with one place deleted or filled with something else, sometimes cut off."""
    value = copy.deepcopy(value)
    *outer, last = rng.choice(list(places(value)))
    holder = value
    for key in outer:
        holder = holder[key]
    if isinstance(holder, dict) and rng.random() < 0.2:
        del holder[last]
    else:
        holder[last] = rng.choice(JUNK)
    data = json.dumps(value).encode()
    return data[: rng.randrange(len(data))] if rng.random() < 0.05 else data


@pytest.mark.parametrize("name", NAMES)
def test_a_spoiled_file_is_answered(name: str, plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    value = json.loads((QINGXI / "proposals" / f"{name}.geojson").read_text(encoding="utf-8"))
    rng = random.Random(name)
    outcomes = set()
    for _ in range(120):
        try:
            proposal = read_proposal(spoiled(value, rng), "x.geojson", plane, schemes)
        except InputError as error:
            found = error.diagnostics
            assert found
            outcomes.add("stopped")
        else:
            found = proposal.notes
            application_date(proposal)
            outcomes.add("let in")
        for diagnostic in found:
            assert diagnostic.render("zh") and diagnostic.render("en")
    assert outcomes == {"stopped", "let in"}
