"""Every mistake an author can make has a program here, and the words it gets in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from resolve_cases import CASES, Read

from landrules.base.codes import MESSAGES

BAD = sorted((CASES / "bad").glob("*.rules"))


def golden(path: Path) -> Path:
    """Where the words for a program stand."""
    return path.with_suffix(".said")


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_a_bad_program_is_told_what_is_wrong(path: Path, read: Read) -> None:
    loaded = read(path)
    assert loaded.ruleset is None
    said = "\n".join(d.render(lang) for d in loaded.diagnostics for lang in ("zh", "en")) + "\n"
    assert said == golden(path).read_text(encoding="utf-8")


def test_there_are_enough_of_them_and_several_mistakes_in_many() -> None:
    errors = [golden(p).read_text(encoding="utf-8").count(": error LR") for p in BAD]
    assert len(BAD) >= 25
    assert sum(n > 1 for n in errors) >= 8


def test_every_message_about_names_types_and_law_has_a_case() -> None:
    said = "".join(golden(p).read_text(encoding="utf-8") for p in BAD)
    silent = {c for c in MESSAGES if "LR200" < c < "LR490"} - {c for c in MESSAGES if c in said}
    assert silent == ELSEWHERE | WARNED, "a message without a case, or a case for one listed as tested elsewhere"


WARNED = {"LR448", "LR450"}
"""Warnings about norms that never speak: see test_levels."""

PACKAGES = {f"LR{n}" for n in range(240, 248)}
"""Manifests of packages: see test_package."""

FILES = {"LR271", *(f"LR{n}" for n in range(276, 283)), "LR287", "LR437"}
"""Files of rows that no text editor writes, and tables too large to show: see test_table_files and test_tables."""

ELSEWHERE = {"LR203", "LR206", "LR208", "LR231", "LR232", "LR233", "LR234", "LR406"} | PACKAGES | FILES
"""What takes several files, a warning, or a name on the command line: see test_rules_load."""
