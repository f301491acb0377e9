"""`landrules batch`: many proposals in, one line each out, in the order of the inputs."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.cli import console
from landrules.cli.exits import WRONG_INPUT, exit_code
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption, RulesOption, read_date, read_settings

HELP = say(
    "审查许多项目：每个项目一行结论，按文件名排序。\n"
    "FOLDER 里每个项目文件是一个项目；FILE 是每行一个项目的文件（.jsonl、.geojsonl 等），或单个项目文件。"
    "好的一行就是 landrules check --format json 的结果（含坐标，除非加 --no-geometry）；"
    "不能审查的一行是 landrules/batch-error/1 对象，其余项目照常审查。\n"
    "加 --output 时，中断后再次运行同一命令会接着做，已做完的不重做。\n"
    "退出码：0 全部符合；2 有项目不能审查；否则 1 有不符合；3 有需补正或须研究；4 有基本符合。",
    "Check many proposals: one line each, sorted by the names of their files.\n"
    "Every proposal file of FOLDER is one proposal; FILE holds one proposal a line (.jsonl, .geojsonl and the like), or is "
    "one proposal. A good line is what `landrules check --format json` prints (with coordinates unless --no-geometry); "
    "one that could not be judged is an object landrules/batch-error/1, and the rest goes on.\n"
    "With --output, the same command goes on after an interruption and judges nothing twice.\n"
    "Exit codes: 0 all comply; 2 some could not be judged; else 1 some do not comply; 3 some cannot be judged for want of "
    "facts or are left to a person; 4 some comply once duties are met.",
)
EXAMPLE = (
    "landrules batch examples/qingxi/proposals --output results.jsonl\n"
    "landrules batch proposals.jsonl --workspace county --jobs 4 --no-geometry > results.jsonl\n"
    "landrules batch 2026 --recursive --format csv --output 2026.csv"
)
FORMATS = ("json", "csv")
MOST_JOBS = 64


def batch(
    ctx: typer.Context,
    place: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FILE",
            help=say("项目文件所在的文件夹，或每行一个项目的文件", "a folder of proposals, or a file with one a line"),
        ),
    ],
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            metavar="DIR|FILE.toml",
            help=say(
                "工作区，全批共用；不写时从项目文件所在文件夹向上找 landrules.toml",
                "the workspace, one for all; else landrules.toml is sought from the proposals' folder upward",
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
                "适用哪一天的法律；不写时取各项目的申请日期",
                "the day whose law applies; else each proposal's application date",
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
            help=say(
                "补充或覆盖每个项目的一项属性；可重复",
                "give or replace an attribute of every proposal; may be repeated",
            ),
        ),
    ] = None,
    recursive: Annotated[
        bool, typer.Option("--recursive", help=say("也读取下级文件夹", "read the folders below as well"))
    ] = False,
    jobs: Annotated[
        str | None,
        typer.Option(
            "--jobs",
            metavar="N",
            help=say(
                "同时用几个进程；不写时按处理器个数，最多 8 个。结果与进程数无关",
                "how many processes; else the number of processors, eight at most. Results do not depend on it",
            ),
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=say(
                "json（每行一个对象）或 csv（每个项目一行的表格）；不写时看输出文件的扩展名，否则为 json",
                "json (an object a line) or csv (a table, one row a proposal); else by the ending of the output, else json",
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="PATH",
            help=say(
                "写入文件，全部做完才替换原文件；做完之前存在 PATH.partial 和 PATH.journal 里，中断后可接着做",
                "write a file, replaced only when all is done; until then PATH.partial and PATH.journal hold what is done",
            ),
        ),
    ] = None,
    restart: Annotated[
        bool,
        typer.Option(
            "--restart", help=say("丢弃没有做完的结果，从头开始", "drop what an unfinished run left, begin anew")
        ),
    ] = False,
    lang: LangOption = None,
    no_geometry: Annotated[
        bool, typer.Option("--no-geometry", help=say("结果不含任何坐标", "results without any coordinates"))
    ] = False,
) -> int:
    """Judge every proposal and print its line; the gravest answer is the exit code."""
    reader: Lang = ctx.obj
    name = _format(form, output)
    law, data = read_date("--law-date", law_date), read_date("--data-as-of", data_as_of)
    given = read_settings(settings or ())
    count = _jobs(jobs)
    if restart and output is None:
        raise InputError(Diagnostic("LR849"))

    with console.patience(reader, os.environ):
        from landrules.batch import inputs
        from landrules.batch.judge import Judge
        from landrules.batch.pool import default_jobs
        from landrules.batch.run import workspace_for
        from landrules.cli import streaming
        from landrules.cli.progress import summary
        from landrules.road import Options, Session

        try:
            sources = inputs.find(place, recursive)
        except OSError as error:
            raise console.refused(place, error, "LR813") from error
        if output is not None:
            _may_be_written(output, place, workspace, inputs.ENDINGS)
        named = tuple(rules or ())
        session = Session.open(workspace_for(workspace, sources.files), named)
        judge = Judge(session, Options(law, data, named, given, not no_geometry, drawn=name == "json"))
        asked = streaming.Batch(judge, sources, count or default_jobs(), name, reader)

    tally = streaming.to_stdout(asked) if output is None else streaming.to_file(asked, output, restart)
    for line in summary(tally, sources.passed_over, reader):
        print(line, file=sys.stderr)
    console.complain(tally.repeated, reader)
    return WRONG_INPUT if tally.gravest == "error" else exit_code(tally.gravest)


def _format(form: str | None, output: Path | None) -> str:
    """The format asked for, else that of the output's ending, else json. Raises `InputError` (LR806)."""
    if form is None:
        return "csv" if output is not None and output.suffix.lower() == ".csv" else "json"
    if form not in FORMATS:
        raise InputError(unknown("--format", form, FORMATS))
    return form


def _jobs(value: str | None) -> int | None:
    """How many processes are asked for. Raises `InputError` (LR859)."""
    if value is None:
        return None
    if re.fullmatch(r"[0-9]{1,3}", value) is None or not 1 <= int(value) <= MOST_JOBS:
        raise InputError(Diagnostic("LR859", {"option": "--jobs", "value": value, "most": MOST_JOBS}))
    return int(value)


def _may_be_written(output: Path, place: Path, workspace: Path | None, endings: tuple[str, ...]) -> None:
    """Refuse an output that overwrites what is read, or that the next run would read. Raises `InputError`."""
    read = {place: ("项目文件", "the proposals")} if place.is_file() else {}
    if workspace is not None:
        read[workspace] = ("工作区文件", "the workspace file")
    console.may_be_written(output, read)
    target, folder = Path(os.path.realpath(output)), Path(os.path.realpath(place))
    if folder.is_dir() and target.is_relative_to(folder) and target.suffix.lower() in endings:
        raise InputError(Diagnostic("LR857", {"path": str(output)}))
