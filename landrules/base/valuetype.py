"""Types of the language and the values that flow at run time.

Static types are checked before any data is read; run-time values are plain: `bool`, `Fraction` in base units, `date`,
`str`, `Code`, `Grade`, a `Mapping` for a record, a tuple for a list, and `Missing` where there is no value. The four
absences stay apart in `Missing.kind`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Union

from landrules.base.frozen import frozen
from landrules.base.quantity import Dimension


class Simple(Enum):
    """Types without parameters that are not numbers."""

    BOOLEAN = "boolean"
    DATE = "date"
    TEXT = "text"
    REGION = "region"
    LEVEL = "level"


@frozen
class CodeType:
    """A code of a scheme; `scheme` is empty where any scheme is accepted."""

    scheme: str = ""


@frozen
class GradeType:
    """A grade of a system: ordered, and only within its system."""

    system: str


@frozen
class ListType:
    """A list of one type, usually of records."""

    item: ValueType


@frozen
class FieldSpec:
    """A field of a record: its key, its Chinese name, its type.

    `unit` is the unit in which data state a number (the suffix of the key says the same).
    """

    key: str
    zh: str
    type: ValueType
    unit: str = ""
    optional: bool = True


@frozen
class RecordType:
    """A record: named fields. Two records are the same type when they have the same name."""

    name: str
    zh: str
    fields: Mapping[str, FieldSpec] = field(compare=False, hash=False)

    def get(self, key: str) -> FieldSpec | None:
        """The field of a key, or `None`."""
        return self.fields.get(key)


ValueType = Union[Dimension, Simple, CodeType, GradeType, ListType, RecordType]


@frozen(order=True)
class Code:
    """A code of a scheme; written `scheme:code`. A bare code does not exist."""

    scheme: str
    code: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


@frozen
class Grade:
    """A grade in a named system, such as grade15 6."""

    system: str
    value: Fraction


@frozen
class Place:
    """A value of type region: a geometry in the workspace's plane, opaque above `geo/`.

    The door turns a GeoJSON geometry in a proposal (`covers` of an opinion, `geometry` of a correction) into a `Place`.
    """

    geometry: object = field(repr=False)


class Absence(Enum):
    """The four absences, and what the law's own tables and lists leave open.

    A table without a row for the key, a crosswalk that gives several codes, a list that ends in "and the like".
    """

    NOT_SUPPLIED = "not_supplied"
    NOT_COVERED = "not_covered"
    OUTDATED = "outdated"
    INVALID = "invalid"
    UNBOUND = "unbound"
    NO_ROW = "no_row"
    SEVERAL = "several"
    OPEN_LIST = "open_list"


LEFT_TO_A_PERSON = frozenset({Absence.NO_ROW, Absence.SEVERAL, Absence.OPEN_LIST})
"""What no applicant and no layer can supply: where nothing else is missing, the law leaves the case to a person."""


@frozen(order=True)
class Missing:
    """There is no value, and why. `name` is the dotted fact in the language of the rules."""

    name: str
    kind: Absence = field(compare=False)
    detail: str = field(default="", compare=False)


Value = Union[bool, Fraction, date, str, Code, Grade, Place, Mapping[str, "Value"], tuple["Value", ...], Missing]

LEVELS: tuple[str, ...] = ("central", "province", "city", "county", "township", "village", "expert")


def decimal_of(value: Fraction) -> Decimal:
    """A Fraction that has a finite decimal form, as a Decimal; otherwise 12 decimals."""
    return Decimal(value.numerator) / Decimal(value.denominator)
