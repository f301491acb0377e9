"""Drive the parser over a text, past its mistakes.

At a mistake the parser is unwound to the nearest open place where a clause, a declaration or a test line may stand,
text is passed over up to the next keyword that can begin one there, and parsing goes on: so one file yields all its
mistakes, and a tree of all that could be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from lark import Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from landrules.lang.grammar import parser, table


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser could not go on: the offset, what it would have taken, and the last word it took."""

    pos: int
    expected: frozenset[str]
    last: Token | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parse tree of what could be read, every stop on the way, and the tokens taken."""

    tree: Tree[Token] | None
    stops: tuple[Stop, ...]
    tokens: tuple[Token, ...]


def drive(text: str, start: str) -> Parsed:
    """Parse a text from a start rule."""
    session = parser().parse_interactive(text, start=start)
    state: Any = session.parser_state
    lexing: Any = session.lexer_thread
    at: Any = lexing.state
    finish: Any = session.feed_eof
    stops: list[Stop] = []
    taken: list[Token] = []
    pos = 0
    while True:
        at.line_ctr.char_pos = pos
        try:
            for token in lexing.lex(state):
                pos = cast(int, token.start_pos)
                session.feed_token(token)
                taken.append(token)
                pos = cast(int, token.end_pos)
            pos = len(text)
            tree = finish(taken[-1] if taken else None)
            return Parsed(cast("Tree[Token]", tree), tuple(stops), tuple(taken))
        except (UnexpectedToken, UnexpectedCharacters) as wrong:
            if isinstance(wrong, UnexpectedCharacters) or wrong.token.type != "$END":
                pos = cast(int, wrong.pos_in_stream)
            stops.append(Stop(pos, frozenset(_expected(state)), taken[-1] if taken else None, ()))
            return Parsed(None, tuple(stops), tuple(taken))


def _expected(state: Any) -> set[str]:
    return {name for name in table()[state.position] if name.isupper() or name == "$END"}


_WORD = re.compile(r"\w+")
