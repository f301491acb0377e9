"""What norms look things up in: code schemes, grade systems, dated lists of codes, lookup tables and crosswalks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.source import Span
from landrules.base.valuetype import Code, Value, ValueType
from landrules.rules.cited import Bilingual, Citation
from landrules.rules.keys import RowIndex, RowKey


@frozen
class CodeEntry:
    """A code of a scheme."""

    code: str
    title: Bilingual
    parent: str = ""


@frozen
class CodeScheme:
    """A code system as a tree; hierarchy is declared, never a prefix."""

    id: str
    title: Bilingual
    entries: Mapping[str, CodeEntry]
    _below: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _roads: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The roads of codes that it holds, as far as they were asked for."""

    def road(self, code: str) -> tuple[str, ...]:
        """A code and all codes above it, the nearest first."""
        road = self._roads.get(code)
        return road if road is not None else self._road(code)

    def _road(self, code: str) -> tuple[str, ...]:
        found = [code]
        while (entry := self.entries.get(found[-1])) is not None and entry.parent:
            found.append(entry.parent)
        road = tuple(found)
        if code in self.entries:
            self._roads[code] = road
        return road

    def is_under(self, code: str, ancestor: str) -> bool:
        """Whether a code is the ancestor, or lies below it."""
        return ancestor in self.road(code)

    def below(self, codes: frozenset[str]) -> frozenset[str]:
        """Some codes and all codes below any of them."""
        found = self._below.get(codes)
        if found is None:
            found = self._below[codes] = frozenset(c for c in self.entries if not codes.isdisjoint(self.road(c)))
        return found


@frozen
class GradeSystem:
    """An ordered system of grades."""

    id: str
    title: Bilingual
    low: Fraction
    high: Fraction
    lower_is_better: bool


@frozen
class DatedList:
    """A named list of codes: what it holds in each period, with its citations.

    `open_in` are the periods in which it ends in "and the like": a code that it does not hold may still be meant.
    """

    id: str
    title: Bilingual
    scheme: str
    entries: tuple[tuple[Period, tuple[Code, ...], tuple[Citation, ...]], ...]
    open_in: tuple[Period, ...] = ()


Policy = Literal["unique", "any", "collect sum", "collect min", "collect max", "collect count"]


@frozen
class TableRow:
    """A row: its keys, its value, its period, its citations (empty: the table's).

    The value of a row of a crosswalk is a tuple of codes: one, or those among which a person must choose.
    """

    keys: tuple[RowKey, ...]
    value: Value
    period: Period
    citations: tuple[Citation, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class LookupTable:
    """A dated lookup table, or a crosswalk; `type` is what a look-up gives.

    `policy` says what holds where several rows fit: `unique`, none may; `any`, they agree; `collect`, all count. Rows
    with more `other` than another that fits do not count. In a crosswalk the row of the nearest code above is meant.
    """

    id: str
    title: Bilingual
    key_types: tuple[ValueType, ...]
    type: ValueType
    rows: tuple[TableRow, ...]
    citations: tuple[Citation, ...]
    policy: Policy = "unique"
    complete: bool = False
    crosswalk: bool = False
    index: RowIndex = field(default=RowIndex(), compare=False, repr=False)
