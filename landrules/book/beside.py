"""What other declarations and other files add to a rule: exceptions to it, its successor, its rivals, values filled in.

Found from the trees alone, as everything that is read aloud is: a name means what it means in its own ruleset first, and
otherwise the thing of that name in the files at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.book.glossary import EMPTY, Glossary
from landrules.book.passage import Passage
from landrules.book.read import Readable, Reading, defined, mentioned, read, readable
from landrules.book.sources import cited
from landrules.book.speech import Speech
from landrules.book.values import value
from landrules.lang import tree as t


@frozen
class Placed:
    """A declaration, the id of its ruleset, and that ruleset itself where its file names one."""

    node: t.NormDecl | t.Declaration
    ruleset: str
    head: t.Declaration | None

    @property
    def id(self) -> str:
        """The full canonical name."""
        return _below(self.ruleset, self.node.names)


@frozen
class Beside:
    """The declarations of some files that speak of others, by the full canonical name of what they speak of."""

    names: Glossary = EMPTY
    exceptions: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)
    successors: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)
    fills: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)


NOTHING = Beside()


def beside(documents: Iterable[t.Document], names: Glossary) -> Beside:
    """What the declarations of some files say of each other."""
    files = tuple(documents)
    known = _Known(files, names)
    found: dict[str, dict[str, list[Placed]]] = {key: {} for key in ("except", "supersedes", "rivals", "fill")}
    for document in files:
        head = _head(document)
        own = head.names.id if head is not None else ""
        for item in document.items:
            if isinstance(item, t.NormDecl | t.Declaration):
                placed = Placed(item, own, head)
                for key, target in _spoken_of(item, own, known):
                    here = found[key].setdefault(target, [])
                    if placed not in here:
                        here.append(placed)
    rows = ({target: tuple(placed) for target, placed in by_target.items()} for by_target in found.values())
    return Beside(names, *rows)


def read_beside(node: Readable, other: Beside, names: Glossary, lang: Lang, *, owner: str = "") -> Reading:
    """The reading of one item with all that other declarations add to it.

    Exceptions that stand by themselves are read where they belong, with the title of their ruleset where that is another.
    """
    if not isinstance(node, t.NormDecl | t.Except | t.Declaration):
        return read(node, names, lang, owner=owner)
    speech = Speech(lang, names)
    own = _below(owner, node.names)
    whole = node
    if not isinstance(node, t.Declaration):
        whole = replace(node, body=_grafted(node.body, own, _ruleset(own, other), other, (own,)))
    reading = read(whole, names, lang, owner=owner)
    added = tuple(_added(speech, node, whole, own, other))
    return replace(reading, passages=(*reading.passages, *added))


def _below(owner: str, names: t.Names) -> str:
    return f"{owner}.{names.id}" if owner else names.id


def _head(document: t.Document) -> t.Declaration | None:
    return next((i for i in document.items if isinstance(i, t.Declaration) and i.kind == "ruleset"), None)


# --------------------------------------------------------------------------- who speaks of whom


class _Known:
    """Norms, exceptions, groups and parameters by their full canonical names."""

    def __init__(self, documents: Sequence[t.Document], names: Glossary) -> None:
        self.names = names
        self.ids: dict[str, None] = {}
        self.groups: dict[str, tuple[t.Declaration, str]] = {}
        for document in documents:
            head = _head(document)
            for (owner, _), item in readable(document):
                if isinstance(item, t.NormDecl | t.Except):
                    self.ids[_below(owner, item.names)] = None
                elif isinstance(item, t.Declaration) and item.kind in ("group", "parameter"):
                    self.ids[_below(owner, item.names)] = None
                    if item.kind == "group":
                        self.groups[_below(owner, item.names)] = item, head.names.id if head is not None else ""

    def meant(self, path: t.Path, ruleset: str) -> str | None:
        """The full name that a path in a ruleset means; `None` where nothing in the files has it."""
        name = ".".join(self.names.dotted(path.parts, "en"))
        if name in self.ids:
            return name
        if f"{ruleset}.{name}" in self.ids:
            return f"{ruleset}.{name}"
        return next((i for i in self.ids if i.endswith(f".{name}")), None)

    def opened(self, path: t.Path, ruleset: str, seen: set[str]) -> Iterator[str]:
        """What a path means, groups opened."""
        found = self.meant(path, ruleset)
        if found is None or found in seen:
            return
        seen.add(found)
        if found not in self.groups:
            yield found
            return
        group, home = self.groups[found]
        for member in _paths(group.body, "includes"):
            yield from self.opened(member, home, seen)


def _paths(body: Iterable[t.Clause], key: str) -> Iterator[t.Path]:
    for clause in body:
        if isinstance(clause, t.Setting) and clause.key == key:
            yield from (v for v in clause.values if isinstance(v, t.Path))


def _spoken_of(item: t.NormDecl | t.Declaration, own: str, known: _Known) -> Iterator[tuple[str, str]]:
    """What a declaration excepts, supersedes, rivals or fills in: the word and the full name of the other."""
    if isinstance(item, t.Declaration):
        target = known.meant(item.target, own) if item.kind == "fill" and item.target is not None else None
        if target is not None:
            yield "fill", target
        return
    seen: set[str] = set()
    for path in item.excepts:
        yield from (("except", target) for target in known.opened(path, own, seen))
    for key in ("supersedes", "rivals"):
        for path in _paths(item.body, key):
            if (target := known.meant(path, own)) is not None:
                yield key, target


# --------------------------------------------------------------------------- exceptions in their places


def _ruleset(own: str, other: Beside) -> str:
    """The ruleset that a full name begins with, as far as anything beside it knows."""
    homes = {p.ruleset for row in (other.exceptions, other.successors, other.rivals, other.fills) for p in _all(row)}
    return max((h for h in homes if own.startswith(f"{h}.")), key=len, default="")


def _all(rows: Mapping[str, tuple[Placed, ...]]) -> Iterator[Placed]:
    for placed in rows.values():
        yield from placed


def _grafted(
    body: Sequence[t.Clause], own: str, ruleset: str, other: Beside, above: tuple[str, ...]
) -> tuple[t.Clause, ...]:
    """A body with the exceptions that stand elsewhere put where they belong; `above` are those already opened."""
    kept = tuple(_inner(clause, own, ruleset, other, above) for clause in body)
    return (*kept, *_separate(own, ruleset, other, above))


def _inner(clause: t.Clause, own: str, ruleset: str, other: Beside, above: tuple[str, ...]) -> t.Clause:
    match clause:
        case t.Except():
            inner = _below(own, clause.names)
            return replace(clause, body=_grafted(clause.body, inner, ruleset, other, (*above, inner)))
        case t.Effective(body=body) if body is not None:
            return replace(clause, body=tuple(_inner(c, own, ruleset, other, above) for c in body))
        case t.Zone() | t.Cell() | t.Row():
            return replace(clause, body=tuple(_inner(c, own, ruleset, other, above) for c in clause.body))
        case _:
            return clause


def _separate(own: str, ruleset: str, other: Beside, above: tuple[str, ...]) -> Iterator[t.Except]:
    for placed in other.exceptions.get(own, ()):
        node = placed.node
        if placed.id in above:
            continue
        body = _grafted(node.body, placed.id, placed.ruleset, other, (*above, placed.id))
        if placed.ruleset != ruleset:
            body = _with_place(node.names, body, placed)
        yield t.Except(node.names, body, node.span)


def _with_place(names: t.Names, body: tuple[t.Clause, ...], placed: Placed) -> tuple[t.Clause, ...]:
    """The body of an exception whose title also says in which ruleset it stands."""
    own = next((c.text for c in body if isinstance(c, t.Title)), None)
    title = {lang: Speech(lang, EMPTY).text(own) if own else Speech(lang, EMPTY).alias(names) for lang in _LANGS}
    zh = f"{title['zh']}（见规则集“{_title(placed, 'zh')}”）"
    en = f"{title['en']} (in the ruleset “{_title(placed, 'en')}”)"
    said = t.Title(t.Text(zh, en, names.span), names.span)
    return (said, *(c for c in body if not isinstance(c, t.Title)))


_LANGS: tuple[Lang, ...] = ("zh", "en")


def _title(placed: Placed, lang: Lang) -> str:
    """The title of the ruleset in which something stands, else its name."""
    s = Speech(lang, EMPTY)
    if placed.head is None:
        return placed.ruleset
    return next((s.text(c.text) for c in placed.head.body if isinstance(c, t.Title)), s.alias(placed.head.names))


# --------------------------------------------------------------------------- successors, rivals, fills


def _added(s: Speech, node: Readable, whole: Readable, own: str, other: Beside) -> Iterator[Passage]:
    home = _ruleset(own, other)
    for placed in other.successors.get(own, ()):
        since = next((_since(s, c) for c in placed.node.body if _names(c, "supersedes", own, placed, other)), "")
        name, en_since = _named(s, placed, home), since and f" {since}"
        yield Passage(s.say(f"{since and f'{since}，'}本条被{name}取代。", f"It is superseded by {name}{en_since}."))
    for placed in other.rivals.get(own, ()):
        name = _named(s, placed, home)
        yield Passage(
            s.say(
                f"{name}与本条竞合，二者不一致时由有权机关裁量。",
                f"It has a rival, {name}: where they differ the competent authority decides.",
            )
        )
    if isinstance(node, t.Declaration):
        yield from _fills(s, own, node.names, home, other)
        return
    terms = [expr for _, expr in defined(s.names, whole)]
    for entry in mentioned(s.names, (whole, *terms)):
        if entry.kind == "parameter":
            for full in other.fills:
                if full == entry.names.id or full.endswith(f".{entry.names.id}"):
                    yield from _fills(s, full, entry.names, home, other)


def _names(clause: t.Clause, key: str, own: str, placed: Placed, other: Beside) -> bool:
    """Whether a clause of a declaration names a norm."""
    if not isinstance(clause, t.Setting) or clause.key != key:
        return False
    paths = (".".join(other.names.dotted(v.parts, "en")) for v in clause.values if isinstance(v, t.Path))
    return any(own == path or own.endswith(f".{path}") for path in paths)


def _since(s: Speech, clause: t.Clause) -> str:
    days = [v.value for v in clause.values if isinstance(v, t.DateLit)] if isinstance(clause, t.Setting) else []
    return s.period(days[0], None) if days else ""


def _named(s: Speech, placed: Placed, home: str) -> str:
    """Another declaration by its title, with its ruleset where that is another."""
    title = next((s.text(c.text) for c in placed.node.body if isinstance(c, t.Title)), "") or s.alias(placed.node.names)
    if placed.ruleset == home:
        return s.quoted(title)
    return s.quoted(title) + s.bracketed(s.say("规则集", "ruleset ") + s.quoted(_title(placed, s.lang)))


_HERE = {
    "national": ("国家", "the state"),
    "provincial": ("本省", "the province"),
    "municipal": ("本市", "the city"),
    "county": ("本县", "the county"),
    "township": ("本乡镇", "the township"),
}


def _fills(s: Speech, full: str, names: t.Names, home: str, other: Beside) -> Iterator[Passage]:
    """What lower levels fill in for a parameter, one sentence a period."""
    for placed in other.fills.get(full, ()):
        blocks: list[tuple[t.PeriodNode | None, tuple[t.Clause, ...]]] = [(None, placed.node.body)]
        dated = [c for c in placed.node.body if isinstance(c, t.Effective)]
        whole = next((c.period for c in dated if c.body is None), None)
        blocks += [(c.period, c.body) for c in dated if c.body is not None]
        common = [c for c in placed.node.body if isinstance(c, t.Cites)]
        who = s.say(*_HERE.get(_level(placed), ("", "")))
        if placed.ruleset != home or not who:
            who += s.bracketed(s.say("规则集", "ruleset ") + s.quoted(_title(placed, s.lang)))
        for period, body in blocks:
            for clause in body:
                if isinstance(clause, t.Setting) and clause.key == "value":
                    span = period or whole
                    when = s.period(span.start, span.end) if span is not None else ""
                    sources = cited(s, [c for c in body if isinstance(c, t.Cites)] or common)
                    remarks = [x for x in (when, sources) if x]
                    said = value(s, clause.values[0])
                    more = s.bracketed(s.say("；", "; ").join(remarks)) if remarks else ""
                    name = s.term((names.id,))
                    yield Passage(
                        s.say(f"{name}：{who}填定为{said}{more}。", f"{name}: {who} fills in {said}{more}.").strip()
                    )


def _level(placed: Placed) -> str:
    """The level of the ruleset in which something stands."""
    body = placed.head.body if placed.head is not None else ()
    words = [
        v.value
        for c in body
        if isinstance(c, t.Setting) and c.key == "level"
        for v in c.values
        if isinstance(v, t.StringLit)
    ]
    return words[0] if words else ""
