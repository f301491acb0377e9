"""Every lint rule has a page; every example on it is true: the bad one tells exactly what it shows, the good one nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from landrules.base.codes import MESSAGES
from landrules.base.diagnostic import Lang
from landrules.lint.record import LintRule
from landrules.lint.rules import RULES
from landrules.lint.run import chosen, lint
from landrules.lint.settings import LintSettings, read_settings
from landrules.trial import run_tests

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```([\w-]+)\n(.*?)^```", re.M | re.S)


@dataclass(frozen=True)
class Half:
    """The English or the Chinese half of a page."""

    lang: Lang
    bad: str
    good: str
    told: str
    only: tuple[str, ...]
    as_of: date | None
    settings: LintSettings


def halves(rule: LintRule) -> list[Half]:
    text = (ROOT / rule.page).read_text(encoding="utf-8")
    en, mark, zh = text.partition(f"\n# {rule.code} {rule.zh}\n")
    assert mark, f"{rule.page} has no Chinese half"
    assert en.startswith(f"# {rule.code} {rule.id}\n")
    for title in ("## Bad", "## Good", "## Why", "## How to fix"):
        assert f"\n{title}\n" in en
    for title in ("## 摘要", "## 反例", "## 正例", "## 为什么", "## 怎样改"):
        assert f"\n{title}\n" in zh
    return [half("en", en), half("zh", zh)]


def half(lang: Lang, text: str) -> Half:
    blocks: dict[str, list[str]] = {}
    for kind, body in FENCE.findall(text):
        blocks.setdefault(kind, []).append(body)
    (command,) = blocks["sh"]
    words = command.split()
    assert ("--lang" in words) == (lang == "en")
    only = tuple(after for word, after in pairwise(words) if word == "--only")
    day = next((after for word, after in pairwise(words) if word == "--as-of"), None)
    bad, good = blocks["landrules"]
    (told,) = blocks["text"]
    settings = read_settings(blocks.get("toml", [""])[0], "page", RULES)
    return Half(lang, bad, good, told, only, date.fromisoformat(day) if day else None, settings)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_page_says_what_comes_out(rule: LintRule, tmp_path: Path) -> None:
    for page in halves(rule):
        file = tmp_path / "example.rules"
        rules = chosen(page.only, ())
        file.write_text(page.bad, encoding="utf-8")
        report = lint([file.name], tmp_path, as_of=page.as_of, rules=rules, settings=page.settings)
        rows = [
            f"{f.span.line}:{f.span.column} {f.diagnostic.code} {f.diagnostic.message(page.lang)}\n"
            for f in report.findings
        ]
        assert "".join(rows) == page.told
        assert {f.rule.id for f in report.findings} == {rule.id}
        assert [r.failures for r in run_tests([file]) if not r.passed] == []
        file.write_text(page.good, encoding="utf-8")
        assert lint([file.name], tmp_path, as_of=page.as_of, rules=rules, settings=page.settings).findings == ()
        assert [r.failures for r in run_tests([file]) if not r.passed] == []


def test_no_page_is_without_a_rule_and_the_index_lists_them_all() -> None:
    folder = ROOT / "docs" / "lint"
    assert {p.stem for p in folder.glob("*.md")} == {"README", *(r.id for r in RULES)}
    index = (folder / "README.md").read_text(encoding="utf-8")
    rows = [f"| [{r.code}]({r.id}.md) | `{r.id}` | {r.zh} | {r.en} | {r.severity} |" for r in RULES]
    assert "\n".join(rows) in index


def test_rules_have_names_and_messages_of_their_own() -> None:
    assert len({r.id for r in RULES} | {r.zh for r in RULES} | {r.code for r in RULES}) == 3 * len(RULES)
    assert all(r.code in MESSAGES for r in RULES)
    assert [r.code for r in RULES] == sorted(r.code for r in RULES)
