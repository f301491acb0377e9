"""Examples about the quality of data (LR7xx), told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR700": _told('"stage": "pre_examination"', '"stage": "pre_examination", "construction_nature": "new"'),
        "LR701": _told('"is_construction": "yes"', '"is_construction": true'),
        "LR702": _told('"construction_nature": "newly"', '"construction_nature": "new"'),
        "LR703": _told('"land_class": "survey:0199"', '"land_class": "survey:0101"'),
        "LR704": _told('"land_class": "gb2017:0101"', '"land_class": "survey:0101"'),
        "LR705": _told('"investment": 1200', '"investment_wan": 1200'),
        "LR706": _told('"phone": "138…"', '"applicant": {"name": "…"}'),
        "LR707": _told('"overlap_pct": 1200', '"overlap_pct": 12'),
        "LR708": _told('"accepted_date": "June"', '"accepted_date": "2026-06-18"'),
        "LR709": _told('"land_table": {"total": 3}', '"land_table": {"unit": "ha", "total": 3}'),
        "LR710": _told("[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]", "[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]"),
        "LR711": _told("P1 = P2", "P1"),
        "LR712": _told("P1 ∩ P2 = 40 m²", "P1 ∩ P2 = 0 m²"),
        "LR713": _told('{"type": "LineString"}', '{"type": "LineString"}, "width_m": 12'),
        "LR714": _told("[39523100.0, 3392800.0, 52.3]", "[39523100.0, 3392800.0]"),
        "LR715": _told('{"type": "LineString"}, "width_m": 12', '{"type": "Polygon"}'),
        "LR716": _told('{"type": "Point"}, "footprint_m2": 16', '{"type": "Polygon"}'),
        "LR717": _told(
            '"total": 3, "agricultural": 2, "construction": 2', '"total": 4, "agricultural": 2, "construction": 2'
        ),
        "LR718": _told('"id": "P1", "parcel_no": "P2"', '"id": "P1", "parcel_no": "P1"'),
        "LR719": _told('"role": "building", "parcel_no": "P9"', '"role": "building", "parcel_no": "P1"'),
        "LR720": _told('"quality": {"system": "grade12", "value": 5}', '"quality": {"system": "grade15", "value": 5}'),
        "LR721": _told(
            '"covers": [[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]',
            '"covers": [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]',
        ),
        "LR722": _told("UTF-8 + BOM", "UTF-8"),
        "LR723": _told("--set balance.mode=self", '"balance": {"mode": "self"}'),
        "LR724": _told("[117.0, 30.6] → [117.4, 30.6]", "[117.0, 30.6] → [117.01, 30.6] → …"),
        "LR740": _told("pbf YN1: bow tie", "pbf YN1: valid"),
        "LR741": _told('dltb.DLBM = "01O1"', 'dltb.DLBM = "0101"'),
        "LR742": _told("pbf YN1: no geometry", "pbf YN1: Polygon"),
        "LR750": _told("P1 ∩ erl: 0.6 m < accuracy_m = 0.5", "P1 ∩ erl: 40 m > accuracy_m = 0.5"),
        "LR751": _told("P1 ↔ erl: 0.2 m < accuracy_m = 0.5", "P1 ↔ erl: 12 m > accuracy_m = 0.5"),
        "LR752": _told("W1 ↔ highway: 20.3 m ≥ 20 m, accuracy_m = 0.5", "W1 ↔ highway: 24 m ≥ 20 m, accuracy_m = 0.5"),
        "LR753": _told("dltb: 35.02 ha > 35 ha, accuracy_m = 0.5", "dltb: 38 ha > 35 ha, accuracy_m = 0.5"),
        "LR754": _told("W1 ↔ highway: 0.3 m, accuracy_m = 0.5", "W1 ↔ highway: 4 m, accuracy_m = 0.5"),
        "LR760": _told("P1 − dltb = 12 m²", "P1 − dltb = 0 m²"),
        "LR761": _told("T1 ∩ T2 = 12 m²", "T1 ∩ T2 = 0 m²"),
        "LR762": _told("pbf 2022 − pbf 2025: 0.3 m", "pbf 2022 − pbf 2025: 0 m"),
        "LR780": _told('"pbf_ha": 1.2 ≠ 1.3542', '"pbf_ha": 1.3542'),
    }
)
