"""The door of the command line: which command, in which language, and how mistakes leave.

A mistake in the input is a sentence and exit code 2. So is a fault of the program: a script must never take it for a
denial, which is 1.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, NoReturn

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang, nearest
from landrules.base.version import VERSION
from landrules.cli.commands import Commands
from landrules.cli.console import complain, leave, prepare_streams
from landrules.cli.exits import WRONG_INPUT
from landrules.cli.language import chosen, say
from landrules.cli.shared import LangOption

app = typer.Typer(
    name="landrules",
    cls=Commands,
    help=say(
        "landrules：这个项目能不能用这块地，为什么。\n每个命令加 --help 有说明和示例。",
        "landrules: may this project use this land, and why?\nEach command explains itself with --help.",
    ),
    epilog="landrules check site.geojson",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


SHORT = ("check",)
"""Commands that end with one answer: looking for rings of objects among frozen values would find nothing that is worth the
time. What such a process holds stays below 200 MB, which benchmarks/cold.py shows."""


@app.callback(invoke_without_command=True)
def top(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=say("显示版本", "show the version"))] = False,
    lang: LangOption = None,
) -> int:
    """Without a command: the version, or the help on stderr with exit code 2 (nothing was decided)."""
    if ctx.invoked_subcommand not in SHORT:
        gc.enable()
    if version:
        print(f"landrules {VERSION}")
        raise typer.Exit(0)
    if ctx.invoked_subcommand is None:
        print(ctx.get_help(), file=sys.stderr)
        return WRONG_INPUT
    return 0


def run() -> NoReturn:
    """The console script: run and leave with the exit code.

    The collector of rings is off until a command wants it (`top`).
    """
    gc.disable()
    leave(answered())


def answered() -> int:
    """Run the command of this process; its exit code."""
    prepare_streams()
    with _Door(sys.argv[1:], os.environ) as lang:
        return main(sys.argv[1:], lang)
    return WRONG_INPUT


def main(arguments: Sequence[str], lang: Lang) -> int:
    """Run one command and give its exit code. Raises `InputError` for every mistake of the user."""
    command: Any = typer.main.get_command(app)
    try:
        result = command.main(args=list(arguments), prog_name="landrules", standalone_mode=False, obj=lang)
    except _USAGE as error:
        raise InputError(_usage(error)) from error
    except typer.Abort:
        return 130
    return result if isinstance(result, int) else 0


class _Door(AbstractContextManager[Lang]):
    """Turns what went wrong into sentences on stderr; the exit code stays 2."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._arguments = arguments
        self._environment = environment
        self._lang: Lang = "zh"

    def __enter__(self) -> Lang:
        try:
            self._lang = chosen(self._arguments, self._environment)
        except InputError as error:
            complain(error.diagnostics, self._lang)
            raise SystemExit(WRONG_INPUT) from None
        return self._lang

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, InputError):
            complain(error.diagnostics, self._lang)
        elif isinstance(error, Exception):
            if self._environment.get("LANDRULES_DEBUG"):
                traceback.print_exception(error)
            complain((_fault(error),), self._lang)
        else:
            return False
        return True


_USAGE: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for a command line that it cannot read; the class is exported only as the parent of this one."""


def _usage(error: Exception) -> Diagnostic:
    """The sentence for a command line that cannot be read."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "landrules"
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        known = [o for p in context.command.get_params(context) for o in p.opts] if context is not None else []
        near = nearest(option, known)
        advice_zh = f"是否要写 {near}？" if near else f"用 {path} --help 查看用法"
        advice_en = f"did you mean `{near}`?" if near else f"`{path} --help` shows how it is used"
        return Diagnostic("LR802", {"name": option, "advice_zh": advice_zh, "advice_en": advice_en})
    if option is not None:
        return Diagnostic("LR803", {"name": option, "command": path})
    parameter = getattr(error, "param", None)
    if parameter is not None and not getattr(error, "message", ""):
        return Diagnostic("LR804", {"name": parameter.metavar or parameter.name.upper(), "command": path})
    return Diagnostic("LR805", {"detail": getattr(error, "message", str(error)), "command": path})


def _fault(error: Exception) -> Diagnostic:
    """The sentence for a fault of the program: what and where, without any machine's paths."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return Diagnostic("LR819", {"what": f"{type(error).__name__}: {error}", "where": where})
