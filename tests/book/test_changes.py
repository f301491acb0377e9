"""Two versions of rules compared, in sentences; what does not change the meaning is no change."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.base.diagnostic import Lang
from landrules.base.source import SourceFile
from landrules.book.changes import changes, edition
from landrules.book.compare import as_json, sentences
from landrules.book.holdings import holdings
from landrules.lang.parse import parse
from landrules.lang.printer import print_document
from landrules.rules.names import translator

CASES = Path(__file__).parent / "changes"
CONSTRUCTS = Path(__file__).parent / "reading" / "constructs.rules"


def told(before: Path, after: Path, lang: Lang) -> str:
    old, new = edition(holdings([before])), edition(holdings([after]))
    return "\n".join(sentences(changes(old, new), old, new, lang)) + "\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changes_are_told_in_sentences(lang: Lang) -> None:
    golden = CASES / f"told.{lang}.txt"
    assert told(CASES / "before.rules", CASES / "after.rules", lang) == golden.read_text("utf-8")


def test_the_way_back_tells_the_opposite() -> None:
    back = told(CASES / "after.rules", CASES / "before.rules", "en")
    assert "goes from 7 m to 5 m" in back
    assert "From 1 January 2026, the parameter “Width of control” goes from 20 m to 15 m." in back
    assert "has gained the exception: Roads" in back


def test_language_layout_and_comments_are_no_change(tmp_path: Path) -> None:
    text = CONSTRUCTS.read_text("utf-8").replace("import example.words\n", "")
    one, two = tmp_path / "one.rules", tmp_path / "two.rules"
    one.write_text(text, "utf-8")
    document, _ = parse(SourceFile.from_text(text))
    assert document is not None
    chinese = print_document(document, "zh", translator([document]))
    two.write_text(chinese.replace("规则集", "# 一条注释\n规则集", 1), "utf-8")
    old, new = edition(holdings([one])), edition(holdings([two]))
    assert changes(old, new) == ()
    assert changes(old, old) == ()


def test_the_order_of_declarations_is_no_change(tmp_path: Path) -> None:
    text = (CASES / "before.rules").read_text("utf-8")
    rule = "rule gone zh 将删 { informs }\n"
    other = tmp_path / "other.rules"
    other.write_text(text.replace(rule, "").replace("layer field_land", rule + "layer field_land"), "utf-8")
    assert told(CASES / "before.rules", other, "en") == "\n"


def test_a_new_english_name_with_the_chinese_one_kept_is_the_same_rule(tmp_path: Path) -> None:
    other = tmp_path / "other.rules"
    other.write_text((CASES / "before.rules").read_text("utf-8").replace("rule gone", "rule fare_well"), "utf-8")
    text = told(CASES / "before.rules", other, "en")
    assert (
        text == "The rule “fare well” was called “将删 / gone” and is called “将删 / fare_well” (it is the same one).\n"
    )


def test_machines_read_the_same_changes() -> None:
    old, new = edition(holdings([CASES / "before.rules"])), edition(holdings([CASES / "after.rules"]))
    rows = as_json(changes(old, new), old, new, "en")
    assert {"id", "change", "clause", "within", "sentence"} == set(rows[0])
    assert {r["change"] for r in rows} == {"added", "removed", "changed", "renamed"}
