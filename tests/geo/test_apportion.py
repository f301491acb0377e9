"""Printed tables add up, whatever is cut and in whatever unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo.apportion import Fitted, fit, fit_tables, in_unit

amount = st.fractions(min_value=0, max_value=100000, max_denominator=1000)


def test_left_over_units_go_to_the_largest_remainders() -> None:
    parts = {"a": Fraction("3.333"), "b": Fraction("3.334"), "c": Fraction("3.333")}
    assert fit(Decimal("10.00"), parts) == {"a": Decimal("3.33"), "b": Decimal("3.34"), "c": Decimal("3.33")}


def test_ties_go_by_key_and_not_by_order() -> None:
    thirds = {k: Fraction(1) for k in ("c", "a", "b")}
    assert fit(Decimal("1.00"), thirds) == {"c": Decimal("0.33"), "a": Decimal("0.34"), "b": Decimal("0.33")}


def test_nothing_cannot_be_spread() -> None:
    assert fit(Decimal("0.00"), {"a": Fraction(0)}) == {"a": Decimal("0.00")}
    for parts in ({"a": Fraction(0)}, {}, {"a": Fraction(-1), "b": Fraction(2)}):
        with pytest.raises(ValueError, match=r"spread|negative"):
            fit(Decimal("1.00"), parts)


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=4), amount, min_size=1, max_size=12), st.sampled_from([2, 4])
)
def test_parts_make_up_the_total_and_stay_within_a_unit(parts: dict[str, Fraction], places: int) -> None:
    whole = sum(parts.values(), Fraction(0))
    total = Decimal(int(whole * 10**places)).scaleb(-places)
    if total == 0:
        return
    fitted = fit(total, parts)
    assert sum(fitted.values()) == total
    unit = Fraction(1, 10**places)
    for key, part in parts.items():
        assert abs(Fraction(fitted[key]) - part * Fraction(total) / whole) < unit


cells = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("uvwxyz")),
    amount.filter(lambda a: a > 0),
    min_size=1,
    max_size=30,
)


@given(cells)
@settings(max_examples=60, deadline=None)
def test_rows_and_columns_both_close(table: dict[tuple[str, str], Fraction]) -> None:
    total = in_unit(sum(table.values(), Fraction(0)), "m2")
    if total == 0:
        return
    (found,) = fit_tables((total,), table)
    assert sum(found.row_totals) == sum(found.column_totals) == total
    assert [sum(line) for line in found.cells] == list(found.row_totals)
    assert [sum(column) for column in zip(*found.cells, strict=True)] == list(found.column_totals)
    for row, line in zip(found.rows, found.cells, strict=True):
        for column, value in zip(found.columns, line, strict=True):
            assert value >= 0
            assert abs(Fraction(value) - table.get((row, column), Fraction(0))) <= Fraction(3, 100)


def by_fractions(total: Decimal, cells: dict[tuple[str, str], Fraction]) -> Fitted:
    """The definition: every share worked out as a fraction of the total, moves chosen by their squared errors."""
    places = -int(total.as_tuple().exponent)
    grand = int(total * 10**places)
    rows, columns = sorted({r for r, _ in cells}), sorted({c for _, c in cells})
    exact = [[cells.get((r, c), Fraction(0)) for c in columns] for r in rows]
    row_units = spread(grand, [sum(line, Fraction(0)) for line in exact])
    column_units = spread(grand, [sum(line, Fraction(0)) for line in zip(*exact, strict=True)])
    grid = [spread(units, line) for units, line in zip(row_units, exact, strict=True)]
    scale = grand / sum((sum(line, Fraction(0)) for line in exact), Fraction(0))

    def strain(i: int, j: int, k: int) -> Fraction:
        give, take = exact[i][j] * scale, exact[i][k] * scale
        before = (grid[i][j] - give) ** 2 + (grid[i][k] - take) ** 2
        after = (grid[i][j] - 1 - give) ** 2 + (grid[i][k] + 1 - take) ** 2
        return after - before + (1_000_000 if take == 0 else 0)

    while excess := [sum(column) - u for column, u in zip(zip(*grid, strict=True), column_units, strict=True)]:
        over, under = ([j for j, e in enumerate(excess) if e * sign > 0] for sign in (1, -1))
        moves = [(i, j, k) for i in range(len(rows)) for j in over if grid[i][j] > 0 for k in under]
        if not moves:
            break
        i, j, k = min(moves, key=lambda m: (strain(*m), *m))
        grid[i][j] -= 1
        grid[i][k] += 1
    amounts = [[Decimal(u).scaleb(-places) for u in line] for line in (row_units, column_units, *grid)]
    return Fitted(rows, columns, amounts[0], amounts[1], amounts[2:])


def spread(units: int, parts: list[Fraction] | tuple[Fraction, ...]) -> list[int]:
    whole = sum(parts, Fraction(0))
    shares = [part * units / whole if whole else Fraction(0) for part in parts]
    out = [int(share) for share in shares]
    for i in sorted(range(len(parts)), key=lambda i: (out[i] - shares[i], i))[: units - sum(out)]:
        out[i] += 1
    return out


@given(cells, st.integers(1, 300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whole_numbers_fit_a_table_as_fractions_do(
    table: dict[tuple[str, str], Fraction], thinned: int, ties: bool
) -> None:
    if ties:
        table = {key: Fraction(int(value) % 3 + 1) for key, value in table.items()}
    whole = sum(table.values(), Fraction(0)) / thinned
    totals = [total for unit in ("m2", "ha", "mu") if (total := in_unit(whole, unit)) > 0]
    assert fit_tables(totals, table) == tuple(by_fractions(total, table) for total in totals)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=9))
def test_floats_are_parts_as_exact_as_they_stand(areas: list[float]) -> None:
    whole = in_unit(sum((Fraction(a) for a in areas), Fraction(0)), "m2")
    if whole > 0:
        assert fit(whole, dict(enumerate(areas))) == fit(whole, {i: Fraction(a) for i, a in enumerate(areas)})


def test_the_order_of_cells_does_not_matter() -> None:
    table = {(r, c): Fraction(i * 7 + 1, 3) for i, (r, c) in enumerate((r, c) for r in "abc" for c in "xyz")}
    total = in_unit(sum(table.values(), Fraction(0)), "m2")
    assert fit_tables((total,), table) == fit_tables((total,), dict(reversed(table.items())))


def test_hectares_and_mu_are_fitted_once_in_their_own_unit() -> None:
    """Proposal A: 38 879.64 m²; four parcels."""
    parts = {
        "001": Fraction("16799.85"),
        "002": Fraction("2039.98"),
        "003": Fraction("2039.98"),
        "004": Fraction("17999.83"),
    }
    hectares, mu = in_unit(Decimal("38879.64"), "ha"), in_unit(Decimal("38879.64"), "mu")
    assert (hectares, mu) == (Decimal("3.8880"), Decimal("58.32"))
    assert sum(fit(hectares, parts).values()) == hectares
    assert sum(fit(mu, parts).values()) == mu
    assert in_unit(Fraction(2000, 3), "mu") == Decimal("1.00")
