"""Make a workspace of a generated county: which layer answers what, an invented plan, proposals with all their facts.

    python benchmarks/county/bind.py COUNTY [--proposals 1000]

`COUNTY` is a folder that `make_county.py` wrote. Beside its layers appear `landrules.toml`, `plan.rules`,
`proposals/NNNN.geojson` (longitude and latitude) and `proposals.jsonl` with all of them. Layers of the national rules
that such a county has not are declared `none`, so every norm is judged on known ground. Everything is invented.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pyogrio
import shapely
from make_county import lonlat

ZONE_NAMES = {
    "1": "farm_protect",
    "2": "eco_control",
    "3": "rural.general",
    "4": "rural.village",
    "5": "urban.concentrated.industry",
}
"""The first figure of a generated zone, of twenty, as a zone of the national list."""

NONE = (
    "construction_scope",
    "pbf_reserve",
    "plan_use",
    "power_line",
    "highway_control_zone",
    "protected_area",
    "forest",
    "river_scope",
    "railway",
    "pipeline",
    "grassland",
    "wetland",
)

WORKSPACE = """\
# The workspace of a generated county. Everything in it is invented.

[workspace]
name = "生成县"
county = "330400"
crs = "EPSG:4528"
boundary = {{ path = "boundary.gpkg", table = "boundary" }}
rulesets = ["cn", "plan.rules"]

[layers.dltb]
path = "dltb.gpkg"
id = "BSM"
edition = 2025-12-31
accuracy_m = 0.5
coverage = {whole}
fields = {{ class = {{ column = "DLBM", scheme = "survey" }}, gross_area = {{ column = "TBMJ", unit = "m2" }}, \
net_area = {{ column = "TBDLMJ", unit = "m2" }}, slope_grade = {{ column = "GDPDJB" }} }}

[layers.pbf]
path = "yjjbnt.gpkg"
id = "YJJBNTTBBH"
edition = 2025-12-31
coverage = {whole}
fields = {{ class = {{ column = "DLBM", scheme = "survey" }}, gross_area = {{ column = "YJJBNTMJ", unit = "m2" }}, \
net_area = {{ column = "YJJBNTMJ", unit = "m2" }} }}

[layers.erl]
path = "stbhhx.gpkg"
id = "HXDM"
edition = 2022-11-30
coverage = {whole}
fields = {{ kind = {{ column = "HXMC" }}, core = {{ column = "HXMC", map = {{ "水源涵养" = false, "生物多样性维护" = true, \
"水土保持" = false, "其他" = false }} }} }}

[layers.udb]
path = "czkfbj.gpkg"
id = "CZKFBJBH"
edition = 2024-09-12
coverage = {whole}
fields = {{ zone = {{ column = "LX", scheme = "udb_zone", map = {{ "集中建设区" = "concentrated", \
"弹性发展区" = "elastic" }} }} }}

[layers.plan_zone]
path = "ghfq.gpkg"
id = "GHFQBH"
edition = 2024-09-12
coverage = {whole}
fields = {{ zone = {{ column = "GHFQDM", scheme = "plan_zone", map = {{ {zones} }} }} }}

[layers.highway]
path = "roads.gpkg"
id = "BH"
edition = 2023-12-31
coverage = {whole}
fields = {{ class = {{ column = "CLASS", scheme = "highway_class", map = {{ "高速公路" = "expressway", "国道" = "national", \
"省道" = "provincial", "县道" = "county", "乡道" = "township" }} }} }}

{none}
"""
WHOLE = '{ kind = "complete", beyond_m = 1000, by = "生成", date = 2026-01-06 }'
WITHOUT = """[layers.{name}]
coverage = {{ kind = "none", by = "生成", date = 2026-01-08, beyond_m = 1000 }}
"""

PLAN = """\
# The county plan of the generated county: invented, hence status `example`.
ruleset bench.county.plan zh 示例.生成县.规划 {
    title zh "生成县国土空间总体规划（示例）" en "Territorial plan of the generated county (invented)"
    level county
    version "2026.1"
    default refer
}

import cn.vocabulary

instrument county_plan zh 生成县国土空间总体规划 {
    title zh "生成县国土空间总体规划（示例）" en "Territorial plan of the generated county (invented)"
    effective from 2024-09-12
}

