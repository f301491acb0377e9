"""Typed expressions back to trees, so that what the engine weighed is said in the same words as the rule itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import assert_never

from landrules.base.quantity import BASE_UNIT, UNITS, Dimension, round_half_up
from landrules.base.source import SourceFile, Span
from landrules.base.valuetype import LEVELS, Code, Grade, Simple, Value, ValueType
from landrules.lang import tree as t
from landrules.rules import expr as e

NOWHERE = Span(SourceFile.from_text(""), 0, 0)


def retold(expr: e.Expr) -> t.Expr:
    """The expression as an author could have written it."""
    match expr:
        case e.Const(value, type_):
            return _literal(value, type_)
        case e.LawDay():
            return path("law_date")
        case e.Fact(parts, _):
            return path("proposal", *parts)
        case e.ParcelFact(parts, _):
            return path("parcel", *parts)
        case e.FeatureFact(layer, name, _):
            return path(layer, name)
        case e.ItemFact(parts, _):
            return path(*parts)
        case e.BoundFact(name, parts, _):
            return path(name, *parts)
        case e.ParameterRef(id_, _) | e.ListRef(id_, _):
            return path(*id_.split("."))
        case e.Lookup(id_, args, _):
            return t.Call(path(*id_.split(".")), tuple(retold(a) for a in args), NOWHERE)
        case e.AccountRef(kind, region, year, _):
            return t.Call(path(kind), (retold(region), retold(year)), NOWHERE)
        case e.Function(name, args, _):
            return t.Call(path(name), tuple(retold(a) for a in args), NOWHERE)
        case e.CalendarCall(name, calendar, args, _):
            return t.Call(path(name), (path(*calendar.split(".")), *(retold(a) for a in args)), NOWHERE)
        case e.Not(operand):
            return t.Unary("not", retold(operand), NOWHERE)
        case e.Negative(operand, _):
            return t.Unary("-", retold(operand), NOWHERE)
        case e.Given(operand):
            return t.Unary("given", retold(operand), NOWHERE)
        case e.Logic(op, operands):
            return reduce(lambda a, b: t.Binary(op, a, b, NOWHERE), [retold(o) for o in operands])
        case e.Compare(op, left, right):
            return t.Binary(op, retold(left), retold(right), NOWHERE)
        case e.NoWorse(left, right):
            return t.Binary("no_worse", retold(left), retold(right), NOWHERE)
        case e.Within(left, right):
            return t.Binary("in", retold(left), retold(right), NOWHERE)
        case e.IfAbsent(left, right, _):
            return t.Binary("if_absent", retold(left), retold(right), NOWHERE)
        case e.Arithmetic(op, left, right, _):
            return t.Binary(op, retold(left), retold(right), NOWHERE)
        case e.Aggregate():
            return _aggregate(expr)
        case e.ForEach(name, items, body, value):
            select = _select(items, _field(value))
            return t.ForEach(t.Names(name, "", NOWHERE), select, value is not None, retold(body), NOWHERE)
        case e.ProposalArea():
            return t.Aggregate("area", t.Select(path("proposal"), None, NOWHERE), NOWHERE)
        case e.ParcelArea():
            return t.Aggregate("area", t.Select(path("parcel"), None, NOWHERE), NOWHERE)
        case e.Named(name):
            return path(name)
    assert_never(expr)


def path(*parts: str) -> t.Path:
    """A dotted name."""
    return t.Path(parts, NOWHERE)


def _literal(value: Value, type_: ValueType) -> t.Expr:
    match value:
        case bool():
            return t.BoolLit(value, NOWHERE)
        case Fraction():
            return number(value, type_)
        case date():
            return t.DateLit(value, NOWHERE)
        case Code(scheme, code):
            return t.CodeLit(scheme, code, NOWHERE)
        case Grade():
            return t.NumberLit(_plain(value.value), "", NOWHERE)
        case tuple():
            return t.ListLit(tuple(_literal(v, type_) for v in value), NOWHERE)
        case str() if value in LEVELS and type_ is Simple.LEVEL:
            return t.LevelLit(value, NOWHERE)
        case _:
            return t.StringLit(str(value), NOWHERE)


def number(value: Fraction, type_: ValueType) -> t.NumberLit:
    """A number in the largest unit that shows it whole, else in the base unit with two decimals."""
    if not isinstance(type_, Dimension) or type_ is Dimension.NUMBER:
        return t.NumberLit(_plain(value), "", NOWHERE)
    if type_ is Dimension.RATIO:
        return t.NumberLit(_plain(value), "", NOWHERE)
    base = BASE_UNIT[type_]
    for unit in sorted((u for u in UNITS if u.dimension is type_), key=lambda u: -u.factor):
        if unit.symbol in _WHOLE and value and (value / unit.factor).denominator == 1:
            return t.NumberLit(Decimal(int(value / unit.factor)), unit.symbol, NOWHERE)
    return t.NumberLit(_plain(value), base.symbol, NOWHERE)


_WHOLE = frozenset({"ha", "km", "wan_yuan"})
"""Larger units in which a limit is told where it is a whole number of them."""


def _plain(value: Fraction) -> Decimal:
    whole = value.denominator == 1
    return Decimal(value.numerator) if whole else round_half_up(value, 4).normalize()


def _aggregate(expr: e.Aggregate) -> t.Expr:
    if expr.kind == "average":
        weight = _field(expr.weight) or ("area",)
        return t.Average(_select(expr.items, _field(expr.value)), path(*weight), NOWHERE)
    field = _field(expr.value)
    each = None if expr.value is None or field else retold(expr.value)
    return t.Aggregate(expr.kind, _select(expr.items, field), NOWHERE, each)


def _field(value: e.Expr | None) -> tuple[str, ...]:
    return value.path if isinstance(value, e.ItemFact) else ()


def _select(items: e.Collection, field: Sequence[str]) -> t.Select:
    where = retold(items.where) if items.where is not None else None
    return t.Select(path(*_source(items.source), *field), where, NOWHERE)


def _source(source: e.Source) -> tuple[str, ...]:
    match source:
        case e.LayerItems(layer):
            return (layer,)
        case e.OccupiedItems():
            return ("occupied",)
        case e.RecordItems(parts):
            return ("proposal", *parts)
        case e.ParcelItems(parts):
            return ("proposal", "parcels", *parts)
        case e.BuildingItems():
            return ("proposal", "buildings")
        case e.BoundItems(name, parts):
            return (name, *parts)
    assert_never(source)
