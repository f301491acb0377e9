"""Rules read aloud: golden sentences for every construct, in both languages from one tree, and any tree at all."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from landrules.base.diagnostic import Lang
from landrules.base.source import SourceFile
from landrules.book.clauses import Ground, block
from landrules.book.conditions import conditions, inline
from landrules.book.glossary import EMPTY, Glossary, glossary
from landrules.book.passage import lines
from landrules.book.read import chosen, read, readable
from landrules.book.settings import SENTENCES
from landrules.book.speech import Speech
from landrules.book.values import value
from landrules.lang import tree as t
from landrules.lang.parse import parse
from landrules.lang.printer import print_document
from landrules.rules.names import translator
from tests import strategies as some

CASES = Path(__file__).parent / "reading"
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def said(path: Path, lang: Lang) -> str:
    document, mistakes = parse(SourceFile.from_bytes(path.name, path.read_bytes()))
    assert document is not None
    assert not mistakes, [m.render("en") for m in mistakes]
    names = glossary([document])
    return aloud(document, names, lang)


def aloud(document: t.Document, names: Glossary, lang: Lang) -> str:
    return "\n".join(
        read(item, names, lang, owner=owner[0]).text(lang)
        for owner, item in readable(document)
        if not isinstance(item, t.Except)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", sorted(CASES.glob("*.rules")), ids=lambda p: p.stem)
def test_every_construct_reads_like_an_official_text(path: Path, lang: Lang) -> None:
    assert said(path, lang) == path.with_suffix(f".{lang}.txt").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_tree_reads_alike_whatever_language_it_was_written_in(lang: Lang) -> None:
    path = CASES / "constructs.rules"
    document, _ = parse(SourceFile.from_bytes(path.name, path.read_bytes()))
    assert document is not None
    chinese = print_document(document, "zh", translator([document]))
    again, mistakes = parse(SourceFile.from_text(chinese))
    assert again is not None
    assert not mistakes
    assert "红线" in chinese
    names = glossary([again])
    told, first = aloud(again, names, lang), aloud(document, glossary([document]), lang)
    # Messages and names of a `for each` stay as their author wrote them.
    assert strip_own_words(told) == strip_own_words(first)


def strip_own_words(text: str) -> list[str]:
    return [line for line in text.splitlines() if "审查意见写明" not in line and "The opinion says" not in line]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_national_rules_are_all_read_without_a_bare_identifier(lang: Lang) -> None:
    from landrules.book.holdings import holdings

    loaded = holdings(["cn"])
    names = glossary(loaded.documents, loaded.ruleset)
    for document in loaded.asked:
        for owner, item in readable(document):
            reading = read(item, names, lang, owner=owner[0])
            text = "\n".join(lines(reading.passages, lang))
            assert text.strip(), reading.id
            if isinstance(item, t.NormDecl):
                assert "_" not in text, f"{reading.id}: {text}"


def test_a_ruleset_is_read_whole_and_a_rule_by_any_of_its_names() -> None:
    from landrules.book.holdings import holdings

    documents = holdings(["cn.highway"]).asked
    by_name = {
        n: chosen(documents, n) for n in ("building_control_zone", "公路建筑控制区", "cn.highway.building_control_zone")
    }
    assert len({tuple(o for o, _ in found) for found in by_name.values()}) == 1
    assert all(len(found) == 1 for found in by_name.values())
    assert len(chosen(documents, "cn.highway")) > 5
    exception = chosen(documents, "cn.highway.building_control_zone.road_protection")
    assert [type(item) for _, item in exception] == [t.Except]


# --------------------------------------------------------------------------- nothing is left unsaid


def members(union: object) -> tuple[type, ...]:
    return typing.get_args(union)


def test_the_goldens_hold_every_kind_of_node_and_of_setting() -> None:
    seen: set[type] = set()
    keys: set[str] = set()
    words: set[str] = set()
    for path in CASES.glob("*.rules"):
        document, _ = parse(SourceFile.from_bytes(path.name, path.read_bytes()))
        assert document is not None
        for node in everything(document.items):
            seen.add(type(node))
            if isinstance(node, t.Setting):
                keys.add(node.key)
            if isinstance(node, t.Effect):
                words.add(node.word)
            if isinstance(node, t.NormDecl | t.Declaration):
                words.add(node.kind)
            if isinstance(node, t.Aggregate):
                words.add(node.kind)
    wanted = {*members(t.Expr), *members(t.Clause), *members(t.Item), *members(t.TestItem)}
    assert wanted - seen == set()
    assert set(SENTENCES) - keys == set()
    kinds: set[str] = set()
    from landrules.lang.tree.clauses import EffectWord
    from landrules.lang.tree.declarations import DeclKind, NormKind
    from landrules.lang.tree.expressions import AggregateKind

    for literal in (EffectWord, NormKind, DeclKind, AggregateKind):
        kinds |= set(typing.get_args(literal))
    assert kinds - words == set()


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.settings())
def test_every_setting_of_the_language_has_its_sentence(setting: t.Setting) -> None:
    assert setting.key in SENTENCES


def everything(value: object) -> typing.Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from everything(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for f in dataclasses.fields(value):
            if f.compare:
                yield from everything(getattr(value, f.name))


_FEW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@_FEW
@given(some.documents())
def test_any_tree_is_read_in_both_languages(document: t.Document) -> None:
    names = glossary([document])
    for lang in LANGUAGES:
        for owner, item in readable(document):
            reading = read(item, names, lang, owner=owner[0])
            assert reading.text(lang).strip()
            assert all(line.strip() for line in lines(reading.passages, lang))
            assert reading == read(item, names, lang, owner=owner[0])


@_FEW
@given(some.clauses())
def test_any_clause_says_something(clause: t.Clause) -> None:
    for lang in LANGUAGES:
        passages = block(Speech(lang), (clause,), Ground())
        assert isinstance(clause, t.Title) or (isinstance(clause, t.Effective) and clause.body == ()) or passages


@_FEW
@given(some.expressions())
def test_any_expression_is_a_value_and_a_condition(expr: t.Expr) -> None:
    for lang in LANGUAGES:
        s = Speech(lang, EMPTY)
        assert value(s, expr)
        assert inline(s, conditions(s, expr))
        assert inline(s, conditions(s, expr, holds=False))
