"""Documents that others issue: opinions, approvals, notices, fees, by kind, with their Chinese identifiers.

An opinion is a view, an approval a decision with legal effect; both are data with issuer, level, number and date. Where
a document has the name of a fact of the proposal, both share one Chinese name.
"""

from __future__ import annotations

from collections.abc import Mapping

MATTERS: Mapping[str, str] = {
    "conversion": "农用地转用",
    "expropriation": "土地征收",
    "pbf_conversion": "永久基本农田转用",
    "erl_occupation": "占用生态保护红线",
    "temporary_use": "临时用地",
    "planning_permit": "规划许可",
    "river_works": "涉河工程",
    "highway_works": "涉路工程",
    "railway_works": "涉铁工程",
    "pipeline_works": "管道保护区工程",
    "power_line_works": "电力线路保护区工程",
    "relic_works": "文物保护区工程",
    "mineral_overlay": "压覆重要矿产",
    "plan_amendment": "规划修改",
}
"""What an approval decides (`matter`)."""

OPINION_KINDS: Mapping[str, str] = {
    "pre_examination": "用地预审",
    "project_approval": "项目批准",
    "design_approval": "设计批复",
    "survey_report": "勘测定界报告",
    "boundary_points": "界址点成果",
    "survey_overlay": "变更调查套合分析",
    "title_documents": "权属证明",
    "plan_evidence": "规划佐证",
    "unavoidability_pbf": "永农不可避让论证",
    "replenishment_plan": "永农补划方案",
    "erl_limited_activity": "有限人为活动认定",
    "erl_unavoidability": "红线不可避让论证",
    "protected_area_view": "自然保护地主管部门审查",
    "forest_use": "使用林地",
    "grassland_use": "使用草地",
    "wetland_use": "占用湿地",
    "mineral_overlay": "压覆重要矿产",
    "geohazard_assessment": "地质灾害危险性评估",
    "heritage_view": "文物审查",
    "old_tree_view": "古树名木审查",
    "balance_sheet": "补充耕地方案审查",
    "balance_confirmation": "占补平衡挂钩确认",
    "topsoil_plan": "耕作层剥离方案",
    "land_saving": "节地评价",
    "industry_view": "行业主管部门审查",
    "development_scheme": "成片开发方案",
    "social_security": "社会保障审核",
    "stability_risk": "社会稳定风险评估",
    "mining_licence": "采矿许可证",
    "penalty_file": "违法用地查处",
    "temporary_contract": "临时用地合同",
    "reclamation_plan": "复垦方案",
    "collective_consent": "集体经济组织同意",
    "land_use_agreement": "用地协议",
    "agriculture_view": "农业服务中心审查",
    "nr_station_view": "自然资源所审查",
    "township_filing": "乡镇备案",
    "flood_view": "防洪评价",
    "water_soil_plan": "水土保持方案",
    "eia": "环境影响评价",
    "road_authority_consent": "公路管理机构同意",
    "railway_agreement": "铁路安全协议",
    "airport_view": "机场净空审查",
    "sea_use": "用海审批",
    "route_filing": "线路论证备案",
}
"""What an opinion is about (`kind`)."""

NOTICE_KINDS: tuple[str, ...] = (
    "expropriation_pre_announcement",
    "land_status_survey",
    "stability_risk",
    "compensation_plan",
    "hearing",
    "expropriation_announcement",
    "facility_scheme",
    "plan_draft",
)

FEE_KINDS: tuple[str, ...] = (
    "reclamation_fee",
    "new_construction_fee",
    "compensation",
    "social_security",
    "occupation_tax",
    "forest_restoration",
    "reclamation_deposit",
    "topsoil",
    "idle_fee",
)

RESULTS: tuple[str, ...] = ("agree", "agree_with_conditions", "not_involved", "refused")


def documents() -> Mapping[str, str]:
    """Every matter and kind of opinion with its Chinese identifier.

    >>> documents()["forest_use"]
    '使用林地'
    """
    return {**MATTERS, **OPINION_KINDS}
