"""Proposals of the example county, good ones and spoilt ones, and the command as a user runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from landrules.cli.main import _Door, main

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "qingxi"
PROPOSALS = COUNTY / "proposals"

Command = Callable[..., subprocess.CompletedProcess[bytes]]


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "landrules", *(str(a) for a in arguments)]


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("LANDRULES_LANG", "LANDRULES_DEBUG", "CI", "NO_COLOR")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


@pytest.fixture
def landrules() -> Command:
    """Run the command in a process of its own and take what it prints as bytes."""

    def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command_line(*arguments), cwd=ROOT, env=environment(**more), capture_output=True, check=False
        )

    return run


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """The same in this process, by one job unless another number is asked for: nothing is imported again."""
    monkeypatch.chdir(ROOT)

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        words = [str(a) for a in arguments]
        if words[0] == "batch" and "--jobs" not in words:
            words += ["--jobs", "1"]
        capfdbinary.readouterr()
        code = 2
        with _Door(words, environment()) as lang:
            code = main(words, lang)
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return subprocess.CompletedProcess(words, code, out, err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of proposals, with a Chinese name and a space in it."""
    made = tmp_path / "受理 2026"
    made.mkdir()
    return made


@pytest.fixture
def spoilt(folder: Path) -> Path:
    """Good proposals, broken ones, one id twice, and files that are no proposals."""
    for name in ("c_livestock", "d_village_road", "k_school_of_2024"):
        shutil.copy(PROPOSALS / f"{name}.geojson", folder)
    shutil.copy(PROPOSALS / "d_village_road.geojson", folder / "村内道路 副本.geojson")
    (folder / "a_empty.geojson").write_bytes(b"")
    (folder / "a_not_json.geojson").write_text("这不是 JSON", encoding="utf-8")
    whole = json.loads((PROPOSALS / "c_livestock.geojson").read_text(encoding="utf-8"))
    stageless = {**whole, "proposal": {k: v for k, v in whole["proposal"].items() if k != "stage"}}
    (folder / "e_no_stage.geojson").write_text(json.dumps(stageless), encoding="utf-8")
    twice = {**whole, "features": [*whole["features"], whole["features"][0]]}
    (folder / "f_twice.geojson").write_text(json.dumps(twice), encoding="utf-8")
    (folder / "g_alone.gpkg").write_bytes(b"SQLite format 3\0")
    (folder / "notes.txt").write_text("no proposal", encoding="utf-8")
    (folder / "g_alone.proposal.json.bak").write_text("{}", encoding="utf-8")
    (folder / ".hidden.geojson").write_text("{}", encoding="utf-8")
    return folder


_OUTSIDE_STRINGS = re.compile(r'("(?:[^"\\]|\\.)*")|\s+')


def squeezed(text: str) -> str:
    """JSON text without the spaces between its tokens."""
    return _OUTSIDE_STRINGS.sub(lambda found: found[1] or "", text)
