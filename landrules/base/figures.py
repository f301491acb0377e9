"""Figures that a county keeps by region and year: quotas, balances, means of last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landrules.base.valuetype import Value


@dataclass(frozen=True, slots=True)
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
