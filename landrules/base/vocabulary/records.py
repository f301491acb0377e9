"""The records of a proposal: every key a submitted file may carry, with its type and unit (proposal.md 1.0 to 1.11)."""

from __future__ import annotations

from landrules.base.valuetype import CodeType, GradeType, ListType, RecordType
from landrules.base.vocabulary.fields import (
    AREA,
    BOOLEAN,
    DATE,
    LEVEL,
    NUMBER,
    RATIO,
    REGION,
    TEXT,
    of,
    record,
    sized,
)

ANY_CODE = CodeType("")
"""A code that must name its scheme: land classes of two schemes share numbers."""

GRADES = {**of(GradeType("grade15"), "grade15"), **of(GradeType("quality_level"), "quality")}
"""A stated {system, value} as two facts, one of which is not supplied: grades of two systems are never compared."""

LAND_TABLE = record(
    "land_table",
    "地类表",
    of(
        AREA,
        "total agricultural cultivated paddy irrigated dryland adjustable slope_over_25 pbf pbf_city_fringe orchard "
        "forest grassland other_agricultural construction unused sea_reclamation collective state black_soil erl "
        "protected_area mineral_overlay illegal",
        unit="ha",
    ),
)

APPLICANT = record("applicant", "申请单位", of(TEXT, "name credit_code kind"))
CATALOGUE = record("industry_catalogue", "产业目录类别", of(TEXT, "class item"))
SCALE = record("scale", "建设规模", of(NUMBER, "value"), of(TEXT, "unit"))
DISTRICT = record(
    "district",
    "县",
    of(TEXT, "county_code"),
    sized("total_ha agricultural_ha cultivated_ha pbf_ha unused_ha reclamation_sea_ha"),
)
DECISION = record("decision", "批复", of(TEXT, "mode authority number"), of(LEVEL, "level"), of(DATE, "date expires"))
AMENDMENT = record(
    "amendment", "变更批复", of(TEXT, "of title authority number"), of(LEVEL, "level"), of(DATE, "date expires")
)
LIST_BASIS = record("list_basis", "列入依据", of(TEXT, "kind title issuer number"), of(BOOLEAN, "named"))
MINERAL = record("mineral", "矿产", of(TEXT, "class method"), of(BOOLEAN, "right_granted"))
PHASE = record("phase", "分期", of(TEXT, "of"), of(NUMBER, "no"), of(LAND_TABLE, "project_totals"))
BATCH = record("batch", "批次", of(NUMBER, "year serial"), of(TEXT, "kind ordinary_or_linkage"))

SPAN = record("span", "期间", of(DATE, "start end"))
INSTALMENT = record("instalment", "分期支付", of(DATE, "due_date paid_date"), sized("due_wan paid_wan"))
CONTRACT = record(
    "contract",
    "合同",
    of(DATE, "signed handover start_due start_actual finish_due finish_actual"),
    sized("price_wan"),
    of(ListType(INSTALMENT), "instalments"),
)

SECTION = record("section", "功能分区", of(TEXT, "code name kind terrain"), sized("length_km width_m area_ha"))
STANDARD = record("standard", "用地标准", of(TEXT, "section standard item"), sized("limit_ha applied_ha"))
CORRECTION = record(
    "correction",
    "地类认定",
    of(TEXT, "parcel reason evidence"),
    of(ANY_CODE, "from to"),
    sized("area_ha"),
    of(NUMBER, "class_of_year"),
    of(REGION, "geometry"),
)

