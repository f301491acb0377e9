"""Printed tables add up, whatever is cut and in whatever unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrules.geo.apportion import fit, fit_table, in_unit

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
    rows, columns, fitted = fit_table(total, table)
    assert sum(rows.values()) == sum(columns.values()) == sum(fitted.values()) == total
    for row in rows:
        assert sum(v for (r, _), v in fitted.items() if r == row) == rows[row]
    for column in columns:
        assert sum(v for (_, c), v in fitted.items() if c == column) == columns[column]
    assert min(fitted.values()) >= 0
    for key, value in fitted.items():
        assert abs(Fraction(value) - table.get(key, Fraction(0))) <= Fraction(3, 100)


def test_the_order_of_cells_does_not_matter() -> None:
    table = {(r, c): Fraction(i * 7 + 1, 3) for i, (r, c) in enumerate((r, c) for r in "abc" for c in "xyz")}
    total = in_unit(sum(table.values(), Fraction(0)), "m2")
    assert fit_table(total, table) == fit_table(total, dict(reversed(table.items())))


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
