"""The tree of `landrules rules --tree`: a norm, what stands of it, and its exceptions below with their branches drawn.

Branches are drawn with box characters for a person at a terminal that has them, with plain signs everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from landrules.base.diagnostic import Lang
from landrules.cli import console
from landrules.cli.language import say, told

if TYPE_CHECKING:
    from landrules.base.period import Period
    from landrules.rules.model import Citation, Parameter
    from landrules.rules.treelist import Node

BOXES = ("├─ ", "└─ ", "│  ")
PLAIN = ("|-- ", "`-- ", "|   ")

EFFECTS = {
    "deny": say("禁止", "forbids"),
    "deny_unless": say("禁止，有例外", "forbids, with exceptions"),
    "conditional": say("须批准或履行义务", "asks for approval or duties"),
    "refer": say("须研究", "leaves it to a person"),
    "permit": say("符合", "permits"),
    "information": say("提示", "informs"),
    "lifts": say("例外：放宽", "exception: lifts"),
    "refers": say("例外：提请裁量", "exception: leaves it to a person"),
    "tightens": say("例外之例外：加严", "exception to the exception: tightens"),
}


def draws_boxes(environment: Mapping[str, str]) -> bool:
    """Whether stdout shows box characters: a terminal with a person before it, and no old Windows console."""
    if not console.is_for_a_person(environment):
        return False
    from rich.console import detect_legacy_windows

    return not detect_legacy_windows()


def drawn_trees(nodes: Sequence[Node], lang: Lang, *, boxes: bool) -> str:
    """Every norm with its exceptions, a blank line between; how many norms there are at the end."""
    from landrules.render.safe import neutral

    lines: list[str] = []
    for node in nodes:
        lines += [*_node(node, lang, "", "", BOXES if boxes else PLAIN), ""]
    count = len(nodes)
    lines.append(f"共 {count} 条规则" if lang == "zh" else f"{count} rule{'' if count == 1 else 's'}")
    return "\n".join(neutral(line.rstrip()) for line in lines) + "\n"


def _node(node: Node, lang: Lang, head: str, stem: str, signs: tuple[str, str, str]) -> Iterator[str]:
    """A node's lines. `head` stands before its first line, `stem` before all others."""
    fork, end, bar = signs
    inner = stem + (bar if node.below else " " * len(bar))
    title = getattr(node.title, lang) or node.id
    yield f"{head}{title}  {node.id}"
    for text in _facts(node, lang):
        yield inner + text
    for n, child in enumerate(node.below):
        last = n == len(node.below) - 1
        yield from _node(child, lang, stem + (end if last else fork), stem + (" " * len(bar) if last else bar), signs)


def _facts(node: Node, lang: Lang) -> Iterator[str]:
    from landrules.render import words

    comma, other = ("，", "；") if lang == "zh" else (", ", "; ")
    facts = [words.level(node.level, lang), told(EFFECTS[node.effect], lang), *_dates(node.period, lang)]
    if node.status:
        facts.append(words.STATUSES[node.status](lang))
    yield comma.join(facts)
    if node.citations:
        yield other.join(_cited(c, lang) for c in node.citations)
    yield from _standing(node, lang)
    for parameter in node.parameters:
        if parameter.filled_by is not None or parameter.fills:
            yield _filled(parameter, lang)


def _standing(node: Node, lang: Lang) -> Iterator[str]:
    """What is said of a norm's rights, its successor, what it supersedes, its rivals."""
    from landrules.render import words

    standing, zh = node.standing, lang == "zh"
    if standing.absolute:
        yield "不得放宽" if zh else "absolute: nobody else may relax it"
    if standing.relaxed_by:
        level = words.level(standing.relaxed_by, lang)
        yield f"可由{level}放宽" if zh else f"may be relaxed at the {level} level"
    if standing.superseded:
        by, since = standing.superseded.norm, standing.superseded.since
        yield f"自 {since} 起被 {by} 取代" if zh else f"superseded by {by} since {since}"
    for taken in standing.supersedes:
        yield (f"自 {taken.since} 起取代 {taken.norm}" if zh else f"supersedes {taken.norm} since {taken.since}")
    if standing.rivals:
        names = ("、" if zh else ", ").join(standing.rivals)
        yield f"与 {names} 竞合" if zh else f"rivals {names}"


def _filled(parameter: Parameter, lang: Lang) -> str:
    """A parameter that is handed down, and who filled it when."""
    from landrules.render import words

    zh = lang == "zh"
    title = getattr(parameter.title, lang) or parameter.id
    level = words.level(parameter.filled_by or "", lang)
    whose = (
        f"参数 {title}（{parameter.id}），由{level}填定"
        if zh
        else f"{title} ({parameter.id}), filled at the {level} level"
    )
    if not parameter.fills:
        return whose + ("：尚未填定" if zh else ": not filled in yet")
    fills = (" ".join((fill.id, *_dates(fill.period, lang))) for fill in parameter.fills)
    return whose + ("：" if zh else ": ") + ("；" if zh else "; ").join(fills)


def _dates(period: Period, lang: Lang) -> list[str]:
    """The first and the last day, as far as they are set; that there is none, where a successor left no day."""
    start, end = period.start, period.end
    if start is not None and end is not None and end < start:
        return ["从未生效" if lang == "zh" else "never in force"]
    texts = []
    if start is not None:
        texts.append(f"自 {start}" if lang == "zh" else f"from {start}")
    if end is not None:
        texts.append(f"至 {end}" if lang == "zh" else f"to {end}")
    return texts


def _cited(cited: Citation, lang: Lang) -> str:
    title, article = cited.instrument.title, cited.article
    if lang == "zh":
        name = title.zh or title.en
        return f"{name if name.startswith('《') else f'《{name}》'}{article.zh or article.en}"
    name, words_ = title.en or title.zh, article.en or article.zh
    return f"{name}, {words_}" if words_ else name
