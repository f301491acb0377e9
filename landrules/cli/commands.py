"""Every command in the order of the help, each in a module of its own that is imported when it is asked for.

A module of a command holds the function of its name, its help and its example; adding one is a file and a name here.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from landrules.base.diagnostic import Diagnostic, InputError, nearest
from landrules.cli.manual import ManualCommand, page, take_as_written

NAMES = (
    "check",
    "batch",
    "index",
    "init",
    "rules",
    "check-rules",
    "lint",
    "fix",
    "new",
    "explain",
    "diff",
    "doc",
    "read",
    "fmt",
    "test",
    "schema",
)


class Commands(TyperGroup):
    """The commands together; a name that is none of them is answered with the nearest."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for parameter in self.params:
            take_as_written(parameter)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(NAMES)

    def get_help(self, ctx: Any) -> str:
        return page(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:
        return take_as_written(super().get_help_option(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in NAMES:
            near = nearest(cmd_name, NAMES)
            arguments = {
                "name": cmd_name,
                "advice_zh": f"是否要写 landrules {near}？" if near else "用 landrules --help 查看全部命令",
                "advice_en": f"did you mean `landrules {near}`?" if near else "`landrules --help` lists them",
            }
            raise InputError(Diagnostic("LR801", arguments))
        if cmd_name not in self.commands:
            self.commands[cmd_name] = command(cmd_name)
        return self.commands[cmd_name]


def command(name: str) -> Any:
    """The command of a name."""
    word = name.replace("-", "_")
    module = import_module(f"landrules.cli.{word}")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    alone.command(name=name, cls=ManualCommand, help=module.HELP, epilog=module.EXAMPLE)(getattr(module, word))
    return typer.main.get_command(alone)
