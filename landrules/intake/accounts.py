"""Accounts of a county: figures by region, year and kind, as known on a day, read from a dated table (CSV).

Until a ledger keeps them, a person does; every figure has the day on which it was known and a status like a citation's.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.figures import AccountRow
from landrules.base.quantity import BY_SPELLING
from landrules.base.valuetype import Grade, Value
from landrules.base.vocabulary.enums import STATED_GRADE_SYSTEMS
from landrules.intake.facts import date_of
from landrules.intake.jsontext import decode, shown_value

COLUMNS = ("region", "year", "kind", "amount", "unit", "as_of", "status")
STATUSES = ("verified", "partly", "unverified", "example")

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


def read_accounts(path: Path) -> tuple[AccountRow, ...]:
    """The rows of a table of accounts, sorted. Raises `InputError` with LR560 to LR563 (and LR603 for its encoding)."""
    if not path.is_file():
        raise InputError(Diagnostic("LR560", {"path": path.name}))
    return parse_accounts(decode(path.read_bytes(), path.name), path.name)


def parse_accounts(text: str, name: str) -> tuple[AccountRow, ...]:
    """The rows of a CSV text with the columns `COLUMNS`. Raises `InputError` with LR561 to LR563."""
    reader = csv.DictReader(io.StringIO(text.replace("\r\n", "\n")))
    absent = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if absent:
        raise InputError(Diagnostic("LR561", {"columns": ", ".join(absent)}, where=name))
    problems: list[Diagnostic] = []
    rows: list[AccountRow] = []
    for line, raw in enumerate(reader, start=2):
        cells = {column: (raw.get(column) or "").strip() for column in COLUMNS}
        row = _row(cells, line, name, problems)
        if row is not None:
            rows.append(row)
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (row.region, row.first_year, row.last_year, row.kind, row.as_of)
        if key in seen:
            problems.append(Diagnostic("LR563", {"line": row.line, "other": seen[key]}, where=name))
        seen[key] = row.line
    if problems:
        raise InputError(problems)
    return tuple(sorted(rows, key=lambda r: (r.kind, r.region, r.first_year, r.last_year, r.as_of)))


def _row(cells: dict[str, str], line: int, name: str, problems: list[Diagnostic]) -> AccountRow | None:
    before = len(problems)

    def wrong(column: str, zh: str, en: str) -> None:
        args = {"line": line, "column": column, "found": shown_value(cells[column]), "wanted_zh": zh, "wanted_en": en}
        problems.append(Diagnostic("LR562", args, where=f"{name}:{line}"))

    years = _YEARS.fullmatch(cells["year"])
    if years is None:
        wrong("year", "写成 2026 或 2021-2035", "write 2026 or 2021-2035")
    as_of = date_of(cells["as_of"])
    if as_of is None:
        wrong("as_of", "写成 YYYY-MM-DD", "write YYYY-MM-DD")
    for column in ("region", "kind"):
        if not cells[column]:
            wrong(column, "不能为空", "it may not be empty")
    if cells["status"] not in STATUSES:
        choices = ", ".join(STATUSES)
        wrong("status", f"其一：{choices}", f"one of {choices}")
    amount = _amount(cells["amount"], cells["unit"])
    if amount is None:
        wrong("amount", "写一个数", "write a number")
    if years is None or as_of is None or amount is None or len(problems) > before:
        return None
    first = int(years[1])
    last = int(years[2] or years[1])
    return AccountRow(cells["region"], first, last, cells["kind"], amount, as_of, cells["status"], line)


def _amount(text: str, unit: str) -> Value | None:
    """A number in the base unit of its dimension; a grade where the unit is a grading system; else a plain number."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if unit in STATED_GRADE_SYSTEMS:
        return Grade(unit, Fraction(number))
    known = BY_SPELLING.get(unit)
    return Fraction(number) * (known.factor if known else 1)
