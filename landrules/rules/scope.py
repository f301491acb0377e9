"""What a name can mean at a place of a rule, and what it turned out to mean.

Names resolve from near to far: the item under a `where`, the norm's own `given`s, the words of the language
(`proposal`, `parcel`, `occupied`, `law_date` ...), then declared names. Either spelling will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Union

from landrules.base.frozen import frozen
from landrules.base.valuetype import RecordType, ValueType
from landrules.base.vocabulary import ENUMS, WORDS
from landrules.rules import expr as e
from landrules.rules.model import LayerSchema
from landrules.rules.symbols import Module

ItemKind = Union[LayerSchema, RecordType]


@frozen
class Typed:
    """A bound expression; `words` are the only texts it can hold, where the vocabulary closes them."""

    expr: e.Expr
    words: tuple[str, ...] = ()

    @property
    def type(self) -> ValueType:
        """Its type."""
        return self.expr.type


@frozen
class Items:
    """A collection, and the field of it that is meant (`dltb.net_area`); `name` as the author wrote it."""

    collection: e.Collection
    kind: ItemKind
    name: str
    projection: Typed | None = None
    apportioned: bool = False


Meaning = Union[Typed, Items]
Bound = Union[ItemKind, Typed]
"""What a `for each` looks at: items of a kind, or a value that occurs."""
Locals = MappingProxyType[str, Meaning | None]
NO_LOCALS: Locals = MappingProxyType({})
NOTHING_BOUND: Mapping[str, tuple[str, Bound]] = MappingProxyType({})


@frozen
class Scope:
    """A place in a rule.

    `subject` is the layer the norm speaks of, or empty; `item` what a `where` runs over; `locals` the `given`s by both
    spellings (`None` for one whose own expression is wrong); `bound` what `for each` looks at, by both spellings of its
    name, with the one by which the core knows it.
    """

    module: Module
    subject: str = ""
    locals: Locals = field(default_factory=lambda: NO_LOCALS)
    item: ItemKind | None = None
    bound: Mapping[str, tuple[str, Bound]] = field(default_factory=lambda: NOTHING_BOUND)

    def inside(self, item: ItemKind) -> Scope:
        """The scope under a `where` over such items."""
        return replace(self, item=item)

    def binding(self, words: tuple[str, ...], own: str, bound: Bound) -> Scope:
        """The scope of what a `for each` asks of every item."""
        return replace(self, bound=MappingProxyType({**self.bound, **dict.fromkeys(words, (own, bound))}))

    def with_local(self, names: tuple[str, ...], meaning: Meaning | None) -> Scope:
        """The scope after a `given`."""
        return replace(self, locals=MappingProxyType(self.locals | dict.fromkeys(names, meaning)))


WORD_OF: Mapping[str, str] = MappingProxyType({spelling: key for key, zh in WORDS.items() for spelling in (key, zh)})
"""The words of the language, by both spellings."""


def record_key(record: RecordType, word: str) -> str:
    """The key of a record's field in either spelling, or an empty string."""
    if word in record.fields:
        return word
    return next((key for key, spec in record.fields.items() if spec.zh == word), "")


def layer_key(layer: LayerSchema, word: str) -> str:
    """The name of a layer's field in either spelling, or an empty string."""
    if word in layer.fields:
        return word
    return next((name for name, spec in layer.fields.items() if spec.zh == word), "")


def words_of(record: RecordType, key: str) -> tuple[str, ...]:
    """The closed list of texts of a record's field; empty where it is open."""
    return ENUMS.get((record.name, key), ())


def field_names(kind: ItemKind) -> list[str]:
    """Every spelling of every field of an item."""
    both = [(key, spec.zh) for key, spec in kind.fields.items()]
    return [spelling for pair in both for spelling in pair if spelling]
