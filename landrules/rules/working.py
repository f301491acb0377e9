"""The working of a number: what it is made of, in the order of the sentence, and last what comes of it.

A fee is read as rate, area, fee. What is written in the rule itself (constants) needs no showing.
"""

from __future__ import annotations

from collections.abc import Iterable

from landrules.base.quantity import Dimension
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.scope import Scope, Typed
from landrules.rules.walk import message_expressions


def working(expressions: Iterable[e.Expr]) -> tuple[e.Expr, ...]:
    """The numbers behind some expressions, each once."""
    found: dict[e.Expr, None] = {}
    for expr in expressions:
        for part in _parts(expr):
            found.setdefault(part)
    return tuple(found)


def told(message: m.BilingualMessage | None, scope: Scope) -> tuple[e.Expr, ...]:
    """The working of what a block's `given`s name and of what its message prints."""
    named = (x.expr for x in scope.locals.values() if isinstance(x, Typed))
    return working((*named, *message_expressions(message)))


def _parts(expr: e.Expr) -> tuple[e.Expr, ...]:
    if not isinstance(expr.type, Dimension) or isinstance(expr, e.Const):
        return ()
    match expr:
        case e.Named(body=body):
            inner = _parts(body)
            return (*(inner if len(inner) > 1 or isinstance(body, e.Arithmetic) else ()), expr)
        case e.Arithmetic(left=left, right=right):
            return (*_parts(left), *_parts(right))
        case e.Negative(operand=operand):
            return _parts(operand)
        case e.Function(args=args):
            return tuple(p for a in args for p in _parts(a))
        case e.Aggregate(kind="area", items=e.Collection(source=e.OccupiedItems(), where=None)):
            return ()  # the ground itself is measured anyway
        case _:
            return (expr,)
