"""A test block as a case: drawn shapes become parcels and layers of an engineering plane, assignments become facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np

from landrules.base.diagnostic import Diagnostic, nearest
from landrules.base.figures import AccountRow
from landrules.base.frozen import frozen
from landrules.base.quantity import in_base
from landrules.base.source import Span
from landrules.base.valuetype import (
    Absence,
    Code,
    FieldSpec,
    Grade,
    GradeType,
    ListType,
    Missing,
    RecordType,
    Value,
    ValueType,
)
from landrules.base.vocabulary import ABSENT_IS_EMPTY, BUILDING, PARCEL, PROPOSAL, SUPPLEMENT
from landrules.geo import drawing, kernel
from landrules.geo.area import rounded, survey_areas
from landrules.geo.site import (
    AbsentLayer,
    Coverage,
    CoverageKind,
    Geometry,
    Layer,
    Parcel,
    Plane,
    Proposal,
    Role,
)
from landrules.lang import tree as t
from landrules.rules.model import RuleSet

PLANE = Plane("engineering")
Canonical = Callable[[str], str]
"""A name as written, in either language, to its canonical English spelling."""


@frozen
class Case:
    """A test ready to run: the proposal, the layers, the accounts, the day, what is expected."""

    proposal: Proposal
    layers: Mapping[str, Layer | AbsentLayer]
    accounts: tuple[AccountRow, ...]
    law_date: date | None
    expects: tuple[t.Expect, ...]


@dataclass(slots=True)
class _Stage:
    """What a test has drawn and said so far."""

    rules: RuleSet
    canonical: Canonical
    attributes: dict[str, Value] = field(default_factory=dict)
    parcels: list[Parcel] = field(default_factory=list)
    buildings: list[Parcel] = field(default_factory=list)
    supplements: list[Parcel] = field(default_factory=list)
    features: dict[str, list[tuple[str, Geometry, dict[str, Value]]]] = field(default_factory=dict)
    hidden: dict[str, list[Geometry | None]] = field(default_factory=dict)
    unbound: set[str] = field(default_factory=set)
    accounts: list[AccountRow] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, name: str, known: Mapping[str, object], span: Span) -> None:
        args = {"name": name, "near": nearest(name, known) or "—"}
        self.faults.append(Diagnostic("LR490", args, span))


def cast(test: t.Test, rules: RuleSet, canonical: Canonical) -> tuple[Case, tuple[Diagnostic, ...]]:
    """The case of a test, and what is wrong with the way it is written."""
    stage = _Stage(rules, canonical)
    day = next((i.value for i in test.items if isinstance(i, t.LawDate)), None)
    for item in test.items:
        match item:
            case t.Assign():
                _assign(stage, item)
            case t.Drawn():
                _draw(stage, item)
            case t.LayerState(state, layer, shape):
                _set_state(stage, state, canonical(layer), shape, item.span)
            case t.AccountRow():
                _account(stage, item)
            case t.LawDate() | t.Expect():
                pass
    if stage.supplements:
        stage.attributes["supplements"] = tuple(p.attributes for p in sorted(stage.supplements, key=lambda p: p.id))
    for key in ABSENT_IS_EMPTY:
        stage.attributes.setdefault(key, ())
    proposal = Proposal(
        id="test",
        name=test.text.zh or test.text.en,
        attributes=MappingProxyType(stage.attributes),
        parcels=tuple(sorted(stage.parcels, key=lambda p: p.id)),
        buildings=tuple(sorted(stage.buildings, key=lambda p: p.id)),
        supplements=tuple(sorted(stage.supplements, key=lambda p: p.id)),
        plane=PLANE,
        sha256="",
        precision_m=0.0,
    )
    layers: dict[str, Layer | AbsentLayer] = {
        name: _layer(stage, name) for name in sorted(rules.layers) if name not in stage.unbound
    }
    layers |= {name: AbsentLayer(name, Absence.UNBOUND) for name in sorted(stage.unbound)}
    expects = tuple(i for i in test.items if isinstance(i, t.Expect))
    return Case(proposal, layers, tuple(stage.accounts), day, expects), tuple(stage.faults)


# --------------------------------------------------------------------------- facts


def _assign(stage: _Stage, item: t.Assign) -> None:
    head, *keys = (stage.canonical(p) for p in item.path.parts)
    if head != "proposal" or not keys:
        stage.fault(".".join(item.path.parts), {"proposal": 0}, item.path.span)
        return
    here: dict[str, Any] = stage.attributes
    record = PROPOSAL
    for position, key in enumerate(keys):
        spec = record.get(key)
        if spec is None:
            stage.fault(key, record.fields, item.path.span)
            return
        if position == len(keys) - 1:
            here[key] = _value(stage, item.value, spec.type)
            return
        if not isinstance(spec.type, RecordType):
            stage.fault(".".join(keys), record.fields, item.path.span)
            return
        here, record = here.setdefault(key, {}), spec.type


def _value(stage: _Stage, node: t.Expr, type_: ValueType) -> Value:
    match node:
        case t.NumberLit(value, unit):
            number = in_base(value, unit) if unit else Fraction(value)
            return Grade(type_.system, number) if isinstance(type_, GradeType) else number
        case t.StringLit(value) | t.BoolLit(value) | t.DateLit(value):
            return value
        case t.CodeLit(scheme, code):
            return Code(scheme, code)
        case t.LevelLit(level):
            return level
        case t.ListLit(items):
            inner = type_.item if isinstance(type_, ListType) else type_
            return tuple(_value(stage, i, inner) for i in items)
        case t.RecordLit(pairs):
            record = type_ if isinstance(type_, RecordType) else None
            return MappingProxyType({stage.canonical(k): _field(stage, k, v, record, node.span) for k, v in pairs})
        case t.Unary("-", operand):
            inner_value = _value(stage, operand, type_)
            return -inner_value if isinstance(inner_value, Fraction) else inner_value
        case _:
            stage.fault(node.span.text, {}, node.span)
            return False


def _field(stage: _Stage, key: str, node: t.Expr, record: RecordType | None, span: Span) -> Value:
    name = stage.canonical(key)
    spec = record.get(name) if record else None
    if record is not None and spec is None:
        stage.fault(key, record.fields, span)
    return _value(stage, node, spec.type if spec else PROPOSAL)


def _fields(stage: _Stage, pairs: tuple[tuple[str, t.Expr], ...], record: RecordType, span: Span) -> dict[str, Value]:
    return {stage.canonical(k): _field(stage, k, v, record, span) for k, v in pairs}


# --------------------------------------------------------------------------- ground


def _shape(shape: t.Shape) -> Geometry:
    sizes = [float(s) for s in shape.sizes]
    points = [(float(x), float(y)) for x, y in shape.points]
    return drawing.drawn(shape.kind, sizes, points)


def _draw(stage: _Stage, item: t.Drawn) -> None:
    if item.what == "feature":
        _draw_feature(stage, item)
        return
    record = {"parcel": PARCEL, "building": BUILDING, "supplement": SUPPLEMENT}[item.what]
    fields = MappingProxyType(_fields(stage, item.fields, record, item.span))
    geometry = kernel.normal_form(kernel.array_of([_shape(item.shape)]))[0] if item.shape else None
    problem = ""
    if geometry is not None and (flaw := kernel.validity(geometry)):
        geometry, problem = None, flaw.reason
    area = (
        rounded(float(survey_areas(kernel.array_of([geometry]), PLANE)[0])) if geometry is not None else Decimal("0.00")
    )
    role = Role.BUILDING if item.what == "building" else Role.PARCEL
    made = Parcel(item.id, role, geometry, fields, area, problem=problem)
    {"parcel": stage.parcels, "building": stage.buildings, "supplement": stage.supplements}[item.what].append(made)


def _draw_feature(stage: _Stage, item: t.Drawn) -> None:
    name = stage.canonical(item.layer)
    schema = stage.rules.layers.get(name)
    if schema is None:
        stage.fault(item.layer, stage.rules.layers, item.span)
        return
    specs = {f.name: FieldSpec(f.name, f.zh, f.type) for f in schema.fields.values()}
    fields = _fields(stage, item.fields, RecordType(name, "", specs), item.span)
    if item.shape is not None:
        stage.features.setdefault(name, []).append((item.id, _shape(item.shape), fields))


def _set_state(stage: _Stage, state: str, layer: str, shape: t.Shape | None, span: Span) -> None:
    if layer not in stage.rules.layers:
        stage.fault(layer, stage.rules.layers, span)
    elif state == "unbound":
        stage.unbound.add(layer)
    else:
        stage.hidden.setdefault(layer, []).append(_shape(shape) if shape else None)


def _layer(stage: _Stage, name: str) -> Layer:
    """A drawn layer: complete but for what is declared uncovered."""
    features = sorted(stage.features.get(name, []), key=lambda f: f[0])
    shapes = kernel.normal_form(kernel.array_of([g for _, g, _ in features]))
    keys = stage.rules.layers[name].fields
    columns = {k: tuple(f.get(k, _not_stated(name, k)) for _, _, f in features) for k in keys}
    hidden = stage.hidden.get(name, [])
    if None in hidden:
        coverage = Coverage(CoverageKind.UNDECLARED)
    elif hidden:
        coverage = Coverage(CoverageKind.REGION, drawing.everywhere_but(hidden))
    else:
        coverage = Coverage(CoverageKind.COMPLETE)
    empty = np.empty(0, dtype=object)
    return Layer(
        name, None, shapes, tuple(i for i, _, _ in features), columns, coverage, "", "engineering", invalid=empty
    )


def _not_stated(layer: str, key: str) -> Value:
    """A field that a test does not state: not supplied."""
    return Missing(f"{layer}.{key}", Absence.NOT_SUPPLIED)


def _account(stage: _Stage, item: t.AccountRow) -> None:
    kind = stage.canonical(item.call.name.parts[-1])
    account = stage.rules.accounts.get(kind)
    if account is None or len(item.call.args) != 2:
        stage.fault(kind, stage.rules.accounts, item.span)
        return
    region, year = (_value(stage, a, account.type) for a in item.call.args)
    number = year.value if isinstance(year, Grade) else year
    amount = _value(stage, item.value, account.type)
    at = int(number) if isinstance(number, Fraction) else 0
    stage.accounts.append(AccountRow(str(region), at, at, kind, amount, date.min, "example"))
