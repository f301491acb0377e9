"""What is incomplete or inconsistent in a proposal, before any rule speaks: compulsory facts, sums, shared ground.

These lines never move a decision. Areas of forms are compared as exact hectares of four decimals (proposal.md 2.8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.base.quantity import round_half_up
from landrules.base.valuetype import Value
from landrules.base.vocabulary import NAMES
from landrules.base.vocabulary.stages import PARCEL, PROJECT, column_of, compulsory
from landrules.geo import kernel
from landrules.geo.quality import duplicates, overlaps
from landrules.geo.site import Parcel

TOUCH_M = 0.001
"""Parcels that overlap by less than this equivalent width touch (proposal.md 4)."""

HECTARE = 10_000
RESOLUTION = Fraction(1)
"""A form's last digit: 0.0001 ha is 1 m²."""


def quality_lines(
    name: str,
    attributes: Mapping[str, Value],
    parcels: Sequence[Parcel],
    buildings: Sequence[Parcel],
    precision_m: float,
) -> tuple[Diagnostic, ...]:
    """Every line of data quality that needs the whole proposal, in a fixed order."""
    return (
        *_missing(name, attributes, parcels),
        *_sums(name, attributes, parcels),
        *_shared(name, parcels, precision_m),
        *_strays(name, parcels, buildings),
    )


def _missing(name: str, attributes: Mapping[str, Value], parcels: Sequence[Parcel]) -> Iterator[Diagnostic]:
    column = column_of(str(attributes.get("stage")), str(attributes.get("application_form")))
    if column is None:
        return
    for path in compulsory(PROJECT, column):
        if not _is_stated(attributes, path):
            yield _absent(path, f"{name}: proposal.{path}")
    for parcel in parcels:
        for key in compulsory(PARCEL, column):
            if key not in parcel.attributes and key != "parcel_no":
                yield _absent(key, f"{name}: {parcel.id}.{key}")
        if not {"area_ha", "area_m2"} & parcel.attributes.keys():
            yield _absent("area_ha", f"{name}: {parcel.id}.area_ha")


def _is_stated(attributes: Mapping[str, Value], path: str) -> bool:
    """Whether a key is there; the inside of a record that is absent or invalid is not reported again."""
    head, _, inner = path.partition(".")
    if not inner:
        return head in attributes
    record = attributes.get(head)
    return not isinstance(record, Mapping) or inner in record


def _absent(path: str, where: str) -> Diagnostic:
    key = path.rpartition(".")[2]
    return Diagnostic("LR700", {"key": path, "zh": NAMES[key]}, where=where)


# --- sums ------------------------------------------------------------------------------------------------------------

_TABLE_SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("total", ("agricultural", "construction", "unused", "sea_reclamation")),
    ("total", ("collective", "state")),
    ("cultivated", ("paddy", "irrigated", "dryland")),
)
"""Invariants inside a land table; one is checked where the total and every part that matters are stated."""

_OPTIONAL_PARTS = frozenset({"sea_reclamation"})


@frozen
class _Sum:
    """A total and what should add up to it, with the words for it (proposal.md 2.8, I1 to I8)."""

    where: str
    key: str
    total: Value | None
    parts: Sequence[Value | None]
    zh: str
    en: str


def _sums(name: str, attributes: Mapping[str, Value], parcels: Sequence[Parcel]) -> Iterator[Diagnostic]:
    for found in (*_table_sums(name, attributes), *_project_sums(name, attributes, parcels)):
        known = [part for part in found.parts if isinstance(part, Fraction)]
        if not isinstance(found.total, Fraction) or len(known) != len(found.parts) or not known:
            continue
        whole = sum(known, Fraction(0))
        if abs(found.total - whole) >= RESOLUTION:
            shown = {"left": _hectares(found.total), "right": _hectares(whole)}
            args = {"key": found.key, "parts_zh": found.zh, "parts_en": found.en, **shown}
            yield Diagnostic("LR717", args, where=found.where)


def _table_sums(name: str, attributes: Mapping[str, Value]) -> Iterator[_Sum]:
    for table in ("land_table", "survey_table"):
        record = attributes.get(table)
        if not isinstance(record, Mapping):
            continue
        for whole, parts in _TABLE_SUMS:
            needed = [part for part in parts if part in record or part not in _OPTIONAL_PARTS]
            yield _Sum(
                f"{name}: proposal.{table}",
                f"{table}.{whole}",
                record.get(whole),
                [record.get(part) for part in needed],
                "＋".join(NAMES[part] for part in needed),
                " + ".join(needed),
            )


def _project_sums(name: str, attributes: Mapping[str, Value], parcels: Sequence[Parcel]) -> Iterator[_Sum]:
    land = attributes.get("land_table")
    total = land.get("total") if isinstance(land, Mapping) else None
    stated = [_declared(p.attributes) for p in parcels]
    yield _Sum(f"{name}: proposal.land_table", "land_table.total", total, stated, "各地块之和", "the parcels' sum")
    for key, column in (("sections", "area_ha"), ("districts", "total_ha")):
        areas = _areas(attributes.get(key), column)
        where = f"{name}: proposal.{key}"
        yield _Sum(where, "land_table.total", total, areas, f"{NAMES[key]}之和", f"the sum of `{key}`")
    quota = attributes.get("quota")
    if isinstance(quota, Mapping) and isinstance(land, Mapping):
        converted = [land.get("agricultural"), land.get("unused")]
        words = ("农用地＋未利用地", "agricultural + unused")
        yield _Sum(f"{name}: proposal.quota", "quota.requested_ha", quota.get("requested_ha"), converted, *words)
    for parcel in parcels:
        areas = _areas(parcel.attributes.get("land_classes"), "area_ha")
        where = f"{name}: {parcel.id}.land_classes"
        yield _Sum(where, "area_ha", _declared(parcel.attributes), areas, "各地类之和", "the sum of its land classes")


def _areas(rows: Value | None, column: str) -> list[Value | None]:
    if not isinstance(rows, tuple):
        return []
    return [row.get(column) if isinstance(row, Mapping) else None for row in rows]


def _declared(attributes: Mapping[str, Value]) -> Value | None:
    return attributes.get("area_ha", attributes.get("area_m2"))


def _hectares(area: Fraction) -> str:
    return f"{round_half_up(area / HECTARE, 4)} ha"


# --- ground ----------------------------------------------------------------------------------------------------------


def _shared(name: str, parcels: Sequence[Parcel], precision_m: float) -> Iterator[Diagnostic]:
    known = [p for p in parcels if p.geometry is not None]
    shapes, ids = kernel.array_of([p.geometry for p in known]), [p.id for p in known]
    width = max(TOUCH_M, precision_m)
    same = set(duplicates(shapes, ids, width))
    for pair in sorted(same):
        yield Diagnostic("LR711", {"first": pair[0], "second": pair[1]}, where=name)
    for found in overlaps(shapes, ids, width):
        if (found.first, found.second) not in same:
            shown = {"area": f"{found.area_m2:.2f}", "width": f"{found.width_m:.3f}"}
            yield Diagnostic("LR712", {"first": found.first, "second": found.second, **shown}, where=name)


def _strays(name: str, parcels: Sequence[Parcel], buildings: Sequence[Parcel]) -> Iterator[Diagnostic]:
    """Buildings that name a parcel which is not there."""
    ids = {p.id for p in parcels}
    for building in buildings:
        parcel = building.attributes.get("parcel")
        if isinstance(parcel, str) and parcel not in ids:
            yield Diagnostic("LR719", {"parcel": parcel}, where=f"{name}: {building.id}.parcel")
