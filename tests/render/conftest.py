"""The report on dossier C of the example county (domain/proposal.md 6.3 and 6.6), as a correct engine gives it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from landrules.engine.answer import (
    Answer,
    CitationOut,
    Column,
    DutyOut,
    FindingOut,
    LayerOut,
    Measured,
    OverlayOut,
    OverlayStatus,
    PieceOut,
    ProposalOut,
    Provenance,
    QualityOut,
    RulesetOut,
    StatusName,
    Table,
    Text,
    TraceOut,
)

NORTH_W, NORTH_E = [117.17915238787, 31.60971287341], [117.18041698764, 31.60971109351]
EDGE_W, EDGE_E = [117.17915234469, 31.60969032773], [117.18041697314, 31.60968854791]
SOUTH_W, SOUTH_M, SOUTH_E = (
    [117.17915083353, 31.60890118905],
    [117.18041542233, 31.6088994092],
    [117.18062618712, 31.60889911134],
)
MIDDLE_M, MIDDLE_E = [117.18041646586, 31.60944053208], [117.18062723187, 31.60944023422]


def polygon(*ring: list[float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


STRIP = polygon(EDGE_W, EDGE_E, NORTH_E, NORTH_W)
S_01_REST = polygon(SOUTH_W, SOUTH_M, MIDDLE_M, EDGE_E, EDGE_W)
S_02 = polygon(SOUTH_M, SOUTH_E, MIDDLE_E, MIDDLE_M)

LAM = Text(zh="土地管理法", en="Land Administration Law")
PLAN = Text(
    zh="清溪县国土空间总体规划（2021—2035年）", en="Territorial Spatial Master Plan of Qingxi County (2021-2035)"
)
N166 = Text(zh="关于严格耕地用途管制有关问题的通知", en="Notice on strict use control of cultivated land")
N4 = Text(zh="关于设施农业用地管理有关问题的通知", en="Notice on the management of facility agricultural land")
OCCUPIED = Text(zh="占用面积", en="occupied area")


def cited(
    instrument: Text, number: str, zh: str, en: str, status: StatusName = "verified", note: Text | None = None
) -> CitationOut:
    verified_on = date(2026, 11, 22) if status == "verified" else None
    return CitationOut(
        instrument=instrument,
        number=number,
        article=Text(zh=zh, en=en),
        status=status,
        verified_on=verified_on,
        note=note,
    )


def occupied(value: str, limit: str | None = "0.00", method: str = "") -> Measured:
    margin = None if limit is None else Decimal(limit) - Decimal(value)
    return Measured(
        name="occupied",
        title=OCCUPIED,
        value=Decimal(value),
        unit="m2",
        limit=None if limit is None else Decimal(limit),
        margin=margin,
        method=method,
    )


def red_line(rule: str, zh: str, en: str, article: CitationOut) -> FindingOut:
    return FindingOut(
        rule=rule,
        level="national",
        outcome="permit",
        title=Text(zh=zh, en=en),
        message=Text(zh=zh, en=en),
        status="verified",
        measured=(occupied("0.00"),),
        citations=(article,),
    )


def zone_pieces(denied_layer: str, denied_feature: str, rest: str) -> tuple[PieceOut, ...]:
    return (
        PieceOut(parcel="S-01", layer=denied_layer, feature=denied_feature, area_m2=Decimal("300.00"), outcome="deny", geometry=STRIP),
        PieceOut(parcel="S-01", layer=denied_layer, feature=rest, area_m2=Decimal("10499.92"), outcome="permit", geometry=S_01_REST),
        PieceOut(parcel="S-02", layer=denied_layer, feature=rest, area_m2=Decimal("1199.99"), outcome="permit", geometry=S_02),
    )  # fmt: skip


MOVE = Text(
    zh="核减面积 300.00 m²：将 S-01 北边界南移 2.50 m",
    en="take 300.00 m² off: move the north edge of S-01 2.50 m south",
)

USE_CONTROL = FindingOut(
    rule="example.qingxi.plan.zones",
    level="county",
    outcome="deny",
    title=Text(zh="清溪县规划分区用途管制", en="Use control by planning zone, Qingxi County"),
    message=Text(
        zh="农田保护区禁止畜禽养殖设施建设用地（060202），涉及 300.00 m²",
        en="livestock facilities (060202) are prohibited in the farmland protection zone, on 300.00 m²",
    ),
    status="example",
    parcels=("S-01",),
    pieces=zone_pieces("plan_zone", "FP-2", "RG-4"),
    measured=(occupied("300.00", method="ellipsoidal"),),
    citations=(cited(PLAN, "清政发〔2024〕18号", "第二十一条", "article 21", "example"),),
    remedies=(MOVE,),
    geometry=STRIP,
)

CONFORMITY = FindingOut(
    rule="cn.plan.conformity",
    level="national",
    outcome="deny",
    title=Text(zh="按规划确定的用途使用土地", en="Use according to the plan"),
    message=Text(
        zh="规划用途为耕地（01），拟作畜禽养殖设施用地（060202），300.00 m² 不一致",
        en="planned as cultivated land (01), proposed for livestock facilities (060202): 300.00 m² disagree",
    ),
    status="verified",
    parcels=("S-01",),
    pieces=zone_pieces("plan_use", "PU-01", "PU-0602"),
    measured=(occupied("300.00", method="ellipsoidal"),),
    citations=(cited(LAM, "", "第四条", "article 4"),),
    remedies=(MOVE,),
    geometry=STRIP,
)

NEW_BREEDING = FindingOut(
    rule="cn.permanent_basic_farmland.n166_facilities",
    level="national",
    outcome="refer",
    title=Text(zh="永久基本农田上不得新增畜禽养殖设施", en="No new livestock facilities on permanent basic farmland"),
    message=Text(
        zh="新建养殖设施占用永久基本农田 0.0300 公顷",
        en="a new livestock facility occupies 0.0300 ha of permanent basic farmland",
    ),
    status="partly",
    parcels=("S-01",),
    pieces=(
        PieceOut(
            parcel="S-01", layer="pbf", feature="YN-02", area_m2=Decimal("300.00"), outcome="refer", geometry=STRIP
        ),
    ),
    measured=(occupied("300.00", method="ellipsoidal"),),
    citations=(cited(N166, "自然资发〔2021〕166号", "第二条", "section 2", "partly"),),
    remedies=(MOVE,),
    trace=(
        TraceOut(
            what="note",
            id="",
            outcome="deny",
            text=Text(zh="条文部分核实：只提请研究，不直接禁止", en="text partly verified: referred instead of denied"),
        ),
    ),
    geometry=STRIP,
)

FILING_DUTY = DutyOut(
    kind="opinion",
    matter="township_filing",
    issuers=("township",),
    text=Text(zh="设施农业用地备案", en="filing of facility agricultural land"),
    rule="cn.cultivated_land.facility_filing",
)

FILING = FindingOut(
    rule="cn.cultivated_land.facility_filing",
    level="national",
    outcome="refer",
    title=Text(zh="设施农业用地向乡镇政府备案", en="Facility agricultural land is filed with the township"),
    message=Text(
        zh="没有乡镇备案，通知的有效期又未核实", en="no township filing, and the notice's validity is unverified"
    ),
    status="unverified",
    citations=(
        cited(
            N4,
            "自然资规〔2019〕4号",
            "第四条",
            "section 4",
            "unverified",
            Text(zh="有效期五年，是否延续未核实", en="valid for five years; renewal not verified"),
        ),
    ),
    duties=(FILING_DUTY,),
)

FINDINGS = (
    CONFORMITY,
    FILING,
    NEW_BREEDING,
    USE_CONTROL,
    FindingOut(
        rule="cn.cultivated_land.balance_facility",
        level="national",
        outcome="not_applicable",
        title=Text(zh="设施占用耕地的占补平衡", en="Balance for facilities on cultivated land"),
        message=Text(zh="占补平衡已由政府落实", en="the government mode is confirmed"),
        status="partly",
        trace=(
            TraceOut(
                what="note",
                id="",
                outcome="permit",
                text=Text(zh="条文部分核实，未发现问题", en="text partly verified, nothing wrong found"),
            ),
        ),
    ),
    FindingOut(
        rule="cn.cultivated_land.grain_first",
        level="national",
        outcome="permit",
        title=Text(zh="耕地优先用于粮食生产", en="Cultivated land is for grain first"),
        message=Text(zh="符合", en="complies"),
        status="verified",
        citations=(cited(LAM, "", "第三十六条", "article 36"),),
    ),
    FindingOut(
        rule="cn.tenure.registered",
        level="national",
        outcome="permit",
        title=Text(zh="权属清楚、无争议", en="Title is clear and undisputed"),
        message=Text(zh="符合", en="complies"),
        status="verified",
        citations=(cited(LAM, "", "第十四条", "article 14"),),
    ),
    FindingOut(
        rule="cn.permanent_basic_farmland.pbf_occupation",
        level="national",
        outcome="not_applicable",
        title=Text(zh="建设不得占用永久基本农田", en="No construction on permanent basic farmland"),
        message=Text(zh="不是建设项目", en="not a construction project"),
        status="verified",
    ),
    red_line(
        "cn.ecological_red_line.occupation",
        "生态保护红线",
        "Ecological protection red line",
        cited(Text(zh="关于加强生态保护红线管理的通知（试行）", en="Notice on ecological red lines"), "自然资发〔2022〕142号", "第一条", "section 1"),
    ),
    red_line(
        "cn.buffers.highway_control_zone",
        "公路建筑控制区",
        "Highway building-control zone",
        cited(Text(zh="公路安全保护条例", en="Highway Safety Regulations"), "", "第十一条", "article 11"),
    ),
    red_line(
        "cn.buffers.water_source",
        "饮用水水源保护区",
        "Drinking-water source protection areas",
        cited(Text(zh="水污染防治法", en="Water Pollution Law"), "", "第六十五条", "article 65"),
    ),
)  # fmt: skip

LAND_TABLE = Table(
    key="land_classes",
    title=Text(zh="土地分类面积表", en="Area by land class"),
    columns=(
        Column(key="parcel", title=Text(zh="地块", en="Parcel")),
        Column(key="0103", title=Text(zh="旱地", en="dry land"), unit="ha"),
        Column(key="0204", title=Text(zh="其他园地", en="other orchard"), unit="ha"),
        Column(key="total", title=Text(zh="合计", en="total"), unit="ha"),
    ),
    rows=(
        ("S-01", Decimal("0.6000"), Decimal("0.4800"), Decimal("1.0800")),
        ("S-02", Decimal("0.1200"), Decimal("0.0000"), Decimal("0.1200")),
        ("合计", Decimal("0.7200"), Decimal("0.4800"), Decimal("1.2000")),
    ),
    note=Text(
        zh="耕地为净面积；先定总计再按最大余数分配。", en="Cultivated land is net; the total is fixed first, then spread by largest remainder."
    ),
)  # fmt: skip


def layer(
    name: str, zh: str, en: str, area: str = "0.00", features: int = 0, status: OverlayStatus = "not_involved"
) -> OverlayOut:
    return OverlayOut(
        layer=name,
        title=Text(zh=zh, en=en),
        edition=date(2025, 12, 31),
        status=status,
        area_m2=Decimal(area),
        features=features,
    )


REPORT = Answer(
    decision="deny",
    law_date=date(2026, 5, 20),
    law_date_source="application_date",
    data_as_of=date(2026, 5, 20),
    proposal=ProposalOut(
        id="349901-104-SS-2026-005",
        name="石桥镇生猪规模化养殖场",
        area_m2=Decimal("11999.91"),
        sha256="c0ffee" + "0" * 58,
    ),
    findings=tuple(sorted(FINDINGS, key=lambda finding: finding.rule)),
    authorised_m2=Decimal("11699.91"),
    overlays=(
        layer("dltb", "地类图斑", "Land-class patches", "11999.91", 4, "involved"),
        layer("erl", "生态保护红线", "Ecological protection red line"),
        layer("highway", "公路", "Highways"),
        layer("pbf", "永久基本农田图斑", "Permanent basic farmland parcels", "300.00", 1, "involved"),
        layer("plan_zone", "规划分区", "Planning zones", "11999.91", 2, "involved"),
        layer("water_source", "饮用水水源保护区", "Drinking-water source protection areas"),
    ),
    tables=(LAND_TABLE,),
    duties=(FILING_DUTY,),
    missing=(),
    information=(
        FindingOut(
            rule="cn.fees.occupation_tax",
            level="national",
            outcome="information",
            title=Text(zh="耕地占用税", en="Farmland occupation tax"),
            message=Text(zh="设施农业用地不缴纳", en="not levied on facility agricultural land"),
            status="verified",
        ),
    ),
    data_quality=(
        QualityOut(
            code="LR712",
            text=Text(
                zh="永久基本农田申报 0.0000 公顷，量得 0.0300 公顷",
                en="permanent basic farmland declared as 0.0000 ha, measured as 0.0300 ha",
            ),
            where="land_table.pbf",
        ),
    ),
    provenance=Provenance(
        engine="0.1.0",
        geos="3.13.1",
        proj="9.5.1",
        kernel="shapely 2.1",
        area_method="ellipsoidal",
        plane="EPSG:4527",
        rulesets=(
            RulesetOut(name="cn", version="2026.1", sha256="ab" * 32),
            RulesetOut(name="example.qingxi.plan", version="1", sha256="cd" * 32),
        ),
        layers=(
            LayerOut(name="pbf", edition=date(2025, 12, 31), sha256="ef" * 32, crs="EPSG:4527", coverage="complete"),
        ),
        workspace_sha256="12" * 32,
        settings={},
    ),
)


@pytest.fixture
def report() -> Answer:
    return REPORT
