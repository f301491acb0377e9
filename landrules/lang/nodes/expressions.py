"""Expressions and types: one function per rule of the grammar, in a table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast

from landrules.base.quantity import BY_SPELLING
from landrules.base.source import Span
from landrules.lang.keywords import BINARY, english
from landrules.lang.nodes.common import Build, child, children, date_of, name, names, only, path, string, tokens
from landrules.lang.parsetree import Node, Token
from landrules.lang.tree import (
    Aggregate,
    AggregateKind,
    AnyKey,
    Average,
    Binary,
    BinaryOp,
    BoolLit,
    Call,
    CodeLit,
    DateLit,
    Expr,
    ForEach,
    Interval,
    LevelLit,
    ListLit,
    NumberLit,
    OtherLit,
    Path,
    RecordLit,
    Select,
    StringLit,
    TypeNode,
    Unary,
)

_AFTER: dict[str, AggregateKind] = {
    "SUM_AFTER": "sum",
    "COUNT_AFTER": "count",
    "MIN_AFTER": "min",
    "MAX_AFTER": "max",
    "AREA_AFTER": "area",
}


def expression(b: Build, node: Node) -> Expr:
    """The expression a node of the grammar spells."""
    return BUILDERS[str(node.data)](b, node)


def expressions(b: Build, node: Node) -> tuple[Expr, ...]:
    """The expressions of an `exprs` list."""
    return tuple(expression(b, n) for n in children(node))


def number(b: Build, node: Node) -> NumberLit:
    """A number with its unit, if any; the unit becomes its canonical symbol."""
    digits, *unit = tokens(node)
    if len(digits) > 1 and digits[0] == "0" and digits.isdecimal():
        b.mistake("LR106", digits, found=str(digits))
    return NumberLit(Decimal(str(digits)), BY_SPELLING[str(unit[0])].symbol if unit else "", b.span(node))


def type_node(b: Build, node: Node) -> TypeNode:
    """A type, with its scheme or system where it has one."""
    kind = english("type", tokens(node)[0])
    of = child(node, "name")
    return TypeNode(kind.removesuffix(" of"), name(b, of) if of is not None else "", b.span(node))


def pairs(b: Build, node: Node) -> tuple[tuple[str, Expr], ...]:
    """The `name = E` entries of a record or of a drawn feature; a name given twice is a mistake."""
    out: dict[str, Expr] = {}
    for pair in children(node, "pair"):
        label, value = children(pair)
        key = name(b, label)
        if key in out:
            b.mistake("LR126", label, name=key)
        out[key] = expression(b, value)
    return tuple(out.items())


def select(b: Build, node: Node) -> Select:
    """A collection with its condition, if any."""
    condition = where(b, node)
    return Select(path(b, only(node, "path")), condition, b.span(node))


def where(b: Build, node: Node) -> Expr | None:
    """The condition in brackets after `where`."""
    found = child(node, "where")
    return None if found is None else expression(b, children(found)[0])


def call(b: Build, node: Node) -> Call:
    """A table, an account or a function with its arguments."""
    args = child(node, "exprs")
    return Call(path(b, only(node, "path")), expressions(b, args) if args is not None else (), b.span(node))


def level(b: Build, node: Node) -> LevelLit:
    """The level of an authority."""
    return LevelLit(english("level", tokens(node)[0]), b.span(node))


def _selected(b: Build, node: Node) -> Expr:
    found = select(b, node)
    return found.of if found.where is None else found


def _binary(b: Build, node: Node) -> Expr:
    left, right = children(node)
    (sign,) = tokens(node)
    op = cast(BinaryOp, BINARY[sign.type])
    return Binary(op, expression(b, left), expression(b, right), b.span(node))


def _negative(b: Build, node: Node) -> Expr:
    return Unary("-", expression(b, children(node)[0]), b.span(node))


def _not(b: Build, node: Node) -> Expr:
    return Unary("not", expression(b, children(node)[0]), b.span(node))


def _given(b: Build, node: Node) -> Expr:
    op = tokens(node)[0].type
    return Unary("given" if op == "IS_GIVEN" else "not_given", expression(b, children(node)[0]), b.span(node))


def _string(b: Build, node: Node) -> Expr:
    return StringLit(string(b, tokens(node)[0]), b.span(node))


def _date(b: Build, node: Node) -> Expr:
    return DateLit(date_of(b, tokens(node)[0]), b.span(node))


def _boolean(b: Build, node: Node) -> Expr:
    return BoolLit(english("value", tokens(node)[0]) == "true", b.span(node))


def _code(b: Build, node: Node) -> Expr:
    scheme, code = str(tokens(node)[0]).replace("：", ":").split(":")
    return CodeLit(scheme, code, b.span(node))


def _other(b: Build, node: Node) -> Expr:
    return OtherLit(b.span(node))


def _list(b: Build, node: Node) -> Expr:
    items = child(node, "exprs")
    return ListLit(expressions(b, items) if items is not None else (), b.span(node))


def _record(b: Build, node: Node) -> Expr:
    return RecordLit(pairs(b, node), b.span(node))


def _aggregate(b: Build, node: Node) -> Expr:
    kind = english("operator", tokens(node)[0]).removesuffix(" of")
    return Aggregate(cast(AggregateKind, kind), select(b, only(node, "select")), b.span(node))


def _aggregate_zh(b: Build, node: Node) -> Expr:
    return Aggregate(_AFTER[tokens(node)[-1].type], select(b, node), b.span(node))


def _worked(b: Build, node: Node) -> Expr:
    kind = english("operator", tokens(node)[0]).removesuffix(" of")
    each = expression(b, children(node)[0])
    return Aggregate(cast(AggregateKind, kind), select(b, only(node, "select")), b.span(node), each)


def _worked_zh(b: Build, node: Node) -> Expr:
    each = expression(b, next(n for n in children(node) if n.data not in ("path", "where")))
    return Aggregate(_AFTER[tokens(node)[-1].type], _bare_select(b, node), b.span(node), each)


def _for_each(b: Build, node: Node) -> Expr:
    named = names(b, only(node, "names"))
    body = next(n for n in children(node) if n.data not in ("names", "path", "where"))
    distinct = bool(tokens(node, "DISTINCT", "KINDS_AFTER"))
    return ForEach(named, _bare_select(b, node), distinct, expression(b, body), b.span(node))


def _bare_select(b: Build, node: Node) -> Select:
    """A collection whose path and condition stand among the parts of a longer sentence."""
    target = only(node, "path")
    condition = child(node, "where")
    span = b.span(target) if condition is None else Span(b.source, b.span(target).start, b.span(condition).end)
    return Select(path(b, target), where(b, node), span)


def _between(b: Build, node: Node) -> Expr:
    """A stretch with both ends in it."""
    low, high = (expression(b, n) for n in children(node))
    return Interval(low, True, high, True, b.span(node))


def _interval(b: Build, node: Node) -> Expr:
    signs = [t.type for t in tokens(node) if t.type in ("LT", "LE", "GT", "GE")]
    ends = [expression(b, n) for n in children(node)]
    low = ends[0] if signs[0] in ("GT", "GE") else None
    high = ends[-1] if signs[-1] in ("LT", "LE") else None
    return Interval(low, signs[0] == "GE", high, signs[-1] == "LE", b.span(node))


def _anything(b: Build, node: Node) -> Expr:
    return AnyKey(b.span(node))


def _average(b: Build, node: Node) -> Expr:
    return Average(select(b, only(node, "select")), path(b, only(node, "path")), b.span(node))


def _average_zh(b: Build, node: Node) -> Expr:
    return Average(select(b, node), path(b, children(node, "path")[1]), b.span(node))


def _path(b: Build, node: Node) -> Path:
    return path(b, node)


BUILDERS: dict[str, Callable[[Build, Node], Expr]] = {
    "or_": _binary,
    "and_": _binary,
    "comparison": _binary,
    "sum_": _binary,
    "product": _binary,
    "not_": _not,
    "absent": _binary,
    "negative": _negative,
    "given_": _given,
    "number": number,
    "string": _string,
    "date": _date,
    "boolean": _boolean,
    "code_literal": _code,
    "level": level,
    "other": _other,
    "list_literal": _list,
    "record": _record,
    "call": call,
    "selected": _selected,
    "path": _path,
    "aggregate": _aggregate,
    "aggregate_zh": _aggregate_zh,
    "worked": _worked,
    "worked_zh": _worked_zh,
    "for_each": _for_each,
    "for_each_zh": _for_each,
    "between": _between,
    "interval": _interval,
    "anything": _anything,
    "average": _average,
    "average_zh": _average_zh,
}


def word_literal(b: Build, token: Token) -> StringLit:
    """A fixed word that stands as a value: `refer`, `national`, `lower`."""
    return StringLit(english("value", token), b.span(token))
