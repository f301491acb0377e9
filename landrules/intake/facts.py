"""JSON values as typed facts: the walk of a record along the vocabulary.

Everything a rule may read of a proposal passes here once. A value of the wrong kind becomes `Missing(invalid)` and a
line of data quality; `null` and a code without its scheme stop the run, because each could be read in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from landrules.base.diagnostic import Diagnostic, nearest
from landrules.base.frozen import frozen
from landrules.base.quantity import BY_SPELLING, Dimension
from landrules.base.valuetype import (
    LEVELS,
    Absence,
    Code,
    CodeType,
    FieldSpec,
    Grade,
    GradeType,
    ListType,
    Missing,
    Place,
    RecordType,
    Simple,
    Value,
)
from landrules.base.vocabulary import BARE_CODES, ENUMS, STATED_GRADES, STATED_UNITS
from landrules.base.vocabulary.enums import STATED_GRADE_SYSTEMS
from landrules.intake.jsontext import Json, kind_of, shown_value
from landrules.rules.model import CodeScheme

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERSONAL = re.compile(
    r"(^|_)(id_?card|id_?number|identity|phone|telephone|tel|mobile|email|contact|resident|householder)(_|s?$)"
    r"|身份证|电话|手机|联系人|户主|姓名",
    re.IGNORECASE,
)
_DIGITS = 18
"""A number of a proposal has no more digits than this before or after its point."""


@frozen
class Walk:
    """What the walk needs, and what it finds on the way.

    `name` is the file; `region` turns a GeoJSON geometry that stands at a place of the file into one of the plane, or
    says why it cannot.
    `notes` are lines of data quality, `stops` what ends the run.
    """

    name: str
    schemes: Mapping[str, CodeScheme]
    region: Callable[[Json, str], Place | Diagnostic]
    notes: list[Diagnostic] = field(default_factory=list)
    stops: list[Diagnostic] = field(default_factory=list)

    def note(self, message: str, place: str, /, **args: object) -> None:
        """Add a line of data quality about a place in the file."""
        self.notes.append(Diagnostic(message, args, where=self.where(place)))

    def tell(self, message: str, place: str, /, **args: object) -> None:
        """Add something that a person should know and that is no defect."""
        self.notes.append(Diagnostic(message, args, where=self.where(place), severity="warning"))

    def stop(self, message: str, place: str, /, **args: object) -> None:
        """Add something that ends the run."""
        self.stops.append(Diagnostic(message, args, where=self.where(place)))

    def where(self, place: str) -> str:
        """The file, and the place in it."""
        return f"{self.name}: {place}" if place else self.name


@frozen
class Spot:
    """Where a value stands: in the file (`shown`), in the language of rules (`fact`), and under which key."""

    shown: str
    fact: str
    key: str = ""

    def at(self, key: str) -> Spot:
        """The place of a field."""
        return Spot(f"{self.shown}.{key}" if self.shown else key, f"{self.fact}.{key}", key)

    def item(self, index: int) -> Spot:
        """The place of an item of a list; rules name the list's facts without a number."""
        return Spot(f"{self.shown}[{index}]", self.fact, self.key)

    def invalid(self, detail: str = "") -> Missing:
        """The value that stands for an invalid one here."""
        return Missing(self.fact, Absence.INVALID, detail)


def read_record(walk: Walk, raw: Mapping[str, Json], record: RecordType, place: Spot) -> dict[str, Value]:
    """The facts of a record: stated keys only, in the order of their names; unknown ones are reported."""
    out: dict[str, Value] = {}
    grade_key = STATED_GRADES.get(record.name)
    for key in sorted(raw):
        at = place.at(key)
        value = raw[key]
        if value is None:
            walk.stop("LR630", at.shown, key=key)
        elif key == grade_key:
            out |= _grades(walk, value, place, at)
        elif (spec := record.get(key)) is not None and not (grade_key and isinstance(spec.type, GradeType)):
            out[key] = read_value(walk, value, spec, record.name, at)
        elif not (key == "unit" and place.key in STATED_UNITS):
            _unknown_key(walk, key, record, at)
    if "code" in raw and "scheme" in record.fields:  # a record that is itself a code, with an area
        return out | _own_code(walk, raw, place)
    return out


