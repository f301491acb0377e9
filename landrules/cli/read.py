"""`landrules read`: a rule as the sentences an official would write, in Chinese or English; needs no workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from landrules.base.diagnostic import Diagnostic, InputError, Lang, nearest
from landrules.cli import console
from landrules.cli.language import say
from landrules.cli.shared import LangOption, RulesOption

HELP = say(
    "朗读规则：把规则、例外、对照表、参数、清单、定义等写成公文语句，中英文皆可。其他文件对它的例外、取代、竞合和填定一并读出。"
    "不需要工作区。",
    "Read rules aloud: a rule, exception, table, parameter, list or definition as official sentences, in either "
    "language, with the exceptions, successors, rivals and values that other files add. Needs no workspace.",
)
EXAMPLE = "landrules read cn.pbf.pbf_occupation\nlandrules read 公路建筑控制区 --rules cn.highway --lang en"


def read(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="RULE",
            help=say(
                "规则名称，中英文、简称全称均可；给出规则集名称则朗读其全部内容",
                "a rule's name, short or full, in either language; a ruleset's name reads all of it",
            ),
        ),
    ],
    refs: RulesOption = None,
    lang: LangOption = None,
) -> int:
    """Print the readings. Raises `InputError`: LR840 for a name that nothing has, mistakes of spelling in the files."""
    from landrules.book.beside import beside, read_beside
    from landrules.book.glossary import glossary
    from landrules.book.holdings import holdings
    from landrules.book.read import chosen, known
    from landrules.render.safe import neutral

    reader: Lang = ctx.obj
    loaded = holdings(refs or shipped())
    terms = glossary(loaded.documents, loaded.ruleset)
    other = beside(loaded.documents, terms)
    out: list[str] = []
    for name in names:
        found = chosen(loaded.asked, name) or chosen(loaded.documents, name)
        if not found:
            raise InputError(no_rule(name, known(loaded.documents)))
        out += [read_beside(item, other, terms, reader, owner=owner).text(reader) for owner, item in found]
    console.deliver(neutral("\n".join(out), keep="\n"), None)
    return 0


def shipped() -> list[str]:
    """Every shipped ruleset, by the first part of its name."""
    from landrules.rules.shipped import shipped_index

    return sorted({name.split(".")[0] for name in shipped_index() if name.isascii()})


def no_rule(name: str, names: tuple[str, ...]) -> Diagnostic:
    """LR840, with the nearest name there is."""
    near = nearest(name, names)
    advice = (
        (f"是否要写 {near}？", f"did you mean `{near}`?")
        if near
        else ("用 landrules rules 查看", "`landrules rules` lists them")
    )
    return Diagnostic("LR840", {"name": name, "advice_zh": advice[0], "advice_en": advice[1]})
