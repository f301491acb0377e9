"""The help of a command, in one language, folded by terminal columns, always with an example.

typer lays help out by counting characters, which breaks Chinese; these classes lay it out themselves. A command's epilog
is its example, a line or more, printed as it is.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

from landrules.base.diagnostic import Lang
from landrules.cli.language import told

_HELP_ZH, _HELP_EN = "显示这段说明", "show this text"


class ManualCommand(TyperCommand):
    """A command whose help is `page`, and whose words are taken as they are where nothing has to be made of them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for parameter in self.params:
            take_as_written(parameter)

    def get_help(self, ctx: Any) -> str:
        return page(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:
        return take_as_written(super().get_help_option(ctx))


def take_as_written(parameter: Any) -> Any:
    """The parameter, which lets a switch, a text, a path and a list of texts through without a model: typer would load pydantic for each of them.

    Whatever else it is, or is missing, goes typer's own way. A typer that does not say of which type a parameter is has
    no models either.
    """
    described = getattr(parameter, "type_descriptor", None)
    if described is None or described.is_choice or "process_value" in vars(parameter):
        return parameter
    wanted, otherwise = described.annotation, parameter.process_value

    def process_value(ctx: Any, value: Any) -> Any:
        if value is None and not parameter.required and parameter.nargs == 1:
            taken: Any = () if parameter.multiple else None
        elif wanted is str and isinstance(value, str):
            taken = value
        elif wanted is Path and isinstance(value, str) and _is_any_path(described.parameter_info, value):
            taken = Path(value)
        elif (
            wanted == list[str] and value and isinstance(value, list | tuple) and all(isinstance(x, str) for x in value)
        ):
            taken = list(value)
        else:
            return otherwise(ctx, value)
        return taken if parameter.callback is None else parameter.callback(ctx, parameter, taken)

    parameter.process_value = process_value
    return parameter


def _is_any_path(declared: Any, value: str) -> bool:
    """Whether nothing is asked of a path but that it can be read if it is there, which is typer's own question."""
    asked = ("exists", "writable", "resolve_path", "path_type")
    if any(getattr(declared, name) for name in asked) or not (declared.file_okay and declared.dir_okay):
        return False
    return not os.path.lexists(value) or os.access(value, os.R_OK)


def page(command: Any, ctx: typer.Context) -> str:
    """The help text of a command or of all of them."""
    from landrules.render.layout import fold

    lang: Lang = ctx.obj or "zh"
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 100))
    zh = lang == "zh"
    parameters = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    options = [p for p in parameters if p.param_type_name == "option"]
    commands = [command.get_command(ctx, n) for n in command.list_commands(ctx)] if hasattr(command, "commands") else []
    usage = [ctx.command_path, "[选项]" if zh else "[OPTIONS]", *(_name(p) for p in arguments)]
    lines = [
        ("用法：" if zh else "Usage: ")
        + " ".join([*usage, *(["命令 …" if zh else "COMMAND ..."] if commands else [])]),
        "",
    ]
    for paragraph in told(command.help or "", lang).split("\n"):
        lines += fold(paragraph, width)
    for title, rows in (
        ("命令：" if zh else "Commands:", [(c.name, _first(told(c.help or "", lang))) for c in commands]),
        ("参数：" if zh else "Arguments:", [(_name(p), told(p.help or "", lang)) for p in arguments]),
        ("选项：" if zh else "Options:", [(_spelled(p), _meaning(p, lang)) for p in options]),
    ):
        if rows:
            lines += ["", title, *_rows(rows, width)]
    if command.epilog:
        lines += ["", "示例：" if zh else "Example:", *(f"  {line}" for line in command.epilog.split("\n"))]
    return "\n".join(line.rstrip() for line in lines)


def _first(text: str) -> str:
    """The first sentence."""
    return text.split("\n")[0].partition("。")[0].partition(". ")[0].rstrip(".")


def _rows(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Names in a column and their meanings beside them, or below a name too long for the column."""
    from landrules.render.layout import display_width, fold

    column = min(max(display_width(name) for name, _ in rows), 26) + 4
    for name, text in rows:
        head = f"  {name}"
        folded = fold(text, width - column)
        if display_width(head) > column - 2:
            yield head
            head = ""
        yield head + " " * (column - display_width(head)) + folded[0]
        for line in folded[1:]:
            yield " " * column + line


def _name(parameter: Any) -> str:
    name: str = parameter.metavar or parameter.name.upper()
    return name + ("..." if parameter.nargs == -1 else "")


def _spelled(parameter: Any) -> str:
    value = "" if getattr(parameter, "is_flag", False) or not parameter.metavar else f" {parameter.metavar}"
    return ", ".join(parameter.opts) + value


def _meaning(parameter: Any, lang: Lang) -> str:
    if parameter.opts == ["--help"]:
        return _HELP_ZH if lang == "zh" else _HELP_EN
    return told(parameter.help or "", lang)
