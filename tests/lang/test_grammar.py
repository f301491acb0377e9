"""The grammar has no ambiguity, its keywords come from the table, and it is built quickly."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest

from landrules.base.resources import grammar
from landrules.lang.grammar import build
from landrules.lang.keywords import KEYWORDS

RULES = grammar().joinpath("landrules.lark").read_text(encoding="utf-8")


def test_the_grammar_is_free_of_conflicts(monkeypatch: pytest.MonkeyPatch) -> None:
    import interegular.comparator
    import lark.lexer

    monkeypatch.setattr(lark.lexer, "has_interegular", True)
    disjoint = lru_cache(maxsize=None)(interegular.comparator.Comparator.isdisjoint)
    monkeypatch.setattr(interegular.comparator.Comparator, "isdisjoint", disjoint)
    build(strict=True)


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