use control county_zones zh 县规划分区管制 on plan_zone by zone for parcel.use_after {
    title zh "生成县规划分区用途管制" en "Use control of the zones of the generated county"
    cites county_plan part "附表一" example
    effective from 2024-09-12
    uncovered refer
    message zh "申请用途 {parcel.use_after}，规划分区 {plan_zone.zone}"
        en "use asked for {parcel.use_after} in zone {plan_zone.zone}"

    zone plan_zone:farm_protect {
        permits lulc2023:01
        restricts lulc2023:1202 {
            requires proposal.plan.project_list_item is given
                otherwise zh "未列入重点建设项目安排表" en "not on the plan's project list"
        }
        prohibits other
    }

    zone plan_zone:rural.general {
        permits lulc2023:01, lulc2023:02, lulc2023:03, lulc2023:17, lulc2023:0601, lulc2023:1202
        prohibits other
    }

    zone plan_zone:rural.village {
        permits lulc2023:0703, lulc2023:0704, lulc2023:1207, lulc2023:14
        restricts other {
            requires proposal.plan.village_plan is given
                otherwise zh "没有村庄规划" en "there is no village plan"
        }
    }

    zone plan_zone:urban.concentrated.industry {
        permits lulc2023:1001, lulc2023:1202, lulc2023:1207, lulc2023:14
        prohibits other
    }

    zone other {
        permits lulc2023:17
        restricts lulc2023:1202 {
            requires proposal.plan.project_list_item is given
                otherwise zh "未列入重点建设项目安排表" en "not on the plan's project list"
        }
        prohibits other
    }
}
"""

KINDS = {
    "site": ("industry.factory", "100101", "erl.none"),
    "scatter": ("rural.village_public", "0704", "erl.none"),
    "road": ("transport.highway", "1202", "erl.limited.6"),
    "corridor": ("transport.highway", "1202", "erl.limited.6"),
}


def main() -> None:
    """Write the workspace, the plan and the proposals beside a county's layers."""
    reader = argparse.ArgumentParser(description="Make a workspace of a generated county.")
    reader.add_argument("county", type=Path)
    reader.add_argument("--proposals", type=int, default=1_000)
    asked = reader.parse_args()
    county: Path = asked.county
    bind(county)
    folder = county / "proposals"
    folder.mkdir(exist_ok=True)
    with (county / "proposals.jsonl").open("w", encoding="utf-8", newline="\n") as lines:
        for name, text in proposals(county, asked.proposals):
            (folder / f"{name}.geojson").write_text(text, encoding="utf-8")
            lines.write(text + "\n")


def bind(county: Path) -> None:
    """The workspace: layers bound, the rest declared absent."""
    meta, _, geometry, columns = pyogrio.raw.read(county / "xzq.gpkg", columns=["LEVEL"])
    whole = [blob for blob, level in zip(geometry, columns[0], strict=True) if level == 1]
    (county / "boundary.gpkg").unlink(missing_ok=True)
    pyogrio.raw.write(
        county / "boundary.gpkg",
        whole,
        [],
        [],
        layer="boundary",
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs=meta["crs"],
    )
    codes = sorted(set(pyogrio.raw.read(county / "ghfq.gpkg", columns=["GHFQDM"], read_geometry=False)[3][0]))
    zones = ", ".join(f'"{code}" = "{ZONE_NAMES[code[0]]}"' for code in codes)
    none = "\n".join(WITHOUT.format(name=name) for name in NONE)
    text = WORKSPACE.format(whole=WHOLE, zones=zones, none=none)
    (county / "landrules.toml").write_text(text, encoding="utf-8")
    (county / "plan.rules").write_text(PLAN, encoding="utf-8")


def proposals(county: Path, most: int) -> list[tuple[str, str]]:
    """Names and GeoJSON texts of the county's proposals, in longitude and latitude."""
    _, _, blobs, columns = pyogrio.raw.read(county / "proposals.gpkg", columns=["PID", "KIND"], max_features=most)
    planar = shapely.from_wkb(blobs)
    shapes = shapely.transform(planar, lonlat)
    out = []
    for pid, kind, drawn, shape in zip(*columns, planar, shapes, strict=True):
        areas = shapely.area(shapely.get_parts(drawn)).tolist()
        found = document(str(pid), str(kind), shape, areas)
        out.append((str(pid), json.dumps(found, ensure_ascii=False, separators=(",", ":"))))
    return out


def document(pid: str, kind: str, shape: shapely.MultiPolygon, areas: list[float]) -> dict[str, object]:
    """One proposal with the facts that the national rules ask of such a project."""
    project, use, activity = KINDS[kind]
    code = {"scheme": "lulc2023", "code": use}
    head = {
        "schema": "landrules/proposal/1",
        "id": pid,
        "name": f"生成项目 {pid}",
        "stage": "plan_conformity",
        "application_form": "stock",
        "applicant": {"name": "生成单位", "credit_code": "91330400MA00000000", "kind": "company"},
        "project_kind": project,
        "activity_kind": activity,
        "crossing_mode": "surface",
        "list_basis": [],
        "is_construction": True,
        "is_temporary": False,
        "industry_catalogue": {"class": "none"},
        "discharges": False,
        "dispute_pending": False,
        "use_after": code,
        "approving_level": "county",
        "application_date": "2026-05-20",
        "survey_year": 2025,
        "province_code": "330000",
        "county_code": "330400",
        "township_code": "330400100",
        "plan": {"village_plan": "村庄规划", "project_list_item": "第3项"} if kind != "site" else {},
        "opinions": [],
        "approvals": [],
        "supplements": [],
    }
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}},
        "proposal": head,
        "features": [
            {
                "type": "Feature",
                "id": f"{pid}-{number:03d}",
                "properties": {
                    "use_after": code,
                    "ownership": "collective",
                    "acquisition": "use_collective",
                    "area_ha": round(areas[number - 1] / 10_000, 4),
                    "area_method": "planar",
                    "dispute_pending": False,
                },
                "geometry": json.loads(shapely.to_geojson(part)),
            }
            for number, part in enumerate(shapely.get_parts(shape), start=1)
        ],
    }


if __name__ == "__main__":
    main()
