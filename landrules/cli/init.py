"""`landrules init`: a workspace to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Lang
from landrules.cli.console import create, deliver, refused
from landrules.cli.language import say
from landrules.cli.shared import LangOption

HELP = say(
    "新建一个工作区文件 landrules.toml，里面写明每个图层从哪里来、不写会怎样。不提问，不覆盖已有文件。",
    "Make a workspace file landrules.toml that says where each layer comes from and what happens without it. "
    "Asks nothing, overwrites nothing.",
)
EXAMPLE = 'landrules init "清溪县 2026"'


def init(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=say("文件夹；不写时为当前文件夹", "the folder; else the current one"))
    ] = Path(),
    lang: LangOption = None,
) -> int:
    """Write the workspace and say what comes next. Raises `InputError`: LR812 unwritable, LR815 where one exists."""
    from landrules.cli.template import WORKSPACE

    reader: Lang = ctx.obj
    path = folder / "landrules.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(folder, error) from error
    create(path, WORKSPACE)
    if reader == "zh":
        text = f"已建立 {path}。请用编辑器打开，按注释填写；然后运行：landrules check 项目文件\n"
    else:
        text = f"Made {path}. Open it in an editor and fill it in as its comments say; then: landrules check FILE\n"
    deliver(text, None)
    return 0
