"""`landrules test`: the tests that stand in rulesets, run; and how much of the rules they reach."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.cli import console
from landrules.cli.exits import FAILED
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption

if TYPE_CHECKING:
    from landrules.trial import Coverage, Trials

HELP = say(
    "运行规则文件里的测试，--coverage 说出测试没有触及的规则、情形、条款、例外、对照表的行和日期边界。"
    "全部通过时退出码为 0，有失败或覆盖率低于 --fail-under 时为 1，规则有错时为 2。",
    "Run the tests that stand in rule files; --coverage names the rules, cases, clauses, exceptions, table rows and date "
    "edges that no test reaches. Exit code 0 when all pass, 1 when one fails or coverage is below --fail-under, 2 when "
    "the rules are wrong.",
)
EXAMPLE = (
    "landrules test rulesets/cn\n"
    "landrules test --coverage --fail-under 80 rules/county_plan.rules\n"
    "landrules test --junit results.xml --coverage-json coverage.json rules"
)
FORMATS = ("text", "json")


def test(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help=say("规则文件、文件夹或规则集名称", "rule files, folders or names of rulesets")
        ),
    ],
    title: Annotated[
        str,
        typer.Option(
            "-k",
            metavar="TEXT",
            help=say("只运行标题（任一语言）含此文字的测试", "only tests whose title holds this text"),
        ),
    ] = "",
    with_coverage: Annotated[
        bool,
        typer.Option(
            "--coverage", help=say("再列出测试没有触及的内容和百分比", "also what no test reaches, and percentages")
        ),
    ] = False,
    coverage_json: Annotated[
        Path | None,
        typer.Option(
            "--coverage-json", metavar="FILE", help=say("覆盖情况写入 JSON 文件", "write the coverage as JSON")
        ),
    ] = None,
    fail_under: Annotated[
        str | None,
        typer.Option(
            "--fail-under",
            metavar="PERCENT",
            help=say("总覆盖率低于此百分比时退出码为 1", "exit code 1 where the total coverage is below this"),
        ),
    ] = None,
    junit: Annotated[
        Path | None,
        typer.Option("--junit", metavar="FILE", help=say("结果写入 JUnit XML 文件", "write the results as JUnit XML")),
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=say("输出格式", "the format"))] = "text",
    lang: LangOption = None,
) -> int:
    """Run them and print what failed.

    Raises `InputError`: LR806 for the format, LR832 for a percentage that is none, LR833 where no title holds the text,
    LR809 to LR812 for files that cannot be written, mistakes of the rules.
    """
    reader: Lang = ctx.obj
    if form not in FORMATS:
        raise InputError(unknown("--format", form, FORMATS))
    least = _percentage(fail_under)
    for output in (junit, coverage_json):
        if output is not None:
            console.may_be_written(output, _read(paths))
    from landrules.trial import coverage, coverage_record, json_text, junit_xml, trials

    watched = with_coverage or coverage_json is not None or least is not None
    with console.patience(reader, os.environ):
        found = trials(paths, title=title, watched=watched)
    if title and not found.results:
        raise InputError(Diagnostic("LR833", {"text": title}))
    reached = coverage(found) if watched else None
    if junit is not None:
        console.deliver(junit_xml(found.results, reader), junit)
    if coverage_json is not None and reached is not None:
        console.deliver(json_text(coverage_record(reached)), coverage_json)
    shown = reached if with_coverage else None
    console.deliver(_json(found, shown) if form == "json" else _text(found, shown, reader), None)
    passed = all(result.passed for result in found.results)
    if reached is not None and least is not None and Decimal(reached.count().percent) < least:
        args = {"percent": reached.count().percent, "least": least}
        console.complain([Diagnostic("LR834", args, severity="warning")], reader)
        return FAILED
    return 0 if passed else FAILED


def _percentage(value: str | None) -> Decimal | None:
    """A number from 0 to 100. Raises `InputError` (LR832)."""
    if value is None:
        return None
    try:
        number = Decimal(value.strip().removesuffix("%"))
    except InvalidOperation:
        number = Decimal(-1)
    if not (number.is_finite() and 0 <= number <= 100):
        raise InputError(Diagnostic("LR832", {"value": value}))
    return number


def _read(paths: Sequence[str]) -> dict[Path, tuple[str, str]]:
    """The rule files that paths name, which no output may overwrite."""
    found = [Path(p) for p in paths]
    files = [f for p in found for f in (sorted(p.rglob("*.rules")) if p.is_dir() else [p])]
    return {f: ("规则文件", "a rule file") for f in files if f.is_file()}


def _text(found: Trials, reached: Coverage | None, lang: Lang) -> str:
    from landrules.render.safe import neutral
    from landrules.trial import told_coverage, told_results

    rows = [*told_results(found.results, lang), *(told_coverage(reached, lang) if reached is not None else ())]
    return "".join(neutral(row, keep="\t") + "\n" for row in rows)


def _json(found: Trials, reached: Coverage | None) -> str:
    from landrules.render.safe import neutral_json
    from landrules.trial import coverage_record, json_text, results_record

    record = results_record(found.results)
    if reached is not None:
        record["coverage"] = coverage_record(reached)
    return neutral_json(json_text(record))
