"""Characters that look like others: a full-width letter, a Cyrillic one in a Latin word, a radical from a PDF.

A text with one is not found by a search, and a name with one is another name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from landrules.base.source import Span
from landrules.lang.tree import Document
from landrules.lint.record import Edit, Found, LintRule
from landrules.lint.scene import Scene

_TOKEN = re.compile(r'(?P<text>"(?:[^"\\\n]|\\.)*")|《[^》\n]*》|#[^\n]*|\w+')
_LOOKALIKE = {
    **dict(zip("АВЕКМНОРСТУХаеорсухіј", "ABEKMHOPCTYXaeopcyxij", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
}
_HIDDEN = frozenset("\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RUN = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+|[\u2e80-\u2fdf]+|["
    + "".join(sorted(_HIDDEN))
    + "]+|[A-Za-z0-9\u0370-\u03ff\u0400-\u04ff]*[\u0370-\u03ff\u0400-\u04ff][A-Za-z0-9\u0370-\u03ff\u0400-\u04ff]*"
)
_SPELT = re.compile("[A-Za-z]")


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """In quoted texts, titles and names; comments are not read. Only quoted texts are repaired: a name is used elsewhere."""
    text = document.source.text
    for token in _TOKEN.finditer(text):
        if token.group().startswith("#"):
            continue
        for run in _RUN.finditer(text, token.start(), token.end()):
            meant = plain(run.group())
            if meant is None:
                continue
            span = Span(document.source, run.start(), run.end())
            edits = (Edit(span, meant),) if token["text"] else ()
            yield Found(
                span, {"found": _shown(run.group()), "codes": _codes(run.group()), "meant": meant or "∅"}, edits
            )


def plain(word: str) -> str | None:
    """What the characters were meant to be; `None` for an honest Greek or Cyrillic word.

    >>> plain("Ａ１"), plain("рbf"), plain("σ"), plain("⼟")
    ('A1', 'pbf', None, '土')
    """
    if word[0] in _HIDDEN:
        return ""
    if not any("\u0370" <= c <= "\u04ff" for c in word):
        return unicodedata.normalize("NFKC", word)
    meant = "".join(_LOOKALIKE.get(c, c) for c in word)
    return meant if meant.isascii() and _SPELT.search(word) else None


def _shown(word: str) -> str:
    return "".join("·" if c in _HIDDEN else c for c in word)


def _codes(word: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(word) if not c.isascii())


RULE = LintRule("confusable_characters", "LR910", "error", "易混字符", "confusable characters", find)
