"""What stands in a rule book: one entry a rule or a declaration, with all that is printed of it, and the indexes.

What comes in are the documents of some references and how their tests came out; what goes out is plain text in one
language. Markup is made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.book.glossary import Glossary
from landrules.book.passage import Passage
from landrules.book.read import mentioned, nodes, read, readable
from landrules.book.rows import keys, outcome
from landrules.book.sources import locus, one
from landrules.book.speech import Speech
from landrules.book.trials import expectation
from landrules.book.values import value
from landrules.lang import tree as t
from landrules.trial import TrialResult


@frozen
class Source:
    """A citation: where, its state (a status of the language), and when it was read."""

    where: str
    instrument: str
    article: str
    order: tuple[int, str]
    status: str
    status_word: str
    verified_on: str


@frozen
class Dated:
    """A value in its stretch of time: of a parameter, or of a row."""

    keys: str
    value: str
    period: str
    source: str


@frozen
class Tested:
    """A test that speaks of a rule: its title, the day, what it expects of the rule, and whether it passed."""

    title: str
    day: str
    expects: str
    passed: bool | None


@frozen
class BookEntry:
    """One rule or declaration of a book."""

    id: str
    anchor: str
    group: str
    kind: str
    title: str
    ruleset: str
    level: str
    is_norm: bool
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    values: tuple[Dated, ...]
    tests: tuple[Tested, ...]
    mentions: tuple[str, ...]
    layers: tuple[str, ...]
    text: str


@frozen
class Part:
    """One ruleset of a book: its title, its version, its entries in the order of the file."""

    id: str
    anchor: str
    title: str
    level: str
    version: str
    entries: tuple[BookEntry, ...]


@frozen
class Book:
    """A whole rule book."""

    lang: Lang
    title: str
    parts: tuple[Part, ...]

    @property
    def entries(self) -> tuple[BookEntry, ...]:
        """All entries."""
        return tuple(e for part in self.parts for e in part.entries)


_ORDER = ("norm", "parameter", "fill", "table", "crosswalk", "list", "define", "calendar", "group", "account", "layer")
_LEFT_OUT = frozenset({"ruleset", "instrument", "scheme", "grades"})


def book(
    documents: Sequence[t.Document], names: Glossary, results: Sequence[TrialResult], lang: Lang, title: str
) -> Book:
    """The book of some documents. `results` are of the tests of these documents; tests without one were not run."""
    outcomes = {(r.file, r.line): r.passed for r in results}
    parts = [_part(d, names, outcomes, lang) for d in sorted(documents, key=lambda d: d.source.name)]
    return Book(lang, title, tuple(p for p in parts if p.entries))


def _part(document: t.Document, names: Glossary, outcomes: Mapping[tuple[str, int], bool], lang: Lang) -> Part:
    s = Speech(lang, names)
    head = next((i for i in document.items if isinstance(i, t.Declaration) and i.kind == "ruleset"), None)
    own = head.names.id if head is not None else document.source.name
    settings = {c.key: c.values for c in (head.body if head else ()) if isinstance(c, t.Setting)}
    level = s.rank(_word(settings.get("level", ())))
    title = next((s.text(c.text) for c in (head.body if head else ()) if isinstance(c, t.Title)), own)
    tests = [i for i in document.items if isinstance(i, t.Test)]
    entries = [
        _entry(item, owner[0], document, tests, outcomes, s, level)
        for owner, item in readable(document)
        if isinstance(item, t.NormDecl) or (isinstance(item, t.Declaration) and item.kind not in _LEFT_OUT)
    ]
    entries.sort(key=lambda e: _ORDER.index(e.group))
    return Part(own, anchor(own), title, level, _word(settings.get("version", ())), tuple(entries))


def _word(values: Sequence[t.Expr]) -> str:
    return values[0].value if values and isinstance(values[0], t.StringLit) else ""


def anchor(name: str) -> str:
    """A name as the target of a link."""
    return "r-" + "".join(c if c.isalnum() or c in "._-" else "-" for c in name)


def _entry(
    item: t.Declaration | t.NormDecl,
    owner: str,
    document: t.Document,
    tests: Iterable[t.Test],
    outcomes: Mapping[tuple[str, int], bool],
    s: Speech,
    level: str,
) -> BookEntry:
    reading = read(item, s.names, s.lang, owner=owner)
    values = tuple(_values(s, item)) if isinstance(item, t.Declaration) else ()
    said = read(_without_values(item), s.names, s.lang, owner=owner) if values else reading
    known = mentioned(s.names, item)
    spelled = {item.names.en, item.names.zh} - {""}
    return BookEntry(
        id=reading.id,
        anchor=anchor(reading.id),
        group="norm" if isinstance(item, t.NormDecl) else item.kind,
        kind=reading.kind,
        title=reading.title,
        ruleset=owner,
        level=level,
        is_norm=isinstance(item, t.NormDecl),
        passages=said.passages,
        sources=tuple(dict.fromkeys(_source(s, c) for c in nodes(item) if isinstance(c, t.Cites))),
        values=values,
        tests=tuple(_tested(s, test, x, document, outcomes) for test in tests for x in _about(test, spelled)),
        mentions=tuple(e.names.id for e in known if e.kind not in ("layer", "define", "scheme", "grades")),
        layers=tuple(s.heading(e) for e in known if e.kind == "layer"),
        text=document.source.text[item.span.start : item.span.end],
    )


def _source(s: Speech, node: t.Cites) -> Source:
    places = [locus(s, x) for x in node.loci]
    first = min((x.article or 0 for x in node.loci), default=0)
    return Source(
        one(s, node, states=False),
        s.instrument(node.instrument.parts),
        s.say("、", ", ").join(p for p in places if p),
        (first, places[0] if places else ""),
        node.status,
        s.status(node.status),
        s.day(node.verified_on) if node.verified_on is not None else "",
    )


def _values(s: Speech, item: t.Declaration) -> Iterable[Dated]:
    """The values of a parameter and the rows of a table, with their dates and sources; none where a row says more."""
    if item.kind not in ("parameter", "fill", "table", "crosswalk"):
        return
    if any(isinstance(c, t.Row) and not all(isinstance(x, t.Cites | t.Effective) for x in c.body) for c in nodes(item)):
        return
    own = [c for c in item.body if isinstance(c, t.Cites)]
    blocks: list[tuple[t.PeriodNode | None, tuple[t.Clause, ...]]] = [(None, item.body)]
    blocks += [(c.period, c.body) for c in item.body if isinstance(c, t.Effective) and c.body is not None]
    for period, body in blocks:
        near = [c for c in body if isinstance(c, t.Cites)] or own
        for clause in body:
            if isinstance(clause, t.Setting) and clause.key == "value":
                yield _dated(s, "", value(s, clause.values[0]), period, near)
            elif isinstance(clause, t.Row):
                dates = next((c.period for c in clause.body if isinstance(c, t.Effective)), period)
                cites = [c for c in clause.body if isinstance(c, t.Cites)] or near
                yield _dated(s, keys(s, clause), outcome(s, clause.value), dates, cites)


def _without_values(item: t.Declaration | t.NormDecl) -> t.Declaration | t.NormDecl:
    """The declaration without what stands in its table of values: that is shown once."""
    return replace(item, body=tuple(_left(item.body)))


def _left(body: Iterable[t.Clause]) -> Iterator[t.Clause]:
    for clause in body:
        if isinstance(clause, t.Row) or (isinstance(clause, t.Setting) and clause.key == "value"):
            continue
        if not isinstance(clause, t.Effective) or clause.body is None:
            yield clause
            continue
        rest = tuple(_left(clause.body))
        if any(not isinstance(c, t.Cites) for c in rest):
            yield replace(clause, body=rest)


def _dated(s: Speech, key: str, told: str, period: t.PeriodNode | None, cites: Sequence[t.Cites]) -> Dated:
    span = s.period(period.start, period.end) if period is not None else s.say("始终", "always")
    return Dated(key, told, span, s.say("；", "; ").join(one(s, c) for c in cites))


def _about(test: t.Test, spelled: set[str]) -> tuple[t.Expect, ...]:
    """What a test expects of a rule."""
    return tuple(
        x for x in test.items if isinstance(x, t.Expect) and x.norm is not None and x.norm.parts[-1] in spelled
    )


def _tested(
    s: Speech, test: t.Test, node: t.Expect, document: t.Document, outcomes: Mapping[tuple[str, int], bool]
) -> Tested:
    day = next((s.day(i.value) for i in test.items if isinstance(i, t.LawDate)), "")
    return Tested(s.text(test.text), day, expectation(s, node), outcomes.get((document.source.name, test.span.line)))