def _own_code(walk: Walk, raw: Mapping[str, Json], place: Spot) -> dict[str, Value]:
    """Scheme and code of a record that states both among its own keys; invalid together."""
    found = _code(walk, {"scheme": raw.get("scheme", ""), "code": raw["code"]}, "", place.at("code"))
    if isinstance(found, Code):
        return {"scheme": found.scheme, "code": found.code}
    return {key: place.at(key).invalid() for key in ("scheme", "code")}


def _unknown_key(walk: Walk, key: str, record: RecordType, at: Spot) -> None:
    if _PERSONAL.search(key):
        walk.note("LR706", at.shown, key=key)
        return
    near = nearest(key, record.fields)
    zh = f"最接近的是 {near}" if near else "landrules schema proposal 列出全部的键"
    en = f"the nearest is {near}" if near else "`landrules schema proposal` lists every key"
    walk.tell("LR705", at.shown, key=key, nearest_zh=zh, nearest_en=en)


def read_value(walk: Walk, raw: Json, spec: FieldSpec, record: str, at: Spot) -> Value:
    """One value as the field's type wants it, or `Missing` with kind ``invalid`` and a line of data quality."""
    match spec.type:
        case Dimension():
            return _number(walk, raw, spec, at)
        case Simple():
            return _simple(walk, raw, spec.type, record, at)
        case CodeType():
            return _code(walk, raw, spec.key if spec.key in BARE_CODES else spec.type.scheme, at)
        case GradeType():
            return at.invalid()
        case ListType():
            return _items(walk, raw, spec, spec.type, record, at)
        case RecordType():
            if not isinstance(raw, dict):
                return _wrong(walk, raw, at, "对象", "an object")
            if at.key in STATED_UNITS and raw.get("unit") != "ha":
                walk.note("LR709", at.shown, key=at.key)
                return at.invalid("unit")
            return read_record(walk, raw, spec.type, at)
        case _:
            assert_never(spec.type)


def _wrong(walk: Walk, raw: Json, at: Spot, wanted: str, wanted_en: str) -> Missing:
    walk.note("LR701", at.shown, key=at.key, wanted=wanted, wanted_en=wanted_en, **kind_of(raw))
    return at.invalid()


def _items(walk: Walk, raw: Json, spec: FieldSpec, kind: ListType, record: str, at: Spot) -> Value:
    if not isinstance(raw, list):
        return _wrong(walk, raw, at, "清单", "a list")
    item = FieldSpec(spec.key, spec.zh, kind.item)
    out: list[Value] = []
    for index, value in enumerate(raw):
        place = at.item(index)
        if value is None:
            walk.stop("LR630", place.shown, key=place.shown)
        else:
            out.append(read_value(walk, value, item, record, place))
    return tuple(out)


def _number(walk: Walk, raw: Json, spec: FieldSpec, at: Spot) -> Value:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return _wrong(walk, raw, at, "数", "a number")
    number = Decimal(raw)
    if not _is_reasonable(number):
        walk.note("LR707", at.shown, key=at.key, found=shown_value(raw), range=f"±10^{_DIGITS}")
        return at.invalid()
    if spec.unit and (number < 0 or (spec.unit == "percent" and number > 100)):
        limits = "0–100" if spec.unit == "percent" else "≥ 0"
        walk.note("LR707", at.shown, key=at.key, found=shown_value(raw), range=limits)
        return at.invalid()
    return Fraction(number) * (BY_SPELLING[spec.unit].factor if spec.unit else 1)


