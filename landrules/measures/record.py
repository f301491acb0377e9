"""The shape of a function that rules may call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from landrules.base.valuetype import Value, ValueType


@dataclass(frozen=True, slots=True)
class Measure:
    """A function of rules: its name in both languages, the types of its arguments and its result, what it means, its body.

    Invariant: the body is total on values of these types and reads nothing else: no clock, no file, no locale. A
    missing argument never reaches it. Where `params` hold `None`, any one dimension may stand there, the same in all
    such places, and a result of `None` is of that dimension.
    """

    name: str
    zh: str
    params: tuple[ValueType | None, ...]
    result: ValueType | None
    doc_zh: str
    doc_en: str
    body: Callable[..., Value]
