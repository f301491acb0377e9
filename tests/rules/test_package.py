"""The manifest of a folder of rulesets: read or refused, and held against the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from landrules.rules.load import read_rulesets
from landrules.rules.package import Package, check_package, compare, read_package

GOOD = """\
name = "example.pond"
version = "2026.1"
title_zh = "水塘"
title_en = "Ponds"
level = "county"
licence = "Apache-2.0"
maintainer = "somebody"

[requires]
cn = ">=2026.1, <2027"
"""


def package(text: str = GOOD) -> Package:
    found, wrong = read_package(text, "rules/landrules-package.toml")
    assert found is not None and wrong == ()
    return found


BAD = [
    ("name =", ["LR240"]),
    (GOOD.replace('name = "example.pond"\n', ""), ["LR242"]),
    (GOOD.replace("maintainer", "maintaner"), ["LR241", "LR242"]),
    (GOOD.replace('"2026.1"', "2026.1"), ["LR243"]),
    (GOOD.replace('"2026.1"', '"first"'), ["LR243"]),
    (GOOD.replace('"example.pond"', '"example pond"'), ["LR243"]),
    (GOOD.replace('"county"', '"village"'), ["LR243"]),
    (GOOD.replace(">=2026.1, <2027", "2026.1 or later"), ["LR243"]),
    (GOOD.replace("[requires]\ncn = ", "requires = "), ["LR243"]),
    (GOOD.replace('"Ponds"', '" "').replace('"county"', '"village"'), ["LR243", "LR243"]),
]


@pytest.mark.parametrize(("text", "codes"), BAD)
def test_what_is_wrong_with_a_manifest_is_told_all_at_once(text: str, codes: list[str]) -> None:
    found, wrong = read_package(text, "rules/landrules-package.toml")
    assert found is None
    assert [d.code for d in wrong] == codes
    assert all(d.where == "rules/landrules-package.toml" for d in wrong)


def ruleset(name: str, version: str, *imports: str) -> str:
    head = f'ruleset {name} {{\n    title zh "甲" en "A"\n    level county\n    version "{version}"\n}}\n'
    return head + "".join(f"import {i}\n" for i in imports)


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ({"a": ruleset("example.pond.a", "2026.1", "cn.codes")}, []),
        ({"a": ruleset("example.pond", "2026.1", "国家.词汇")}, []),
        ({"a": ruleset("example.ponds.a", "2026.1")}, ["LR244"]),
        ({"a": ruleset("example.pond.a", "2026.2")}, ["LR245"]),
        ({"a": ruleset("example.pond.a", "2026.1", "other.b"), "b": ruleset("other.b", "1")}, ["LR246"]),
        ({"a": ruleset("example.pond.a", "2026.1", "example.pond.b"), "b": ruleset("example.pond.b", "2026.1")}, []),
    ],
)
def test_files_are_held_against_their_package(files: dict[str, str], codes: list[str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.rules").write_text(text, encoding="utf-8")
    loaded = read_rulesets(["a.rules"], tmp_path)
    found = check_package(package(), loaded.asked, loaded.documents)
    assert [d.code for d in found] == codes


def test_a_required_version_must_be_met(tmp_path: Path) -> None:
    (tmp_path / "a.rules").write_text(ruleset("example.pond.a", "2026.1", "cn.codes"), encoding="utf-8")
    loaded = read_rulesets(["a.rules"], tmp_path)
    later = package(GOOD.replace(">=2026.1, <2027", ">=2027"))
    (found,) = check_package(later, loaded.asked, loaded.documents)
    assert found.code == "LR247"
    assert found.span is not None and found.span.text == "cn.codes"


def test_versions_are_compared_as_numbers() -> None:
    assert compare("2026.9", "2026.10") == -1
    assert compare("2026.1", "2026.1.0") == 0
    assert compare("3", "2.9.9") == 1
