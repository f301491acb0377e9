"""The same decision from a database as from files: every example proposal, every layer, byte for byte."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from postgis_cases import EXAMPLES, Database, copied, substance

import landrules
from landrules.geo.site import AbsentLayer
from landrules.intake.layers import open_layer
from landrules.intake.workspace import Workspace, load_workspace
from landrules.rules.load import load_ruleset

pytestmark = pytest.mark.system

COUNTIES = ("qingxi", "minneapolis")
PROPOSALS = [path for county in COUNTIES for path in sorted((EXAMPLES / county / "proposals").glob("*.geojson"))]


@pytest.fixture(scope="session")
def places(server: Database, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    """Each example county in the database."""
    return {name: load_workspace(copied(name, server, tmp_path_factory.mktemp(name), name)) for name in COUNTIES}


def told(report: landrules.Report) -> tuple[str, list[dict[str, Any]]]:
    """A report without what tells its source; then of each layer the name, edition and system."""
    whole = json.loads(report.model_dump_json())
    layers = whole["provenance"].pop("layers")
    assert all(len(layer["sha256"]) == 64 or not layer["sha256"] for layer in layers)
    whole["provenance"].pop("workspace_sha256")
    return json.dumps(whole, ensure_ascii=False), [
        {k: layer[k] for k in ("name", "edition", "crs")} for layer in layers
    ]


def test_there_are_examples() -> None:
    assert len(PROPOSALS) >= 22


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda p: p.stem)
def test_a_proposal_is_judged_alike(path: Path, places: dict[str, Workspace]) -> None:
    county = path.parents[1].name
    from_files = landrules.check(path, workspace=EXAMPLES / county)
    from_database = landrules.check(path, workspace=places[county])
    assert told(from_database) == told(from_files)


@pytest.mark.parametrize("county", COUNTIES)
def test_every_layer_is_the_same_layer(county: str, places: dict[str, Workspace]) -> None:
    files = load_workspace(EXAMPLES / county)
    rules = load_ruleset(files.rulesets, files.root)
    day = date(2026, 6, 18)
    names = sorted(rules.layers.keys() & files.layers.keys())
    assert len(names) >= 3
    for name in names:
        one, other = (
            open_layer(w, name, rules.layers[name], rules.schemes, law_date=day) for w in (files, places[county])
        )
        assert not isinstance(one, AbsentLayer) and not isinstance(other, AbsentLayer)
        assert substance(one) == substance(other), name


def test_no_layer_of_the_copy_is_left_in_a_file(places: dict[str, Workspace]) -> None:
    for county, place in places.items():
        assert len(place.sources()) == len(load_workspace(EXAMPLES / county).sources()) >= 4
        assert all(type(source).__name__ == "DatabaseSource" for source in place.sources())
