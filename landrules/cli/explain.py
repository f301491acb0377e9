"""`landrules explain`: what a message means, or why a proposal came out as it did under a rule."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang, nearest
from landrules.cli import console
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption, RulesOption, read_date, read_settings

HELP = say(
    "解释一条提示（编号 LRxxx）：含义、缘由、错误和正确的写法。或解释审查结论：给出 --proposal 时，"
    "重新审查并列出决定结论的每一个值，先列不满足的条款；不写规则名称则解释所有影响结论的规则。",
    "Explain a message (its code LRxxx): meaning, reason, a bad and a good example. Or explain a finding: with --proposal "
    "the project is judged again and every value that decided is shown, the failing clause first; without a rule's name, "
    "every rule that keeps it from a plain permit.",
)
EXAMPLE = "landrules explain LR301\nlandrules explain cn.pbf.pbf_occupation --proposal site.geojson --lang en"
FORMATS = ("text", "json")


def explain(
    ctx: typer.Context,
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CODE|RULE",
            help=say(
                "提示编号，或规则名称（同时给出 --proposal）", "a message's code, or a rule's name with --proposal"
            ),
        ),
    ] = None,
    proposal: Annotated[
        Path | None, typer.Option("--proposal", metavar="FILE", help=say("项目文件", "the proposal"))
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            metavar="DIR",
            help=say("工作区文件夹或 landrules.toml", "the workspace's folder or landrules.toml"),
        ),
    ] = None,
    refs: RulesOption = None,
    law_date: Annotated[
        str | None,
        typer.Option("--law-date", metavar="DATE", help=say("适用哪一天的法律", "the day whose law applies")),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help=say("改写项目的一项属性", "set a fact of the proposal")),
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=say("输出格式", "the format"))] = "text",
    lang: LangOption = None,
) -> int:
    """Print the explanations. Raises `InputError`: LR841 for an unknown code, LR842 for a rule not in force, LR804, LR806."""
    from landrules.render.safe import neutral, neutral_json

    reader: Lang = ctx.obj
    if form not in FORMATS:
        raise InputError(unknown("--format", form, FORMATS))
    asked = topics or []
    codes = [x.upper() for x in asked if re.fullmatch(r"[Ll][Rr][0-9]+", x)]
    rules = [x for x in asked if x.upper() not in codes]
    if (rules or not codes) and proposal is None:
        raise InputError(
            Diagnostic("LR804", {"name": "--proposal" if rules else "CODE|RULE", "command": ctx.command_path})
        )
    told = [_message(code, reader) for code in codes]
    plain = [_message_json(code, reader) for code in codes]
    if proposal is not None:
        findings, values = _findings(proposal, workspace, refs or [], law_date, settings or [], rules, reader)
        told, plain = told + findings, plain + values
    if form == "json":
        console.deliver(neutral_json(json.dumps({"explained": plain}, ensure_ascii=False, indent=2)) + "\n", None)
    else:
        console.deliver(neutral("\n".join(told), keep="\n"), None)
    return 0


def _known(code: str) -> None:
    from landrules.base.codes import MESSAGES

    if code not in MESSAGES:
        near = nearest(code, MESSAGES)
        zh = f"是否要写 {near}？" if near else "编号在每条提示的开头"
        en = f"did you mean `{near}`?" if near else "the code stands at the head of each message"
        raise InputError(Diagnostic("LR841", {"code": code, "advice_zh": zh, "advice_en": en}))


def _message(code: str, lang: Lang) -> str:
    from landrules.book.catalogue import explained, page_lines

    _known(code)
    return "\n".join(page_lines(explained(code, lang), lang)) + "\n"


def _message_json(code: str, lang: Lang) -> dict[str, object]:
    from landrules.book.catalogue import explained

    _known(code)
    told = explained(code, lang)
    return {
        "code": told.code,
        "sentence": told.sentence,
        "why": told.why,
        "help": told.help,
        "bad": told.example.bad if told.example else None,
        "good": told.example.good if told.example else None,
        "shown": told.shown,
    }


def _findings(
    proposal: Path,
    workspace: Path | None,
    refs: list[str],
    law_date: str | None,
    pairs: list[str],
    rules: list[str],
    lang: Lang,
) -> tuple[list[str], list[dict[str, object]]]:
    from landrules.book.examine import examine
    from landrules.book.finding import finding
    from landrules.book.finding_json import finding_json
    from landrules.road import Options

    options = Options(read_date("--law-date", law_date), None, tuple(refs), read_settings(pairs))
    examined = examine(proposal, workspace, options)
    wanted = rules or list(examined.decisive())
    told, plain = [], []
    for rule in wanted:
        explained = examined.explained(rule)
        if explained is None:
            raise InputError(Diagnostic("LR842", {"name": rule, "day": examined.evidence.law_date}))
        told.append(finding(explained, examined.evidence.rules, examined.names, lang).text(lang))
        plain.append(finding_json(explained, examined.evidence.rules, examined.names, lang))
    if not wanted:
        told.append(
            "没有影响结论的规则，项目符合。\n" if lang == "zh" else "No rule stands in the way: the project complies.\n"
        )
    return told, plain
