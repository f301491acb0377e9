"""The published JSON Schema of a proposal, made from the vocabulary and from nothing else.

What is compulsory to be read at all is `required`; what a stage asks for besides is data quality and stands in the
descriptions only. Records stand under `$defs`, each key with its Chinese name and its unit.
"""

from __future__ import annotations

from typing import Any, assert_never

from landrules.base.quantity import BY_SPELLING, Dimension
from landrules.base.valuetype import (
    LEVELS,
    CodeType,
    FieldSpec,
    GradeType,
    ListType,
    RecordType,
    Simple,
    ValueType,
)
from landrules.base.vocabulary import (
    BARE_CODES,
    BUILDING,
    ENUMS,
    NAMES,
    PARCEL,
    PROPOSAL,
    STATED_GRADES,
    STATED_UNITS,
    SUPPLEMENT,
    records,
)
from landrules.base.vocabulary.enums import STATED_GRADE_SYSTEMS
from landrules.base.vocabulary.stages import COLUMNS, PROJECT
from landrules.intake.shapes import LINES, POINTS, POLYGONS

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_CODE: Schema = {
    "type": "object",
    "required": ["scheme", "code"],
    "properties": {"scheme": {"type": "string"}, "code": {"type": "string"}},
}
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def proposal_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a GeoJSON proposal.

    >>> proposal_schema()["properties"]["proposal"]
    {'$ref': '#/$defs/proposal'}
    """
    feature = {
        "oneOf": [
            _feature("#/$defs/building", ["role"], POLYGONS),
            _feature("#/$defs/parcel", [], (*POLYGONS, *LINES, *POINTS)),
        ]
    }
    return {
        "$schema": DRAFT,
        "$id": "landrules/proposal/1",
        "title": "landrules proposal / 项目文件",
        "type": "object",
        "required": ["type", "proposal", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "crs": {"description": "older GeoJSON member; without it coordinates are longitude, latitude (CGCS2000)"},
            "proposal": {"$ref": "#/$defs/proposal"},
            "features": {"type": "array", "minItems": 1, "items": feature},
        },
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    out: Schema = {"geometry": _geometry((*POLYGONS, *LINES, *POINTS)), "region": _geometry(POLYGONS)}
    out["grade"] = {
        "type": "object",
        "required": ["system", "value"],
        "properties": {"system": {"enum": list(STATED_GRADE_SYSTEMS)}, "value": {"type": "number"}},
    }
    for record in (*records(), SUPPLEMENT):
        out[record.name] = _record(record)
    out[PROPOSAL.name]["required"] = ["id", "stage"]
    out[PROPOSAL.name]["properties"]["supplements"]["items"] = _feature(
        "#/$defs/supplement", [], POLYGONS, is_plot=True
    )
    out[BUILDING.name]["properties"]["role"] = {"const": "building", "title": NAMES["role"]}
    out[PARCEL.name]["properties"]["role"] = {"const": "parcel", "title": NAMES["role"]}
    return out


def _record(record: RecordType) -> Schema:
    grade = STATED_GRADES.get(record.name)
    properties: Schema = {}
    for spec in record.fields.values():
        if not (grade and isinstance(spec.type, GradeType)):
            properties[spec.key] = _field(spec, record)
    if grade:
        properties[grade] = {"$ref": "#/$defs/grade", "title": NAMES[grade]}
    out: Schema = {"type": "object", "title": record.zh, "properties": dict(sorted(properties.items()))}
    if record.name in STATED_UNITS:
        out["properties"]["unit"] = {"const": "ha"}
        out["required"] = ["unit"]
    return out


def _field(spec: FieldSpec, record: RecordType) -> Schema:
    out = _type(spec.type, record.name, spec.key)
    out["title"] = spec.zh
    if spec.unit:
        out["description"] = f"{spec.unit} ({BY_SPELLING[spec.unit].zh})"
        out["minimum"] = 0
    if record is PROPOSAL and (cells := PROJECT.get(spec.key)):
        stages = [column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "M"]
        if stages:
            out["x-compulsory"] = stages
    return out


def _type(kind: ValueType, record: str, key: str) -> Schema:
    match kind:
        case Dimension():
            return {"type": "number"}
        case Simple():
            return _simple(kind, record, key)
        case CodeType():
            own = {"type": "string"} if key in BARE_CODES else {"type": "string", "pattern": "^[^:]+:.+$"}
            return {"anyOf": [own, dict(_CODE)]}
        case GradeType():
            return {"$ref": "#/$defs/grade"}
        case ListType():
            return {"type": "array", "items": _type(kind.item, record, key)}
        case RecordType():
            return {"$ref": f"#/$defs/{kind.name}"}
        case _:
            assert_never(kind)


def _simple(kind: Simple, record: str, key: str) -> Schema:
    match kind:
        case Simple.BOOLEAN:
            return {"type": "boolean"}
        case Simple.DATE:
            return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case Simple.LEVEL:
            return {"enum": list(LEVELS)}
        case Simple.REGION:
            return {"$ref": "#/$defs/region"}
        case Simple.TEXT:
            choices = ENUMS.get((record, key))
            return {"enum": list(choices)} if choices else {"type": "string"}
        case _:
            assert_never(kind)


def _feature(properties: str, needed: list[str], kinds: tuple[str, ...], *, is_plot: bool = False) -> Schema:
    inner: Schema = {"$ref": properties}
    if needed:
        inner = {"allOf": [{"$ref": properties}, {"required": needed}]}
    geometry: Schema = {"$ref": "#/$defs/region" if kinds == POLYGONS else "#/$defs/geometry"}
    return {
        "type": "object",
        "required": ["type", "properties"] if is_plot else ["type", "properties", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": ["string", "integer"]},
            "properties": inner,
            "geometry": {"anyOf": [geometry, {"type": "null"}]} if is_plot else geometry,
        },
    }


def _geometry(kinds: tuple[str, ...]) -> Schema:
    return {"oneOf": [_one_geometry(kind) for kind in kinds]}


def _one_geometry(kind: str) -> Schema:
    position: Schema = {"type": "array", "minItems": 2, "items": {"type": "number"}}
    depth = _DEPTH[kind]
    least = {"Polygon": 4, "MultiPolygon": 4, "LineString": 2, "MultiLineString": 2}.get(kind, 1)
    out = position
    for level in range(depth):
        out = {"type": "array", "minItems": least if level == 0 else 1, "items": out}
    return {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": kind}, "coordinates": out},
    }
