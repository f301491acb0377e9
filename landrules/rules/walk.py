"""Walking typed expressions: what a norm reads, and whether it speaks of one piece or of all together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from landrules.rules import expr as e
from landrules.rules import model as m


def walk(root: e.Expr, *, into_items: bool = True) -> Iterator[e.Expr]:
    """An expression and all below it; without `into_items` what stands inside an aggregate is left out."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if below := children(node, into_items=into_items):
            waiting.extend(below[::-1])


def distinct(roots: Iterable[e.Expr]) -> Iterator[e.Expr]:
    """Some expressions and all below them, each once: what a rule names once and uses often is one thing."""
    waiting = list(roots)[::-1]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting.extend(children(node)[::-1])


def children(node: e.Expr, *, into_items: bool = True) -> tuple[e.Expr, ...]:
    """The expressions directly below one."""
    below = _BELOW.get(type(node))
    if below is None:
        return ()
    return below(node) if into_items or not isinstance(node, e.Aggregate | e.ForEach) else ()


def _stated(*parts: e.Expr | None) -> tuple[e.Expr, ...]:
    return tuple([x for x in parts if x is not None])


_BELOW: Mapping[type, Callable[[Any], tuple[e.Expr, ...]]] = {
    **dict.fromkeys((e.Lookup, e.Function, e.CalendarCall), lambda n: n.args),
    e.AccountRef: lambda n: (n.region, n.year),
    **dict.fromkeys((e.Not, e.Given, e.Negative), lambda n: (n.operand,)),
    e.Logic: lambda n: n.operands,
    **dict.fromkeys((e.Compare, e.NoWorse, e.Within, e.Arithmetic, e.IfAbsent), lambda n: (n.left, n.right)),
    e.Named: lambda n: (n.body,),
    e.Aggregate: lambda n: _stated(n.items.where, n.value, n.weight),
    e.ForEach: lambda n: _stated(n.items.where, n.value, n.body),
}


def norm_expressions(norm: m.Norm) -> Iterator[e.Expr]:
    """Every expression of a norm, its subject's and its exceptions' included, its message's left out."""
    yield norm.applies
    yield from subject_expressions(norm.subject)
    for branch in norm.branches:
        yield from branch_expressions(branch)
    for exception in norm.exceptions:
        yield from exception_expressions(exception)


def judged_expressions(norm: m.Norm) -> Iterator[e.Expr]:
    """What is judged on the subject: conditions and clauses, exceptions included; not the subject's own `where`."""
    yield norm.applies
    for branch in norm.branches:
        yield from branch_expressions(branch)
    for exception in norm.exceptions:
        yield from exception_expressions(exception)


def judged_clauses(norm: m.Norm) -> Iterator[m.Clause]:
    """The clauses of a norm's branches, of its exceptions and of what excepts them."""
    for branch in norm.branches:
        yield from branch.clauses
    waiting = list(norm.exceptions)
    while waiting:
        exception = waiting.pop()
        yield from exception.clauses
        waiting.extend(exception.exceptions)


def subject_expressions(subject: m.Subject) -> Iterator[e.Expr]:
    """The expressions that draw a subject."""
    if isinstance(subject, m.Whole):
        return
    if subject.where is not None:
        yield subject.where
    if isinstance(subject, m.Strip):
        yield subject.width
        if subject.beyond is not None:
            yield subject.beyond


def branch_expressions(branch: m.Branch) -> Iterator[e.Expr]:
    """The expressions of a branch: when it speaks, its clauses, what it shows."""
    yield branch.when
    yield from clause_expressions(branch.clauses)
    yield from branch.shown


def clause_expressions(clauses: Iterable[m.Clause]) -> Iterator[e.Expr]:
    """The expressions of clauses."""
    for clause in clauses:
        match clause:
            case m.Requires():
                yield clause.expr
            case m.SubjectTo():
                yield clause.provided
                yield from (x for x in (clause.issuer, clause.latest) if x is not None)
            case m.DutyClause():
                yield clause.provided
            case m.Confirmed():
                yield clause.number


def exception_expressions(exception: m.ExceptionNorm) -> Iterator[e.Expr]:
    """The expressions of an exception and of what excepts it."""
    yield exception.when
    yield from clause_expressions(exception.clauses)
    for inner in exception.exceptions:
        yield from exception_expressions(inner)


def message_expressions(message: m.BilingualMessage | None) -> Iterator[e.Expr]:
    """The values a message prints."""
    if message is not None:
        for part in (*message.zh, *message.en):
            if part.expr is not None:
                yield part.expr


def layers_of(expressions: Iterable[e.Expr]) -> frozenset[str]:
    """The layers that expressions read."""
    found: set[str] = set()
    for root in expressions:
        for node in walk(root):
            match node:
                case e.FeatureFact():
                    found.add(node.layer)
                case (
                    e.Aggregate(items=e.Collection(source=e.LayerItems(layer) | e.OccupiedItems(layer)))
                    | e.ForEach(items=e.Collection(source=e.LayerItems(layer) | e.OccupiedItems(layer)))
                ):
                    found.add(layer)
                case _:
                    pass
    return frozenset(found)


def norm_layers(norm: m.Norm) -> tuple[str, ...]:
    """Every layer that any part of a norm reads, sorted."""
    found = set(layers_of((*norm_expressions(norm), *message_expressions(norm.message))))
    if not isinstance(norm.subject, m.Whole):
        found.add(norm.subject.layer)
    if isinstance(norm.subject, m.Strip) and norm.subject.prefers:
        found.add(norm.subject.prefers)
    return tuple(sorted(found))


def speaks_of_feature(expressions: Iterable[e.Expr]) -> bool:
    """Whether the feature of one piece is asked; inside an aggregate too, where it still is the norm's own."""
    return any(isinstance(node, e.FeatureFact) for root in expressions for node in walk(root))


def speaks_of_parcel(expressions: Iterable[e.Expr]) -> bool:
    """Whether one parcel is asked. Over pieces and parcels `parcel` in a `where` is the item's own, and does not count."""
    return any(_asks_parcel(node) for root in expressions for node in walk(root, into_items=False))


def _asks_parcel(node: e.Expr) -> bool:
    if isinstance(node, e.Aggregate | e.ForEach):
        if isinstance(node.items.source, e.RecordItems | e.BoundItems | e.BuildingItems):
            return speaks_of_parcel(children(node))
        return isinstance(node, e.ForEach) and node.value is not None and speaks_of_parcel((node.body,))
    return isinstance(node, e.ParcelFact | e.ParcelArea)
