"""The rule book: one page that is whole without network or script, safe against hostile names, the same twice."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from landrules.base.diagnostic import InputError, Lang
from landrules.book.make import rule_book

HOSTILE = (
    'ruleset example.hostile zh 示例.敌意 {{ title zh "{0}" en "{0}"  level county  version "1" }}\n'
    'instrument law zh 某法 {{ title zh "{0}" en "{0}"  effective from 2000-01-01 }}\n'
    'layer ground zh 某层 {{ title zh "{0}" en "{0}" }}\n'
    'red line bad zh 坏名 on ground {{ title zh "{0}" en "{0}"  cites law part "{0}" example  effective from 2020-01-01\n'
    '    prohibits occupation  message zh "{0}" en "{0}" }}\n'
    'test zh "{0}" en "{0}" {{ on 2026-01-01  parcel P1 square 9 m at (0, 0)  unbound ground  expect bad deny }}\n'
)
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>'\\\"</style>\\u202e\\u001b[2J"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))


def tags(text: str) -> Tags:
    parser = Tags()
    parser.feed(text)
    return parser


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_national_rules_make_a_book(lang: Lang) -> None:
    text = rule_book(["cn.highway", "cn.pbf"], lang)
    found = tags(text)
    assert len(found.ids) == len(set(found.ids))
    links = [a["href"] for tag, a in found.tags if tag == "a"]
    assert links
    assert {str(x).removeprefix("#") for x in links} <= set(found.ids)
    words = {
        "zh": ("依据", "取值与时间", "按条文", "按图层", "按级别", "通过", "但下列情形除外"),
        "en": (
            "Sources",
            "Values over time",
            "By article",
            "By layer",
            "By level",
            "passed",
            "subject to the following exceptions",
        ),
    }
    assert all(word in text for word in words[lang])
    assert "failed" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) or lang == "zh"


def test_nothing_is_fetched_and_the_page_is_whole_without_script() -> None:
    text = rule_book(["cn.tenure"], "zh")
    found = tags(text)
    assert [t for t, _ in found.tags if t in ("link", "img", "iframe", "object")] == []
    assert all("src" not in a for _, a in found.tags)
    assert "url(" not in text
    assert "@import" not in text
    without = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert "土地所有权和使用权争议解决前不得改变土地利用现状" in without


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.rules"
    path.write_text(HOSTILE.format(ATTACK), "utf-8")
    for lang in ("zh", "en"):
        text = rule_book([path], lang)
        found = tags(text)
        assert [t for t, _ in found.tags].count("script") == 1
        assert not [a for _, a in found.tags if any(k.startswith("on") for k in a)]
        assert "<img" not in text
        assert "\u202e" not in text
        assert "\x1b" not in text
        assert text.count("</style>") == 1


def test_the_same_rules_make_the_same_bytes() -> None:
    assert rule_book(["cn.power"], "en") == rule_book(["cn.power"], "en")


def test_a_failed_test_is_shown_open_and_rules_with_mistakes_are_still_read(tmp_path: Path) -> None:
    path = tmp_path / "failing.rules"
    path.write_text(
        'ruleset example.failing { level county  version "1" }\n'
        'instrument law { title en "Law"  effective from 2000-01-01 }\n'
        "rule small { cites law article 1 example  effective from 2020-01-01  requires area of proposal <= 1 m2 }\n"
        'test en "Too large" { on 2026-01-01  parcel P1 square 9 m at (0, 0)  expect small permit }\n',
        "utf-8",
    )
    text = rule_book([path], "en")
    assert "1 failed" in text
    assert '<details open="">' in text
    broken = tmp_path / "broken.rules"
    broken.write_text(path.read_text("utf-8").replace("area of proposal <= 1 m2", "area of proposal <= 1 m"), "utf-8")
    assert "not run" in rule_book([broken], "en")
    unreadable = tmp_path / "unreadable.rules"
    unreadable.write_text("rule small {", "utf-8")
    with pytest.raises(InputError):
        rule_book([unreadable], "en")


VALUES = (
    'ruleset example.values { level county  version "1" }\n'
    'instrument law { title en "Law"  effective from 2000-01-01 }\n'
    'scheme road { code trunk en "Trunk road"  code lane en "Lane" }\n'
    "parameter width length { cites law article 1 example  tightens upward\n"
    "    effective to 2025-12-31 { value 15 m }\n"
    "    effective from 2026-01-01 { value 20 m }\n"
    "}\n"
    "table distance (class code of road) length { cites law article 2 example  policy unique\n"
    "    row road:trunk gives 31 m\n"
    "    row road:lane gives 7 m\n"
    "}\n"
)


def test_values_and_rows_are_shown_once_and_the_source_keeps_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "values.rules"
    path.write_text(VALUES, "utf-8")
    text = rule_book([path], "en")
    entries, _ = text.split('class="index"')
    shown = re.sub(r"<pre>.*?</pre>", "", entries, flags=re.DOTALL)
    for value in ("15 m", "20 m", "31 m", "7 m"):
        assert shown.count(f"<td>{value}</td>") == 1
        assert shown.count(value) == 1
    assert "A lower level may only raise it" in shown
    assert "One row at most answers a case" in shown
    assert "<pre>table distance (class code of road) length { cites law article 2 example  policy unique\n" in text
    assert "␊" not in text


def test_a_row_that_says_more_than_its_value_is_read_as_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "values.rules"
    row = 'row road:lane gives 7 m { message zh "窄路" en "a narrow road" }'
    path.write_text(VALUES.replace("row road:lane gives 7 m", row), "utf-8")
    text = rule_book([path], "en")
    assert "The opinion says: “a narrow road”." in text
    assert "<td>7 m</td>" not in text


def test_what_is_folded_on_a_screen_is_open_on_paper() -> None:
    text = rule_book(["cn.tenure"], "zh")
    assert "details::details-content { display: block; block-size: auto; content-visibility: visible; }" in text
    assert "addEventListener('beforeprint'" in text
    assert "details:not([open]) { display: none; }" not in text
