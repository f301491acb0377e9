"""Sums, counts, averages and areas over pieces and over records, with what is uncovered kept open.

The known part comes from the pieces that certainly belong; pieces whose condition is open, and ground outside a layer's
coverage, widen the result to an interval that other measures of the same ground share by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from landrules.base.frozen import replace
from landrules.base.quantity import Dimension, round_half_up
from landrules.base.valuetype import Absence, Grade, Missing
from landrules.engine import unknown as u
from landrules.engine.evidence import Overlaid
from landrules.engine.facts import ground_area
from landrules.engine.kept import Kept
from landrules.engine.members import groups_of, hidden, listed, sorted_out
from landrules.engine.recall import Recall
from landrules.engine.scope import Judged, RecordItem, Scope, UnseenItem, open_value
from landrules.engine.worked import Parts, at_most, is_worked, number_of, numbers_of, together, with_nothing, worked_sum
from landrules.geo.site import AbsentLayer
from landrules.rules import expr as e

NONE = u.Range(low=Fraction(0))


def aggregate(scope: Scope, expr: e.Aggregate, parts: Parts) -> Judged:
    """The value of an aggregate in a scope, kept for the next time that the same is asked.

    The key names all of a scope that an aggregate can read but what is assumed, also of sources, which is recalled. The evidence is where the answer is kept; the items under
    `where` and the item at hand take each other's place, so an item around the aggregate is never read (`hangs.inner`
    says where it might be, or what a `for each` looks at: such an answer is not kept). Nothing is kept from a witness,
    who wants to hear everything.
    """
    hangs = parts.hangs
    if hangs.inner or scope.evidence.witness is not None:
        return _aggregate(scope, expr, parts)
    key = (
        parts.own,
        scope.unknown_piece,
        (scope.ground, scope.occupied, scope.perhaps, scope.in_doubt) if hangs.feature or _is_occupied(expr) else None,
        (scope.row, _drawn(scope)) if hangs.feature else None,
        (scope.parcel.role, scope.parcel.id) if hangs.parcel and scope.parcel is not None else None,
    )
    recall: Recall[Judged] = scope.evidence.memo.of(key, Recall)
    return recall.of(scope.assumed, lambda assumed: _aggregate(scope.assuming(assumed), expr, parts))


def _is_occupied(expr: e.Aggregate) -> bool:
    return isinstance(expr.items.source, e.OccupiedItems)


def _drawn(scope: Scope) -> tuple[str, int] | None:
    """The feature by itself: the layers of one evidence have each their own name."""
    return None if scope.feature is None else (scope.feature[0].name, scope.feature[1])


def _aggregate(scope: Scope, expr: e.Aggregate, parts: Parts) -> Judged:
    source = expr.items.source
    match source:
        case e.LayerItems(layer):
            found = scope.evidence.ground(layer)
            if isinstance(found, AbsentLayer):
                return _of_absent(scope, expr, found, parts)
            return _over_pieces(scope, expr, found, found.rows, (), parts)
        case e.OccupiedItems(layer):
            if scope.ground is None:
                unseen = scope.unknown_piece or Missing(layer, Absence.UNBOUND)
                return _of_absent(scope, expr, AbsentLayer(layer, unseen.kind, unseen.detail), parts)
            return _over_pieces(scope, expr, scope.ground, scope.occupied, scope.perhaps, parts)
        case e.RecordItems() | e.ParcelItems() | e.BuildingItems() | e.BoundItems():
            items, missing = listed(scope, source)
            return _unknown_list(scope, expr, missing[0], parts) if missing else _over_items(scope, expr, items, parts)
        case _:
            assert_never(source)


# --------------------------------------------------------------------------- pieces


def _of_absent(scope: Scope, expr: e.Aggregate, layer: AbsentLayer, parts: Parts) -> Judged:
    facts = frozenset((layer.missing,))
    key = _name(scope, expr, layer.name, parts)
    if expr.kind == "any":
        return scope.assumed.settle(u.maybe(key, facts))
    if expr.kind == "average" or not isinstance(expr.type, Dimension):
        return open_value(expr.type, key, facts)
    limit = scope.evidence.area if not scope.evidence.broken else None
    if is_worked(expr) and expr.kind == "sum":
        return u.unknown_number(key, facts, at_most(scope, expr, layer.name, facts, limit, parts))
    bounded = expr.type is Dimension.AREA and limit is not None and not is_worked(expr)
    within = u.Range(Fraction(0), limit) if bounded else NONE if not is_worked(expr) else u.ANY_RANGE
    return u.unknown_number(key, facts, within)


def _name(scope: Scope, expr: e.Aggregate, layer: str, parts: Parts) -> str:
    """What an aggregate over something is called where it is open."""
    return f"{expr.kind} of {layer}{_words(expr)}{scope.mark(parts.names)}"


def _in_words(expr: e.Aggregate) -> str:
    per = f" per {expr.per}" if expr.per is not None else ""
    return f".{expr.value}{per} {expr.items.where}"


_words: Kept[e.Aggregate, str] = Kept(_in_words)
"""What is taken of each item, and of which, in words; they are long, and the same for every proposal."""


def _over_pieces(
    scope: Scope, expr: e.Aggregate, ground: Overlaid, rows: Sequence[int], perhaps: Sequence[int], parts: Parts
) -> Judged:
    sure, open_, facts = sorted_out(scope, ground, rows, perhaps, parts.where, parts.belongs)
    bare = ground.uncovered()
    uncovered = hidden(ground, scope)
    key = _name(scope, expr, ground.layer.name, parts)
    match expr.kind:
        case "any":
            if not ground.is_noise(sure, scope.evidence.proposal.precision_m):
                return True
            if not open_ and not uncovered:
                return False
            return scope.assumed.settle(u.maybe(key, facts | uncovered))
        case "area":
            known = ground.area(sure)
            more = ground.area((*sure, *open_)) - known if open_ else Fraction(0)
            return _widened(u.Num(known), key, more, facts, bare, uncovered, scope)
        case "sum" if is_worked(expr):
            return worked_sum(scope, expr, ground, sure, open_, facts, key, parts)
        case "sum":
            return _sum(scope, expr, ground, sure, open_, facts, key, parts)
        case "count":
            known = Fraction(len({ground.feature_of(r) for r in sure}))
            return _unbounded(u.Num(known), key, facts if open_ else frozenset(), uncovered)
        case "average":
            if open_ or uncovered:
                return open_value(expr.type, key, facts | uncovered)
            return _average_of_pieces(scope, expr, ground, sure, parts, key)
        case _:
            unseen = [replace(scope, item=UnseenItem(ground.layer.name, uncovered))] if uncovered else []
            loose = [*(_one_of_each(scope, ground, open_, parts)), *unseen]
            return _extreme(expr, _one_of_each(scope, ground, sure, parts), loose, key, facts | uncovered, parts)


def _widened(
    known: u.Num, key: str, more: Fraction, facts: u.Facts, bare: Fraction, uncovered: u.Facts, scope: Scope
) -> u.Num:
    result = known
    if more > 0:
        result = result + u.unknown_number(f"open part of {key}", facts, u.Range(Fraction(0), more))
    if uncovered:
        limit = u.Range(Fraction(0), bare) if not scope.evidence.broken else NONE
        result = result + u.unknown_number(f"uncovered part of {key}", uncovered, limit)
    return result


def _unbounded(known: u.Num, key: str, facts: u.Facts, uncovered: u.Facts) -> u.Num:
    return known + u.unknown_number(key, facts | uncovered, NONE) if facts | uncovered else known


def _sum(
    scope: Scope,
    expr: e.Aggregate,
    ground: Overlaid,
    sure: Sequence[int],
    open_: Sequence[int],
    facts: u.Facts,
    key: str,
    parts: Parts,
) -> Judged:
    stated: list[tuple[int, Fraction]] = []
    silent: list[int] = []
    reasons: u.Facts = frozenset()
    numbers = numbers_of(scope, ground, tuple(sure), parts.value, parts.counts)
    for row in sure:
        number = numbers[row]
        if number.is_known:
            stated.append((row, number.const))
        else:
            silent.append(row)
            reasons |= number.facts
    rows, values = [r for r, _ in stated], [v for _, v in stated]
    if expr.apportioned:
        known = ground.shared(rows, values)
    elif isinstance(expr.value, e.ItemFact) and expr.value.path == ("area",):
        known = ground.area(rows)
    else:
        known = sum({ground.feature_of(r): v for r, v in stated}.values(), Fraction(0))
    uncovered = hidden(ground, scope)
    if expr.type is not Dimension.AREA:
        return _unbounded(u.Num(known), key, reasons | facts, uncovered)
    loose = (*silent, *open_)
    more = ground.area(loose) if loose else Fraction(0)
    return _widened(u.Num(known), key, more, reasons | facts, ground.uncovered(), uncovered, scope)


# --------------------------------------------------------------------------- records


def _unknown_list(scope: Scope, expr: e.Aggregate, missing: Missing, parts: Parts) -> Judged:
    facts = frozenset((missing,))
    key = _name(scope, expr, missing.name, parts)
    if expr.kind == "any":
        return scope.assumed.settle(u.maybe(key, facts))
    if isinstance(expr.type, Dimension):
        return u.unknown_number(key, facts, NONE if not is_worked(expr) else u.ANY_RANGE)
    return open_value(expr.type, key, facts)


def _over_items(scope: Scope, expr: e.Aggregate, items: Sequence[RecordItem], parts: Parts) -> Judged:
    scopes = [scope.at_record(item.fields, item.name, item.parcel) for item in items]
    truths = [(s, parts.where(s) if parts.where else True) for s in scopes]
    sure = [s for s, t in truths if t is True]
    open_ = [(s, t) for s, t in truths if isinstance(t, u.Maybe)]
    facts = frozenset().union(*(t.facts for _, t in open_))

    def key() -> str:
        return f"{expr.kind} of {[i.name for i in items]} {expr.value} {expr.items.where}{scope.mark(parts.names)}"

    match expr.kind:
        case "any":
            if sure:
                return True
            return scope.assumed.settle(u.Maybe(open_[0][1].atoms)) if open_ else False
        case "count":
            known = u.Num(Fraction(len(sure)))
            return _unbounded(known, key(), facts, frozenset()) if open_ else known
        case "sum" | "area":
            total = u.Num(Fraction(0))
            for s in sure:
                total = total + number_of(parts.value or _item_area, s)
            if open_:
                more = [
                    with_nothing(number_of(parts.value or _item_area, s).span(scope.assumed.ranges)) for s, _ in open_
                ]
                unsaid = frozenset().union(*(number_of(parts.value or _item_area, s).facts for s, _ in open_))
                total = total + u.unknown_number(key(), facts | unsaid, together(more))
            return u.Num(Fraction(round_half_up(total.const)), total.terms) if expr.type is Dimension.AREA else total
        case "average":
            return open_value(expr.type, key(), facts) if open_ else _average(scope, expr, sure, parts, key())
        case _:
            return _extreme(expr, sure, [s for s, _ in open_], key(), facts, parts)


def _item_area(scope: Scope) -> Judged:
    item = scope.item
    parcel = getattr(item, "parcel", None)
    if parcel is None:
        raise LookupError("`area of` records that have no ground")
    return ground_area(parcel)


# --------------------------------------------------------------------------- shared


def _one_of_each(scope: Scope, ground: Overlaid, rows: Sequence[int], parts: Parts) -> list[Scope]:
    """The places of one piece of each that count alike: neither the least nor the greatest hangs on how many there are."""
    return [scope.at_piece(ground, g[0]) for g in groups_of(scope, ground, tuple(rows), parts.counts)]


def _average(scope: Scope, expr: e.Aggregate, sure: Sequence[Scope], parts: Parts, key: str) -> Judged:
    if parts.value is None or parts.weight is None:
        raise LookupError("an average without value or weight")
    return _mean([(parts.value(item), number_of(parts.weight, item)) for item in sure], expr, key)


def _average_of_pieces(
    scope: Scope, expr: e.Aggregate, ground: Overlaid, rows: Sequence[int], parts: Parts, key: str
) -> Judged:
    if parts.value is None or parts.weight is None:
        raise LookupError("an average without value or weight")
    weights = numbers_of(scope, ground, tuple(rows), parts.weight, parts.weighs)
    weighed: list[tuple[Judged, u.Num]] = []
    for group in groups_of(scope, ground, tuple(rows), parts.counts):
        found = parts.value(scope.at_piece(ground, group[0]))
        for row in group:
            heavy = weights[row]
            if expr.apportioned and heavy.is_known:
                heavy = u.Num(ground.lone_share(row, heavy.const))
            weighed.append((found, heavy))
    return _mean(weighed, expr, key)


def _mean(weighed: Sequence[tuple[Judged, u.Num]], expr: e.Aggregate, key: str) -> Judged:
    """The mean of values with their weights; open where a value or a weight is."""
    total, weights, system = Fraction(0), Fraction(0), ""
    facts: u.Facts = frozenset()
    for found, heavy in weighed:
        if isinstance(found, u.Unknown | u.Maybe) or (isinstance(found, u.Num) and not found.is_known):
            facts |= found.facts
            continue
        if not heavy.is_known:
            facts |= heavy.facts
            continue
        number = found.value if isinstance(found, Grade) else found.const if isinstance(found, u.Num) else None
        if number is None:
            raise TypeError(f"{found!r} is averaged")
        system = found.system if isinstance(found, Grade) else system
        total += number * heavy.const
        weights += heavy.const
    if not facts and weights == 0:
        facts = frozenset((Missing(key, Absence.NOT_SUPPLIED, "nothing to average"),))
    if facts:
        return open_value(expr.type, key, facts)
    mean = total / weights
    return Grade(system, mean) if system else u.Num(mean)


def _extreme(
    expr: e.Aggregate, sure: Sequence[Scope], loose: Sequence[Scope], key: str, facts: u.Facts, parts: Parts
) -> Judged:
    """The least or the greatest; `loose` are items that may count or may not be there."""
    if parts.value is None:
        raise LookupError("an aggregate without a projected field")
    found = [parts.value(s) for s in sure]
    if not isinstance(expr.type, Dimension):
        return _extreme_date(expr, found, key, facts)
    numbers = [n for n in found if isinstance(n, u.Num)]
    unknown = frozenset().union(*(n.facts for n in numbers)) | facts
    if unknown or not numbers:
        reasons = unknown or frozenset((Missing(key, Absence.NOT_SUPPLIED, "nothing to compare"),))
        more = [n for s in loose if isinstance(n := parts.value(s), u.Num)]
        return u.unknown_number(key, reasons, _ends(expr.kind == "min", numbers, more, sure[0] if sure else None))
    values = [n.const for n in numbers]
    return u.Num(min(values) if expr.kind == "min" else max(values))


def _ends(least: bool, sure: Sequence[u.Num], loose: Sequence[u.Num], place: Scope | None) -> u.Range:
    """Between which ends the least (or the greatest) lies: no further in than the items that certainly belong let it."""
    if place is None:
        return u.ANY_RANGE
    ranges = place.assumed.ranges
    inner = [n.span(ranges) for n in sure]
    every = [*inner, *(n.span(ranges) for n in loose)]
    if least:
        lows = [s.low for s in every]
        highs = [s.high for s in inner if s.high is not None]
        low = None if None in lows else min(x for x in lows if x is not None)
        return u.Range(low, min(highs, default=None))
    tops = [s.high for s in every]
    bottoms = [s.low for s in inner if s.low is not None]
    return u.Range(max(bottoms, default=None), None if None in tops else max(x for x in tops if x is not None))


def _extreme_date(expr: e.Aggregate, found: Sequence[Judged], key: str, facts: u.Facts) -> Judged:
    days = [d for d in found if isinstance(d, date)]
    unknown = frozenset().union(*(d.facts for d in found if isinstance(d, u.Unknown))) | facts
    if unknown or not days:
        reasons = unknown or frozenset((Missing(key, Absence.NOT_SUPPLIED, "nothing to compare"),))
        return open_value(expr.type, key, reasons)
    return min(days) if expr.kind == "min" else max(days)
