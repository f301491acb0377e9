"""Files of good and bad spelling: pairs that mean the same in two languages, and mistakes with their sentences.

`bad/NAME.rules` stands with `NAME.zh.txt` and `NAME.en.txt`, the diagnostics as a reader sees them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.base.codes import MESSAGES
from landrules.base.diagnostic import Diagnostic
from landrules.base.source import SourceFile
from landrules.lang.aliases import conflicts, translator
from landrules.lang.parse import parse, parse_template
from landrules.lang.printer import print_document
from landrules.lang.tree import Document, MessageClause, NormDecl

CASES = Path(__file__).parents[1] / "cases" / "syntax"
GOOD = sorted(p.name.removesuffix(".en.rules") for p in (CASES / "good").glob("*.en.rules"))
BAD = sorted(p.stem for p in (CASES / "bad").glob("*.rules"))


def source(path: Path) -> SourceFile:
    return SourceFile.from_bytes(path.name, path.read_bytes())


def read(text: SourceFile) -> Document:
    document, mistakes = parse(text)
    assert not mistakes, "\n".join(m.render() for m in mistakes)
    assert document is not None
    return document


def good(name: str) -> Document:
    return read(source(CASES / "good" / f"{name}.rules"))


VOCABULARY = good("vocabulary")


def test_there_are_enough_cases() -> None:
    assert len(GOOD) >= 15
    assert len(BAD) >= 20
    assert sum(len(diagnose(name)) > 1 for name in BAD) >= 8


@pytest.mark.parametrize("name", GOOD)
def test_a_pair_means_the_same(name: str) -> None:
    en, zh = good(f"{name}.en"), good(f"{name}.zh")
    translate = translator([VOCABULARY, en, zh])
    assert not conflicts([VOCABULARY, en, zh])
    assert en.items and len(en.items) == len(zh.items)
    as_english = read(SourceFile.from_text(print_document(zh, "en", translate)))
    as_chinese = read(SourceFile.from_text(print_document(en, "zh", translate)))
    assert without_comments(as_english) == without_comments(en)
    assert without_comments(as_chinese) == without_comments(zh)


def without_comments(document: Document) -> str:
    """The canonical English text, comments left out: two trees are equal where these are."""
    text = print_document(document, "en", lambda _name, _lang: None)
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("#"))


@pytest.mark.parametrize("name", GOOD)
def test_there_and_back_is_the_same_text(name: str) -> None:
    en, zh = good(f"{name}.en"), good(f"{name}.zh")
    translate = translator([VOCABULARY, en, zh])
    first = print_document(en, "en", translate)
    chinese = print_document(read(SourceFile.from_text(first)), "zh", translate)
    assert print_document(read(SourceFile.from_text(chinese)), "en", translate) == first
    assert chinese != first


def diagnose(name: str) -> tuple[Diagnostic, ...]:
    """Every mistake of a bad file, those in its messages included."""
    document, mistakes = parse(source(CASES / "bad" / f"{name}.rules"))
    found = list(mistakes)
    for norm in document.items if document is not None else ():
        for clause in norm.body if isinstance(norm, NormDecl) else ():
            if isinstance(clause, MessageClause):
                for text in (clause.text.zh, clause.text.en):
                    found += parse_template(text, clause.text.span)[1]
    return tuple(found)


def rendered(name: str, lang: str) -> str:
    return "".join(d.render("zh" if lang == "zh" else "en") + "\n" for d in diagnose(name))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_plainly(name: str, lang: str) -> None:
    assert rendered(name, lang) == (CASES / "bad" / f"{name}.{lang}.txt").read_text(encoding="utf-8")


def test_every_code_has_a_case() -> None:
    shown = {d.code for name in BAD for d in diagnose(name)}
    assert {code for code in MESSAGES if code.startswith("LR1")} == shown | {"LR137", "LR140"}, "see test_hostile"
