"""Walking trees by their shape alone, so that a new kind of clause needs no word here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar

from landrules.base.source import SourceFile, Span

T = TypeVar("T")


def nodes(value: object) -> Iterator[object]:
    """A node and all below it, in the order of the text."""
    if isinstance(value, tuple):
        for one in value:
            yield from nodes(one)
    elif is_dataclass(value) and not isinstance(value, (type, Span, SourceFile)):
        yield value
        for name in _fields(type(value)):
            yield from nodes(getattr(value, name))


def of(kind: type[T], value: object) -> Iterator[T]:
    """The nodes of one kind."""
    return (node for node in nodes(value) if isinstance(node, kind))


def bodies(value: object) -> Iterator[tuple[object, ...]]:
    """Every block: the clauses that stand side by side."""
    for node in nodes(value):
        body = getattr(node, "body", None)
        if isinstance(body, tuple):
            yield body


def strings(value: object) -> Iterator[str]:
    """Every text that a node itself holds, names and prose apart: words of the tree."""
    for name in _fields(type(value)):
        yield from _texts(getattr(value, name))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def _fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(f.name for f in fields(kind))
    return _FIELDS[kind]


_FIELDS: dict[type, tuple[str, ...]] = {}
"""The names of the fields of each kind of node, found once."""
