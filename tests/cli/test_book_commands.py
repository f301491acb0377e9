"""read, explain, diff and doc as commands: exit codes, languages, formats, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from landrules.base.diagnostic import InputError
from landrules.cli.main import main

ROOT = Path(__file__).parents[2]
SITE = ROOT / "examples" / "qingxi" / "proposals" / "c_livestock.geojson"
CHANGES = ROOT / "tests" / "book" / "changes"


def out(capfd: pytest.CaptureFixture[str], *arguments: str, lang: str = "zh") -> tuple[int, str]:
    code = main([*arguments], "en" if lang == "en" else "zh")
    return code, capfd.readouterr().out


def refused(*arguments: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        main(list(arguments), "en")
    return [d.code for d in caught.value.diagnostics]


def test_read_says_a_rule_in_either_language(capfd: pytest.CaptureFixture[str]) -> None:
    code, text = out(capfd, "read", "cn.tenure.no_pending_dispute")
    assert code == 0
    assert "《土地管理法》第十四条第四款：自2020年1月1日起" in text
    code, text = out(capfd, "read", "无未决权属争议", lang="en")
    assert code == 0
    assert "Land Administration Law, article 14 paragraph 4" in text


def test_read_takes_files_and_whole_rulesets(capfd: pytest.CaptureFixture[str]) -> None:
    code, text = out(capfd, "read", "example.changes", "--rules", str(CHANGES / "before.rules"), lang="en")
    assert code == 0
    assert "red line · Farmland may not be occupied" in text
    assert "parameter · Width of control" in text


def test_read_names_the_nearest_rule() -> None:
    assert refused("read", "cn.tenure.no_pending_disputes") == ["LR840"]
    assert refused("read", "x", "--rules", "nowhere.rules") == ["LR232"]


def test_explain_a_message(capfd: pytest.CaptureFixture[str]) -> None:
    code, text = out(capfd, "explain", "lr301", lang="en")
    assert code == 0
    assert text.startswith("LR301")
    assert "area of farmland <= 20 m2" in text
    code, text = out(capfd, "explain", "LR301", "--format", "json")
    told = json.loads(text)["explained"][0]
    assert told["code"] == "LR301"
    assert told["good"] == "requires area of farmland <= 20 m2"
    assert refused("explain", "LR999") == ["LR841"]
    assert refused("explain") == ["LR804"]
    assert refused("explain", "cn.pbf.pbf_occupation") == ["LR804"]


def test_explain_a_finding(capfd: pytest.CaptureFixture[str]) -> None:
    code, text = out(capfd, "explain", "plan_conformity", "--proposal", str(SITE), lang="en")
    assert code == 0
    assert "Required: the use asked for is not the planned use" in text
    code, text = out(capfd, "explain", "--proposal", str(SITE), "--format", "json")
    rules = [x["rule"] for x in json.loads(text)["explained"]]
    assert "cn.zones.plan_conformity" in rules
    assert refused("explain", "cn.pbf.nothing", "--proposal", str(SITE)) == ["LR842"]


def test_diff_has_three_exit_codes(capfd: pytest.CaptureFixture[str]) -> None:
    before, after = str(CHANGES / "before.rules"), str(CHANGES / "after.rules")
    assert out(capfd, "diff", before, before) == (0, "含义没有改变。\n")
    code, text = out(capfd, "diff", before, after, lang="en")
    assert code == 1
    assert text == (CHANGES / "told.en.txt").read_text("utf-8")
    code, text = out(capfd, "diff", before, after, "--format", "json")
    assert code == 1
    assert len(json.loads(text)["changes"]) == len((CHANGES / "told.zh.txt").read_text("utf-8").splitlines())
    assert refused("diff", before, "nowhere.rules") == ["LR232"]
    assert refused("diff", before, after, "--format", "xml") == ["LR806"]


def test_doc_writes_one_page_and_never_over_its_source(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _ = out(capfd, "doc", "cn.tenure", "--output", str(tmp_path / "book.html"))
    assert code == 0
    assert (tmp_path / "book.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    code, _ = out(capfd, "doc", "cn.tenure", "--output", str(tmp_path / "folder"), lang="en")
    assert code == 0
    assert 'lang="en"' in (tmp_path / "folder" / "rulebook.html").read_text("utf-8")
    copy = tmp_path / "a.html"
    copy.write_bytes((CHANGES / "before.rules").read_bytes())
    assert refused("doc", str(copy), "--output", str(copy)) == ["LR811"]


@pytest.mark.parametrize("command", ["read", "explain", "diff", "doc"])
def test_every_command_has_an_example_in_its_help(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    for lang, head in (("zh", "示例："), ("en", "Example:")):
        _, text = out(capfd, command, "--help", lang=lang)
        assert head in text
        assert f"landrules {command}" in text
