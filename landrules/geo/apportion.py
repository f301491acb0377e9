"""Tables that add up: whole units spread over parts, top down, once for each unit.

A total is rounded first; its parts are rounded so that they make up the total, the left-over units going to the
largest remainders, ties by key. A two-way table closes in rows and columns. Square metres, hectares and mu are each
fitted in their own unit from the same total. Method: domain/proposal.md 2.8, domain/area.md 4.

All parts of a table are whole multiples of one small area, so everything is counted in whole numbers and exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeVar

from landrules.base.quantity import in_base, round_half_up

Key = TypeVar("Key", str, int, tuple[str, ...])

Part = Fraction | float | int
"""A share of a total, exact as it stands."""


class Fitted(NamedTuple):
    """A two-way table that closes: its heads in ascending order, both margins, and a line of cells for each row."""

    rows: Sequence[str]
    columns: Sequence[str]
    row_totals: Sequence[Decimal]
    column_totals: Sequence[Decimal]
    cells: Sequence[Sequence[Decimal]]


UNIT_PLACES = {"m2": 2, "ha": 4, "mu": 2}
"""Decimals of each printed unit (domain/area.md 5)."""


def fit(total: Decimal, parts: Mapping[Key, Part]) -> dict[Key, Decimal]:
    """The parts, scaled to a total and rounded to its decimals, so that they make it up exactly.

    Keys decide ties, in ascending order; the result keeps the order of `parts`. A part is never negative. Raises
    `ValueError` where a total other than 0 has nothing to be spread over.

    >>> fit(Decimal("1.00"), {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)})
    {'a': Decimal('0.34'), 'b': Decimal('0.33'), 'c': Decimal('0.33')}
    """
    places = -int(total.as_tuple().exponent)
    keys = list(parts)
    units = _spread(_units(total, places), counted(parts.values()), keys)
    return dict(zip(keys, _amounts((units,), places)[0], strict=True))


def fit_tables(totals: Sequence[Decimal], cells: Mapping[tuple[str, str], Part]) -> tuple[Fitted, ...]:
    """Row totals, column totals and cells of a two-way table, for each of several totals all closing to it.

    The grand total and both margins are fixed first, then the cells: largest remainder within rows, then units are
    moved inside rows until the columns close. Cells are keyed (row, column); absent cells are 0.
    """
    rows = sorted({r for r, _ in cells})
    columns = sorted({c for _, c in cells})
    counts = dict(zip(cells, counted(cells.values()), strict=True))
    exact = [[counts.get((r, c), 0) for c in columns] for r in rows]
    across, down = [sum(line) for line in exact], [sum(line) for line in zip(*exact, strict=True)]
    out = []
    for total in totals:
        places = -int(total.as_tuple().exponent)
        grand = _units(total, places)
        row_units, column_units = _spread(grand, across, rows), _spread(grand, down, columns)
        grid = [_spread(units, line, columns) for units, line in zip(row_units, exact, strict=True)]
        _close_columns(grid, exact, column_units, grand)
        row_totals, column_totals, *lines = _amounts((row_units, column_units, *grid), places)
        out.append(Fitted(rows, columns, row_totals, column_totals, lines))
    return tuple(out)


def in_unit(area_m2: Fraction | Decimal, unit: str) -> Decimal:
    """An area in a printed unit (``m2``, ``ha``, ``mu``), rounded half-up once from square metres.

    >>> in_unit(Decimal("38879.64"), "ha")
    Decimal('3.8880')
    """
    return round_half_up(Fraction(area_m2) / in_base(1, unit), UNIT_PLACES[unit])


def _units(total: Decimal, places: int) -> int:
    scaled = Fraction(total) * 10**places
    if scaled < 0 or scaled.denominator != 1:
        raise ValueError(f"a total of {total} cannot be spread")
    return int(scaled.numerator)


def _amounts(lines: Sequence[Sequence[int]], places: int) -> list[list[Decimal]]:
    """Lines of whole units as amounts; equal ones, of which a table has many, are one."""
    step = Decimal(1).scaleb(-places)
    amounts = {u: Decimal(u) * step for u in set().union(*lines)}
    return [[amounts[u] for u in line] for line in lines]


def counted(parts: Iterable[Part]) -> list[int]:
    """The parts as whole multiples of the largest amount of which all of them are multiples."""
    ratios = [part.as_integer_ratio() for part in parts]
    scale = lcm(*{below for _, below in ratios})
    return [above * (scale // below) for above, below in ratios]


def _spread(units: int, parts: Sequence[int], keys: Sequence[Key]) -> list[int]:
    """Whole units in proportion to the parts: floors, then one each by largest remainder, ties by key.

    A part of 0 has no remainder and gets none: fewer units are left over than there are remainders.
    """
    if min(parts, default=0) < 0:
        raise ValueError("a part of a total is negative")
    whole = sum(parts)
    if whole == 0:
        if units:
            raise ValueError(f"{units} units have nothing to be spread over")
        return [0] * len(parts)
    out = [0] * len(parts)
    rest = []
    for i, part in enumerate(parts):
        if part:
            out[i], over = divmod(part * units, whole)
            rest.append((-over, keys[i], i))
    left = units - sum(out)
    for _, _, i in sorted(rest)[:left] if left else ():
        out[i] += 1
    return out


def _close_columns(grid: list[list[int]], exact: Sequence[Sequence[int]], columns: Sequence[int], grand: int) -> None:
    """Move single units inside rows, from columns that hold too many to columns that hold too few.

    Each move is the one that leaves the two cells nearest to their unrounded values; it ends because every move
    takes one unit from a column that holds too many, which has a cell to give it.
    """
    whole = sum(sum(line) for line in exact)
    excess = [sum(column) - wanted for column, wanted in zip(zip(*grid, strict=True), columns, strict=True)]
    while True:
        over = [j for j, e in enumerate(excess) if e > 0]
        under = [j for j, e in enumerate(excess) if e < 0]
        if not over:
            return
        _, i, j, k = min(
            (_strain(line, exact[i], whole, grand, j, k), i, j, k)
            for i, line in enumerate(grid)
            for j in over
            if line[j] > 0
            for k in under
        )
        grid[i][j] -= 1
        grid[i][k] += 1
        excess[j] -= 1
        excess[k] += 1


def _strain(line: Sequence[int], exact: Sequence[int], whole: int, grand: int, j: int, k: int) -> int:
    """How much a move from cell `j` to cell `k` of a row worsens the squared error of the two; in halves of 1/`whole`.

    (g - 1 - give)² - (g - give)² + (t + 1 - take)² - (t - take)² = 2 (t - g + give - take + 1), where the unrounded
    values are exact · grand / whole. Cells that are 0 in truth are filled last.
    """
    worse = (line[k] - line[j] + 1) * whole + (exact[j] - exact[k]) * grand
    return worse if exact[k] else worse + _LAST * whole


_LAST = 500_000
