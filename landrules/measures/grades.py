"""Functions of grades."""

from __future__ import annotations

from fractions import Fraction

from landrules.base.quantity import Dimension
from landrules.base.valuetype import Grade
from landrules.measures.record import ANY_GRADE, Measure


def number_of(grade: Grade) -> Fraction:
    """The plain number of a grade, for formulas of law that reckon with it: standard capacity counts 16 less the grade.

    Never for comparing: in one system low numbers are better, in another high ones. `no worse than` knows which.

    >>> number_of(Grade("grade15", Fraction(6)))
    Fraction(6, 1)
    """
    return grade.value


GRADES: tuple[Measure, ...] = (
    Measure(
        "number_of",
        "等级数",
        (ANY_GRADE,),
        Dimension.NUMBER,
        "等级的数字，只用于法定公式的计算；比较好坏请用 不劣于",
        "the number of a grade, for formulas of law only; to compare grades write `no worse than`",
        number_of,
    ),
)
