"""The parser's tables, built once and only when something is parsed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from lark import Lark
from lark.lexer import Token

from landrules.base.resources import grammar
from landrules.lang.keywords import terminals

STARTS = ("start", "expression", "template")


def grammar_text() -> str:
    """The whole grammar: the rules of `grammar/landrules.lark` and the terminals of the keyword table."""
    return terminals(grammar().joinpath("landrules.lark").read_text(encoding="utf-8"))


def build(strict: bool = False) -> Lark:
    """The parser from the grammar. With `strict`, any ambiguity of rules or terminals is an error."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=False,
        strict=strict,
    )


@lru_cache(maxsize=1)
def parser() -> Lark:
    """The parser, once per process."""
    import lark.lexer

    lark.lexer.has_interegular = False
    return build()


def table() -> dict[Any, dict[str, Any]]:
    """States of the LALR automaton: what each accepts, terminals and rules."""
    return cast(dict[Any, dict[str, Any]], parser().parser.parser._parse_table.states)


__all__ = ["STARTS", "Token", "build", "grammar_text", "parser", "table"]
