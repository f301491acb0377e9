"""Every ruleset in the house loads without a word of complaint, passes its own tests, and reads in both languages.

Shipped rulesets, those of the examples, and the further cases beside this file are held to the same.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from landrules.base.source import SourceFile
from landrules.lang import tree
from landrules.lang.keywords import KEYWORDS
from landrules.lang.parse import parse
from landrules.lang.printer import print_document
from landrules.lang.tree import CodeClause, Declaration, Document, Drawn
from landrules.rules.load import Loaded, load_ruleset, read_rulesets
from landrules.rules.names import Translate, translator, untranslated
from landrules.trial import run_tests

ROOT = Path(__file__).parents[2]
FILES = tuple(
    path.relative_to(ROOT)
    for folder in ("rulesets", "examples", "tests/rulesets")
    for path in sorted((ROOT / folder).rglob("*.rules"))
)
SUBJECTS = ("balance", "erl", "expropriation", "highway", "pbf", "power", "tenure", "udb", "zones")
NOT_WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|\w+[:：]\w+(?:[.\-]\w+)*')
ENGLISH_ONLY = frozenset(w for k in KEYWORDS if k.zh for w in k.en.split())


@cache
def loaded(path: Path) -> Loaded:
    """A ruleset with its imports."""
    return read_rulesets([ROOT / path], ROOT)


def document_of(path: Path) -> Document:
    (document,) = loaded(path).asked
    return document


def in_language(document: Document, lang: str, translate: Translate) -> tuple[str, Document]:
    """A document printed in a language, and read back."""
    text = print_document(document, "zh" if lang == "zh" else "en", translate)
    again, mistakes = parse(SourceFile.from_bytes(f"{lang}.rules", text.encode()))
    assert mistakes == ()
    assert again is not None
    return text, again


def own_words(document: Document) -> frozenset[str]:
    """Words that belong to data and stay as they are: ids of drawn things, codes and names of schemes."""
    found = {"project_kind", "activity_kind", "survey", "lulc2023", "grade15", "quality_level", "plan_zone"}
    found |= {"udb_zone", "highway_class", "forest_kind", "minneapolis_zone", "minneapolis_use"}
    for item in document.items:
        if isinstance(item, tree.Test):
            found |= {x.id for x in item.items if isinstance(x, Drawn)}
        elif isinstance(item, Declaration):
            found |= {c.code for c in item.body if isinstance(c, CodeClause)}
    return frozenset(found)


def test_the_house_has_rulesets() -> None:
    assert {f"rulesets/cn/{s}/{s}.rules" for s in SUBJECTS} <= {p.as_posix() for p in FILES}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_loads_without_diagnostics(path: Path) -> None:
    found = loaded(path)
    assert [d.render("en") for d in found.diagnostics] == []
    assert found.ruleset is not None


@pytest.mark.parametrize("path", FILES, ids=str)
def test_its_own_tests_pass(path: Path) -> None:
    results = run_tests([ROOT / path], ROOT)
    assert [(r.line, r.title_en, r.failures, r.diagnostics) for r in results if not r.passed] == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_is_written_as_fmt_writes_it(path: Path) -> None:
    text = print_document(document_of(path), "en", translator(loaded(path).documents))
    assert text == (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_goes_to_chinese_and_back_byte_for_byte(path: Path) -> None:
    translate = translator(loaded(path).documents)
    english, document = in_language(document_of(path), "en", translate)
    chinese, turned = in_language(document, "zh", translate)
    back, again = in_language(turned, "en", translate)
    assert back == english
    assert in_language(again, "zh", translate)[0] == chinese


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_english_is_left_in_the_chinese_text(path: Path) -> None:
    documents = loaded(path).documents
    assert untranslated(documents) == ()
    chinese, _ = in_language(document_of(path), "zh", translator(documents))
    words = set(re.findall(r"[A-Za-z]\w*(?:-\w+)*", NOT_WORDS.sub(" ", chinese)))
    assert words - own_words(document_of(path)) == set()
    assert not words & ENGLISH_ONLY - own_words(document_of(path))


def test_the_national_rulesets_load_together() -> None:
    rules = load_ruleset(["cn"])
    assert {n.id.split(".")[1] for n in rules.norms} == set(SUBJECTS)


def test_every_national_norm_can_be_quoted() -> None:
    for norm in load_ruleset(["cn"]).norms:
        assert norm.citations, norm.id
        assert norm.title.zh != norm.title.en, norm.id
        assert {c.status for c in norm.citations} <= {"verified", "partly", "unverified"}, norm.id


def test_every_norm_has_a_test() -> None:
    expected = set(re.findall(r"expect (?:[\w.]+\.)?(\w+) ", "\n".join((ROOT / p).read_text("utf-8") for p in FILES)))
    for path in FILES:
        rules = loaded(path).ruleset
        assert rules is not None
        assert {n.id.rsplit(".", 1)[-1] for n in rules.norms} <= expected
