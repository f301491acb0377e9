"""What a collection holds in a case: items that belong, items that may, and why there may be others that nobody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import assert_never

from landrules.base.frozen import frozen
from landrules.base.valuetype import Absence, Missing, Value
from landrules.engine import unknown as u
from landrules.engine.evidence import Overlaid
from landrules.engine.reads import Reads
from landrules.engine.scope import NO_FACTS, PieceItem, RecordItem, Scope, walk
from landrules.geo.site import AbsentLayer, Parcel
from landrules.rules import expr as e

Predicate = Callable[[Scope], u.Truth]

APART = Reads(apart=True)
"""No two items look alike."""
ListSource = e.RecordItems | e.ParcelItems | e.BuildingItems | e.BoundItems


@frozen
class Member:
    """One item at hand, and whether it belongs."""

    scope: Scope
    item: PieceItem | RecordItem
    belongs: u.Truth


@frozen
class Members:
    """The items of a collection, but for those that do not belong; `unseen` says why there may be more."""

    found: tuple[Member, ...]
    unseen: u.Facts


def members(scope: Scope, items: e.Collection, where: Predicate | None) -> Members:
    """The items of any collection. Pieces that are numeric noise are none."""
    match items.source:
        case e.LayerItems(layer):
            ground = scope.evidence.ground(layer)
            if isinstance(ground, AbsentLayer):
                return Members((), frozenset((ground.missing,)))
            return _pieces(scope, ground, ground.rows, (), where)
        case e.OccupiedItems(layer):
            if scope.ground is None:
                return Members((), frozenset((scope.unknown_piece or Missing(layer, Absence.UNBOUND),)))
            return _pieces(scope, scope.ground, scope.occupied, scope.perhaps, where)
        case e.RecordItems() | e.ParcelItems() | e.BuildingItems() | e.BoundItems() as source:
            found, missing = listed(scope, source)
            records = [(_at(scope, record), record) for record in found]
            return Members(_belonging((s, r, where(s) if where else True) for s, r in records), frozenset(missing))
        case _:
            assert_never(items.source)


def _belonging(found: Iterable[tuple[Scope, PieceItem | RecordItem, u.Truth]]) -> tuple[Member, ...]:
    return tuple(Member(scope, item, truth) for scope, item, truth in found if truth is not False)


def _pieces(
    scope: Scope, ground: Overlaid, rows: Sequence[int], perhaps: Sequence[int], where: Predicate | None
) -> Members:
    noise = ground.noise(scope.evidence.proposal.precision_m)
    sure, open_, facts = sorted_out(scope, ground, rows, perhaps, where)
    found: list[tuple[int, u.Truth]] = [(row, True) for row in sure]
    for row in open_:
        truth = where(scope.at_piece(ground, row)) if where is not None else True
        perhaps_there = scope.assumed.settle(u.maybe(f"open piece {row} of {ground.layer.name}", facts))
        found.append((row, truth if isinstance(truth, u.Maybe) else perhaps_there))
    kept = [(row, truth) for row, truth in sorted(found, key=lambda f: f[0]) if not noise[row]]
    return Members(
        tuple(Member(scope.at_piece(ground, row), PieceItem(ground, row), truth) for row, truth in kept),
        hidden(ground, scope),
    )


def hidden(ground: Overlaid, scope: Scope) -> u.Facts:
    """Why part of the ground is not known on this layer; empty where coverage is proven."""
    if ground.pieces.is_gapless and not scope.evidence.broken:
        return NO_FACTS
    facts = frozenset((ground.missing,)) if ground.uncovered() > 0 else NO_FACTS
    broken = (Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem) for p in scope.evidence.broken)
    return facts | frozenset(broken)


def sorted_out(
    scope: Scope,
    ground: Overlaid,
    rows: Sequence[int],
    perhaps: Sequence[int],
    where: Predicate | None,
    reads: Reads = APART,
) -> tuple[tuple[int, ...], tuple[int, ...], u.Facts]:
    """The pieces that certainly belong, those that may, and the facts on which that hangs.

    `reads` is what `where` reads of a piece: pieces that look alike to it are asked once.
    """
    if where is None:
        return tuple(rows), tuple(perhaps), scope.in_doubt if perhaps else frozenset()
    truths = asked_of_each(scope, ground, (*rows, *perhaps), where, reads)
    sure = tuple(row for row in rows if truths[row] is True)
    loose = tuple(row for row in perhaps if truths[row] is not False)
    open_ = (*(row for row in rows if isinstance(truths[row], u.Maybe)), *loose)
    facts: u.Facts = scope.in_doubt if loose else frozenset()
    atoms = {id(t): t for row in open_ if isinstance(t := truths[row], u.Maybe)}
    return sure, open_, facts.union(*(t.facts for t in atoms.values()))


def groups_of(scope: Scope, ground: Overlaid, rows: tuple[int, ...], reads: Reads) -> tuple[tuple[int, ...], ...]:
    """Pieces in groups that look alike to a question. A witness wants to hear of each piece."""
    return ground.alike(rows, APART if scope.evidence.witness is not None else reads)


def asked_of_each(
    scope: Scope, ground: Overlaid, rows: tuple[int, ...], ask: Predicate, reads: Reads
) -> Mapping[int, u.Truth]:
    """The answer to a question for every piece: pieces that look alike to it are asked once."""
    truths: dict[int, u.Truth] = {}
    for group in groups_of(scope, ground, rows, reads):
        truth = ask(scope.at_piece(ground, group[0]))
        for row in group:
            truths[row] = truth
    return truths


# --------------------------------------------------------------------------- lists


Listed = tuple[tuple[RecordItem, ...], tuple[Missing, ...]]


def listed(scope: Scope, source: ListSource) -> Listed:
    """The records of a list, and the lists that are missing themselves."""
    if isinstance(source, e.BoundItems):
        return _listed(scope, source)
    return scope.evidence.memo.of(source, lambda: _listed(scope, source))


def _listed(scope: Scope, source: ListSource) -> Listed:
    match source:
        case e.RecordItems(path):
            return _records(walk(scope.evidence.proposal.attributes, path, "proposal"), ".".join(("proposal", *path)))
        case e.BoundItems(name, path):
            item = scope.bound_to(name)
            if not isinstance(item, RecordItem):
                raise LookupError(f"{name} holds no lists")
            return _records(walk(item.fields, path, item.name), ".".join((item.name, *path)))
        case e.BuildingItems():
            drawn = scope.evidence.proposal.buildings
            missing = () if drawn else (Missing("proposal.buildings", Absence.NOT_SUPPLIED),)
            return tuple(RecordItem(b.attributes, f"building.{b.id}", b) for b in drawn), missing
        case e.ParcelItems(path):
            return _of_parcels(scope.evidence.proposal.parcels, path)
        case _:
            assert_never(source)


def _of_parcels(parcels: Sequence[Parcel], path: tuple[str, ...]) -> Listed:
    """The parcels, or the records of a list that every parcel has."""
    found: list[RecordItem] = []
    missing: list[Missing] = []
    for parcel in parcels:
        name = f"parcel.{parcel.id}"
        if not path:
            found.append(RecordItem(parcel.attributes, name, parcel))
            continue
        inner, absent = _records(walk(parcel.attributes, path, name), ".".join((name, *path)))
        found += inner
        missing += absent
    return tuple(found), tuple(missing)


def _records(value: Value, name: str) -> Listed:
    if isinstance(value, Missing):
        return (), (value,)
    records = value if isinstance(value, tuple) else ()
    return tuple(RecordItem(v, f"{name}.{i + 1}") for i, v in enumerate(records) if isinstance(v, Mapping)), ()


def _at(scope: Scope, record: RecordItem) -> Scope:
    return scope.at_record(record.fields, record.name, record.parcel)
