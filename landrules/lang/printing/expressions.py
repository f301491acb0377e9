"""Expressions in either language, with the fewest brackets that keep their meaning."""

from __future__ import annotations

from typing import assert_never

from landrules.lang.printing.layout import Chunk
from landrules.lang.printing.words import Words, bare, quoted
from landrules.lang.tree import (
    Aggregate,
    AnyKey,
    Average,
    Binary,
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

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _ABSENT, _ATOM = range(9)
_LEVELS: dict[str, tuple[int, int, int]] = {
    "or": (_OR, _OR, _AND),
    "and": (_AND, _AND, _NOT),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "in", "not_in", "no_worse"), (_COMPARE, _SUM, _SUM)),
    **dict.fromkeys(("+", "-"), (_SUM, _SUM, _PRODUCT)),
    **dict.fromkeys(("*", "/"), (_PRODUCT, _PRODUCT, _SIGN)),
    "if_absent": (_ABSENT, _ATOM, _ATOM),
}
_WORDS = {"or": "OR", "and": "AND", "in": "IN", "not_in": "NOT_IN", "no_worse": "NO_WORSE", "if_absent": "IF_ABSENT"}
_SIGNS_ZH = {"!=": "≠", "<=": "≤", ">=": "≥"}


def expression(w: Words, expr: Expr) -> str:
    """An expression on one line."""
    return _render(w, expr)[0]


def broken(w: Words, expr: Expr) -> list[Chunk]:
    """An expression with its places to break: before the outermost `and` or `or`, after the commas of a list."""
    if isinstance(expr, Binary) and expr.op in ("and", "or"):
        operands: list[Expr] = [expr.right]
        left = expr.left
        while isinstance(left, Binary) and left.op == expr.op:
            operands.append(left.right)
            left = left.left
        sign = w.key(_WORDS[expr.op])
        _, first, rest = _LEVELS[expr.op]
        tail = [Chunk(f"{sign} {_at(w, o, rest)}", own=True) for o in reversed(operands)]
        return [Chunk(_at(w, left, first)), *tail]
    return [Chunk(expression(w, expr))]


def _at(w: Words, expr: Expr, level: int) -> str:
    text, own = _render(w, expr)
    return text if own >= level else w.brackets(text)


def _render(w: Words, expr: Expr) -> tuple[str, int]:
    match expr:
        case Binary():
            own, left, right = _LEVELS[expr.op]
            return f"{_at(w, expr.left, left)} {_sign(w, expr.op)} {_at(w, expr.right, right)}", own
        case Unary():
            return _unary(w, expr)
        case NumberLit():
            return w.number(expr), _ATOM
        case StringLit():
            return quoted(expr.value), _ATOM
        case DateLit():
            return expr.value.isoformat(), _ATOM
        case BoolLit():
            return w.key("TRUE" if expr.value else "FALSE"), _ATOM
        case CodeLit():
            return f"{expr.scheme}:{expr.code}", _ATOM
        case LevelLit():
            return w.word("level", expr.level), _ATOM
        case OtherLit():
            return w.key("OTHER"), _ATOM
        case ListLit():
            return f"[{w.comma.join(expression(w, i) for i in expr.items)}]", _ATOM
        case RecordLit():
            return record(w, expr.fields), _ATOM
        case Path():
            return w.path(expr), _ATOM
        case Call():
            return w.path(expr.name) + w.brackets(w.comma.join(expression(w, a) for a in expr.args)), _ATOM
        case Select():
            return select(w, expr), _ATOM
        case Aggregate():
            return _aggregate(w, expr), _ATOM
        case Average():
            return _average(w, expr), _ATOM
        case ForEach():
            return _for_each(w, expr), _ATOM
        case AnyKey():
            return w.key("ANYTHING"), _ATOM
        case Interval():
            return _interval(w, expr), _ATOM
    assert_never(expr)


def _sign(w: Words, op: str) -> str:
    if op in _WORDS:
        return w.key(_WORDS[op])
    return _SIGNS_ZH.get(op, op) if w.lang == "zh" else op


