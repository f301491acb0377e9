"""Programs without mistakes, and the norms they become."""

from __future__ import annotations

from pathlib import Path

import pytest
from resolve_cases import CASES, Read
from short_norms import short

GOOD = sorted((CASES / "good").glob("*.rules"))


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_a_program_becomes_these_norms(path: Path, read: Read) -> None:
    loaded = read(path)
    assert [d.render("en") for d in loaded.diagnostics] == []
    assert loaded.ruleset is not None
    assert short(loaded.ruleset) == path.with_suffix(".norms").read_text(encoding="utf-8")


def test_both_languages_say_the_same(read: Read) -> None:
    in_english, in_chinese = (read(CASES / "good" / f"{name}.rules").ruleset for name in ("red_line", "red_line_zh"))
    assert in_english is not None
    assert in_chinese is not None
    assert short(in_english) == short(in_chinese)
