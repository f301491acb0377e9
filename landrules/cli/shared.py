"""Options that several commands take, and how their values are read. Every mistake is a sentence with exit code 2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.cli.console import refused
from landrules.cli.language import say

LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help=say(
            "输出语言；不写时取环境变量 LANDRULES_LANG，再没有则为中文",
            "language of the output; else LANDRULES_LANG, else Chinese",
        ),
    ),
]
"""Declared for the help; the door reads it before any command runs, and commands find the language in `ctx.obj`."""

RulesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        metavar="NAME|PATH",
        help=say(
            "规则集名称、名称前缀，或规则文件、文件夹；可重复",
            "a ruleset's name or prefix, or a rule file or folder; may be repeated",
        ),
    ),
]


def read_date(option: str, value: str | None) -> date | None:
    """A date written YYYY-MM-DD, or `None` where none is given. Raises `InputError` (LR807)."""
    if value is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(Diagnostic("LR807", {"option": option, "value": value})) from None


def read_settings(pairs: Sequence[str]) -> dict[str, str]:
    """KEY=VALUE pairs. Raises `InputError`: LR640 for what is no pair, LR808 for a key given twice with two values."""
    from landrules.intake.settings import parse_settings

    settings: dict[str, str] = {}
    for pair in pairs:
        for key, value in parse_settings((pair,)).items():
            if settings.get(key, value) != value:
                raise InputError(Diagnostic("LR808", {"key": key}))
            settings[key] = value
    return settings


def rule_files(paths: Sequence[Path]) -> list[Path]:
    """The rule files named, and those in the folders named, in name order. Raises `InputError` (LR813, LR817)."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*.rules"))
            if not found:
                raise InputError(Diagnostic("LR817", {"path": str(path)}))
            files += found
        elif path.is_file():
            files.append(path)
        else:
            raise refused(path, FileNotFoundError(), "LR813")
    return list(dict.fromkeys(files))
