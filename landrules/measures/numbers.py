"""Functions of quantities: exact, of one dimension throughout."""

from __future__ import annotations

from fractions import Fraction

from landrules.measures.record import Measure


def larger(one: Fraction, two: Fraction) -> Fraction:
    """The larger of two quantities.

    >>> larger(Fraction(1), Fraction(2))
    Fraction(2, 1)
    """
    return max(one, two)


def smaller(one: Fraction, two: Fraction) -> Fraction:
    """The smaller of two quantities.

    >>> smaller(Fraction(1), Fraction(2))
    Fraction(1, 1)
    """
    return min(one, two)


NUMBERS: tuple[Measure, ...] = (
    Measure("larger", "较大者", (None, None), None, "两个量中较大的一个", "the larger of two quantities", larger),
    Measure("smaller", "较小者", (None, None), None, "两个量中较小的一个", "the smaller of two quantities", smaller),
)
