"""Clauses in either language, as lines at a depth."""

from __future__ import annotations

import re
from typing import assert_never

from landrules.lang.numerals import to_chinese
from landrules.lang.printing.expressions import broken, expression, type_text
from landrules.lang.printing.layout import STEP, Chunk, lines, listed
from landrules.lang.printing.words import Words, quoted
from landrules.lang.tree import (
    Cell,
    Cites,
    Clause,
    CodeClause,
    Comments,
    Condition,
    Duty,
    Effect,
    Effective,
    Except,
    Expr,
    FieldClause,
    Given,
    Locus,
    MessageClause,
    Path,
    PeriodNode,
    Row,
    Setting,
    StringLit,
    SubjectTo,
    Text,
    Title,
    Tolerance,
    Zone,
)


def body(w: Words, clauses: tuple[Clause, ...], depth: int) -> list[str]:
    """The lines of the clauses of a block; an exception or a zone stands apart."""
    out: list[str] = []
    for clause in clauses:
        if out and isinstance(clause, (Except, Zone)):
            out.append("")
        out += clause_lines(w, clause, depth)
    return out


def block(w: Words, head: list[Chunk], clauses: tuple[Clause, ...], depth: int, comments: Comments) -> list[str]:
    """A head and its clauses between braces."""
    return braces(head, body(w, clauses, depth + 1), depth, comments)


def braces(head: list[Chunk], inside: list[str], depth: int, comments: Comments) -> list[str]:
    """A head and lines between braces."""
    if not inside:
        return lines([*head, Chunk("{ }")], depth, comments)
    return [*lines([*head, Chunk("{")], depth, comments), *inside, " " * (STEP * depth) + "}"]


def clause_lines(w: Words, clause: Clause, depth: int) -> list[str]:
    """The lines of one clause."""
    head = chunks(w, clause)
    match clause:
        case Except() | Zone():
            return block(w, head, clause.body, depth, clause.comments)
        case Effective():
            if clause.body is not None:
                return block(w, head, clause.body, depth, clause.comments)
        case Cell() | Row():
            if clause.body:
                return block(w, head, clause.body, depth, clause.comments)
        case _:
            pass
    return lines(head, depth, clause.comments)


def chunks(w: Words, clause: Clause) -> list[Chunk]:
    """A clause without its block, in pieces that may stand on lines of their own."""
    match clause:
        case Title():
            return [Chunk(w.key("TITLE")), *_texts(w, clause.text)]
        case MessageClause():
            return [Chunk(w.key("MESSAGE")), *_texts(w, clause.text)]
        case Cites():
            return _cites(w, clause)
        case Effective():
            return [Chunk(w.key("EFFECTIVE")), Chunk(_period(w, clause.period))]
        case Condition():
            tail = (
                [] if clause.otherwise is None else [Chunk(w.key("OTHERWISE"), own=True), *_texts(w, clause.otherwise)]
            )
            word = {"applies": "APPLIES", "when": "WHEN", "requires": "REQUIRES"}[clause.kind]
            return [*_after(w.key(word), broken(w, clause.expr)), *tail]
        case Given():
            head = Chunk(f"{w.key('GIVEN')} {w.names(clause.names)} =")
            return [head, *broken(w, clause.expr)]
        case SubjectTo():
            return [*_subject_to(w, clause), *_latest(w, clause.latest), *_provided(w, clause.provided)]
        case Duty():
            return [Chunk(w.key("DUTY")), *_texts(w, clause.text), *_provided(w, clause.provided)]
        case Tolerance():
            return _tolerance(w, clause)
        case Effect():
            return [Chunk(_effect(w, clause))]
        case Except():
            return [Chunk(w.key("EXCEPT")), Chunk(w.names(clause.names))]
        case Cell():
            return [Chunk(w.word("clause", clause.word)), *_uses(w, clause.uses, clause.word)]
        case Zone():
            return [Chunk(w.key("ZONE")), *_list(w, clause.codes)]
        case Setting():
            return _setting(w, clause)
        case FieldClause():
            flags = [w.key("APPORTIONED")] * clause.apportioned + [w.key("OPTIONAL")] * clause.optional
            words = [w.key("FIELD"), w.names(clause.names), type_text(w, clause.type), *flags]
            return [Chunk(t) for t in words]
        case CodeClause():
            under = [Chunk(f"{w.key('UNDER')} {clause.under}")] if clause.under else []
            return [Chunk(f"{w.key('CODE')} {clause.code}"), *_texts(w, clause.text), *under]
        case Row():
            return [
                Chunk(w.key("ROW")),
                *_list(w, clause.keys),
                Chunk(w.key("GIVES")),
                Chunk(expression(w, clause.value)),
            ]
    assert_never(clause)


def _after(word: str, rest: list[Chunk]) -> list[Chunk]:
    """A keyword that stays on the line of what follows it."""
    return [Chunk(f"{word} {rest[0].text}"), *rest[1:]]


def _texts(w: Words, text: Text) -> list[Chunk]:
    return [Chunk(t) for t in w.texts(text)]


def _list(w: Words, items: tuple[Expr, ...]) -> list[Chunk]:
    return listed([expression(w, i) for i in items], _pause(w))


def _pause(w: Words) -> str:
    """What stands between the items of a list of codes."""
    return "、" if w.lang == "zh" else ", "


