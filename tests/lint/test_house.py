"""The house's own rules are in good health; rules of lint are chosen and set without a slip passing unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from landrules.base.diagnostic import InputError
from landrules.lint.rules import RULES
from landrules.lint.run import chosen, lint
from landrules.lint.settings import read_settings

ROOT = Path(__file__).parents[2]
READ_ON = date(2026, 11, 22)


def test_shipped_rules_and_examples_are_clean() -> None:
    folders = ["rulesets/cn", "examples/qingxi/rules", "examples/minneapolis/rules"]
    report = lint(folders, ROOT, as_of=READ_ON)
    assert [(str(f.span), f.rule.id) for f in report.findings] == []
    assert report.notices == ()
    assert report.files > 12


def test_one_file_of_the_shipped_rules_is_judged_among_all_of_them() -> None:
    report = lint(["rulesets/cn/vocabulary.rules"], ROOT, as_of=READ_ON)
    assert [(str(f.span), f.rule.id) for f in report.findings] == []


def test_the_order_of_files_does_not_matter() -> None:
    files = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "tests" / "rulesets").glob("*.rules"))
    one, two = lint(files, ROOT), lint(files[::-1], ROOT)
    assert [f.diagnostic for f in one.findings] == [f.diagnostic for f in two.findings]


def test_rules_are_chosen_by_id_code_or_chinese_name() -> None:
    found = chosen(["unused_layer", "LR905", "缺少测试"], [])
    assert [r.id for r in found] == ["unused_layer", "missing_alias", "missing_test"]
    assert len(chosen([], ["unused_layer"])) == len(RULES) - 1
    with pytest.raises(InputError) as error:
        chosen(["unused_layers"], ["nonsense"])
    assert [d.code for d in error.value.diagnostics] == ["LR931", "LR931"]
    assert error.value.diagnostics[0].help("en") == "did you mean `unused_layer`?"


SETTINGS = [
    ("[rules.long_file]\nlines = 40", []),
    ('[rules.long_file]\nlevel = "off"', []),
    ("[rules", ["LR932"]),
    ("[rule.long_file]\nlines = 40", ["LR933"]),
    ("[rules.long_files]\nlines = 40", ["LR931"]),
    ("[rules.long_file]\nline = 40", ["LR933"]),
    ("[rules.long_file]\nlines = 0", ["LR934"]),
    ('[rules.long_file]\nlines = "40"', ["LR934"]),
    ("[rules.long_file]\nlines = true", ["LR934"]),
    ('[rules.long_file]\nlevel = "fatal"\nline = 1', ["LR934", "LR933"]),
    ("[rules]\nlong_file = 3", ["LR933"]),
    ("rules = 3", ["LR934"]),
]


@pytest.mark.parametrize(("text", "codes"), SETTINGS)
def test_settings_are_read_or_refused(text: str, codes: list[str]) -> None:
    found: list[str] = []
    try:
        read_settings(text, "landrules-lint.toml", RULES)
    except InputError as error:
        found = [d.code for d in error.diagnostics]
        assert all(d.where == "landrules-lint.toml" for d in error.diagnostics)
    assert found == codes
