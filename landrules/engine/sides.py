"""What of a condition is shown beside its outcome: both sides of every comparison, and the item that failed first."""

from __future__ import annotations

from collections.abc import Callable

from landrules.base.frozen import frozen
from landrules.engine.compile import Compiled, compile_expr, predicate
from landrules.engine.scope import Scope
from landrules.engine.universal import first_failing, said
from landrules.rules import expr as e
from landrules.rules.model import Bilingual
from landrules.rules.walk import walk

Place = Callable[[Scope], Scope | None]
"""Where a part of a condition speaks: here, or at the first item of a `for each` that fails; `None` where none does."""


def here(scope: Scope) -> Scope | None:
    """The place itself."""
    return scope


@frozen
class Sides:
    """Both sides of a numeric comparison, to be shown."""

    node: e.Compare
    left: Compiled
    right: Compiled
    place: Place = here


@frozen
class Failing:
    """A `for each` whose first failing item is to be named."""

    name: str
    place: Place

    def says(self, scope: Scope) -> Bilingual | None:
        """That item in words, or `None` where none certainly fails."""
        found = self.place(scope)
        if found is None:
            return None
        item = said(found, self.name)
        return Bilingual(f"{self.name} 为{item.zh}时不满足", f"not met by {self.name} = {item.en}")


def sides_of(expr: e.Expr, place: Place = here) -> tuple[Sides, ...]:
    """The comparisons of a condition; those of a `for each` as they stand at the first item that fails."""
    found: list[Sides] = []
    for node in walk(expr, into_items=False):
        match node:
            case e.Compare():
                found.append(Sides(node, compile_expr(node.left), compile_expr(node.right), place))
            case e.ForEach():
                found += sides_of(node.body, _failing(node, place))
            case _:
                pass
    return tuple(found)


def failing_of(expr: e.Expr, place: Place = here) -> tuple[Failing, ...]:
    """The `for each` parts of a condition, outer ones first."""
    found: list[Failing] = []
    for node in walk(expr, into_items=False):
        if isinstance(node, e.ForEach):
            inner = _failing(node, place)
            found += (Failing(node.name, inner), *failing_of(node.body, inner))
    return tuple(found)


def _failing(node: e.ForEach, place: Place) -> Place:
    where = predicate(node.items.where) if node.items.where is not None else None
    value = compile_expr(node.value) if node.value is not None else None
    body = predicate(node.body)

    def at(scope: Scope) -> Scope | None:
        outer = place(scope)
        return first_failing(outer, node, where, value, body) if outer is not None else None

    return at
