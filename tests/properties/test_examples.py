"""The same on the example counties: every proposal, every layer it reads, its order of features, its coordinates."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyproj
import pytest
import shapely

from landrules import Report, load_ruleset
from landrules.base.valuetype import Absence
from landrules.engine.decide import authorised, decision
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence
from landrules.engine.gather import gather
from landrules.engine.plan import Plan, plan
from landrules.engine.program import Program
from landrules.engine.verdict import Result
from landrules.geo.site import AbsentLayer, Proposal
from landrules.intake.accounts import read_accounts
from landrules.intake.proposal import read_proposal
from landrules.intake.workspace import Workspace, load_workspace
from landrules.road import Options, judge, read_layers, settle_law_date
from landrules.rules.model import Outcome, RuleSet

EXAMPLES = Path(__file__).parents[2] / "examples"
COUNTIES = ("qingxi", "minneapolis")
PROPOSALS = tuple(sorted(p for c in COUNTIES for p in (EXAMPLES / c / "proposals").glob("*.geojson")))
GRAVE = (Outcome.DENY, Outcome.INDETERMINATE, Outcome.REFER)

each_proposal = pytest.mark.parametrize("path", PROPOSALS, ids=lambda p: p.stem)


@dataclass(frozen=True)
class Place:
    """A county's workspace and its rules, read once."""

    workspace: Workspace
    rules: RuleSet


@cache
def place(county: str) -> Place:
    """The county of an example."""
    workspace = load_workspace(EXAMPLES / county)
    return Place(workspace, load_ruleset(workspace.rulesets, workspace.root))


def read(data: bytes, county: Place) -> Proposal:
    """A proposal through the door."""
    return read_proposal(data, "proposal", county.workspace.plane, county.rules.schemes, {})


def judged(data: bytes, county: Place) -> Report:
    """The report of a proposal's bytes."""
    return judge(read(data, county), county.rules, county.workspace, Options(geometry=False))


@cache
def gathered(path: Path) -> tuple[Plan, Evidence]:
    """What is known of an example."""
    county = place(path.parents[1].name)
    proposal = read(path.read_bytes(), county)
    day, _ = settle_law_date(proposal, None)
    steps = plan(county.rules, day)
    layers = read_layers(county.workspace, steps, county.rules, proposal, day)
    accounts = county.workspace.accounts
    figures = read_accounts(accounts) if accounts else ()
    return steps, gather(county.rules, steps, proposal, layers, data_as_of=day, accounts=figures)


def substance(found: Report) -> dict[str, Any]:
    """All of a report but the hashes of what it was made from."""
    out = found.model_dump(exclude={"provenance", "data_quality"})
    out["proposal"].pop("sha256")
    return out


def test_there_are_examples() -> None:
    assert len(PROPOSALS) >= 15


# --------------------------------------------------------------------------- layers


@each_proposal
def test_without_any_one_layer_no_refusal_becomes_a_permit(path: Path) -> None:
    steps, evidence = gathered(path)
    before = {r.norm.id: r for r in evaluate(steps.programs, evidence)}
    grave = {rule for rule, r in before.items() if r.outcome in GRAVE}
    decided = decision_of(before, evidence)
    for name in steps.layers:
        grounds = {**evidence.grounds, name: AbsentLayer(name, Absence.UNBOUND)}
        layers = {k: v for k, v in evidence.layers.items() if k != name}
        without = replace(evidence, grounds=grounds, layers=layers)
        # use controls look at one another; every other norm answers for itself, so only those that read the layer move
        moved = [p for p in steps.programs if name in p.norm.layers or p.norm.yields]
        if grave:  # while each norm that refused still does, so does the decision
            moved = [p for p in moved if p.norm.id in grave or p.norm.yields] if _reads(moved, grave) else []
        elif decided not in GRAVE:
            moved = []
        after = before | {r.norm.id: r for r in evaluate(moved, without)}
        for rule in grave:
            assert after[rule].outcome in GRAVE, (name, rule)
        if decided in GRAVE and moved:
            assert decision_of(after, without) in GRAVE, name


def _reads(programs: list[Program], rules: set[str]) -> bool:
    return any(p.norm.id in rules for p in programs)


def decision_of(results: Mapping[str, Result], evidence: Evidence) -> Outcome:
    """The decision that results lead to."""
    found = list(results.values())
    outcomes = [r.outcome for r in found if not r.norm.informs]
    return decision([*outcomes, authorised(found, evidence).outcome])