CONDITION = record("condition", "附加条件", of(TEXT, "text"), of(BOOLEAN, "met"))
PRE_EXAMINATION = record(
    "pre_examination",
    "用地预审",
    of(TEXT, "number authority"),
    of(LEVEL, "level"),
    of(DATE, "date expires"),
    sized("total_ha agricultural_ha cultivated_ha pbf_ha overlap_pct"),
    of(ListType(CONDITION), "conditions"),
)
PLAN = record(
    "plan",
    "规划",
    of(TEXT, "detailed_plan approval_no project_list_item village_plan old_plan_zone"),
    of(DATE, "date"),
    of(BOOLEAN, "in_one_map"),
    of(ListType(TEXT), "special_plans"),
)
QUOTA = record(
    "quota", "计划指标", of(TEXT, "source"), of(NUMBER, "year"), sized("requested_ha cultivated_ha carried_over_ha")
)
BALANCE = record(
    "balance",
    "占补平衡",
    of(TEXT, "regime mode responsible confirmation_no county_code"),
    sized("quantity_ha paddy_ha capacity_kg"),
    GRADES,
)
EXPROPRIATION = record(
    "expropriation",
    "土地征收",
    of(TEXT, "ground"),
    sized("compensation_total_wan young_crops_wan attachments_wan area_price_wan_ha"),
    of(DATE, "area_price_date"),
    of(NUMBER, "persons_to_resettle labour_to_resettle"),
    of(BOOLEAN, "social_security_reviewed"),
    of(ListType(TEXT), "resettlement_ways"),
)
AGREEMENTS = record("agreements", "征地协议", of(NUMBER, "households_total households_signed"))
FEE = record("fee", "税费", of(TEXT, "kind note"), sized("rate_yuan_m2 due_wan paid_wan"), of(DATE, "paid_date"))
SUPPLY = record(
    "supply", "供地方案", of(TEXT, "mode catalogue_item land_source"), sized("term_years"), of(RATIO, "far_min far_max")
)
TEMPORARY_PERMIT = record("temporary_permit", "原临时许可", of(TEXT, "use"), sized("area_ha"), of(DATE, "start end"))
ILLEGAL_USE = record(
    "illegal_use",
    "违法用地情况",
    of(BOOLEAN, "exists by_applicant"),
    sized("area_ha agricultural_ha cultivated_ha unused_ha penalty_yuan_m2 penalty_wan"),
    of(DATE, "occurred executed_date"),
    of(TEXT, "penalty_no"),
    of(TEMPORARY_PERMIT, "temporary_permit"),
)
PETITION = record("petition", "信访", of(BOOLEAN, "exists settled"))
RECLAMATION = record(
    "reclamation",
    "复垦",
    of(BOOLEAN, "plan supervision_agreement restorable"),
    sized("deposit_wan"),
    of(ANY_CODE, "direction"),
)
NOTICE = record(
    "notice",
    "公告",
    of(TEXT, "kind evidence"),
    of(DATE, "start end hearing_date"),
    of(ListType(TEXT), "places"),
    of(BOOLEAN, "hearing_requested"),
)
SUSPENSION = record("suspension", "期间中止", of(DATE, "start end"), of(TEXT, "cause"))
"""A time that does not run against the applicant, and why: an extension of the paper, claimed by the proposal."""

FACILITY = record(
    "facility",
    "设施农业",
    of(TEXT, "purpose animal scale_unit"),
    of(NUMBER, "scale"),
    sized("total_ha production_ha auxiliary_ha open_field_ha"),
    of(BOOLEAN, "layer_keeping"),
)
LAND_USE_AGREEMENT = record("land_use_agreement", "用地协议", of(BOOLEAN, "signed"), of(DATE, "date"))

SUPPLEMENT = record(
    "supplement",
    "补充地块",
    of(TEXT, "plot_no kind county_code accepted_no pair_id"),
    of(BOOLEAN, "from_reserve city_fringe is_pbf in_erl stable"),
    of(ANY_CODE, "land_class"),
    sized("area_ha net_area_ha accepted_ha slope_deg capacity_kg"),
    of(NUMBER, "slope_grade"),
    of(DATE, "accepted_date"),
    GRADES,
)

_DOCUMENT = {
    **of(TEXT, "issuer number result"),
    **of(LEVEL, "issuer_level"),
    **of(DATE, "date expires"),
    **sized("area_ha"),
    **of(ListType(TEXT), "parcels conditions"),
    **of(REGION, "covers"),
}
OPINION = record("opinion", "意见", of(TEXT, "kind"), sized("public_interest_share_pct"), _DOCUMENT)
APPROVAL = record("approval", "批准", of(TEXT, "matter"), _DOCUMENT)

LAND_CLASS_AREA = record("land_class_area", "地类明细", of(TEXT, "scheme code"), sized("area_ha"))
LEGAL_SOURCE = record("legal_source", "合法来源", of(TEXT, "kind number"), of(DATE, "date"))
DEVELOPMENT = record(
    "development",
    "开发指标",
    sized("floor_area_m2 storeys_over_8m_m2 footprint_m2 green_m2 admin_land_m2 admin_floor_m2 parking_m2"),
    sized("investment_wan height_m"),
    of(RATIO, "far"),
)

