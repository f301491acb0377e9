"""The further sites of Qingxi: projects of their own, drawn in metres in EPSG:4527.

Five stand on the village ground of Nanwei (X1 to X12 of `listed.py`), one beside dossier e where the land survey ends.
Comes in: nothing. Goes out: `SITES`, the makers of GeoJSON documents by file name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from listed import ORIGIN, OWNERS, rect

Json = dict[str, Any]

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4527"}}
NANWEI_PLAN = {
    "village_plan": "南圩村村庄规划(2024-2035年)", "approval_no": "清政秘〔2024〕00号", "date": "2024-09-12",
    "in_one_map": True,
}  # fmt: skip
GOVERNMENT = {"name": "清溪县人民政府", "credit_code": "11349901MB0000000G", "kind": "government"}
VILLAGE = {"name": "南圩村村民委员会", "credit_code": "54349901MB0000004X", "kind": "other"}


def _document(project: Json, features: list[Json]) -> Json:
    common = {"schema": "landrules/proposal/1"}
    place = {"survey_year": 2025, "province_code": "340000", "county_code": "349901"}
    return {
        "type": "FeatureCollection",
        "crs": CRS,
        "proposal": common | place | {"township_code": "349901102"} | project,
        "features": features,
    }


def _ring(where: str) -> list[list[float]]:
    return [[x, y] for x, y in rect(where).ring()]


def _parcel(
    identifier: str, name: str, use: str, classes: tuple[tuple[str, float], ...], where: str, **more: Any
) -> Json:
    """A parcel on one rectangle, or on several parted by semicolons; `more` overrides its properties."""
    parts = [[_ring(part)] for part in where.split(";")]
    owner = OWNERS["南圩"]
    properties = {
        "parcel_no": identifier,
        "parcel_name": name,
        "use_after": {"scheme": "lulc2023", "code": use},
        "area_ha": round(sum(area for _, area in classes), 4),
        "area_method": "planar",
        "owner_unit": f"清溪县{owner.name}",
        "owner_code": owner.code,
        "ownership": "collective",
        "acquisition": "use_collective",
        "registered": True,
        "dispute_pending": False,
        "land_classes": [{"scheme": "survey", "code": code, "area_ha": area} for code, area in classes],
    }
    single = {"type": "Polygon", "coordinates": parts[0]}
    return {
        "type": "Feature",
        "id": identifier,
        "properties": properties | more,
        "geometry": single if len(parts) == 1 else {"type": "MultiPolygon", "coordinates": parts},
    }


def _land_table(total: float, **parts: float) -> Json:
    """A land table in which every part that is not named is none."""
    names: tuple[str, ...] = (
        "agricultural", "cultivated", "paddy", "irrigated", "dryland", "pbf", "orchard", "forest",
        "other_agricultural", "construction", "unused", "collective", "state",
    )  # fmt: skip
    return {"unit": "ha", "total": total} | {name: parts.get(name, 0) for name in names}


def _factory_on_farmland() -> Json:
    """A factory on permanent basic farmland: no list of projects names it."""
    project = {
        "id": "349901-2026-PC-12", "name": "清溪县2026年度第12批次建设用地(南圩农机配件厂)",
        "stage": "conversion_expropriation", "application_form": "batch",
        "batch": {"year": 2026, "serial": 12, "kind": "town_village", "ordinary_or_linkage": "ordinary"},
        "applicant": GOVERNMENT, "project_kind": "industry.factory", "industry_code": "C3572",
        "construction_nature": "new", "is_construction": True, "is_temporary": False,
        "industry_catalogue": {"class": "none"}, "is_national_major": False, "list_basis": [], "discharges": False,
        "dispute_pending": False, "approving_level": "province", "application_date": "2026-06-02",
        "land_table": _land_table(1, agricultural=1, cultivated=1, dryland=1, pbf=1, collective=1),
        "corrections": [], "illegal_use": {"exists": False}, "plan": NANWEI_PLAN,
        "opinions": [
            {"kind": "topsoil_plan", "issuer": "清溪县人民政府", "issuer_level": "county", "date": "2026-05-20",
             "result": "agree"},
            {"kind": "balance_confirmation", "issuer": "清溪县自然资源和规划局", "issuer_level": "county",
             "number": "BP-2026-0044", "date": "2026-05-22", "result": "agree", "area_ha": 1},
        ],
        "approvals": [],
        "balance": {"regime": "2025", "mode": "account", "responsible": "county", "county_code": "349901",
                    "confirmation_no": "BP-2026-0044", "quantity_ha": 1,
                    "quality": {"system": "quality_level", "value": 5}},
        "quota": {"source": "stock_linkage", "year": 2026, "requested_ha": 1, "cultivated_ha": 1}, "supplements": [],
    }  # fmt: skip
    parcel = _parcel("P-01", "厂区", "100101", (("0103", 1.0),), "100,-2400,200,-2300", acquisition="expropriate")
    return _document(project, [parcel])


def _village_service() -> Json:
    """Four small plots of vacant village land in two places: a scattered site."""
    project = {
        "id": "349901-102-GH-2026-018", "name": "东河镇南圩村便民服务点", "stage": "plan_conformity",
        "application_form": "stock", "applicant": VILLAGE, "project_kind": "rural.village_public",
        "construction_nature": "new", "is_construction": True, "is_temporary": False,
        "industry_catalogue": {"class": "none"}, "discharges": False, "dispute_pending": False,
        "use_after": {"scheme": "lulc2023", "code": "0704"}, "site_text": "南圩村南北两组", "investment_wan": 46,
        "approving_level": "township", "application_date": "2026-05-25", "plan": NANWEI_PLAN,
        "land_table": _land_table(0.14, construction=0.14, collective=0.14),
        "opinions": [], "approvals": [], "supplements": [],
    }  # fmt: skip
    legal = {"kind": "registered", "date": "2014-03-18"}
    both = "565,-2290,585,-2270;565,-2095,590,-2075"
    parcels = [
        _parcel("G-01", "服务点主体(南、北)", "0704", (("1201", 0.09),), both, legal_source=legal),
        _parcel("G-02", "晒场(南)", "0704", (("1201", 0.02),), "588,-2280,598,-2260", legal_source=legal),
        _parcel("G-03", "停车(北)", "0704", (("1201", 0.03),), "600,-2090,615,-2070", legal_source=legal),
    ]
    return _document(project, parcels)


def _farm_road() -> Json:
    """A farm road resurfaced within its own land, drawn as its centre line: a linear site."""
    project = {
        "id": "349901-102-GH-2026-021", "name": "南圩村机耕路硬化", "stage": "plan_conformity",
        "application_form": "independent_site", "applicant": VILLAGE, "project_kind": "rural.farm_road",
        "construction_nature": "rebuild", "is_construction": False, "is_temporary": False, "discharges": False,
        "dispute_pending": False, "use_after": {"scheme": "lulc2023", "code": "0601"},
        "scale": {"value": 0.58, "unit": "km"}, "investment_wan": 31, "approving_level": "township",
        "application_date": "2026-06-15", "plan": NANWEI_PLAN,
        "land_table": _land_table(0.232, agricultural=0.232, other_agricultural=0.232, collective=0.232),
        "opinions": [], "approvals": [], "supplements": [],
    }  # fmt: skip
    road = _parcel("R-01", "机耕路", "0601", (("1006", 0.232),), "400,-2590,404,-2010", width_m=4)
    east, north = ORIGIN
    road["geometry"] = {"type": "LineString", "coordinates": [[east + 402, north - 2590], [east + 402, north - 2010]]}
    return _document(project, [road])


def _estate_outside_boundary() -> Json:
    """An urban housing estate on orchard land outside the urban development boundary."""
    project = {
        "id": "349901-2026-YS-03", "name": "清溪花园住宅小区", "stage": "plan_conformity",
        "application_form": "independent_site",
        "applicant": {"name": "清溪宜居置业有限公司", "credit_code": "91349901MA0000005X", "kind": "company"},
        "project_kind": "urban.residential", "industry_code": "K7010", "construction_nature": "new",
        "is_construction": True, "is_temporary": False, "industry_catalogue": {"class": "none"}, "discharges": False,
        "dispute_pending": False, "use_after": {"scheme": "lulc2023", "code": "070102"}, "site_text": "南圩村东",
        "investment_wan": 18600, "approving_level": "county", "application_date": "2026-06-09", "plan": {},
        "land_table": _land_table(3, agricultural=3, orchard=3, collective=3),
        "opinions": [], "approvals": [], "supplements": [],
    }  # fmt: skip
    return _document(project, [_parcel("Z-01", "住宅地块", "070102", (("0201", 3.0),), "720,-2500,920,-2350")])


def _workshop_beyond_survey() -> Json:
    """A workshop half of whose ground the land survey in hand does not cover."""
    project = {
        "id": "349901-100-GH-2026-031", "name": "城关镇金工机械厂二期", "stage": "plan_conformity",
        "application_form": "stock",
        "applicant": {"name": "清溪金工机械有限公司", "credit_code": "91349901MA0000004X", "kind": "company"},
        "project_kind": "industry.factory", "industry_code": "C3311", "construction_nature": "extension",
        "is_construction": True, "is_temporary": False, "industry_catalogue": {"class": "none"}, "discharges": False,
        "dispute_pending": False, "use_after": {"scheme": "lulc2023", "code": "100101"}, "site_text": "城关镇工业片区",
        "scale": {"value": 6000, "unit": "m2"}, "investment_wan": 2600, "approving_level": "county",
        "application_date": "2026-07-20", "township_code": "349901100",
        "plan": {"detailed_plan": "清溪县城关镇工业片区详细规划", "approval_no": "清政秘〔2025〕00号",
                 "date": "2025-06-20", "in_one_map": True},
        "land_table": _land_table(1.05, construction=1.05, state=1.05),
        "opinions": [], "approvals": [], "supplements": [],
    }  # fmt: skip
    town = OWNERS["城关"]
    parcel = _parcel(
        "J-01", "二期厂区", "100101", (("0601", 1.05),), "3150,-530,3300,-460", owner_code=town.code,
        owner_unit=f"清溪县{town.name}", ownership="state", acquisition="use_state",
        legal_source={"kind": "registered", "date": "2011-05-20"},
        development={"floor_area_m2": 6000, "footprint_m2": 3000, "green_m2": 900, "admin_land_m2": 500,
                     "admin_floor_m2": 480, "investment_wan": 2600},
    )  # fmt: skip
    building: Json = {
        "type": "Feature",
        "id": "W-3",
        "properties": {"role": "building", "building_no": "W-3", "parcel": "J-01", "height_m": 10, "storeys": 2},
        "geometry": {"type": "Polygon", "coordinates": [_ring("3230,-520,3290,-470")]},
    }
    return _document(project, [parcel, building])


def _school_of_2024() -> Json:
    """A village school decided under the balance of 2017: quantity, paddy and grain capacity."""
    project = {
        "id": "349901-2024-PC-11", "name": "清溪县2024年度第11批次建设用地(南圩小学)",
        "stage": "conversion_expropriation", "application_form": "batch",
        "batch": {"year": 2024, "serial": 11, "kind": "town_village", "ordinary_or_linkage": "ordinary"},
        "applicant": GOVERNMENT, "project_kind": "public.school", "industry_code": "P8321",
        "construction_nature": "new", "is_construction": True, "is_temporary": False,
        "industry_catalogue": {"class": "none"}, "is_national_major": False, "discharges": False,
        "dispute_pending": False, "approving_level": "province", "application_date": "2024-11-30", "survey_year": 2023,
        "land_table": _land_table(0.78, agricultural=0.78, cultivated=0.78, dryland=0.78, collective=0.78),
        "corrections": [], "illegal_use": {"exists": False}, "petition": {"exists": False}, "plan": NANWEI_PLAN,
        "opinions": [
            {"kind": "topsoil_plan", "issuer": "清溪县人民政府", "issuer_level": "county", "date": "2024-11-08",
             "result": "agree"},
            {"kind": "balance_confirmation", "issuer": "清溪县自然资源和规划局", "issuer_level": "county",
             "number": "BP-2024-0113", "date": "2024-11-12", "result": "agree", "area_ha": 0.78},
        ],
        "approvals": [
            {"matter": "conversion", "issuer": "安徽省人民政府", "issuer_level": "province",
             "number": "皖政地〔2024〕000号", "date": "2024-11-27", "result": "agree"},
        ],
        "balance": {"regime": "2017", "mode": "account", "responsible": "county", "county_code": "349901",
                    "confirmation_no": "BP-2024-0113", "quantity_ha": 0.78, "paddy_ha": 0, "capacity_kg": 8190,
                    "quality": {"system": "grade15", "value": 9}},
        "quota": {"source": "stock_linkage", "year": 2024, "requested_ha": 0.78, "cultivated_ha": 0.78},
        "supply": {"mode": "allocation", "catalogue_item": "非营利性教育设施用地", "land_source": "new"},
        "supplements": [],
    }  # fmt: skip
    return _document(project, [_parcel("K-01", "校园", "080403", (("0103", 0.78),), "560,-2060,690,-2000")])


SITES: tuple[tuple[str, Callable[[], Json]], ...] = (
    ("f_factory_on_farmland", _factory_on_farmland),
    ("g_village_service", _village_service),
    ("h_farm_road", _farm_road),
    ("i_estate_outside_boundary", _estate_outside_boundary),
    ("j_workshop_beyond_survey", _workshop_beyond_survey),
    ("k_school_of_2024", _school_of_2024),
)
