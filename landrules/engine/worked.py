"""Sums of what is worked out for every piece: how ground shares in them, and how far what is not known can move them.

Rate by rate, what ground shares in is summed and rounded once, as a table by grades is made up; then every rate is
counted exactly. Ground that several features cover counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from landrules.base.frozen import frozen, replace
from landrules.base.quantity import Dimension, round_half_up
from landrules.base.valuetype import Absence, Missing
from landrules.engine import unknown as u
from landrules.engine.evidence import Overlaid
from landrules.engine.members import Predicate, groups_of, hidden
from landrules.engine.reads import Hangs, Reads
from landrules.engine.scope import Judged, Scope, UnseenItem
from landrules.geo.area import exact
from landrules.rules import expr as e

Compiled = Callable[[Scope], Judged]


@frozen
class Parts:
    """The compiled parts of an aggregate; `names` are those of a `for each` around it that it reads.

    `value` is what an item counts for, or, where the aggregate has a `per`, what one base unit of that field does.
    `belongs`, `counts` and `weighs` say what `where`, `value` and `weight` read of an item, `hangs` on what of its place all of it hangs;
    `own` is no other aggregate's.
    """

    where: Predicate | None
    value: Compiled | None
    weight: Compiled | None
    names: tuple[str, ...]
    belongs: Reads
    counts: Reads
    weighs: Reads
    hangs: Hangs
    own: object


def is_worked(expr: e.Aggregate) -> bool:
    """Whether what is aggregated is worked out, and not a field that items have."""
    return expr.per is not None or not (expr.value is None or isinstance(expr.value, e.ItemFact))


def number_of(value: Compiled | None, scope: Scope) -> u.Num:
    """The number that an item counts for."""
    if value is None:
        raise LookupError("an aggregate without a projected field")
    found = value(scope)
    if not isinstance(found, u.Num):
        raise TypeError(f"{found!r} is summed")
    return found


def numbers_of(
    scope: Scope, ground: Overlaid, rows: tuple[int, ...], value: Compiled | None, reads: Reads
) -> Mapping[int, u.Num]:
    """The number that each piece counts for. Pieces that look alike are asked once, but for a witness."""
    found: dict[int, u.Num] = {}
    if reads.only:  # a field itself: what it holds is the number, wherever it is known
        for row in rows:
            stated = ground.value(row, reads.only)
            if isinstance(stated, Fraction):
                found[row] = u.Num(stated)
            else:
                found[row] = number_of(value, scope.at_piece(ground, row))
        return found
    for group in groups_of(scope, ground, rows, reads):
        number = number_of(value, scope.at_piece(ground, group[0]))
        for row in group:
            found[row] = number
    return found


def worked_sum(
    scope: Scope,
    expr: e.Aggregate,
    ground: Overlaid,
    sure: Sequence[int],
    open_: Sequence[int],
    facts: u.Facts,
    key: str,
    parts: Parts,
) -> u.Num:
    """The sum over the pieces that belong, widened by those that may and by what nobody has looked at."""
    total = _known_part(scope, expr, ground, sure, parts)
    if open_:
        counts = [_known_part(scope, expr, ground, (row,), parts) for row in open_]
        span = together([with_nothing(n.span(scope.assumed.ranges)) for n in counts])
        unsaid = facts.union(*(n.facts for n in counts))
        total = total + u.unknown_number(f"open part of {key}", unsaid, span)
    if uncovered := hidden(ground, scope):
        limit = ground.uncovered() if not scope.evidence.broken else None
        within = at_most(scope, expr, ground.layer.name, uncovered, limit, parts)
        total = total + u.unknown_number(f"uncovered part of {key}", uncovered, within)
    return u.Num(Fraction(round_half_up(total.const)), total.terms) if expr.type is Dimension.AREA else total


def _known_part(scope: Scope, expr: e.Aggregate, ground: Overlaid, rows: Sequence[int], parts: Parts) -> u.Num:
    """The sum over some pieces. `parts.value` is a rate where the sum has a `per`, else what a feature counts for."""
    ordered = sorted(rows)
    total = u.Num(Fraction(0))
    if not ordered:
        return total
    if expr.per is None:
        firsts = tuple({ground.feature_of(r): r for r in reversed(ordered)}.values())
        for number in numbers_of(scope, ground, firsts, parts.value, parts.counts).values():
            total = total + number
        return total
    pieces = ground.chosen(ordered)
    areas = [exact(x) for x in pieces.net_areas().tolist()]
    shares = pieces.shares() if expr.apportioned else ()
    by_rate: dict[u.Num, Fraction] = {}
    rates = numbers_of(scope, ground, tuple(ordered), parts.value, parts.counts)
    for position, row in enumerate(ordered):
        rate = rates[row]
        amount = u.Num(areas[position])
        if expr.apportioned:
            amount = _share(ground, row, expr.per, shares[position], areas[position])
        if amount.is_known:
            by_rate[rate] = by_rate.get(rate, Fraction(0)) + amount.const
        else:
            total = total + u.product(rate, amount, scope.assumed.ranges)
    for rate, summed in by_rate.items():
        total = total + rate.scaled(Fraction(round_half_up(summed)))
    return total


def _share(ground: Overlaid, row: int, per: e.ItemFact, share: Fraction, area: Fraction) -> u.Num:
    """A piece's part of an apportioned field. Where it is not known, no area is larger than the ground it lies on."""
    value = ground.value(row, per.path[0])
    if isinstance(value, Fraction):
        return u.Num(value * share)
    name = f"{ground.layer.name}.{ground.feature_id(row)}.{per.path[0]}"
    kind, detail = (value.kind, value.detail) if isinstance(value, Missing) else (Absence.INVALID, "")
    high = Fraction(round_half_up(area)) if per.type is Dimension.AREA else None
    within = u.Range(Fraction(0), high)
    return u.unknown_number(f"{name} in {ground.parcel_of(row).id}", frozenset((Missing(name, kind, detail),)), within)


def at_most(
    scope: Scope, expr: e.Aggregate, layer: str, facts: u.Facts, limit: Fraction | None, parts: Parts
) -> u.Range:
    """Between which ends a worked sum lies over ground of which nothing is known, of at most some area."""
    one = number_of(parts.value, replace(scope, item=UnseenItem(layer, facts))).span(scope.assumed.ranges)
    most = limit if expr.per is not None and expr.per.type is Dimension.AREA else None

    def end(bound: Fraction | None, *, is_zero: bool) -> Fraction | None:
        if is_zero:
            return Fraction(0)
        return None if bound is None or most is None else bound * most

    return u.Range(
        end(one.low, is_zero=one.low is not None and one.low >= 0),
        end(one.high, is_zero=one.high is not None and one.high <= 0),
    )


def with_nothing(span: u.Range) -> u.Range:
    """The interval and zero: what may count may also not be there."""
    low = None if span.low is None else min(span.low, Fraction(0))
    high = None if span.high is None else max(span.high, Fraction(0))
    return u.Range(low, high)


def together(spans: Sequence[u.Range]) -> u.Range:
    """The interval of a sum of numbers that know nothing of each other."""
    lows, highs = [s.low for s in spans], [s.high for s in spans]
    low = None if None in lows else sum((x for x in lows if x is not None), Fraction(0))
    high = None if None in highs else sum((x for x in highs if x is not None), Fraction(0))
    return u.Range(low, high)
