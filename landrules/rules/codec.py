"""Frozen values to bytes and back: documents, rulesets and workspaces, as the store keeps them.

The bytes are a pickle, read by a reader that knows nothing but the frozen records and enumerations of this program and
a few plain values: any other name in it is an error, so bytes that someone else made cannot run anything. Texts that
the reader will have anyway are left out. Records of the vocabulary and units come back as the very objects that stand in
memory.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import Any

from landrules.base.collecting import without_collecting
from landrules.base.quantity import BY_SPELLING, Unit
from landrules.base.source import SourceFile
from landrules.base.valuetype import RecordType
from landrules.base.vocabulary import records

ROOMS = ("landrules.base.", "landrules.lang.tree.", "landrules.rules.", "landrules.intake.workspace")
"""Where the frozen records and enumerations stand that a ruleset, a document or a workspace is made of."""

BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, IndexError, LookupError, MemoryError, pickle.UnpicklingError,
    RuntimeError, TypeError, UnicodeError, ValueError,
)  # fmt: skip
"""What reading bytes that are not ours may end in."""


class UnreadableError(Exception):
    """Bytes that are no value of this program, or a value that could not be read back."""


def dump(value: object, known: Collection[str]) -> bytes:
    """The bytes of a frozen value; of the sources `known` only the name.

    Raises `UnreadableError` for a value that could not be read back.
    """
    out = io.BytesIO()
    try:
        _Writer(out, known).dump(value)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as wrong:
        raise UnreadableError(str(wrong)) from wrong
    return out.getvalue()


def load(data: bytes, sources: Mapping[str, SourceFile]) -> object:
    """The value of some bytes; `sources` are the texts it may point at, by name. Raises `UnreadableError`."""
    try:
        with without_collecting():
            return _Reader(data, sources).load()
    except BROKEN as wrong:
        raise UnreadableError(str(wrong)) from wrong


def fraction(numerator: int, denominator: int) -> Fraction:
    """A fraction of two whole numbers."""
    return Fraction(int(numerator), int(denominator))


def number(digits: str) -> Decimal:
    """A decimal number as written."""
    return Decimal(digits)


def path(name: str) -> Path:
    """A path, which is only named by this."""
    return Path(name)


def read_only(entries: dict[Any, Any]) -> Mapping[Any, Any]:
    """A map that nobody changes."""
    return MappingProxyType(entries)


def unit(symbol: str) -> Unit:
    """The unit of a symbol."""
    return BY_SPELLING[symbol]


def record(name: str) -> RecordType:
    """The record of the vocabulary of a name."""
    return _records()[name]


def text(name: str) -> SourceFile:
    """The source of a name, which only a reader knows."""
    raise UnreadableError(f"no source {name}")


PLAIN: Mapping[tuple[str, str], object] = {
    **{(__name__, made.__name__): made for made in (fraction, number, path, read_only, unit, record)},
    ("datetime", "date"): date,
    ("datetime", "timedelta"): timedelta,
}


class _Writer(pickle.Pickler):
    """Records as their class and fields, plain values as calls of the functions above."""

    def __init__(self, out: io.BytesIO, known: Collection[str]) -> None:
        super().__init__(out, protocol=5)
        self.known = frozenset(known)

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, (type, FunctionType)):
            return NotImplemented
        if isinstance(obj, SourceFile) and obj.name in self.known:
            return text, (obj.name,)
        if isinstance(obj, Unit):
            return unit, (obj.symbol,)
        if isinstance(obj, RecordType) and _records().get(obj.name) is obj:
            return record, (obj.name,)
        if (get := _getter(type(obj))) is not None:
            return type(obj), get(obj)
        if isinstance(obj, Enum):
            return type(obj), (obj.value,)
        if isinstance(obj, Fraction):
            return fraction, (obj.numerator, obj.denominator)
        if isinstance(obj, Decimal):
            return number, (str(obj),)
        if isinstance(obj, Path):
            return path, (str(obj),)
        if isinstance(obj, MappingProxyType):
            return read_only, (dict(obj),)
        if isinstance(obj, (date, timedelta)):
            return NotImplemented
        raise pickle.PicklingError(f"{type(obj).__name__} is not kept")


class _Reader(pickle.Unpickler):
    """Knows the records of `ROOMS`, the values of `PLAIN`, and no other name."""

    def __init__(self, data: bytes, sources: Mapping[str, SourceFile]) -> None:
        super().__init__(io.BytesIO(data))
        self.sources = sources

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, "text"):
            return self.sources.__getitem__
        found = PLAIN.get((module, name)) or _record_class(module, name)
        if found is None:
            raise UnreadableError(f"{module}.{name} is not kept")
        return found


def _record_class(module: str, name: str) -> type | None:
    """The frozen record or enumeration of a name in one of the rooms; making one does nothing but hold its fields."""
    if not module.startswith(ROOMS) or not name.isidentifier():
        return None
    kind = vars(import_module(module)).get(name)
    return kind if isinstance(kind, type) and kind.__module__ == module and _is_frozen(kind) else None


def _is_frozen(kind: type) -> bool:
    if issubclass(kind, Enum):
        return True
    return "__dataclass_fields__" in vars(kind) and kind.__setattr__ is not object.__setattr__


_GETTERS: dict[type, Callable[[object], tuple[object, ...]] | None] = {}


def _getter(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    """The fields of a record in the order of its constructor; `None` for anything else, or for what is not known."""
    if kind not in _GETTERS:
        _GETTERS[kind] = _fields_of(kind)
    return _GETTERS[kind]


def _fields_of(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    if "__dataclass_fields__" not in vars(kind) or _record_class(kind.__module__, kind.__qualname__) is not kind:
        return None
    names = [f.name for f in fields(kind) if f.init]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


@cache
def _records() -> Mapping[str, RecordType]:
    return MappingProxyType({r.name: r for r in records()})
