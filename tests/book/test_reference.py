"""The reference page is what the tables say; regenerate it with `python -m landrules.book.reference > docs/reference.md`."""

from __future__ import annotations

from pathlib import Path

from landrules.base.codes import MESSAGES
from landrules.book.reference import reference
from landrules.lang.keywords import KEYWORDS
from landrules.measures import MEASURES

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"


def test_the_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text("utf-8") == reference()


def test_the_page_names_everything() -> None:
    text = reference()
    assert all(f"#### {code}\n" in text for code in MESSAGES)
    assert all(f"`{word}`" in text for k in KEYWORDS for word in (k.en, k.zh) if word)
    assert all(f"`{m.name}` · `{m.zh}`" in text for m in MEASURES)
