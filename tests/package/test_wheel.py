"""The wheel, installed elsewhere: grammar and rulesets travel with it, and the commands work from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this tree, built from a copy so that no build folder is left in it."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    wanted = ("landrules/", "grammar/", "rulesets/", "pyproject.toml", "setup.py", "README.md", "LICENSE")
    for name in tracked.decode("utf-8").split("\0"):
        if name.startswith(wanted) and (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(place), "."]
    subprocess.run(command, cwd=source, check=True)
    return next(place.glob("landrules-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked in a folder of its own, with a Chinese name and a space."""
    place = tmp_path_factory.mktemp("安装 目录")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the installed wheel, started in another folder."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "landrules", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_wheel_itself_runs(installed: Path, tmp_path: Path) -> None:
    code = "import landrules; print(landrules.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()).is_relative_to(installed)


def test_shipped_rules_are_listed_from_another_folder(installed: Path, tmp_path: Path) -> None:
    found = run(installed, tmp_path, "rules", "--format", "json")
    assert found.returncode == 0, found.stderr
    ids = {rule["id"] for rule in json.loads(found.stdout)["rules"]}
    assert "cn.pbf.pbf_occupation" in ids


def test_a_proposal_is_checked_from_another_folder(installed: Path, tmp_path: Path) -> None:
    county = ROOT / "examples" / "qingxi"
    found = run(
        installed,
        tmp_path,
        "check",
        str(county / "proposals" / "c_livestock.geojson"),
        "--workspace",
        str(county),
        "--format",
        "json",
    )
    assert found.returncode == 1, found.stderr
    report = json.loads(found.stdout)
    assert report["decision"] == "deny"
    assert {r["name"] for r in report["provenance"]["rulesets"]} >= {"cn.pbf", "cn.zones", "example.qingxi.plan"}