def _unary(w: Words, expr: Unary) -> tuple[str, int]:
    match expr.op:
        case "not":
            return f"{w.key('NOT')} {_at(w, expr.operand, _NOT)}", _NOT
        case "-":
            return f"-{_at(w, expr.operand, _SIGN)}", _SIGN
        case "given":
            return f"{_at(w, expr.operand, _SUM)} {w.key('IS_GIVEN')}", _COMPARE
        case "not_given":
            return f"{_at(w, expr.operand, _SUM)} {w.key('IS_NOT_GIVEN')}", _COMPARE
    assert_never(expr.op)


def select(w: Words, node: Select) -> str:
    """A collection with its condition."""
    return w.path(node.of) + where(w, node.where)


def where(w: Words, condition: Expr | None) -> str:
    """The condition on a collection, with the blank before it; empty where there is none."""
    if condition is None:
        return ""
    inside = w.brackets(expression(w, condition))
    return f" {w.key('WHERE')}{inside}" if w.lang == "zh" else f" {w.key('WHERE')} {inside}"


def _aggregate(w: Words, node: Aggregate) -> str:
    items = select(w, node.select)
    if node.kind == "any":
        return f"{w.key('ANY_OF')} {items}"
    if node.each is not None:
        each = w.brackets(expression(w, node.each))
        if w.lang == "zh":
            return f"{items} {w.key('EACH_OF')}{each} {w.key(node.kind.upper() + '_AFTER')}"
        return f"{w.key(node.kind.upper() + '_OF')} {each} {w.key('OVER')} {items}"
    if w.lang == "zh":
        return f"{items} {w.key(node.kind.upper() + '_AFTER')}"
    return f"{w.key(node.kind.upper() + '_OF')} {items}"


def _average(w: Words, node: Average) -> str:
    items, weight = select(w, node.select), w.path(node.weight)
    if w.lang == "zh":
        return f"{items} {w.key('WEIGH')} {weight} {w.key('WEIGHTED')}"
    return f"{w.key('AVERAGE_OF')} {items} {w.key('WEIGHTED_BY')} {weight}"


def _for_each(w: Words, node: ForEach) -> str:
    items, body, name = select(w, node.select), w.brackets(expression(w, node.body)), w.names(node.names)
    if w.lang == "zh":
        each = w.key("KINDS_AFTER" if node.distinct else "EACH_AFTER")
        return f"{w.key('AMONG')} {items} {each} {name} {w.key('HOLDS')}{body}"
    among = f"{w.key('DISTINCT')} {items}" if node.distinct else items
    return f"{w.key('FOR_EACH')} {name} {w.key('IN')} {among} {w.key('HOLDS')} {body}"


def _interval(w: Words, node: Interval) -> str:
    low = None if node.low is None else _at(w, node.low, _SUM)
    high = None if node.high is None else _at(w, node.high, _SUM)
    if low is not None and high is not None and node.low_included and node.high_included:
        return f"{low} {w.key('TO')} {high}"
    above = "" if low is None else f"{_sign(w, '>=' if node.low_included else '>')} {low}"
    below = "" if high is None else f"{_sign(w, '<=' if node.high_included else '<')} {high}"
    return f" {w.key('AND')} ".join(end for end in (above, below) if end)


def record(w: Words, fields: tuple[tuple[str, Expr], ...]) -> str:
    """`{ name = E, … }` on one line."""
    if not fields:
        return "{}"
    return f"{{ {w.comma.join(f'{w.name(key)} = {expression(w, value)}' for key, value in fields)} }}"


def type_text(w: Words, node: TypeNode) -> str:
    """A type. A scheme keeps its English name, which its codes carry; a grade system has a name in each language."""
    if not node.of:
        return w.word("type", node.name)
    of = node.of if node.name == "code" and w.lang == "zh" else w.translated(node.of)
    return f"{w.word('type', f'{node.name} of')} {bare(of)}"
