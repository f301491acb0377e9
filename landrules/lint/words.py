"""Which names a file declares, imports and mentions.

Mentions are words, not bindings: a word that could mean the name counts as a use of it. So a use may be seen where there
is none, and never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from landrules.base.frozen import frozen
from landrules.lang.tree import (
    CodeLit,
    Comments,
    Declaration,
    Document,
    Expect,
    Import,
    Item,
    Names,
    NormDecl,
    Test,
    Text,
    TypeNode,
)
from landrules.lint.walk import nodes, of, strings

Place = tuple[str, int]
"""A file and the number of an item in it."""

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[^\W\d]\w*")
_OF_TYPES = frozenset({"scheme", "grades"})


def head(document: Document) -> Declaration | None:
    """The `ruleset` declaration of a file."""
    found = (i for i in document.items if isinstance(i, Declaration) and i.kind == "ruleset")
    return next(found, None)


def own_ids(document: Document) -> tuple[str, ...]:
    """The ids of a file's ruleset, in both spellings."""
    declared = head(document)
    return spelled(declared.names) if declared is not None else ()


def imported_ids(document: Document) -> tuple[str, ...]:
    """The rulesets a file imports."""
    return tuple(".".join(i.path.parts) for i in document.items if isinstance(i, Import))


def spelled(names: Names) -> tuple[str, ...]:
    """A name in the languages it has."""
    return tuple(n for n in (names.en, names.zh) if n)


def declared(document: Document) -> Iterator[tuple[Place, Declaration]]:
    """The declarations of a file, its head apart."""
    for number, item in enumerate(document.items):
        if isinstance(item, Declaration) and item.kind != "ruleset":
            yield (document.source.name, number), item


def norms(document: Document) -> Iterator[NormDecl]:
    """The norms and exceptions of a file."""
    return (i for i in document.items if isinstance(i, NormDecl))


def marks(item: Item) -> frozenset[str]:
    """The words an item mentions; names of code schemes and grade systems with a colon behind them."""
    found: set[str] = set()
    for node in nodes(item):
        match node:
            case Names() | Comments():
                pass
            case Text():
                for inside in _TEMPLATE.findall(f"{node.zh} {node.en}"):
                    found.update(_WORD.findall(inside))
            case CodeLit():
                found.add(f"{node.scheme}:")
            case TypeNode():
                found.add(f"{node.of}:")
            case _:
                found.update(part for text in strings(node) for part in text.split("."))
    return frozenset(found)


def keys(declaration: Declaration) -> tuple[str, ...]:
    """How `marks` would spell a declared name."""
    colon = ":" if declaration.kind in _OF_TYPES else ""
    return tuple(f"{name}{colon}" for name in spelled(declaration.names))


@frozen
class Uses:
    """Where each word is mentioned. `rules` leaves out tests and imports; `files` are all words of a file but imports."""

    rules: Mapping[str, frozenset[Place]]
    files: Mapping[str, frozenset[str]]

    def elsewhere(self, place: Place, names: Iterable[str]) -> bool:
        """Whether a name is mentioned by rules other than the item that declares it."""
        return any(self.rules.get(name, frozenset()) - {place} for name in names)


def uses(documents: Iterable[Document]) -> Uses:
    """The words of some files."""
    rules: dict[str, set[Place]] = {}
    files: dict[str, frozenset[str]] = {}
    for document in documents:
        seen: set[str] = set()
        for number, item in enumerate(document.items):
            if isinstance(item, Import):
                continue
            words = marks(item)
            seen |= words
            if not isinstance(item, Test):
                for word in words:
                    rules.setdefault(word, set()).add((document.source.name, number))
        files[document.source.name] = frozenset(seen)
    return Uses({word: frozenset(places) for word, places in rules.items()}, files)


def expected(documents: Iterable[Document]) -> tuple[frozenset[str], frozenset[str]]:
    """The norms that some test expects something of, and the exceptions that some test sees lifting."""
    expects = [e for d in documents for item in d.items if isinstance(item, Test) for e in of(Expect, item)]
    named = (e.norm.parts[-1] for e in expects if e.norm is not None)
    return frozenset(named), frozenset(part for e in expects for part in e.by.split("."))
