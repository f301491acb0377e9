"""What every builder needs: spans, children by kind, texts, names, dates, and a place for mistakes."""

from __future__ import annotations

import json
import re
from dataclasses import field
from datetime import date

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.base.source import SourceFile, Span
from landrules.lang.characters import control, unspeakable_in
from landrules.lang.keywords import is_chinese
from landrules.lang.numerals import day
from landrules.lang.parsetree import Node, Part, Token
from landrules.lang.tree import Names, Path, Text


@frozen
class Build:
    """The source being read and the mistakes found so far."""

    source: SourceFile
    mistakes: list[Diagnostic] = field(default_factory=list)
    offset: int = 0

    def span(self, part: Part) -> Span:
        """Where a part stands."""
        if isinstance(part, Node):
            start, end = (part.start, part.end) if part.start >= 0 else (0, 0)
        else:
            start, end = part.start_pos, part.end_pos
        return Span(self.source, start + self.offset, end + self.offset)

    def mistake(self, code: str, part: Part, **args: object) -> None:
        """Note a mistake at a part."""
        self.mistakes.append(Diagnostic(code, args, self.span(part)))


def child(node: Node, *names: str) -> Node | None:
    """The first child tree of one of these rules."""
    for part in node.children:
        if isinstance(part, Node) and part.data in names:
            return part
    return None


def only(node: Node, name: str) -> Node:
    """The child tree of a rule that the grammar guarantees."""
    found = child(node, name)
    assert found is not None, f"{node.data} has no {name}"
    return found


def children(node: Node, *names: str) -> list[Node]:
    """The child trees of these rules, or all of them."""
    if not names:
        return [c for c in node.children if isinstance(c, Node)]
    return [c for c in node.children if isinstance(c, Node) and c.data in names]


def tokens(node: Node, *types: str) -> list[Token]:
    """The tokens directly under a node, of these types or all."""
    if not types:
        return [c for c in node.children if isinstance(c, Token)]
    return [c for c in node.children if isinstance(c, Token) and c.type in types]


def name(b: Build, node: Node) -> str:
    """A name as written, without the brackets of 《》."""
    (token,) = tokens(node)
    return bare(token)


LONGEST_PATH = 32
_GLUED = re.compile(
    "(?P<before>.+?)(?P<word>第[〇零一二两三四五六七八九十百千0-9]+条|不属于|属于|不劣于)(?P<after>.*)"
    "|(?P<name>.+)(?P<last>之和|之数|的面积|加权平均)"
)


def glued(b: Build, token: Token) -> None:
    """Refuse a bare name that holds a word of the language: `净面积之和`, `地类属于耕地`, `土地管理法第三十五条`."""
    if token.startswith("《") or (found := _GLUED.fullmatch(token)) is None:
        return
    word = found["word"] or found["last"]
    apart = " ".join(part for part in (found["before"] or found["name"], word, found["after"]) if part)
    b.mistake("LR111", token, found=str(token), word=word, side_zh="前", side_en="before", apart=apart)


def bare(token: Token) -> str:
    """The name a token spells."""
    return token[1:-1].strip() if token.startswith("《") else str(token)


def path(b: Build, node: Node) -> Path:
    """A dotted name; 《》 may enclose a part or dotted parts are written outside it."""
    parts = children(node, "name")
    if len(parts) > LONGEST_PATH:
        b.mistake("LR139", node, limit=LONGEST_PATH)
        parts = parts[:LONGEST_PATH]
    for part in parts:
        glued(b, tokens(part)[0])
    return Path(tuple(name(b, n) for n in parts), b.span(node))


def string(b: Build, token: Token) -> str:
    """The value of a quoted text, escapes as in JSON. A lone half of a character, or none at all, is a mistake."""
    if "\\" not in token:
        return token[1:-1]
    try:
        value = str(json.loads(str(token), strict=False))
    except json.JSONDecodeError:
        b.mistake("LR121", token)
        return str(token)[1:-1]
    if (char := unspeakable_in(value)) and token.end_pos > token.start_pos:
        wrong = control(char, token.start_pos)
        b.mistake(wrong.code, token, **wrong.args)
        return value.replace(char, " ")
    return value


def text(b: Build, node: Node) -> Text:
    """A text in two languages."""
    found = {"zh": "", "en": ""}
    parts = tokens(node)
    for keyword, value in zip(parts[::2], parts[1::2], strict=True):
        found["zh" if keyword in ("zh", "中文") else "en"] = string(b, value)
    if not (found["zh"] or found["en"]):
        b.mistake("LR122", node)
    return Text(found["zh"], found["en"], b.span(node))


def names(b: Build, node: Node) -> Names:
    """The names of a declaration: the written one goes to the language of its characters, the alias to the other."""
    first = node.children[0]
    assert isinstance(first, Node)
    written = _dotted(b, first)
    chinese = is_chinese(written)
    other = ""
    if (alias := child(node, "alias", "dotted_alias")) is not None:
        other = _alias(b, alias, written, chinese)
    return Names(other, written, b.span(node)) if chinese else Names(written, other, b.span(node))


def _dotted(b: Build, node: Node) -> str:
    return ".".join(path(b, node).parts) if node.data == "path" else name(b, node)


def _alias(b: Build, node: Node, written: str, chinese: bool) -> str:
    keyword = tokens(node)[0]
    quoted = tokens(node, "STRING")
    alias = string(b, quoted[0]) if quoted else _dotted(b, children(node)[0])
    to_chinese = keyword in ("zh", "中文")
    if to_chinese == chinese:
        b.mistake("LR123", node, name=written, alias=alias)
        return ""
    if to_chinese != is_chinese(alias) or (not to_chinese and not all(p.isidentifier() for p in alias.split("."))):
        b.mistake("LR124" if to_chinese else "LR125", node, alias=alias)
        return ""
    return alias


def date_of(b: Build, token: Token) -> date:
    """The day a token names; a day that does not exist is a mistake."""
    found = day(str(token))
    if found is None:
        b.mistake("LR120", token, date=str(token))
        return date(1, 1, 1)
    return found
