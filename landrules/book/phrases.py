"""How facts are said aloud: yes-or-no facts as sentences, closed words of text fields as nouns, in both languages.

Tables only. Chinese words are those of domain/proposal.md and the glossary; a key that has no row is said by its name.
"""

from __future__ import annotations

from collections.abc import Mapping

from landrules.base.frozen import frozen


@frozen
class YesNo:
    """A yes-or-no fact said of its holder: in Chinese what follows the holder, in English the verb phrase."""

    zh: str
    zh_not: str
    en: str
    en_not: str


YES_NO: Mapping[str, YesNo] = {
    "is_construction": YesNo("是建设项目", "不是建设项目", "is construction", "is not construction"),
    "is_temporary": YesNo("是临时用地", "不是临时用地", "is temporary", "is not temporary"),
    "is_national_major": YesNo(
        "是国家重大项目", "不是国家重大项目", "is a national major project", "is not a national major project"
    ),
    "crosses_districts": YesNo("跨行政区", "不跨行政区", "crosses districts", "does not cross districts"),
    "dispute_pending": YesNo(
        "有权属争议", "没有权属争议", "has a tenure dispute pending", "has no tenure dispute pending"
    ),
    "discharges": YesNo("排放污染物", "不排放污染物", "discharges pollutants", "discharges no pollutants"),
    "destroys_plough_layer": YesNo(
        "破坏耕作层", "不破坏耕作层", "destroys the plough layer", "does not destroy the plough layer"
    ),
    "right_granted": YesNo("已设矿业权", "未设矿业权", "has a mining right granted", "has no mining right granted"),
    "named": YesNo("列名", "未列名", "names the project", "does not name the project"),
    "met": YesNo("已落实", "未落实", "is met", "is not met"),
    "in_one_map": YesNo("已上图落位", "未上图落位", "is entered on the one map", "is not entered on the one map"),
    "social_security_reviewed": YesNo(
        "社会保障已审核", "社会保障未审核", "has social security reviewed", "has social security not reviewed"
    ),
    "exists": YesNo("存在", "不存在", "exists", "does not exist"),
    "by_applicant": YesNo("由申请单位所为", "不是申请单位所为", "is by the applicant", "is not by the applicant"),
    "settled": YesNo("已化解", "未化解", "is settled", "is not settled"),
    "supervision_agreement": YesNo(
        "签有监管协议", "未签监管协议", "has a supervision agreement", "has no supervision agreement"
    ),
    "restorable": YesNo("可恢复", "不可恢复", "can be restored", "cannot be restored"),
    "hearing_requested": YesNo("申请了听证", "未申请听证", "has a hearing requested", "has no hearing requested"),
    "layer_keeping": YesNo(
        "为多层养殖", "不是多层养殖", "keeps animals on several floors", "keeps animals on one floor"
    ),
    "signed": YesNo("已签订", "未签订", "is signed", "is not signed"),
    "from_reserve": YesNo("来自储备区", "不来自储备区", "comes from the reserve", "does not come from the reserve"),
    "city_fringe": YesNo(
        "在城市周边", "不在城市周边", "lies on the fringe of a city", "does not lie on the fringe of a city"
    ),
    "is_pbf": YesNo(
        "已划为永久基本农田",
        "未划为永久基本农田",
        "is permanent basic farmland already",
        "is not permanent basic farmland yet",
    ),
    "in_erl": YesNo(
        "在生态保护红线内",
        "不在生态保护红线内",
        "lies in the ecological red line",
        "does not lie in the ecological red line",
    ),
    "stable": YesNo("长期稳定利用", "未长期稳定利用", "is in long-term stable use", "is not in long-term stable use"),
    "registered": YesNo("已登记", "未登记", "is registered", "is not registered"),
    "core": YesNo("在核心保护区", "不在核心保护区", "lies in the core", "does not lie in the core"),
    "public_welfare": YesNo("是公益林", "不是公益林", "is public-welfare forest", "is not public-welfare forest"),
}
"""By the last key of the fact's name."""


@frozen
class Pair:
    """A word in both languages."""

    zh: str
    en: str


