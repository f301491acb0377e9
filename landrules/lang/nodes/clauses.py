"""Clauses: one function per rule of the grammar, in a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from landrules.lang.drive import BROKEN
from landrules.lang.keywords import english
from landrules.lang.nodes.common import (
    Build,
    child,
    children,
    date_of,
    name,
    names,
    only,
    path,
    string,
    text,
    tokens,
)
from landrules.lang.nodes.expressions import expression, expressions, level, number, type_node, word_literal
from landrules.lang.numerals import from_chinese
from landrules.lang.parsetree import Node
from landrules.lang.tree import (
    Cell,
    Cites,
    Clause,
    CodeClause,
    Condition,
    ConditionKind,
    DateLit,
    Duty,
    Effect,
    Effective,
    EffectWord,
    Except,
    Expr,
    FieldClause,
    Given,
    Locus,
    MessageClause,
    PeriodNode,
    Row,
    Setting,
    Status,
    StringLit,
    SubjectTo,
    Text,
    Title,
    Tolerance,
    Zone,
)


def clauses(b: Build, node: Node | None) -> tuple[Clause, ...]:
    """The clauses of a body; none where there is no body. A block whose head could not be read is left out."""
    found = () if node is None else tuple(clause(b, n) for n in children(node))
    return tuple(c for c in found if not (isinstance(c, Except) and c.names.en == BROKEN))


def clause(b: Build, node: Node) -> Clause:
    """The clause a node of the grammar spells."""
    return BUILDERS[str(node.data)](b, node)


def _text(b: Build, node: Node) -> Text:
    return text(b, only(node, "text"))


def _title(b: Build, node: Node) -> Clause:
    return Title(_text(b, node), b.span(node))


def _cites(b: Build, node: Node) -> Clause:
    status, day = _status(b, only(node, "status"))
    found = child(node, "note")
    note = None if found is None else _text(b, found)
    return Cites(path(b, only(node, "path")), _loci(b, child(node, "loci")), status, day, note, b.span(node))


_STATUS: dict[str, Status] = {"verified": "verified", "partly verified": "partly"}


def _status(b: Build, node: Node) -> tuple[Status, date | None]:
    first, *day = tokens(node)
    spelled = english("word", first)
    return _STATUS.get(spelled, cast(Status, spelled)), date_of(b, day[0]) if day else None


def _loci(b: Build, node: Node | None) -> tuple[Locus, ...]:
    out: list[Locus] = []
    for found in children(node) if node is not None else ():
        if found.data == "locus_part":
            out.append(Locus(None, part=string(b, tokens(found, "STRING")[0])))
            continue
        article, paragraph, item = _numbers(b, found)
        if article is None:
            article = next((one.article for one in reversed(out) if one.article is not None), None)
            if article is None:
                b.mistake("LR127", found)
        out.append(Locus(article, paragraph, item))
    return tuple(out)


def _numbers(b: Build, node: Node) -> tuple[int | None, int | None, int | None]:
    """Article, paragraph and item of a locus in either language."""
    found: dict[str, int] = {}
    parts = tokens(node)
    if str(node.data).endswith("_zh"):
        for token in parts:
            found[token[-1]] = from_chinese(re.sub("[第（()）条款项]", "", token))
    else:
        for label, digits in zip(parts[::2], parts[1::2], strict=True):
            if not digits.isdecimal():
                b.mistake("LR128", digits, number=str(digits))
            found[{"article": "条", "paragraph": "款", "item": "项"}[label]] = int(Decimal(digits))
    return found.get("条"), found.get("款"), found.get("项")


def _effective(b: Build, node: Node) -> Clause:
    found = child(node, "body")
    return Effective(_period(b, only(node, "period")), None if found is None else clauses(b, found), b.span(node))


def _period(b: Build, node: Node) -> PeriodNode:
    ends: dict[str, date] = {}
    parts = tokens(node)
    for label, day in zip(parts[::2], parts[1::2], strict=True):
        ends["start" if label in ("from", "自") else "end"] = date_of(b, day)
    period = PeriodNode(ends.get("start"), ends.get("end"), b.span(node))
    if period.start is not None and period.end is not None and period.end < period.start:
        b.mistake("LR129", node, start=period.start, end=period.end)
    return period


def _condition(b: Build, node: Node) -> Clause:
    spelled = english("clause", tokens(node)[0])
    kind = cast(ConditionKind, spelled.removesuffix(" when") if spelled != "when" else spelled)
    found = child(node, "otherwise")
    return Condition(kind, expression(b, children(node)[0]), None if found is None else _text(b, found), b.span(node))


def _given(b: Build, node: Node) -> Clause:
    named, value = children(node)
    return Given(names(b, named), expression(b, value), b.span(node))


def _provided(b: Build, node: Node) -> Expr | None:
    found = child(node, "provided")
    return None if found is None else expression(b, children(found)[0])


def _subject_to(b: Build, node: Node) -> Clause:
    kind: Literal["approval", "opinion"] = "approval" if tokens(node)[0].type == "SUBJECT_APPROVAL" else "opinion"
    found = child(node, "issuer")
    issuer = None if found is None else expression(b, children(found)[0])
    return SubjectTo(
        kind, name(b, only(node, "name")), issuer, _provided(b, node), b.span(node), latest=_latest(b, node)
    )


def _latest(b: Build, node: Node) -> Expr | None:
    found = child(node, "latest")
    return None if found is None else expression(b, children(found)[0])


def _subject_to_zh(b: Build, node: Node) -> Clause:
    kind: Literal["approval", "opinion"] = "opinion" if tokens(node)[0].type == "MUST_HAVE" else "approval"
    issuers = [n for n in children(node) if n.data not in ("name", "latest", "provided")]
    issuer = expression(b, issuers[0]) if issuers else None
    return SubjectTo(
        kind, name(b, only(node, "name")), issuer, _provided(b, node), b.span(node), latest=_latest(b, node)
    )


def _duty(b: Build, node: Node) -> Clause:
    return Duty(_text(b, node), _provided(b, node), b.span(node))


def _tolerance(b: Build, node: Node) -> Clause:
    limit = number(b, only(node, "measure"))
    if (handed := child(node, "handed")) is None:
        return Tolerance(limit, "", None, b.span(node))
    to = level(b, only(handed, "level")).level
    return Tolerance(limit, to, number(b, only(handed, "measure")), b.span(node))


def _effect(b: Build, node: Node) -> Clause:
    first, *what = tokens(node)
    spelled = english("value", what[0]) if what else english("clause", first)
    return Effect(cast(EffectWord, spelled), b.span(node))


def _message(b: Build, node: Node) -> Clause:
    return MessageClause(_text(b, node), b.span(node))


def _except(b: Build, node: Node) -> Clause:
    return Except(names(b, only(node, "names")), clauses(b, only(node, "body")), b.span(node))


def _cell(b: Build, node: Node) -> Clause:
    spelled = cast(Literal["permits", "restricts", "prohibits"], english("clause", tokens(node)[0]))
    return Cell(spelled, expressions(b, only(node, "exprs")), clauses(b, child(node, "body")), b.span(node))


def _zone(b: Build, node: Node) -> Clause:
    return Zone(expressions(b, only(node, "exprs")), clauses(b, only(node, "body")), b.span(node))


def _setting(b: Build, node: Node) -> Clause:
    key = english("clause", tokens(node)[0])
    values: list[Expr] = []
    for part in node.children[1:]:
        if isinstance(part, Node):
            values += expressions(b, part) if part.data == "exprs" else (expression(b, part),)
        elif part.type == "STRING":
            values.append(StringLit(string(b, part), b.span(part)))
        elif part.type == "DATE":
            values.append(DateLit(date_of(b, part), b.span(part)))
        elif key not in _CONNECTED:
            values.append(word_literal(b, part))
    return Setting(key, tuple(values), b.span(node))


_CONNECTED = frozenset({"range", "supersedes", "left", "holiday", "may be relaxed by", "filled by"})
"""Settings whose further words only connect their values."""


def _field(b: Build, node: Node) -> Clause:
    flags = {english("word", t) for t in tokens(node)[1:]}
    named, kind = names(b, only(node, "names")), type_node(b, only(node, "type"))
    return FieldClause(named, kind, "apportioned" in flags, "optional" in flags, b.span(node))


def _code(b: Build, node: Node) -> Clause:
    under = child(node, "under")
    above = str(tokens(under, "CODE_WORD")[0]) if under is not None else ""
    return CodeClause(str(tokens(node, "CODE_WORD")[0]), _text(b, node), above, b.span(node))


def _row(b: Build, node: Node) -> Clause:
    value = next(n for n in children(node) if n.data not in ("keys", "body"))
    keys = expressions(b, only(node, "keys"))
    return Row(keys, expression(b, value), clauses(b, child(node, "body")), b.span(node))


BUILDERS: dict[str, Callable[[Build, Node], Clause]] = {
    "title": _title,
    "cites": _cites,
    "effective": _effective,
    "condition": _condition,
    "given": _given,
    "subject_to": _subject_to,
    "subject_to_zh": _subject_to_zh,
    "duty": _duty,
    "tolerance": _tolerance,
    "effect": _effect,
    "message": _message,
    "except_": _except,
    "cell": _cell,
    "zone": _zone,
    "setting": _setting,
    "field": _field,
    "code": _code,
    "row": _row,
}
