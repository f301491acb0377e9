"""Trees without what does not count: comments, spelling in either language, formatting."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TypeVar, cast

from landrules.book.glossary import Glossary
from landrules.lang import tree as t

T = TypeVar("T")
_SPELLED = frozenset({"matter", "by", "of", "layer"})
"""Fields that hold a name as plain text."""


def canonical(value: T, names: Glossary) -> T:
    """A tree with every name in its English spelling where it has one, and without comments."""
    return cast(T, _canonical(value, names))


def _canonical(value: object, names: Glossary) -> object:
    if isinstance(value, t.Path):
        return t.Path(names.dotted(value.parts, "en"), value.span)
    if isinstance(value, t.Comments):
        return t.NO_COMMENTS
    if isinstance(value, tuple):
        return tuple(_canonical(v, names) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found: dict[str, object] = {}
    for f in fields(value):
        own = getattr(value, f.name)
        if f.name in _SPELLED and isinstance(own, str):
            found[f.name] = names.spelled(own, "en")
        else:
            found[f.name] = own if not f.compare else _canonical(own, names)
    return type(value)(**found)
