"""`landrules check-rules`: every mistake of rule files, all files together, as a person or a review tool reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Lang
from landrules.cli import console
from landrules.cli.exits import FAILED, WRONG_INPUT
from landrules.cli.language import say
from landrules.cli.shared import LangOption

HELP = say(
    "检查规则文件的写法、名称、类型、依据和日期，一次列出全部问题。有错误时退出码为 1，只有警告时为 0，文件读不了时为 2。",
    "Check rule files: spelling, names, types, sources, dates; all findings at once. Exit code 1 with errors, "
    "0 with warnings only, 2 where a file cannot be read.",
)
EXAMPLE = "landrules check-rules rulesets/cn\nlandrules check-rules --format sarif rules > rules.sarif"

UNREADABLE = frozenset({"LR232", "LR233"})
"""No such ruleset, no text: nothing was checked."""


def check_rules(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help=say("规则文件、文件夹或规则集名称", "rule files, folders or names of rulesets")
        ),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help=say("有警告时退出码也为 1", "exit code 1 with warnings too"))
    ] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|sarif", help=say("输出格式", "format of the output"))
    ] = "text",
    lang: LangOption = None,
) -> int:
    """Print every diagnostic. Raises `InputError` for a format there is none of."""
    from landrules.cli.entries import read_format, told
    from landrules.cli.packages import package_diagnostics
    from landrules.cli.reading import every_diagnostic
    from landrules.lint.entry import of_diagnostics
    from landrules.rules.load import read_rulesets

    reader: Lang = ctx.obj
    read_format(form)
    refs: list[str | Path] = list(paths)
    loaded = read_rulesets(refs)
    entries = of_diagnostics((*every_diagnostic(refs, loaded), *package_diagnostics(refs, loaded)))
    text = told(form, "check-rules", entries, (), len(loaded.asked), reader, min(console.terminal_width(), 100))
    console.deliver(text, None)
    if any(e.diagnostic.code in UNREADABLE and e.diagnostic.span is None for e in entries):
        return WRONG_INPUT
    failing = [e for e in entries if strict or e.diagnostic.severity == "error"]
    return FAILED if failing else 0
