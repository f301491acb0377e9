"""Text to tree: the doors of this room, `parse`, `parse_expression`, `parse_key` and `parse_template`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from typing import Literal, Union

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.base.quantity import BY_SPELLING
from landrules.base.source import SourceFile, Span
from landrules.lang.characters import inspect
from landrules.lang.comments import attach, find_in
from landrules.lang.drive import BROKEN, Parsed, drive
from landrules.lang.keywords import KEYWORDS, is_chinese
from landrules.lang.mistakes import MOST, Mistake
from landrules.lang.nodes.common import Build, child, children, tokens
from landrules.lang.nodes.declarations import item
from landrules.lang.nodes.expressions import expression
from landrules.lang.parsetree import Node
from landrules.lang.tree import Document, Expr, Item, NormDecl, Test

MOST_ROWS = 50_000
"""Rows of tables that one file may hold; more belong in a data file, which is read many times as fast."""
ROW = re.compile(r"^[ \t]*(?:row|行)(?=\s)", re.MULTILINE)


def parse(source: SourceFile, text: str | None = None) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document of a source and every mistake in its spelling; no document only where nothing could be read.

    `text` is what of the source is to be read, the rest of it blanks; all of it where it is `None`.
    """
    rows = ROW.findall(source.text if text is None else text)
    if len(rows) > MOST_ROWS:
        where = Span(source, 0, len(source.text.partition("\n")[0]))
        return None, (Diagnostic("LR140", {"count": len(rows), "limit": MOST_ROWS}, where),)
    seen = inspect(source.text if text is None else text)
    parsed = drive(seen.text, "start")
    b = Build(source)
    b.mistakes.extend(_diagnostics(source, (*seen.mistakes, *parsed.mistakes)))
    if parsed.tree is None or _too_deep(b, parsed.tree):
        return None, _bounded(b, seen.untold, parsed.untold)
    items = tuple(i for n in children(parsed.tree) if not _is_broken(i := item(b, n)))
    document = attach(Document(source, language(parsed), items), find_in(seen.text))
    return document, _bounded(b, seen.untold, parsed.untold)


def _bounded(b: Build, *untold: tuple[int, int]) -> tuple[Diagnostic, ...]:
    """Mistakes in order of place, each place and kind once; of very many the first, and how many more there are."""
    places: dict[tuple[int, str], Diagnostic] = {}
    for mistake in b.mistakes:
        assert mistake.span is not None
        places.setdefault((mistake.span.start, mistake.code), mistake)
    order = sorted(places)
    more = len(order[MOST:]) + sum(count for count, _ in untold)
    told = tuple(places[key] for key in order[:MOST])
    if not more:
        return told
    first = min([start for start, _ in order[MOST:]] + [start for count, start in untold if count])
    return (*told, Diagnostic("LR137", {"count": more}, Span(b.source, first, first + 1)))


_DEEPEST = 120


def _too_deep(b: Build, tree: Node) -> bool:
    """Whether something nests deeper than anyone reads; noted as a mistake."""
    level = [tree]
    for _ in range(_DEEPEST):
        level = [part for node in level for part in node.children if isinstance(part, Node)]
        if not level:
            return False
    b.mistake("LR119", level[0], limit=_DEEPEST)
    return True


def _is_broken(item: Item) -> bool:
    """Whether the head of an item could not be read."""
    match item:
        case NormDecl():
            return item.names.en == BROKEN
        case Test():
            return item.text.zh == BROKEN
        case _:
            return False


def parse_expression(source: SourceFile) -> tuple[Expr | None, tuple[Diagnostic, ...]]:
    """The one expression a source holds, and its mistakes; no expression where there are any in its shape."""
    parsed = _read(source.text, "expression")
    b = Build(source)
    b.mistakes.extend(_diagnostics(source, parsed.mistakes))
    if parsed.tree is None or parsed.mistakes or _too_deep(b, parsed.tree):
        return None, tuple(b.mistakes)
    return expression(b, children(parsed.tree)[0]), tuple(b.mistakes)


