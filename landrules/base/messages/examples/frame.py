"""The small vocabulary that examples share, and the text in which an example stands."""

from __future__ import annotations

from landrules.base.messages.examples.example import Example

_VOCABULARY = """ruleset example.base zh 示例.词汇 { level national  version "1" }
instrument land_law zh 示例土地法 { title zh "示例土地法" en "Example Land Law"  effective from 2000-01-01 }
scheme survey zh 调查地类代码 {
    code 01 zh "耕地" en "Cultivated land"
    code 0101 zh "水田" en "Paddy field" under 01
    code 0103 zh "旱地" en "Dry land" under 01
    code 03 zh "林地" en "Forest"
}
scheme lulc2023 zh 用地代码 {
    code 07 zh "居住用地" en "Residential land"
    code 0701 zh "城镇住宅用地" en "Urban housing" under 07
    code 0703 zh "农村宅基地" en "Homesteads" under 07
    code 12 zh "交通用地" en "Transport land"
}
scheme plan_zone zh 分区代码 {
    code farm zh "农田保护区" en "Farmland zone"
    code urban zh "城镇发展区" en "Urban zone"
    code urban_core zh "集中建设区" en "Core" under urban
    code urban_spare zh "弹性发展区" en "Reserve" under urban
}
scheme road_class zh 公路代码 { code national zh "国道" en "National road"  code county zh "县道" en "County road" }
scheme project_kind zh 项目代码 { code road zh "公路" en "Road"  code mining zh "采矿" en "Mining" }
grades grade15 zh 质量等别 { range 1 to 15  better lower }
grades quality_level zh 质量等级体系 { range 1 to 10  better lower }
list cultivated_land zh 耕地地类 code of survey { includes survey:01 }
parameter central_limit zh 国务院起批面积 area { value 35 ha  cites land_law article 46 verified 2026-11-22 }
table strip_width zh 控制区宽度 (road_class zh 公路等级 code of road_class) length {
    cites land_law article 11 verified 2026-11-22
    row road_class:national gives 20 m
    row road_class:county gives 10 m
}
account mean_quality zh 年均等别 grade of grade15 { title zh "上年平均质量等别" en "Mean grade of the year" }
layer farmland zh 基本农田图斑 {
    field net_area zh 净面积 area apportioned
    field patch_grade zh 图斑等别 grade of grade15 optional
}
layer patches zh 地类图斑 {
    field land_kind zh 图斑地类 code of survey
    field net_area zh 净面积 area apportioned
}
layer roads zh 公路用地 { field road_class zh 公路等级 code of road_class }
layer zones zh 规划分区 { field zone zh 所在分区 code of plan_zone }
"""

_HEAD = 'ruleset example.case { level national  version "1" }\nimport example.base\n\n'
_PACKAGED = 'ruleset example.case { level national  version "1" }\nimport cn.codes\n'
_SOURCE = "    cites land_law article 1 verified 2026-11-22\n    effective from 2020-01-01\n"
_OPENINGS = {
    "rule": "rule sample {\n",
    "on farmland": "rule sample on farmland {\n",
    "on patches": "rule sample on patches {\n",
    "use control": "use control sample on zones by zone for parcel.use_after {\n",
}


def files(example: Example, text: str) -> dict[str, str]:
    """Every file of the folder in which the bad or the good text of an example is run, by name."""
    found = {"base.rules": _VOCABULARY, **dict(example.beside)}
    if example.frame == "manifest":
        return {**dict(example.beside), "sample.rules": _PACKAGED, "landrules-package.toml": text}
    return {**found, "sample.rules": framed(example, text)}


def framed(example: Example, text: str) -> str:
    """The file in which the bad or the good text of an example is run."""
    if example.frame == "file":
        return text
    if example.frame == "items":
        return _HEAD + text + "\n"
    inside = "".join(f"    {line}\n" for line in text.splitlines())
    return f"{_HEAD}{_OPENINGS[example.frame]}{_SOURCE}{inside}}}\n"
