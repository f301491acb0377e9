"""Citations and messages, said aloud."""

from __future__ import annotations

from collections.abc import Iterable

from landrules.book.passage import han
from landrules.book.speech import Speech
from landrules.book.values import value
from landrules.lang import tree as t
from landrules.lang.parse import parse_template


def cited(s: Speech, clauses: Iterable[t.Cites], *, states: bool = True) -> str:
    """The articles of some citations in one line: 《土地管理法》第三十五条，《…》第十五条（未核对）."""
    return s.say("，", "; ").join(one(s, c, states=states) for c in clauses)


def one(s: Speech, node: t.Cites, *, states: bool = True) -> str:
    """One citation; with `states`, how far it was verified where it is not verified in full."""
    places = [locus(s, x) for x in node.loci]
    name = s.instrument(node.instrument.parts)
    joined = s.say("、", ", ").join(p for p in places if p)
    text = s.say(f"{name}{joined}", f"{name}, {joined}") if joined else name
    remarks = [s.status(node.status)] if states and node.status != "verified" else []
    if node.note is not None:
        remarks.append(s.text(node.note))
    return text + s.bracketed(s.say("；", "; ").join(remarks)) if remarks else text


def locus(s: Speech, node: t.Locus) -> str:
    """A place in an instrument: 第四十四条第二款, article 44 paragraph 2."""
    if node.article is None:
        return node.part if s.zh else node.part and f"part {node.part}"
    if s.zh:
        text = f"第{_numeral(node.article)}条"
        text += f"第{_numeral(node.paragraph)}款" if node.paragraph is not None else ""
        return text + (f"第{_numeral(node.item)}项" if node.item is not None else "")
    text = f"article {node.article}"
    text += f" paragraph {node.paragraph}" if node.paragraph is not None else ""
    return text + (f" item {node.item}" if node.item is not None else "")


def _numeral(count: int) -> str:
    """An article's number in Chinese numerals.

    >>> [_numeral(n) for n in (5, 46, 105, 765, 1208)]
    ['五', '四十六', '一百零五', '七百六十五', '一千二百零八']
    """
    if count < 100:
        return han(count) or "零"
    if count > 9999:
        return str(count)
    text, pending = "", False
    for size, name in ((1000, "千"), (100, "百")):
        digit, count = divmod(count, size)
        if digit:
            text += ("零" if pending else "") + han(digit) + name
            pending = False
        elif text:
            pending = True
    if not count:
        return text
    tens = ("一" if 10 <= count < 20 else "") + han(count)
    return text + ("零" if pending or count < 10 else "") + tens


def message(s: Speech, text: t.Text) -> str:
    """A message with its placeholders said aloud, between quotes."""
    source = (text.zh or text.en) if s.zh else (text.en or text.zh)
    pieces, wrong = parse_template(source, text.span)
    if wrong:
        return s.quoted(source)
    out = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        what = value(s, piece.expr)
        unit = s.say(f"，单位{s.unit(piece.unit)}", f", in {s.unit(piece.unit)}") if piece.unit else ""
        out.append(s.say(f"〔{what}{unit}〕", f"[{what}{unit}]"))
    return s.quoted("".join(out))
