"""`for each … holds`: whether every item of a collection, or everything that occurs in one, meets a condition.

One item that fails is enough. Without such an item whatever may still belong, or lies where nobody has looked, keeps
the answer open. Of nothing, everything holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from landrules.base.valuetype import Code, Grade
from landrules.base.vocabulary import NAMES, WORDS
from landrules.engine import unknown as u
from landrules.engine.members import Members, Predicate, members
from landrules.engine.scope import Judged, PieceItem, RecordItem, Scope, name_of
from landrules.rules import expr as e
from landrules.rules.model import Bilingual

Compiled = Callable[[Scope], Judged]


def every(
    scope: Scope, expr: e.ForEach, where: Predicate | None, value: Compiled | None, body: Predicate, mark: str
) -> u.Truth:
    """Whether all of a collection meet a condition; `mark` tells this question from the same one about other items."""
    result: u.Truth = True
    found = members(scope, expr.items, where)
    for place, belongs in _places(scope, expr.name, found, value):
        result = u.both(result, u.either(u.negated(belongs), body(place)))
        if result is False:
            return False
    if not found.unseen:
        return result
    key = f"every {expr.name} of {sorted(f.name for f in found.unseen)} {expr.items.where}: {expr.body}{mark}"
    return u.both(result, scope.assumed.settle(u.maybe(key, found.unseen)))


def first_failing(
    scope: Scope, expr: e.ForEach, where: Predicate | None, value: Compiled | None, body: Predicate
) -> Scope | None:
    """Where a condition fails first, for the trace: the place of that item."""
    places = _places(scope, expr.name, members(scope, expr.items, where), value)
    return next((place for place, belongs in places if belongs is True and body(place) is False), None)


def said(scope: Scope, name: str) -> Bilingual:
    """What a `for each` looks at, in words."""
    thing = scope.bound_to(name)
    match thing:
        case PieceItem(ground, row):
            layer = scope.evidence.rules.layers[ground.layer.name].title
            return Bilingual(f"{layer.zh} {ground.feature_id(row)}", f"{layer.en} {ground.feature_id(row)}")
        case RecordItem(_, own, _):
            parts = own.split(".")
            zh = "·".join(WORDS.get(p) or NAMES.get(p) or p for p in parts)
            return Bilingual(zh, " ".join(p.replace("_", " ") for p in parts))
        case Code(scheme, code):
            known = scope.evidence.rules.schemes.get(scheme)
            entry = known.entries.get(code) if known else None
            return (
                Bilingual(f"{entry.title.zh}（{code}）", f"{entry.title.en} ({code})")
                if entry
                else Bilingual(code, code)
            )
        case Grade(_, value):
            return Bilingual(str(value), str(value))
        case _:
            return Bilingual(name_of(thing), name_of(thing))


def _places(scope: Scope, name: str, items: Members, value: Compiled | None) -> Iterator[tuple[Scope, u.Truth]]:
    """The place of each item, or of each value that occurs, and whether it belongs."""
    if value is None:
        for member in items.found:
            yield scope.binding(name, member.item), member.belongs
        return
    occurring: dict[str, tuple[Judged, u.Truth]] = {}
    for member in items.found:
        what = value(member.scope)
        key = name_of(what)
        before = occurring[key][1] if key in occurring else False
        occurring[key] = (what, u.either(before, member.belongs))
    for key in sorted(occurring):
        what, belongs = occurring[key]
        yield scope.binding(name, what), belongs
