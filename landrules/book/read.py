"""Reading a rule aloud: from a tree to the sentences an official would write, in Chinese or in English.

What comes in is a declaration of any kind; nothing but the trees is needed. What goes out are passages, with the
definitions a rule leans on said behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import assert_never

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.book.clauses import Ground, excepting, means
from landrules.book.declarations import KINDS as DECLARATIONS
from landrules.book.declarations import declaration
from landrules.book.glossary import Entry, Glossary
from landrules.book.norms import KINDS as NORMS
from landrules.book.norms import norm
from landrules.book.passage import Passage, lines
from landrules.book.speech import Speech
from landrules.book.trials import trial
from landrules.lang import tree as t

Readable = t.Item | t.Except


@frozen
class Reading:
    """A rule read aloud: its dotted name, what kind of thing it is, its title, and what it says."""

    id: str
    kind: str
    title: str
    passages: tuple[Passage, ...]

    def text(self, lang: Lang) -> str:
        """The reading as plain text, heading first."""
        name = f"{self.title}（{self.id}）" if lang == "zh" else f"{self.title} ({self.id})"
        head = name if self.title != self.id else self.id
        return "\n".join((f"{self.kind} · {head}", *(f"  {x}" for x in lines(self.passages, lang)))) + "\n"


def read(node: Readable, names: Glossary, lang: Lang, *, owner: str = "") -> Reading:
    """The reading of one item. `owner` is the dotted name of its ruleset, or of the norm that an exception excepts."""
    speech = Speech(lang, names)
    match node:
        case t.Declaration():
            return _reading(speech, node.names, node.body, DECLARATIONS[node.kind], declaration(speech, node), owner)
        case t.NormDecl():
            local = _with_givens(speech, node.body)
            said = (*norm(local, node), *definitions(local, node))
            return _reading(speech, node.names, node.body, NORMS[node.kind], said, owner)
        case t.Except():
            local = _with_givens(speech, node.body)
            said = (excepting(local, node.names, node.body, Ground()), *definitions(local, node))
            return _reading(speech, node.names, node.body, NORMS["exception"], said, owner)
        case t.Test():
            return Reading(
                speech.text(node.text), speech.say("测试", "test"), speech.text(node.text), trial(speech, node)
            )
        case t.Import():
            name = ".".join(node.path.parts)
            said_ = Passage(speech.say(f"沿用规则集“{name}”的内容。", f"It uses what the ruleset “{name}” declares."))
            return Reading(name, speech.say("引入", "import"), name, (said_,))
    assert_never(node)


def _reading(
    s: Speech, names: t.Names, body: Sequence[t.Clause], kind: tuple[str, str], said: tuple[Passage, ...], owner: str
) -> Reading:
    own = f"{owner}.{names.id}" if owner else names.id
    title = next((s.text(c.text) for c in body if isinstance(c, t.Title)), "") or s.alias(names)
    passages = said or (Passage(s.say("没有内容。", "It says nothing.")),)
    return Reading(own, s.say(*kind), title, passages)


def _with_givens(s: Speech, body: Sequence[t.Clause]) -> Speech:
    """The voice that knows the names a norm gives itself; a name of its own is nearer than a declared one."""
    given = {
        name: Entry("given", node.names, None, t.Declaration("define", node.names, None, (), node.expr, (), node.span))
        for node in nodes(body)
        if isinstance(node, t.Given)
        for name in (node.names.en, node.names.zh)
        if name
    }
    if not given:
        return s
    entries = {**s.names.entries, **given}
    zh = {e.names.en: e.names.zh for e in given.values() if e.names.en and e.names.zh}
    en = {e.names.zh: e.names.en for e in given.values() if e.names.en and e.names.zh}
    known = Glossary(entries, {**s.names.zh_of, **zh}, {**s.names.en_of, **en}, s.names.codes)
    return Speech(s.lang, known, s.local)


def definitions(s: Speech, node: object) -> tuple[Passage, ...]:
    """What the declared terms mean that a rule names, terms of terms included, each once in the order met."""
    found = list(defined(s.names, node))
    return tuple(means(s, s.quoted(s.heading(entry)), expr) for entry, expr in found)


def defined(names: Glossary, node: object) -> Iterator[tuple[Entry, t.Expr]]:
    """The definitions that a node names, with those they name in turn."""
    seen: set[str] = set()
    todo: list[object] = [node]
    while todo:
        for part in nodes(todo.pop(0)):
            entry = (names.find(part.parts) or names.find(part.parts[:1])) if isinstance(part, t.Path) else None
            if entry is None or entry.kind != "define" or entry.names.id in seen:
                continue
            if isinstance(entry.node, t.Declaration) and entry.node.expr is not None:
                seen.add(entry.names.id)
                yield entry, entry.node.expr
                todo.append(entry.node.expr)


def mentioned(names: Glossary, node: object) -> tuple[Entry, ...]:
    """The declared things that a node names, each once, by kind and name."""
    found: dict[tuple[str, str], Entry] = {}
    for part in nodes(node):
        parts = part.parts if isinstance(part, t.Path) else ()
        entry = (names.find(parts) or names.find(parts[:1])) if parts else None
        if entry is not None and entry.kind not in ("norm", "exception", "instrument"):
            found[entry.kind, entry.names.id] = entry
    return tuple(found[key] for key in sorted(found))


def nodes(value: object) -> Iterator[object]:
    """Every node of a tree, the outer before the inner, in the order written."""
    if isinstance(value, tuple):
        for item in value:
            yield from nodes(item)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for f in fields(value):
            if f.compare:
                yield from nodes(getattr(value, f.name))


def find(documents: Iterable[t.Document], name: str) -> tuple[tuple[str, Readable], ...]:
    """Every item of some documents that a name means, each with its owner: a short or a full name, in either language.

    A full name ends with the name of the item: `cn.pbf.pbf_occupation`, `cn.pbf.pbf_occupation.national_key_project`.
    """
    found: list[tuple[str, Readable]] = []
    for document in documents:
        for owner, item in readable(document):
            if isinstance(item, t.Declaration | t.NormDecl | t.Except) and name in spellings(owner, item.names):
                found.append((owner[0], item))
    return tuple(found)


def chosen(documents: Sequence[t.Document], name: str) -> tuple[tuple[str, Readable], ...]:
    """What a name asks to be read: the items it means, or, for a ruleset, everything it declares.

    Items of the first document that has one by that name come before those of later ones.
    """
    for document in documents:
        for owner, item in readable(document):
            if isinstance(item, t.Declaration) and item.kind == "ruleset" and name in spellings(owner, item.names):
                return tuple((o[0], i) for o, i in readable(document) if isinstance(i, t.Declaration | t.NormDecl))
    return find(documents, name)


def known(documents: Iterable[t.Document]) -> tuple[str, ...]:
    """Every name by which something can be asked for."""
    return tuple(
        sorted(
            {
                spelling
                for document in documents
                for owner, item in readable(document)
                if isinstance(item, t.Declaration | t.NormDecl | t.Except)
                for spelling in spellings(owner, item.names)
            }
        )
    )


def spellings(owner: tuple[str, str], names: t.Names) -> frozenset[str]:
    """Short and full names of a thing in both languages."""
    short = [n for n in (names.en, names.zh) if n]
    return frozenset([*short, *(f"{o}.{n}" for o in owner if o for n in short)])


def readable(document: t.Document) -> Iterator[tuple[tuple[str, str], Readable]]:
    """Every item with its owner's name in English and Chinese, exceptions after the norm that they stand in."""
    head = next((i for i in document.items if isinstance(i, t.Declaration) and i.kind == "ruleset"), None)
    own = (head.names.id, head.names.zh) if head is not None else ("", "")
    for item in document.items:
        outer = ("", "") if item is head else own
        yield outer, item
        if isinstance(item, t.NormDecl):
            yield from _exceptions(item.body, _inside(own, item.names))


def _exceptions(body: Iterable[t.Clause], owner: tuple[str, str]) -> Iterator[tuple[tuple[str, str], Readable]]:
    for clause in body:
        if isinstance(clause, t.Except):
            yield owner, clause
            yield from _exceptions(clause.body, _inside(owner, clause.names))
        elif isinstance(clause, t.Effective | t.Zone | t.Cell | t.Row):
            yield from _exceptions(clause.body or (), owner)


def _inside(owner: tuple[str, str], names: t.Names) -> tuple[str, str]:
    en, zh = owner
    return f"{en}.{names.id}" if en else names.id, f"{zh}.{names.zh or names.id}" if zh else (names.zh or names.id)
