"""`landrules diff`: which rules, parameters, dates and exceptions changed between two versions, in sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import InputError, Lang
from landrules.cli import console
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption

HELP = say(
    "比较两版规则：哪些规则、例外、参数、表行、清单、日期、依据和核对状态增加、删去或改变，一处一句。"
    "只改排版、注释、语言的不算改变。没有改变时退出码为 0，有改变为 1，读不了为 2。",
    "Compare two versions of rules: which rules, exceptions, parameters, rows, lists, dates, citations and states were "
    "added, removed or changed, a sentence each. Layout, comments and language are no change. Exit code 0 without a change, "
    "1 with changes, 2 where they cannot be read.",
)
EXAMPLE = "landrules diff old/county_plan.rules rules/county_plan.rules\nlandrules diff cn.pbf my_pbf.rules --lang en"
FORMATS = ("text", "json")
CHANGED = 1


def diff(
    ctx: typer.Context,
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help=say("原来的规则：文件、文件夹或规则集名称", "the old rules: a file, a folder or a ruleset's name"),
        ),
    ],
    after: Annotated[str, typer.Argument(metavar="B", help=say("新的规则", "the new rules"))],
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=say("输出格式", "the format"))] = "text",
    lang: LangOption = None,
) -> int:
    """Print the differences. Raises `InputError`: LR806 for the format, mistakes of spelling in the files."""
    from landrules.book.changes import changes, edition
    from landrules.book.compare import as_json, sentences
    from landrules.book.holdings import holdings
    from landrules.render.safe import neutral, neutral_json

    reader: Lang = ctx.obj
    if form not in FORMATS:
        raise InputError(unknown("--format", form, FORMATS))
    old, new = (edition(holdings([_place(ref)])) for ref in (before, after))
    found = changes(old, new)
    if form == "json":
        text = json.dumps({"changes": as_json(found, old, new, reader)}, ensure_ascii=False, indent=2)
        console.deliver(neutral_json(text) + "\n", None)
    else:
        none = "含义没有改变。" if reader == "zh" else "There is no change in meaning."
        told = sentences(found, old, new, reader) or (none,)
        console.deliver("".join(neutral(line) + "\n" for line in told), None)
    return CHANGED if found else 0


def _place(ref: str) -> str | Path:
    """A path where there is one, else the name of a ruleset."""
    path = Path(ref)
    return path if path.exists() else ref
