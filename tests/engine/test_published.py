"""The published report is the answer, field by field: neither can gain, lose or reorder one alone."""

from __future__ import annotations

import typing
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from landrules.engine import answer as plain
from landrules.engine import report as published
from landrules.road import Options, Session

COUNTY = Path(__file__).parents[2] / "examples" / "qingxi"
RECORDS = [name for name, kind in vars(plain).items() if is_dataclass(kind)]


def model_of(name: str) -> type[BaseModel]:
    return vars(published)["Report" if name == "Answer" else name]


def shape(kind: object) -> object:
    """A type with records by their name, and what pydantic adds left out."""
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, BaseModel)):
        return {"Answer": "Report"}.get(kind.__name__, kind.__name__)
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return shape(typing.get_args(kind)[0])
    if origin is typing.Literal:
        return typing.get_args(kind)
    if origin is None:
        return kind
    name = {"Mapping": "dict", "UnionType": "Union"}.get(origin.__name__, origin.__name__)
    return name, tuple(shape(inner) for inner in typing.get_args(kind))


def test_there_is_a_model_for_every_record() -> None:
    models = {n for n, k in vars(published).items() if isinstance(k, type) and issubclass(k, published._Published)}
    assert {m.replace("Report", "Answer") for m in models - {"_Published"}} == set(RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_the_fields_are_the_same(name: str) -> None:
    model, record = model_of(name), vars(plain)[name]
    hints, stated = typing.get_type_hints(record), typing.get_type_hints(model, include_extras=True)
    mine = [(f.name, shape(hints[f.name]), None if f.default is MISSING else (f.default,)) for f in fields(record)]
    theirs = [
        (key, shape(stated[key]), None if f.is_required() or f.default_factory else (f.default,))
        for key, f in model.model_fields.items()
        if key != "schema_"
    ]
    assert mine == theirs


def test_a_report_holds_the_values_of_its_answer() -> None:
    session = Session.open(COUNTY)
    found = session.answer(session.read(COUNTY / "proposals" / "a_expressway.geojson"), Options())
    whole = published.Report.of(found)
    assert whole == session.check(COUNTY / "proposals" / "a_expressway.geojson")
    assert same(found, whole) > 1_000


def same(mine: object, theirs: object) -> int:
    """Assert that two values say the same; how many plain values were compared."""
    if is_dataclass(mine):
        return sum(same(getattr(mine, f.name), getattr(theirs, f.name)) for f in fields(mine))
    if isinstance(mine, tuple):
        assert isinstance(theirs, tuple) and len(mine) == len(theirs)
        return sum(same(a, b) for a, b in zip(mine, theirs, strict=True))
    assert mine == theirs
    assert type(mine) is type(theirs)
    assert not isinstance(mine, Decimal) or str(mine) == str(theirs)
    return 1
