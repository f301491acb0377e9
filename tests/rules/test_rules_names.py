"""The list of rules, the dictionary of two languages, and the functions a rule may call."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from resolve_cases import CASES, Read

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Grade, Simple
from landrules.measures import ANY_GRADE, MEASURES, Measure
from landrules.rules.listing import rows
from landrules.rules.load import load_ruleset
from landrules.rules.names import built_in, canonical_names, dictionary, translator

SAMPLES = {
    Simple.DATE: date(2024, 2, 29),
    Dimension.NUMBER: Fraction(13),
    Dimension.DURATION: Fraction(30),
    ANY_GRADE: Grade("grade15", Fraction(6)),
    None: Fraction(7, 2),
}
KINDS = {
    Simple.DATE: date,
    Simple.BOOLEAN: bool,
    Dimension.NUMBER: Fraction,
    Dimension.DURATION: Fraction,
    None: Fraction,
}


def test_the_list_says_what_each_norm_can_do(read: Read) -> None:
    found = read(CASES / "good" / "rules.rules").ruleset
    assert found is not None
    told = {r.id.rsplit(".", 1)[-1]: (r.effect, r.status, str(r.effective_from)) for r in rows(found)}
    assert told == {
        "control_strip": ("deny_unless", "verified", "2011-07-01"),
        "deadline": ("deny", "verified", "2020-01-01"),
        "dispute": ("deny", "verified", "2020-01-01"),
        "expropriation_level": ("conditional", "verified", "2020-01-01"),
        "far_ratio": ("deny", "unverified", "None"),
        "levy": ("information", "verified", "None"),
        "second_strip": ("deny", "verified", "2011-07-01"),
        "lawful_site": ("permit", "verified", "2020-01-01"),
    }


def test_a_default_that_rests_on_law_is_a_row_of_its_own(tmp_path: Path) -> None:
    own = 'ruleset t.one { level county  version "1"  default refer }\n'
    cited = (
        'instrument bylaw { title en "Bylaw" effective from 2020-01-01 }\n'
        'ruleset t.two { level county  version "1"  default deny  cites bylaw article 1 example }\n'
    )
    (tmp_path / "one.rules").write_text(own, encoding="utf-8")
    (tmp_path / "two.rules").write_text(cited, encoding="utf-8")
    found = rows(load_ruleset([tmp_path / "one.rules", tmp_path / "two.rules"]))
    assert [(r.id, r.effect, r.level) for r in found] == [("t.two.default", "deny", "county")]


def test_the_names_of_the_language_are_one_to_one() -> None:
    table = built_in()
    assert len(set(table.values())) == len(table)


def test_a_name_goes_there_and_back(read: Read) -> None:
    loaded = read(CASES / "good" / "red_line.rules")
    table, conflicts = dictionary(loaded.documents)
    assert conflicts == ()
    translate = translator(loaded.documents)
    for en, zh in table.items():
        assert translate(en, "zh") == zh
        assert translate(zh, "en") == en
    assert translate("nothing", "zh") is None


def test_a_name_in_either_spelling_is_one_name(read: Read) -> None:
    canonical = canonical_names(read(CASES / "good" / "red_line_zh.rules"))
    assert [canonical(n) for n in ("基本农田图斑", "farmland", "项目", "试验.例.占用基本农田", "甲")] == [
        "farmland", "farmland", "proposal", "test.case.occupation", "甲",
    ]  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_a_function_keeps_its_promises(measure: Measure) -> None:
    assert measure.zh != measure.name
    assert measure.doc_zh
    assert measure.doc_en
    calendar = [lambda day: day.weekday() < 5] if measure.of_calendar else []
    assert isinstance(measure.body(*calendar, *(SAMPLES[p] for p in measure.params)), KINDS[measure.result])
