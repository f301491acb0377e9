"""One word per concept, in two languages: the dictionary by which `fmt` turns a ruleset from one into the other.

It is made of the vocabulary of proposals, the functions of `measures`, and the aliases that files declare, theirs and
their imports'. It is context-free: a name has one counterpart wherever it stands, so a translation can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, Protocol

from landrules.base.diagnostic import Diagnostic
from landrules.base.vocabulary import MATTERS, NAMES, OPINION_KINDS
from landrules.lang.aliases import declared
from landrules.lang.keywords import is_chinese
from landrules.lang.tree import Declaration, Document, Names
from landrules.measures import MEASURES

Lang = Literal["zh", "en"]
Translate = Callable[[str, Lang], str | None]
UNDECLARED = {"area": "面积", "left_on": "调出日期"}
"""Fields that layers have without declaring them: every layer an area, ground that left another the day it did."""


def built_in() -> Mapping[str, str]:
    """English to Chinese for every name that is part of the language."""
    return {**MATTERS, **OPINION_KINDS, **NAMES, **UNDECLARED, **{m.name: m.zh for m in MEASURES}}


def dictionary(documents: Iterable[Document]) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """English to Chinese for everything, and a diagnostic for each alias that breaks the one-to-one rule.

    The first counterpart of a name counts: the language's own, then files in the order given.
    """
    zh_of = dict(built_in())
    en_of = {zh: en for en, zh in zh_of.items()}
    wrong: list[Diagnostic] = []
    for document in documents:
        for names in _translated(document):
            if (first := zh_of.get(names.en, names.zh)) != names.zh:
                wrong.append(_clash(names.en, first, names.zh, names))
            elif (other := en_of.get(names.zh, names.en)) != names.en:
                wrong.append(_clash(names.zh, other, names.en, names))
            else:
                zh_of[names.en], en_of[names.zh] = names.zh, names.en
    return zh_of, tuple(wrong)


def _translated(document: Document) -> Iterator[Names]:
    """The names that fmt translates: codes carry their scheme's own name in both languages, so schemes stay out."""
    schemes = {id(i.names) for i in document.items if isinstance(i, Declaration) and i.kind == "scheme"}
    return (n for n in declared(document) if n.en and n.zh and id(n) not in schemes)


def _clash(name: str, first: str, second: str, names: Names) -> Diagnostic:
    return Diagnostic("LR209", {"name": name, "first": first, "second": second}, names.span, severity="warning")


def translator(documents: Iterable[Document]) -> Translate:
    """A name's counterpart in a language, or `None` where it has none or is in that language already."""
    zh_of, _ = dictionary(documents)
    en_of = {zh: en for en, zh in zh_of.items()}

    def translate(name: str, lang: Lang) -> str | None:
        if lang == "zh":
            return zh_of.get(name)
        return en_of.get(name) if is_chinese(name) else None

    return translate


class HasDocuments(Protocol):
    """What reading gave: the files that were read."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every file, imports included."""
        ...


def canonical_names(loaded: HasDocuments) -> Callable[[str], str]:
    """From a name in either spelling to the one by which the core knows it; an unknown name stays as it is."""
    en_of = {zh: en for en, zh in built_in().items()}
    for document in loaded.documents:
        for names in declared(document):
            if names.en and names.zh:
                en_of.setdefault(names.zh, names.en)

    def canonical(name: str) -> str:
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            head = ".".join(parts[:length])
            if head in en_of or length == 1:
                rest = parts[length:]
                return ".".join((en_of.get(head, head), *((canonical(".".join(rest)),) if rest else ())))
        return name

    return canonical


def untranslated(documents: Iterable[Document]) -> tuple[str, ...]:
    """Declared names without a counterpart, sorted: what `fmt --lang` leaves as it is."""
    return tuple(sorted({n.id for d in documents for n in declared(d) if not (n.en and n.zh)}))
