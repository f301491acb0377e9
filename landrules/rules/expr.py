"""Typed expressions: what is left of an author's sentence when every name is bound and every unit is gone.

Numbers are `Fraction` in base units; a fact is a dotted key of the proposal; a code list is a list of codes with dates.
The engine gives each of these a value, or says what is missing. Nodes are hashable, so an atom can be its own key.
"""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import Literal, Union

from landrules.base.frozen import frozen
from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.base.valuetype import CodeType, Simple, Value, ValueType

ANY_CODE = CodeType("")


@frozen
class Const:
    """A value written in the rule."""

    value: Value
    type: ValueType


@frozen
class LawDay:
    """The day whose law applies (`law_date`)."""

    type: ValueType = Simple.DATE


@frozen
class Fact:
    """A value of the proposal: `("plan", "village_plan")` for `proposal.plan.village_plan`."""

    path: tuple[str, ...]
    type: ValueType

    @property
    def name(self) -> str:
        """The dotted name in rules."""
        return ".".join(("proposal", *self.path))


@frozen
class ParcelFact:
    """An attribute of the parcel that the piece belongs to."""

    path: tuple[str, ...]
    type: ValueType


@frozen
class FeatureFact:
    """A field of the layer feature that the piece belongs to."""

    layer: str
    field: str
    type: ValueType


@frozen
class ItemFact:
    """A field of the item under a `where`, or behind a projection. On pieces: a field of the layer, or `area`."""

    path: tuple[str, ...]
    type: ValueType


@frozen
class BoundFact:
    """A field of the item that a `for each` looks at, by the name the author gave the item.

    With an empty path what is looked at is itself a value: a code, a text, a level that occurs.
    """

    name: str
    path: tuple[str, ...]
    type: ValueType


@frozen
class ParameterRef:
    """A dated parameter, by its full id."""

    id: str
    type: ValueType


@frozen
class Lookup:
    """A row of a dated table, by its full id."""

    id: str
    args: tuple[Expr, ...]
    type: ValueType


@frozen
class AccountRef:
    """The newest figure of an account, not after the law date, for a region and a year."""

    kind: str
    region: Expr
    year: Expr
    type: ValueType


@frozen
class Function:
    """A function of `measures/`, by name."""

    name: str
    args: tuple[Expr, ...]
    type: ValueType


@frozen
class CalendarCall:
    """A function of `measures/` that counts the days of a dated calendar, by the calendar's full id."""

    name: str
    calendar: str
    args: tuple[Expr, ...]
    type: ValueType


@frozen
class Not:
    """Kleene negation."""

    operand: Expr
    type: ValueType = Simple.BOOLEAN


@frozen
class Logic:
    """Kleene conjunction or disjunction."""

    op: Literal["and", "or"]
    operands: tuple[Expr, ...]
    type: ValueType = Simple.BOOLEAN


@frozen
class Compare:
    """A comparison of two values of one type; for grades, codes, texts and booleans only `=` and `!=`."""

    op: Literal["=", "!=", "<", "<=", ">", ">="]
    left: Expr
    right: Expr
    span: Span | None = field(default=None, compare=False, repr=False)
    type: ValueType = Simple.BOOLEAN


@frozen
class NoWorse:
    """A grade no worse than another of its system."""

    left: Expr
    right: Expr
    span: Span | None = field(default=None, compare=False, repr=False)
    type: ValueType = Simple.BOOLEAN


@frozen
class Within:
    """A code that is, or lies under, one of some codes; or a text or level among some.

    `right` is a `ListRef`, a `Const` code or list, or an expression that yields a code.
    """

    left: Expr
    right: Expr
    span: Span | None = field(default=None, compare=False, repr=False)
    type: ValueType = Simple.BOOLEAN


@frozen
class ListRef:
    """A dated list of codes, by its full id."""

    id: str
    type: ValueType = ANY_CODE


@frozen
class Given:
    """Whether a fact was supplied with a valid value; an absent key is false, an invalid value is unknown."""

    operand: Expr
    type: ValueType = Simple.BOOLEAN


@frozen
class IfAbsent:
    """A fact, or another value where the fact was not supplied. An invalid value is not absent: it stays unknown."""

    left: Expr
    right: Expr
    type: ValueType


@frozen
class Arithmetic:
    """Exact arithmetic; dimensions were checked. A date plus or minus days is a date, two dates differ by days."""

    op: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr
    type: ValueType


@frozen
class Negative:
    """Minus."""

    operand: Expr
    type: ValueType


# ---- collections


@frozen
class LayerItems:
    """The pieces of a layer inside the proposal."""

    layer: str


@frozen
class OccupiedItems:
    """The pieces of the norm's own subject (`occupied`), of layer `layer`."""

    layer: str


@frozen
class RecordItems:
    """A list of the proposal: opinions, supplements, corrections …"""

    path: tuple[str, ...]


@frozen
class ParcelItems:
    """The proposal's parcels (`proposal.parcels`); `("land_classes",)` behind it flattens their lists."""

    path: tuple[str, ...] = ()


@frozen
class BuildingItems:
    """The buildings that the proposal draws (`proposal.buildings`); without any they are not supplied."""


@frozen
class BoundItems:
    """A list inside the item that a `for each` looks at: `p.land_classes`."""

    name: str
    path: tuple[str, ...]


Source = Union[LayerItems, OccupiedItems, RecordItems, ParcelItems, BuildingItems, BoundItems]


@frozen
class Collection:
    """Items of a source that satisfy a condition over their own fields (`ItemFact`)."""

    source: Source
    where: Expr | None = None


@frozen
class Aggregate:
    """One value of a collection.

    `value` is the projected field (`ItemFact`), or what is worked out for every item, for sum, min, max, average;
    `weight` for average. `apportioned` says that value (or weight, or `per`) is a field of a layer that is shared out
    by area. `area` is of the union of pieces.

    A worked sum over a layer is proportional to at most one field that ground shares in: one that is apportioned, or
    the area itself. That field is `per`: every piece counts for its share of it, and ground never counts twice. Without
    `per` a feature counts once, in however many pieces.
    """

    kind: Literal["sum", "count", "min", "max", "any", "average", "area"]
    items: Collection
    type: ValueType
    value: Expr | None = None
    weight: Expr | None = None
    apportioned: bool = False
    per: ItemFact | None = None


@frozen
class ForEach:
    """A condition that every item of a collection meets; with `value`, every code, text or level that occurs there.

    In `body` the item, or what occurs, goes by `name` (`BoundFact`).
    """

    name: str
    items: Collection
    body: Expr
    value: Expr | None = None
    type: ValueType = Simple.BOOLEAN


@frozen
class ProposalArea:
    """Survey area of all parcels (`area of proposal`)."""

    type: ValueType = Dimension.AREA


@frozen
class ParcelArea:
    """Survey area of the parcel of the piece (`area of parcel`)."""

    type: ValueType = Dimension.AREA


@frozen
class Named:
    """A `given` or a `define`: its name stays for the trace, its body is what counts."""

    name: str
    body: Expr
    type: ValueType
    zh: str = ""


Expr = Union[
    Const, LawDay, Fact, ParcelFact, FeatureFact, ItemFact, BoundFact, ParameterRef, Lookup, AccountRef, Function,
    CalendarCall, Not, Logic, Compare, NoWorse, Within, ListRef, Given, IfAbsent, Arithmetic, Negative, Aggregate, ForEach,
    ProposalArea, ParcelArea, Named,
]  # fmt: skip

TRUE = Const(True, Simple.BOOLEAN)
ZERO_AREA = Const(Fraction(0), Dimension.AREA)
