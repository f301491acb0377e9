"""One word per concept: the names a document declares in two languages, and those it has in one only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from landrules.base.frozen import frozen
from landrules.base.source import SourceFile, Span
from landrules.lang.keywords import is_chinese
from landrules.lang.printer import print_document
from landrules.lang.printing.words import Lang, Translate
from landrules.lang.tree import Document, Names


@frozen
class Conflict:
    """A name with two aliases: the later one, and the one it had before."""

    name: str
    first: str
    second: str
    span: Span


def declared(document: Document) -> Iterator[Names]:
    """Every declared name of a document, in order."""
    todo: list[object] = [document.items]
    while todo:
        value = todo.pop()
        if isinstance(value, Names):
            yield value
        elif isinstance(value, tuple):
            todo += reversed(value)
        else:
            todo += [getattr(value, name) for name in _parts(value)]


_PARTS: dict[type, tuple[str, ...]] = {Span: (), SourceFile: ()}
_PLAIN = frozenset({"str", "int", "bool", "date", "Decimal", "Span", "Comments", "Text", "TypeNode", "Path"})
"""Types of fields that hold no name."""


def _parts(value: object) -> tuple[str, ...]:
    """The fields of a node that may hold names, the last one first."""
    kind = type(value)
    if kind not in _PARTS:
        held = reversed(fields(kind)) if is_dataclass(kind) else ()
        _PARTS[kind] = tuple(f.name for f in held if f.type not in _PLAIN)
    return _PARTS[kind]


def aliases(document: Document) -> Mapping[str, str]:
    """English name to Chinese alias and back, of every name declared in both; the first alias counts."""
    out: dict[str, str] = {}
    for names in declared(document):
        if names.en and names.zh:
            out.setdefault(names.en, names.zh)
            out.setdefault(names.zh, names.en)
    return out


def conflicts(documents: Iterable[Document]) -> tuple[Conflict, ...]:
    """Names that carry different aliases in different places; no name may."""
    seen: dict[str, str] = {}
    out: list[Conflict] = []
    for document in documents:
        for names in declared(document):
            if not (names.en and names.zh):
                continue
            for name, alias in ((names.en, names.zh), (names.zh, names.en)):
                if (first := seen.setdefault(name, alias)) != alias:
                    out.append(Conflict(name, first, alias, names.span))
    return tuple(out)


def translator(documents: Iterable[Document]) -> Translate:
    """A translation by the aliases that documents declare."""
    known: dict[str, str] = {}
    for document in documents:
        for name, alias in aliases(document).items():
            known.setdefault(name, alias)

    def translate(name: str, lang: Lang) -> str | None:
        found = known.get(name)
        return found if found is not None and is_chinese(found) == (lang == "zh") else None

    return translate


def untranslated(document: Document, translate: Translate, lang: Lang) -> tuple[str, ...]:
    """Names that would stand in the other language if the document were printed in `lang`, sorted.

    Schemes, codes, units, ids, file names and quoted texts are not names.
    """
    missing = {n.id for n in declared(document) if not (n.zh if lang == "zh" else n.en)}

    def noted(name: str, to: Lang) -> str | None:
        found = translate(name, to)
        if found is None and "." not in name:
            missing.add(name)
        return found

    print_document(document, lang, noted)
    return tuple(sorted(missing))