def _cites(w: Words, clause: Cites) -> list[Chunk]:
    instrument = w.path(clause.instrument, title=True)
    if w.lang == "zh":
        loci = "、".join(_locus_zh(w, one) for one in clause.loci)
        close = instrument.endswith("》") and bool(clause.loci) and not clause.loci[0].part
        head = [Chunk(f"{w.key('CITES')} {instrument}{'' if close or not loci else ' '}{loci}")]
    else:
        head = [Chunk(f"{w.key('CITES')} {instrument}"), *listed([_locus(w, one) for one in clause.loci], ", ")]
    word = {"verified": "VERIFIED", "partly": "PARTLY", "unverified": "UNVERIFIED", "example": "EXAMPLE"}[clause.status]
    on = f" {clause.verified_on.isoformat()}" if clause.verified_on else ""
    note = [] if clause.note is None else [Chunk(w.key("NOTE"), own=True), *_texts(w, clause.note)]
    return [*head, Chunk(w.key(word) + on), *note]


def _locus(w: Words, locus: Locus) -> str:
    if locus.article is None:
        return f"{w.key('PART')} {quoted(locus.part)}"
    words = (("ARTICLE", locus.article), ("PARAGRAPH", locus.paragraph), ("ITEM", locus.item))
    return " ".join(f"{w.key(word)} {number}" for word, number in words if number is not None)


def _locus_zh(w: Words, locus: Locus) -> str:
    if locus.article is None:
        return f"{w.key('PART')} {quoted(locus.part)}"
    marks = ((locus.article, "条"), (locus.paragraph, "款"), (locus.item, "项"))
    return "".join(f"第{to_chinese(number)}{mark}" for number, mark in marks if number is not None)


def _period(w: Words, period: PeriodNode) -> str:
    ends = (("FROM", period.start), ("TO", period.end))
    return " ".join(f"{w.key(word)} {day.isoformat()}" for word, day in ends if day is not None)


def _provided(w: Words, condition: Expr | None) -> list[Chunk]:
    if condition is None:
        return []
    first, *rest = _after(w.key("PROVIDED"), broken(w, condition))
    return [Chunk(first.text, own=True), *rest]


def _latest(w: Words, day: Expr | None) -> list[Chunk]:
    return [] if day is None else [Chunk(f"{w.key('NO_LATER')} {expression(w, day)}")]


def _subject_to(w: Words, clause: SubjectTo) -> list[Chunk]:
    matter = w.name(clause.matter)
    issuer = None if clause.issuer is None else expression(w, clause.issuer)
    approval = clause.kind == "approval"
    if w.lang == "en":
        head = w.key("SUBJECT_APPROVAL" if approval else "SUBJECT_OPINION")
        return [Chunk(f"{head} {matter}"), *([] if issuer is None else [Chunk(f"{w.key('BY')} {issuer}")])]
    if approval:
        if issuer is None:
            return [Chunk(f"{w.key('MUST_PASS_ANY')} {matter}")]
        return [Chunk(f"{w.key('MUST_PASS')} {issuer} {w.key('APPROVED')} {matter}")]
    by = "" if issuer is None else f"{issuer} {w.key('ISSUED')} "
    return [Chunk(f"{w.key('MUST_HAVE')} {by}{matter} {w.key('OPINION')}")]


def _tolerance(w: Words, clause: Tolerance) -> list[Chunk]:
    head = [Chunk(f"{w.key('TOLERANCE')} {w.number(clause.limit)}")]
    if clause.up_to is None:
        return head
    level = w.word("level", clause.handed_to)
    return [*head, Chunk(f"{w.key('HANDED')} {level} {w.key('UP_TO')} {w.number(clause.up_to)}")]


def _effect(w: Words, clause: Effect) -> str:
    match clause.word:
        case "occupation" | "buildings" | "project":
            return f"{w.key('PROHIBITS')} {w.word('value', clause.word)}"
        case _:
            return w.word("clause", clause.word)


def _uses(w: Words, uses: tuple[Expr, ...], word: str) -> list[Chunk]:
    """Uses of a cell; a first one that would be read as a keyword there stands in 《》."""
    shown = [expression(w, u) for u in uses]
    first = re.match(r"\w+", shown[0])
    if first is not None and first.group() in w.cell_words(word):
        shown[0] = f"《{first.group()}》" + shown[0][first.end() :]
    return listed(shown, _pause(w))


def _setting(w: Words, clause: Setting) -> list[Chunk]:
    head = Chunk(w.word("clause", clause.key))
    if not clause.values:
        return [head]
    first, *more = clause.values
    match clause.key:
        case "policy" if first == StringLit("any", first.span):
            return [head, Chunk(w.key("S_ANY"))]
        case "level" | "default" | "uncovered" | "better" | "tightens" | "ends" | "policy" if isinstance(
            first, StringLit
        ):
            return [head, Chunk(w.word("value", first.value))]
        case "may be relaxed by" | "filled by":
            after = {"may be relaxed by": "RELAX_AFTER", "filled by": "FILL_AFTER"}[clause.key]
            return [head, Chunk(expression(w, first)), *([Chunk(w.key(after))] if w.lang == "zh" else [])]
        case "supersedes" | "left" | "holiday" if more:
            word = "TO" if clause.key == "holiday" else "SINCE"
            return [head, Chunk(expression(w, first)), Chunk(f"{w.key(word)} {expression(w, more[0])}")]
        case "range":
            return [head, Chunk(f"{expression(w, first)} {w.key('TO')} {expression(w, clause.values[1])}")]
        case "includes":
            return [head, *_list(w, clause.values)]
        case "repealed by" if isinstance(first, Path):
            return [Chunk(f"{head.text} {w.path(first, title=True)}")]
        case _:
            return _after(head.text, broken(w, first))
