"""Tables that add up: whole units spread over parts, top down, once for each unit.

A total is rounded first; its parts are rounded so that they make up the total, the left-over units going to the
largest remainders, ties by key. A two-way table closes in rows and columns. Square metres, hectares and mu are each
fitted in their own unit from the same total. Method: domain/proposal.md 2.8, domain/area.md 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from landrules.base.quantity import in_base, round_half_up

Key = TypeVar("Key", str, int, tuple[str, ...])

UNIT_PLACES = {"m2": 2, "ha": 4, "mu": 2}
"""Decimals of each printed unit (domain/area.md 5)."""


def fit(total: Decimal, parts: Mapping[Key, Fraction]) -> dict[Key, Decimal]:
    """The parts, scaled to a total and rounded to its decimals, so that they make it up exactly.

    Keys decide ties, in ascending order; the result keeps the order of `parts`. A part is never negative. Raises
    `ValueError` where a total other than 0 has nothing to be spread over.

    >>> fit(Decimal("1.00"), {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)})
    {'a': Decimal('0.34'), 'b': Decimal('0.33'), 'c': Decimal('0.33')}
    """
    places = -int(total.as_tuple().exponent)
    keys = list(parts)
    units = _spread(_units(total, places), [parts[k] for k in keys], keys)
    return {k: _amount(u, places) for k, u in zip(keys, units, strict=True)}


def fit_table(
    total: Decimal, cells: Mapping[tuple[str, str], Fraction]
) -> tuple[dict[str, Decimal], dict[str, Decimal], dict[tuple[str, str], Decimal]]:
    """Row totals, column totals and cells of a two-way table, all closing to `total`.

    The grand total and both margins are fixed first, then the cells: largest remainder within rows, then units are
    moved inside rows until the columns close. Cells are keyed (row, column); absent cells are 0.
    """
    places = -int(total.as_tuple().exponent)
    rows = sorted({r for r, _ in cells})
    columns = sorted({c for _, c in cells})
    exact = [[cells.get((r, c), Fraction(0)) for c in columns] for r in rows]
    grand = _units(total, places)
    row_units = _spread(grand, [sum(line, Fraction(0)) for line in exact], rows)
    column_units = _spread(grand, [sum(line, Fraction(0)) for line in zip(*exact, strict=True)], columns)
    grid = [_spread(row_units[i], exact[i], columns) for i in range(len(rows))]
    _close_columns(grid, exact, column_units, grand)
    return (
        {r: _amount(u, places) for r, u in zip(rows, row_units, strict=True)},
        {c: _amount(u, places) for c, u in zip(columns, column_units, strict=True)},
        {(r, c): _amount(grid[i][j], places) for i, r in enumerate(rows) for j, c in enumerate(columns)},
    )


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


def _amount(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)


def _spread(units: int, parts: Sequence[Fraction], keys: Sequence[Key]) -> list[int]:
    """Whole units in proportion to the parts: floors, then one each by largest remainder, ties by key."""
    if any(part < 0 for part in parts):
        raise ValueError("a part of a total is negative")
    whole = sum(parts, Fraction(0))
    if whole == 0:
        if units:
            raise ValueError(f"{units} units have nothing to be spread over")
        return [0] * len(parts)
    shares = [part * units / whole for part in parts]
    out = [share.numerator // share.denominator for share in shares]
    order = sorted(range(len(parts)), key=lambda i: (out[i] - shares[i], keys[i]))
    for i in order[: units - sum(out)]:
        out[i] += 1
    return out


def _close_columns(grid: list[list[int]], exact: list[list[Fraction]], columns: Sequence[int], grand: int) -> None:
    """Move single units inside rows, from columns that hold too many to columns that hold too few.

    Each move is the one that leaves the two cells nearest to their unrounded values; it ends because every move
    takes one unit from a column that holds too many, which has a cell to give it.
    """
    whole = sum((sum(line, Fraction(0)) for line in exact), Fraction(0))
    scale = grand / whole if whole else Fraction(0)
    while True:
        excess = [sum(line[j] for line in grid) - columns[j] for j in range(len(columns))]
        over = [j for j, e in enumerate(excess) if e > 0]
        under = [j for j, e in enumerate(excess) if e < 0]
        if not over:
            return
        moves = [(i, j, k) for i in range(len(grid)) for j in over if grid[i][j] > 0 for k in under]
        i, j, k = min(moves, key=lambda m: (_strain(grid, exact, scale, *m), *m))
        grid[i][j] -= 1
        grid[i][k] += 1


def _strain(grid: list[list[int]], exact: list[list[Fraction]], scale: Fraction, i: int, j: int, k: int) -> Fraction:
    """How much a move worsens the squared error of its two cells; cells that are 0 in truth are filled last."""
    give, take = exact[i][j] * scale, exact[i][k] * scale
    before = (grid[i][j] - give) ** 2 + (grid[i][k] - take) ** 2
    after = (grid[i][j] - 1 - give) ** 2 + (grid[i][k] + 1 - take) ** 2
    return after - before + (1_000_000 if take == 0 else 0)
