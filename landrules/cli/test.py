"""`landrules test`: the tests that stand in rulesets, run; and the rules that no test speaks of."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landrules.base.diagnostic import Lang
from landrules.cli import console
from landrules.cli.exits import FAILED
from landrules.cli.language import say
from landrules.cli.shared import LangOption

if TYPE_CHECKING:
    from landrules.trial import TrialResult

HELP = say(
    "运行规则文件里的测试。全部通过时退出码为 0，有失败时为 1，规则有错时为 2。",
    "Run the tests that stand in rule files. Exit code 0 when all pass, 1 when one fails, 2 when the rules are wrong.",
)
EXAMPLE = "landrules test rulesets/cn\nlandrules test --coverage rules/county_plan.rules"


def test(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help=say("规则文件、文件夹或规则集名称", "rule files, folders or names of rulesets")
        ),
    ],
    coverage: Annotated[
        bool, typer.Option("--coverage", help=say("再列出没有任何测试的规则", "also list the rules that no test names"))
    ] = False,
    lang: LangOption = None,
) -> int:
    """Run them and print what failed. Raises `InputError` where a ruleset is wrong."""
    reader: Lang = ctx.obj
    from landrules.trial import run_tests

    with console.patience(reader, os.environ):
        results = run_tests(paths)
    text = told_results(results, reader)
    if coverage:
        text += told_coverage(untested(paths), reader)
    console.deliver(text, None)
    return 0 if all(result.passed for result in results) else FAILED


def told_results(results: Sequence[TrialResult], lang: Lang) -> str:
    """The tests that failed, each with what was expected and found, and the count."""
    from landrules.render.safe import neutral

    lines: list[str] = []
    for result in results:
        if result.passed:
            continue
        title = (result.title_zh or result.title_en) if lang == "zh" else (result.title_en or result.title_zh)
        lines.append(
            f"{result.file}:{result.line}: {'失败' if lang == 'zh' else 'failed'}{'：' if lang == 'zh' else ': '}{title}"
        )
        lines += [f"  {zh if lang == 'zh' else en}" for zh, en in result.failures]
        lines += [f"  {row}" for diagnostic in result.diagnostics for row in diagnostic.render(lang).split("\n")]
    failed = sum(1 for result in results if not result.passed)
    if lang == "zh":
        lines.append(f"{len(results)} 个测试，{failed} 个失败" if results else "没有测试")
    else:
        lines.append(f"{len(results)} tests, {failed} failed" if results else "no tests")
    return "".join(neutral(row, keep="\t") + "\n" for row in lines)


def untested(refs: Sequence[str | Path]) -> tuple[int, tuple[str, ...]]:
    """How many rules the references declare, and the places of those that no test of the same files names."""
    from landrules.lang import tree as t
    from landrules.rules.load import read_rulesets

    documents = read_rulesets(refs).asked
    named = {
        expect.norm.parts[-1]
        for document in documents
        for item in document.items
        if isinstance(item, t.Test)
        for expect in item.items
        if isinstance(expect, t.Expect) and expect.norm is not None
    }
    norms = [
        (node, document)
        for document in documents
        for node in document.items
        if isinstance(node, t.NormDecl) and node.kind != "exception"
    ]
    bare = [
        f"{document.source.name}:{node.span.line}: {node.names.en or node.names.zh}"
        for node, document in norms
        if not named & {node.names.en, node.names.zh}
    ]
    return len(norms), tuple(bare)


def told_coverage(found: tuple[int, tuple[str, ...]], lang: Lang) -> str:
    """The rules without a test, and how many there are."""
    total, bare = found
    if lang == "zh":
        tail = f"{total} 条规则，{len(bare)} 条没有测试"
    else:
        tail = f"{total} rules, {len(bare)} without a test"
    return "".join(f"{row}\n" for row in (*bare, tail))
