"""Words in the language printed: keywords, names, numbers, quoted texts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.quantity import BY_SPELLING
from landrules.lang.characters import hidden_in
from landrules.lang.keywords import BY_TERMINAL, KEYWORDS, Group, by_english, is_chinese
from landrules.lang.tree import Names, NumberLit, Path, Text

Lang = Literal["zh", "en"]
Translate = Callable[[str, Lang], str | None]

_NAME = re.compile(r"[^\W\d]\w*")
_STARTERS = frozenset({"TRUE", "FALSE", "OTHER", "ANYTHING", "NOT", "ANY_OF", "AMONG"})
_RESERVED = frozenset(
    s for k in KEYWORDS if k.group == "level" or k.terminal in _STARTERS for s in (k.en, k.zh) if " " not in s
)
_CLAUSE_WORDS = frozenset(s for k in KEYWORDS if k.group == "clause" for s in (k.en, k.zh))
_PROHIBITED = frozenset(
    s for t in ("OCCUPATION", "BUILDINGS", "PROJECT") for s in (BY_TERMINAL[t].en, BY_TERMINAL[t].zh)
)


@frozen
class Words:
    """The language to print in, and the names of the other."""

    lang: Lang
    translate: Translate

    def key(self, terminal: str) -> str:
        """The spelling of a keyword terminal."""
        return BY_TERMINAL[terminal].spelling(self.lang)

    def word(self, group: Group, english: str) -> str:
        """The spelling of a keyword known by its English word."""
        return by_english(group, english).spelling(self.lang)

    @property
    def comma(self) -> str:
        """A comma with the blank it needs."""
        return "，" if self.lang == "zh" else ", "

    def brackets(self, inside: str) -> str:
        """Text in round brackets."""
        return f"（{inside}）" if self.lang == "zh" else f"({inside})"

    def name(self, part: str) -> str:
        """One name in this language, in 《》 where it could not stand bare."""
        return bare(self.translated(part))

    def translated(self, part: str) -> str:
        """A name, or a dotted one, in this language where there is a translation."""
        if is_chinese(part) == (self.lang == "zh"):
            return part
        return self.translate(part, self.lang) or part

    def path(self, path: Path, title: bool = False) -> str:
        """A dotted name; as a `title`, its last part stands in 《》 in Chinese text."""
        parts = self.parts(path.parts)
        last = f"《{parts[-1]}》" if title and self.lang == "zh" and is_chinese(parts[-1]) else bare(parts[-1])
        return ".".join([*(bare(p) for p in parts[:-1]), last])

    def parts(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """The parts in this language: the longest beginning that has a translation as a whole, then part by part."""
        for end in range(len(parts), 1, -1):
            whole = ".".join(parts[:end])
            if is_chinese(whole) != (self.lang == "zh") and (found := self.translate(whole, self.lang)):
                return (*found.split("."), *(self.translated(p) for p in parts[end:]))
        return tuple(self.translated(p) for p in parts)

    def dotted(self, name: str) -> str:
        """A dotted name that a node holds as one text."""
        return ".".join(bare(p) for p in self.parts(tuple(name.split("."))))

    def names(self, names: Names, title: bool = False) -> str:
        """A declared name with its alias in the other language."""
        if self.lang == "zh":
            written = names.zh or names.en
            shown = f"《{written}》" if title and names.zh else _dotted(written)
            return f"{shown} {self.key('EN')} {quoted(names.en)}" if names.zh and names.en else shown
        shown = _dotted(names.en or names.zh)
        if not (names.zh and names.en):
            return shown
        alias = names.zh if all(_NAME.fullmatch(p) for p in names.zh.split(".")) else quoted(names.zh)
        return f"{shown} {self.key('ZH')} {alias}"

    def texts(self, text: Text) -> list[str]:
        """A text in two languages, Chinese first."""
        both = ((self.key("ZH"), text.zh), (self.key("EN"), text.en))
        return [f"{word} {quoted(value)}" for word, value in both if value]

    def number(self, number: NumberLit) -> str:
        """A number with its unit."""
        digits = format(number.value, "f")
        return f"{digits} {self.unit(number.unit)}" if number.unit else digits

    def cell_words(self, cell: str) -> frozenset[str]:
        """Words that would be read as keywords right after `permits`, `restricts` or `prohibits`."""
        return _CLAUSE_WORDS if cell == "permits" else _PROHIBITED if cell == "prohibits" else frozenset()

    def unit(self, symbol: str) -> str:
        """The spelling of a unit."""
        unit = BY_SPELLING[symbol]
        if unit.symbol == "percent":
            return "%"
        return unit.zh if self.lang == "zh" else unit.symbol


def bare(part: str) -> str:
    """A name part as it can be written: bare, or in 《》."""
    return part if _NAME.fullmatch(part) and part not in _RESERVED else f"《{part}》"


def _dotted(name: str) -> str:
    if all(_NAME.fullmatch(p) for p in name.split(".")):
        return ".".join(bare(p) for p in name.split("."))
    return f"《{name}》"


def quoted(text: str) -> str:
    """A text between quotes, with the escapes of JSON."""
    return json.dumps(text, ensure_ascii=bool(hidden_in(text)) or not unicodedata.is_normalized("NFC", text))


def is_code_word(text: str) -> bool:
    """Whether a code or an id can be written without quotes."""
    return _CODE_WORD.fullmatch(text) is not None


_CODE_WORD = re.compile(r"\w+(?:[.\-]\w+)*")
