"""Figures that a county keeps by region and year: quotas, balances, means of last year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from landrules.base.frozen import frozen
from landrules.base.valuetype import Value


@frozen
class AccountRow:
    """A figure of a region for a year or a span of years (both inclusive), known since `as_of`.

    `amount` is a `Fraction` in base units, or a `Grade` where the unit is a grading system; `status` is as for
    citations; `line` is where it stands in its table, 0 where it stands in none.
    """

    region: str
    first_year: int
    last_year: int
    kind: str
    amount: Value
    as_of: date
    status: str
    line: int = 0


def newest(rows: Sequence[AccountRow], kind: str, region: str, year: int, law_date: date) -> AccountRow | None:
    """The newest row of a kind for a region and year, known on the law date; of two spans the shorter one."""
    found = [
        row
        for row in rows
        if (row.kind, row.region) == (kind, region)
        and row.first_year <= year <= row.last_year
        and row.as_of <= law_date
    ]
    return max(found, key=lambda row: (row.as_of, row.first_year - row.last_year), default=None)
