"""The second pass: what a declaration declares, except values: instruments, schemes, grades, layers, accounts, heads."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, cast

from landrules.base.period import Period
from landrules.base.quantity import Dimension
from landrules.base.valuetype import CodeType, GradeType, Simple, ValueType
from landrules.lang import tree as t
from landrules.rules.calendars import calendar
from landrules.rules.citations import citations, own_period
from landrules.rules.faults import hint
from landrules.rules.model import (
    Account,
    Bilingual,
    CodeEntry,
    CodeScheme,
    GradeSystem,
    Instrument,
    LayerField,
    LayerSchema,
    PlanLevel,
    RulesetInfo,
)
from landrules.rules.symbols import Module, Symbol, find, find_type, word_of
from landrules.rules.world import World, title_of

SIMPLE: dict[str, ValueType] = {
    **{d.value: d for d in Dimension},
    **{s.value: s for s in (Simple.BOOLEAN, Simple.DATE, Simple.TEXT, Simple.LEVEL)},
}


def bind_declared(world: World) -> None:
    """Fill schemes, grade systems, instruments, then layers and accounts, then the heads, which cite."""
    by_kind: dict[str, list[Symbol]] = {}
    for name in sorted(world.names.modules):
        for symbol in world.names.modules[name].declared():
            by_kind.setdefault(symbol.kind, []).append(symbol)
    for symbol in by_kind.get("scheme", ()):
        world.schemes.setdefault(symbol.key, _scheme(symbol, world))
    for symbol in by_kind.get("grades", ()):
        world.grades.setdefault(symbol.key, _grades(symbol, world))
    for symbol in by_kind.get("instrument", ()):
        world.instruments[symbol.id] = _instrument(symbol, world)
    for symbol in by_kind.get("instrument", ()):
        _repealed(symbol, world)
    for symbol in by_kind.get("calendar", ()):
        world.calendars[symbol.id] = calendar(symbol, declaration(symbol), title(symbol), world)
    for symbol in by_kind.get("layer", ()):
        world.layers.setdefault(symbol.key, _layer(symbol, world))
    for symbol in by_kind.get("account", ()):
        if (kind := type_of(declaration(symbol).type, symbol, world)) is not None:
            world.accounts.setdefault(symbol.key, Account(symbol.key, title(symbol), kind))
    for name in sorted(world.names.modules):
        world.rulesets[name] = _head(world.names.modules[name], world)


def declaration(symbol: Symbol) -> t.Declaration:
    """The declaration behind a name that is no norm."""
    return cast(t.Declaration, symbol.node)


def settings(body: tuple[t.Clause, ...]) -> dict[str, t.Setting]:
    """The settings of a block by key; the first counts."""
    found: dict[str, t.Setting] = {}
    for clause in body:
        if isinstance(clause, t.Setting):
            found.setdefault(clause.key, clause)
    return found


def title(symbol: Symbol) -> Bilingual:
    """The title an author gave, or the name."""
    return title_in(symbol.node.body, title_of(symbol.names))


def title_in(body: tuple[t.Clause, ...], otherwise: Bilingual) -> Bilingual:
    """The `title` of a block; a language without one takes the other's."""
    found = next((c.text for c in body if isinstance(c, t.Title)), None)
    return bilingual(found) if found else otherwise


def bilingual(text: t.Text) -> Bilingual:
    """A text as a value, both languages filled."""
    return Bilingual(text.zh or text.en, text.en or text.zh)


def type_of(node: t.TypeNode | None, symbol: Symbol, world: World) -> ValueType | None:
    """A written type; an unknown scheme or grade system is a mistake."""
    if node is None:
        raise ValueError(f"{symbol.id} has no type, which the grammar asks for")
    if node.name not in ("code", "grade"):
        return SIMPLE[node.name]
    wanted = "scheme" if node.name == "code" else "grades"
    found = find_type(symbol.module, wanted, node.of)
    if found is None:
        known = [w.removesuffix(":") for w, s in symbol.module.visible.items() if s.kind == wanted]
        world.faults.add("LR215" if wanted == "scheme" else "LR221", node.span, name=node.of, **hint(node.of, known))
        return None
    return CodeType(found.key) if wanted == "scheme" else GradeType(found.key)


def _scheme(symbol: Symbol, world: World) -> CodeScheme:
    node = declaration(symbol)
    entries: dict[str, CodeEntry] = {}
    if (source := settings(node.body).get("source")) is not None:
        rows = world.files.get((symbol.module.document.source.name, word_of(source.values)), ())
        for row in rows:
            text = Bilingual(row["name_zh"] or row["name_en"], row["name_en"] or row["name_zh"])
            entries[row["code"]] = CodeEntry(row["code"], text, row["parent"])
    for clause in node.body:
        if isinstance(clause, t.CodeClause):
            if clause.code in entries:
                world.faults.add("LR225", clause.span, code=clause.code, scheme=symbol.key)
            entries[clause.code] = CodeEntry(clause.code, bilingual(clause.text), clause.under)
    for clause in node.body:
        if isinstance(clause, t.CodeClause) and clause.under and clause.under not in entries:
            world.faults.add("LR214", clause.span, code=clause.under, scheme=symbol.key, **hint(clause.under, entries))
    _no_ring(symbol, entries, world)
    return CodeScheme(symbol.key, title(symbol), MappingProxyType(entries))


