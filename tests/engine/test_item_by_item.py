"""What is worked out item by item, held against sums done by hand, and the same rules in the other language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.base.source import SourceFile
from landrules.cli.fmt import laid_out
from landrules.engine.evaluate import evaluate
from landrules.engine.evidence import Evidence
from landrules.engine.explore import Assumptions
from landrules.engine.gather import gather
from landrules.engine.message import fill
from landrules.engine.plan import plan
from landrules.engine.scope import Scope
from landrules.engine.verdict import Result, Verdict
from landrules.lang import tree as t
from landrules.lang.parse import parse
from landrules.rules.load import read_rulesets
from landrules.rules.model import Bilingual
from landrules.rules.names import canonical_names
from landrules.trial import run_tests
from landrules.trial.cast import cast

CASES = Path(__file__).parent / "cases"
HEAD = """
ruleset case.drawn zh 例.随机 { level county  version "1"  default refer }
instrument law zh 某法 { effective from 2020-01-01 }
scheme survey { code 01 zh "耕地" en "Farmland"  code 0101 zh "水田" en "Paddy" under 01  code 03 zh "林地" en "Forest" }
grades grade15 { range 1 to 15  better lower }
layer dltb zh 地类图斑 {
    field class_now zh 现状地类 code of survey
    field net_area zh 净面积 area apportioned
    field patch_grade zh 图斑等别 grade of grade15
}
"""
KINDS = ("0101", "01", "03")


def outcome(tmp_path: Path, rule: str, test: str, expected: str) -> None:
    """A rule with one requirement, and what must come of it on a day in 2026."""
    text = (
        f"{HEAD}\nrule r {{ cites law article 1 example  effective from 2020-01-01\n    requires {rule}\n}}\n"
        f'test zh "例" en "case" {{\n    on 2026-06-18\n{test}\n    expect r {expected}\n}}\n'
    )
    path = tmp_path / "drawn.rules"
    path.write_text(text, encoding="utf-8")
    (result,) = run_tests([path])
    assert result.passed, (text, result.failures, [d.message("en") for d in result.diagnostics])


def records(areas: list[int | None]) -> str:
    plots = ", ".join('{ plot_no = "x" }' if a is None else f"{{ area_ha = {a} ha }}" for a in areas)
    return f"    parcel P1 square 100 m at (0, 0)\n    set proposal.supplements = [{plots}]"


@settings(max_examples=25, deadline=None)
@given(areas=st.lists(st.none() | st.integers(0, 4), max_size=5), limit=st.integers(0, 4))
def test_for_each_is_the_conjunction_over_the_list(
    tmp_path_factory: pytest.TempPathFactory, areas: list[int | None], limit: int
) -> None:
    known = [a >= limit for a in areas if a is not None]
    expected = "deny" if not all(known) else "permit" if None not in areas else "indeterminate possible permit, deny"
    if None in areas and limit == 0:  # an area is nothing at least, also where it is not stated
        expected = "permit"
    rule = f"for each plot in proposal.supplements holds (plot.area_ha >= {limit} ha)"
    outcome(tmp_path_factory.mktemp("each"), rule, records(areas), expected)


@settings(max_examples=25, deadline=None)
@given(
    patches=st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 5000), st.integers(1, 15), st.integers(1, 3)), max_size=4
    )
)
def test_a_worked_sum_is_the_sum_by_hand(
    tmp_path_factory: pytest.TempPathFactory, patches: list[tuple[str, int, int, int]]
) -> None:
    """Patches in a row of 20 m, of which the parcel takes in one part in two, three or all."""
    drawn, total = [], Fraction(0)
    for n, (kind, net, grade, parts) in enumerate(patches):
        drawn.append(
            f"    feature dltb A{n} rectangle 20 m by {50 * parts} m at ({20 * n}, 0) "
            f"{{ class_now = survey:{kind} net_area = {net} m2 patch_grade = {grade} }}"
        )
        if kind.startswith("01"):
            total += Fraction(net, parts) * (16 - grade)
    site = "\n".join(["    parcel P1 rectangle 200 m by 50 m at (0, 0)", *drawn])
    worked = (
        "sum of ((16 - number_of(patch_grade)) * 1500 kg * (net_area / 1 ha)) over dltb where (class_now in survey:01)"
    )
    kilograms = total * 1500 / 10_000
    slack = Fraction(16 * 1500, 10_000)  # every patch is rounded to 0.01 m2 by itself at most
    folder = tmp_path_factory.mktemp("worked")
    outcome(folder, f"{worked} <= {float(kilograms + slack):.4f} kg", site, "permit")
    outcome(folder, f"{worked} >= {max(float(kilograms - slack), 0):.4f} kg", site, "permit")


@settings(max_examples=20, deadline=None)
@given(days=st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 90)), max_size=4))
def test_the_days_of_suspensions_add_up(tmp_path_factory: pytest.TempPathFactory, days: list[tuple[date, int]]) -> None:
    spells = ", ".join(f"{{ start = {d}, end = {date.fromordinal(d.toordinal() + n)} }}" for d, n in days)
    site = f"    parcel P1 square 100 m at (0, 0)\n    set proposal.suspensions = [{spells}]"
    total = sum(n for _, n in days)
    rule = f"sum of (days_between(start, end)) over proposal.suspensions = {total} days"
    outcome(tmp_path_factory.mktemp("days"), rule, site, "permit")
    outcome(tmp_path_factory.mktemp("days"), rule.replace("days_between(start, end)", "end - start"), site, "permit")


@pytest.mark.parametrize(
    ("rule", "site", "expected"),
    [
        ("proposal.survey_year in [2025, 2026]", "set proposal.survey_year = 2026", "permit"),
        ("proposal.survey_year in [2025, 2026]", "set proposal.survey_year = 2024", "deny"),
        ("proposal.survey_year in [2025, 2026]", "", "indeterminate possible permit, deny"),
        ("proposal.application_date in [2026-01-05, 2026-02-05]", "set proposal.application_date = 2026-02-05", "permit"),
        ("proposal.approving_level in [province, central]", "set proposal.approving_level = city", "deny"),
        ("proposal.is_temporary = false", "set proposal.is_temporary = false", "permit"),
        ("law_date - 30 days <= proposal.application_date", "set proposal.application_date = 2026-05-19", "permit"),
        ("law_date - 30 days <= proposal.application_date", "set proposal.application_date = 2026-05-18", "deny"),
        ("proposal.application_date + 30 days >= law_date", "", "indeterminate possible permit, deny"),
        ("law_date - proposal.application_date <= 1 days", "", "indeterminate possible permit, deny"),
        ("proposal.investment_wan / 2 <= 5 wan_yuan", "set proposal.investment_wan = 10", "permit"),
        ("(proposal.use_after if absent survey:03) in survey:01", "", "deny"),
        ("(proposal.approving_level if absent province) = province", "", "permit"),
        ("(proposal.application_date if absent law_date) = law_date", "", "permit"),
        ("not (proposal.is_temporary if absent false)", "", "permit"),
        ("number_of(average of dltb.patch_grade weighted by net_area) <= 15", "unbound dltb", "permit"),
        ("number_of(average of dltb.patch_grade weighted by net_area) <= 14", "unbound dltb", "indeterminate"),
        ("sum of ((number_of(patch_grade) - 16) * area) over dltb <= 0 m2", "unbound dltb", "permit"),
        ("sum of ((number_of(patch_grade) - 16) * area) over dltb >= -150000 m2", "unbound dltb", "permit"),
        ("sum of ((number_of(patch_grade) - 16) * area) over dltb >= -149999 m2", "unbound dltb", "indeterminate"),
        ("for each x in dltb holds (x.area > 0 m2)", "unbound dltb", "indeterminate missing dltb"),
        ("for each c in distinct proposal.notices.kind holds (count of proposal.notices where (kind = c) = 1)",
         'set proposal.notices = [{ kind = "hearing" }, { kind = "hearing" }]', "deny"),
        ("for each c in distinct proposal.notices.kind holds (count of proposal.notices where (kind = c) = 1)",
         'set proposal.notices = [{ kind = "hearing" }, { kind = "plan_draft" }]', "permit"),
        ("for each one in proposal.opinions holds (any of proposal.approvals where (number = one.number))",
         'set proposal.opinions = [{ number = "1" }] set proposal.approvals = [{ number = "2" }]', "deny"),
        ("for each one in proposal.opinions holds (for each two in proposal.approvals holds (one.number != two.number))",
         'set proposal.opinions = [{ number = "1" }] set proposal.approvals = [{ number = "2" }]', "permit"),
    ],
)  # fmt: skip
def test_every_type_in_lists_comparisons_and_reckoning(tmp_path: Path, rule: str, site: str, expected: str) -> None:
    outcome(tmp_path, rule, f"    parcel P1 square 100 m at (0, 0)\n    {site}", expected)


@pytest.mark.parametrize("name", ["each", "calendars"])
def test_the_same_rules_in_chinese_come_to_the_same(tmp_path: Path, name: str) -> None:
    chinese = tmp_path / f"{name}.rules"
    chinese.write_text((CASES / f"{name}.rules").read_text(encoding="utf-8"), encoding="utf-8")
    plain = laid_out(chinese, "en")
    chinese.write_text(laid_out(chinese, "zh"), encoding="utf-8")
    document, trouble = parse(SourceFile.from_bytes("zh.rules", chinese.read_bytes()))
    assert document is not None and document.lang == "zh" and not trouble
    results = run_tests([chinese])
    assert [r.title_en for r in results if not r.passed] == []
    assert len(results) > 10
    assert laid_out(chinese, "en") == plain


def judged(tmp_path: Path, rule: str, site: str) -> tuple[Result, Evidence]:
    """What comes of a rule with one requirement on a site."""
    path = tmp_path / "drawn.rules"
    path.write_text(
        f"{HEAD}\nrule r {{ cites law article 1 example  effective from 2020-01-01\n    requires {rule}\n}}\n"
        f'test zh "例" en "case" {{ on 2026-06-18\n{site}\n expect r deny }}',
        encoding="utf-8",
    )
    loaded = read_rulesets([path])
    assert loaded.ruleset is not None
    test = next(i for i in loaded.documents[0].items if isinstance(i, t.Test))
    case, _ = cast(test, loaded.ruleset, canonical_names(loaded))
    law = plan(loaded.ruleset, date(2026, 6, 18))
    evidence = gather(loaded.ruleset, law, case.proposal, case.layers, data_as_of=date(2026, 6, 18))
    return next(r for r in evaluate(law.programs, evidence) if r.norm.id == "case.drawn.r"), evidence


def shown(tmp_path: Path, rule: str, site: str) -> Verdict:
    """The gravest verdict on a rule with one requirement."""
    return judged(tmp_path, rule, site)[0].shown


def test_the_first_item_that_fails_is_named_with_what_was_compared(tmp_path: Path) -> None:
    found = shown(tmp_path, "for each plot in proposal.supplements holds (plot.area_ha >= 1 ha)", records([2, 0, 0]))
    assert [n.text for n in found.notes if n.id == "plot"] == [
        Bilingual("plot 为项目·补充地块·2时不满足", "not met by plot = proposal supplements 2")
    ]
    assert [(c.value, c.limit, c.holds) for c in found.comparisons] == [(0, 10_000, False)]


def test_a_code_that_fails_goes_by_its_title(tmp_path: Path) -> None:
    site = """    parcel P1 square 100 m at (0, 0)
    feature dltb A1 square 10 m at (0, 0) { class_now = survey:0101 net_area = 90 m2 patch_grade = 6 }
    feature dltb F1 square 10 m at (50, 0) { class_now = survey:03 net_area = 0 m2 patch_grade = 6 }"""
    rule = "for each c in distinct dltb.class_now holds (for each x in dltb where (class_now = c) holds (x.net_area > 0 m2))"
    notes = [n.text.en for n in shown(tmp_path, rule, site).notes if n.id]
    assert notes == ["not met by c = Forest (03)", "not met by x = dltb F1"]


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("proposal.approving_level", "省级", "the province"),
        ("law_date + 30 days", "2026-07-18", "2026-07-18"),
        ("law_date - proposal.application_date", "17 日", "17 days"),
        ("proposal.plan.special_plans", "甲、乙", "甲, 乙"),
        ("proposal.use_after", "水田（0101）", "Paddy (0101)"),
        ("proposal.is_temporary if absent true", "是", "yes"),
        ("for each o in proposal.opinions holds (o.issuer is given)", "否", "no"),
        ("months_between(proposal.application_date, law_date)", "0", "0"),
        ("sum of (area_ha * 2) over proposal.supplements in ha", "6.0000 公顷", "6.0000 ha"),
        ("number_of(average of proposal.supplements.grade15 weighted by area_ha)", "6", "6"),
        ("min of proposal.notices.start", "未知", "unknown"),
    ],
)
def test_every_type_in_a_message(tmp_path: Path, value: str, zh: str, en: str) -> None:
    site = """    parcel P1 square 100 m at (0, 0)
    set proposal.approving_level = province
    set proposal.application_date = 2026-06-01
    set proposal.plan.special_plans = ["甲", "乙"]
    set proposal.use_after = survey:0101
    set proposal.opinions = [{ number = "1" }, { number = "2" }]
    set proposal.supplements = [{ area_ha = 1 ha, grade15 = 6 }, { area_ha = 2 ha, grade15 = 6 }]"""
    message = f'law_date > law_date\n    message zh "值 {{{value}}}" en "value {{{value}}}"'
    result, evidence = judged(tmp_path, message, site)
    assert result.norm.message is not None
    text = fill(result.norm.message, Scope(evidence, Assumptions()))
    assert (text.zh, text.en) == (f"值 {zh}", f"value {en}")
