"""The grammar has no ambiguity, its keywords come from the table, and it is built quickly."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache

import interegular.comparator
import lark
import lark.lexer
import pytest
from lark.lexer import TerminalDef

from landrules.base.resources import grammar
from landrules.lang import tree
from landrules.lang.grammar import TABLES, build, digest
from landrules.lang.keywords import KEYWORDS, is_chinese, spellings
from landrules.lang.reference import EXPLAINED_ZH, HEADINGS, PARTS, sentences

RULES = grammar().joinpath("landrules.lark").read_text(encoding="utf-8")


def test_the_grammar_is_free_of_conflicts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strict mode compares every two terminals of a state. Two keywords are literal words with a boundary, so they
    collide exactly when they share a spelling; only other pairs need their automata."""
    comparator = interegular.comparator.Comparator
    by_automata = lru_cache(maxsize=None)(comparator.isdisjoint)

    def isdisjoint(self: object, a: TerminalDef, b: TerminalDef) -> bool:
        if spellings(a.name) and spellings(b.name):
            return not set(spellings(a.name)) & set(spellings(b.name))
        return by_automata(self, a, b)

    monkeypatch.setattr(lark.lexer, "has_interegular", True)
    monkeypatch.setattr(comparator, "isdisjoint", isdisjoint)
    build(strict=True)


def test_strict_mode_would_see_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lark.lexer, "has_interegular", True)
    ambiguous = """start: A | B
A.2: /(?:area|x)(?!\\w)/
B.2: /(?:area)(?!\\w)/"""
    with pytest.raises(lark.exceptions.LexError, match="Collision"):
        lark.Lark(ambiguous, parser="lalr", lexer="contextual", strict=True)


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda k: k.terminal)
def test_every_keyword_is_used(keyword) -> None:
    code = "\n".join(line.split("//")[0] for line in RULES.split("\n"))
    assert re.search(rf"\b{keyword.terminal}\b", code)
    assert keyword.en or keyword.zh


def test_a_word_of_a_role_has_one_meaning() -> None:
    """Where a builder asks a group for the English of a Chinese word, there is one answer."""
    asked = ("declaration", "clause", "test", "type", "value", "level", "outcome", "operator")
    for k in KEYWORDS:
        if k.group in asked and k.zh:
            assert {o.en for o in KEYWORDS if o.group == k.group and o.zh == k.zh} == {k.en}


NODES = [n for n in vars(tree).values() if isinstance(n, type) and n is not tree.Comments]


@pytest.mark.parametrize("node", NODES, ids=lambda n: n.__name__)
def test_every_sentence_has_a_heading_and_is_explained_in_both_languages(node: type) -> None:
    zh, en = HEADINGS[node]
    text = sentences()
    assert f"### {zh} · {en}\n\n{EXPLAINED_ZH[node]}\n\n" in text
    assert node.__name__ not in (zh, en)
    assert is_chinese(zh) and en.isascii()
    assert EXPLAINED_ZH[node].endswith("。")
    assert (node.__doc__ or "").strip().split("\n")[0] in text


def test_no_two_sentences_share_a_heading_and_every_node_stands_in_one_part() -> None:
    assert len(set(HEADINGS.values())) == len(NODES)
    assert set(HEADINGS) == set(EXPLAINED_ZH) == set(NODES)
    assert sorted(n.__name__ for _, _, nodes in PARTS for n in nodes) == sorted(n.__name__ for n in NODES)


def test_the_kept_tables_are_those_of_the_grammar() -> None:
    saved = json.loads(gzip.decompress(grammar().joinpath(TABLES).read_bytes()))
    assert saved["digest"] == digest(), "run python -m landrules.lang.grammar"
