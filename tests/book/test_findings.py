"""Why a project came out as it did: the failing clause first, every value behind it, what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.base.diagnostic import Lang
from landrules.book.examine import Examined, examine
from landrules.book.finding import finding
from landrules.book.finding_json import finding_json
from landrules.engine.explain import Explanation
from landrules.road import Options, check

HERE = Path(__file__).parent / "findings"
PROPOSALS = Path(__file__).parents[2] / "examples" / "qingxi" / "proposals"
CASES = (
    ("a_expressway_unreplenished", "cn.pbf.pbf_occupation"),
    ("a_expressway_poorer_plot", "cn.pbf.pbf_occupation"),
    ("c_livestock", "cn.zones.plan_conformity"),
    ("b_logistics", "cn.balance.cultivated_land_balance"),
)


def judged(name: str) -> Examined:
    return examine(PROPOSALS / f"{name}.geojson", None, Options())


def told_of(case: Examined, rule: str) -> Explanation:
    found = case.explained(rule)
    assert found is not None
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "rule"), CASES, ids=[f"{n}-{r.rsplit('.', 1)[-1]}" for n, r in CASES])
def test_a_finding_is_explained(name: str, rule: str, lang: Lang) -> None:
    case = judged(name)
    text = finding(told_of(case, rule), case.evidence.rules, case.names, lang).text(lang)
    assert text == (HERE / f"{name}.{lang}.txt").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(PROPOSALS.glob("*.geojson")), ids=lambda p: p.stem)
def test_an_explanation_comes_to_what_the_check_found(path: Path) -> None:
    case, report = examine(path, None, Options()), check(path)
    found = {f.rule: f for f in report.findings}
    for name in case.decisive():
        told = told_of(case, name)
        plain = finding_json(told, case.evidence.rules, case.names, "en")
        assert plain["outcome"] == found[name].outcome
        assert {m["name"] for m in plain["missing"]} == {m.name for m in found[name].missing}
        text = finding(told, case.evidence.rules, case.names, "en").text("en")
        assert "ItemFact" not in text
        assert "Fraction" not in text


def test_the_failing_clause_comes_first_with_both_sides_and_the_margin() -> None:
    case = judged("a_expressway_unreplenished")
    text = finding(told_of(case, "pbf_occupation"), case.evidence.rules, case.names, "en").text("en")
    first, rest = text.split("It applies where:")
    assert "applies, but what it asks is not met" in first
    assert "= 0.00 m²" in first
    assert "= 11999.89 m²" in first
    assert "The margin is 11999.89 m²" in first
    assert "Exception “National key projects”" in rest


def test_a_missing_fact_says_what_hangs_on_it(tmp_path: Path) -> None:
    import json

    source = json.loads((PROPOSALS / "c_livestock.geojson").read_text("utf-8"))
    source["proposal"].pop("dispute_pending", None)
    for feature in source["features"]:
        feature["properties"].pop("dispute_pending", None)
    path = tmp_path / "case.geojson"
    path.write_text(json.dumps(source, ensure_ascii=False), "utf-8")
    case = examine(path, PROPOSALS.parent, Options())
    told = told_of(case, "no_pending_dispute")
    text = finding(told, case.evidence.rules, case.names, "en").text("en")
    assert "These facts are missing" in text
    assert "on it hangs whether" in text
    plain = finding_json(told, case.evidence.rules, case.names, "en")
    assert plain["missing"]
    assert all(m["decides"] for m in plain["missing"])


def test_a_rule_that_is_not_in_force_has_no_explanation() -> None:
    case = judged("c_livestock")
    assert case.explained("cn.balance.no_such_rule") is None
    assert case.explained("cn.balance.paddy_for_paddy") is None
