"""Which figure of an account counts, whatever the order of the rows."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations

from landrules.base.figures import AccountRow, newest

DAY = date(2026, 1, 31)
WHOLE_PLAN = AccountRow("349901", 2021, 2035, "cap", Fraction(320), DAY, "example")
FIVE_YEARS = AccountRow("349901", 2026, 2030, "cap", Fraction(112), DAY, "example")
LATER = AccountRow("349901", 2021, 2035, "cap", Fraction(300), date(2026, 6, 30), "example")


def test_of_two_spans_known_since_the_same_day_the_shorter_counts_in_any_order() -> None:
    for rows in permutations((WHOLE_PLAN, FIVE_YEARS, LATER)):
        assert newest(rows, "cap", "349901", 2026, date(2026, 5, 1)) == FIVE_YEARS
        assert newest(rows, "cap", "349901", 2025, date(2026, 5, 1)) == WHOLE_PLAN
        assert newest(rows, "cap", "349901", 2026, date(2026, 6, 30)) == LATER
        assert newest(rows, "cap", "349901", 2026, date(2026, 1, 30)) is None
