"""The JSON Schema of a proposal, made from the vocabulary: what `landrules schema proposal` prints.

Every key, unit and word list stands once, in `base/vocabulary`. Unknown keys are allowed here because the door only
notes them; a value that the schema refuses is read at the door as *value invalid*, with a line of data quality.
"""

from __future__ import annotations

from typing import Any, assert_never

from landrules.base.quantity import Dimension
from landrules.base.valuetype import LEVELS, CodeType, FieldSpec, GradeType, ListType, RecordType, Simple, ValueType
from landrules.base.vocabulary import (
    BARE_CODES,
    BUILDING,
    ENUMS,
    PARCEL,
    PROPOSAL,
    STATED_GRADES,
    STATED_UNITS,
    records,
)
from landrules.base.vocabulary.enums import STATED_GRADE_SYSTEMS

_DATE = r"^\d{4}-\d{2}-\d{2}$"


def proposal_schema() -> dict[str, Any]:
    """The schema of a GeoJSON proposal (proposal.md section 1), JSON Schema draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "landrules/proposal/1",
        "title": "landrules proposal · 项目文件",
        "type": "object",
        "required": ["type", "proposal", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "proposal": _reference(PROPOSAL),
            "features": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/feature"}},
            "crs": {"type": "object", "description": "the older crs member; without it lon/lat, CGCS2000"},
        },
        "$defs": {
            "feature": _feature(),
            "code": _CODE,
            "grade": _GRADE,
            "geometry": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
            **{record.name: _record(record) for record in records()},
        },
    }


_CODE: dict[str, Any] = {
    "description": "a code with its scheme · 带体系的代码",
    "oneOf": [
        {"type": "string", "pattern": "^[^:]+:[^:]+$"},
        {
            "type": "object",
            "required": ["scheme", "code"],
            "properties": {"scheme": {"type": "string"}, "code": {"type": "string"}},
        },
    ],
}

_GRADE: dict[str, Any] = {
    "description": "a grade with its system · 带体系的等别",
    "type": "object",
    "required": ["system", "value"],
    "properties": {"system": {"enum": list(STATED_GRADE_SYSTEMS)}, "value": {"type": "number"}},
}


def _feature() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "properties", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": ["string", "integer"]},
            "geometry": {"$ref": "#/$defs/geometry"},
            "properties": {
                "if": {"properties": {"role": {"const": "building"}}, "required": ["role"]},
                "then": _reference(BUILDING),
                "else": _reference(PARCEL),
            },
        },
    }


def _record(record: RecordType) -> dict[str, Any]:
    properties = {
        key: _field(record, spec) for key, spec in record.fields.items() if not isinstance(spec.type, GradeType)
    }
    if record.name in STATED_GRADES:
        properties[STATED_GRADES[record.name]] = {"$ref": "#/$defs/grade"}
    schema: dict[str, Any] = {"title": record.zh, "type": "object", "properties": properties}
    if record.name in STATED_UNITS:
        properties["unit"] = {"const": "ha"}
        schema["required"] = ["unit"]
    if record is PROPOSAL:
        schema["required"] = ["id", "stage"]
    return schema


def _field(record: RecordType, spec: FieldSpec) -> dict[str, Any]:
    words = ENUMS.get((record.name, spec.key))
    if words is not None:
        return {"title": spec.zh, "enum": list(words)}
    if spec.key in BARE_CODES:
        return {"title": spec.zh, "anyOf": [{"type": "string"}, {"$ref": "#/$defs/code"}]}
    return {"title": spec.zh, **_type(spec.type), **({"description": spec.unit} if spec.unit else {})}


def _type(kind: ValueType) -> dict[str, Any]:
    match kind:
        case Simple.BOOLEAN:
            return {"type": "boolean"}
        case Simple.DATE:
            return {"type": "string", "format": "date", "pattern": _DATE}
        case Simple.TEXT:
            return {"type": "string"}
        case Simple.REGION:
            return {"$ref": "#/$defs/geometry"}
        case Simple.LEVEL:
            return {"enum": list(LEVELS)}
        case Dimension():
            return {"type": "number"}
        case CodeType():
            return {"$ref": "#/$defs/code"}
        case GradeType():
            return {"$ref": "#/$defs/grade"}
        case ListType(item):
            return {"type": "array", "items": _type(item)}
        case RecordType():
            return _reference(kind)
        case _:
            assert_never(kind)


def _reference(record: RecordType) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{record.name}"}
