"""Comments: found in the text, attached to the clauses they speak of, none lost.

A line of its own goes before the next clause of its block; where none follows, before the last one; in an empty block,
before the block's owner; after the last item of a file, to the file. A remark at the end of a line goes to the clause
that ends there, or whose block opens there. A second remark for the same clause becomes a line before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Union, cast

from landrules.base.frozen import frozen
from landrules.base.source import SourceFile
from landrules.lang.quotes import COMMENT, QUOTED, TITLE
from landrules.lang.tree import Clause, Comments, Declaration, Document, Item, NormDecl, Test, TestItem
from landrules.lang.tree.clauses import Cell, Effective, Except, Row, Zone

Holder = Union[Item, Clause, TestItem]

_TEXTS_AND_COMMENTS = re.compile(rf"{QUOTED}|{TITLE}|(?P<comment>{COMMENT})")


@frozen
class Found:
    """A comment: where it begins, its text, and whether it has the line to itself."""

    start: int
    text: str
    alone: bool


def find(source: SourceFile) -> tuple[Found, ...]:
    """All comments of a source, in order."""
    return find_in(source.text)


def find_in(text: str) -> tuple[Found, ...]:
    """All comments of a text, in order."""
    found = []
    for match in _TEXTS_AND_COMMENTS.finditer(text):
        if (comment := match["comment"]) is not None:
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            found.append(Found(match.start(), clean(comment), not line.strip()))
    return tuple(found)


def clean(comment: str) -> str:
    """The words of a comment, without its sign and one blank."""
    return comment.removeprefix("#").removeprefix(" ").rstrip()


def inner(holder: Holder) -> tuple[Holder, ...]:
    """The clauses in the block of a holder."""
    match holder:
        case Declaration() | NormDecl() | Except() | Cell() | Zone() | Row():
            return holder.body
        case Effective():
            return holder.body or ()
        case Test():
            return holder.items
        case _:
            return ()


@dataclass(slots=True)
class _Kept:
    leading: list[str] = field(default_factory=list)
    trailing: str = ""

    def remark(self, text: str) -> None:
        if self.trailing:
            self.leading.append(text)
        else:
            self.trailing = text


def attach(document: Document, comments: tuple[Found, ...]) -> Document:
    """The document with its comments."""
    if not comments:
        return document
    kept: dict[int, _Kept] = {}
    trailing: list[str] = []
    for comment in comments:
        holder, remark = _place(document, comment)
        if holder is None:
            trailing.append(comment.text)
            continue
        slot = kept.setdefault(holder.span.start, _Kept())
        if remark and comment.text:
            slot.remark(comment.text)
        elif not remark:
            slot.leading.append(comment.text)
    items = tuple(cast(Item, _with(item, kept)) for item in document.items)
    return replace(document, items=items, trailing=tuple(trailing))


def _place(document: Document, comment: Found) -> tuple[Holder | None, bool]:
    """Who a comment belongs to, and whether as a remark."""
    owner: Holder | None = None
    siblings: tuple[Holder, ...] = document.items
    while (around := next((s for s in siblings if s.span.start <= comment.start < s.span.end), None)) is not None:
        owner, siblings = around, inner(around)
    before = [s for s in siblings if s.span.end <= comment.start]
    after = [s for s in siblings if s.span.start > comment.start]
    if not comment.alone:
        if before and "\n" not in document.source.text[before[-1].span.end : comment.start]:
            return before[-1], True
        if owner is not None:
            return owner, True
    if after:
        return after[0], False
    if owner is None:
        return None, False
    return (before[-1] if before else owner), False


def _with(holder: Holder, kept: dict[int, _Kept]) -> Holder:
    children = tuple(_with(c, kept) for c in inner(holder))
    slot = kept.get(holder.span.start)
    comments = holder.comments if slot is None else Comments(tuple(slot.leading), slot.trailing)
    match holder:
        case Declaration() | NormDecl() | Except() | Cell() | Zone() | Row():
            return replace(holder, body=cast("tuple[Clause, ...]", children), comments=comments)
        case Effective():
            body = None if holder.body is None else cast("tuple[Clause, ...]", children)
            return replace(holder, body=body, comments=comments)
        case Test():
            return replace(holder, items=cast("tuple[TestItem, ...]", children), comments=comments)
        case _:
            return replace(holder, comments=comments)


def texts(document: Document) -> Iterator[str]:
    """All comments a document keeps."""

    def within(holder: Holder) -> Iterator[str]:
        yield from holder.comments.leading
        if holder.comments.trailing:
            yield holder.comments.trailing
        for one in inner(holder):
            yield from within(one)

    for item in document.items:
        yield from within(item)
    yield from document.trailing
