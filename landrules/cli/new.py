"""`landrules new`: a rule with its test and its page, or a folder for rulesets, ready to be filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.cli import console
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption, read_date

HELP = say(
    "新建一条规则（规则、测试、说明页），或新建一个规则包文件夹。生成的内容可以直接检查和测试；依据一律是“未核对”，"
    "核对原文以前不会得出禁止。追加到已有文件时，文件按规范格式重写。",
    "Make a rule (norm, tests, page), or a folder for a package of rulesets. What is made passes its checks and tests; "
    "sources stand as unverified, so nothing denies before they are read. A file that is added to is laid out as fmt does.",
)
EXAMPLE = (
    "landrules new rule wetland_core --zh 湿地核心区 --construct red_line --instrument wetland_law=湿地规定\n"
    "landrules new ruleset example.mycounty --level county --instrument county_plan=县规划"
)
WHAT = ("rule", "ruleset")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_DOTTED = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


def new(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="rule|ruleset", help=say("新建什么", "what to make"))],
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help=say("英文名；规则集用点分隔", "the English name; a ruleset's has dots")),
    ],
    instrument: Annotated[
        str,
        typer.Option(
            "--instrument",
            metavar="ID[=中文名]",
            help=say(
                "所依据的文件：已声明的名称，或新名称（英文名=中文名）",
                "the instrument to cite: a declared name, or a new one (english=Chinese)",
            ),
        ),
    ],
    zh: Annotated[str, typer.Option("--zh", metavar="名称", help=say("中文名", "the Chinese name"))] = "",
    construct: Annotated[
        str,
        typer.Option(
            "--construct",
            metavar="rule|red_line|use_control|balance|quota|indicator",
            help=say("规则的种类", "the construct"),
        ),
    ] = "rule",
    layer: Annotated[
        str,
        typer.Option(
            "--layer",
            metavar="ID[=中文名]",
            help=say(
                "规则所在的图层：已声明的，或新的（英文名=中文名）",
                "the layer the rule is on: declared, or new (english=Chinese)",
            ),
        ),
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE|DIR", help=say("写到哪个文件或文件夹", "the file or folder to write to")),
    ] = None,
    level: Annotated[
        str, typer.Option("--level", metavar="LEVEL", help=say("新文件的级别", "the level of a new file"))
    ] = "county",
    start: Annotated[
        str,
        typer.Option("--effective-from", metavar="DATE", help=say("施行日期", "the day the provision takes effect")),
    ] = "2026-01-01",
    lang: LangOption = None,
) -> int:
    """Write the files and name them. Raises `InputError` where a name is taken or the result would not run."""
    from landrules.cli.making import Wanted, make_package, make_rule
    from landrules.cli.skeleton import CONSTRUCTS
    from landrules.rules.package import LEVELS

    reader: Lang = ctx.obj
    for option, value, known in (
        ("new", what, WHAT),
        ("--construct", construct, CONSTRUCTS),
        ("--level", level, LEVELS),
    ):
        if value not in known:
            raise InputError(unknown(option, value, known))
    if (_NAME if what == "rule" else _DOTTED).fullmatch(name) is None:
        raise InputError(Diagnostic("LR936", {"name": name}))
    day = str(read_date("--effective-from", start))
    wanted = Wanted(name, zh, construct, layer, instrument, level, day)
    made = make_rule(wanted, into or Path(), reader) if what == "rule" else make_package(wanted, into or Path(), reader)
    zh_tail, en_tail = (
        "接着：landrules check-rules、landrules test、landrules lint",
        "next: landrules check-rules, test, lint",
    )
    lines = [f"{'已写' if reader == 'zh' else 'wrote'} {path.as_posix()}" for path in made]
    console.deliver("\n".join([*lines, zh_tail if reader == "zh" else en_tail]) + "\n", None)
    return 0
