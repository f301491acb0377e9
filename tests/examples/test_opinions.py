"""Every proposal of the two example counties is decided as its written opinion says, finding by finding.

An opinion stands beside each proposal. Its head, TOML between two lines of ``+++``, states the law date, the decision,
the authorised ground and every finding of the report, those that are not applicable and those that only inform
included. Each line of a head was judged by hand against the law; where a report differs, one of the two is wrong.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from landrules import Report
from landrules.engine.report import FindingOut
from landrules.intake.files import load_proposal
from landrules.intake.workspace import Workspace
from landrules.road import Options, judge, open_workspace
from landrules.rules.load import load_ruleset
from landrules.rules.model import RuleSet

EXAMPLES = Path(__file__).parents[2] / "examples"
COUNTIES = ("qingxi", "minneapolis")
CASES = tuple(
    (county, path.stem) for county in COUNTIES for path in sorted((EXAMPLES / county / "proposals").glob("*.geojson"))
)

Json = dict[str, Any]
Line = dict[str, Any]


@cache
def county_house(county: str) -> tuple[Workspace, RuleSet]:
    """The workspace of a county and its rulesets, read once."""
    workspace = open_workspace(EXAMPLES / county, b"")
    return workspace, load_ruleset(workspace.rulesets, workspace.root)


@cache
def report_of(county: str, name: str) -> Report:
    workspace, rulesets = county_house(county)
    path = EXAMPLES / county / "proposals" / f"{name}.geojson"
    read = load_proposal(path, workspace.plane, rulesets.schemes, {})
    return judge(read, rulesets, workspace, Options(geometry=False))


@cache
def head_of(county: str, name: str) -> Mapping[str, Any]:
    """The head of an opinion; its numbers are exact."""
    text = (EXAMPLES / county / "opinions" / f"{name}.md").read_text(encoding="utf-8")
    before, head, body = text.split("+++\n", 2)
    assert before == "", "an opinion opens with its head"
    assert body.strip(), "an opinion says why"
    return tomllib.loads(head, parse_float=Decimal)


def line_of(finding: FindingOut, stated: Line) -> Line:
    """A finding as a head states it: its outcome, the ground it measures or denies, and the sums the head names."""
    square_metres = {m.name: m.value for m in finding.measured if m.unit == "m2"}
    ground = [v for name, v in square_metres.items() if name.startswith("area of ") and name != "area of the parcel"]
    denied = [piece.area_m2 for piece in finding.pieces if piece.outcome == "deny"]
    line: Line = {"outcome": finding.outcome}
    if ground:
        line["area_m2"] = sum(ground)
    elif denied:
        line["area_m2"] = sum(denied)
    if "sums_m2" in stated:
        line["sums_m2"] = {name: square_metres.get(name) for name in stated["sums_m2"]}
    return line


@pytest.mark.parametrize(("county", "name"), CASES)
def test_a_proposal_is_decided_as_its_opinion_says(county: str, name: str) -> None:
    head, found = head_of(county, name), report_of(county, name)
    assert head["proposal"] == f"proposals/{name}.geojson"
    assert (head["law_date"], head["decision"]) == (_day(found.law_date), found.decision)
    assert head["authorised_m2"] == found.authorised_m2
    findings = {f.rule: f for f in chain(found.findings, found.information)}
    assert len(findings) == len(found.findings) + len(found.information)
    stated: dict[str, Line] = head["findings"]
    assert {rule: line_of(f, stated.get(rule, {})) for rule, f in findings.items()} == stated


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@pytest.mark.parametrize("county", COUNTIES)
def test_every_proposal_has_an_opinion_and_every_opinion_a_proposal(county: str) -> None:
    proposals = {path.stem for path in (EXAMPLES / county / "proposals").iterdir()}
    assert {path.stem for path in (EXAMPLES / county / "opinions").iterdir()} == proposals


def test_ten_proposals_reach_all_five_decisions() -> None:
    """Judged by the heads, which the test above holds to the reports."""
    decided = {name: head_of("qingxi", name)["decision"] for county, name in CASES if county == "qingxi"}
    assert len(decided) >= 10
    assert set(decided.values()) == {"permit", "conditional", "refer", "indeterminate", "deny"}
    assert sum(decision in ("permit", "conditional") for decision in decided.values()) >= 4
    shapes = {name: {f["geometry"]["type"] for f in _proposal(name)["features"]} for name in decided}
    linear = {name for name, found in shapes.items() if "LineString" in found}
    scattered = {name for name, found in shapes.items() if found & {"MultiPolygon", "Point"}}
    assert {"d_village_road_line", "h_farm_road"} <= linear
    assert {"d_village_road_lamp_posts", "g_village_service"} <= scattered


# ---- near misses: a variant and the file it starts from differ in the one thing named

SITE = ("land_table", "survey_table", "corrections", "fees", "expropriation", "balance", "quota", "illegal_use")
NEAR_MISSES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("a_expressway_poorer_plot", "a_expressway", ("proposal.supplements.BH-01.properties.grade.value",)),
    (
        "a_expressway_unreplenished",
        "a_expressway",
        ("proposal.supplements", "proposal.opinions.replenishment_plan"),
    ),
    (
        "b_logistics_short_notice",
        "b_logistics",
        ("proposal.notices.expropriation_pre_announcement.end",),
    ),
    ("b_logistics_unconfirmed", "b_logistics", ("proposal.balance.confirmation_no",)),
    (
        "b_logistics_cleared",
        "b_logistics",
        (
            "proposal.application_date",
            "proposal.approvals",
            "proposal.opinions.forest_use",
            "proposal.opinions.balance_confirmation.area_ha",
            "features",
            *(f"proposal.{table}" for table in SITE),
        ),
    ),
    (
        "c_livestock_moved",
        "c_livestock",
        (
            "features.S-01",
            "proposal.facility",
            "proposal.land_table",
            "proposal.balance.quantity_ha",
            "proposal.opinions.balance_confirmation.area_ha",
        ),
    ),
    ("c_livestock_filed", "c_livestock_moved", ("proposal.opinions.township_filing",)),
    (
        "d_village_road_disputed",
        "d_village_road",
        ("proposal.dispute_pending", "features.V-01.properties.dispute_pending"),
    ),
    ("d_village_road_line", "d_village_road", ("features.V-01.geometry", "features.V-01.properties.width_m")),
    (
        "d_village_road_lamp_posts",
        "d_village_road",
        ("features", "proposal.scale", "proposal.investment_wan", "proposal.land_table"),
    ),
    ("e_workshop_moved", "e_workshop", ("features.W-1.geometry",)),
)
"""A variant, the file it starts from, and where they may differ; each place named does differ."""


@pytest.mark.parametrize(("variant", "base", "places"), NEAR_MISSES, ids=[row[0] for row in NEAR_MISSES])
def test_a_near_miss_differs_in_the_one_thing_named(variant: str, base: str, places: tuple[str, ...]) -> None:
    one, other = (dict(_leaves(_proposal(name))) for name in (variant, base))
    changed = {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}
    changed -= {"proposal.id", "proposal.name"}
    assert {path for path in changed if not any(_lies_in(path, place) for place in places)} == set()
    assert [place for place in places if not any(_lies_in(path, place) for path in changed)] == []


def _lies_in(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}.")


def _proposal(name: str) -> Json:
    found: Json = json.loads((EXAMPLES / "qingxi" / "proposals" / f"{name}.geojson").read_text(encoding="utf-8"))
    return found


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a document by its path; members of a list by their id or kind, so that none shifts another."""
    match value:
        case dict():
            for key, part in value.items():
                yield from _leaves(part, f"{path}.{key}".removeprefix("."))
        case list():
            yield path, len(value) == 0
            names = [_name(member) for member in value]
            for place, member in enumerate(value):
                unique = names[place] is not None and names.count(names[place]) == 1
                yield from _leaves(member, f"{path}.{names[place] if unique else place}")
        case _:
            yield path, value


def _name(member: object) -> str | None:
    keys = ("id", "kind", "matter")
    return next((str(member[key]) for key in keys if key in member), None) if isinstance(member, dict) else None
