"""The doors: expressions, messages with placeholders, the language of a file, names without an alias."""

from __future__ import annotations

from decimal import Decimal

import pytest

from landrules.base.source import SourceFile, Span
from landrules.lang.aliases import conflicts, translator, untranslated
from landrules.lang.numerals import from_chinese, to_chinese
from landrules.lang.parse import Placeholder, parse, parse_expression, parse_template
from landrules.lang.tree import Aggregate, Document, NormDecl, NumberLit, Path, Select


def template(text: str) -> tuple[object, ...]:
    source = SourceFile.from_text(text)
    pieces, mistakes = parse_template(text, Span(source, 0, len(text)))
    assert not mistakes
    return pieces


def document(text: str) -> Document:
    found, mistakes = parse(SourceFile.from_text(text))
    assert found is not None and not mistakes, [m.render() for m in mistakes]
    return found


def test_a_message_has_plain_text_and_placeholders() -> None:
    span = Span(SourceFile.from_text(""), 0, 0)
    area = Aggregate("area", Select(Path(("occupied",), span), None, span), span)
    assert template("占用 {area of occupied in 亩}，{{见图}}") == ("占用 ", Placeholder(area, "mu", span), "，{见图}")
    assert template("{occupied 的面积}") == (Placeholder(area, "", span),)
    assert template("") == ()


def test_a_placeholder_knows_its_place() -> None:
    text = "occupies {x.y in ha}"
    (_, placeholder) = template(text)
    assert isinstance(placeholder, Placeholder)
    assert placeholder.span.text == "x.y in ha"
    assert placeholder.expr.span.text == "x.y"


def test_an_expression_alone() -> None:
    found, mistakes = parse_expression(SourceFile.from_text("3 公顷"))
    assert found == NumberLit(Decimal(3), "ha", Span(SourceFile.from_text(""), 0, 0)) and not mistakes
    found, mistakes = parse_expression(SourceFile.from_text("3 +"))
    assert found is None and [m.code for m in mistakes] == ["LR115"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("rule a { when x }", "en"), ("规则 a { 当 x }", "zh"), ("rule a { 当 x 当 y }", "zh"), ("", "en")],
)
def test_a_file_is_in_the_language_of_most_of_its_keywords(text: str, lang: str) -> None:
    assert document(text).lang == lang


def test_names_without_an_alias_are_listed() -> None:
    found = document("layer pbf zh 永农 { field kind text }\nrule a zh 甲 on pbf { when pbf.kind = other_thing.pbf }")
    translate = translator([found])
    assert untranslated(found, translate, "zh") == ("kind", "other_thing")
    assert untranslated(found, translate, "en") == ()


def test_one_name_has_one_alias() -> None:
    first = document("define x zh 甲 = 1")
    second = document("define x zh 乙 = 1\ndefine y zh 丙 = 1")
    (conflict,) = conflicts([first, second])
    assert (conflict.name, conflict.first, conflict.second) == ("x", "甲", "乙")
    assert conflicts([first, first]) == ()


def test_chinese_numerals_there_and_back() -> None:
    assert all(from_chinese(to_chinese(n)) == n for n in range(10_000))


def test_quoted_words_are_no_comments() -> None:
    found = document('rule a { title zh "# 不是注释" } # 是注释')
    assert found.items[0].comments.trailing == "是注释"


def test_comments_stay_with_their_clause() -> None:
    found = document("# one\nrule a { # two\n    # three\n    when x # four\n    # five\n}\n# six\n")
    (rule,) = found.items
    assert isinstance(rule, NormDecl)
    (clause,) = rule.body
    assert (rule.comments.leading, rule.comments.trailing) == (("one",), "two")
    assert (clause.comments.leading, clause.comments.trailing) == (("three", "five"), "four")
    assert found.trailing == ("six",)
