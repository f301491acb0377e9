"""What the READMEs say is true: every command runs with the exit code it states, every output shown is what comes out.

The two commands of Quick start make an environment of their own; `.ci/run` runs them as they stand.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = (
    "README.md",
    "README.zh-CN.md",
    "examples/qingxi/README.md",
    "examples/qingxi/README.zh-CN.md",
    "examples/minneapolis/README.md",
    "rulesets/README.md",
    "docs/first-ruleset.md",
    "docs/first-ruleset.zh-CN.md",
)
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.M | re.S)
EXITS = re.compile(r"(?:exits|退出码) (\d)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The part of the tree that readers' commands name, free to be written to."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "rulesets", tmp_path / "rulesets")
    return tmp_path


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def write(folder: Path, info: str, body: str) -> None:
    """A shown file: `landrules trees/trees.rules` writes it, a `+` behind the name adds to it."""
    name, _, more = info.strip().partition(" ")
    path = folder / (name or "wells.rules")
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") + "\n" if more else ""
    path.write_text(before + body, encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_every_fenced_command_runs(name: str, folder: Path) -> None:
    shown = ""
    seen = 0
    for kind, info, body in FENCE.findall((ROOT / name).read_text(encoding="utf-8")):
        if kind == "landrules":
            write(folder, info, body)
        elif kind == "python":
            found = run([sys.executable, "-c", body], folder)
            assert found.returncode == 0, found.stderr
        elif kind == "text" and shown:
            assert shown.startswith(body.removesuffix("…\n")), f"{name} shows an output that is not what comes out"
        elif kind == "sh":
            for line in body.strip().splitlines():
                if not line.startswith("landrules "):
                    continue
                command, _, comment = line.partition("#")
                stated = EXITS.search(comment)
                found = run([sys.executable, "-m", "landrules", *command.split()[1:]], folder)
                assert found.returncode == int(stated.group(1) if stated else 0), f"{line}\n{found.stderr}"
                shown = found.stdout
                seen += 1
    assert seen > 0 or name == "rulesets/README.md"


def test_the_tutorial_is_one_in_both_languages() -> None:
    pages = [(ROOT / f"docs/first-ruleset{x}.md").read_text(encoding="utf-8") for x in ("", ".zh-CN")]
    english, chinese = ([(kind, info) for kind, info, _ in FENCE.findall(page)] for page in pages)
    assert english == chinese


def test_quick_start_is_two_command_lines() -> None:
    for name, heading in (("README.md", "## Quick start"), ("README.zh-CN.md", "## 快速开始")):
        section = (ROOT / name).read_text(encoding="utf-8").split(heading, 1)[1].split("\n## ", 1)[0]
        blocks = FENCE.findall(section)[:2]
        assert [kind for kind, _, _ in blocks] == ["sh", "sh"]
        assert all(len(body.strip().splitlines()) == 1 for _, _, body in blocks)
        assert section.strip().startswith("```sh")
