"""What the parser hands to the builders of trees: words with their place, and nodes with their stretch of the text."""

from __future__ import annotations

from typing import Union


class Token(str):
    """A word or sign of a text: its terminal in the grammar, and where it begins and ends."""

    __slots__ = ("end_pos", "start_pos", "type")

    type: str
    start_pos: int
    end_pos: int


def token(terminal: str, text: str, start: int, end: int) -> Token:
    """A word of the grammar at a place."""
    made = Token(text)
    made.type = terminal
    made.start_pos = start
    made.end_pos = end
    return made


class Node:
    """A rule of the grammar and what it is made of. A node of no words begins and ends at -1."""

    __slots__ = ("children", "data", "end", "start")

    def __init__(self, data: str, children: list[Part], start: int, end: int) -> None:
        self.data = data
        self.children = children
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"Node({self.data!r}, {self.children!r})"


Part = Union[Node, Token]
