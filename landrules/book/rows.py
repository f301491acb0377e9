"""Rows of tables: keys, value, and the stretch and source of each."""

from __future__ import annotations

from landrules.book.passage import Passage
from landrules.book.sources import cited
from landrules.book.speech import Speech
from landrules.book.values import value
from landrules.lang import tree as t


def row(s: Speech, node: t.Row) -> Passage:
    """A row: 国道：20米。 Its dates and sources stand in brackets; anything else under it."""
    remarks, more = marks(s, node.body)
    text = keys(s, node) + s.colon + outcome(s, node.value)
    return Passage(text + (s.bracketed(s.say("；", "; ").join(remarks)) if remarks else "") + s.stop, more)


def keys(s: Speech, node: t.Row) -> str:
    """The keys of a row."""
    return s.say("，", ", ").join(
        s.say("其他情形", "otherwise") if isinstance(k, t.OtherLit) else _key(s, k) for k in node.keys
    )


def _key(s: Speech, expr: t.Expr) -> str:
    return expr.value if isinstance(expr, t.StringLit) else value(s, expr)


def outcome(s: Speech, expr: t.Expr) -> str:
    """What a row gives; of a list of codes a person must choose one."""
    if isinstance(expr, t.ListLit):
        said = value(s, expr)
        return s.say(f"{said}（由人判定）", f"{said} (for a person to choose)")
    return value(s, expr)


def marks(s: Speech, body: tuple[t.Clause, ...]) -> tuple[list[str], tuple[Passage, ...]]:
    """The remarks of a row (dates, sources), and passages for clauses that are neither."""
    found: list[str] = []
    rest: list[t.Clause] = []
    for clause in body:
        match clause:
            case t.Effective(period=period, body=None):
                found.append(s.period(period.start, period.end))
            case t.Cites():
                found.append(cited(s, [clause]))
            case _:
                rest.append(clause)
    if not rest:
        return found, ()
    from landrules.book.clauses import Ground, block  # a row's body is a block like any other

    return found, block(s, rest, Ground())
