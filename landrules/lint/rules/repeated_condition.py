"""The same condition twice: one of the two was meant to be another."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.base.source import Span
from landrules.lang.tree import Binary, Condition, Document, Expr
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.walk import bodies, nodes


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Twice in one block, or twice in one chain of `and` or `or`."""
    for body in bodies(document.items):
        conditions = [(c.kind, c.expr, c.expr.span) for c in body if isinstance(c, Condition)]
        for number, (kind, expr, span) in enumerate(conditions):
            first = next((s for k, x, s in conditions[:number] if (k, x) == (kind, expr)), None)
            if first is not None:
                yield _found(span, first)
    inside: set[int] = set()
    for node in nodes(document.items):
        if isinstance(node, Binary) and node.op in ("and", "or") and id(node) not in inside:
            links = list(_chain(node, node.op, inside))
            for number, link in enumerate(links):
                first = next((x.span for x in links[:number] if x == link), None)
                if first is not None:
                    yield _found(link.span, first)


def _chain(node: Expr, op: str, inside: set[int]) -> Iterator[Expr]:
    if isinstance(node, Binary) and node.op == op:
        inside.add(id(node))
        yield from _chain(node.left, op, inside)
        yield from _chain(node.right, op, inside)
    else:
        yield node


def _found(span: Span, first: Span) -> Found:
    return Found(span, {"condition": " ".join(span.text.split()), "line": first.line})


RULE = LintRule("repeated_condition", "LR912", "error", "条件重复", "repeated condition", find)
