"""check-rules, lint, fix and new as their users run them: what is printed, in which language, with which exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from landrules.base.diagnostic import columns

ROOT = Path(__file__).parents[2]
HEAD = """\
ruleset local.case zh 本地.案例 {
    title zh "案例" en "Case"
    level county
    version "1"
}

instrument plan zh 规划 {
    title zh "规划（示例）" en "A plan (invented)"
    effective from 2024-01-01
}
"""
CLEAN = (
    HEAD
    + """
rule listed zh 须列入 {
    title zh "须列入" en "On the list"
    cites plan article 3 example
    effective from 2024-01-01
    requires proposal.plan.project_list_item is given
}

test zh "甲" en "A" {
    on 2025-01-01
    parcel P1 square 100 m at (0, 0)
    expect listed deny
}
"""
)


def landrules(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("LANDRULES_LANG", "LANDRULES_DEBUG", "CI", "NO_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "landrules", *arguments],
        cwd=cwd, env={**kept, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, encoding="utf-8", check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def write(folder: Path, text: str, name: str = "case.rules") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize("command", ["check-rules", "lint", "fix", "new"])
def test_help_has_an_example_in_both_languages(command: str) -> None:
    zh, en = landrules(command, "--help"), landrules(command, "--help", "--lang", "en")
    assert (zh.returncode, en.returncode) == (0, 0)
    assert "示例：\n  landrules " + command in zh.stdout
    assert "Example:\n  landrules " + command in en.stdout
    assert re.search(r"[\u4e00-\u9fff]", re.sub(r"ID\[=中文名\]|名称|=\S+|--zh \S+", "", en.stdout)) is None


def test_every_mistake_of_every_file_in_one_go(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace("plan article 3", "plann article 3").replace("project_list_item", "project_list_itm"))
    write(tmp_path, 'ruleset local.other { level county version "1"\nrule x {\n  refers refers', "other.rules")
    shown = landrules("check-rules", ".", "--lang", "en", cwd=tmp_path)
    assert shown.returncode == 1
    assert shown.stderr == ""
    assert shown.stdout.count("\n  ") > 5
    assert "case.rules\n" in shown.stdout and "other.rules\n" in shown.stdout
    one = landrules("check-rules", "case.rules", "--lang", "en", cwd=tmp_path)
    assert (
        one.stdout
        == """\
case.rules
  14:11 error LR220
    the instrument `plann` is not declared
    14 |     cites plann article 3 example
       |           ^^^^^
    help: did you mean `plan`?
  16:28 error LR211
    `proposal.plan` has no `project_list_itm`
    16 |     requires proposal.plan.project_list_itm is given
       |                            ^^^^^^^^^^^^^^^^
    help: did you mean `project_list_item`?

