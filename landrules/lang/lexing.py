"""Where words begin and end: which terminals a state of the automaton takes at a place of a text.

The order in which terminals are tried is Lark's. Trying some sixty patterns at every word would be slow, so patterns
are passed over that cannot begin with the character there, and keywords are found by the whole word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Union

from landrules.lang.grammar import Tables, tables

Matcher = Callable[[str, int], Union[re.Match[str], None]]
Candidate = tuple[str, Union[Matcher, None]]
"""A terminal, and its pattern; a keyword of one word needs none, since the word was compared as a whole."""

_KEYWORD = re.compile(r"\(\?:((?:\w|\\s\+|\|)+)\)\(\?!\\w\)")
_PIECE = re.compile(r"\[(?:[^\]\\]|\\.)+\]|\\.|.", re.DOTALL)
_FIRST = re.compile(r"\[(?:[^\]\\]|\\.)+\]|\\[dw]|[^\\.\[\](){}*+?|^$]")


class Lexer:
    """The terminals of the grammar, made ready for matching."""

    def __init__(self, kept: Tables) -> None:
        self.gap: Matcher = re.compile(_gap(kept)).match
        """Matches what is passed over, then, as its group, the word after it, if one stands there."""
        self.words: dict[str, list[tuple[int, str, Matcher | None]]] = {}
        self.shapes: list[tuple[int, str, Matcher, Matcher | None]] = []
        for rank, (name, pattern) in enumerate(kept.terminals):
            if name in kept.ignored:
                continue
            if (literal := _KEYWORD.fullmatch(pattern)) is None:
                firsts = _firsts(pattern)
                begins = re.compile("|".join(firsts)).match if firsts else None
                self.shapes.append((rank, name, re.compile(pattern).match, begins))
                continue
            for spelling in literal[1].split("|"):
                first, *rest = spelling.split("\\s+")
                whole = re.compile(f"(?:{spelling})(?!\\w)").match if rest else None
                self.words.setdefault(first, []).append((rank, name, whole))
        by_accepted: dict[frozenset[str], Choice] = {}
        everything = frozenset(name for name, _ in kept.terminals)
        self.choices: list[Choice] = []
        for state in kept.states:
            accepted = everything.intersection(state)
            if accepted not in by_accepted:
                by_accepted[accepted] = Choice(self, accepted)
            self.choices.append(by_accepted[accepted])
        self.anything = Choice(self, everything)


class Choice:
    """The terminals that some states take, by the word or the character at a place; filled as texts ask for them."""

    __slots__ = ("accepted", "by_character", "by_word", "lexer")

    def __init__(self, lexer: Lexer, accepted: frozenset[str]) -> None:
        self.lexer = lexer
        self.accepted = accepted
        self.by_word: dict[str, tuple[Candidate, ...]] = {}
        self.by_character: dict[str, tuple[Candidate, ...]] = {}

    def at_character(self, first: str) -> tuple[Candidate, ...]:
        """What can begin with a character, keywords left out."""
        found = tuple((name, match) for _, name, match in self._shapes(first))
        self.by_character[first] = found
        return found

    def at_word(self, word: str) -> tuple[Candidate, ...]:
        """What can begin with a word that begins a keyword."""
        words = [w for w in self.lexer.words[word] if w[1] in self.accepted]
        found = tuple((name, match) for _, name, match in sorted([*words, *self._shapes(word[0])], key=_rank))
        self.by_word[word] = found
        return found

    def _shapes(self, first: str) -> list[tuple[int, str, Matcher | None]]:
        return [
            (rank, name, match)
            for rank, name, match, begins in self.lexer.shapes
            if name in self.accepted and (begins is None or begins(first, 0) is not None)
        ]

    def match(self, text: str, begin: int, word: str) -> tuple[str, int] | None:
        """The terminal at a place and where it ends; `word` is the word that begins there, or empty."""
        candidates = self.at_word(word) if word in self.lexer.words else self.at_character(text[begin])
        for name, matcher in candidates:
            if matcher is None:
                return name, begin + len(word)
            if (found := matcher(text, begin)) is not None:
                return name, found.end()
        return None


def _rank(candidate: tuple[int, str, Matcher | None]) -> int:
    return candidate[0]


def _gap(kept: Tables) -> str:
    patterns = "|".join(pattern for name, pattern in kept.terminals if name in kept.ignored)
    return f"(?:{patterns})*+(\\w*)"


def _firsts(pattern: str) -> tuple[str, ...]:
    """Patterns of the characters that a pattern can begin with; none where they are not plain to see."""
    found: list[str] = []
    for part in _alternatives(pattern):
        if part.startswith("(?:"):
            inside = _firsts(part[3 : _closing(part)])
            if not inside or part[_closing(part) + 1 :].startswith(("*", "?", "{")):
                return ()
            found += inside
        elif (first := _FIRST.match(part)) is not None and not part[first.end() :].startswith(("*", "?", "{0")):
            found.append(first[0])
        else:
            return ()
    return tuple(found)


def _alternatives(pattern: str) -> list[str]:
    """A pattern split at its outermost bars."""
    parts, depth, begin = [], 0, 0
    for found in _PIECE.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if found[0] == "|" and depth == 0:
            parts.append(pattern[begin : found.start()])
            begin = found.end()
    return [*parts, pattern[begin:]]


def _closing(pattern: str) -> int:
    """Where the bracket closes that a pattern begins with."""
    depth = 0
    for found in _PIECE.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise ValueError(f"unbalanced pattern {pattern}")


@cache
def lexer() -> Lexer:
    """The lexer, once per process."""
    return Lexer(tables())
