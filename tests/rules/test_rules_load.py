"""Finding and reading rulesets: references, imports, code files, and mistakes that take several files to make."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.rules.load import load_ruleset, read_rulesets
from landrules.rules.shipped import ids_in, shipped_index

HEAD = 'ruleset {name} {{ level national  version "1" }}\n'


def write(folder: Path, **files: str) -> None:
    """Ruleset files by name; `import x` lines and the rest follow the head."""
    for name, body in files.items():
        (folder / f"{name}.rules").write_text(HEAD.format(name=f"t.{name}") + body, encoding="utf-8")


def errors(folder: Path, *refs: str) -> list[Diagnostic]:
    return [d for d in read_rulesets(refs, folder).diagnostics if d.severity == "error"]


def test_an_import_is_followed_beside_the_file_and_a_folder_is_all_its_files(tmp_path: Path) -> None:
    write(tmp_path, one="import t.two\ndefine big = small\n", two="define small = area of proposal > 1 ha\n")
    by_file, by_folder = load_ruleset(["one.rules"], tmp_path), load_ruleset(["."], tmp_path)
    assert [r.id for r in by_file.rulesets] == [r.id for r in by_folder.rulesets] == ["t.one", "t.two"]
    assert [r.source_name for r in by_file.rulesets] == ["one.rules", "two.rules"]


def test_a_name_is_not_seen_without_its_import(tmp_path: Path) -> None:
    write(tmp_path, one="define big = small\n", two="define small = area of proposal > 1 ha\n")
    assert [d.code for d in errors(tmp_path, ".")] == ["LR210"]


def test_imports_in_a_ring_are_told_once_with_the_ring(tmp_path: Path) -> None:
    write(tmp_path, one="import t.two\n", two="import t.three\n", three="import t.one\n")
    found = errors(tmp_path, "two.rules")
    assert [(d.code, d.args["ring"]) for d in found] == [("LR206", "t.one → t.two → t.three → t.one")]


def test_a_ruleset_has_one_file(tmp_path: Path) -> None:
    write(tmp_path, one="")
    (tmp_path / "again.rules").write_text(HEAD.format(name="t.one"), encoding="utf-8")
    assert [d.code for d in errors(tmp_path, ".")] == ["LR203"]


def test_a_name_from_two_imports_is_told_before_it_is_mistaken(tmp_path: Path) -> None:
    small = "define small = area of proposal > 1 ha\n"
    write(tmp_path, one=small, two=small, three="import t.one\nimport t.two\n")
    assert [d.code for d in errors(tmp_path, "three.rules")] == ["LR208"]


def test_a_reference_to_nothing_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_ruleset(["nowhere"], tmp_path)
    assert [d.code for d in caught.value.diagnostics] == ["LR232"]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "gbk.rules").write_bytes("规则集 试验 {}".encode("gbk"))
    assert [d.code for d in errors(tmp_path, "gbk.rules")] == ["LR233"]


def test_codes_come_from_the_file_beside_and_change_the_digest(tmp_path: Path) -> None:
    write(tmp_path, one='scheme kinds { source "kinds.csv" }\n')
    (tmp_path / "kinds.csv").write_text("code,parent,name_zh,name_en\na,,甲,A\nb,a,乙,\n", encoding="utf-8")
    first = load_ruleset(["one.rules"], tmp_path)
    scheme = first.schemes["kinds"]
    assert (scheme.is_under("b", "a"), scheme.is_under("a", "b"), scheme.entries["b"].title.en) == (True, False, "乙")
    (tmp_path / "kinds.csv").write_text("code,parent,name_zh,name_en\na,,甲,A\nb,,乙,\n", encoding="utf-8")
    assert load_ruleset(["one.rules"], tmp_path).rulesets[0].sha256 != first.rulesets[0].sha256


def test_a_code_file_without_its_columns_is_told(tmp_path: Path) -> None:
    write(tmp_path, one='scheme kinds { source "kinds.csv" }\n')
    (tmp_path / "kinds.csv").write_text("code,name\na,甲\n", encoding="utf-8")
    assert [d.args["columns"] for d in errors(tmp_path, "one.rules")] == ["parent, name_zh, name_en"]


def test_days_without_a_value_are_a_warning_and_do_not_stop(tmp_path: Path) -> None:
    write(
        tmp_path,
        one='instrument law { title zh "法" en "Law" }\n'
        "parameter limit area {\n    cites law article 1 example\n"
        "    effective to 2020-12-31 { value 1 ha }\n    effective from 2022-01-01 { value 2 ha }\n}\n",
    )
    loaded = read_rulesets(["one.rules"], tmp_path)
    assert loaded.ruleset is not None
    assert [(d.code, d.severity) for d in loaded.diagnostics] == [("LR406", "warning")]


def test_a_repealed_instrument_ends_the_day_before_its_successor(tmp_path: Path) -> None:
    write(
        tmp_path,
        one='instrument old { title zh "旧" en "Old"  effective from 2001-01-01  repealed by new }\n'
        'instrument new { title zh "新" en "New"  effective from 2020-03-01 }\n',
    )
    assert str(load_ruleset(["one.rules"], tmp_path).instruments["t.one.old"].period) == "2001-01-01/2020-02-29"


def test_several_files_tell_all_their_mistakes_at_once(tmp_path: Path) -> None:
    write(tmp_path, one="import t.two\ndefine a = b\n", two="define c = d\n")
    assert [d.args["name"] for d in errors(tmp_path, "one.rules")] == ["b", "d"]


def test_the_shipped_rulesets_are_found_by_both_names() -> None:
    index = shipped_index()
    assert "cn.vocabulary" in index
    path = index["cn.vocabulary"]
    for name in ids_in(path.read_text(encoding="utf-8")):
        assert index[name] == path
