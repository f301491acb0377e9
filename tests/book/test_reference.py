"""The reference page is what the tables say; written by `python -m landrules.book.reference > grammar/README.md`."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from landrules.base.codes import MESSAGES
from landrules.base.messages.examples import EXAMPLES
from landrules.base.quantity import UNITS
from landrules.base.resources import grammar
from landrules.book.phrases import TYPES
from landrules.book.reference import reference, slug
from landrules.lang.keywords import KEYWORDS
from landrules.lang.reference import HEADINGS
from landrules.lang.tree import DeclKind, NormKind
from landrules.measures import MEASURES


@pytest.fixture(scope="module")
def page() -> str:
    return reference()


def test_the_page_is_what_the_tables_say(page: str) -> None:
    written = grammar().joinpath("README.md").read_text("utf-8")
    assert written == page, "run python -m landrules.book.reference > grammar/README.md"


def test_the_page_names_everything(page: str) -> None:
    assert all(f"### {zh} · {en}\n" in page for zh, en in HEADINGS.values())
    assert all(f"`{word}`" in page for k in KEYWORDS for word in (k.en, k.zh) if word)
    assert all(f"| `{kind.replace('_', ' ')}` |" in page for kind in (*get_args(NormKind), *get_args(DeclKind)))
    assert all(f"`{m.name}` · `{m.zh}`" in page for m in MEASURES)
    assert all(f"`{spelling}`" in page for u in UNITS for spelling in (u.symbol, u.zh, *u.also) if spelling)
    assert all(f"| `{name}` | {pair.zh} | {pair.en} |" in page for name, pair in TYPES.items())


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_has_a_bad_and_a_good_example(code: str, page: str) -> None:
    _, _, told = page.partition(f"\n#### {code}\n")
    told = re.split(r"\n#{2,4} ", told)[0]
    for head, text in (("错误 · bad", EXAMPLES[code].bad), ("正确 · good", EXAMPLES[code].good)):
        assert f"{head}:\n\n```text\n" in told
        assert all(line in told for line in text.splitlines())


def test_the_table_of_contents_leads_to_headings(page: str) -> None:
    contents, _, body = page.partition("\n## 总则 · Ground rules")
    links = re.findall(r"^ *- \[(.+?)\]\(#(.+?)\)$", contents, flags=re.MULTILINE)
    headings = re.findall(r"^#{2,3} (.+)$", "\n## 总则 · Ground rules" + body, flags=re.MULTILINE)
    anchors = [slug(h) for h in headings]
    assert len(links) > 15
    assert all(title in headings and target == slug(title) and anchors.count(target) == 1 for title, target in links)