def _no_ring(symbol: Symbol, entries: dict[str, CodeEntry], world: World) -> None:
    """A code below itself would never end: say so and cut it."""
    sound: set[str] = set()
    for start in list(entries):
        seen: dict[str, None] = {}
        code = start
        while code and code in entries and code not in seen and code not in sound:
            seen[code] = None
            code = entries[code].parent
        if code in seen:
            road = list(seen)
            ring = " → ".join([*road[road.index(code) :], code])
            world.faults.add("LR226", symbol.span, scheme=symbol.key, ring=ring)
            entries[code] = CodeEntry(code, entries[code].title)
        sound.update(seen)


def _grades(symbol: Symbol, world: World) -> GradeSystem:
    found = settings(declaration(symbol).body)
    low, high = number_range(found.get("range"))
    if "range" not in found or "better" not in found:
        world.faults.add("LR427", symbol.span, name=symbol.names.id)
    better = word_of(found["better"].values) if "better" in found else "lower"
    return GradeSystem(symbol.key, title(symbol), low, high, better == "lower")


def number_range(setting: t.Setting | None) -> tuple[Fraction, Fraction]:
    """The two ends of a `range`."""
    values = [x for x in setting.values if isinstance(x, t.NumberLit)] if setting else []
    if len(values) != 2:
        return Fraction(0), Fraction(0)
    return Fraction(values[0].value), Fraction(values[1].value)


def _instrument(symbol: Symbol, world: World) -> Instrument:
    node = declaration(symbol)
    found = settings(node.body)
    period = own_period(node.body, world) or Period()
    number_of = word_of(found["number"].values) if "number" in found else ""
    return Instrument(symbol.id, title(symbol), number_of, period, end_verified="ends" not in found)


def _repealed(symbol: Symbol, world: World) -> None:
    """An instrument that another repeals ends the day before that one begins, unless it says itself when it ends."""
    node = declaration(symbol)
    setting = settings(node.body).get("repealed by")
    if setting is None:
        return
    by = setting.values[0]
    name = word_of(setting.values)
    found = find(world.names, symbol.module, by) if isinstance(by, t.Path) else None
    if found is None:
        found = find(world.names, symbol.module, t.Path(tuple(name.split(".")), setting.span))
    if found is None or found[0].kind != "instrument":
        known = [w for w, s in symbol.module.visible.items() if s.kind == "instrument"]
        world.faults.add("LR220", setting.span, name=name, **hint(name, known))
        return
    own = world.instruments[symbol.id]
    start = world.instruments[found[0].id].period.start
    if own.period.end is None and start is not None:
        period = Period(own.period.start, start - timedelta(days=1))
        world.instruments[symbol.id] = replace(own, period=period)


def _layer(symbol: Symbol, world: World) -> LayerSchema:
    fields: dict[str, LayerField] = {}
    spelled: set[str] = set()
    for clause in declaration(symbol).body:
        if not isinstance(clause, t.FieldClause):
            continue
        kind = type_of(clause.type, symbol, world)
        names = {n for n in (clause.names.en, clause.names.zh) if n}
        if twice := sorted(names & spelled):
            world.faults.add("LR204", clause.names.span, name=twice[0], first=str(symbol.span))
            continue
        spelled |= names
        if clause.apportioned and kind is not None and not isinstance(kind, Dimension):
            world.faults.add("LR323", clause.span, name=clause.names.id)
        if kind is not None:
            fields[clause.names.id] = LayerField(
                clause.names.id, clause.names.zh, kind, clause.apportioned, clause.optional
            )
    return LayerSchema(symbol.key, title(symbol), MappingProxyType(fields))


def _head(module: Module, world: World) -> RulesetInfo:
    body = module.head.body
    found = settings(body)
    for key, zh in (("level", "级别"), ("version", "版本")):
        if key not in found:
            world.faults.add("LR419", module.names.span, clause_zh=zh, clause_en=key)
    level = word_of(found["level"].values) if "level" in found else "national"
    default = word_of(found["default"].values) if "default" in found else ""
    cited = citations(body, module, world)
    if default == "deny" and not cited:
        world.faults.add("LR407", found["default"].span)
    return RulesetInfo(
        module.id,
        title_in(body, title_of(module.names)),
        cast(PlanLevel, level),
        word_of(found["version"].values) if "version" in found else "",
        cast(Literal["refer", "deny", ""], default),
        cited,
        module.document.source.name,
        _digest(module, world),
    )


def _digest(module: Module, world: World) -> str:
    """The digest of the file; with files of codes and rows beside it, of all their contents together."""
    file = module.document.source.name
    sources = sorted(name for of, name in world.files if of == file)
    sheets = sorted(name for of, name in world.sheets if of == file)
    if not sources and not sheets:
        return module.document.source.sha256
    digest = hashlib.sha256(module.document.source.sha256.encode())
    for name in sources:
        for row in world.files[file, name]:
            digest.update(repr(sorted(row.items())).encode())
    for name in sheets:
        digest.update(f"{name}\n{world.sheets[file, name].sha256}\n".encode())
    return digest.hexdigest()
