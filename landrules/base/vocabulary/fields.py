"""How a record is written down: a key says its unit, a table says the rest.

The suffix of a key fixes dimension and unit (`_ha`, `_m2`, `_m`, `_km`, `_wan`, `_kg`, `_pct`, `_months`), so no field
can disagree with its own name. Chinese names come from `names`.
"""

from __future__ import annotations

from types import MappingProxyType

from landrules.base.quantity import Dimension
from landrules.base.valuetype import FieldSpec, RecordType, Simple, ValueType
from landrules.base.vocabulary.names import NAMES

TEXT, DATE, BOOLEAN, LEVEL, REGION = Simple.TEXT, Simple.DATE, Simple.BOOLEAN, Simple.LEVEL, Simple.REGION
NUMBER, RATIO, AREA = Dimension.NUMBER, Dimension.RATIO, Dimension.AREA

SUFFIXES: tuple[tuple[str, Dimension, str], ...] = (
    ("_wan_ha", Dimension.NUMBER, ""),
    ("_yuan_m2", Dimension.NUMBER, ""),
    ("_ha", Dimension.AREA, "ha"),
    ("_m2", Dimension.AREA, "m2"),
    ("_km", Dimension.LENGTH, "km"),
    ("_m", Dimension.LENGTH, "m"),
    ("_wan", Dimension.MONEY, "wan_yuan"),
    ("_kg", Dimension.MASS, "kg"),
    ("_pct", Dimension.RATIO, "percent"),
    ("_months", Dimension.NUMBER, ""),
    ("_years", Dimension.NUMBER, ""),
    ("_deg", Dimension.NUMBER, ""),
)
"""Suffix of a key, dimension, unit in which data state it. Prices per area (万元/公顷, 元/平方米) stay plain numbers."""


def sized(keys: str) -> dict[str, FieldSpec]:
    """Fields whose suffix says everything, from keys parted by blanks. Raises `ValueError` for a key without one.

    >>> sized("total_ha")["total_ha"].unit
    'ha'
    """
    out: dict[str, FieldSpec] = {}
    for key in keys.split():
        found = next(((d, u) for s, d, u in SUFFIXES if key.endswith(s)), None)
        if found is None:
            raise ValueError(f"{key} has no suffix with a unit")
        out[key] = FieldSpec(key, NAMES[key], found[0], found[1])
    return out


def of(kind: ValueType, keys: str, unit: str = "") -> dict[str, FieldSpec]:
    """Fields of one type, from keys parted by blanks."""
    return {key: FieldSpec(key, NAMES[key], kind, unit) for key in keys.split()}


def record(name: str, zh: str, *groups: dict[str, FieldSpec]) -> RecordType:
    """A record of all the groups' fields. Raises `ValueError` where a key stands twice."""
    fields: dict[str, FieldSpec] = {}
    for group in groups:
        if twice := fields.keys() & group.keys():
            raise ValueError(f"{name}: {sorted(twice)} stand twice")
        fields |= group
    return RecordType(name, zh, MappingProxyType(fields))
