"""What is printed parses back to itself, in both languages; printing again changes nothing; no comment is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrules.base.source import SourceFile
from landrules.lang.comments import find, texts
from landrules.lang.parse import parse, parse_expression
from landrules.lang.printer import print_document, print_expression
from landrules.lang.printing.words import Lang
from landrules.lang.tree import Document, Expr
from tests import strategies

GOOD = Path(__file__).parents[1] / "cases" / "syntax" / "good"
LIMITS = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


def nothing(_name: str, _lang: str) -> None:
    """No name has a translation."""


def read(text: str) -> Document:
    document, mistakes = parse(SourceFile.from_text(text))
    assert not mistakes, "\n".join([text, *(m.render() for m in mistakes)])
    assert document is not None
    return document


@pytest.mark.parametrize("lang", ["en", "zh"])
@LIMITS
@given(document=strategies.documents())
def test_what_is_printed_is_what_was_meant(lang: Lang, document: Document) -> None:
    printed = print_document(document, lang, nothing)
    again = read(printed)
    assert again.items == document.items, printed
    assert again.trailing == document.trailing, printed
    assert print_document(again, lang, nothing) == printed


@pytest.mark.parametrize("lang", ["en", "zh"])
@LIMITS
@given(expr=strategies.expressions(8))
def test_an_expression_keeps_its_brackets(lang: Lang, expr: Expr) -> None:
    printed = print_expression(expr, lang)
    again, mistakes = parse_expression(SourceFile.from_text(printed))
    assert not mistakes and again == expr, printed


@LIMITS
@given(document=strategies.documents())
def test_english_to_chinese_and_back_is_the_same_text(document: Document) -> None:
    english = print_document(document, "en", nothing)
    chinese = print_document(read(english), "zh", nothing)
    assert print_document(read(chinese), "en", nothing) == english


SAMPLE = "\n".join(p.read_text(encoding="utf-8") for p in sorted(GOOD.glob("*.rules")) if "names" not in p.name)
PLACES = [at for at, char in enumerate(SAMPLE) if char == "\n"]


@settings(LIMITS, max_examples=12)
@given(places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=6, unique=True), alone=st.booleans())
def test_no_comment_is_lost(places: list[int], alone: bool) -> None:
    text = SAMPLE
    for at in sorted(places, reverse=True):
        text = text[:at] + ("\n" if alone else " ") + f"# remark {at}" + text[at:]
    source = SourceFile.from_text(text)
    document = read(text)
    assert sorted(texts(document)) == sorted(c.text for c in find(source))
    for lang in ("en", "zh"):
        printed = print_document(document, lang, nothing)
        again = read(printed)
        assert sorted(texts(again)) == sorted(texts(document))
        assert print_document(again, lang, nothing) == printed


@settings(LIMITS, max_examples=400)
@given(data=st.data())
def test_a_broken_file_ends_in_mistakes_and_never_in_a_crash(data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(PLACES[:-30]))
    piece = SAMPLE[start : start + 900]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(piece)))
        cut = data.draw(st.integers(0, 4))
        piece = (
            piece[:at]
            + data.draw(st.sampled_from(["", "{", "}", "(", '"', "“", "x", " when ", "当", "=", "#", "《", "3"]))
            + piece[at + cut :]
        )
    source = SourceFile.from_text(piece)
    document, mistakes = parse(source)
    for mistake in mistakes:
        assert mistake.span is not None
        assert 0 <= mistake.span.start <= mistake.span.end <= len(piece) + 1
        assert mistake.render("zh") and mistake.render("en")
    assert document is not None or mistakes
