"""The loop that drives Lark's tables builds Lark's trees, place for place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lark import Lark, Tree
from lark.exceptions import UnexpectedInput

from landrules.base.source import SourceFile
from landrules.lang.grammar import _unchecked
from landrules.lang.lexing import lexer
from landrules.lang.machine import Machine
from landrules.lang.parsetree import Node, Token

ROOT = Path(__file__).parents[2]
TEXTS = sorted([*ROOT.glob("tests/cases/syntax/good/*.rules"), *ROOT.glob("rulesets/**/*.rules")])


@cache
def lark() -> Lark:
    return _unchecked()


def shape(node: object) -> object:
    """A tree of either kind as plain values."""
    if isinstance(node, Node):
        return (node.data, node.start, node.end, [shape(c) for c in node.children])
    if isinstance(node, Tree):
        start, end = (-1, -1) if node.meta.empty else (node.meta.start_pos, node.meta.end_pos)
        return (str(node.data), start, end, [shape(c) for c in node.children])
    assert isinstance(node, Token) or hasattr(node, "type")
    return (node.type, str(node), node.start_pos, node.end_pos)


def by_lark(text: str) -> object | None:
    """Lark's own tree; `None` where only the meaning of a keyword as a name makes the text readable."""
    try:
        return shape(lark().parse(text, start="start"))
    except UnexpectedInput:
        return None


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_the_same_tree_as_lark(path: Path) -> None:
    text = SourceFile.from_bytes(path.name, path.read_bytes()).text
    machine = Machine(text, "start")
    assert machine.run(0) is None
    theirs = by_lark(text)
    assert theirs is None or shape(machine.finish()) == theirs


def test_most_texts_are_readable_by_lark_alone() -> None:
    texts = [SourceFile.from_bytes(p.name, p.read_bytes()).text for p in TEXTS]
    assert sum(by_lark(text) is not None for text in texts) > len(texts) // 2


def test_a_word_that_does_not_fit_changes_nothing() -> None:
    machine = Machine("rule a { when x = 1 ] }", "start")
    halt = machine.run(0)
    assert halt is not None and halt.token is not None and halt.token.type == "_RSQB"
    before = (list(machine.states), list(machine.values))
    assert not machine.accepts("_RSQB") and not machine.give(halt.token)
    assert (machine.states, machine.values) == before


def test_a_keyword_without_a_place_is_a_name() -> None:
    machine = Machine("rule a { when note = row }", "start")
    assert machine.run(0) is None
    assert [t.type for t in machine.taken if t in ("note", "row")] == ["NAME", "NAME"]


def test_patterns_are_passed_over_by_their_first_character() -> None:
    shapes = {name: begins for _, name, _, begins in lexer().shapes}
    assert all(begins is not None for begins in shapes.values())
    assert shapes["STRING"]('"', 0) and not shapes["STRING"]("a", 0)
    assert shapes["UNIT"]("亩", 0) and not shapes["UNIT"]("z", 0)
