"""What docs/postgis.md shows is what works: its blocks, in both languages, against the server."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from postgis_cases import EXAMPLES, Connection, Database, copy

import landrules
from landrules.intake.workspace import DatabaseSource, load_workspace

pytestmark = pytest.mark.system

DOCS = Path(__file__).parents[2] / "docs"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(page: str) -> dict[str, str]:
    """The shown blocks of a page by their language, each of which stands there once."""
    found = FENCE.findall((DOCS / page).read_text(encoding="utf-8"))
    assert [kind for kind, _ in found] == ["sh", "sql", "ini", "toml"]
    return dict(found)


def test_the_page_is_one_in_both_languages() -> None:
    assert blocks("postgis.md") == blocks("postgis.zh-CN.md")


def test_what_the_page_shows_judges_an_example_alike(
    server: Database, owner: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = blocks("postgis.md")
    owner.execute("DROP SCHEMA IF EXISTS survey CASCADE; CREATE SCHEMA survey")
    for table in ("DLTB", "DLTB_COVERAGE"):
        copy(owner, EXAMPLES / "qingxi" / "layers" / "qingxi.gpkg", table, "survey")
    owner.execute("DROP ROLE IF EXISTS reviewer")
    with psycopg.connect(server.connection) as keeper:
        keeper.execute(shown["sql"].encode())
    (tmp_path / "services").write_text(shown["ini"].replace("db.county.internal", str(server.folder)), encoding="utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    settings = EXAMPLES / "qingxi" / "landrules.toml"
    text = settings.read_text(encoding="utf-8")
    before, _, rest = text.partition("[layers.dltb]\n")
    after = rest[rest.index("[layers.plan_zone]") :]
    text = re.sub(r'"((?:layers|rules)/[^"]+|accounts\.csv)"', rf'"{settings.parent.as_posix()}/\1"', before + after)
    (tmp_path / "landrules.toml").write_text(text + "\n" + shown["toml"], encoding="utf-8")
    place = load_workspace(tmp_path)
    assert len([source for source in place.sources() if isinstance(source, DatabaseSource)]) == 2
    for name in ("c_livestock", "j_workshop_beyond_survey"):
        path = EXAMPLES / "qingxi" / "proposals" / f"{name}.geojson"
        ours, theirs = landrules.check(path, workspace=place), landrules.check(path, workspace=EXAMPLES / "qingxi")
        assert ours.decision == theirs.decision and ours.findings == theirs.findings
        (dltb,) = [layer for layer in ours.provenance.layers if layer.name == "dltb"]
        assert dltb.coverage == "database: postgis:survey.DLTB_COVERAGE"
