"""Declarations and norms in either language."""

from __future__ import annotations

from landrules.lang.printing.clauses import block
from landrules.lang.printing.expressions import broken, expression, type_text, where
from landrules.lang.printing.layout import Chunk, lines, listed
from landrules.lang.printing.tests import test_lines
from landrules.lang.printing.words import Words
from landrules.lang.tree import Declaration, Import, Item, NormDecl, Subject, Test


def item_lines(w: Words, item: Item) -> list[str]:
    """The lines of an item of a file."""
    match item:
        case Import():
            return lines([Chunk(f"{w.key('IMPORT')} {w.path(item.path)}")], 0, item.comments)
        case Declaration():
            return _declaration(w, item)
        case NormDecl():
            return block(w, _norm(w, item), item.body, 0, item.comments)
        case Test():
            return test_lines(w, item)


def _declaration(w: Words, item: Declaration) -> list[str]:
    head = f"{w.word('declaration', item.kind)} {w.names(item.names, title=item.kind == 'instrument')}"
    if item.expr is not None:
        return lines([Chunk(f"{head} ="), *broken(w, item.expr)], 0, item.comments)
    if item.target is not None:
        head += f" {w.key('FOR')} {w.path(item.target)}"
    if item.params:
        inside = w.comma.join(f"{w.names(p.names)} {type_text(w, p.type)}" for p in item.params)
        head += f" {w.brackets(inside)}" if w.lang == "en" else w.brackets(inside)
    kind = [] if item.type is None else [Chunk(type_text(w, item.type))]
    return block(w, [Chunk(head), *kind], item.body, 0, item.comments)


def _norm(w: Words, item: NormDecl) -> list[Chunk]:
    head = [Chunk(f"{w.word('declaration', item.kind.replace('_', ' '))} {w.names(item.names)}")]
    if item.excepts:
        head.append(Chunk(w.key("TO_NORM")))
        head += listed([w.path(p) for p in item.excepts], "、" if w.lang == "zh" else ", ")
    if item.subject is not None:
        head.append(Chunk(_subject(w, item.subject)))
    if item.by:
        head.append(Chunk(f"{w.key('BY_ZONE')} {w.name(item.by)}"))
    if item.uses is not None:
        head.append(Chunk(f"{w.key('FOR')} {expression(w, item.uses)}"))
    if item.kind == "balance":
        head.append(Chunk(w.key("PER_PROPOSAL")))
    return head


def _subject(w: Words, subject: Subject) -> str:
    land = w.path(subject.layer) + where(w, subject.where)
    if subject.within is None:
        return f"{w.key('ON')} {land}"
    distance = expression(w, subject.within)
    inner = None if subject.beyond is None else expression(w, subject.beyond)
    if w.lang == "zh":
        beyond = "" if inner is None else f"{inner} {w.key('BEYOND_AFTER')} "
        return f"{w.key('DISTANCE')} {land} {beyond}{distance} {w.key('WITHIN_AFTER')}"
    beyond = "" if inner is None else f" {w.key('BEYOND')} {inner}"
    return f"{w.key('WITHIN')} {distance}{beyond} {w.key('OF')} {land}"
