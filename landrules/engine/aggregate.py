"""Sums, counts, averages and areas over pieces and over records, with what is uncovered kept open.

The known part comes from the pieces that certainly belong; pieces whose condition is open, and ground outside a layer's
coverage, widen the result to an interval that other measures of the same ground share by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from landrules.base.quantity import Dimension, round_half_up
from landrules.base.valuetype import Absence, Grade, Missing, Value
from landrules.engine import unknown as u
from landrules.engine.evidence import Overlaid
from landrules.engine.scope import Judged, Scope, open_value, walk
from landrules.geo.site import AbsentLayer, Parcel
from landrules.rules import expr as e

Compiled = Callable[[Scope], Judged]
Predicate = Callable[[Scope], u.Truth]
NONE = u.Range(low=Fraction(0))


def aggregate(
    scope: Scope, expr: e.Aggregate, where: Predicate | None, value: Compiled | None, weight: Compiled | None
) -> Judged:
    """The value of an aggregate in a scope."""
    source = expr.items.source
    match source:
        case e.LayerItems(layer):
            found = scope.evidence.ground(layer)
            if isinstance(found, AbsentLayer):
                return _of_absent(scope, expr, found)
            return _over_pieces(scope, expr, found, found.rows, (), where, value, weight)
        case e.OccupiedItems(layer):
            if scope.ground is None:
                unseen = scope.unknown_piece or Missing(layer, Absence.UNBOUND)
                return _of_absent(scope, expr, AbsentLayer(layer, unseen.kind, unseen.detail))
            return _over_pieces(scope, expr, scope.ground, scope.occupied, scope.perhaps, where, value, weight)
        case e.RecordItems(path):
            records = walk(scope.evidence.proposal.attributes, path, "proposal")
            return _over_records(scope, expr, records, ".".join(("proposal", *path)), where, value, weight)
        case e.ParcelItems(path):
            return _over_parcels(scope, expr, path, where, value, weight)


# --------------------------------------------------------------------------- pieces


def _of_absent(scope: Scope, expr: e.Aggregate, layer: AbsentLayer) -> Judged:
    facts = frozenset((layer.missing,))
    if expr.kind == "any":
        return scope.assumed.settle(u.maybe(f"any of {layer.name} {expr.items.where}", facts))
    if expr.kind == "average":
        return open_value(expr.type, f"average of {layer.name}", facts)
    limit = scope.evidence.area
    bounded = expr.type is Dimension.AREA and not scope.evidence.broken
    within = u.Range(Fraction(0), limit) if bounded else NONE
    return u.unknown_number(_name(expr, layer.name), facts, within)


def _name(expr: e.Aggregate, layer: str) -> str:
    return f"{expr.kind} of {layer}.{expr.value} {expr.items.where}"


def _over_pieces(
    scope: Scope,
    expr: e.Aggregate,
    ground: Overlaid,
    rows: Sequence[int],
    perhaps: Sequence[int],
    where: Predicate | None,
    value: Compiled | None,
    weight: Compiled | None,
) -> Judged:
    sure, open_, facts = _sorted_out(scope, ground, rows, perhaps, where)
    layer = ground.layer.name
    bare = ground.uncovered()
    uncovered = _hidden(ground, scope)
    key = _name(expr, layer)
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
        case "sum":
            return _sum(scope, expr, ground, sure, open_, facts, value, key)
        case "count":
            known = Fraction(len({ground.feature_of(r) for r in sure}))
            return _unbounded(u.Num(known), key, facts if open_ else frozenset(), uncovered)
        case "average":
            if open_ or uncovered:
                return open_value(expr.type, key, facts | uncovered)
            return _average(scope, expr, [scope.at_piece(ground, r) for r in sure], value, weight, key, ground, sure)
        case _:
            numbers = [_number(value, scope.at_piece(ground, r)) for r in sure]
            return _extreme(expr, numbers, key, facts | uncovered)


def _hidden(ground: Overlaid, scope: Scope) -> u.Facts:
    """Why part of the ground is not known on this layer; empty where coverage is proven."""
    facts = frozenset((ground.missing,)) if ground.uncovered() > 0 else frozenset()
    broken = (Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem) for p in scope.evidence.broken)
    return facts | frozenset(broken)


def _sorted_out(
    scope: Scope, ground: Overlaid, rows: Sequence[int], perhaps: Sequence[int], where: Predicate | None
) -> tuple[tuple[int, ...], tuple[int, ...], u.Facts]:
    if where is None:
        return tuple(rows), tuple(perhaps), frozenset()
    sure: list[int] = []
    open_: list[int] = []
    facts: u.Facts = frozenset()
    for row in (*rows, *perhaps):
        truth = where(scope.at_piece(ground, row))
        if truth is False:
            continue
        if truth is True and row in rows:
            sure.append(row)
            continue
        open_.append(row)
        if isinstance(truth, u.Maybe):
            facts |= truth.facts
    return tuple(sure), tuple(open_), facts


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
    value: Compiled | None,
    key: str,
) -> Judged:
    stated: list[tuple[int, Fraction]] = []
    silent: list[int] = []
    reasons: u.Facts = frozenset()
    for row in sure:
        number = _number(value, scope.at_piece(ground, row))
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
    uncovered = _hidden(ground, scope)
    if expr.type is not Dimension.AREA:
        return _unbounded(u.Num(known), key, reasons | facts, uncovered)
    loose = (*silent, *open_)
    more = ground.area(loose) if loose else Fraction(0)
    return _widened(u.Num(known), key, more, reasons | facts, ground.uncovered(), uncovered, scope)


# --------------------------------------------------------------------------- records


def _over_parcels(
    scope: Scope,
    expr: e.Aggregate,
    path: tuple[str, ...],
    where: Predicate | None,
    value: Compiled | None,
    weight: Compiled | None,
) -> Judged:
    items: list[tuple[Mapping[str, Value], str, Parcel | None]] = []
    for parcel in scope.evidence.proposal.parcels:
        name = f"parcel.{parcel.id}"
        if not path:
            items.append((parcel.attributes, name, parcel))
            continue
        inner = walk(parcel.attributes, path, name)
        if isinstance(inner, Missing):
            return _unknown_list(scope, expr, inner)
        items.extend((r, f"{name}.{'.'.join(path)}", None) for r in _records(inner))
    return _over_items(scope, expr, items, where, value, weight)


def _records(value: Value) -> tuple[Mapping[str, Value], ...]:
    return tuple(v for v in value if isinstance(v, Mapping)) if isinstance(value, tuple) else ()


def _unknown_list(scope: Scope, expr: e.Aggregate, missing: Missing) -> Judged:
    facts = frozenset((missing,))
    if expr.kind == "any":
        return scope.assumed.settle(u.maybe(f"any of {missing.name} {expr.items.where}", facts))
    if isinstance(expr.type, Dimension):
        return u.unknown_number(_name(expr, missing.name), facts, NONE)
    return open_value(expr.type, _name(expr, missing.name), facts)


def _over_records(
    scope: Scope,
    expr: e.Aggregate,
    records: Value,
    name: str,
    where: Predicate | None,
    value: Compiled | None,
    weight: Compiled | None,
) -> Judged:
    if isinstance(records, Missing):
        return _unknown_list(scope, expr, records)
    items = [(r, f"{name}.{i + 1}", None) for i, r in enumerate(_records(records))]
    return _over_items(scope, expr, items, where, value, weight)


def _over_items(
    scope: Scope,
    expr: e.Aggregate,
    items: Sequence[tuple[Mapping[str, Value], str, Parcel | None]],
    where: Predicate | None,
    value: Compiled | None,
    weight: Compiled | None,
) -> Judged:
    scopes = [scope.at_record(fields, name, parcel or scope.parcel) for fields, name, parcel in items]
    truths = [(s, where(s) if where else True) for s in scopes]
    sure = [s for s, t in truths if t is True]
    open_ = [(s, t) for s, t in truths if isinstance(t, u.Maybe)]
    facts = frozenset().union(*(t.facts for _, t in open_))
    key = f"{expr.kind} of {[i[1] for i in items]} {expr.value} {expr.items.where}"
    match expr.kind:
        case "any":
            if sure:
                return True
            return scope.assumed.settle(u.Maybe(open_[0][1].atoms)) if open_ else False
        case "count":
            return _unbounded(u.Num(Fraction(len(sure))), key, facts, frozenset())
        case "sum" | "area":
            total = u.Num(Fraction(0))
            for s in sure:
                total = total + (_number(value, s) if value else _number(_item_area, s))
            rounded = u.Num(Fraction(round_half_up(total.const)), total.terms) if expr.type is Dimension.AREA else total
            return _unbounded(rounded, key, facts, frozenset())
        case "average":
            return open_value(expr.type, key, facts) if open_ else _average(scope, expr, sure, value, weight, key)
        case _:
            return _extreme(expr, [_number(value, s) for s in sure], key, facts)


def _item_area(scope: Scope) -> Judged:
    item = scope.item
    parcel = getattr(item, "parcel", None)
    if parcel is None:
        raise LookupError("`area of` records that have no ground")
    return u.Num(Fraction(parcel.area_m2))


# --------------------------------------------------------------------------- shared


def _number(value: Compiled | None, scope: Scope) -> u.Num:
    if value is None:
        raise LookupError("an aggregate without a projected field")
    found = value(scope)
    if not isinstance(found, u.Num):
        raise TypeError(f"{found!r} is summed")
    return found


def _average(
    scope: Scope,
    expr: e.Aggregate,
    sure: Sequence[Scope],
    value: Compiled | None,
    weight: Compiled | None,
    key: str,
    ground: Overlaid | None = None,
    rows: Sequence[int] = (),
) -> Judged:
    if value is None or weight is None:
        raise LookupError("an average without value or weight")
    total, weights, system = Fraction(0), Fraction(0), ""
    facts: u.Facts = frozenset()
    for position, item in enumerate(sure):
        found, heavy = value(item), _number(weight, item)
        share = Fraction(1)
        if ground is not None and expr.apportioned and heavy.is_known:
            heavy = u.Num(ground.shared((rows[position],), (heavy.const,)))
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
        total += number * heavy.const * share
        weights += heavy.const * share
    if not facts and weights == 0:
        facts = frozenset((Missing(key, Absence.NOT_SUPPLIED, "nothing to average"),))
    if facts:
        return open_value(expr.type, key, facts)
    mean = total / weights
    return Grade(system, mean) if system else u.Num(mean)


def _extreme(expr: e.Aggregate, numbers: Sequence[u.Num], key: str, facts: u.Facts) -> Judged:
    unknown = frozenset().union(*(n.facts for n in numbers)) | facts
    if unknown or not numbers:
        reasons = unknown or frozenset((Missing(key, Absence.NOT_SUPPLIED, "nothing to compare"),))
        return u.unknown_number(key, reasons)
    values = [n.const for n in numbers]
    return u.Num(min(values) if expr.kind == "min" else max(values))