WORDS: Mapping[tuple[str, str], Pair] = {
    ("stage", "pre_examination"): Pair("用地预审与规划选址", "pre-examination and siting"),
    ("stage", "early_use"): Pair("先行用地", "early use"),
    ("stage", "conversion_expropriation"): Pair("农用地转用和土地征收", "conversion and expropriation"),
    ("stage", "temporary_use"): Pair("临时用地", "temporary use"),
    ("stage", "facility_filing"): Pair("设施农业用地备案", "filing of facility agriculture"),
    ("stage", "plan_conformity"): Pair("规划符合性审查", "review of plan conformity"),
    ("stage", "supply"): Pair("土地供应", "land supply"),
    ("stage", "planning_permit"): Pair("规划许可", "planning permit"),
    ("stage", "monitoring"): Pair("监测监管", "monitoring"),
    ("application_form", "independent_site"): Pair("单独选址", "an independent site"),
    ("application_form", "batch"): Pair("批次用地", "a batch"),
    ("application_form", "temporary"): Pair("临时用地", "temporary land"),
    ("application_form", "facility"): Pair("设施农业用地", "facility agriculture"),
    ("application_form", "stock"): Pair("存量建设用地", "existing construction land"),
    ("construction_nature", "new"): Pair("新建", "new"),
    ("construction_nature", "extension"): Pair("扩建", "an extension"),
    ("construction_nature", "rebuild"): Pair("改建", "a rebuilding"),
    ("crossing_mode", "surface"): Pair("地表", "on the surface"),
    ("crossing_mode", "underground"): Pair("地下", "underground"),
    ("crossing_mode", "underwater"): Pair("水下", "under water"),
    ("crossing_mode", "aerial"): Pair("架空", "overhead"),
    ("class", "encouraged"): Pair("鼓励类", "encouraged"),
    ("class", "restricted"): Pair("限制类", "restricted"),
    ("class", "prohibited"): Pair("禁止类", "prohibited"),
    ("kind", "central_document"): Pair("中央文件", "a central document"),
    ("kind", "military"): Pair("军事国防", "national defence"),
    ("kind", "major_list_national"): Pair("国家重大项目清单", "the national list of major projects"),
    ("kind", "spatial_plan_state_council"): Pair(
        "国务院批准的国土空间规划", "a territorial plan that the State Council approved"
    ),
    ("kind", "national_plan"): Pair("国家级规划", "a national plan"),
    ("kind", "provincial_plan"): Pair("省级规划", "a provincial plan"),
    ("kind", "major_list_provincial"): Pair("省重大项目清单", "the provincial list of major projects"),
    ("kind", "provision"): Pair("所依据的规定", "a provision relied on"),
    ("kind", "urban"): Pair("城镇", "urban"),
    ("kind", "village"): Pair("村庄", "village"),
    ("kind", "town_village"): Pair("村镇", "town and village"),
    ("kind", "nature_reserve"): Pair("自然保护区", "a nature reserve"),
    ("kind", "national_park"): Pair("国家公园", "a national park"),
    ("kind", "nature_park"): Pair("自然公园", "a nature park"),
    ("kind", "pbf_replenishment"): Pair("补划永久基本农田", "replenishment of permanent basic farmland"),
    ("kind", "cultivated_supplement"): Pair("补充耕地", "supplementary cultivated land"),
    ("kind", "linkage_demolition"): Pair("拆旧复垦", "demolition for linkage"),
    ("kind", "wetland_restoration"): Pair("湿地恢复", "restoration of wetland"),
    ("kind", "expropriation_pre_announcement"): Pair("征收土地预公告", "the pre-announcement of expropriation"),
    ("kind", "land_status_survey"): Pair("土地现状调查", "the survey of the land's status"),
    ("kind", "stability_risk"): Pair("社会稳定风险评估", "the assessment of risks to social stability"),
    ("kind", "compensation_plan"): Pair("征地补偿安置方案", "the plan of compensation and resettlement"),
    ("kind", "hearing"): Pair("听证", "the hearing"),
    ("kind", "expropriation_announcement"): Pair("征收土地公告", "the announcement of expropriation"),
    ("kind", "facility_scheme"): Pair("设施农业建设方案", "the scheme of facility agriculture"),
    ("kind", "plan_draft"): Pair("规划草案", "the draft plan"),
    ("zone", "core"): Pair("核心保护区", "the core protection area"),
    ("zone", "general"): Pair("一般控制区", "the general control area"),
    ("source", "national_major"): Pair("国家重大项目指标", "quota of national major projects"),
    ("source", "provincial_major"): Pair("省重大项目指标", "quota of provincial major projects"),
    ("source", "stock_linkage"): Pair("增存挂钩指标", "quota linked to idle stock"),
    ("mode", "self"): Pair("自行补充", "by the applicant's own plots"),
    ("mode", "account"): Pair("台账挂钩", "by account"),
    ("mode", "fee"): Pair("缴纳开垦费", "by the reclamation fee"),
    ("mode", "government"): Pair("政府统筹", "by the government"),
    ("mode", "allocation"): Pair("划拨", "allocation"),
    ("mode", "tender"): Pair("招标", "tender"),
    ("mode", "auction"): Pair("拍卖", "auction"),
    ("mode", "listing"): Pair("挂牌", "listing"),
    ("mode", "agreement"): Pair("协议出让", "grant by agreement"),
    ("mode", "lease"): Pair("租赁", "lease"),
    ("land_source", "existing"): Pair("存量建设用地", "existing construction land"),
    ("land_source", "new"): Pair("新增建设用地", "new construction land"),
    ("result", "agree"): Pair("同意", "agreed"),
    ("result", "agree_with_conditions"): Pair("附条件同意", "agreed with conditions"),
    ("result", "not_involved"): Pair("不涉及", "not involved"),
    ("result", "refused"): Pair("不同意", "refused"),
    ("ownership", "state"): Pair("国有", "state-owned"),
    ("ownership", "collective"): Pair("集体所有", "collective"),
    ("acquisition", "expropriate"): Pair("征收集体土地", "expropriation"),
    ("acquisition", "use_collective"): Pair("使用集体土地", "use of collective land"),
    ("acquisition", "use_state"): Pair("使用国有土地", "use of state land"),
    ("pair_role", "new"): Pair("建新", "building"),
    ("pair_role", "demolition"): Pair("拆旧", "demolition"),
}
"""Closed words of text fields: (last key of the field's name, word) to how the word is said."""

