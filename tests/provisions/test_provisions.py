"""The fifteen provisions that decide whether the language is rich enough, each in both languages, each with tests.

The Chinese files beside the English ones are what `landrules fmt --lang zh` makes of them. Each provision is held by
tests of its own that show the outcome on both sides of what the provision says.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from landrules.lang import tree
from landrules.lang.printer import print_document
from landrules.rules.load import Loaded, read_rulesets
from landrules.rules.names import translator, untranslated
from landrules.trial import run_tests

HERE = Path(__file__).parent
PROVISIONS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "rows of a two-key table, dated, a value missing for some keys", ("p01_two_keys",)),
    (2, "closed lists that differ by rule and date; an open list", ("p02_lists",)),
    (3, "an opinion of a level, in time, unexpired, covering the affected part", ("p03_opinion",)),
    (4, "an exception to an exception", ("p04_exception_to_exception",)),
    (5, "approval by province and date; a pilot that lapses", ("p05_authority",)),
    (6, "sums over phases, county and year; last year's mean and increase", ("p06_sums",)),
    (7, "paired plot sets on three measures", ("p07_paired_plots",)),
    (8, "a strip by attribute from the edge; a second from the edge of the first", ("p08_strips",)),
    (9, "land that left a red line between two editions", ("p09_history",)),
    (10, "deadlines in days, working days, months, years; a cause that stops the clock", ("p10_deadlines",)),
    (11, "bounded, filled, tightened; relaxed and not", ("p11_national", "p11_province", "p11_city")),
    (12, "net area apportioned; a grading system named", ("p12_net_area",)),
    (13, "a crosswalk that is one to many", ("p13_crosswalk",)),
    (14, "ratios of a layout", ("p14_ratios",)),
    (15, "information, encouragement, leads", ("p15_information",)),
)
NAMES = ("common", *(name for _, _, names in PROVISIONS for name in names))
FILES = tuple(HERE / f"{name}.rules" for name in NAMES)


@cache
def loaded(path: Path) -> Loaded:
    return read_rulesets([path])


def chinese(path: Path) -> Path:
    return path.parent / "zh" / path.name


def test_every_provision_stands_here() -> None:
    assert [number for number, _, _ in PROVISIONS] == list(range(1, 16))
    assert {p.name for p in HERE.glob("*.rules")} == {p.name for p in FILES}
    assert {p.name for p in (HERE / "zh").glob("*.rules")} == {p.name for p in FILES}


@pytest.mark.parametrize("path", [*FILES, *map(chinese, FILES)], ids=lambda p: str(p.relative_to(HERE)))
def test_it_says_so_without_a_word_of_complaint(path: Path) -> None:
    found = loaded(path)
    assert [d.render("en") for d in found.diagnostics] == []
    assert found.ruleset is not None
    assert untranslated(found.documents) == ()


@pytest.mark.parametrize("number, names", [(n, names) for n, _, names in PROVISIONS])
@pytest.mark.parametrize("folder", [HERE, HERE / "zh"], ids=["en", "zh"])
def test_its_tests_pass_in_both_languages(number: int, names: tuple[str, ...], folder: Path) -> None:
    results = [r for name in names for r in run_tests([folder / f"{name}.rules"])]
    assert [(r.file, r.line, r.title_en, r.failures, r.diagnostics) for r in results if not r.passed] == []
    assert len(results) >= 2, f"provision {number} is not tested on both sides"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_chinese_is_what_fmt_makes_of_the_english_and_back(path: Path) -> None:
    (english,) = loaded(path).asked
    (translated,) = loaded(chinese(path)).asked
    translate = translator(loaded(path).documents)
    assert print_document(english, "zh", translate) == chinese(path).read_text(encoding="utf-8")
    assert print_document(translated, "en", translate) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("number, names", [(n, names) for n, _, names in PROVISIONS])
def test_every_norm_of_a_provision_is_expected_somewhere(number: int, names: tuple[str, ...]) -> None:
    documents = [d for name in names for d in loaded(HERE / f"{name}.rules").asked]
    norms = {i.names.en for d in documents for i in d.items if isinstance(i, tree.NormDecl) and i.kind != "exception"}
    expected = {
        x.norm.parts[-1]
        for d in documents
        for i in d.items
        if isinstance(i, tree.Test)
        for x in i.items
        if isinstance(x, tree.Expect) and x.norm is not None
    }
    assert norms <= expected
