"""Keys of table rows, and the way from a case's keys to the rows that fit them.

A row has one key a column: values of which any may be meant, a stretch of ordered values, anything, or what no nearer row
answers (`other`). Codes are meant with all codes under them. Rows are found through the columns in which values are
listed, so a table of a hundred thousand rows answers as fast as one of ten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Union

from landrules.base.frozen import frozen
from landrules.base.valuetype import Value

Ordered = Union[Fraction, date]


@frozen
class Listed:
    """One value, or any of several; a code means all codes under it too."""

    values: tuple[Value, ...]


@frozen
class Stretch:
    """Numbers or days from one to another; an end that is `None` is open for ever.

    >>> Stretch(Fraction(10), False, Fraction(35), True).holds(Fraction(10))
    False
    """

    low: Ordered | None
    low_included: bool
    high: Ordered | None
    high_included: bool

    def holds(self, value: object) -> bool:
        """Whether a number or a day lies in it."""
        return _above(value, self.low, self.low_included) and _above(self.high, value, self.high_included)


@frozen
class Anything:
    """Every value."""


@frozen
class Other:
    """What no row that says more answers."""


RowKey = Union[Listed, Stretch, Anything, Other]


def _above(upper: object, lower: object, included: bool) -> bool:
    """Whether the one is above the other; nothing is a bound that is absent."""
    if upper is None or lower is None:
        return True
    if isinstance(upper, Fraction) and isinstance(lower, Fraction):
        return upper > lower or (included and upper == lower)
    if isinstance(upper, date) and isinstance(lower, date):
        return upper > lower or (included and upper == lower)
    raise TypeError(f"{upper!r} and {lower!r} have no order")


def others(keys: Sequence[RowKey]) -> frozenset[int]:
    """The columns in which a row says `other`: of two rows that fit, the one with fewer of these columns is meant."""
    return frozenset(n for n, key in enumerate(keys) if isinstance(key, Other))


def nearest(rows: Sequence[int], leaves: Sequence[frozenset[int]]) -> tuple[int, ...]:
    """Of rows that fit, those than which none is nearer; `leaves` are the columns that a row leaves to others."""
    if len(rows) < 2:
        return tuple(rows)
    kinds = {leaves[r] for r in rows}
    near = {k for k in kinds if not any(other < k for other in kinds)}
    return tuple(r for r in rows if leaves[r] in near)


@frozen
class RowIndex:
    """Rows by the columns in which they list values, and by those values."""

    groups: tuple[tuple[tuple[int, ...], Mapping[tuple[Value, ...], tuple[int, ...]]], ...] = ()

    def near(self, roads: Sequence[Sequence[Value]]) -> tuple[int, ...]:
        """The rows whose listed values fit, in order; `roads` are, for each key, the values it may be listed under."""
        found: set[int] = set()
        for columns, rows in self.groups:
            for values in product(*(roads[c] for c in columns)):
                found.update(rows.get(values, ()))
        return tuple(sorted(found))


def indexed(rows: Sequence[Sequence[RowKey]]) -> RowIndex:
    """The index of the keys of some rows."""
    groups: dict[tuple[int, ...], dict[tuple[Value, ...], list[int]]] = {}
    for position, keys in enumerate(rows):
        columns = tuple(n for n, key in enumerate(keys) if isinstance(key, Listed))
        buckets = groups.setdefault(columns, {})
        for values in product(*[key.values for key in keys if isinstance(key, Listed)]):
            buckets.setdefault(values, []).append(position)
    frozen = ((columns, {v: tuple(r) for v, r in buckets.items()}) for columns, buckets in sorted(groups.items()))
    return RowIndex(tuple(frozen))


def fits(keys: Sequence[RowKey], values: Sequence[object]) -> bool:
    """Whether the stretches of a row hold the values; what it lists was asked of the index."""
    return all(key.holds(value) for key, value in zip(keys, values, strict=True) if isinstance(key, Stretch))