def _is_reasonable(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_DIGITS and number.adjusted() <= _DIGITS


def _simple(walk: Walk, raw: Json, kind: Simple, record: str, at: Spot) -> Value:
    match kind:
        case Simple.BOOLEAN:
            return raw if isinstance(raw, bool) else _wrong(walk, raw, at, "是非值（true 或 false）", "true or false")
        case Simple.DATE:
            if not isinstance(raw, str):
                return _wrong(walk, raw, at, "日期（YYYY-MM-DD）", "a date (YYYY-MM-DD)")
            day = date_of(raw)
            if day is None:
                walk.note("LR708", at.shown, key=at.key, found=shown_value(raw))
                return at.invalid()
            return day
        case Simple.LEVEL:
            return _one_of(walk, raw, LEVELS, at)
        case Simple.TEXT:
            if choices := ENUMS.get((record, at.key)):
                return _one_of(walk, raw, choices, at)
            return unicodedata.normalize("NFC", raw) if isinstance(raw, str) else _wrong(walk, raw, at, "文字", "text")
        case Simple.REGION:
            shape = walk.region(raw, walk.where(at.shown))
            if isinstance(shape, Diagnostic):
                walk.notes.append(shape)
                return at.invalid(shape.code)
            return shape
        case _:
            assert_never(kind)


def date_of(text: str) -> date | None:
    """A day written YYYY-MM-DD, or `None`.

    >>> date_of("2026-02-30") is None
    True
    """
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_MANY = 12
"""A list of more words than this is not printed whole."""


def _one_of(walk: Walk, raw: Json, choices: tuple[str, ...], at: Spot) -> Value:
    if not isinstance(raw, str):
        return _wrong(walk, raw, at, "文字", "text")
    if raw in choices:
        return raw
    shown = ", ".join(choices) if len(choices) <= _MANY else f"{nearest(raw, choices) or choices[0]} … ({len(choices)})"
    walk.note("LR702", at.shown, key=at.key, found=shown_value(raw), choices=shown)
    return at.invalid()


def _code(walk: Walk, raw: Json, own_scheme: str, at: Spot) -> Value:
    """A code with its scheme. `own_scheme` is the scheme that a key fixes by itself, empty where none."""
    if isinstance(raw, dict):
        scheme, code = raw.get("scheme", own_scheme), raw.get("code")
        if not isinstance(scheme, str) or not isinstance(code, str):
            return _wrong(walk, raw, at, "含 scheme 与 code 的对象", "an object with `scheme` and `code`")
    elif isinstance(raw, str):
        scheme, colon, code = raw.rpartition(":")
        if not colon:
            scheme = own_scheme
    elif isinstance(raw, int) and not isinstance(raw, bool) and not own_scheme:
        scheme, code = "", str(raw)
    else:
        return _wrong(walk, raw, at, "代码", "a code")
    if not scheme:
        walk.stop("LR631", at.shown, key=at.key, code=shown_value(code))
        return at.invalid()
    return _known_code(walk, scheme, code, own_scheme, at)


def _known_code(walk: Walk, scheme: str, code: str, own_scheme: str, at: Spot) -> Value:
    known = walk.schemes.get(scheme)
    if own_scheme and scheme != own_scheme:
        walk.note("LR704", at.shown, key=at.key, scheme=scheme, choices=own_scheme)
        return at.invalid()
    if known is None:
        if own_scheme:
            return Code(scheme, code)
        walk.note("LR704", at.shown, key=at.key, scheme=scheme, choices=", ".join(sorted(walk.schemes)))
        return at.invalid()
    if code not in known.entries:
        walk.note("LR703", at.shown, key=at.key, code=shown_value(code), scheme=scheme)
        return at.invalid()
    return Code(scheme, code)


_GRADE_KEYS = {"grade15": "grade15", "quality_level": "quality"}


def _grades(walk: Walk, raw: Json, place: Spot, at: Spot) -> dict[str, Value]:
    """{system, value} as the two facts `grade15` and `quality`; the one not stated is not supplied."""
    out: dict[str, Value] = {
        key: Missing(place.at(key).fact, Absence.NOT_SUPPLIED) for key in sorted(_GRADE_KEYS.values())
    }
    system, value = (raw.get("system"), raw.get("value")) if isinstance(raw, dict) else (None, None)
    if system is None or value is None:
        _wrong(walk, raw, at, "含 system 与 value 的对象", "an object with `system` and `value`")
        return {key: place.at(key).invalid() for key in out}
    if system not in STATED_GRADE_SYSTEMS:
        walk.note("LR720", at.shown, key=at.key, found=shown_value(system), choices=", ".join(STATED_GRADE_SYSTEMS))
        return {key: place.at(key).invalid() for key in out}
    key = _GRADE_KEYS[str(system)]
    number = _number(walk, value, FieldSpec("value", "", Dimension.NUMBER), at.at("value"))
    out[key] = Grade(str(system), number) if isinstance(number, Fraction) else place.at(key).invalid()
    return out
