"""Exit codes, files that appear whole or not at all, and faults of the program that never look like a denial."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from landrules.base.diagnostic import InputError
from landrules.cli import console
from landrules.cli.exits import exit_code
from landrules.cli.language import chosen, say, told
from landrules.cli.main import _Door
from landrules.cli.shared import read_date
from landrules.engine.report import DecisionName


def test_exit_codes_are_the_contract() -> None:
    codes = {name: exit_code(name) for name in get_args(DecisionName)}
    assert codes == {"permit": 0, "deny": 1, "indeterminate": 3, "refer": 3, "conditional": 4}


def test_a_file_is_replaced_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "报告 一.html"
    console.replace(file, b"old")
    file.chmod(0o640)
    console.replace(file, "新".encode())
    assert file.read_bytes() == "新".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["报告 一.html"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "a.json", tmp_path / "b.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    console.replace(link, b"new")
    assert link.is_symlink() and target.read_text(encoding="utf-8") == "new"


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(InputError) as refused:
        console.replace(folder, b"x")
    assert [d.code for d in refused.value.diagnostics] == ["LR812"]
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.iterdir()) == []


def test_a_mistake_leaves_as_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with _Door([], {}):
        read_date("--law-date", "soon")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("错误 LR807: --law-date 的“soon”不是日期\n  建议：")


def test_a_fault_of_the_program_is_one_sentence_without_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    with _Door(["--lang", "en"], {}):
        raise ZeroDivisionError("of \x1b[2J data")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(
        "error LR819: a fault in the program itself, nothing was decided: ZeroDivisionError: of ␛[2J"
    )
    assert "Traceback" not in shown.err and os.sep + "tests" not in shown.err


def test_the_trace_is_there_for_those_who_ask(capsys: pytest.CaptureFixture[str]) -> None:
    with _Door([], {"LANDRULES_DEBUG": "1"}):
        raise ZeroDivisionError("x")
    assert "Traceback" in capsys.readouterr().err


def test_leaving_is_not_a_fault() -> None:
    with pytest.raises(SystemExit), _Door([], {}):
        raise SystemExit(4)


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "zh"),
        ([], {"LANDRULES_LANG": "en"}, "en"),
        (["check", "--lang", "zh"], {"LANDRULES_LANG": "en"}, "zh"),
        (["--lang=en"], {}, "en"),
        (["check", "--", "--lang", "en"], {}, "zh"),
        (["check", "--lang"], {}, "zh"),
    ],
)
def test_the_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert chosen(arguments, environment) == lang


def test_texts_are_told_in_one_language() -> None:
    assert (told(say("甲", "a"), "zh"), told(say("甲", "a"), "en"), told("plain", "en")) == ("甲", "a", "plain")


def test_dates_are_written_in_one_way() -> None:
    assert read_date("--law-date", "2026-05-20") == date(2026, 5, 20)
    assert read_date("--law-date", None) is None
    with pytest.raises(InputError):
        read_date("--law-date", "2026-W21-3")
