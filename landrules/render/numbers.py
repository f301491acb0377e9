"""Numbers as they are printed, the same digits in every format.

A measure was rounded once, exactly, by the engine; here it is only written out. Square metres carry two decimals,
hectares and mu four (proposal.md section 2), a zero is 0.00 or 0.0000 and never blank. No thousands separators: a number
found in the JSON can be searched for in the letter.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from landrules.base.diagnostic import Lang
from landrules.base.quantity import BY_SPELLING, Dimension, round_half_up

_PLACES = {"m2": 2, "km2": 4, "ha": 4, "mu": 4, "m": 2, "km": 3, "yuan": 2, "wan_yuan": 4}
_SYMBOLS: dict[str, tuple[str, str]] = {
    "m2": (" m²", " m²"),
    "km2": (" km²", " km²"),
    "ha": (" 公顷", " ha"),
    "mu": (" 亩", " mu"),
    "m": (" m", " m"),
    "km": (" km", " km"),
    "yuan": (" 元", " yuan"),
    "wan_yuan": (" 万元", " × 10 000 yuan"),
    "kg": (" kg", " kg"),
    "t": (" 吨", " t"),
    "days": (" 日", " days"),
    "percent": ("%", "%"),
}


def number(value: Decimal, unit: str = "") -> str:
    """The digits of a value in its unit, without the unit.

    >>> number(Decimal("300"), "m2"), number(Decimal("0"), "ha"), number(Decimal("-0.00"), "m2")
    ('300.00', '0.0000', '0.00')
    """
    places = _PLACES.get(_symbol(unit))
    shown = round_half_up(value, places) if places is not None else value
    text = format(shown, "f")
    return text.removeprefix("-") if shown == 0 else text


def unit_word(unit: str, lang: Lang) -> str:
    """The unit as it follows a number, with its space: ``" m²"``, ``" 公顷"``; a word that is no unit stays as it is."""
    if not unit:
        return ""
    pair = _SYMBOLS.get(_symbol(unit))
    if pair is None:
        return f" {unit}"
    return pair[0] if lang == "zh" else pair[1]


def quantity(value: Decimal, unit: str, lang: Lang) -> str:
    """A number with its unit.

    >>> quantity(Decimal("12"), "m", "zh")
    '12.00 m'
    """
    return number(value, unit) + unit_word(unit, lang)


def area(value: Decimal, unit: str, lang: Lang) -> str:
    """An area in its own unit, then in hectares and mu; anything that is no area as `quantity`.

    >>> area(Decimal("300.00"), "m2", "zh")
    '300.00 m²（0.0300 公顷，0.4500 亩）'
    >>> area(Decimal("300.00"), "m2", "en")
    '300.00 m² (0.0300 ha, 0.4500 mu)'
    """
    text = quantity(value, unit, lang)
    if not is_area(unit):
        return text
    others = [quantity(_into(value, unit, other), other, lang) for other in ("ha", "mu") if other != _symbol(unit)]
    return f"{text}（{'，'.join(others)}）" if lang == "zh" else f"{text} ({', '.join(others)})"


def hectares(value: Decimal, lang: Lang) -> str:
    """Square metres printed in hectares with four decimals.

    >>> hectares(Decimal("11999.91"), "en")
    '1.2000 ha'
    """
    return quantity(_into(value, "m2", "ha"), "ha", lang)


def is_area(unit: str) -> bool:
    """Whether a unit measures areas."""
    known = BY_SPELLING.get(unit)
    return known is not None and known.dimension is Dimension.AREA


def _symbol(unit: str) -> str:
    known = BY_SPELLING.get(unit)
    return known.symbol if known else unit


def _into(value: Decimal, unit: str, other: str) -> Decimal:
    return round_half_up(Fraction(value) * BY_SPELLING[unit].factor / BY_SPELLING[other].factor, _PLACES[other])
