"""Every format against the golden files of dossier C, and what holds for all of them.

The golden files under tests/cases/render are read by people: a change there is a change for users.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from landrules.base.diagnostic import InputError, Lang
from landrules.cli.schema import report_schema
from landrules.engine.answer import Answer, PieceOut, Text
from landrules.engine.report import Report
from landrules.render.layout import display_width, drawn, fold, line
from landrules.render.options import Options
from landrules.render.privacy import without_geometry
from landrules.render.renderers import BY_NAME, RENDERERS

GOLDEN = Path(__file__).parents[1] / "cases" / "render"
CASES = [(name, lang) for name in ("text", "json", "geojson", "html") for lang in ("zh", "en")]


def rendered(report: Answer, name: str, lang: Lang = "zh", geometry: bool = True) -> str:
    return BY_NAME[name].function(report, Options(lang=lang, geometry=geometry))


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_golden(report: Answer, name: str, lang: Lang) -> None:
    assert rendered(report, name, lang) == (GOLDEN / f"livestock.{lang}.{name}").read_text(encoding="utf-8")


def test_every_renderer_is_in_the_golden_cases() -> None:
    assert [renderer.name for renderer in RENDERERS] == list(dict.fromkeys(name for name, _ in CASES))


def test_json_is_what_the_schema_says(report: Answer) -> None:
    schema = report_schema()
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    shown = json.loads(rendered(report, "json"))
    assert list(validator.iter_errors(shown)) == []
    assert list(validator.iter_errors({**shown, "decision": "perhaps"})) != []
    assert Report.model_validate(shown) == Report.of(report)


def test_numbers_are_the_same_in_every_format(report: Answer) -> None:
    shown = json.loads(rendered(report, "json"))
    areas = {f"{m['value']:.2f} m²" for f in shown["findings"] for m in f["measured"] if m["value"]}
    areas.add(f"{shown['authorised_m2']:.2f} m²")
    assert areas == {"300.00 m²", "11699.91 m²"}
    for name in ("text", "html"):
        assert all(size in rendered(report, name) for size in areas)


@pytest.mark.parametrize("name", ["json", "html", "text"])
def test_no_coordinate_leaves_without_geometry(report: Answer, name: str) -> None:
    coordinate = re.compile(r"117\.1[789]|31\.60|<path|\"coordinates\"")
    text = rendered(report, name, geometry=False)
    assert coordinate.search(text) is None
    if name == "html":
        assert "本报告不含坐标和图形。" in text
        assert "<path" in rendered(report, name)


def test_privacy_changes_nothing_else(report: Answer) -> None:
    bare, full = json.loads(rendered(report, "json", geometry=False)), json.loads(rendered(report, "json"))
    for finding in full["findings"]:
        finding["geometry"] = None
        for piece in finding["pieces"]:
            piece["geometry"] = None
    assert bare == full
    assert without_geometry(without_geometry(report)) == without_geometry(report)


def test_geojson_refuses_to_go_without_coordinates(report: Answer) -> None:
    with pytest.raises(InputError) as refused:
        rendered(report, "geojson", geometry=False)
    assert [d.code for d in refused.value.diagnostics] == ["LR814"]


def test_geojson_has_one_feature_a_piece(report: Answer) -> None:
    collection = json.loads(rendered(report, "geojson"))
    assert len(collection["features"]) == sum(len(f.pieces) for f in report.findings)
    first = next(f for f in collection["features"] if f["properties"]["rule"] == "cn.plan.conformity")
    assert first["properties"] == {
        "rule": "cn.plan.conformity",
        "title": "按规划确定的用途使用土地",
        "outcome": "deny",
        "area_m2": 300.0,
        "layer": "plan_use",
        "feature": "PU-01",
        "parcel": "S-01",
        "message": "规划用途为耕地（01），拟作畜禽养殖设施用地（060202），300.00 m² 不一致",
    }
    assert first["geometry"]["coordinates"][0][0] == first["geometry"]["coordinates"][0][-1]


ATTACK = '<script>alert("1")</script>&\'\x1b[2J\u202e'


def attacked(report: Answer) -> Answer:
    """The report with hostile text wherever a proposal or a layer can put text."""
    both = Text(zh=ATTACK, en=ATTACK)
    piece = PieceOut(parcel=ATTACK, layer=ATTACK, feature=ATTACK, area_m2=Decimal("1.00"), outcome="deny")
    bad = replace(
        report.findings[0],
        outcome="deny", title=both, message=both, rule=ATTACK, remedies=(both,),
        pieces=(piece, *(replace(p, parcel=ATTACK) for p in report.findings[-1].pieces)),
    )  # fmt: skip
    return replace(
        report,
        proposal=replace(report.proposal, name=ATTACK, id=ATTACK),
        findings=(bad, *report.findings),
        overlays=tuple(replace(o, title=both) for o in report.overlays),
        data_quality=tuple(replace(q, text=both, where=ATTACK) for q in report.data_quality),
        tables=tuple(replace(t, title=both, rows=((ATTACK, None, None, Decimal(1)),)) for t in report.tables),
    )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, int] = {}
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        self.links += [value or "" for key, value in attrs if key in ("src", "href", "srcset", "action", "xlink:href")]
        self.links += [key for key, _ in attrs if key.startswith("on")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_html_has_no_script_and_fetches_nothing(report: Answer, lang: Lang) -> None:
    page = rendered(attacked(report), "html", lang)
    tags = _Tags()
    tags.feed(page)
    assert "script" not in tags.seen
    assert tags.links == []
    assert "url(#" in page and re.search(r"url\((?!#)|@import|https?://(?!www\.w3\.org/2000/svg)", page) is None
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#x27;␛[2J⟨U+202E⟩" in page
    assert page.count(ATTACK) == 0


@pytest.mark.parametrize("name", [renderer.name for renderer in RENDERERS])
def test_nothing_from_data_acts_on_a_terminal(report: Answer, name: str) -> None:
    text = rendered(attacked(report), name)
    assert "\x1b" not in text and "\u202e" not in text


def test_colours_are_only_for_those_who_ask(report: Answer) -> None:
    plain = BY_NAME["text"].function(report, Options(width=80))
    bright = BY_NAME["text"].function(report, Options(width=80, colour=True))
    assert "\x1b[1;31m不符合" in bright
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", bright)
    assert [row.rstrip() for row in stripped.split("\n")] == plain.split("\n")


def test_lines_fold_at_the_width_of_the_terminal(report: Answer) -> None:
    for lang in ("zh", "en"):
        text = BY_NAME["text"].function(report, Options(lang=lang, width=60))
        assert max(display_width(row) for row in text.split("\n")) <= 60
        assert not any(row.lstrip()[:1] in "，。；：）》、" for row in text.split("\n") if row.strip())


def test_a_simple_case_is_one_screen(report: Answer) -> None:
    quiet = [f for f in report.findings if f.outcome in ("permit", "not_applicable")]
    simple = replace(report, decision="permit", findings=tuple(quiet), duties=(), data_quality=(), information=())
    text = BY_NAME["text"].function(simple, Options(width=80))
    assert text.startswith("符合：")
    assert text.count("\n") <= 24


def test_a_number_keeps_its_unit() -> None:
    assert fold("占用面积 300.00 m²", 16) == ["占用面积 ", "300.00 m²"]
    assert drawn([line("占用永久基本农田。", indent=2, hang=2)], 18, colour=False) == "  占用永久基本农\n    田。\n"
