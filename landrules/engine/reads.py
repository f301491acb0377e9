"""What of its place an expression reads: what tells one piece or one judgement from another, for that expression.

Whatever is not told apart comes to the same value, so it is worked out once for all that look alike. Where an expression
holds a collection or a `for each` of its own, nothing is claimed: every place may be another.
"""

from __future__ import annotations

from landrules.base.frozen import frozen
from landrules.rules import expr as e
from landrules.rules.model import Norm
from landrules.rules.walk import walk


@frozen
class Reads:
    """What a question about items reads of an item.

    `fields` are fields of the item; `parcel` says that it asks for facts or for the area of the parcel that the item lies
    on; `apart` that it may ask for more (the area of the item, collections), so that no two items look alike to it.
    `only` is the field that the question is, where it is nothing else.
    """

    fields: tuple[str, ...] = ()
    parcel: bool = False
    apart: bool = False
    only: str = ""

    def __or__(self, other: Reads) -> Reads:
        fields = tuple(sorted({*self.fields, *other.fields}))
        return Reads(fields, self.parcel or other.parcel, self.apart or other.apart)


NOTHING = Reads()


def item_reads(expr: e.Expr | None) -> Reads:
    """What an expression reads of the item under a `where` or behind a projection."""
    if expr is None:
        return NOTHING
    fields: set[str] = set()
    parcel = apart = False
    for node in walk(expr):
        match node:
            case e.ItemFact(path=("area",)) | e.ItemFact(path=()) | e.Aggregate() | e.ForEach():
                apart = True
            case e.ItemFact(path=path):
                fields.add(path[0])
            case e.ParcelFact() | e.ParcelArea():
                parcel = True
            case _:
                pass
    only = expr.path[0] if isinstance(expr, e.ItemFact) and not apart else ""
    return Reads(tuple(sorted(fields)), parcel, apart, only)


@frozen
class Hangs:
    """On what of a place the value of an aggregate hangs, beside the case and what is assumed.

    `feature`: the piece or the feature at hand; `parcel`: the parcel at hand; `inner`: what a `for each` or a `where`
    around it looks at, or more than is told here.
    """

    feature: bool
    parcel: bool
    inner: bool


def hangs(expr: e.Aggregate) -> Hangs:
    """On what of its place an aggregate hangs."""
    feature = parcel = False
    inner = isinstance(expr.items.source, e.BoundItems)
    for node in walk(expr):
        match node:
            case e.Aggregate() if node is not expr:
                inner = True
            case e.ForEach() | e.BoundFact():
                inner = True
            case e.FeatureFact():
                feature = True
            case e.ParcelFact() | e.ParcelArea():
                parcel = True
            case _:
                pass
    return Hangs(feature, parcel, inner)


_OF_THE_CASE = (
    e.Const
    | e.LawDay
    | e.Fact
    | e.ParameterRef
    | e.ListRef
    | e.Not
    | e.Logic
    | e.Compare
    | e.Within
    | e.Given
    | e.Arithmetic
    | e.Negative
    | e.Named
)
"""What reads the project, the law and nothing of a place."""


def hangs_on_the_case(norm: Norm) -> bool:
    """Whether the project alone tells if a norm applies.

    One that authorises is judged on its ground all the same: what it says nothing of is left to others.
    """
    if norm.authorises or isinstance(norm.applies, e.Const):
        return False
    return all(isinstance(node, _OF_THE_CASE) for node in walk(norm.applies))
