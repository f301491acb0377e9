"""Text to tree: the doors of this room, `parse`, `parse_expression`, `parse_key` and `parse_template`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Union

from landrules.base.diagnostic import Diagnostic
from landrules.base.quantity import BY_SPELLING
from landrules.base.source import SourceFile, Span
from landrules.lang.comments import attach, find_in
from landrules.lang.drive import BROKEN, Parsed, drive
from landrules.lang.keywords import KEYWORDS, is_chinese
from landrules.lang.nodes.common import Build, child, children, tokens
from landrules.lang.nodes.declarations import item
from landrules.lang.nodes.expressions import expression
from landrules.lang.parsetree import Node, Token
from landrules.lang.tree import Document, Expr, Item, NormDecl, Test


def parse(source: SourceFile, text: str | None = None) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document of a source and every mistake in its spelling; no document only where nothing could be read.

    `text` is what of the source is to be read, the rest of it blanks; all of it where it is `None`.
    """
    text = source.text if text is None else text
    parsed = drive(text, "start")
    b = Build(source)
    b.mistakes.extend(_diagnostics(source, parsed))
    if parsed.tree is None or _too_deep(b, parsed.tree):
        return None, tuple(b.mistakes)
    items = tuple(i for n in children(parsed.tree) if not _is_broken(i := item(b, n)))
    document = attach(Document(source, language(parsed), items), find_in(text))
    return document, _sorted(b.mistakes)


def _sorted(mistakes: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Mistakes in order of place, each place and kind once."""
    places: dict[tuple[int, str], Diagnostic] = {}
    for mistake in mistakes:
        assert mistake.span is not None
        places.setdefault((mistake.span.start, mistake.code), mistake)
    return tuple(places[key] for key in sorted(places))


_DEEPEST = 120


def _too_deep(b: Build, tree: Node) -> bool:
    """Whether something nests deeper than anyone reads; noted as a mistake."""
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in children(node)]
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
    parsed = drive(source.text, "expression")
    b = Build(source)
    b.mistakes.extend(_diagnostics(source, parsed))
    if parsed.tree is None or parsed.mistakes or _too_deep(b, parsed.tree):
        return None, tuple(b.mistakes)
    return expression(b, children(parsed.tree)[0]), tuple(b.mistakes)


def parse_key(text: str, span: Span) -> tuple[Expr | None, tuple[Diagnostic, ...]]:
    """The key of a table row that a cell of a file spells, its parts placed from the start of `span`; or its mistakes."""
    parsed = drive(text, "key")
    b = Build(span.source, offset=span.start)
    b.mistakes.extend(_diagnostics(b.source, parsed, b.offset))
    if parsed.tree is None or parsed.mistakes or _too_deep(b, parsed.tree):
        return None, tuple(b.mistakes)
    return expression(b, children(parsed.tree)[0]), tuple(b.mistakes)


@dataclass(frozen=True, slots=True)
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
    parsed = drive(body, "template")
    exact = found >= 0
    b = (
        Build(span.source, offset=span.start + found + 1)
        if exact
        else Build(SourceFile.from_text(body, span.source.name))
    )
    b.mistakes.extend(_diagnostics(b.source, parsed, b.offset))
    place = Span(span.source, b.offset, b.offset + len(body)) if exact else span
    if parsed.tree is None or parsed.mistakes:
        return None, b.mistakes
    first = children(parsed.tree)[0]
    unit = child(parsed.tree, "unit")
    symbol = BY_SPELLING[str(tokens(unit)[0])].symbol if unit is not None else ""
    return Placeholder(expression(b, first), symbol, place), b.mistakes


def _diagnostics(source: SourceFile, parsed: Parsed, offset: int = 0) -> list[Diagnostic]:
    return [Diagnostic(m.code, m.args, Span(source, m.start + offset, m.end + offset)) for m in parsed.mistakes]


def language(parsed: Parsed) -> Literal["zh", "en"]:
    """The language most keywords are in; English where there are as many of both."""
    words = [t for t in parsed.tokens if _is_keyword(t)]
    chinese = sum(is_chinese(t) for t in words)
    return "zh" if 2 * chinese > len(words) else "en"


def _is_keyword(token: Token) -> bool:
    return " ".join(token.split()) in _SPELLINGS


_SPELLINGS = frozenset(s for k in KEYWORDS for s in (k.en, k.zh) if s)