def parse_key(text: str, span: Span) -> tuple[Expr | None, tuple[Diagnostic, ...]]:
    """The key of a table row that a cell of a file spells, its parts placed from the start of `span`; or its mistakes."""
    parsed = _read(text, "key")
    b = Build(span.source, offset=span.start)
    b.mistakes.extend(_diagnostics(b.source, parsed.mistakes, b.offset))
    if parsed.tree is None or parsed.mistakes or _too_deep(b, parsed.tree):
        return None, tuple(b.mistakes)
    return expression(b, children(parsed.tree)[0]), tuple(b.mistakes)


@frozen
class Placeholder:
    """A value in a message: an expression, and the unit it is printed in (canonical symbol, or empty)."""

    expr: Expr
    unit: str
    span: Span = field(compare=False, repr=False)


Piece = Union[str, Placeholder]


def parse_template(text: str, span: Span) -> tuple[tuple[Piece, ...], tuple[Diagnostic, ...]]:
    """The pieces of a message: plain text and placeholders, and mistakes.

    A brace is doubled to mean itself. `span` is where the text stands; placeholders that stand there as written get
    their own spans, others (with escapes) the whole.
    """
    pieces: list[Piece] = []
    mistakes: list[Diagnostic] = []
    plain = ""
    at = 0
    while at < len(text):
        char = text[at]
        if text[at : at + 2] in ("{{", "}}"):
            plain, at = plain + char, at + 2
        elif char == "{":
            end = _closing(text, at)
            if end < 0:
                mistakes.append(Diagnostic("LR131", {}, span))
                return (*pieces, plain), tuple(mistakes)
            if plain:
                pieces.append(plain)
            placeholder, wrong = _placeholder(text[at + 1 : end], span)
            pieces += [placeholder] if placeholder is not None else []
            mistakes += wrong
            plain, at = "", end + 1
        else:
            plain, at = plain + char, at + 1
    return (*pieces, *([plain] if plain else [])), tuple(mistakes)


def _closing(text: str, start: int) -> int:
    """The offset of the brace that closes the one at `start`, outside quoted texts, or -1."""
    quoted = False
    for at in range(start + 1, len(text)):
        if text[at] == '"':
            quoted = not quoted
        elif text[at] == "}" and not quoted:
            return at
    return -1


def _placeholder(body: str, span: Span) -> tuple[Placeholder | None, list[Diagnostic]]:
    found = span.text.find("{" + body + "}")
    parsed = _read(body, "template")
    exact = found >= 0
    b = (
        Build(span.source, offset=span.start + found + 1)
        if exact
        else Build(SourceFile.from_text(body, span.source.name))
    )
    b.mistakes.extend(_diagnostics(b.source, parsed.mistakes, b.offset))
    place = Span(span.source, b.offset, b.offset + len(body)) if exact else span
    if parsed.tree is None or parsed.mistakes:
        return None, b.mistakes
    first = children(parsed.tree)[0]
    unit = child(parsed.tree, "unit")
    symbol = BY_SPELLING[str(tokens(unit)[0])].symbol if unit is not None else ""
    return Placeholder(expression(b, first), symbol, place), b.mistakes


def _read(text: str, start: str) -> Parsed:
    """A short text, its characters looked at first."""
    seen = inspect(text)
    parsed = drive(seen.text, start)
    return Parsed(parsed.tree, (*seen.mistakes, *parsed.mistakes), parsed.tokens)


def _diagnostics(source: SourceFile, mistakes: Iterable[Mistake], offset: int = 0) -> list[Diagnostic]:
    return [Diagnostic(m.code, m.args, Span(source, m.start + offset, m.end + offset)) for m in mistakes]


def language(parsed: Parsed) -> Literal["zh", "en"]:
    """The language most keywords are in; English where there are as many of both."""
    chinese, words = 0, 0
    for word, count in Counter(map(str, parsed.tokens)).items():
        if " ".join(word.split()) in _SPELLINGS:
            words += count
            chinese += count * is_chinese(word)
    return "zh" if 2 * chinese > words else "en"


_SPELLINGS = frozenset(s for k in KEYWORDS for s in (k.en, k.zh) if s)
