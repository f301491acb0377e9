"""Where rows of a table meet and where none is: exactly, over every key and every day.

A table is a set of boxes: a side for each key, and the period as the last side. Column by column the values are cut into
stretches on which the same rows apply, and each set of rows is followed once. What comes out are boxes on which no row
applies, or several do. Work is bounded: a table whose rows are entangled beyond `LIMIT` steps is not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal, Union

from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.valuetype import Code, Value
from landrules.rules.keys import Anything, Listed, Other, RowKey, Stretch, nearest
from landrules.rules.lookups import CodeScheme

LIMIT = 1_500_000
"""Steps after which a table is too entangled to be checked: a few seconds."""

Bound = tuple[int, Union[Fraction, int], int]
"""A cut between values: before the first (-1), at a value (0; just before it, or just after it), after the last (1)."""

FIRST: Bound = (-1, 0, 0)
LAST: Bound = (1, 0, 0)


@frozen
class Part:
    """Ordered values from one cut to the next."""

    low: Bound
    high: Bound


@frozen
class Below:
    """A code with all under it, `without` some that are listed themselves; no `head`: the whole scheme."""

    head: str
    without: frozenset[str]


@frozen
class Exactly:
    """One value."""

    value: Value


@frozen
class Unlisted:
    """Every value but some."""

    without: frozenset[Value]


Piece = Union[Part, Below, Exactly, Unlisted]
Side = tuple[Piece, ...]
"""The values of one column that a box takes in; none named: all."""

Cut = list[tuple[Side, tuple[int, ...]]]


@frozen
class Box:
    """A region: its sides in the order of the columns, the period last; the rows that meet there, none for a gap."""

    sides: tuple[Side, ...]
    rows: tuple[int, ...]


class EntangledError(Exception):
    """The rows of a table are too entangled to be checked in bounded time."""


@frozen
class Column:
    """One column: the key of every row, and how values are cut. `ends` is where ordered values begin and end."""

    kind: Literal["codes", "ordered", "words"]
    keys: Sequence[RowKey]
    scheme: CodeScheme | None = None
    words: tuple[Value, ...] = ()
    ends: tuple[Bound, Bound] = (FIRST, LAST)


def bound(value: Fraction | date | None, after: bool, otherwise: Bound) -> Bound:
    """The cut just before a value, or just after it."""
    if value is None:
        return otherwise
    if isinstance(value, date):
        return (0, value.toordinal() + after, 0)
    return (0, value, int(after))


def days(periods: Sequence[Period]) -> Column:
    """The column of the rows' periods, from the first day of any to the last."""
    apart = {p: Stretch(p.start, True, p.end, True) for p in periods}
    keys = [apart[p] for p in periods]
    lows = [bound(p.start, False, FIRST) for p in apart]
    highs = [bound(p.end, True, LAST) for p in apart]
    return Column("ordered", keys, ends=(min(lows, default=FIRST), max(highs, default=LAST)))


