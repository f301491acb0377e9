"""Parcels that share ground: judged by how wide what they share is, not by its area alone."""

from __future__ import annotations

import json

import pytest

from landrules.geo.site import Plane
from landrules.intake.proposal import read_proposal


def codes(*rings: tuple[float, float, float, float]) -> list[str]:
    """The lines about ground of a proposal whose parcels are boxes (west, south, east, north) in metres."""
    features = []
    for i, (west, south, east, north) in enumerate(rings, start=1):
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "id": f"P{i}", "properties": {"role": "parcel"}, "geometry": shape})
    head = {"id": "T", "name": "试", "stage": "plan_conformity", "application_date": "2026-06-18"}
    crs = {"type": "name", "properties": {"name": "engineering"}}
    data = {"type": "FeatureCollection", "crs": crs, "proposal": head, "features": features}
    found = read_proposal(json.dumps(data).encode(), "proposal", Plane("engineering"), {}, {})
    return [d.code for d in found.notes if d.code in ("LR711", "LR712")]


FIRST = (0.0, 0.0, 1000.0, 100.0)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((0.0, 100.0, 1000.0, 200.0), []),  # they touch
        ((0.0, 99.9995, 1000.0, 200.0), []),  # half a square metre, half a millimetre wide: how edges are written
        ((0.0, 99.99, 1000.0, 200.0), ["LR712"]),  # a centimetre wide
        ((999.9, 99.9, 1100.0, 200.0), ["LR712"]),  # a hundredth of a square metre, ten centimetres wide: a real corner
        ((0.0, 0.0, 1000.0, 100.0), ["LR711"]),
    ],
)
def test_what_two_parcels_share_is_judged_by_its_width(
    second: tuple[float, float, float, float], expected: list[str]
) -> None:
    assert codes(FIRST, second) == expected
