"""`landrules rules`: which rules there are, from when to when, on which article; needs no workspace."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landrules.base.diagnostic import InputError, Lang
from landrules.cli import console
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption, RulesOption

if TYPE_CHECKING:
    from landrules.rules.listing import Row
    from landrules.rules.model import Bilingual, Citation, RuleSet

HELP = say(
    "列出规则：名称、级别、效果、施行日期、依据条文和核实状态。不需要工作区。",
    "List the rules: id, level, effect, dates, articles and how far they were verified. Needs no workspace.",
)
EXAMPLE = "landrules rules --rules cn --format json"
FORMATS = ("text", "json")


def rules(
    ctx: typer.Context,
    refs: RulesOption = None,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help=say("输出格式", "the format"))] = "text",
    tree: Annotated[
        bool,
        typer.Option("--tree", help=say("每条规则连同它的例外画成树", "draw each rule with its exceptions as a tree")),
    ] = False,
    lang: LangOption = None,
) -> int:
    """Print the list, or the trees. Raises `InputError`: LR806 for the format, LR232 for a name that is none, mistakes of the rules."""
    if form not in FORMATS:
        raise InputError(unknown("--format", form, FORMATS))
    from landrules.rules.load import read_rulesets
    from landrules.rules.shipped import shipped_index

    every = sorted({name.split(".")[0] for name in shipped_index() if name.isascii()})
    loaded = read_rulesets(refs or every)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    if errors or loaded.ruleset is None:
        raise InputError(errors)
    sources = {document.source.name for document in loaded.asked}
    owners = tuple(info.id for info in loaded.ruleset.rulesets if info.source_name in sources)
    listed = listing(loaded.ruleset, owners)
    if tree and form == "text":
        from landrules.cli.ruletree import drawn_trees, draws_boxes
        from landrules.rules.treelist import trees

        nodes = [n for n in trees(loaded.ruleset) if any(n.id.startswith(f"{owner}.") for owner in owners)]
        console.deliver(drawn_trees(nodes, ctx.obj, boxes=draws_boxes(os.environ)), None)
        return 0
    if form == "json":
        console.deliver(json.dumps({"rules": listed}, ensure_ascii=False, indent=2) + "\n", None)
    else:
        reader: Lang = ctx.obj
        looked_at = console.is_for_a_person(os.environ)
        width = console.terminal_width() if looked_at else None
        console.deliver(_text(listed, reader, width, looked_at and console.wants_colour(os.environ)), None)
    return 0


def listing(ruleset: RuleSet, owners: Sequence[str]) -> list[dict[str, Any]]:
    """The norms of some rulesets as the contract prints them (design.md section 6), in order of their ids."""
    from landrules.rules.listing import rows

    return [_row(row) for row in rows(ruleset) if any(row.id.startswith(f"{owner}.") for owner in owners)]


def _row(row: Row) -> dict[str, Any]:
    standing = row.standing
    order: dict[str, Any] = {}
    if standing.superseded is not None:
        order["superseded_by"] = {"rule": standing.superseded.norm, "since": _day(standing.superseded.since)}
    if standing.supersedes:
        order["supersedes"] = [{"rule": x.norm, "since": _day(x.since)} for x in standing.supersedes]
    return {
        "id": row.id,
        "title": _both(row.title),
        "level": row.level,
        "effect": row.effect,
        "status": row.status or "unverified",
        "effective_from": _day(row.effective_from),
        "effective_to": _day(row.effective_to),
        "citations": [_citation(c) for c in row.citations],
        **order,
    }


def _citation(cited: Citation) -> dict[str, Any]:
    """An article; `in_force_from` and `in_force_to` are the instrument's own: a norm whose sources lapsed does not fire."""
    return {
        "instrument": _both(cited.instrument.title),
        "number": cited.instrument.number,
        "article": _both(cited.article),
        "status": cited.status,
        "verified_on": _day(cited.verified_on),
        "in_force_from": _day(cited.instrument.period.start),
        "in_force_to": _day(cited.instrument.period.end),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_EFFECT_WORDS = {
    "deny": say("禁止", "forbids"),
    "deny_unless": say("禁止，有例外", "forbids, with exceptions"),
    "conditional": say("须批准或履行义务", "asks for approval or duties"),
    "refer": say("须研究", "leaves it to a person"),
    "permit": say("符合", "permits"),
    "information": say("提示", "informs"),
}


def _text(listed: list[dict[str, Any]], lang: Lang, width: int | None, colour: bool) -> str:
    """One rule in three lines: title and id; level, effect, dates; articles."""
    from landrules.cli.language import told
    from landrules.render import words
    from landrules.render.layout import drawn, line

    comma, other = ("，", "；") if lang == "zh" else (", ", "; ")
    lines = []
    for row in listed:
        lines.append(line((row["title"][lang] or row["id"], "strong"), (f"  {row['id']}", "faint"), hang=2))
        facts = [words.level(row["level"], lang), told(_EFFECT_WORDS[row["effect"]], lang), *_dates(row, lang)]
        facts.append(words.STATUSES[row["status"]](lang))
        lines.append(line(comma.join(facts), indent=2, hang=2))
        if row["citations"]:
            lines.append(line(other.join(_cited(c, lang) for c in row["citations"]), indent=2, hang=2))
        lines += [line(text, indent=2, hang=2) for text in _order(row, lang)]
    count = len(listed)
    tail = f"共 {count} 条规则" if lang == "zh" else f"{count} rule{'' if count == 1 else 's'}"
    return drawn([*lines, line((tail, "faint"))], width, colour)


def _order(row: dict[str, Any], lang: Lang) -> list[str]:
    """Which norm took the place of this one, and which it took."""
    texts = []
    if (by := row.get("superseded_by")) is not None:
        rule, since = by["rule"], by["since"]
        texts.append(f"自 {since} 起被 {rule} 取代" if lang == "zh" else f"superseded by {rule} since {since}")
    for taken in row.get("supersedes", ()):
        rule, since = taken["rule"], taken["since"]
        texts.append(f"自 {since} 起取代 {rule}" if lang == "zh" else f"supersedes {rule} since {since}")
    return texts


def _dates(row: dict[str, Any], lang: Lang) -> list[str]:
    start, end = row["effective_from"], row["effective_to"]
    texts = []
    if start:
        texts.append(f"自 {start}" if lang == "zh" else f"from {start}")
    if end:
        texts.append(f"至 {end}" if lang == "zh" else f"to {end}")
    return texts


def _cited(cited: dict[str, Any], lang: Lang) -> str:
    title, article = cited["instrument"], cited["article"]
    until = cited["in_force_to"]
    if lang == "zh":
        lapse = f"（{until} 后失效）" if until else ""
        name = title["zh"] or title["en"]
        return f"{name if name.startswith('《') else f'《{name}》'}{article['zh'] or article['en']}{lapse}"
    lapse = f" (lapses after {until})" if until else ""
    return f"{title['en'] or title['zh']}, {article['en'] or article['zh']}{lapse}"
