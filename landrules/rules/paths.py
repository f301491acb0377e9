"""What a dotted name means: a fact, a field of a feature, an item's field, a collection, or something declared."""

from __future__ import annotations

from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.base.valuetype import CodeType, ListType, RecordType, Simple
from landrules.base.vocabulary import BUILDING, PARCEL, PROPOSAL, SUPPLEMENT
from landrules.lang.tree import Path
from landrules.rules import expr as e
from landrules.rules.faults import hint
from landrules.rules.model import LayerSchema
from landrules.rules.scope import (
    WORD_OF,
    ItemKind,
    Items,
    Meaning,
    Scope,
    Typed,
    field_names,
    layer_key,
    record_key,
    words_of,
)
from landrules.rules.symbols import KINDS_ZH, Symbol, find
from landrules.rules.world import World

AREA_WORDS = frozenset({"area", "面积"})
REPLENISHED = e.Compare("=", e.ItemFact(("kind",), Simple.TEXT), e.Const("pbf_replenishment", Simple.TEXT))
"""`replenished` are the replenishment plots of permanent basic farmland among the supplements (proposal.md 1.10)."""


def meaning(path: Path, scope: Scope, world: World, *, items: bool = False) -> Meaning | None:
    """What a path means here; `items` prefers a collection (`highway.class` behind an aggregate is a projection).

    Reports LR21x and gives `None` where nothing fits.
    """
    word = path.parts[0]
    rest = path.parts[1:]
    if scope.item is not None and (found := _of_item(scope.item, path.parts)) is not None:
        if word in scope.bound:
            world.faults.add("LR330", part_span(path, 0), name=word)
            return None
        return found
    if word in scope.bound:
        return _of_bound(word, path, scope, world)
    if word in scope.locals:
        local = scope.locals[word]
        return _step(local, rest, path, world) if local is not None else None
    if (key := WORD_OF.get(word)) is not None:
        special = _word(key, rest, path, scope, world)
        if not isinstance(special, _Nothing):
            return special
    return _declared(path, scope, world, items=items)


class _Nothing:
    """A word of the language that means nothing at this place."""


_NOT_A_WORD = _Nothing()


def _word(key: str, rest: tuple[str, ...], path: Path, scope: Scope, world: World) -> Meaning | _Nothing | None:
    match key:
        case "law_date":
            return Typed(e.LawDay()) if not rest else _no_field(path, 1, "law_date", [], world)
        case "proposal":
            return _proposal(path, rest, world)
        case "parcel":
            return _parcel(path, rest, world)
        case "occupied" if scope.subject:
            layer = world.layers[scope.subject]
            return _project(Items(e.Collection(e.OccupiedItems(layer.name)), layer, path.parts[0]), rest, path, world)
        case "occupied":
            world.faults.add("LR216", path.span, name=path.parts[0])
            return None
        case "replenished":
            plots = e.Collection(e.RecordItems(("supplements",)), REPLENISHED)
            return _project(Items(plots, SUPPLEMENT, path.parts[0]), rest, path, world)
        case "debit" | "credit":
            world.faults.add("LR217", path.span, name=path.parts[0])
            return None
        case _:
            return _NOT_A_WORD


def _proposal(path: Path, rest: tuple[str, ...], world: World) -> Meaning | None:
    if not rest:
        world.faults.add("LR313", path.span, name=path.parts[0])
        return None
    if WORD_OF.get(rest[0]) == "parcels":
        if rest[1:] and (inner := PARCEL.get(record_key(PARCEL, rest[1]))) and isinstance(inner.type, ListType):
            flat = e.Collection(e.ParcelItems((inner.key,)))
            kind = inner.type.item
            if isinstance(kind, RecordType):
                return _project(Items(flat, kind, ".".join(path.parts[:3])), rest[2:], path, world)
        return _project(Items(e.Collection(e.ParcelItems()), PARCEL, ".".join(path.parts[:2])), rest[1:], path, world)
    if WORD_OF.get(rest[0]) == "buildings":
        return _project(
            Items(e.Collection(e.BuildingItems()), BUILDING, ".".join(path.parts[:2])), rest[1:], path, world
        )
    return _record(PROPOSAL, (), rest, path, world, "proposal")


