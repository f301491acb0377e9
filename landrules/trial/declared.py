"""What rule files declare, by full id: the names people know it by, where it is written, which norms read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.lang.printing.clauses import chunks
from landrules.lang.printing.layout import joined
from landrules.lang.printing.words import Words
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.citations import stretches
from landrules.rules.load import Loaded
from landrules.rules.names import Translate, translator
from landrules.rules.symbols import head_of
from landrules.rules.walk import norm_expressions, walk
from landrules.trial.sentences import shortened
from landrules.trial.witness import exceptions_of

LANGUAGES: tuple[Literal["zh"], Literal["en"]] = ("zh", "en")


@frozen
class Written:
    """Where something is declared, and each of its dated parts."""

    span: Span
    spans: Mapping[Period, Span]


@frozen
class Declared:
    """Names and places by full id; an exception inside a norm has the id ``<norm>.<exception>``."""

    names: Mapping[str, m.Bilingual]
    sources: Mapping[str, Written]
    clauses: Mapping[tuple[str, int], t.Clause]
    """Every clause by the file and the place where it begins."""
    translate: Translate

    def of(self, id_: str) -> m.Bilingual:
        """The name in both languages; the last part of the id where nothing declares it."""
        last = id_.rsplit(".", 1)[-1]
        return self.names.get(id_, m.Bilingual(last, last))

    def written(self, span: Span | None) -> m.Bilingual:
        """What is written somewhere, as it reads in each language; as it stands where that is no clause."""
        if span is None:
            return m.Bilingual("", "")
        clause = self.clauses.get((span.source.name, span.start))
        match clause:
            case None:
                return m.Bilingual(shortened(span.text), shortened(span.text))
            case t.Duty(text=text):
                return m.Bilingual(shortened(text.zh or text.en), shortened(text.en or text.zh))
            case t.Condition():
                clause = replace(clause, otherwise=None)
            case _:
                pass
        zh, en = (joined(chunks(Words(lang, self.translate), clause)) for lang in LANGUAGES)
        return m.Bilingual(shortened(zh), shortened(en))

    def readers(self, rules: m.RuleSet) -> Mapping[str, set[str]]:
        """By the id of a table, parameter, list or instrument, the norms that hang on it."""
        found: dict[str, set[str]] = defaultdict(set)
        by_instrument = {id(instrument): id_ for id_, instrument in rules.instruments.items()}
        for norm in rules.norms:
            cited = [*norm.citations, *(c for b in norm.branches for c in b.citations)]
            cited += [c for x in exceptions_of(norm.exceptions) for c in x.citations]
            for id_ in _read(norm):
                found[id_].add(norm.id)
                cited += _cited_by(id_, rules)
            for citation in cited:
                if (instrument := by_instrument.get(id(citation.instrument))) is not None:
                    found[instrument].add(norm.id)
        return found


def declared(loaded: Loaded) -> Declared:
    """What the files that were read declare, imports included."""
    names: dict[str, m.Bilingual] = {}
    sources: dict[str, Written] = {}
    clauses: dict[tuple[str, int], t.Clause] = {}
    for document in loaded.documents:
        head = head_of(document)
        if head is None:
            continue
        for item in document.items:
            if isinstance(item, t.NormDecl | t.Declaration):
                clauses |= {(document.source.name, c.span.start): c for c in _all(item.body)}
            if isinstance(item, t.NormDecl):
                names |= dict(_inside(f"{head.names.id}.{item.names.id}", item.names, item.body))
            elif isinstance(item, t.Declaration):
                id_ = f"{head.names.id}.{item.names.id}"
                names[id_] = _both(item.names)
                sources[id_] = Written(item.names.span, {s.period: s.span for s in stretches(item.body)})
    return Declared(names, sources, clauses, translator(loaded.documents))


def _inside(id_: str, names: t.Names, body: Iterable[t.Clause]) -> Iterator[tuple[str, m.Bilingual]]:
    yield id_, _both(names)
    for clause in body:
        if isinstance(clause, t.Except):
            yield from _inside(f"{id_}.{clause.names.id}", clause.names, clause.body)


def _all(body: Iterable[t.Clause]) -> Iterator[t.Clause]:
    for clause in body:
        yield clause
        if isinstance(clause, t.Except | t.Zone | t.Cell | t.Row | t.Effective):
            yield from _all(clause.body or ())


def _both(names: t.Names) -> m.Bilingual:
    return m.Bilingual(names.zh or names.en, names.en or names.zh)


def _read(norm: m.Norm) -> set[str]:
    nodes = (node for root in norm_expressions(norm) for node in walk(root))
    return {node.id for node in nodes if isinstance(node, e.ParameterRef | e.Lookup | e.ListRef)}


def _cited_by(id_: str, rules: m.RuleSet) -> list[m.Citation]:
    if (table := rules.tables.get(id_)) is not None:
        return [*table.citations, *(c for row in table.rows for c in row.citations)]
    if (parameter := rules.parameters.get(id_)) is not None:
        return [c for _, _, cites in parameter.values for c in cites]
    return [c for _, _, cites in rules.lists[id_].entries for c in cites]
