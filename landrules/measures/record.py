"""The shape of a function that rules may call."""

from __future__ import annotations

from collections.abc import Callable

from landrules.base.frozen import frozen
from landrules.base.valuetype import GradeType, Value, ValueType

ANY_GRADE = GradeType("")
"""A parameter at which a grade of any one named system may stand."""


@frozen
class Measure:
    """A function of rules: its name in both languages, the types of its arguments and its result, what it means, its body.

    Invariant: the body is total on values of these types and reads nothing else: no clock, no file, no locale. A
    missing argument never reaches it. Where `params` hold `None`, any one dimension may stand there, the same in all
    such places, and a result of `None` is of that dimension. A function `of_calendar` is called with the name of a
    calendar before its parameters, and its body with what that calendar says of a day; it may give `Missing`.
    """

    name: str
    zh: str
    params: tuple[ValueType | None, ...]
    result: ValueType | None
    doc_zh: str
    doc_en: str
    body: Callable[..., Value]
    of_calendar: bool = False
