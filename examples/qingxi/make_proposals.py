"""Make the further proposals of the example county: ``python examples/qingxi/make_proposals.py [FOLDER]``.

Two families stand beside the five first dossiers (a to e): *near misses*, one of the five with one thing changed, and
*further sites* on the village ground of Nanwei and beside the works of dossier e. Comes in: the five files in
``proposals/`` beside this file. Goes out: one GeoJSON file each, below FOLDER or beside this file. Areas declared in a
variant follow the change that was made, so that no table of a variant contradicts its geometry.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyproj
from listed import ORIGIN, rect
from sites import SITES

Json = dict[str, Any]
HERE = Path(__file__).parent


def main() -> None:
    """Write all further proposals below the folder named on the command line, or beside this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    (folder / "proposals").mkdir(parents=True, exist_ok=True)
    for name, document in documents().items():
        (folder / "proposals" / f"{name}.geojson").write_text(rendered(document), encoding="utf-8", newline="\n")


def documents() -> dict[str, Json]:
    """Every further proposal by its file name."""
    made = {name: _variant(name, base, remark, change) for name, base, remark, change in VARIANTS}
    return made | {name: make() for name, make in SITES}


def rendered(document: Json) -> str:
    """The file's text: one attribute of the project a line, one feature a line."""

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    head = [f"  {text(k)}: {text(v)}," for k, v in document.items() if k not in ("proposal", "features")]
    project = ",\n".join(f"    {text(k)}: {text(v)}" for k, v in document["proposal"].items())
    features = ",\n".join(f"    {text(feature)}" for feature in document["features"])
    body = ['  "proposal": {', project, "  },", '  "features": [', features, "  ]"]
    return "\n".join(["{", *head, *body, "}"]) + "\n"


def _variant(name: str, base: str, remark: str, change: Callable[[Json], None]) -> Json:
    document: Json = copy.deepcopy(json.loads((HERE / "proposals" / f"{base}.geojson").read_text(encoding="utf-8")))
    project = document["proposal"]
    project["id"] = f"{project['id']}-{name.removeprefix(base + '_')}"
    project["name"] = f"{project['name']}（{remark}）"
    change(document)
    return document


