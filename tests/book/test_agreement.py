"""An explanation is weighed apart from the judgement it explains: both must come to the same, place by place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from landrules.book.examine import examine
from landrules.book.finding import finding
from landrules.book.finding_json import finding_json
from landrules.book.glossary import glossary
from landrules.engine.evaluate import evaluate
from landrules.engine.explain import Explanation, WeighedClause, WeighedException, explain
from landrules.engine.gather import gather
from landrules.engine.plan import plan
from landrules.lang import tree as t
from landrules.road import Options, check
from landrules.rules import model as m
from landrules.rules.load import read_rulesets
from landrules.rules.names import canonical_names
from landrules.trial.cast import cast

PROPOSALS = Path(__file__).parents[2] / "examples" / "qingxi" / "proposals"
SOME = ("a_expressway_unreplenished", "b_logistics", "c_livestock", "d_village_road_lamp_posts", "g_village_service")
"""One proposal a family of the example county that has several places, roads, buildings or opinions."""


@pytest.mark.parametrize("name", SOME)
def test_every_norm_is_explained_as_the_report_has_it(name: str) -> None:
    path = PROPOSALS / f"{name}.geojson"
    case, report = examine(path, None, Options()), check(path)
    found = {f.rule: f.outcome for f in report.findings}
    explained = [case.explained(p.norm.id) for p in case.plan.programs]
    told = [x for x in explained if x is not None]
    assert len(told) == len(case.plan.programs) > 20
    assert {
        x.result.norm.id: x.result.outcome.value for x in told if not x.result.norm.informs
    }.items() <= found.items()
    assert [said for x in told for said in apart(x)] == []


def apart(told: Explanation) -> Iterator[str]:
    """Where what was weighed and what was judged at the place fall apart."""
    name, judged = told.result.norm.id, told.judgement
    for branch in told.branches:
        if branch.verdict is not None and branch.when.value is not True:
            yield f"{name}: a case spoke although its condition is {branch.when.value}"
        yield from _clauses(name, branch.clauses)
    for exception in told.exceptions:
        yield from _exception(exception)
    if judged is None or judged.bare is not None or judged.outcome.rank <= m.Outcome.PERMIT.rank:
        return
    if told.applies.value is False:
        yield f"{name}: it came to {judged.outcome} although it does not apply"
    if judged.outcome is not m.Outcome.INDETERMINATE and not any(b.verdict for b in told.branches):
        yield f"{name}: nothing was heard of what came to {judged.outcome}"


def _clauses(name: str, clauses: tuple[WeighedClause, ...]) -> Iterator[str]:
    for clause in clauses:
        value = clause.condition.value if clause.condition is not None else True
        if clause.verdict is None or not isinstance(value, bool):
            continue
        met = clause.verdict.outcome is m.Outcome.PERMIT
        if (value is not met) if isinstance(clause.clause, m.Requires) else (not value and not met):
            yield f"{name}: a clause whose condition is {value} came to {clause.verdict.outcome}"


def _exception(told: WeighedException) -> Iterator[str]:
    if told.lifted and told.when.value is not True:
        yield f"{told.exception.id}: it lifted although its condition is {told.when.value}"
    yield from _clauses(told.exception.id, told.clauses)
    for inner in told.exceptions:
        yield from _exception(inner)


# --------------------------------------------------------------------------- places

RULES = """
ruleset example.places { level county  version "1" }
instrument law { title zh "某法" en "A law"  effective from 2000-01-01 }
layer land zh 土地 { title zh "土地" en "Land"  field class text  field steep boolean }
rule together zh 合计 on land where (class = "field") {
    title zh "合计不超过二十平方米" en "Twenty square metres in all"
    cites law article 1 example  effective from 2020-01-01
    requires area of occupied <= 20 m2
}
rule one_by_one zh 逐块 on land {
    title zh "陡坡须有方案" en "A scheme for steep land"
    cites law article 2 example  effective from 2020-01-01
    requires not land.steep or area of parcel <= 50 m2
}
test zh "几处" en "Several places" {
    on 2026-01-01
    parcel P1 square 10 m at (0, 0)
    parcel P2 square 20 m at (100, 0)
    parcel P3 square 5 m at (200, 0)
    feature land F1 square 4 m at (1, 1) { class = "field" steep = false }
    feature land F2 square 10 m at (101, 1) { steep = true }
    feature land F3 square 5 m at (200, 0) { class = "wood" steep = true }
    expect one_by_one deny
}
"""


def places(tmp_path: Path, name: str) -> tuple[Explanation, m.RuleSet, list[t.Document]]:
    path = tmp_path / "places.rules"
    path.write_text(RULES, "utf-8")
    loaded = read_rulesets([path])
    assert loaded.ruleset is not None, [d.render("en") for d in loaded.diagnostics]
    test = next(i for i in loaded.asked[0].items if isinstance(i, t.Test))
    case, faults = cast(test, loaded.ruleset, canonical_names(loaded))
    assert faults == ()
    assert case.law_date is not None
    steps = plan(loaded.ruleset, case.law_date)
    evidence = gather(loaded.ruleset, steps, case.proposal, case.layers, data_as_of=case.law_date)
    results = {r.norm.id: r for r in evaluate(steps.programs, evidence)}
    program = next(p for p in steps.programs if p.norm.id.endswith(name))
    told = explain(program, steps.programs, results[program.norm.id], evidence)
    return told, loaded.ruleset, list(loaded.documents)


def test_ground_that_may_belong_to_the_norm_is_open_for_the_same_facts(tmp_path: Path) -> None:
    told, _, _ = places(tmp_path, "together")
    assert {f.name for f in told.result.missing} == {"land.class"}
    condition = told.branches[0].clauses[0].condition
    assert condition is not None
    assert {f.name for f in condition.facts} == {"land.class"}


def test_the_place_that_decides_is_explained_and_the_others_are_listed(tmp_path: Path) -> None:
    told, rules, documents = places(tmp_path, "one_by_one")
    assert (told.parcels, told.features) == (("P2",), ("land F2",))
    assert [(x.parcels, x.features, x.outcome.value, x.area) for x in told.others] == [
        (("P1",), ("land F1",), "permit", 16),
        (("P3",), ("land F3",), "permit", 25),
    ]
    verdict = told.branches[0].clauses[0].verdict
    assert verdict is not None
    assert verdict.outcome is m.Outcome.DENY
    names = glossary(documents, rules)
    english, chinese = (finding(told, rules, names, lang).text(lang) for lang in ("en", "zh"))
    assert "  It was judged at 2 more places:\n    Parcel P1; feature land F1: permit; 16.00 m².\n" in english
    assert "  另审查了2处：\n    地块P1；要素land F1：符合；16.00平方米。\n" in chinese
    assert "required ≤" not in english
    assert [x["outcome"] for x in finding_json(told, rules, names, "en")["elsewhere"]] == ["permit", "permit"]