def _parcel(path: Path, rest: tuple[str, ...], world: World) -> Meaning | None:
    if not rest:
        world.faults.add("LR313", path.span, name=path.parts[0])
        return None
    if len(rest) == 1 and rest[0] in AREA_WORDS:
        return Typed(e.ParcelArea())
    return _record(PARCEL, (), rest, path, world, "parcel")


def _record(
    record: RecordType, keys: tuple[str, ...], rest: tuple[str, ...], path: Path, world: World, of: str
) -> Meaning | None:
    at = len(path.parts) - len(rest)
    key = record_key(record, rest[0])
    spec = record.get(key)
    if spec is None:
        known = [s for k, f in record.fields.items() for s in (k, f.zh)]
        return _no_field(path, at, ".".join(path.parts[:at]), known, world)
    keys = (*keys, key)
    kind = spec.type
    if isinstance(kind, RecordType) and rest[1:]:
        return _record(kind, keys, rest[1:], path, world, of)
    if isinstance(kind, ListType) and isinstance(kind.item, RecordType) and of == "proposal":
        found = Items(e.Collection(e.RecordItems(keys)), kind.item, ".".join(path.parts[: at + 1]))
        return _project(found, rest[1:], path, world)
    if rest[1:]:
        return _no_field(path, at + 1, ".".join(path.parts[: at + 1]), [], world)
    fact: e.Expr
    match of:
        case "proposal":
            fact = e.Fact(keys, kind)
        case "parcel":
            fact = e.ParcelFact(keys, kind)
        case _:
            fact = e.ItemFact(keys, kind)
    return Typed(fact, words_of(record, key))


def _of_item(kind: ItemKind, parts: tuple[str, ...]) -> Typed | None:
    """An item's field by a bare name, or `None` where the item has none of that name."""
    if isinstance(kind, LayerSchema):
        if len(parts) == 2 and parts[0] == kind.name:
            parts = parts[1:]
        if len(parts) != 1:
            return None
        if key := layer_key(kind, parts[0]):
            return Typed(e.ItemFact((key,), kind.fields[key].type))
        return Typed(e.ItemFact(("area",), Dimension.AREA)) if parts[0] in AREA_WORDS else None
    keys: tuple[str, ...] = ()
    record: RecordType = kind
    for n, word in enumerate(parts):
        key = record_key(record, word)
        spec = record.get(key)
        if spec is None:
            break
        keys = (*keys, key)
        if n == len(parts) - 1:
            return Typed(e.ItemFact(keys, spec.type), words_of(record, key))
        if not isinstance(spec.type, RecordType):
            break
        record = spec.type
    if kind in (PARCEL, BUILDING) and len(parts) == 1 and parts[0] in AREA_WORDS:
        return Typed(e.ItemFact(("area",), Dimension.AREA))
    return None


def _of_bound(name: str, path: Path, scope: Scope, world: World) -> Meaning | None:
    """What `for each` looks at, or a field of it; a list inside a record is a collection of its own."""
    (own, bound), rest = scope.bound[name], path.parts[1:]
    if isinstance(bound, Typed):
        return bound if not rest else _no_field(path, 1, name, [], world)
    if not rest:
        world.faults.add("LR313", path.span, name=name)
        return None
    if isinstance(bound, RecordType):
        for length in range(1, len(rest) + 1):
            inner = _of_item(bound, rest[:length])
            if inner is None or not isinstance(inner.expr, e.ItemFact):
                break
            if isinstance(inner.type, ListType) and isinstance(inner.type.item, RecordType):
                source = e.BoundItems(own, inner.expr.path)
                found = Items(e.Collection(source), inner.type.item, ".".join(path.parts[: length + 1]))
                return _project(found, rest[length:], path, world)
    value = _of_item(bound, rest)
    if value is None or not isinstance(value.expr, e.ItemFact):
        return _no_field(path, 1, name, field_names(bound), world)
    return Typed(e.BoundFact(own, value.expr.path, value.type), value.words)