def degrees(points: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Longitude and latitude, with 11 decimals, of points in the example's own metres."""
    to_degrees = pyproj.Transformer.from_crs("EPSG:4527", "EPSG:4490", always_xy=True)
    found = [to_degrees.transform(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in points]
    return [[round(longitude, 11), round(latitude, 11)] for longitude, latitude in found]


def _polygon(where: str) -> Json:
    """A rectangle of the example's own metres as a GeoJSON polygon in degrees."""
    ring = [(x - ORIGIN[0], y - ORIGIN[1]) for x, y in rect(where).ring()]
    return {"type": "Polygon", "coordinates": [degrees(ring)]}


def _feature(document: Json, identifier: str) -> Json:
    found: Json = next(feature for feature in document["features"] if feature["id"] == identifier)
    return found


def _opinion(document: Json, kind: str) -> Json:
    found: Json = next(opinion for opinion in document["proposal"]["opinions"] if opinion["kind"] == kind)
    return found


def _classes(*classes: tuple[str, float]) -> list[Json]:
    return [{"scheme": "survey", "code": code, "area_ha": area} for code, area in classes]


# ---- a: the expressway


def _expressway_poorer_plot(document: Json) -> None:
    document["proposal"]["supplements"][0]["properties"]["grade"]["value"] = 7


def _expressway_unreplenished(document: Json) -> None:
    project = document["proposal"]
    project["supplements"] = []
    project["opinions"] = [opinion for opinion in project["opinions"] if opinion["kind"] != "replenishment_plan"]


# ---- b: the logistics park


def _logistics_short_notice(document: Json) -> None:
    document["proposal"]["notices"][0]["end"] = "2026-01-23"


def _logistics_unconfirmed(document: Json) -> None:
    del document["proposal"]["balance"]["confirmation_no"]


def _logistics_cleared(document: Json) -> None:
    """The north edge ten metres south, out of the line's strip, and the province's approvals given."""
    project = document["proposal"]
    project["application_date"] = "2026-05-08"
    project["land_table"] |= {
        "total": 4.9, "agricultural": 3.33, "cultivated": 2.52, "dryland": 2.52, "forest": 0.72,
        "other_agricultural": 0.09, "construction": 1.57, "collective": 3.78, "state": 1.12, "illegal": 0.189,
    }  # fmt: skip
    project["survey_table"] |= {
        "total": 4.9, "agricultural": 3.141, "cultivated": 2.331, "dryland": 2.331, "forest": 0.72,
        "other_agricultural": 0.09, "construction": 1.759, "collective": 3.78, "state": 1.12,
    }  # fmt: skip
    project["corrections"][0] |= {"area_ha": 0.189, "geometry": _polygon("3140,50,3161,140")}
    project["illegal_use"] |= {
        "area_ha": 0.189, "agricultural_ha": 0.189, "cultivated_ha": 0.189, "penalty_wan": 18.9,
    }  # fmt: skip
    forest = _opinion(document, "forest_use")
    forest |= {"result": "agree", "area_ha": 0.72}
    del forest["conditions"]
    _opinion(document, "balance_confirmation")["area_ha"] = 2.52
    province = {"issuer": "安徽省人民政府", "issuer_level": "province", "number": "皖政地〔2026〕000号"}
    project["approvals"] = [
        {"matter": matter, **province, "date": "2026-05-06", "result": "agree"}
        for matter in ("conversion", "expropriation")
    ]
    project["expropriation"]["compensation_total_wan"] = 283.5
    project["fees"][0] |= {"due_wan": 283.5, "paid_wan": 283.5}
    project["fees"][2] |= {"due_wan": 53.28, "paid_wan": 53.28}
    project["balance"]["quantity_ha"] = 2.52
    project["quota"] |= {"requested_ha": 3.33, "cultivated_ha": 2.52}
    parcels = (
        ("2026-07-01", "3000,0,3220,140", 3.08, (("0103", 1.82), ("0307", 0.72), ("1107", 0.09), ("0702", 0.45))),
        ("2026-07-02", "3220,0,3230,140", 0.14, (("0103", 0.14),)),
        ("2026-07-03", "3230,0,3270,140", 0.56, (("0103", 0.56),)),
        ("2026-07-04", "3270,0,3350,140", 1.12, (("0601", 1.12),)),
    )
    for identifier, where, area, classes in parcels:
        parcel = _feature(document, identifier)
        parcel["geometry"] = _polygon(where)
        parcel["properties"] |= {"area_ha": area, "land_classes": _classes(*classes)}
    _feature(document, "2026-07-01")["properties"]["development"] |= {
        "floor_area_m2": 33880, "footprint_m2": 16940, "green_m2": 3080, "admin_land_m2": 1848,
    }  # fmt: skip


# ---- c: the pig farm


def _livestock_moved(document: Json) -> None:
    """The north edge 2.5 m south, on the edge of the permanent basic farmland."""
    project = document["proposal"]
    project["facility"] |= {"total_ha": 1.17, "production_ha": 1.05}
    project["land_table"] |= {
        "total": 1.17, "agricultural": 1.17, "cultivated": 0.69, "dryland": 0.69, "collective": 1.17,
    }  # fmt: skip
    project["balance"]["quantity_ha"] = 0.69
    _opinion(document, "balance_confirmation")["area_ha"] = 0.69
    parcel = _feature(document, "S-01")
    parcel["properties"] |= {"area_ha": 1.05, "land_classes": _classes(("0103", 0.57), ("0204", 0.48))}
    ring = [(-2000, 1000), (-1880, 1000), (-1880, 1060), (-1880, 1087.5), (-2000, 1087.5), (-2000, 1000)]
    parcel["geometry"] = {"type": "Polygon", "coordinates": [degrees(ring)]}


def _livestock_filed(document: Json) -> None:
    _livestock_moved(document)
    document["proposal"]["opinions"].append(
        {
            "kind": "township_filing", "issuer": "石桥镇人民政府", "issuer_level": "township",
            "number": "石桥设农备〔2026〕5号", "date": "2026-05-18", "result": "agree",
        }
    )  # fmt: skip


# ---- d: the village road


def _road_disputed(document: Json) -> None:
    document["proposal"]["dispute_pending"] = True
    _feature(document, "V-01")["properties"]["dispute_pending"] = True


def _road_as_line(document: Json) -> None:
    parcel = _feature(document, "V-01")
    parcel["properties"]["width_m"] = 6
    parcel["geometry"] = {"type": "LineString", "coordinates": _metres((1500, -1197), (1620, -1197))}


def _road_lamp_posts(document: Json) -> None:
    project = document["proposal"]
    project |= {"scale": {"value": 6, "unit": "post"}, "investment_wan": 1.2}
    project["land_table"] |= {"total": 0.0006, "construction": 0.0006, "collective": 0.0006}
    whole = document["features"][0]["properties"]
    document["features"] = [
        {
            "type": "Feature",
            "id": f"V-{number:02d}",
            "properties": whole | {
                "parcel_no": f"V-{number:02d}", "parcel_name": f"路灯杆基 {number}", "area_ha": 0.0001,
                "footprint_m2": 1, "land_classes": _classes(("1201", 0.0001)),
            },
            "geometry": {"type": "Point", "coordinates": _metres((1490 + 20 * number, -1195))[0]},
        }
        for number in range(1, 7)
    ]  # fmt: skip


def _metres(*points: tuple[float, float]) -> list[list[float]]:
    return [[ORIGIN[0] + x, ORIGIN[1] + y] for x, y in points]


# ---- e: the workshop


def _workshop_moved(document: Json) -> None:
    outline = _metres((3110, -540), (3170, -540), (3170, -492), (3110, -492), (3110, -540))
    _feature(document, "W-1")["geometry"]["coordinates"] = [outline]


VARIANTS: tuple[tuple[str, str, str, Callable[[Json], None]], ...] = (
    ("a_expressway_poorer_plot", "a_expressway", "补划地块质量差一等", _expressway_poorer_plot),
    ("a_expressway_unreplenished", "a_expressway", "未补划", _expressway_unreplenished),
    ("b_logistics_short_notice", "b_logistics", "预公告九个工作日", _logistics_short_notice),
    ("b_logistics_unconfirmed", "b_logistics", "占补平衡未确认", _logistics_unconfirmed),
    ("b_logistics_cleared", "b_logistics", "退出线路保护区并已批准", _logistics_cleared),
    ("c_livestock_moved", "c_livestock", "北界南移", _livestock_moved),
    ("c_livestock_filed", "c_livestock", "北界南移并已备案", _livestock_filed),
    ("d_village_road_disputed", "d_village_road", "权属争议未决", _road_disputed),
    ("d_village_road_line", "d_village_road", "以中心线表示", _road_as_line),
    ("d_village_road_lamp_posts", "d_village_road", "路灯杆基", _road_lamp_posts),
    ("e_workshop_moved", "e_workshop", "车间北移八米", _workshop_moved),
)
"""File name, the dossier it starts from, the remark put after the project's name, and the change."""


if __name__ == "__main__":
    main()
