"""Two versions of a body of rules compared: which differences a reader of the law would care about.

Trees are compared without comments and in one spelling, so that formatting, the language of the keywords and the order
of declarations and clauses are no change. A rule is known by its English name, else by its Chinese one: a new alias leaves
it the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from landrules.base.frozen import frozen
from landrules.book.canonical import canonical
from landrules.book.glossary import Glossary, glossary
from landrules.book.read import readable
from landrules.book.retell import NOWHERE
from landrules.book.series import Step, Stretch, steps, stretch
from landrules.lang import tree as t
from landrules.rules.load import Loaded

Item = t.Declaration | t.NormDecl
What = Literal["added", "removed", "changed", "renamed", "series"]


@frozen
class Edition:
    """One version: its declarations by dotted name, made canonical; and its glossary."""

    items: Mapping[str, Item]
    names: Glossary


@frozen
class Change:
    """One difference: in which declaration, of which of its clauses (or exceptions), before and after.

    `within` are the names of exceptions that the clause stands in; `period` the stretch it is written for. A `series`
    is a value, a row or a member that differs in a period (`step`), `key` being the row's or the member's.
    """

    id: str
    what: What
    before: object | None = None
    after: object | None = None
    within: tuple[t.Names, ...] = ()
    period: t.PeriodNode | None = None
    step: Step | None = None
    key: object | None = None


def edition(loaded: Loaded) -> Edition:
    """The declarations that were asked for; tests and imports say nothing of the law."""
    names = glossary(loaded.documents, loaded.ruleset)
    found: dict[str, Item] = {}
    for document in loaded.asked:
        for owner, item in readable(document):
            if isinstance(item, Item):
                found[f"{owner[0]}.{item.names.id}" if owner[0] else item.names.id] = canonical(item, names)
    return Edition(dict(sorted(found.items())), names)


def changes(before: Edition, after: Edition) -> tuple[Change, ...]:
    """Every difference, by dotted name."""
    found: list[Change] = []
    partner = _partners(before.items, after.items)
    for name in sorted({*before.items, *after.items}):
        old, new = before.items.get(name), after.items.get(partner.get(name, name))
        if name in partner.values() and name not in before.items:
            continue
        if old is None:
            found.append(Change(name, "added", None, new))
        elif new is None:
            found.append(Change(name, "removed", old, None))
        elif old != new:
            found += _differences(partner.get(name, name), old, new)
    return tuple(found)


def _partners(old: Mapping[str, Item], new: Mapping[str, Item]) -> dict[str, str]:
    """Declarations whose English name changed while the Chinese one stayed, in the same ruleset."""
    lost = {n: i for n, i in old.items() if n not in new and i.names.zh}
    fresh = {n: i for n, i in new.items() if n not in old and i.names.zh}
    return {
        n: m
        for n, i in lost.items()
        for m, j in fresh.items()
        if i.names.zh == j.names.zh and i.kind == j.kind and n.rpartition(".")[0] == m.rpartition(".")[0]
    }


def _differences(name: str, old: Item, new: Item) -> list[Change]:
    if old.kind != new.kind:
        return [Change(name, "changed", old, new)]
    found = []
    if old.names != new.names:
        found.append(Change(name, "renamed", old.names, new.names))
    if _head(old) != _head(new):
        found.append(Change(name, "changed", _head(old), _head(new)))
    for key, series in _series(old.body, new.body).items():
        found += [Change(name, "series", step=s, key=_keys(old.body, new.body)[key]) for s in steps(*series)]
    return [*found, *_parts(name, (), _rest(old.body), _rest(new.body))]


def _head(item: Item) -> Item:
    """What a declaration says outside its braces, names apart."""
    unnamed = t.Names("", "", NOWHERE)
    if isinstance(item, t.NormDecl):
        return replace(item, names=unnamed, body=())
    params = tuple(replace(p, names=unnamed) for p in item.params)
    return replace(item, names=unnamed, params=params, body=())


# --------------------------------------------------------------------------- what has a history of its own


def _dated(
    body: Iterable[t.Clause], period: t.PeriodNode | None = None
) -> Iterable[tuple[t.Clause, t.PeriodNode | None]]:
    for clause in body:
        if isinstance(clause, t.Effective) and clause.body is not None:
            yield from _dated(clause.body, clause.period)
        else:
            yield clause, period


def _told(body: Iterable[t.Clause]) -> Iterable[tuple[object, object, Stretch]]:
    """Values, rows and members with their key and stretch."""
    for clause, period in _dated(body):
        match clause:
            case t.Setting(key="value", values=(only,)):
                yield "value", None, stretch(only, period)
            case t.Setting(key="includes", values=members):
                for member in members:
                    yield member, member, stretch(True, period)
            case t.Row():
                own = next((c.period for c in clause.body if isinstance(c, t.Effective)), period)
                yield clause.keys, clause.keys, stretch(clause.value, own)
            case _:
                pass


def _series(old: Sequence[t.Clause], new: Sequence[t.Clause]) -> dict[str, tuple[list[Stretch], list[Stretch]]]:
    found: dict[str, tuple[list[Stretch], list[Stretch]]] = {}
    for side, body in enumerate((old, new)):
        for key, _, part in _told(body):
            found.setdefault(repr(key), ([], []))[side].append(part)
    return found


def _keys(*bodies: Sequence[t.Clause]) -> dict[str, object]:
    return {repr(key): shown for body in bodies for key, shown, _ in _told(body)}


# --------------------------------------------------------------------------- clauses


@frozen
class _Part:
    key: str
    node: t.Clause
    period: t.PeriodNode | None
    place: tuple[t.Expr, ...] = ()


def _rest(body: Sequence[t.Clause], place: tuple[t.Expr, ...] = ()) -> list[_Part]:
    """The clauses without a history: zones opened, dated stretches opened, rows reduced to their sources."""
    found: list[_Part] = []
    for clause, period in _dated(body):
        match clause:
            case t.Setting(key="value" | "includes"):
                pass
            case t.Row():
                found += [
                    _Part(f"row {clause.keys!r} {_key(c)}", c, period, clause.keys)
                    for c in clause.body
                    if isinstance(c, t.Cites)
                ]
            case t.Zone():
                found += [replace(p, key=f"zone {clause.codes!r} {p.key}") for p in _rest(clause.body, clause.codes)]
            case _:
                found.append(_Part(_key(clause), clause, period, place))
    return found


def _key(clause: t.Clause) -> str:
    """What makes two clauses versions of one another."""
    match clause:
        case t.Cites():
            return f"cites {clause.instrument!r} {clause.loci!r}"
        case t.SubjectTo():
            return f"{clause.kind} {clause.matter}"
        case t.Condition():
            return clause.kind
        case t.Given() | t.Except() | t.FieldClause():
            return f"{type(clause).__name__} {clause.names.id}"
        case t.CodeClause():
            return f"code {clause.code}"
        case t.Setting():
            return f"setting {clause.key}"
        case t.Cell():
            return f"cell {clause.word}"
        case _:
            return type(clause).__name__


def _parts(name: str, within: tuple[t.Names, ...], old: list[_Part], new: list[_Part]) -> list[Change]:
    """Clauses matched: first those that are alike, then those of one key, the rest added or removed."""
    left = list(old)
    fresh: list[_Part] = []
    for part in new:
        if part in left:
            left.remove(part)
        else:
            fresh.append(part)
    found: list[Change] = []
    for part in fresh:
        match = next((p for p in left if p.key == part.key), None)
        if match is None:
            found.append(Change(name, "added", None, part.node, within, part.period, key=part.place))
            continue
        left.remove(match)
        if isinstance(match.node, t.Except) and isinstance(part.node, t.Except):
            inner = (*within, part.node.names)
            if match.node.names != part.node.names:
                found.append(Change(name, "renamed", match.node.names, part.node.names, within))
            found += _parts(name, inner, _rest(match.node.body), _rest(part.node.body))
        else:
            found.append(Change(name, "changed", match.node, part.node, within, part.period, key=part.place))
    found += [Change(name, "removed", p.node, None, within, p.period, key=p.place) for p in left]
    return found
