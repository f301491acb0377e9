"""The national rulesets with the county's plan, on the dossiers whose results are worked out by hand.

Only norms that exist are expected: what stands here is the part of the table of results that they cover.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from landrules import Report, check

PROPOSALS = Path(__file__).parents[2] / "examples" / "qingxi" / "proposals"
ERL, PBF = "cn.erl.ecological_red_line", "cn.pbf.pbf_occupation"
LEVEL, CONVERSION = "cn.expropriation.expropriation_level", "cn.expropriation.conversion_level"
PLAN, COUNTY, DEFAULTS = "cn.zones.plan_conformity", "example.qingxi.plan.county_zones", "cn.zones.zone_defaults"
ROAD, LINE, WORKS = (
    "cn.highway.building_control_zone",
    "cn.power.power_line_strip",
    "cn.power.works_in_power_line_strip",
)
BALANCE, QUALITY = "cn.balance.cultivated_land_balance", "cn.balance.supplementary_quality"

DECIDED = {
    "a_expressway": ("refer", {ERL: "refer", PBF: "refer", LEVEL: "refer", CONVERSION: "refer"}),
    "a_expressway_poorer_plot": ("deny", {ERL: "refer", PBF: "deny", LEVEL: "refer", CONVERSION: "refer"}),
    "b_logistics": (
        "conditional",
        {LEVEL: "conditional", CONVERSION: "conditional", LINE: "conditional", WORKS: "conditional"},
    ),
    "b_logistics_unconfirmed": (
        "conditional",
        {
            BALANCE: "conditional",
            LEVEL: "conditional",
            CONVERSION: "conditional",
            LINE: "conditional",
            WORKS: "conditional",
        },
    ),
    "b_logistics_cleared": ("permit", {}),
    "c_livestock": ("deny", {PLAN: "deny", COUNTY: "deny"}),
    "d_village_road": ("permit", {}),
    "d_village_road_disputed": ("deny", {"cn.tenure.no_pending_dispute": "deny"}),
    "e_workshop": ("deny", {ROAD: "deny"}),
    "h_farm_road": ("permit", {}),
    "k_school_of_2024": ("permit", {}),
}
"""The decision, and every norm that says more than permit or not_applicable."""


@cache
def report(name: str) -> Report:
    return check(PROPOSALS / f"{name}.geojson")


@pytest.mark.parametrize("name", DECIDED)
def test_decision_and_who_decides(name: str) -> None:
    decision, telling = DECIDED[name]
    found = {f.rule: f.outcome for f in report(name).findings}
    assert {rule: o for rule, o in found.items() if o not in ("permit", "not_applicable")} == telling
    assert report(name).decision == decision


def test_the_strip_of_ground_that_disagrees_with_the_plan() -> None:
    for rule in (PLAN, COUNTY):
        finding = next(f for f in report("c_livestock").findings if f.rule == rule)
        assert [(p.parcel, str(p.area_m2)) for p in finding.pieces if p.outcome == "deny"] == [("S-01", "300.00")]


def test_the_workshop_stands_eight_metres_too_near() -> None:
    finding = next(f for f in report("e_workshop").findings if f.rule == ROAD)
    measured = {m.name: m for m in finding.measured}
    assert str(measured["area of highway"].value) == "479.99"
    assert str(measured["distance from W-1 to GL-1"].margin) == "-8.00"


def test_defaults_reach_no_ground_that_the_county_plan_covers() -> None:
    for name in DECIDED:
        found = {f.rule: f.outcome for f in report(name).findings}
        assert found[DEFAULTS] == "not_applicable", name


def test_law_that_is_not_verified_finds_nothing_wrong_with_evidence() -> None:
    found = {f.rule: f.outcome for f in report("a_expressway").findings}
    assert found["cn.erl.erl_limited_opinion"] == "not_applicable"
    assert found["cn.pbf.pbf_replenishment_extras"] == "not_applicable"
    assert found[QUALITY] == "not_applicable"
    assert found["cn.pbf.pbf_replenishment_source"] == "not_applicable"


def test_only_law_in_force_is_cited() -> None:
    """The code of 2026-08-15 names the plan too, but decides nothing in May."""
    finding = next(f for f in report("c_livestock").findings if f.rule == PLAN)
    assert [c.article.en for c in finding.citations] == ["article 4 paragraph 4", "article 14"]
