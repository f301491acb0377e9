"""The paper's dossiers come in clean, and the order in which a file is written changes nothing but its digest."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import shapely
from intake_cases import QINGXI, scheme

from landrules.base.diagnostic import InputError
from landrules.base.valuetype import Absence, Code, Grade, Missing, Place
from landrules.geo.site import Plane, Proposal
from landrules.intake.proposal import application_date, read_proposal
from landrules.rules.model import CodeScheme

DOSSIERS = {
    "a_expressway": ["16799.85", "2039.98", "2039.98", "17999.83"],
    "b_logistics": ["32999.60", "1499.98", "5999.93", "11999.85"],
    "c_livestock": ["10799.92", "1199.99"],
    "d_village_road": ["719.99"],
    "e_workshop": ["11999.85"],
}
SQUARE: list[list[float]] = [[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]


def dossier(name: str) -> bytes:
    return (QINGXI / "proposals" / f"{name}.geojson").read_bytes()


def drawn(geometry: dict[str, Any], **properties: Any) -> bytes:
    """A proposal of one feature in an engineering plane."""
    feature = {"type": "Feature", "id": "P", "properties": properties, "geometry": geometry}
    head = {"id": "T", "stage": "supply"}
    return json.dumps({"type": "FeatureCollection", "proposal": head, "features": [feature]}).encode()


ENGINEERING = Plane("engineering")


@pytest.mark.parametrize("name", sorted(DOSSIERS))
def test_a_dossier_has_no_defect_and_its_published_areas(
    name: str, plane: Plane, schemes: dict[str, CodeScheme]
) -> None:
    proposal = read_proposal(dossier(name), f"{name}.geojson", plane, schemes)
    assert [n.message() for n in proposal.notes if n.severity == "error"] == []
    assert [str(p.area_m2) for p in proposal.parcels] == DOSSIERS[name]
    assert all(p.problem == "" for p in (*proposal.parcels, *proposal.buildings, *proposal.supplements))


def test_facts_of_the_expressway(plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    proposal = read_proposal(dossier("a_expressway"), "a.geojson", plane, schemes)
    facts: Any = proposal.attributes
    assert facts["project_kind"] == Code("project_kind", "transport.highway.expressway.national")
    assert facts["land_table"]["cultivated"] == Fraction("26740")
    assert facts["investment_wan"] == 215_000_000
    assert facts["pre_examination"]["overlap_pct"] == Fraction(986, 1000)
    assert facts["balance"]["quality"] == Grade("quality_level", Fraction("4.8"))
    assert facts["balance"]["grade15"] == Missing("proposal.balance.grade15", Absence.NOT_SUPPLIED)
    assert facts["corrections"] == () and facts["amendments"] == ()
    assert isinstance(facts["opinions"][2]["covers"], Place)
    assert proposal.parcels[0].attributes["use_after"] == Code("lulc2023", "1202")
    assert application_date(proposal) == date(2026, 6, 18)
    (plot,) = proposal.supplements
    assert plot.id == "BH-01" and plot.attributes["net_area_ha"] == 12348
    assert plot.attributes["grade15"] == Grade("grade15", Fraction(6))
    assert facts["supplements"] == (plot.attributes,)
    assert abs(plot.area_m2 - Decimal("12599.90")) <= Decimal("0.01")
    assert proposal.precision_m < 1e-5


def test_absent_plots_are_not_supplied_and_an_empty_list_is_a_statement(
    plane: Plane, schemes: dict[str, CodeScheme]
) -> None:
    raw = json.loads(dossier("d_village_road"))
    stated = read_proposal(json.dumps(raw).encode(), "d.geojson", plane, schemes)
    del raw["proposal"]["supplements"]
    absent = read_proposal(json.dumps(raw).encode(), "d.geojson", plane, schemes)
    assert stated.attributes["supplements"] == () and "supplements" not in absent.attributes


def test_settings_lie_over_the_file(plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    settings = {"application_date": "2025-01-31", "balance.quantity_ha": "0.5", "is_construction": "false"}
    proposal = read_proposal(dossier("c_livestock"), "c.geojson", plane, schemes, settings)
    facts: Any = proposal.attributes
    assert facts["application_date"] == date(2025, 1, 31)
    assert facts["balance"]["quantity_ha"] == 5000 and facts["balance"]["mode"] == "government"
    assert facts["is_construction"] is False
    assert sorted(n.code for n in proposal.notes if n.code == "LR723") == ["LR723"] * 3


def turned(ring: list[Any], by: int) -> list[Any]:
    """The same closed ring from another starting point."""
    corners = ring[:-1]
    corners = corners[by % len(corners) :] + corners[: by % len(corners)]
    return [*corners, corners[0]]


def shuffled(data: bytes, seed: int) -> bytes:
    """The same file with features, keys and starting points of rings in another order."""
    rng = random.Random(seed)
    raw = json.loads(data)
    rng.shuffle(raw["features"])
    for feature in raw["features"]:
        rings = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [turned(ring, rng.randrange(9)) for ring in rings]
    raw["proposal"] = dict(sorted(raw["proposal"].items(), key=lambda _: rng.random()))
    return json.dumps(raw).encode()


def essence(proposal: Proposal) -> tuple[Any, ...]:
    """Everything but the digest, geometries as bytes."""

    def ground(parcels: tuple[Any, ...]) -> list[Any]:
        return [(replace(p, geometry=None, attributes={}), shapely.to_wkb(p.geometry), p.attributes) for p in parcels]

    return (
        proposal.attributes,
        ground(proposal.parcels),
        ground(proposal.buildings),
        ground(proposal.supplements),
        proposal.notes,
    )


@pytest.mark.parametrize("name", sorted(DOSSIERS))
def test_order_and_starting_points_change_nothing(name: str, plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    data = json.dumps(json.loads(dossier(name))).encode()
    first = read_proposal(data, "x.geojson", plane, schemes)
    for seed in range(5):
        other = read_proposal(shuffled(data, seed), "x.geojson", plane, schemes)
        assert essence(other) == essence(first)


@pytest.mark.parametrize(
    ("geometry", "properties", "area"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, {}, "10000.00"),
        ({"type": "LineString", "coordinates": [[0, 0], [100, 0]]}, {"width_m": 6}, "600.00"),
        ({"type": "LineString", "coordinates": [[0, 0], [100, 0], [100, 100]]}, {"width_m": 4}, "800.00"),
        ({"type": "Point", "coordinates": [5, 5]}, {"footprint_m2": 9}, "9.00"),
        ({"type": "MultiPoint", "coordinates": [[5, 5], [50, 5]]}, {"footprint_m2": 9}, "18.00"),
    ],
)
def test_ground_of_lines_and_points(geometry: dict[str, Any], properties: dict[str, Any], area: str) -> None:
    (parcel,) = read_proposal(drawn(geometry, **properties), "t.geojson", ENGINEERING, {}).parcels
    assert str(parcel.area_m2) == area and parcel.problem == ""


def test_a_line_ends_flat_and_a_point_becomes_a_square_along_the_axes() -> None:
    line = drawn({"type": "LineString", "coordinates": [[0, 0], [100, 0]]}, width_m=6)
    (road,) = read_proposal(line, "t.geojson", ENGINEERING, {}).parcels
    assert shapely.bounds(road.geometry).tolist() == [0, -3, 100, 3] and road.made_from == "line"
    point = drawn({"type": "Point", "coordinates": [10, 10]}, footprint_m2=4)
    (pole,) = read_proposal(point, "t.geojson", ENGINEERING, {}).parcels
    assert shapely.bounds(pole.geometry).tolist() == [9, 9, 11, 11] and pole.made_from == "point"


def test_invalid_ground_is_kept_out_and_the_rest_stays() -> None:
    crossed = [[0, 0], [100, 100], [100, 0], [0, 100], [0, 0]]
    proposal = read_proposal(drawn({"type": "Polygon", "coordinates": [crossed]}), "t.geojson", ENGINEERING, {})
    (parcel,) = proposal.parcels
    assert (parcel.geometry, parcel.area_m2, parcel.problem) == (None, Decimal(0), "Self-intersection")


def test_numbers_never_pass_through_a_float() -> None:
    data = drawn({"type": "Polygon", "coordinates": [SQUARE]}).replace(
        b'"properties": {}', b'"properties": {"area_ha": 0.10}'
    )
    (parcel,) = read_proposal(data, "t.geojson", ENGINEERING, {}).parcels
    assert parcel.attributes["area_ha"] == Fraction(1000)


def test_a_code_of_a_key_that_fixes_its_scheme_is_checked_where_the_scheme_is_known() -> None:
    square = {"type": "Polygon", "coordinates": [SQUARE]}
    raw = json.loads(drawn(square))
    raw["proposal"]["project_kind"] = "water"
    data = json.dumps(raw).encode()
    known = {"project_kind": scheme("project_kind", ["transport"])}
    free = read_proposal(data, "t.geojson", ENGINEERING, {}).attributes["project_kind"]
    checked = read_proposal(data, "t.geojson", ENGINEERING, known).attributes["project_kind"]
    assert free == Code("project_kind", "water")
    assert isinstance(checked, Missing) and checked.kind is Absence.INVALID


def test_every_stop_is_collected(plane: Plane, schemes: dict[str, CodeScheme]) -> None:
    raw = json.loads(dossier("d_village_road"))
    del raw["proposal"]["id"], raw["proposal"]["stage"]
    raw["proposal"]["use_after"] = "1207"
    raw["features"][0]["properties"]["owner_unit"] = None
    with pytest.raises(InputError) as caught:
        read_proposal(json.dumps(raw).encode(), "d.geojson", plane, schemes)
    assert sorted(d.code for d in caught.value.diagnostics) == ["LR613", "LR614", "LR630", "LR631"]