def _project(found: Items, rest: tuple[str, ...], path: Path, world: World) -> Items | None:
    """The collection with the field that the rest of a path names."""
    if not rest:
        return found
    value = _of_item(found.kind, rest)
    if value is None:
        _no_field(path, len(path.parts) - len(rest), found.name, field_names(found.kind), world)
        return None
    shared = False
    if isinstance(found.kind, LayerSchema) and (spec := found.kind.fields.get(layer_key(found.kind, rest[-1]))):
        shared = spec.apportioned
    return Items(found.collection, found.kind, found.name, value, shared)


def _step(local: Meaning, rest: tuple[str, ...], path: Path, world: World) -> Meaning | None:
    """A `given`, `debit` or `credit`, and what a path wants of it."""
    if not rest:
        return local
    if isinstance(local, Items) and local.projection is None:
        return _project(local, rest, path, world)
    return _no_field(path, len(path.parts) - len(rest), path.parts[0], [], world)


def _declared(path: Path, scope: Scope, world: World, *, items: bool) -> Meaning | None:
    found = find(world.names, scope.module, path)
    if found is None:
        known = [*(w for w in scope.module.visible if not w.endswith(":")), *scope.locals, *scope.bound, *WORD_OF]
        if scope.item is not None:
            known += field_names(scope.item)
        world.faults.add("LR210", part_span(path, 0), name=path.parts[0], **hint(path.parts[0], known))
        return None
    symbol, rest = found
    match symbol.kind:
        case "layer":
            layer = world.layers.get(symbol.key)
            if layer is None:
                return None
            if not items and symbol.key == scope.subject and rest:
                return _feature(layer, rest, path, world)
            return _project(Items(e.Collection(e.LayerItems(layer.name)), layer, path.parts[0]), rest, path, world)
        case "list" if not rest:
            known_list = world.lists.get(symbol.id)
            return Typed(e.ListRef(symbol.id, CodeType(known_list.scheme))) if known_list else None
        case "parameter" if not rest:
            parameter = world.parameters.get(symbol.id)
            return Typed(e.ParameterRef(symbol.id, parameter.type)) if parameter else None
        case "define":
            known_define = world.defines.get(symbol.id)
            return _step(known_define, rest, path, world) if isinstance(known_define, Typed | Items) else None
        case _:
            wrong_kind(path, symbol, world)
            return None


def _feature(layer: LayerSchema, rest: tuple[str, ...], path: Path, world: World) -> Meaning | None:
    key = layer_key(layer, rest[0]) if len(rest) == 1 else ""
    if not key:
        return _no_field(path, len(path.parts) - len(rest), layer.name, field_names(layer), world)
    return Typed(e.FeatureFact(layer.name, key, layer.fields[key].type))


def wrong_kind(path: Path, symbol: Symbol, world: World) -> None:
    """Say that a name means something that cannot stand here."""
    name = ".".join(path.parts)
    if symbol.kind in ("table", "crosswalk", "account"):
        world.faults.add("LR213", path.span, name=name)
    else:
        world.faults.add("LR212", path.span, name=name, kind_zh=KINDS_ZH[symbol.kind], kind_en=symbol.kind)


def _no_field(path: Path, at: int, of: str, known: list[str], world: World) -> Items | None:
    name = path.parts[at]
    world.faults.add("LR211", part_span(path, at), name=name, of=of, **hint(name, known))
    return None


def part_span(path: Path, at: int) -> Span:
    """The stretch of one part of a dotted name, as far as the text shows it."""
    text = path.span.text
    start = 0
    for n, part in enumerate(path.parts):
        found = text.find(part, start)
        if found < 0:
            return path.span
        if n == at:
            return Span(path.span.source, path.span.start + found, path.span.start + found + len(part))
        start = found + len(part)
    return path.span
