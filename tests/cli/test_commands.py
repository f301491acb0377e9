"""Commands as a user runs them: help, versions, schemas, new workspaces, and every way to hold them wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from landrules.cli.template import WORKSPACE
from landrules.intake.workspace import load_workspace

ROOT = Path(__file__).parents[2]
COMMANDS = ("check", "init", "rules", "fmt", "test", "schema")


def landrules(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command; output is read as UTF-8 whatever the console's encoding."""
    kept = {k: v for k, v in os.environ.items() if k not in ("LANDRULES_LANG", "LANDRULES_DEBUG", "CI", "NO_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "landrules", *arguments],
        cwd=cwd, env={**kept, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_in_both_languages(command: str) -> None:
    zh, en = landrules(command, "--help"), landrules(command, "--help", "--lang", "en")
    assert (zh.returncode, en.returncode) == (0, 0)
    assert "示例：\n  landrules " + command in zh.stdout
    assert "Example:\n  landrules " + command in en.stdout
    assert re.search(r"[\u4e00-\u9fff]", en.stdout.replace("清溪县 2026", "")) is None
    assert "‖" not in zh.stdout + en.stdout


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    shown = landrules("--help")
    assert all(f"\n  {command} " in shown.stdout for command in COMMANDS)
    code = (
        "import sys, landrules.cli.main;"
        "print(sorted(m for m in ('shapely', 'pyproj', 'lark', 'pydantic', 'numpy', 'pyogrio') if m in sys.modules))"
    )
    probe = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert probe.stdout == "[]\n"


def test_without_a_command_nothing_is_decided() -> None:
    shown = landrules()
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.startswith("用法：landrules")


def test_version() -> None:
    assert landrules("--version").stdout == "landrules 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("chekc",), "LR801", "landrules check"),
        (("check", "--formt", "json", "a"), "LR802", "--format"),
        (("check", "a", "--law-date"), "LR803", "--law-date"),
        (("check",), "LR804", "FILE"),
        (("check", "a", "b"), "LR805", "b"),
        (("check", "a", "--format", "htlm"), "LR806", "html"),
        (("check", "a", "--lang", "fr"), "LR806", "zh, en"),
        (("schema", "repot"), "LR806", "report"),
        (("check", "a", "--law-date", "20260520"), "LR807", "20260520"),
        (("check", "a", "--data-as-of", "2026-02-30"), "LR807", "2026-02-30"),
        (("check", "a", "--set", "x"), "LR640", "x"),
        (("check", "a", "--set", "survey_year=2024", "--set", "survey_year=2025"), "LR808", "survey_year"),
        (("check", "a", "--output", "no/such/place.html"), "LR809", "no/such/place.html"),
        (("check", "a", "--output", "tests"), "LR810", "tests"),
        (("check", "pyproject.toml", "--output", "pyproject.toml"), "LR811", "pyproject.toml"),
        (("check", "a", "--format", "geojson", "--no-geometry"), "LR814", "--no-geometry"),
        (("fmt", "no.rules"), "LR813", "no.rules"),
        (("fmt", "grammar"), "LR817", "grammar"),
        (("rules", "--rules", "no.such"), "LR232", "no.such"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_command_is_a_sentence_and_decides_nothing(arguments: tuple[str, ...], code: str, words: str) -> None:
    shown = landrules(*arguments)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert f"错误 {code}：".replace("：", ": ") in shown.stderr
    assert words in shown.stderr
    assert "Traceback" not in shown.stderr and "site-packages" not in shown.stderr


def test_sentences_come_in_the_language_asked_for() -> None:
    assert "error LR804: FILE is missing" in landrules("check", LANDRULES_LANG="en").stderr
    assert "错误 LR804: 缺少 FILE" in landrules("check", "--lang", "zh", LANDRULES_LANG="en").stderr
    assert "LANDRULES_LANG" in landrules("check", LANDRULES_LANG="deutsch").stderr


def test_any_console_takes_chinese() -> None:
    shown = landrules("--help", PYTHONIOENCODING="ascii")
    assert (shown.returncode, shown.stdout) == (0, landrules("--help").stdout)


@pytest.mark.parametrize("name", ["report", "proposal", "workspace"])
def test_schemas_are_schemas(name: str) -> None:
    shown = landrules("schema", name)
    assert shown.returncode == 0
    schema = json.loads(shown.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"landrules/{name}/1"


def test_the_example_proposals_fit_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(landrules("schema", "proposal").stdout))
    files = sorted((ROOT / "examples" / "qingxi" / "proposals").glob("*.geojson"))
    assert len(files) > 20
    for file in files:
        proposal = json.loads(file.read_text(encoding="utf-8"))
        assert [e.message for e in validator.iter_errors(proposal)] == []
        proposal["proposal"]["stage"] = "some_day"
        assert not validator.is_valid(proposal)


def test_init_makes_a_workspace_once(tmp_path: Path) -> None:
    made = landrules("init", "清溪县 2026", cwd=tmp_path)
    assert made.returncode == 0 and "landrules check" in made.stdout
    file = tmp_path / "清溪县 2026" / "landrules.toml"
    assert file.read_bytes() == WORKSPACE.encode("utf-8")
    assert load_workspace(file).rulesets == ("cn",)
    file.write_text("mine", encoding="utf-8")
    again = landrules("init", "清溪县 2026", "--lang", "en", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "") and "LR815" in again.stderr
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_workspace_of_init_works_with_every_line_switched_on(tmp_path: Path) -> None:
    switched_on = re.compile(r'# (?=\[[a-z]+[.\]]|"|[a-z_]+ = )')
    file = tmp_path / "landrules.toml"
    file.write_text(
        "\n".join(switched_on.sub("", row, count=1) if row.startswith("# ") else row for row in WORKSPACE.split("\n")),
        encoding="utf-8",
    )
    workspace = load_workspace(file)
    assert {"dltb", "pbf", "erl", "udb", "plan_zone", "plan_use", "admin_unit", "highway", "railway"} == set(
        workspace.layers
    )
    assert workspace.boundary is not None and workspace.accounts is not None and len(workspace.tolerances) == 1
    railway = workspace.layers["railway"][0].coverage
    assert railway is not None and railway.kind == "none"


RULES = """\
ruleset   demo zh 演示 {
  level national
  version "1"   # kept
}
"""


def test_fmt_rewrites_translates_and_keeps_comments(tmp_path: Path) -> None:
    file = tmp_path / "我的 规则.rules"
    file.write_text(RULES, encoding="utf-8")
    checked = landrules("fmt", "--check", file.name, cwd=tmp_path)
    assert checked.returncode == 1 and "LR818" in checked.stderr
    assert file.read_text(encoding="utf-8") == RULES
    assert landrules("fmt", file.name, cwd=tmp_path).returncode == 0
    english = file.read_text(encoding="utf-8")
    assert "# kept" in english and english != RULES
    assert landrules("fmt", "--check", file.name, cwd=tmp_path).returncode == 0
    assert landrules("fmt", "--lang", "zh", file.name, cwd=tmp_path).returncode == 0
    assert file.read_text(encoding="utf-8").startswith("规则集 演示")
    assert landrules("fmt", "--lang", "en", file.name, cwd=tmp_path).returncode == 0
    assert file.read_text(encoding="utf-8") == english


def test_fmt_changes_nothing_when_one_file_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.rules", tmp_path / "b.rules"
    good.write_text(RULES, encoding="utf-8")
    bad.write_text("ruleset demo {", encoding="utf-8")
    shown = landrules("fmt", ".", cwd=tmp_path)
    assert shown.returncode == 2 and "b.rules" in shown.stderr
    assert good.read_text(encoding="utf-8") == RULES
    bad.write_bytes("规则集 演示".encode("gbk"))
    assert "LR816" in landrules("fmt", "b.rules", cwd=tmp_path).stderr


def test_rules_need_no_workspace(tmp_path: Path) -> None:
    shown = landrules("rules", "--rules", "cn.pbf", "--format", "json", cwd=tmp_path)
    assert shown.returncode == 0
    rows = {row["id"]: row for row in json.loads(shown.stdout)["rules"]}
    row = rows["cn.pbf.pbf_occupation"]
    assert set(row) == {"id", "title", "level", "effect", "status", "effective_from", "effective_to", "citations"}
    assert (row["level"], row["effect"], row["status"]) == ("national", "deny_unless", "verified")
    assert row["citations"][0]["article"]["zh"].startswith("第三十五条")
    text = landrules("rules", "--rules", "cn.pbf", "--lang", "en", cwd=tmp_path).stdout
    assert "cn.pbf.pbf_occupation" in text and "forbids, with exceptions" in text


KNOWN = ROOT / "tests" / "trial" / "cases" / "known.rules"


def test_test_names_what_no_test_reaches_and_fails_below_what_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "known.rules"
    file.write_bytes(KNOWN.read_bytes())
    shown = landrules("test", "known.rules", "--coverage", "--lang", "en", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == KNOWN.with_suffix(".en.txt").read_text(encoding="utf-8")
    enough = landrules("test", "known.rules", "--fail-under", "60", "--lang", "en", cwd=tmp_path)
    assert (enough.returncode, enough.stdout, enough.stderr) == (0, "7 tests, 0 failed\n", "")
    short = landrules("test", "known.rules", "--fail-under", "60.1", cwd=tmp_path)
    assert short.returncode == 1 and "LR834" in short.stderr and "60.0 %" in short.stderr


def test_test_writes_for_build_services(tmp_path: Path) -> None:
    (tmp_path / "known.rules").write_bytes(KNOWN.read_bytes())
    outputs = ("--junit", "结果.xml", "--coverage-json", "coverage.json")
    shown = landrules("test", "known.rules", "-k", "果园", "--format", "json", *outputs, cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    record = json.loads(shown.stdout)
    assert (record["schema"], record["total"], "coverage" in record) == ("landrules/tests/1", 3, False)
    assert (tmp_path / "结果.xml").read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    assert json.loads((tmp_path / "coverage.json").read_bytes())["schema"] == "landrules/coverage/1"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("-k", "没有这样的测试"), "LR833"),
        (("--fail-under", "most"), "LR832"),
        (("--fail-under", "101"), "LR832"),
        (("--format", "xml"), "LR806"),
        (("--junit", "known.rules"), "LR811"),
        (("--coverage-json", "nowhere/coverage.json"), "LR809"),
    ],
)
def test_test_refuses_what_cannot_be_meant(arguments: tuple[str, ...], code: str, tmp_path: Path) -> None:
    file = tmp_path / "known.rules"
    file.write_bytes(KNOWN.read_bytes())
    shown = landrules("test", "known.rules", *arguments, cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (2, "") and code in shown.stderr
    assert file.read_bytes() == KNOWN.read_bytes()