HOLDERS: Mapping[str, Pair] = {
    "proposal": Pair("项目", "the project"),
    "parcel": Pair("地块", "the parcel"),
    "building": Pair("建筑", "the building"),
    "occupied": Pair("占用部分", "the occupied part"),
    "replenished": Pair("补划地块", "the replenished plots"),
    "debit": Pair("占用方", "the debit"),
    "credit": Pair("补充方", "the credit"),
    "law_date": Pair("适用日期", "the law date"),
}
"""What rules call by one word and speak of as a whole."""

PLURALS: Mapping[str, Pair] = {
    "parcels": Pair("地块", "parcels"),
    "buildings": Pair("建筑", "buildings"),
    "supplements": Pair("补充地块", "supplementary plots"),
    "opinions": Pair("意见", "opinions"),
    "approvals": Pair("批准", "approvals"),
    "corrections": Pair("地类认定", "corrections of the land class"),
    "list_basis": Pair("列入依据", "grounds of listing"),
    "notices": Pair("公告", "notices"),
    "fees": Pair("税费", "fees"),
    "land_classes": Pair("地类明细", "land classes"),
    "districts": Pair("分县占地", "districts"),
    "amendments": Pair("变更批复", "amendments"),
    "replenished": Pair("补划地块", "replenished plots"),
    "occupied": Pair("占用部分", "occupied pieces"),
}
"""Lists of a proposal, as they are spoken of."""

KEYS_EN: Mapping[str, str] = {
    "use_after": "requested use",
    "confirmation_no": "confirmation number",
    "approval_no": "approval number",
    "case_no": "case number",
    "start": "first day",
    "end": "last day",
    "start_due": "agreed start",
    "start_actual": "actual start",
    "finish_due": "agreed completion",
    "finish_actual": "actual completion",
    "handover": "handover of the land",
    "plot_no": "plot number",
    "parcel_no": "parcel number",
    "project_kind": "kind",
    "activity_kind": "kind of activity",
    "project_list_item": "entry in the list of key projects",
    "id": "project code",
    "matter": "matter",
    "far": "floor area ratio",
    "pbf": "permanent basic farmland",
    "erl": "ecological red line",
    "grade15": "grade (fifteen grades)",
    "quality": "quality level",
    "of": "subject",
    "no": "number",
    "from": "former class",
    "to": "recognised class",
    "is_pbf": "permanent basic farmland",
    "in_erl": "ecological red line",
}
"""English names of keys that their spelling does not tell."""

LEVELS: Mapping[str, Pair] = {
    "national": Pair("国家级", "national"),
    "provincial": Pair("省级", "provincial"),
    "municipal": Pair("市级", "municipal"),
    "county": Pair("县级", "county"),
    "township": Pair("乡镇级", "township"),
}
"""Levels of rulesets."""

ISSUERS: Mapping[str, Pair] = {
    "central": Pair("国务院或者国家主管部门", "the State Council or its departments"),
    "province": Pair("省级", "the province"),
    "city": Pair("市级", "the city"),
    "county": Pair("县级", "the county"),
    "township": Pair("乡镇级", "the township"),
    "village": Pair("村级", "the village"),
    "expert": Pair("专家", "experts"),
}
"""Levels that issue documents."""

OUTCOMES: Mapping[str, Pair] = {
    "deny": Pair("禁止", "deny"),
    "indeterminate": Pair("无法判定", "indeterminate"),
    "refer": Pair("须裁量", "refer"),
    "conditional": Pair("有条件允许", "conditional"),
    "permit": Pair("符合", "permit"),
    "not_applicable": Pair("不适用", "not applicable"),
    "information": Pair("告知", "information"),
}
"""Outcomes, in the words of rules."""

STATUSES: Mapping[str, Pair] = {
    "verified": Pair("已核对", "verified"),
    "partly": Pair("部分核对", "partly verified"),
    "unverified": Pair("未核对", "not verified"),
    "example": Pair("虚构示例", "invented example"),
}
"""How far a source was verified."""

TYPES: Mapping[str, Pair] = {
    "boolean": Pair("是否", "yes or no"),
    "number": Pair("数值", "a number"),
    "ratio": Pair("比率", "a ratio"),
    "area": Pair("面积", "an area"),
    "length": Pair("长度", "a length"),
    "money": Pair("金额", "money"),
    "mass": Pair("质量", "a mass"),
    "duration": Pair("时长", "a duration"),
    "date": Pair("日期", "a date"),
    "text": Pair("文字", "text"),
    "level": Pair("级别", "a level"),
    "code": Pair("代码", "a code"),
    "grade": Pair("等级", "a grade"),
}
"""Types of fields and figures."""
