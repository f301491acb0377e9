"""How wide a strip can be before any feature is seen: what must be read, and how far coverage is shrunk."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from landrules.base.valuetype import Value
from landrules.engine import unknown as u
from landrules.engine.explore import NO_RANGES
from landrules.rules import expr as e
from landrules.rules import model as m

NOBODY: u.Facts = frozenset()
UNBOUNDED = u.Range(low=Fraction(0))


def widest(width: e.Expr | None, rules: m.RuleSet) -> Fraction | None:
    """The most metres that a width can come to; `None` where the law sets no bound, because features tell it themselves."""
    if width is None:
        return Fraction(0)
    high = _number(width, rules).span(NO_RANGES).high
    return None if high is None else max(high, Fraction(0))


def _number(expr: e.Expr, rules: m.RuleSet) -> u.Num:
    """A width as far as law alone tells it: every value that a row or a parameter can have."""
    match expr:
        case e.Const(value=Fraction() as value):
            return u.Num(value)
        case e.Named(body=body):
            return _number(body, rules)
        case e.Negative(operand=operand):
            return -_number(operand, rules)
        case e.Lookup(id=id_):
            table = rules.tables[id_]
            values = [r.value for r in table.rows]
            return _among(expr, values, summed=table.policy == "collect sum")
        case e.ParameterRef(id=id_):
            return _among(expr, [v for _, v, _ in rules.parameters[id_].values])
        case e.Arithmetic(op=op, left=left, right=right):
            return _worked(op, _number(left, rules), _number(right, rules), expr)
        case e.Function(name="smaller" | "larger" as name, args=args):
            highs = [_number(a, rules).span(NO_RANGES).high for a in args]
            known = [h for h in highs if h is not None]
            bounded = known and (name == "smaller" or len(known) == len(highs))
            end = (min if name == "smaller" else max)(known) if bounded else None
            return u.unknown_number(str(expr), NOBODY, u.Range(Fraction(0), end))
        case _:
            return u.unknown_number(str(expr), NOBODY, UNBOUNDED)


def _among(expr: e.Expr, values: Sequence[Value], *, summed: bool = False) -> u.Num:
    found = [v for v in values if isinstance(v, Fraction)]
    high = sum((v for v in found if v > 0), Fraction(0)) if summed else max(found, default=Fraction(0))
    return u.unknown_number(str(expr), NOBODY, u.Range(min([*found, Fraction(0)]), high))


def _worked(op: str, left: u.Num, right: u.Num, expr: e.Expr) -> u.Num:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return u.product(left, right, NO_RANGES)
        case _:
            return u.quotient(left, right, NO_RANGES) or u.unknown_number(str(expr), NOBODY, UNBOUNDED)
