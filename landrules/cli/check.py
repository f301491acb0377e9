"""`landrules check`: one proposal in, one report out, the decision as exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.cli import console
from landrules.cli.exits import exit_code
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption, RulesOption, read_date, read_settings

HELP = say(
    "审查一个项目：能不能用这块地，为什么。\n"
    "退出码：0 符合，1 不符合，2 输入有误（没有结论），3 需补正或须研究，4 基本符合（须完善）。",
    "Check one proposal: may it use this land, and why.\n"
    "Exit codes: 0 complies, 1 does not, 2 wrong input (nothing decided), 3 cannot be judged or left to a person, "
    "4 complies once duties are met.",
)
EXAMPLE = (
    "landrules check examples/qingxi/proposals/c_livestock.geojson\n"
    "landrules check site.geojson --workspace county --format html --output report.html\n"
    "landrules check - --law-date 2026-05-20 --format json < site.geojson"
)
FORMATS = ("text", "json", "geojson", "html")
_BY_ENDING = {".json": "json", ".geojson": "geojson", ".html": "html", ".htm": "html"}


def check(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help=say("项目文件；- 表示从标准输入读取", "the proposal; - reads standard input")
        ),
    ],
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            metavar="DIR|FILE.toml",
            help=say(
                "工作区；不写时从项目文件所在文件夹向上找 landrules.toml",
                "the workspace; else landrules.toml is sought from the file's folder upward",
            ),
        ),
    ] = None,
    rules: RulesOption = None,
    law_date: Annotated[
        str | None,
        typer.Option(
            "--law-date",
            metavar="DATE",
            help=say(
                "适用哪一天的法律；不写时取申请日期，从不默认今天",
                "the day whose law applies; else the application date, never today",
            ),
        ),
    ] = None,
    data_as_of: Annotated[
        str | None,
        typer.Option(
            "--data-as-of",
            metavar="DATE",
            help=say(
                "使用截至哪一天的数据；不写时取法律日期之前最新的版本",
                "the day up to which data count; else the newest editions not after the law date",
            ),
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help=say("补充或覆盖一项项目属性；可重复", "give or replace an attribute; may be repeated"),
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=say(
                "text、json、geojson 或 html；不写时看输出文件的扩展名，否则为 text",
                "text, json, geojson or html; else by the ending of the output file, else text",
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="PATH",
            help=say(
                "写入文件，完整写好后才替换原文件", "write a file; what was there is replaced only when all is written"
            ),
        ),
    ] = None,
    lang: LangOption = None,
    no_geometry: Annotated[
        bool, typer.Option("--no-geometry", help=say("报告不含任何坐标", "a report without any coordinates"))
    ] = False,
) -> int:
    """Run the road and print its report; the decision is the exit code."""
    reader: Lang = ctx.obj
    name = _format(form, output)
    if name == "geojson" and no_geometry:
        raise InputError(Diagnostic("LR814"))
    law, data = read_date("--law-date", law_date), read_date("--data-as-of", data_as_of)
    given = read_settings(settings or ())
    if output is not None:
        read = {Path(file): ("项目文件", "the proposal")} if file != "-" else {}
        if workspace is not None:
            read[workspace] = ("工作区文件", "the workspace file")
        console.may_be_written(output, read)

    with console.patience(reader, os.environ):
        from landrules import road
        from landrules.render.renderers import BY_NAME

        renderer = BY_NAME[name]
        asked = road.Options(law, data, tuple(rules or ()), given, not no_geometry, drawn=renderer.draws)
        report = road.answer_to(sys.stdin.buffer.read() if file == "-" else Path(file), workspace, asked)

    from landrules.render.options import Options

    looked_at = output is None and console.is_for_a_person(os.environ)
    options = Options(
        lang=reader,
        geometry=not no_geometry,
        width=console.terminal_width() if looked_at else None,
        colour=looked_at and console.wants_colour(os.environ),
    )
    console.deliver(renderer.function(report, options), output)
    return exit_code(report.decision)


def _format(form: str | None, output: Path | None) -> str:
    """The format asked for, else that of the output's ending, else text. Raises `InputError` (LR806)."""
    if form is None:
        return _BY_ENDING.get(output.suffix.lower(), "text") if output is not None else "text"
    if form not in FORMATS:
        raise InputError(unknown("--format", form, FORMATS))
    return form
