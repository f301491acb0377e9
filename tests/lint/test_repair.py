"""Repairs: made in memory until nothing is left, never over one another, never twice, never where a person must choose."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_cases import HEAD

from landrules.base.diagnostic import InputError
from landrules.base.source import SourceFile, Span
from landrules.lint.record import Edit
from landrules.lint.repair import apply, mend
from landrules.lint.settings import LintSettings

NO_SETTINGS = LintSettings()
LAYER = 'layer spots zh 斑点 {\n    title zh "斑点２" en "Spоts"\n    field grade area\n}\n'
RULE = """\
rule listed zh 须列入 on spots {
    title zh "须列入" en "On the list"
    cites plan article 3 example
    effective from 2024-01-01
    requires proposal.is_construction
}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "case.rules"
    file.write_text(text, encoding="utf-8")
    return file


def test_characters_imports_and_known_aliases_are_mended_and_comments_stay(tmp_path: Path) -> None:
    imports = "# why we import\nimport cn.codes  # a remark\nimport cn.vocabulary\n\ninstrument"
    text = HEAD.replace("instrument", imports, 1) + LAYER + RULE
    mended = mend([written(tmp_path, text)], NO_SETTINGS, suggestions=False)
    (content,) = mended.contents.values()
    after = content.decode()
    assert 'title zh "斑点2" en "Spots"' in after
    assert "import cn.vocabulary" not in after
    assert "import cn.codes  # a remark" not in after
    assert "# why we import" in after
    assert "# a remark" in after
    assert "field grade zh 等别" in after or "field grade zh 等级" in after or "field grade zh 等别等级" in after
    assert sorted({r.diagnostic.code for r in mended.repairs}) == ["LR903", "LR905", "LR910"]
    written(tmp_path, after)
    assert mend([tmp_path / "case.rules"], NO_SETTINGS, suggestions=False).contents == {}


def test_nothing_is_written(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + LAYER + RULE)
    before = file.read_bytes()
    assert mend([file], NO_SETTINGS, suggestions=False).contents
    assert file.read_bytes() == before


def test_a_misspelt_name_is_mended_only_where_asked_for_and_alone_near(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + LAYER + RULE.replace("is_construction", "is_constructoin"))
    with pytest.raises(InputError):
        mend([file], NO_SETTINGS, suggestions=False)
    mended = mend([file], NO_SETTINGS, suggestions=True)
    assert b"requires proposal.is_construction\n" in mended.contents[file.resolve()]
    assert {r.diagnostic.code for r in mended.repairs} == {"LR211", "LR905", "LR910"}


def test_a_name_between_two_others_is_left_to_a_person(tmp_path: Path) -> None:
    two = '"A"\n    field width_east zh 东宽 length\n    field width_west zh 西宽 length\n'
    layer = LAYER.replace('"Spоts"\n', two)
    file = written(tmp_path, HEAD + layer + RULE.replace("proposal.is_construction", "spots.width_est > 3 m"))
    with pytest.raises(InputError) as error:
        mend([file], NO_SETTINGS, suggestions=True)
    assert [d.code for d in error.value.diagnostics] == ["LR211"]


def test_an_allowed_finding_is_not_mended(tmp_path: Path) -> None:
    remark = "# lint: allow confusable_characters the plan writes it so\n"
    file = written(tmp_path, HEAD + remark + LAYER.replace("field grade area", "field grade zh 等别甲 area") + RULE)
    assert mend([file], NO_SETTINGS, suggestions=False).contents == {}


def test_edits_that_overlap_are_not_made_together() -> None:
    source = SourceFile.from_text("abcdef")
    edits = [Edit(Span(source, a, b), text) for a, b, text in ((1, 3, "X"), (2, 4, "Y"), (1, 3, "X"), (5, 5, "Z"))]
    assert apply(source.text, edits) == "aXdeZf"
