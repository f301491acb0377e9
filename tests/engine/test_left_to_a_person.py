"""What the law's own tables leave open is named in the report: which codes come into question, which list is open."""

from __future__ import annotations

import json

import pytest

from landrules import Report, check
from landrules.render.options import Options
from landrules.render.text import render_text

RULES = """
ruleset t zh 试 { title zh "试" en "Trial" level county version "1" default refer }
instrument law zh 法 { title zh "某法" en "Some law" effective from 2020-01-01 }
scheme survey { code 06 zh "工矿用地" en "Works and mines" }
scheme lulc2023 { code 1001 zh "工业用地" en "Industry" code 1002 zh "采矿用地" en "Mining" }
scheme project_kind { code road zh "公路" en "Road" code school zh "学校" en "School" }
crosswalk to_plan zh 转换 (walk_land zh 待转地类 code of survey) code of lulc2023 {
    title zh "分类转换" en "Conversion of classes"
    cites law article 1 example
    source "转换.csv"
}
list public_works zh 公益类 code of project_kind {
    title zh "公益类项目" en "Public works"
    open
    cites law article 2 example
    includes project_kind:school
}
rule industry zh 须为工业 {
    title zh "须为工业用地" en "Must be industry"
    cites law article 1 example
    effective from 2020-01-01
    requires to_plan(proposal.use_after) = lulc2023:1001
}
rule public zh 须为公益 {
    title zh "须为公益类" en "Must be public works"
    cites law article 2 example
    effective from 2020-01-01
    requires proposal.project_kind in public_works
}
"""
PROPOSAL = {
    "type": "FeatureCollection",
    "crs": {"type": "name", "properties": {"name": "engineering"}},
    "proposal": {
        "id": "P",
        "name": "试",
        "stage": "plan_conformity",
        "application_date": "2026-06-18",
        "use_after": "survey:06",
        "project_kind": "road",
    },
    "features": [
        {
            "type": "Feature",
            "id": "P1",
            "properties": {"parcel_no": "P1"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]]},
        }
    ],
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("person")
    (folder / "t.rules").write_text(RULES, encoding="utf-8")
    (folder / "转换.csv").write_text("待转地类,取值\n06,1001\n06,1002\n", encoding="utf-8")
    (folder / "landrules.toml").write_text(
        '[workspace]\ncrs = "engineering"\nrulesets = ["t.rules"]\n', encoding="utf-8"
    )
    (folder / "p.geojson").write_text(json.dumps(PROPOSAL, ensure_ascii=False), encoding="utf-8")
    return check(folder / "p.geojson", workspace=folder)


def test_the_candidates_of_a_crosswalk_are_named(report: Report) -> None:
    finding = next(f for f in report.findings if f.rule == "t.industry")
    assert finding.outcome == "refer"
    (missing,) = finding.missing
    assert (missing.kind, missing.name) == ("several", "t.to_plan(survey:06)")
    assert missing.detail == "lulc2023:1001, lulc2023:1002"
    assert (missing.title.zh, missing.title.en) == (
        "分类转换：工矿用地 survey:06",
        "Conversion of classes: Works and mines survey:06",
    )


def test_an_open_list_is_named_with_what_was_asked(report: Report) -> None:
    finding = next(f for f in report.findings if f.rule == "t.public")
    assert finding.outcome == "refer"
    (missing,) = finding.missing
    assert (missing.kind, missing.name) == ("open_list", "t.public_works(project_kind:road)")
    assert missing.title.zh == "公益类项目：公路 project_kind:road"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["须人工选定", "由审查人员选定", "lulc2023:1001", "清单以“等”结尾"]),
        ("en", ["a person must choose", "to be chosen by the reviewer", "lulc2023:1002", "ends in “and the like”"]),
    ],
)
def test_a_letter_says_it(report: Report, lang: str, said: list[str]) -> None:
    text = " ".join(render_text(report, Options(lang=lang)).split())
    assert [word for word in said if word.replace(" ", "") not in text.replace(" ", "")] == []