PARCEL = record(
    "parcel",
    "地块",
    of(TEXT, "role parcel_no parcel_name area_method section facility_part pv_part owner_unit owner_code"),
    of(TEXT, "ownership acquisition supply_mode pair_id pair_role status"),
    of(BOOLEAN, "registered dispute_pending"),
    of(ANY_CODE, "use_after"),
    sized("area_ha area_m2 width_m footprint_m2 term_years"),
    of(ListType(LAND_CLASS_AREA), "land_classes survey_classes"),
    of(LEGAL_SOURCE, "legal_source"),
    of(DEVELOPMENT, "development"),
)
"""A feature of the proposal that is ground. `width_m` and `footprint_m2` make ground of lines and points."""

BUILDING = record(
    "building",
    "建筑",
    of(TEXT, "role building_no parcel"),
    sized("height_m floor_area_m2"),
    of(NUMBER, "storeys"),
    of(ANY_CODE, "use_after"),
)
"""The outline of a building: never in area sums, never authorised or missing as land."""

PROPOSAL = record(
    "proposal",
    "项目",
    of(TEXT, "schema id case_no supervision_no name stage application_form industry_name construction_nature"),
    of(TEXT, "site_text province_code county_code township_code pv_part crop_kind crossing_mode"),
    of(APPLICANT, "applicant"),
    of(CodeType("project_kind"), "project_kind"),
    of(CodeType("industry_code"), "industry_code"),
    of(CodeType("activity_kind"), "activity_kind"),
    of(CATALOGUE, "industry_catalogue"),
    of(BOOLEAN, "is_construction crosses_districts is_national_major discharges destroys_plough_layer is_temporary"),
    of(BOOLEAN, "dispute_pending"),
    of(ANY_CODE, "use_after"),
    of(SCALE, "scale"),
    sized("investment_wan term_months"),
    of(ListType(DISTRICT), "districts"),
    of(DECISION, "project_approval feasibility preliminary_design"),
    of(ListType(AMENDMENT), "amendments"),
    of(LEVEL, "approving_level"),
    of(ListType(LIST_BASIS), "list_basis"),
    of(MINERAL, "mineral"),
    of(PHASE, "phase"),
    of(BATCH, "batch"),
    of(DATE, "application_date accepted_date supplement_deadline"),
    of(NUMBER, "survey_year"),
    of(SPAN, "use_period construction_period"),
    of(CONTRACT, "contract"),
    of(LAND_TABLE, "land_table survey_table"),
    of(ListType(SECTION), "sections"),
    of(ListType(STANDARD), "standards"),
    of(ListType(CORRECTION), "corrections"),
    of(PRE_EXAMINATION, "pre_examination"),
    of(PLAN, "plan"),
    of(QUOTA, "quota"),
    of(BALANCE, "balance"),
    of(EXPROPRIATION, "expropriation"),
    of(AGREEMENTS, "agreements"),
    of(ListType(FEE), "fees"),
    of(SUPPLY, "supply"),
    of(ILLEGAL_USE, "illegal_use"),
    of(PETITION, "petition"),
    of(RECLAMATION, "reclamation"),
    of(ListType(NOTICE), "notices"),
    of(ListType(SUSPENSION), "suspensions"),
    of(FACILITY, "facility"),
    of(LAND_USE_AGREEMENT, "land_use_agreement"),
    of(ListType(SUPPLEMENT), "supplements"),
    of(ListType(OPINION), "opinions"),
    of(ListType(APPROVAL), "approvals"),
)
"""The project itself. `supplements` are also features with geometry; rules read their facts here or as `replenished`."""

ABSENT_IS_EMPTY: frozenset[str] = frozenset(
    {"corrections", "amendments", "opinions", "approvals", "notices", "fees", "suspensions"}
)
"""Lists of claims: a proposal without one claims none. `supplements` is not here: absent is not supplied."""

STATED_GRADES: dict[str, str] = {"supplement": "grade", "balance": "quality"}
"""Record and the key under which a file states {system, value}; rules read `grade15` and `quality` instead."""

STATED_UNITS: frozenset[str] = frozenset({"land_table", "survey_table", "project_totals"})
"""Tables that must state `"unit": "ha"` themselves."""

BARE_CODES: frozenset[str] = frozenset({"project_kind", "industry_code", "activity_kind"})
"""Keys that fix the scheme of their code, which may therefore be written alone."""


def records() -> tuple[RecordType, ...]:
    """Every record, once, outermost first."""
    found: dict[str, RecordType] = {}
    queue: list[RecordType] = [PROPOSAL, PARCEL, BUILDING]
    for head in queue:
        if head.name in found:
            continue
        found[head.name] = head
        for spec in head.fields.values():
            kind = spec.type.item if isinstance(spec.type, ListType) else spec.type
            if isinstance(kind, RecordType):
                queue.append(kind)
    return tuple(found.values())
