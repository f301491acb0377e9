"""Where an expression is judged: the case, the piece or record at hand, and what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TypeVar

from landrules.base.frozen import frozen, replace
from landrules.base.quantity import Dimension
from landrules.base.valuetype import Absence, Code, Grade, Missing, Place, Simple, Value, ValueType
from landrules.engine.evidence import Evidence, Overlaid, Spot
from landrules.engine.explore import Assumptions
from landrules.engine.unknown import Facts, Maybe, Num, Range, Unknown, maybe, unknown_number
from landrules.geo.site import Layer, Parcel, Role

Judged = bool | Maybe | Num | date | str | Code | Grade | Place | Mapping[str, Value] | tuple[Value, ...] | Unknown
"""A run-time value: numbers are affine forms, truths may be open, the rest is known or `Unknown`."""

T = TypeVar("T")

PASSABLE = ("verified", "example")
"""States of verification that let a source decide."""


@frozen
class PieceItem:
    """The item of a `where` over pieces."""

    ground: Overlaid
    row: int


@frozen
class RecordItem:
    """The item of a `where` over records of the proposal; `parcel` where the records are parcels."""

    fields: Mapping[str, Value]
    name: str
    parcel: Parcel | None = None


@frozen
class UnseenItem:
    """A feature of a layer of which nothing is known, not even whether it is there; `facts` would tell."""

    layer: str
    facts: Facts


Bound = PieceItem | RecordItem | Judged
"""What a `for each` looks at: an item, or a value that occurs."""


def _parcel_of(item: PieceItem | RecordItem) -> Parcel | None:
    """The parcel that an item is or lies on; a building is none."""
    if isinstance(item, PieceItem):
        return item.ground.parcel_of(item.row)
    return item.parcel if item.parcel is not None and item.parcel.role is Role.PARCEL else None


def name_of(thing: Bound) -> str:
    """What an item or a value is called, unlike every other."""
    match thing:
        case PieceItem(ground, row):
            return f"{ground.layer.name}.{ground.feature_id(row)} in {ground.parcel_of(row).id}"
        case RecordItem(_, name, _):
            return name
        case Unknown(key, _):
            return f"? {key}"
        case Maybe(atoms):
            return "? " + "|".join(a.key for a in atoms)
        case _:
            return str(thing)


@frozen
class Scope:
    """One place of judgement.

    `occupied` are the rows of `ground` that certainly belong to the norm's subject, `perhaps` those whose condition is
    open, according to the facts `in_doubt`. `row` is the piece at hand for norms judged piece by piece. `feature` is a feature by itself,
    for the width of its strip.
    `unknown_piece` names the ground of which nothing is known but that it may hold a feature. `bound` is what every
    `for each` around this place looks at, by its name, the innermost last.
    """

    evidence: Evidence
    assumed: Assumptions
    ground: Overlaid | None = None
    occupied: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()
    in_doubt: Facts = frozenset()
    row: int | None = None
    parcel: Parcel | None = None
    feature: tuple[Layer, int] | None = None
    item: PieceItem | RecordItem | UnseenItem | None = None
    unknown_piece: Missing | None = None
    bound: tuple[tuple[str, Bound], ...] = ()

    def told(self, part: object, came: T) -> T:
        """What a part of the law came to, as it is; a witness hears of it where it is certain and all sources speak."""
        witness = self.evidence.witness
        if witness is not None and not self.assumed.strict and not self.assumed.truths:
            witness(part, came, self.spot)
        return came

    @property
    def spot(self) -> Spot:
        """The piece and the parcel at hand."""
        return self.row, self.parcel.id if self.parcel is not None else ""

    def assuming(self, assumed: Assumptions) -> Scope:
        """The same place in another way."""
        if assumed is self.assumed:
            return self
        return self._but(assumed, self.item, self.parcel)

    def _but(
        self, assumed: Assumptions, item: PieceItem | RecordItem | UnseenItem | None, parcel: Parcel | None
    ) -> Scope:
        """The same but for what changes most often: made field by field, which is many times faster than `replace`."""
        return Scope(
            self.evidence,
            assumed,
            self.ground,
            self.occupied,
            self.perhaps,
            self.in_doubt,
            self.row,
            parcel,
            self.feature,
            item,
            self.unknown_piece,
            self.bound,
        )

    def binding(self, name: str, thing: Bound) -> Scope:
        """The same place with what a `for each` looks at."""
        parcel = _parcel_of(thing) if isinstance(thing, PieceItem | RecordItem) else None
        return replace(self, bound=(*self.bound, (name, thing)), parcel=parcel or self.parcel)

    def bound_to(self, name: str) -> Bound:
        """What a `for each` looks at. Raises `LookupError` outside any of that name."""
        for own, thing in reversed(self.bound):
            if own == name:
                return thing
        raise LookupError(f"{name} outside its for each")

    def mark(self, names: tuple[str, ...]) -> str:
        """What tells a question about the items of these names from the same question about others; empty for none."""
        return "".join(f" [{name} = {name_of(self.bound_to(name))}]" for name in names)

    def at_piece(self, ground: Overlaid, row: int) -> Scope:
        """The same place with a piece at hand."""
        return self._but(self.assumed, PieceItem(ground, row), ground.parcel_of(row))

    def at_record(self, fields: Mapping[str, Value], name: str, parcel: Parcel | None = None) -> Scope:
        """The same place with a record at hand; `parcel` is its ground. The parcel at hand stays unless the record is one."""
        item = RecordItem(fields, name, parcel)
        return self._but(self.assumed, item, _parcel_of(item) or self.parcel)


NEVER_NEGATIVE = (Dimension.AREA, Dimension.LENGTH, Dimension.MASS)
"""What is measured or weighed is nothing at least, also where it is missing."""


def judged(value: Value, type_: ValueType, name: str) -> Judged:
    """A value of the data as a value of the judgement; what is missing becomes open under its fact's name."""
    if isinstance(value, Missing):
        return _missing(value, type_, name)
    if isinstance(value, (bool, str, Code)):  # first, since whether a thing is a number is asked of a register of kinds
        return value
    return Num(value) if isinstance(value, Fraction) else value


