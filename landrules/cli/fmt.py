"""`landrules fmt`: rule files in the canonical layout, and from one language into the other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.base.source import SourceFile
from landrules.cli import console
from landrules.cli.exits import FAILED
from landrules.cli.language import chosen, say
from landrules.cli.shared import rule_files

HELP = say(
    "按规范格式改写规则文件；--lang 把规则译成中文或英文写法，不丢注释。任何一个文件有错就一个也不改。",
    "Rewrite rule files in the canonical layout; --lang turns them into Chinese or English, comments kept. "
    "If one file has a mistake, none is changed.",
)
EXAMPLE = "landrules fmt --lang en rules/county_plan.rules\nlandrules fmt --check rules"


def fmt(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=say("规则文件或文件夹", "rule files or folders"))],
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="zh|en",
            help=say("改写成哪种语言；不写时保持原来的语言", "the language to write; else each file keeps its own"),
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help=say("只检查：有不合格式的文件时退出码为 1", "only check: exit code 1 where a file differs")
        ),
    ] = False,
) -> int:
    """Rewrite what differs; with `check` only say which do."""
    target = chosen(["--lang", lang], os.environ) if lang is not None else None
    reader: Lang = ctx.obj
    mistakes: list[Diagnostic] = []
    changed: list[tuple[Path, str]] = []
    for path in rule_files(files):
        try:
            text = rewritten(path, target)
        except InputError as error:
            mistakes += error.diagnostics
            continue
        if text is not None:
            changed.append((path, text))
    if mistakes:
        raise InputError(mistakes)
    if check:
        console.complain([Diagnostic("LR818", {"path": str(p)}, severity="warning") for p, _ in changed], reader)
        return FAILED if changed else 0
    for path, text in changed:
        console.replace(path, text.encode("utf-8"))
    return 0


def rewritten(path: Path, target: Lang | None) -> str | None:
    """The file in the canonical layout, or `None` where it is in it already. Raises as `laid_out` does."""
    text = laid_out(path, target)
    return None if text == read_source(path).text else text


def read_source(path: Path, unsaved: Mapping[Path, bytes] = MappingProxyType({})) -> SourceFile:
    """The text of a file, or what stands in its place. Raises `InputError` (LR813, LR816)."""
    try:
        content = unsaved[path.resolve()] if path.resolve() in unsaved else path.read_bytes()
        return SourceFile.from_bytes(str(path), content)
    except UnicodeDecodeError:
        raise InputError(Diagnostic("LR816", {"path": str(path)})) from None
    except OSError as error:
        raise console.refused(path, error, "LR813") from error


def laid_out(path: Path, target: Lang | None, unsaved: Mapping[Path, bytes] = MappingProxyType({})) -> str:
    """The file in the canonical layout. `unsaved` stands in place of the content of files, by resolved path.

    Names are translated by the vocabulary and by the aliases of the file and of what it imports. Raises `InputError`: mistakes of spelling
    and syntax, LR813 and LR816 for a file that cannot be read.
    """
    from landrules.lang.parse import parse
    from landrules.lang.printer import print_document
    from landrules.rules.load import read_rulesets
    from landrules.rules.names import translator

    document, found = parse(read_source(path, unsaved))
    errors = [d for d in found if d.severity == "error"]
    if document is None or errors:
        raise InputError(errors)
    translate = translator([document, *read_rulesets([path.resolve()], unsaved=unsaved).documents])
    lang = target or document.lang
    text = print_document(document, lang, translate)
    again, trouble = parse(SourceFile.from_text(text, str(path)))
    if again is None or any(d.severity == "error" for d in trouble) or print_document(again, lang, translate) != text:
        raise RuntimeError(f"{path.name} would not read back as it was written; it is left as it is")
    return text
