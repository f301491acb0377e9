"""How much an expression is, once every name in it stands for what it names.

Sixty short definitions, each using the one before twice, are an expression of more nodes than anyone can count. Passes
walk expressions node by node, so what is too much is refused where it is named.
"""

from __future__ import annotations

from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules.scope import Items, Meaning, Typed
from landrules.rules.walk import children
from landrules.rules.world import World

MOST_NODES = 4_000
DEEPEST = 150


def named(names: t.Names, found: Meaning | None, world: World) -> Meaning | None:
    """A definition's or a given's meaning under its name, which stays for the trace; `None` where it is too much."""
    expr = found.expr if isinstance(found, Typed) else found.collection.where if isinstance(found, Items) else None
    if expr is not None and _too_much(expr):
        world.faults.add("LR235", names.span, name=names.id)
        return None
    if isinstance(found, Typed) and not isinstance(found.expr, e.ListRef):
        return Typed(e.Named(names.id, found.expr, found.type, names.zh), found.words)
    return found


def _too_much(expr: e.Expr) -> bool:
    size, depth = _weight(expr, {})
    return size > MOST_NODES or depth > DEEPEST


def _weight(expr: e.Expr, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Nodes and levels of an expression; what stands in it several times is looked at once."""
    if (found := known.get(id(expr))) is None:
        below = [_weight(child, known) for child in children(expr)]
        found = (1 + sum(size for size, _ in below), 1 + max((depth for _, depth in below), default=0))
        known[id(expr)] = found
    return found
