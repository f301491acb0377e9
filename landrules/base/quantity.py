"""Exact quantities: dimensions, units, and rounding as the surveys do it.

A number with a unit becomes a `Fraction` in the base unit of its dimension (m², m, yuan, kg, days) at the door and
stays exact. 1 亩 is 2000/3 m² exactly.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from landrules.base.frozen import frozen


class Dimension(Enum):
    """What a number measures; numbers of two dimensions are never added or compared."""

    NUMBER = "number"
    RATIO = "ratio"
    AREA = "area"
    LENGTH = "length"
    MONEY = "money"
    MASS = "mass"
    DURATION = "duration"


@frozen
class Unit:
    """A unit: spellings in both languages, its dimension, and its size in base units."""

    symbol: str
    zh: str
    dimension: Dimension
    factor: Fraction
    also: tuple[str, ...] = ()


ONE = Fraction(1)

UNITS: tuple[Unit, ...] = (
    Unit("m2", "平方米", Dimension.AREA, ONE, ("m²", "㎡")),
    Unit("ha", "公顷", Dimension.AREA, Fraction(10_000)),
    Unit("km2", "平方公里", Dimension.AREA, Fraction(1_000_000), ("km²", "平方千米")),
    Unit("mu", "亩", Dimension.AREA, Fraction(2000, 3)),
    Unit("m", "米", Dimension.LENGTH, ONE),
    Unit("km", "公里", Dimension.LENGTH, Fraction(1000), ("千米",)),
    Unit("cm", "厘米", Dimension.LENGTH, Fraction(1, 100)),
    Unit("yuan", "元", Dimension.MONEY, ONE),
    Unit("wan_yuan", "万元", Dimension.MONEY, Fraction(10_000)),
    Unit("kg", "千克", Dimension.MASS, ONE, ("公斤",)),
    Unit("t", "吨", Dimension.MASS, Fraction(1000)),
    Unit("days", "日", Dimension.DURATION, ONE, ("day", "天")),
    Unit("percent", "百分点", Dimension.RATIO, Fraction(1, 100), ("%", "％")),
)

BY_SPELLING: dict[str, Unit] = {s: u for u in UNITS for s in (u.symbol, u.zh, *u.also)}
BASE_UNIT: dict[Dimension, Unit] = {u.dimension: u for u in reversed(UNITS) if u.factor == 1}


def in_base(value: Decimal | Fraction | int, unit: str) -> Fraction:
    """The value in the base unit of its dimension. Raises `KeyError` for an unknown unit.

    >>> in_base(3, "mu")
    Fraction(2000, 1)
    """
    size = BY_SPELLING[unit].factor
    return exact(value) if size is ONE else exact(value) * size


def exact(value: Decimal | Fraction | int) -> Fraction:
    """The value as a fraction; whole numbers, of which tables are full, without looking for a divisor.

    >>> exact(Decimal("2.50")), exact(Decimal(7))
    (Fraction(5, 2), Fraction(7, 1))
    """
    numerator, denominator = value.as_integer_ratio()
    return Fraction(numerator) if denominator == 1 else Fraction(numerator, denominator)


_LONGEST = 10**28
"""Decimals of the default context hold every whole number below as it is; a longer one is refused by `quantize`."""


def round_half_up(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """Round half away from zero (四舍五入) to a number of decimals.

    >>> round_half_up(Fraction(1, 8))
    Decimal('0.13')
    >>> round_half_up(Fraction(-1, 8))
    Decimal('-0.13')
    """
    above, below = value.as_integer_ratio()
    whole, rest = divmod(abs(above) * 10**places, below)
    if rest * 2 >= below:
        whole += 1
    amount = Decimal(whole if above >= 0 else -whole).scaleb(-places)
    return amount if whole < _LONGEST else amount.quantize(Decimal(1).scaleb(-places))
