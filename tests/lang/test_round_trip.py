"""What is printed parses back to itself, in both languages; printing again changes nothing; no comment is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from landrules.base.source import SourceFile
from landrules.lang.parse import parse, parse_expression
from landrules.lang.printer import print_document, print_expression
from landrules.lang.tree import Document, Expr
from tests import strategies

LIMITS = settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
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
def test_what_is_printed_is_what_was_meant(lang, document) -> None:
    printed = print_document(document, lang, nothing)
    again = read(printed)
    assert again.items == document.items, printed
    assert again.trailing == document.trailing, printed
    assert print_document(again, lang, nothing) == printed


@pytest.mark.parametrize("lang", ["en", "zh"])
@LIMITS
@given(expr=strategies.expressions(8))
def test_an_expression_keeps_its_brackets(lang, expr: Expr) -> None:
    printed = print_expression(expr, lang)
    again, mistakes = parse_expression(SourceFile.from_text(printed))
    assert not mistakes and again == expr, printed
