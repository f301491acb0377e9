"""What a finding of a quota and a line of information print: the parts of a ceiling, the working of a fee, leads by name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from landrules import check
from landrules.engine.report import FindingOut, Report
from landrules.render.options import Options
from landrules.render.renderers import BY_NAME

RULES = """ruleset example.working {
    title zh "测算" en "Working"
    level county
    version "1"
    default refer
}
instrument plan zh 规划 {
    title zh "规划" en "The plan"
    effective from 2020-01-01
}
layer tax_zone zh 税额分区 {
    title zh "税额分区" en "Tax zones"
    field rate zh 单位税额 money
}
account land_used zh 已用指标 area { title zh "已用指标" en "quota used" }
quota annual zh 年度指标 {
    title zh "年度计划指标" en "Annual quota"
    cites plan part "1" example
    effective from 2020-01-01
    used land_used(proposal.county_code, year(law_date))
    requested proposal.quota.requested_ha
    at most 100 ha
}
indicator coverage zh 建筑密度 {
    title zh "建筑密度" en "Building coverage"
    cites plan part "2" example
    effective from 2020-01-01
    value 2000 m2 / area of proposal
    at most 10 %
    refers
}
rule tax zh 税额测算 on tax_zone {
    title zh "占用税测算" en "Occupation tax, estimated"
    cites plan part "3" example
    given fee zh 应纳税额 = tax_zone.rate * (area of occupied / 1 m2)
    informs
    message zh "约 {fee in yuan}" en "about {fee in yuan}"
}
rule stock zh 盘活存量 on tax_zone {
    title zh "利用存量用地" en "Use of existing land"
    cites plan part "4" example
    encourages
}
rule lead zh 疑似动工 on tax_zone {
    title zh "疑似先行动工" en "Works that may have begun"
    cites plan part "5" example
    suspects
}
"""


def box(id_: str, west: float, south: float, east: float, north: float, **fields: Any) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "id": id_, "properties": fields, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: dict[str, Any], **more: Any) -> str:
    crs = {"type": "name", "properties": {"name": "engineering"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, **more, "features": list(features)})


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A hectare in a tax zone that reaches over a third of it, asking for 20 ha of a quota of which 90 are used."""
    folder = tmp_path_factory.mktemp("working")
    (folder / "working.rules").write_text(RULES, encoding="utf-8")
    (folder / "zones.geojson").write_text(collection(box("T1", 0, 0, 30, 100, rate=25)), encoding="utf-8")
    row = "349901,2026,land_used,90,ha,2026-01-06,example"
    (folder / "accounts.csv").write_text(f"region,year,kind,amount,unit,as_of,status\n{row}\n", encoding="utf-8")
    (folder / "landrules.toml").write_text(
        '[workspace]\ncrs = "engineering"\nrulesets = ["working.rules"]\naccounts = "accounts.csv"\n'
        '[layers.tax_zone]\npath = "zones.geojson"\ncoverage = { kind = "complete" }\n'
        'fields = { rate = { column = "rate", unit = "yuan" } }\n',
        encoding="utf-8",
    )
    head = {
        "id": "T", "name": "试", "stage": "plan_conformity", "application_date": "2026-06-18",
        "county_code": "349901", "quota": {"requested_ha": 20},
    }  # fmt: skip
    return check(collection(box("P1", 0, 0, 100, 100, role="parcel"), proposal=head).encode("utf-8"), workspace=folder)


def found(report: Report, name: str) -> FindingOut:
    return next(f for f in (*report.findings, *report.information) if f.rule == f"example.working.{name}")


def figures(finding: FindingOut) -> dict[str, float]:
    return {m.title.en: float(m.value) for m in finding.measured}


def test_a_quota_shows_used_requested_ceiling_and_left(report: Report) -> None:
    quota = found(report, "annual")
    assert quota.outcome == "deny"
    assert figures(quota) == {
        "used": 900_000.0,
        "requested": 200_000.0,
        "ceiling": 1_000_000.0,
        "left": 100_000.0,
        "used and requested": 1_100_000.0,
    }
    whole = quota.measured[-1]
    assert (whole.limit, whole.margin, whole.unit) == (1_000_000, -100_000, "m2")


def test_an_indicator_that_refers_says_by_how_much(report: Report) -> None:
    coverage = found(report, "coverage")
    assert coverage.outcome == "refer"
    (measure,) = coverage.measured
    assert [str(x) for x in (measure.value, measure.limit, measure.margin)] == ["0.20", "0.10", "-0.10"]
    assert "0.20" in coverage.message.en and "0.10" in coverage.message.en


def test_a_fee_shows_its_working(report: Report) -> None:
    tax = found(report, "tax")
    assert (tax.outcome, tax.kind) == ("information", "note")
    assert figures(tax) == {"occupied area": 3000.0, "tax_zone / rate": 25.0, "fee": 75_000.0}
    assert tax.message.en == "about 75000.00 yuan"


def test_encouragements_and_leads_are_told_apart_and_decide_nothing(report: Report) -> None:
    assert {f.rule.rpartition(".")[2]: f.kind for f in report.information} == {
        "tax": "note",
        "stock": "encouragement",
        "lead": "lead",
    }
    assert not {f.rule for f in report.findings} & {f.rule for f in report.information}
    assert all(f.kind == "" for f in report.findings)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("鼓励", "疑似（线索）", "应纳税额 75000.00")), ("en", ("encouraged", "a lead", "fee 75000.00"))],
)
@pytest.mark.parametrize("name", ["text", "html"])
def test_readers_see_the_kind_and_the_working(report: Report, name: str, lang: str, words: tuple[str, ...]) -> None:
    said = BY_NAME[name].function(report, Options(lang="zh" if lang == "zh" else "en"))
    for word in words:
        assert word in said.replace("\n", "").replace("75,000", "75000")