@each_proposal
def test_layers_that_no_norm_reads_change_nothing(path: Path, tmp_path: Path) -> None:
    county = place(path.parents[1].name)
    steps, _ = gathered(path)
    settings = tomllib.loads((county.workspace.root / "landrules.toml").read_text("utf-8"))
    unread = set(settings["layers"]) - set(steps.layers)
    fewer = replace(county.workspace, layers={k: v for k, v in county.workspace.layers.items() if k not in unread})
    before = judged(path.read_bytes(), county)
    after = judged(path.read_bytes(), Place(fewer, county.rules))
    assert substance(after) == substance(before)
    assert after.provenance.layers == before.provenance.layers


# --------------------------------------------------------------------------- order


@each_proposal
def test_shuffled_features_rings_and_rules_say_the_same(path: Path) -> None:
    county = place(path.parents[1].name)
    rng = random.Random(path.stem)
    document = json.loads(path.read_bytes())
    rng.shuffle(document["features"])
    for feature in document["features"]:
        if feature["geometry"]["type"] in ("Polygon", "MultiPolygon"):
            feature["geometry"]["coordinates"] = _turned(feature["geometry"]["coordinates"], rng)
    norms = list(county.rules.norms)
    rng.shuffle(norms)
    other = Place(county.workspace, replace(county.rules, norms=tuple(norms)))
    before, after = judged(path.read_bytes(), county), judged(json.dumps(document).encode(), other)
    assert substance(after) == substance(before)


def _turned(part: Any, rng: random.Random) -> Any:
    """Coordinates whose rings begin at another vertex."""
    if isinstance(part[0][0], int | float):
        start = rng.randrange(len(part) - 1)
        ring = part[:-1]
        return [*ring[start:], *ring[:start], ring[start]]
    return [_turned(p, rng) for p in part]


def test_the_order_in_which_rules_are_named_says_the_same() -> None:
    county = place("qingxi")
    turned = load_ruleset(county.workspace.rulesets[::-1], county.workspace.root)
    assert turned.norms == county.rules.norms
    assert [r.id for r in turned.rulesets] == [r.id for r in county.rules.rulesets]


# --------------------------------------------------------------------------- coordinates

SYSTEMS = ("EPSG:4490", "EPSG:4527", "EPSG:4548")
DOSSIERS = ("e_workshop", "f_factory_on_farmland", "g_village_service", "i_estate_outside_boundary", "b_logistics")


@pytest.mark.parametrize("name", DOSSIERS)
def test_any_coordinate_system_gives_the_same_decision(name: str) -> None:
    """Edges are cut to at most ten metres first, since a straight edge of one system is none of another."""
    county = place("qingxi")
    document = json.loads((EXAMPLES / "qingxi" / "proposals" / f"{name}.geojson").read_bytes())
    found = {code: judged(_in_system(document, code), county) for code in SYSTEMS}
    first = found[SYSTEMS[0]]
    for code, other in found.items():
        assert other.decision == first.decision, code
        assert _outcomes(other) == _outcomes(first), code
        assert abs(other.proposal.area_m2 - first.proposal.area_m2) <= Decimal("0.05"), code
        assert abs(other.authorised_m2 - first.authorised_m2) <= Decimal("0.05"), code


def _outcomes(found: Report) -> dict[str, str]:
    return {f.rule: f.outcome for f in found.findings}


def _in_system(document: Mapping[str, Any], code: str) -> bytes:
    """A proposal with edges of at most ten metres, written in another system; eastings come first."""
    native = "EPSG:4527" if "crs" in document else "EPSG:4490"
    to_plane = _move(native, "EPSG:4527")
    out = _move("EPSG:4527", code)

    def convert(shape: Any) -> Any:
        dense = shapely.segmentize(shapely.transform(shape, to_plane, interleaved=False), 10.0)
        return shapely.geometry.mapping(shapely.transform(dense, out, interleaved=False))

    def moved(value: Any) -> Any:
        """A value in which every geometry, wherever it stands, is converted."""
        if isinstance(value, list):
            return [moved(v) for v in value]
        if not isinstance(value, dict):
            return value
        if "coordinates" in value:
            return convert(shapely.geometry.shape(value))
        return {k: moved(v) for k, v in value.items()}

    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{code.replace(':', '::')}"}}
    if code == "EPSG:4490":
        crs = {"type": "name", "properties": {"name": "EPSG:4490"}}
    written = {**moved({k: v for k, v in document.items() if k != "crs"}), "crs": crs}
    return json.dumps(written).encode()


def _move(source: str, target: str) -> Callable[[Any, Any], tuple[Any, Any]]:
    return pyproj.Transformer.from_crs(source, target, always_xy=True).transform
