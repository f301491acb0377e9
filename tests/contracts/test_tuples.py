"""One place to add each thing, and what every such thing must keep: messages, functions, constructs, formats, outputs, units."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from landrules import check
from landrules.base.codes import MESSAGES
from landrules.base.messages.row import Message
from landrules.base.quantity import BY_SPELLING, UNITS
from landrules.engine.report import Report
from landrules.intake.formats import FORMATS
from landrules.measures import MEASURES, Measure
from landrules.render.options import Options, Renderer
from landrules.render.renderers import RENDERERS
from landrules.rules.constructs import CONSTRUCTS

ROOT = Path(__file__).parents[2]


def placeholders(text: str) -> set[str]:
    """The names of the values of a message. Raises `ValueError` where its braces do not close."""
    return {name.partition("_zh")[0].partition("_en")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda m: m.code)
def test_a_message_says_the_same_in_both_languages(message: Message) -> None:
    assert message.zh.strip() and message.en.strip()
    assert placeholders(message.zh) == placeholders(message.en)
    assert placeholders(message.help_zh) == placeholders(message.help_en)
    assert bool(message.help_zh) == bool(message.help_en)
    for text in (message.zh, message.en, message.help_zh, message.help_en):
        assert not text.endswith(("。", ".")) or text.endswith("…")
    for text in (message.en, message.help_en):
        assert not any(word in text for word in ("NoneType", "dict", "traceback"))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_a_function_of_rules_is_described_in_both_languages(measure: Measure) -> None:
    assert measure.doc_zh and measure.doc_en
    assert measure.zh != measure.name


def test_names_of_functions_and_units_are_unique() -> None:
    names = [n for m in MEASURES for n in (m.name, m.zh)]
    assert len(set(names)) == len(names)
    assert len(BY_SPELLING) == sum(2 + len(u.also) for u in UNITS)


def test_every_construct_of_the_field_is_there() -> None:
    assert {c.kind for c in CONSTRUCTS} == {"use_control", "red_line", "balance", "quota", "indicator", "rule"}


def test_formats_have_names_of_their_own() -> None:
    assert len({f.name for f in FORMATS}) == len(FORMATS)


@pytest.fixture(scope="module")
def report() -> Report:
    """A denied proposal of the example county."""
    return check(ROOT / "examples" / "qingxi" / "proposals" / "c_livestock.geojson")


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda r: r.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_output_is_the_same_twice_and_says_the_decision(renderer: Renderer, lang: str, report: Report) -> None:
    options = Options(lang="zh" if lang == "zh" else "en")
    text = renderer.function(report, options)
    assert text == renderer.function(report, options)
    assert {"zh": ("不符合", "deny"), "en": ("does not comply", "deny")}[lang][
        renderer.name in ("json", "geojson")
    ] in text
    assert "300.00" in text or "300.0" in text