files: 1, errors: 2, warnings: 0
"""
    )


def test_clean_rules_and_warnings_pass_and_strict_fails(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    shown = landrules("check-rules", "case.rules", cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (0, "检查了 1 个文件：0 个错误，0 个警告\n")
    gap = "parameter most zh 最多 ratio {\n    cites plan article 5 example\n    effective to 2024-06-30 {\n        value 1\n"
    gap += "    }\n    effective from 2024-08-01 {\n        value 2\n    }\n}\n"
    write(tmp_path, CLEAN + gap)
    lax = landrules("check-rules", "case.rules", cwd=tmp_path)
    strict = landrules("check-rules", "case.rules", "--strict", cwd=tmp_path)
    assert (lax.returncode, strict.returncode) == (0, 1)
    assert "警告 LR406" in lax.stdout and lax.stdout == strict.stdout


@pytest.mark.parametrize("path", ["absent.rules", "binary.rules"])
def test_what_cannot_be_read_is_neither_clean_nor_wrong(path: str, tmp_path: Path) -> None:
    (tmp_path / "binary.rules").write_bytes(b"\xff\xfe\x00rules")
    assert landrules("check-rules", path, cwd=tmp_path).returncode == 2
    assert landrules("lint", path, cwd=tmp_path).returncode == 2
    assert landrules("fix", path, cwd=tmp_path).returncode == 2


def test_a_package_is_held_against_its_files(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    manifest = 'name = "local"\nversion = "2"\ntitle_zh = "甲"\ntitle_en = "A"\nlevel = "county"\nlicence = "x"\n'
    write(tmp_path, manifest, "landrules-package.toml")
    assert "LR242" in landrules("check-rules", ".", cwd=tmp_path).stdout
    write(tmp_path, manifest + 'maintainer = "me"\n', "landrules-package.toml")
    shown = landrules("check-rules", ".", cwd=tmp_path)
    assert (shown.returncode, shown.stdout.count("LR")) == (1, 1)
    assert "LR245" in shown.stdout


def test_lines_fit_a_terminal_of_eighty_columns(tmp_path: Path) -> None:
    long = "项目.规划.重点项目表 已提供 且 " * 12 + "项目.规划.重点项目表 已提供"
    write(tmp_path, CLEAN.replace("requires proposal.plan.project_list_item is given", f"须 {long}"))
    for lang in ("zh", "en"):
        shown = landrules("lint", "case.rules", "--lang", lang, cwd=tmp_path, COLUMNS="80")
        assert shown.returncode == 1
        assert max(sum(columns(c) for c in line) for line in shown.stdout.splitlines()) <= 80
        assert "\x1b" not in shown.stdout


def test_lint_fails_on_errors_and_on_warnings_when_strict(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace("listed", "isListed"))
    assert landrules("lint", "case.rules", cwd=tmp_path).returncode == 0
    assert landrules("lint", "case.rules", "--strict", cwd=tmp_path).returncode == 1
    write(tmp_path, '[rules.name_style]\nlevel = "error"\n', "landrules-lint.toml")
    assert landrules("lint", "case.rules", cwd=tmp_path).returncode == 1
    assert landrules("lint", "case.rules", "--except", "name_style", cwd=tmp_path).returncode == 0
    write(tmp_path, "[rules.name_stile]\n", "other.toml")
    wrong = landrules("lint", "case.rules", "--config", "other.toml", "--lang", "en", cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "did you mean `name_style`?" in wrong.stderr


def test_lint_refuses_rules_that_are_wrong(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace("plan article 3", "plann article 3"))
    shown = landrules("lint", "case.rules", cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "LR220" in shown.stderr


def test_json_says_everything_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace('title zh "须列入" en "On the list"', 'title zh "须列入２" en "On the list"'))
    shown = landrules("lint", "case.rules", "--format", "json", "--as-of", "2026-11-22", cwd=tmp_path)
    report = json.loads(shown.stdout)
    assert (report["schema"], report["command"], report["files"]) == ("landrules.findings/1", "lint", 1)
    (found,) = report["findings"]
    assert (found["code"], found["rule"], found["severity"], found["fixable"]) == (
        "LR910", "confusable_characters", "error", True,
    )  # fmt: skip
    assert (found["file"], found["line"], found["column"], found["end_column"]) == ("case.rules", 13, 18, 19)
    assert found["message"]["zh"] != found["message"]["en"]
    assert report["notices"] == []


@pytest.mark.parametrize("command", ["check-rules", "lint"])
def test_sarif_on_stdout(command: str, tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    shown = landrules(command, "case.rules", "--format", "sarif", cwd=tmp_path)
    assert (shown.returncode, json.loads(shown.stdout)["version"]) == (0, "2.1.0")
    assert "LR806" in landrules(command, "case.rules", "--format", "sarf", cwd=tmp_path).stderr


def test_fix_shows_checks_mends_and_is_done(tmp_path: Path) -> None:
    import_ = "import cn.codes\n\ninstrument"
    bad = CLEAN.replace("instrument", import_, 1).replace('须列入" en', '须列入２" en').replace("    level", "  level")
    file = write(tmp_path, "# kept\n" + bad.replace("requires", "requires  # kept too\n       "))
    before = file.read_bytes()
    diff = landrules("fix", "--diff", "case.rules", "--lang", "en", cwd=tmp_path)
    assert (diff.returncode, file.read_bytes()) == (0, before)
    assert "-import cn.codes\n" in diff.stdout and "+++ case.rules\n" in diff.stdout
    check = landrules("fix", "--check", "case.rules", cwd=tmp_path)
    assert (check.returncode, file.read_bytes()) == (1, before)
    done = landrules("fix", "case.rules", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.endswith("files mended: 1\n")
    after = file.read_text(encoding="utf-8")
    assert after.startswith("# kept\n") and "# kept too" in after and "import" not in after and "２" not in after
    again = landrules("fix", "case.rules", "--lang", "en", cwd=tmp_path)
    assert (again.stdout, file.read_text(encoding="utf-8")) == ("nothing to mend\n", after)
    assert landrules("fix", "--check", "case.rules", cwd=tmp_path).returncode == 0


def test_fix_leaves_a_file_with_mistakes_alone(tmp_path: Path) -> None:
    file = write(tmp_path, CLEAN.replace("    level", "  level").replace("plan article 3", "plann article 3"))
    before = file.read_bytes()
    assert landrules("fix", "case.rules", cwd=tmp_path).returncode == 2
    assert file.read_bytes() == before
    mended = landrules("fix", "--suggestions", "case.rules", "--lang", "en", cwd=tmp_path)
    assert (mended.returncode, file.read_text(encoding="utf-8")) == (0, CLEAN)
    assert "LR220" in mended.stdout


def test_line_ends_of_windows_are_no_finding(tmp_path: Path) -> None:
    (tmp_path / "case.rules").write_bytes(CLEAN.replace("\n", "\r\n").encode())
    assert landrules("fix", "--check", "case.rules", cwd=tmp_path).returncode == 0
    assert landrules("lint", "case.rules", cwd=tmp_path).returncode == 0


CONSTRUCTS = ["rule", "red_line", "use_control", "balance", "quota", "indicator"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_rule_of_every_construct_runs_and_is_clean(lang: str, tmp_path: Path) -> None:
    for construct in CONSTRUCTS:
        made = landrules(
            "new", "rule", f"my_{construct}", "--zh", f"我的{CONSTRUCTS.index(construct)}号", "--construct", construct,
            "--instrument", "some_rules=某规定", "--into", f"{construct}.rules", "--lang", lang, cwd=tmp_path,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        page = (tmp_path / f"{construct}.md").read_text(encoding="utf-8")
        assert ("## 依据" in page) == (lang == "zh")
        text = (tmp_path / f"{construct}.rules").read_text(encoding="utf-8")
        assert text.startswith("规则集 " if lang == "zh" else "ruleset ")
        assert not re.search(r"article \d|第.{1,3}条", text)
    assert_healthy(tmp_path, 2 * len(CONSTRUCTS))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rules_are_added_to_a_file_that_is_there(lang: str, tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    for name, layer, instrument in (("second", "pbf", "土地管理法"), ("third", "wetland=湿地", "plan")):
        made = landrules(
            "new", "rule", name, "--zh", {"second": "第二项", "third": "第三项"}[name], "--construct", "red_line",
            "--layer", layer, "--instrument", instrument, "--into", "case.rules", "--lang", lang, cwd=tmp_path,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
    text = (tmp_path / "case.rules").read_text(encoding="utf-8")
    assert text.count("instrument ") == 1 and "import cn.vocabulary\n" in text
    assert_healthy(tmp_path, 5)
    again = landrules("new", "rule", "second", "--instrument", "plan", "--into", "case.rules", cwd=tmp_path)
    assert (again.returncode, (tmp_path / "case.rules").read_text(encoding="utf-8")) == (2, text)
    assert "LR937" in again.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_package_runs_and_is_clean(lang: str, tmp_path: Path) -> None:
    made = landrules(
        "new", "ruleset", "example.mine", "--level", "county", "--instrument", "county_plan=县规划", "--lang", lang,
        cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    names = {p.name for p in (tmp_path / "mine").iterdir()}
    assert names == {"landrules-package.toml", "README.md", "first_rule_of_mine.rules", "first_rule_of_mine.md"}
    assert_healthy(tmp_path, 2)


def assert_healthy(folder: Path, tests: int) -> None:
    """Rules that pass check-rules, lint, fmt and their own tests without a word."""
    for command in (["check-rules", "--strict"], ["fmt", "--check"], ["lint", "--strict", "--as-of", "2026-11-22"]):
        found = landrules(*command, ".", cwd=folder)
        assert found.returncode == 0, found.stdout + found.stderr
    assert landrules("test", ".", cwd=folder).stdout == f"{tests} 个测试，0 个失败\n"


WRONG = [
    (("rule", "Bad-Name", "--instrument", "plan"), "LR936"),
    (("rule", "good", "--instrument", "Some Rules"), "LR936"),
    (("rule", "good", "--instrument", "plan", "--construct", "redline"), "LR806"),
    (("rul", "good", "--instrument", "plan"), "LR806"),
    (("rule", "good"), "LR804"),
    (("rule", "good", "--instrument", "plan", "--effective-from", "soon"), "LR807"),
    (("rule", "good", "--construct", "use_control", "--layer", "pbf", "--instrument", "plan"), "LR938"),
]


@pytest.mark.parametrize(("arguments", "code"), WRONG)
def test_what_cannot_be_made_leaves_nothing_behind(arguments: tuple[str, ...], code: str, tmp_path: Path) -> None:
    shown = landrules("new", *arguments, cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert code in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_hooks_run_the_commands_they_name(tmp_path: Path) -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: landrules (.+)$", hooks, re.M)
    assert len(entries) == len(re.findall(r"^- id: ", hooks, re.M)) == 5
    shutil.copytree(ROOT / "examples" / "qingxi" / "rules", tmp_path / "rules")
    for entry in entries:
        found = landrules(*entry.split(), "rules/county_plan.rules", cwd=tmp_path)
        assert found.returncode == 0, found.stdout + found.stderr
