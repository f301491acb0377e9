"""What other declarations and other files add to a rule is read with it, in its place and with where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.base.diagnostic import Lang
from landrules.base.source import SourceFile
from landrules.book.beside import NOTHING, beside, read_beside
from landrules.book.glossary import glossary
from landrules.book.holdings import holdings
from landrules.book.read import chosen, read
from landrules.lang.parse import parse

CASES = Path(__file__).parent / "beside"
FILES = (CASES / "national.rules", CASES / "province.rules")
READ = ("example.nation.no_building", "示例.全国.小型项目面积", "river_works", "example.nation.no_building.roads")


def told(lang: Lang, *names: str) -> str:
    loaded = holdings(FILES)
    terms = glossary(loaded.documents, loaded.ruleset)
    other = beside(loaded.documents, terms)
    found = [x for name in names for x in chosen(loaded.documents, name)]
    return "\n".join(read_beside(item, other, terms, lang, owner=owner).text(lang) for owner, item in found)


def test_the_files_are_rules_that_resolve() -> None:
    assert [d.render("en") for d in holdings(FILES).diagnostics if d.severity == "error"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_norm_is_read_with_all_that_stands_elsewhere(lang: Lang) -> None:
    assert told(lang, *READ) == (CASES / f"told.{lang}.txt").read_text("utf-8")


def test_without_other_files_a_rule_reads_as_it_is_written() -> None:
    loaded = holdings(FILES[:1])
    terms = glossary(loaded.documents, loaded.ruleset)
    ((owner, item),) = chosen(loaded.documents, "new_line")
    assert read_beside(item, NOTHING, terms, "en", owner=owner) == read(item, terms, "en", owner=owner)


def test_exceptions_in_a_ring_are_read_once_around() -> None:
    text = "ruleset x.y { level county }\nexception a to b { refers }\nexception b to a { refers }\n"
    document, _ = parse(SourceFile.from_text(text))
    assert document is not None
    terms = glossary([document])
    ((owner, item),) = chosen([document], "a")
    said = read_beside(item, beside([document], terms), terms, "en", owner=owner).text("en")
    assert said.count("B: ") == 1
