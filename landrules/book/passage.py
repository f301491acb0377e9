"""Prose with its outline: a passage is a sentence and what is listed under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen

_HAN = "〇一二三四五六七八九"


@frozen
class Passage:
    """A sentence, and the items it introduces; `numbered` items carry numbers, others only stand deeper.

    `after` are sentences that follow the items, at their depth and without numbers.
    """

    text: str
    items: tuple[Passage, ...] = ()
    numbered: bool = True
    after: tuple[Passage, ...] = ()


def number(position: int, depth: int, lang: Lang) -> str:
    """The number of an item by how deep its list stands: （一） 1. (1) in Chinese, (a) (i) (1) in English, then letters.

    >>> number(12, 0, "zh"), number(2, 1, "zh"), number(2, 0, "en"), number(4, 1, "en")
    ('（十二）', '2.', '(b)', '(iv)')
    """
    if lang == "zh":
        return (f"（{han(position)}）", f"{position}.", f"({position})", f"{_letters(position)}.")[min(depth, 3)]
    return (f"({_letters(position)})", f"({_roman(position)})", f"({position})", f"{_letters(position)}.")[
        min(depth, 3)
    ]


def han(count: int) -> str:
    """A count from 1 to 99 in Chinese numerals; beyond that in digits.

    >>> [han(n) for n in (1, 10, 21)]
    ['一', '十', '二十一']
    """
    if count > 99:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_HAN[tens]}十")
    return head + (_HAN[ones] if ones else "")


def _letters(position: int) -> str:
    text = ""
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(position: int) -> str:
    text = ""
    for value, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while position >= value:
            text, position = text + sign, position - value
    return text


def lines(passages: Sequence[Passage], lang: Lang) -> tuple[str, ...]:
    """The passages as indented lines of plain text."""
    return tuple(_lines(passages, lang, 0, 0, numbered=False))


def _lines(passages: Iterable[Passage], lang: Lang, indent: int, depth: int, *, numbered: bool) -> Iterator[str]:
    for position, passage in enumerate(passages, 1):
        mark = number(position, depth, lang) + ("" if lang == "zh" and depth == 0 else " ") if numbered else ""
        yield "  " * indent + mark + passage.text
        inner = depth + 1 if numbered else depth
        yield from _lines(passage.items, lang, indent + 1, inner, numbered=passage.numbered)
        yield from _lines(passage.after, lang, indent + 1, inner, numbered=False)