def _missing(value: Missing, type_: ValueType, name: str) -> Judged:
    fact = value if value.name else Missing(name, value.kind, value.detail)
    if type_ in NEVER_NEGATIVE:
        return unknown_number(name, frozenset((fact,)), Range(low=Fraction(0)))
    return open_value(type_, name, frozenset((fact,)))


def facts_of(value: Judged) -> Facts:
    """The facts that would tell a value; none where it is known."""
    if isinstance(value, (Unknown, Maybe)) or (isinstance(value, Num) and value.terms):
        return value.facts
    return NO_FACTS


NO_FACTS: Facts = frozenset()


def key_of(value: Judged) -> str:
    """A value in words, unlike every other: part of the name of what is open because it is."""
    match value:
        case Unknown(key, _):
            return key
        case Maybe(atoms):
            return "|".join(a.key for a in atoms)
        case Num(const, terms):
            return "+".join([str(const), *(f"{c}*{v.key}" for v, c in terms)])
        case Mapping():
            return "record"
        case _:
            return str(value)


def open_value(type_: ValueType, key: str, facts: Facts) -> Judged:
    """An unknown value of a type."""
    if type_ is Simple.BOOLEAN:
        return maybe(key, facts)
    if isinstance(type_, Dimension):
        return unknown_number(key, facts)
    return Unknown(key, facts)


def walk(fields: Mapping[str, Value], path: tuple[str, ...], prefix: str) -> Value:
    """A value by a dotted path; `Missing` names the whole path where some key is absent."""
    here: Value = fields
    for key in path:
        if isinstance(here, Missing):
            break
        if not isinstance(here, (dict, Mapping)) or key not in here:
            return Missing(".".join((prefix, *path)), Absence.NOT_SUPPLIED)
        here = here[key]
    if isinstance(here, Missing):
        return Missing(".".join((prefix, *path)), here.kind, here.detail)
    return here
