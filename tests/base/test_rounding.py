"""Numbers are rounded half away from zero, however long they are: the definition in decimals says what is right."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landrules.base.quantity import round_half_up


def by_decimals(value: Fraction, places: int) -> Decimal:
    """The value cut far behind its last place, where anything left keeps it from being a tie, then rounded there."""
    with localcontext() as context:
        context.prec = 120
        cut = value * 10 ** (places + 2)
        whole = abs(cut.numerator) // cut.denominator
        more = whole * cut.denominator != abs(cut.numerator)
        digits = Decimal(whole * 10 + more).scaleb(-places - 3).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return -digits if value < 0 and digits else digits


@given(st.fractions(-(10**21), 10**21, max_denominator=10**9), st.integers(0, 6))
@example(Fraction(1, 8), 2)
@example(Fraction(-1, 8), 2)
@example(Fraction(-1, 1000), 2)
@example(Fraction(999_995, 1000), 2)
@example(Fraction(0.285), 2)
def test_fractions_are_rounded_as_decimals_define(value: Fraction, places: int) -> None:
    found = round_half_up(value, places)
    assert (found, str(found)) == (by_decimals(value, places), str(by_decimals(value, places)))


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=5), st.integers(0, 4))
def test_decimals_and_whole_numbers_are_rounded_like_fractions(value: Decimal, places: int) -> None:
    assert str(round_half_up(value, places)) == str(round_half_up(Fraction(value), places))
    assert str(round_half_up(int(value), places)) == str(round_half_up(Fraction(int(value)), places))


def test_a_number_longer_than_decimals_hold_is_refused() -> None:
    assert round_half_up(Fraction(10**28 - 1, 100)) == Decimal("99999999999999999999999999.99")
    with pytest.raises(InvalidOperation):
        round_half_up(Fraction(10**28, 100) + 1)
