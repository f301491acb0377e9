"""Facts at a place: of the parcel, of the feature, of the item under a `where` or behind a `for each`."""

from __future__ import annotations

from fractions import Fraction

from landrules.base.valuetype import Absence, Missing, ValueType
from landrules.engine import unknown as u
from landrules.engine.evidence import feature_value
from landrules.engine.scope import Bound, Judged, PieceItem, RecordItem, Scope, UnseenItem, judged, open_value, walk
from landrules.geo.site import Parcel, Role


def parcel_fact(scope: Scope, path: tuple[str, ...], type_: ValueType) -> Judged:
    """An attribute of the parcel at hand; open on ground of which no parcel is known."""
    if scope.parcel is None:
        fact = Missing(".".join(("parcel", *path)), Absence.NOT_COVERED)
        return open_value(type_, fact.name, frozenset((scope.unknown_piece or fact,)))
    own = f"parcel.{scope.parcel.id}"
    value = walk(scope.parcel.attributes, path, own)
    return judged(value, type_, ".".join((own, *path)) if isinstance(value, Missing) else "")


def parcel_area(scope: Scope) -> Judged:
    """The area of the parcel at hand; on ground that is not known to belong to any feature it is open."""
    if scope.parcel is not None:
        return ground_area(scope.parcel)
    fact = scope.unknown_piece
    if fact is None:
        raise LookupError("area of parcel outside any parcel")
    return u.unknown_number("area of parcel", frozenset((fact,)), u.Range(low=Fraction(0)))


def ground_area(parcel: Parcel) -> Judged:
    """The survey area of a parcel or a building; open where its ground is broken."""
    if parcel.geometry is not None:
        return u.Num(Fraction(parcel.area_m2))
    kind = "building" if parcel.role is Role.BUILDING else "parcel"
    fact = Missing(f"{kind}.{parcel.id}.geometry", Absence.INVALID, parcel.problem)
    return u.unknown_number(f"area of {kind} {parcel.id}", frozenset((fact,)), u.Range(low=Fraction(0)))


def feature_fact(scope: Scope, layer: str, name: str, type_: ValueType) -> Judged:
    """A field of the feature at hand; open on ground of which no feature is known."""
    if scope.feature is not None:
        drawn, position = scope.feature
        value = feature_value(drawn, position, name)
        return judged(value, type_, f"{layer}.{drawn.ids[position]}.{name}" if isinstance(value, Missing) else "")
    if scope.ground is None or scope.row is None:
        fact = scope.unknown_piece or Missing(layer, Absence.NOT_COVERED)
        return open_value(type_, f"{layer}.{name}", frozenset((fact,)))
    value = scope.ground.value(scope.row, name)
    return judged(
        value, type_, f"{layer}.{scope.ground.feature_id(scope.row)}.{name}" if isinstance(value, Missing) else ""
    )


def item_fact(scope: Scope, path: tuple[str, ...], type_: ValueType) -> Judged:
    """A field of the item under a `where`."""
    if scope.item is None:
        raise LookupError(f"{'.'.join(path)} outside any where")
    return fact_of(scope.item, path, type_)


def fact_of(item: Bound | UnseenItem, path: tuple[str, ...], type_: ValueType) -> Judged:
    """A field of an item; what is looked at itself where no field is named."""
    match item:
        case PieceItem(ground, row):
            if path == ("area",):
                return u.Num(ground.area((row,)))
            found = ground.value(row, path[0])
            is_open = isinstance(found, Missing)
            key = f"{ground.layer.name}.{ground.feature_id(row)}.{path[0]}" if is_open else ""
            return judged(found, type_, key)
        case RecordItem(fields, name, parcel):
            if path == ("area",) and parcel is not None:
                return ground_area(parcel)
            value = walk(fields, path, name)
            return judged(value, type_, ".".join((name, *path)) if isinstance(value, Missing) else "")
        case UnseenItem(layer, facts):
            kind = min(facts).kind
            return judged(Missing(f"{layer}.{'.'.join(path)}", kind), type_, layer)
        case thing:
            return thing


def proposal_area(scope: Scope) -> Judged:
    """The survey area of the proposal; open where some of its ground is broken."""
    total = u.Num(scope.evidence.area)
    broken = scope.evidence.broken
    if not broken:
        return total
    facts = frozenset(Missing(f"parcel.{p.id}.geometry", Absence.INVALID, p.problem) for p in broken)
    return total + u.unknown_number("area of broken parcels", facts, u.Range(low=Fraction(0)))