@dataclass(slots=True)
class Survey:
    """A walk through a table. `leaves` are the columns that each row leaves to others.

    `agree` says whether rows that meet are no mistake; with `complete` ground without a row is one.
    """

    columns: Sequence[Column]
    leaves: Sequence[frozenset[int]]
    agree: Callable[[tuple[int, ...]], bool]
    complete: bool
    steps: int = 0
    order: list[int] = field(default_factory=list)
    wide: list[list[bool]] = field(default_factory=list)
    wide_from: list[int] = field(default_factory=list)
    scales: dict[int, Scale] = field(default_factory=dict)

    def boxes(self) -> list[Box]:
        """Every region that is a mistake. Raises `EntangledError` where finding them would take too long."""
        rows = tuple(range(len(self.leaves)))
        *keyed, last = range(len(self.columns))
        self.order = [*sorted(keyed, key=self._listing, reverse=True), last]
        self.scales = {n: _scale(c) for n, c in enumerate(self.columns) if c.kind == "ordered"}
        self.wide = [self._wide(n) for n in range(len(self.columns))]
        self.wide_from = [self._wide_from(row) for row in rows]
        back = [self.order.index(n) for n in range(len(self.columns))]
        return [Box(tuple(sides[n] for n in back), who) for sides, who in self._walk(rows, 0)]

    def _listing(self, column: int) -> int:
        """How many rows list values in a column: such columns part rows best and come first."""
        return sum(isinstance(key, Listed) for key in self.columns[column].keys)

    def _wide(self, column: int) -> list[bool]:
        """Which rows take in every value of a column."""
        if column in self.scales:
            scale = self.scales[column]
            return [len(p) == 1 and p[0][0] <= scale.first and scale.last <= p[0][1] for p in scale.parts]
        return [isinstance(key, Anything | Other) for key in self.columns[column].keys]

    def _wide_from(self, row: int) -> int:
        """The place in the order from which on a row takes in every value."""
        place = len(self.order)
        while place > 0 and self.wide[self.order[place - 1]][row]:
            place -= 1
        return place

    def _walk(self, rows: tuple[int, ...], place: int) -> list[tuple[tuple[Side, ...], tuple[int, ...]]]:
        if not rows:
            return [(((),) * (len(self.order) - place), ())] if self.complete else []
        gapless = not self.complete or min(self.wide_from[r] for r in rows) <= place
        if gapless and (len(rows) == 1 or self._agree(rows)):
            return []
        if place == len(self.order):
            meeting = nearest(rows, self.leaves)
            return [] if len(meeting) == 1 or self.agree(meeting) else [((), meeting)]
        found: dict[tuple[tuple[Side, ...], tuple[int, ...]], list[Piece]] = {}
        groups = self._cut(self.order[place], rows)
        for side, group in groups:
            for sides, who in self._walk(group, place + 1):
                found.setdefault((sides, who), []).extend(side)
        return [((tuple(pieces), *sides), who) for (sides, who), pieces in found.items()]

    def _agree(self, rows: tuple[int, ...]) -> bool:
        """Whether some rows can meet nowhere wrongly: each is nearer than the next, or they say the same."""
        if self.agree(rows):
            return True
        if len(rows) > 4:
            return False
        chain = sorted(rows, key=lambda r: len(self.leaves[r]))
        return all(self.leaves[a] < self.leaves[b] for a, b in pairwise(chain))

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > LIMIT:
            raise EntangledError

    def _cut(self, number: int, rows: tuple[int, ...]) -> Cut:
        self._spend(len(rows))
        column, is_wide = self.columns[number], self.wide[number]
        narrow = [r for r in rows if not is_wide[r]]
        if not narrow:
            return [((), rows)]
        wide = [r for r in rows if is_wide[r]]
        match column.kind:
            case "codes":
                cut = self._codes(column, narrow)
            case "ordered":
                cut = self._ordered(self.scales[number], narrow)
            case "words":
                cut = self._words(column, narrow)
        merged: dict[tuple[int, ...], list[Piece]] = {}
        for side, group in cut:
            self._spend(len(group) + len(wide))
            merged.setdefault(tuple(sorted((*group, *wide))), []).extend(side)
        return [(tuple(pieces), group) for group, pieces in merged.items()]

    def _codes(self, column: Column, rows: Iterable[int]) -> Cut:
        """Each listed code without the listed ones under it, and the rest of the scheme."""
        scheme = column.scheme
        own = _by_value(column, rows)
        listed = {str(v.code): group for v, group in own.items() if isinstance(v, Code)}
        parents = {code: _listed_above(code, listed, scheme) for code in listed}
        inner: dict[str, set[str]] = {code: set() for code in ("", *listed)}
        for code, above in parents.items():
            inner[above[0] if above else ""].add(code)
        cut: Cut = []
        for code, above in parents.items():
            group = dict.fromkeys((*listed[code], *(r for a in above for r in listed[a])))
            self._spend(len(group))
            cut.append(((Below(code, frozenset(inner[code])),), tuple(group)))
        roots = [c for c, entry in scheme.entries.items() if not entry.parent] if scheme else []
        if any(root not in listed for root in roots):
            cut.append(((Below("", frozenset(inner[""])),), ()))
        return cut

    def _words(self, column: Column, rows: Iterable[int]) -> Cut:
        """Each listed value, and the rest."""
        listed = _by_value(column, rows)
        cut: Cut = [((Exactly(value),), tuple(group)) for value, group in listed.items()]
        if column.words:
            rest: Side = tuple(Exactly(w) for w in column.words if w not in listed)
        else:
            rest = (Unlisted(frozenset(listed)),)
        return [*cut, (rest, ())] if rest else cut

    def _ordered(self, scale: Scale, rows: Iterable[int]) -> Cut:
        """The parts between all ends of stretches, by one sweep."""
        starts: dict[int, list[int]] = {}
        stops: dict[int, list[int]] = {}
        for row in rows:
            for low, high in scale.parts[row]:
                first, last = max(low, scale.first), min(high, scale.last)
                if first < last:
                    starts.setdefault(first, []).append(row)
                    stops.setdefault(last, []).append(row)
        active: set[int] = set()
        cut: Cut = []
        for low, high in pairwise(sorted({*starts, *stops, scale.first, scale.last})):
            active.difference_update(stops.get(low, ()))
            active.update(starts.get(low, ()))
            self._spend(1 + len(active))
            cut.append(((Part(scale.bounds[low], scale.bounds[high]),), tuple(active)))
        return cut


