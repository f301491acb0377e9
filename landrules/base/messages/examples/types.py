"""Examples of types and dimensions (LR3xx)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_LISTED = "zone plan_zone:farm { %s }\nzone other { prohibits other }\nuncovered refer"
_CITED = "cites land_law article 1 verified 2026-11-22"
_YEAR = f"effective from 2026-01-01 to 2026-12-31  {_CITED}"
_DUE = f"""calendar office_days zh 办公日历 {{ {_YEAR} }}
rule sample {{
    {_CITED}
    effective from 2020-01-01
    requires working_days_between(%s, proposal.accepted_date, law_date) <= 15
}}"""

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR300": Example('subject to opinion forest_use by "province"', "subject to opinion forest_use by province"),
        "LR301": Example(
            "requires area of farmland <= 20 m",
            "requires area of farmland <= 20 m2",
            why_zh="面积与长度不能相比；单位写错正是这样被发现的。",
            why_en="An area is never compared with a length: this is how a wrong unit is found.",
        ),
        "LR302": Example(
            "requires proposal.is_construction > proposal.is_temporary",
            "requires proposal.is_construction != proposal.is_temporary",
        ),
        "LR303": Example("requires area of farmland * area of patches > 0 m2", "requires area of farmland * 2 > 0 m2"),
        "LR304": Example("requires sum of patches.net_area", "requires sum of patches.net_area <= 1 ha"),
        "LR305": Example(
            "requires average of occupied.patch_grade weighted by net_area <= 6",
            "requires average of occupied.patch_grade weighted by net_area no worse than 6",
            "on farmland",
            "有的等级体系数小为优，有的数大为优，用大小号会把优劣弄反。",
            "In one system the low grades are the good ones, in another the high: a sign of order would mix them up.",
        ),
        "LR306": Example(
            "requires count of patches where (land_kind in lulc2023:07) = 0",
            "requires count of patches where (land_kind in survey:01) = 0",
        ),
        "LR307": Example('requires proposal.balance.mode = "acount"', 'requires proposal.balance.mode = "account"'),
        "LR308": Example(
            "requires strip_width(road_class:county, road_class:national) > 10 m",
            "requires strip_width(road_class:county) > 5 m",
        ),
        "LR309": Example("requires count of proposal.county_code = 1", "requires count of proposal.parcels = 1"),
        "LR310": Example("requires sum of patches.land_kind > 0 m2", "requires sum of patches.net_area > 0 m2"),
        "LR311": Example(
            f"parameter limit area {{ value area of proposal  {_CITED} }}",
            f"parameter limit area {{ value 35 ha  {_CITED} }}",
            "items",
        ),
        "LR312": Example("requires patches.net_area > 0 m2", "requires sum of patches.net_area > 0 m2"),
        "LR313": Example("requires proposal", "requires proposal.is_construction"),
        "LR314": Example("requires other = proposal.county_code", 'requires "349901" = proposal.county_code'),
        "LR315": Example(
            "requires average of occupied.patch_grade weighted by net_area no worse than 16",
            "requires average of occupied.patch_grade weighted by net_area no worse than 15",
            "on farmland",
        ),
        "LR316": Example(
            "requires proposal.county_code in project_kind:road", 'requires proposal.county_code in ["349901"]'
        ),
        "LR317": Example(
            'requires proposal.project_kind = "road"', "requires proposal.project_kind = project_kind:road"
        ),
        "LR318": Example("requires (area of proposal > 1 ha) is given", "requires proposal.county_code is given"),
        "LR319": Example("requires count of patches.net_area > 2", "requires count of patches > 2"),
        "LR320": Example(
            "requires area of proposal.supplements > 0 m2",
            "requires sum of proposal.supplements.area_ha > 0 m2",
        ),
        "LR321": Example("requires sum of patches > 0 m2", "requires sum of patches.net_area > 0 m2"),
        "LR322": Example(_DUE % "working_days", _DUE % "office_days", "items"),
        "LR323": Example(
            "layer wells { field label zh 标签 text apportioned }",
            "layer wells { field label zh 标签 text }",
            "items",
        ),
        "LR324": Example(
            "list limits area { includes survey:01 }", "list limits code of survey { includes survey:01 }", "items"
        ),
        "LR325": Example(
            "use control uses on zones by zone for parcel.ownership {\n"
            "    cites land_law article 1 verified 2026-11-22\n    effective from 2020-01-01\n"
            "    uncovered refer\n    zone other { permits other }\n}",
            "use control uses on zones by zone for parcel.use_after {\n"
            "    cites land_law article 1 verified 2026-11-22\n    effective from 2020-01-01\n"
            "    uncovered refer\n    zone other { permits lulc2023:07  prohibits other }\n}",
            "items",
        ),
        "LR326": Example(
            "requires cultivated_land = survey:01", "requires any of patches where (land_kind in cultivated_land)"
        ),
        "LR327": Example(_LISTED % "permits other", _LISTED % "permits lulc2023:07  prohibits other", "use control"),
        "LR328": Example(
            "requires average of replenished.quality weighted by net_area_ha no worse than "
            "average of occupied.patch_grade weighted by net_area",
            "requires average of replenished.grade15 weighted by net_area_ha no worse than "
            "average of occupied.patch_grade weighted by net_area",
            "on farmland",
            "两套等级体系之间没有换算，不能相比。",
            "Two grading systems have no exchange rate: they are never compared.",
        ),
        "LR329": Example(
            "requires number_of(area of farmland) <= 6",
            "requires number_of(average of farmland.patch_grade weighted by net_area) <= 6",
        ),
        "LR330": Example(
            "requires for each parcel in proposal.supplements holds (area_ha > 1 ha)",
            "requires for each plot in proposal.supplements holds (plot.area_ha > 1 ha)",
            why_zh="一个名字只能有一个意思，否则读的人和机器会各想各的。",
            why_en="A name means one thing: otherwise the reader and the machine may each think of another.",
        ),
        "LR331": Example(
            "requires for each plot in proposal.supplements.area_ha holds (plot > 1 ha)",
            "requires for each plot in proposal.supplements holds (plot.area_ha > 1 ha)",
        ),
        "LR332": Example(
            "requires for each n in distinct patches.net_area holds (n > 1 ha)",
            "requires for each c in distinct patches.land_kind holds (c in survey:01)",
        ),
        "LR333": Example(
            "requires sum of (net_area - 100 m2) over patches <= 1 ha",
            "requires sum of (0.9 * net_area) over patches <= 1 ha",
            why_zh="图斑怎样被项目切开是偶然的，合计不能随切法变化。",
            why_en="How a site happens to cut a feature is chance, and a sum must not hang on it.",
        ),
        "LR334": Example(
            f"calendar office_days zh 办公日历 {{ effective from 2026-01-01  {_CITED} }}",
            f"calendar office_days zh 办公日历 {{ {_YEAR} }}",
            "items",
            "没有公布放假安排的年份，谁也不知道哪天上班。",
            "Nobody knows which days are worked in a year whose holidays are not announced.",
        ),
        "LR335": Example(
            f"calendar office_days zh 办公日历 {{ {_YEAR}  holiday 2027-01-01 }}",
            f"calendar office_days zh 办公日历 {{ {_YEAR}  holiday 2026-01-01 }}",
            "items",
        ),
        "LR336": Example(
            f"calendar office_days zh 办公日历 {{ {_YEAR}  value 5 }}",
            f"calendar office_days zh 办公日历 {{ {_YEAR} }}",
            "items",
        ),
        "LR337": Example(
            f"calendar office_days zh 办公日历 {{ {_YEAR}  holiday 2026-03-07 to 2026-03-01 }}",
            f"calendar office_days zh 办公日历 {{ {_YEAR}  holiday 2026-03-01 to 2026-03-07 }}",
            "items",
        ),
        "LR338": Example(
            f"calendar office_days zh 办公日历 {{ {_YEAR}  workday 2026-03-02 }}",
            f"calendar office_days zh 办公日历 {{ {_YEAR}  workday 2026-03-01 }}",
            "items",
        ),
        "LR339": Example(
            "requires sum of (0.9 * net_area) over patches.net_area <= 1 ha",
            "requires sum of (0.9 * net_area) over patches <= 1 ha",
        ),
    }
)
