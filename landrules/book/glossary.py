"""What declared things are called: titles, aliases, codes, in both languages, found from the trees alone.

Where a ruleset resolves, the titles of its codes are known too; a tree that does not resolve is still read aloud, with
codes as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.lang import tree as t
from landrules.lang.keywords import is_chinese
from landrules.rules.model import RuleSet
from landrules.rules.names import dictionary


@frozen
class Entry:
    """A declared thing: what kind it is, its names, its title, and the node."""

    kind: str
    names: t.Names
    title: t.Text | None
    node: t.Declaration | t.NormDecl | t.Except


@frozen
class Glossary:
    """Names to entries, in either spelling and by the last part of a dotted name; the dictionary of `fmt`; codes."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    zh_of: Mapping[str, str] = field(default_factory=dict)
    en_of: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """(scheme, code) to its titles in Chinese and English."""

    def spelled(self, part: str, lang: Lang) -> str:
        """A name in a language, where it has a counterpart there."""
        if lang == "zh":
            return part if is_chinese(part) else self.zh_of.get(part, part)
        return self.en_of.get(part, part) if is_chinese(part) else part

    def dotted(self, parts: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
        """A dotted name in a language: the longest beginning that has a counterpart as a whole, then part by part."""
        for length in range(len(parts), 1, -1):
            whole = ".".join(parts[:length])
            if (found := self.spelled(whole, lang)) != whole:
                return (*found.split("."), *(self.spelled(p, lang) for p in parts[length:]))
        return tuple(self.spelled(p, lang) for p in parts)

    def find(self, parts: tuple[str, ...]) -> Entry | None:
        """The entry that a dotted name means: the whole name, else its last part where the first is no entry."""
        return self.entries.get(".".join(parts)) or (self.entries.get(parts[-1]) if len(parts) > 2 else None)


EMPTY = Glossary()


def glossary(documents: Iterable[t.Document], rules: RuleSet | None = None) -> Glossary:
    """The glossary of some documents; with their ruleset, the titles of codes that stand in files too."""
    known = tuple(documents)
    entries: dict[str, Entry] = {}
    codes: dict[tuple[str, str], tuple[str, str]] = {}
    for document in known:
        for item in document.items:
            if isinstance(item, t.Declaration | t.NormDecl):
                _enter(entries, item)
            if isinstance(item, t.Declaration) and item.kind == "scheme":
                for clause in item.body:
                    if isinstance(clause, t.CodeClause):
                        codes[item.names.id, clause.code] = (clause.text.zh, clause.text.en)
    if rules is not None:
        for scheme in rules.schemes.values():
            for code, row in scheme.entries.items():
                codes[scheme.id, code] = (row.title.zh, row.title.en)
    zh_of, _ = dictionary(known)
    en_of = {zh: en for en, zh in zh_of.items()}
    for entry in entries.values():
        if entry.names.en and entry.names.zh:
            en_of.setdefault(entry.names.zh, entry.names.en)
    return Glossary(
        MappingProxyType(entries), MappingProxyType(dict(zh_of)), MappingProxyType(en_of), MappingProxyType(codes)
    )


_RANK = {"layer": 0, "define": 1, "list": 1, "table": 1, "parameter": 1, "account": 1, "crosswalk": 1}


def _enter(entries: dict[str, Entry], item: t.Declaration | t.NormDecl) -> None:
    kind = item.kind if isinstance(item, t.Declaration) else "norm"
    _add(entries, Entry(kind, item.names, title_of(item.body), item))
    if isinstance(item, t.NormDecl):
        for inner in exceptions_in(item.body):
            _add(entries, Entry("exception", inner.names, title_of(inner.body), inner))


def _add(entries: dict[str, Entry], entry: Entry) -> None:
    """A layer, a list and a scheme may share a name; rules that name it mean the first of these."""
    for name in (entry.names.en, entry.names.zh):
        if name:
            before = entries.get(name)
            if before is None or _RANK.get(entry.kind, 9) < _RANK.get(before.kind, 9):
                entries[name] = entry


def title_of(body: Iterable[t.Clause]) -> t.Text | None:
    """The title in a body."""
    return next((c.text for c in body if isinstance(c, t.Title)), None)


def exceptions_in(body: Iterable[t.Clause]) -> tuple[t.Except, ...]:
    """Every exception that stands in a body, inner ones and those of zones included."""
    found: list[t.Except] = []
    for clause in body:
        match clause:
            case t.Except():
                found += [clause, *exceptions_in(clause.body)]
            case t.Effective(body=inner) if inner is not None:
                found += exceptions_in(inner)
            case t.Zone() | t.Cell() | t.Row():
                found += exceptions_in(clause.body)
            case _:
                pass
    return tuple(found)