@frozen
class Scale:
    """The cuts of a column in order, and for each row the parts it takes in, from the place of a cut to another's."""

    bounds: Sequence[Bound]
    parts: Sequence[Sequence[tuple[int, int]]]
    first: int
    last: int


def _scale(column: Column) -> Scale:
    """Cuts compared once, so that the walk counts in whole numbers. Keys that are one object are looked at once."""
    apart = {id(key): key for key in column.keys}
    parts = {i: _parts(key) for i, key in apart.items()}
    cuts = {_plain(b): b for b in column.ends}
    cuts.update((_plain(end), end) for some in parts.values() for part in some for end in part)
    order = sorted(cuts)
    place = {b: n for n, b in enumerate(order)}
    placed = {i: [(place[_plain(low)], place[_plain(high)]) for low, high in some] for i, some in parts.items()}
    ends = place[_plain(column.ends[0])], place[_plain(column.ends[1])]
    return Scale([cuts[b] for b in order], [placed[id(key)] for key in column.keys], *ends)


def _plain(cut: Bound) -> Bound:
    """A cut that is compared and looked up fast: whole numbers as such."""
    rank, value, after = cut
    if isinstance(value, Fraction):
        numerator, denominator = value.as_integer_ratio()
        return (rank, numerator, after) if denominator == 1 else cut
    return cut


def _by_value(column: Column, rows: Iterable[int]) -> dict[Value, list[int]]:
    found: dict[Value, list[int]] = {}
    for row in rows:
        key = column.keys[row]
        if isinstance(key, Listed):
            for value in dict.fromkeys(key.values):
                found.setdefault(value, []).append(row)
    return found


def _listed_above(code: str, listed: dict[str, list[int]], scheme: CodeScheme | None) -> list[str]:
    """The listed codes strictly above one, the nearest first."""
    return [c for c in scheme.road(code)[1:] if c in listed] if scheme is not None else []


def _ends(key: Stretch) -> tuple[Bound, Bound]:
    return bound(key.low, not key.low_included, FIRST), bound(key.high, key.high_included, LAST)


def _parts(key: RowKey) -> list[tuple[Bound, Bound]]:
    match key:
        case Stretch():
            return [_ends(key)]
        case Listed(values):
            ordered = [v for v in dict.fromkeys(values) if isinstance(v, Fraction | date)]
            return [(bound(v, False, FIRST), bound(v, True, LAST)) for v in ordered]
        case _:
            return [(FIRST, LAST)]
