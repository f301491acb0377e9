"""`landrules fix`: the repairs that are sure to be safe, made in the files; the rest is for a person."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landrules.base.diagnostic import Lang
from landrules.cli import console
from landrules.cli.exits import FAILED
from landrules.cli.language import say
from landrules.cli.shared import LangOption, rule_files

if TYPE_CHECKING:
    from landrules.lint.repair import Repair

HELP = say(
    "改正规则文件里可以放心改的问题：没用到的引入、词汇表里已有的译名、易混字符、书写格式；不丢注释，再运行一次不会有变化。"
    "有错误的文件不改。",
    "Mend in rule files what can be mended safely: unused imports, aliases that the vocabulary knows, confusable "
    "characters, the layout; comments are kept, a second run changes nothing. Files with mistakes are left alone.",
)
EXAMPLE = "landrules fix --diff rules\nlandrules fix rules/county_plan.rules"


def fix(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help=say("规则文件或文件夹", "rule files or folders"))],
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help=say("只检查：有可改的地方时退出码为 1", "only check: exit code 1 where there is something to mend"),
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help=say("只显示会怎样改，不写文件", "only show what would change; nothing is written")),
    ] = False,
    suggestions: Annotated[
        bool,
        typer.Option(
            "--suggestions",
            help=say(
                "拼错的名称只有一个相近名称时也改", "also mend a misspelt name where one name is near and no other"
            ),
        ),
    ] = False,
    lang: LangOption = None,
) -> int:
    """Mend, and say what was done. Raises `InputError` where a file has mistakes or cannot be read or written."""
    from landrules.cli.fmt import laid_out, read_source
    from landrules.cli.lint import read_text, settings_beside
    from landrules.lint.repair import mend
    from landrules.lint.rules import RULES
    from landrules.lint.settings import LintSettings, read_settings

    reader: Lang = ctx.obj
    files = rule_files(paths)
    old = {path: read_source(path).text for path in files}
    beside = settings_beside(paths[0])
    settings = read_settings(read_text(beside), str(beside), RULES) if beside is not None else LintSettings()
    mended = mend(files, settings, suggestions=suggestions)
    new: dict[Path, str] = {}
    for path in files:
        text = laid_out(path, None, mended.contents)
        if text != old[path]:
            new[path] = text
    if diff:
        console.deliver("".join(_diff(path, old[path], text) for path, text in new.items()), None)
        return FAILED if check and new else 0
    if not check:
        for path, text in new.items():
            console.replace(path, text.encode("utf-8"))
    repaired = {path.resolve() for path in mended.contents}
    console.deliver(
        told(mended.repairs, [p for p in new if p.resolve() not in repaired], len(new), reader, check), None
    )
    return FAILED if check and new else 0


def told(repairs: Sequence[Repair], laid: Sequence[Path], count: int, lang: Lang, only_checked: bool) -> str:
    """What was mended, a line each, and how many files changed."""
    from landrules.render.safe import neutral

    rows = [f"{r.diagnostic.span}: {r.diagnostic.code}: {r.diagnostic.message(lang)}" for r in repairs]
    rows += [f"{path}: {'书写格式' if lang == 'zh' else 'layout'}" for path in laid]
    if lang == "zh":
        rows.append(f"{'可改' if only_checked else '已改'} {count} 个文件" if count else "没有可改的地方")
    else:
        rows.append(f"files {'to mend' if only_checked else 'mended'}: {count}" if count else "nothing to mend")
    return "".join(neutral(row) + "\n" for row in rows)


def _diff(path: Path, old: str, new: str) -> str:
    name = path.as_posix()
    return "".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), name, name))
