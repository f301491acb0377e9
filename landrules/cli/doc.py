"""`landrules doc`: a rule book of rulesets, one HTML page that needs no network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Lang
from landrules.cli import console
from landrules.cli.language import say
from landrules.cli.shared import LangOption

HELP = say(
    "编印规则手册：一个自成一体的 HTML 文件，每条规则有公文语句、依据与核对状态、历年取值、例外、测试和原文，"
    "按条文、图层、级别索引；不联网，可打印。",
    "Make a rule book: one HTML file with every rule as a sentence, its sources and how far they were verified, values over "
    "time, exceptions, tests and its text, indexed by article, layer and level. Needs no network; prints to A4.",
)
EXAMPLE = "landrules doc cn --output rulebook.html\nlandrules doc rules --output docs --lang en"


def doc(
    ctx: typer.Context,
    refs: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME|PATH", help=say("规则集名称、规则文件或文件夹", "names of rulesets, rule files or folders")
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            metavar="FILE.html|DIR",
            help=say("写到哪里；文件夹里为 rulebook.html", "where to; rulebook.html in a folder"),
        ),
    ],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=say("手册的标题", "the book's title"))] = "",
    lang: LangOption = None,
) -> int:
    """Write the book. Raises `InputError`: LR809 to LR812 for the output, mistakes of spelling in the files."""
    from landrules.book.make import rule_book

    reader: Lang = ctx.obj
    target = output / "rulebook.html" if output.is_dir() or output.suffix.lower() not in (".html", ".htm") else output
    if target != output and not output.exists():
        _folder(output)
    console.may_be_written(target, {Path(r): ("规则文件", "a rule file") for r in refs if Path(r).is_file()})
    with console.patience(reader, os.environ):
        text = rule_book([_place(r) for r in refs], reader, title)
    console.deliver(text, target)
    return 0


def _place(ref: str) -> str | Path:
    path = Path(ref)
    return path if path.exists() else ref


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise console.refused(path, error) from error
