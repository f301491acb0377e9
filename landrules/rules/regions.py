"""Regions of a table in words: as the row that an author would write for them, in both languages.

A region that is no single row, such as a code without the codes under it, is told in as many rows as it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import prod

from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.quantity import BASE_UNIT, BY_SPELLING, Dimension
from landrules.base.source import SourceFile, Span
from landrules.base.valuetype import Code, CodeType, Grade, Simple, Value, ValueType, decimal_of
from landrules.lang import tree as t
from landrules.lang.printer import print_expression
from landrules.rules.boxes import FIRST, LAST, Below, Bound, Box, Exactly, Part, Side
from landrules.rules.citations import read
from landrules.rules.lookups import CodeScheme

NOWHERE = Span(SourceFile.from_text(""), 0, 0)
NEVER_NEGATIVE = (Dimension.AREA, Dimension.LENGTH, Dimension.MASS)
SHOWN = 8
"""How many values of one key are listed before the rest is left to dots."""


@frozen
class KeyWords:
    """What it takes to write down keys of one column: its type, the unit its author writes, its scheme."""

    type: ValueType
    unit: str = ""
    scheme: CodeScheme | None = None


@frozen
class Region:
    """A region as a row, and its days, in both languages."""

    row_zh: str
    row_en: str
    period_zh: str
    period_en: str


def regions(
    box: Box, words: Sequence[KeyWords], ends: tuple[Bound, Bound], limit: int
) -> tuple[tuple[Region, ...], int]:
    """The first rows that a box takes to be written, and how many it takes in all.

    `ends` are the first and the last day of any row.
    """
    sides = [_keys(side, w) for side, w in zip(box.sides, words, strict=False)]
    spells = _periods(box.sides[-1] or (Part(*ends),))
    return tuple(islice(_rows(sides, spells), limit)), prod(map(len, sides)) * len(spells)


def _rows(sides: Sequence[Sequence[tuple[str, str]]], spells: Sequence[Period]) -> Iterator[Region]:
    for keys in product(*sides):
        for spell in spells:
            zh, en = "，".join(k[0] for k in keys), ", ".join(k[1] for k in keys)
            yield Region(f"行 {zh} 取 …", f"row {en} gives …", *read(spell))


def _keys(side: Side, words: KeyWords) -> list[tuple[str, str]]:
    if not side:
        return [_both(t.AnyKey(NOWHERE))]
    parts = [p for p in side if isinstance(p, Part)]
    if parts:
        return [_both(_stretch(part, words)) for part in _joined(parts)]
    if any(isinstance(p, Below) for p in side):
        return _codes(side, words)
    listed = [_value(p.value, words) for p in side if isinstance(p, Exactly)]
    found = [_both(t.OtherLit(NOWHERE))] if len(listed) < len(side) else []
    return [*_listed(listed), *found]


def _listed(values: Sequence[t.Expr]) -> list[tuple[str, str]]:
    if len(values) <= 1:
        return [_both(v) for v in values]
    shown = [_both(v) for v in values[:SHOWN]]
    rest = ["…"] if len(values) > SHOWN else []
    return [
        (
            f"[{'，'.join([*(zh for zh, _ in shown), *rest])}]",
            f"[{', '.join([*(en for _, en in shown), *rest])}]",
        )
    ]


def _codes(side: Side, words: KeyWords) -> list[tuple[str, str]]:
    """Codes with all under them in one key; codes that stand for themselves only, one by one."""
    whole: list[str] = []
    alone: list[str] = []
    scheme = words.scheme
    if scheme is None or not isinstance(words.type, CodeType):
        return [_both(t.OtherLit(NOWHERE))]
    under: dict[str, list[str]] = {}
    for code, entry in scheme.entries.items():
        under.setdefault(entry.parent, []).append(code)

    def take(code: str, without: frozenset[str]) -> None:
        if code in without:
            return
        if not any(scheme.is_under(inner, code) for inner in without):
            whole.append(code)
            return
        alone.append(code)
        for child in under.get(code, ()):
            take(child, without)

    for piece in side:
        if isinstance(piece, Below):
            for head in [piece.head] if piece.head else under.get("", ()):
                take(head, piece.without)
    name = words.type.scheme
    single = [(f"{name}:{c}（仅本级）", f"{name}:{c} (itself, not the codes under it)") for c in sorted(alone)]
    return [*_listed([t.CodeLit(name, c, NOWHERE) for c in sorted(whole)]), *single]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Parts that touch, as one."""
    found: list[Part] = []
    for part in sorted(parts, key=lambda p: p.low):
        if found and found[-1].high == part.low:
            found[-1] = Part(found[-1].low, part.high)
        else:
            found.append(part)
    return found


def _stretch(part: Part, words: KeyWords) -> t.Expr:
    if part.low in (FIRST, (0, 0, 0)) and part.high == LAST and (part.low == FIRST or words.type in NEVER_NEGATIVE):
        return t.AnyKey(NOWHERE)
    if words.type is Simple.DATE:
        first, last = _day(part.low), _day(part.high, -1)
        if first is not None and first == last:
            return t.DateLit(first, NOWHERE)
        low, high = (None if d is None else t.DateLit(d, NOWHERE) for d in (first, last))
        return t.Interval(low, True, high, True, NOWHERE)
    if part.low[0] == 0 and part.high == (0, part.low[1], 1) and part.low[2] == 0:
        return _value(Fraction(part.low[1]), words)
    from_zero = words.type in NEVER_NEGATIVE and part.low == (0, 0, 0)
    low_end = None if part.low == FIRST or from_zero else _value(Fraction(part.low[1]), words)
    high_end = None if part.high == LAST else _value(Fraction(part.high[1]), words)
    return t.Interval(low_end, part.low[2] == 0, high_end, part.high[2] == 1, NOWHERE)


def _day(cut: Bound, shift: int = 0) -> date | None:
    return date.fromordinal(int(cut[1])) + timedelta(days=shift) if cut[0] == 0 else None


def _periods(side: Side) -> list[Period]:
    parts = _joined([p for p in side if isinstance(p, Part)])
    return [Period(_day(p.low), _day(p.high, -1)) for p in parts]


def _value(value: Value, words: KeyWords) -> t.Expr:
    match value:
        case bool():
            return t.BoolLit(value, NOWHERE)
        case Fraction():
            return _number(value, words)
        case Grade(_, number):
            return t.NumberLit(_plain(number), "", NOWHERE)
        case date():
            return t.DateLit(value, NOWHERE)
        case Code(scheme, code):
            return t.CodeLit(scheme, code, NOWHERE)
        case str():
            return t.LevelLit(value, NOWHERE) if words.type is Simple.LEVEL else t.StringLit(value, NOWHERE)
        case _:
            raise TypeError(f"{value!r} is no key of a table")


def _number(value: Fraction, words: KeyWords) -> t.NumberLit:
    kind = words.type
    plain = not isinstance(kind, Dimension) or kind in (Dimension.NUMBER, Dimension.RATIO)
    unit = words.unit or ("" if plain or not isinstance(kind, Dimension) else BASE_UNIT[kind].symbol)
    return t.NumberLit(_plain(value / BY_SPELLING[unit].factor if unit else value), unit, NOWHERE)


def _plain(value: Fraction) -> Decimal:
    number = decimal_of(value).normalize()
    return number if number.as_tuple().exponent in range(-30, 1) else number.quantize(Decimal(1))


def _both(key: t.Expr) -> tuple[str, str]:
    return print_expression(key, "zh"), print_expression(key, "en")
