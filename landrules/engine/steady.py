"""What moved edges cannot change, told without judging anything again.

A comparison whose sides lie farther apart than all the edges of a layer can carry comes out as it does; a question
whether there is any such ground is answered alike while one wide piece answers it. Where neither tells, the norm is not
steady, and is judged on moved edges. Every bound here errs on that side.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import numpy as np

from landrules.base.quantity import Dimension
from landrules.engine import unknown as u
from landrules.engine.compile import Compiled, compile_expr
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.explore import Assumptions
from landrules.engine.kept import Kept
from landrules.engine.program import Program
from landrules.engine.scope import Scope
from landrules.engine.selections import Selection, condition_of
from landrules.geo.kernel import FloatArray
from landrules.rules import expr as e
from landrules.rules.model import Norm
from landrules.rules.walk import children, judged_expressions

Swings = dict[str, Fraction | None]
"""By how much the sums of a layer's fields can change, by field; of its areas under no name."""

ROUNDING = Fraction(2, 100)
"""m². What is measured is rounded to 0.01 before it is compared, on either side."""


def is_steady(
    program: Program, evidence: Evidence, met: Overlaid, most: FloatArray, accuracy: float, swings: Swings
) -> bool:
    """Whether no condition and no clause of a norm can change if each piece gains or loses `most` m² at most.

    `swings` are those of the layer that were worked out before, for other norms.
    """
    roots, asking = _asked(program.norm, met.layer.name)
    edges = Edges(evidence, met, most, accuracy, asking, swings)
    try:
        return all(edges.keep(root) for root in roots)
    except LookupError:  # it speaks of a piece, a parcel or an item, and none is at hand here
        return False


def _work_out(norm: Norm, layer: str) -> tuple[tuple[e.Expr, ...], frozenset[int]]:
    """The expressions of a norm that ask of a layer, and the identity of all in them that do."""
    asking: set[int] = set()
    roots = tuple(root for root in judged_expressions(norm) if _find_asking(root, layer, asking))
    return roots, frozenset(asking)


_asked: Kept[Norm, tuple[tuple[e.Expr, ...], frozenset[int]]] = Kept(_work_out)


def _find_asking(expr: e.Expr, layer: str, asking: set[int]) -> bool:
    """Whether an expression, or anything below it, asks of a layer; all that do are noted by their identity."""
    below = [_find_asking(child, layer, asking) for child in children(expr)]  # all of them, not only the first
    own = isinstance(expr, e.Aggregate | e.ForEach) and expr.items.source in (
        e.LayerItems(layer),
        e.OccupiedItems(layer),
    )
    if own or any(below) or (isinstance(expr, e.FeatureFact) and expr.layer == layer):
        asking.add(id(expr))
        return True
    return False


_compiled: Kept[e.Expr, Compiled] = Kept(compile_expr)


class Edges:
    """The edges of one layer on one proposal, and what they can carry."""

    __slots__ = ("accuracy", "asking", "base", "evidence", "met", "most", "swings")

    def __init__(
        self,
        evidence: Evidence,
        met: Overlaid,
        most: FloatArray,
        accuracy: float,
        asking: Collection[int],
        swings: Swings,
    ) -> None:
        self.evidence, self.met, self.most, self.accuracy, self.asking = evidence, met, most, accuracy, asking
        self.swings = swings
        self.base = Scope(evidence, Assumptions())

    def keep(self, expr: e.Expr) -> bool:
        """Whether an expression certainly keeps its value."""
        if not self._asks(expr):
            return True
        match expr:
            case e.Compare(left=left, right=right):
                return self._keeps_apart(left, right)
            case e.Aggregate(kind="any"):
                return self._is_still_met(expr)
            case e.Aggregate() | e.ForEach():
                return False
            case _:
                return all(self.keep(child) for child in children(expr))

    def _asks(self, expr: e.Expr) -> bool:
        return id(expr) in self.asking

    def _keeps_apart(self, left: e.Expr, right: e.Expr) -> bool:
        swings = self._swing(left), self._swing(right)
        if swings[0] is None or swings[1] is None:
            return False
        one, other = _compiled(left)(self.base), _compiled(right)(self.base)
        if not isinstance(one, u.Num) or not isinstance(other, u.Num) or not (one.is_known and other.is_known):
            return False
        return abs(one.const - other.const) > swings[0] + swings[1]

    def _swing(self, expr: e.Expr) -> Fraction | None:
        """By how much a number can change at most; `None` where that is not told here."""
        if not self._asks(expr):
            return Fraction(0)
        match expr:
            case e.Aggregate(kind="area" | "sum", type=Dimension.AREA):
                return self._swing_of_sum(expr)
            case e.Arithmetic(op="+" | "-", left=left, right=right):
                first, second = self._swing(left), self._swing(right)
                return None if first is None or second is None else first + second
            case e.Arithmetic(op="*" | "/" as op, left=left, right=right) if not self._asks(right):
                by, swing = _compiled(right)(self.base), self._swing(left)
                if swing is None or not isinstance(by, u.Num) or not by.is_known or by.const == 0:
                    return None
                return swing * abs(by.const) if op == "*" else swing / abs(by.const)
            case e.Arithmetic(op="*", left=left, right=right) if not self._asks(left):
                by, swing = _compiled(left)(self.base), self._swing(right)
                known = isinstance(by, u.Num) and by.is_known
                return swing * abs(by.const) if swing is not None and isinstance(by, u.Num) and known else None
            case e.Negative(operand=operand):
                return self._swing(operand)
            case e.Named(body=body):
                return self._swing(body)
            case _:
                return None

    def _swing_of_sum(self, expr: e.Aggregate) -> Fraction | None:
        """What edges carry of an area measured, or of one that a feature states and that is shared out by area."""
        if expr.kind == "area" or (isinstance(expr.value, e.ItemFact) and expr.value.path == ("area",)):
            name = ""
        elif expr.apportioned and isinstance(expr.value, e.ItemFact) and len(expr.value.path) == 1:
            (name,) = expr.value.path
        else:
            return None
        if name not in self.swings:
            self.swings[name] = self._swing_of(name)
        return self.swings[name]

    def _swing_of(self, name: str) -> Fraction | None:
        if not name:
            return Fraction(float(self.most.sum())) + ROUNDING
        pieces = self.met.pieces
        stated = [self.met.value(row, name) for row in self.met.rows]
        if not all(isinstance(v, Fraction) for v in stated):
            return None
        values = np.array([float(v) if isinstance(v, Fraction) else 0.0 for v in stated])
        dense = np.divide(values * pieces.share, pieces.area, out=np.zeros(len(pieces)), where=pieces.area > 0)
        return Fraction(float((np.abs(dense) * self.most).sum())) + ROUNDING

    def _is_still_met(self, expr: e.Aggregate) -> bool:
        """Whether there is such ground wherever edges lie, or is none and none can come of pieces that are there."""
        found = _compiled(expr)(self.base)
        if found is False:
            return True
        selection = Selection(condition_of(expr.items))
        widest_first = np.argsort(-self.met.pieces.area, kind="stable").tolist()
        for row in widest_first:
            if selection.holds(self.evidence, self.met, row):
                return not self.met.chosen((row,)).noise(4.0 * self.accuracy).any()
        return False
