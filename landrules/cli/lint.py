"""`landrules lint`: style and health of rule files that are lawful to write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.cli import console
from landrules.cli.exits import FAILED
from landrules.cli.language import say
from landrules.cli.shared import LangOption, read_date

HELP = say(
    "检查规则文件是否健康：没用到的声明、过期的核对、缺少的测试和译名等，每条检查规则在 docs/lint 有一页说明。"
    "有问题时退出码为 1，规则本身有错时为 2。",
    "Look after the health of rule files: what nothing uses, stale verification, missing tests and aliases; each lint rule "
    "has its page in docs/lint. Exit code 1 with findings, 2 where the rules themselves are wrong.",
)
EXAMPLE = "landrules lint rulesets/cn --as-of 2026-11-22\nlandrules lint rules --only missing_test --only unused_layer"


def lint(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help=say("规则文件、文件夹或规则集名称", "rule files, folders or names of rulesets")
        ),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help=say("按这一天看核对是否过期", "the day on which verification is fresh or stale"),
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="RULE", help=say("只用这条检查规则；可重复", "this lint rule only; may be repeated")
        ),
    ] = None,
    but: Annotated[
        list[str] | None,
        typer.Option(
            "--except", metavar="RULE", help=say("不用这条检查规则；可重复", "not this lint rule; may be repeated")
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help=say(
                "设置文件；不写时从第一个 PATH 所在文件夹向上找 landrules-lint.toml",
                "settings; else landrules-lint.toml, sought upwards from the folder of the first PATH",
            ),
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=say("有警告时退出码也为 1", "exit code 1 with warnings too"))
    ] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|sarif", help=say("输出格式", "format of the output"))
    ] = "text",
    lang: LangOption = None,
) -> int:
    """Print what the lint rules found. Raises `InputError` where options, settings or the rules are wrong."""
    from landrules.cli.entries import read_format, told
    from landrules.lint.entry import of_findings
    from landrules.lint.rules import RULES
    from landrules.lint.run import chosen
    from landrules.lint.run import lint as run
    from landrules.lint.settings import LintSettings, read_settings

    reader: Lang = ctx.obj
    read_format(form)
    day = read_date("--as-of", as_of)
    rules = chosen(only or (), but or ())
    file = config or settings_beside(Path(paths[0]))
    settings = read_settings(read_text(file), str(file), RULES) if file is not None else LintSettings()
    report = run(paths, as_of=day, rules=rules, settings=settings)
    entries = of_findings(report.findings)
    width = min(console.terminal_width(), 100)
    console.deliver(told(form, "lint", entries, report.notices, report.files, reader, width), None)
    failing = [e for e in entries if strict or e.diagnostic.severity == "error"]
    return FAILED if failing else 0


def settings_beside(path: Path) -> Path | None:
    """The nearest `landrules-lint.toml`, in the folder of a path or above it."""
    from landrules.lint.settings import FILE_NAME

    start = path.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def read_text(file: Path) -> str:
    """The text of a settings file. Raises `InputError` (LR813, LR816)."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Diagnostic("LR816", {"path": str(file)})) from None
    except OSError as error:
        raise console.refused(file, error, "LR813") from error
