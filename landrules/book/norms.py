"""Norms as prose, one function a construct."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from landrules.book.clauses import Ground, block, excepting, sort
from landrules.book.passage import Passage
from landrules.book.requirements import ground_of
from landrules.book.settings import setting
from landrules.book.sources import cited
from landrules.book.speech import Speech, capital
from landrules.book.values import value
from landrules.lang import tree as t

KINDS = {
    "use_control": ("用途管制", "use control"),
    "red_line": ("红线", "red line"),
    "balance": ("平衡", "balance"),
    "quota": ("计划指标", "quota"),
    "indicator": ("控制指标", "indicator"),
    "rule": ("规则", "rule"),
    "exception": ("例外", "exception"),
}
"""What constructs are called."""


def norm(s: Speech, node: t.NormDecl) -> tuple[Passage, ...]:
    """All that a norm says."""
    match node.kind:
        case "red_line" | "rule":
            return block(s, node.body, Ground(node.subject))
        case "use_control":
            return _use_control(s, node)
        case "balance":
            return _opened(
                s,
                node,
                s.say("逐个项目计算占用与补充：", "For each project, what is taken is set against what is made good:"),
                ("debit", "credit"),
            )
        case "quota":
            return _opened(
                s, node, s.say("按计划指标总量控制：", "A quota limits the total:"), ("used", "requested", "at most")
            )
        case "indicator":
            land = (
                s.say(f"（{ground_of(s, node.subject)}）", f" on {ground_of(s, node.subject)}") if node.subject else ""
            )
            return _opened(
                s,
                node,
                s.say(f"按控制指标管理{land}：", f"An indicator limits the project{land}:"),
                ("value", "at least", "at most"),
            )
        case "exception":
            of = s.listed([s.term(p.parts) for p in node.excepts], "and")
            said = excepting(s, node.names, node.body, Ground())
            return (
                Passage(
                    s.say(f"对{of}，下列情形除外：", f"{capital(of)} is subject to this exception:"),
                    (said,),
                    numbered=False,
                ),
            )
    assert_never(node.kind)


def _use_control(s: Speech, node: t.NormDecl) -> tuple[Passage, ...]:
    land = ground_of(s, node.subject) if node.subject is not None else s.say("该范围", "this ground")
    by = s.word(node.by) if node.by else s.say("分区", "zone")
    uses = value(s, node.uses) if node.uses is not None else s.say("土地用途", "the use")
    head = s.say(f"{land}按{by}管制{uses}", f"on {land}, {uses} is controlled by {by}")
    return _headed(s, node.body, head, Ground(node.subject))


def _headed(s: Speech, body: Sequence[t.Clause], head: str, ground: Ground) -> tuple[Passage, ...]:
    """A construct whose main sentence is given; conditions, sources and dates stand with it."""
    found = sort(body)
    if found.effects or found.asked:
        rest = tuple(c for c in body if not isinstance(c, t.Cites))
        period = s.say("", "")
        text = (
            f"{cited(s, found.cites)}：{head}。"
            if s.zh and found.cites
            else f"{capital(head)}{_behind(s, found.cites)}{s.stop}"
        )
        return (Passage(period + text), *block(s, rest, ground))
    return block(s, body, Ground(ground.subject, head))


def _behind(s: Speech, cites: Sequence[t.Cites]) -> str:
    return f" ({cited(s, cites)})" if cites and not s.zh else ""


def _opened(s: Speech, node: t.NormDecl, opening: str, first: tuple[str, ...]) -> tuple[Passage, ...]:
    """A construct that sets some things first: they open its text, sources and dates before them."""
    settings = [c for c in node.body if isinstance(c, t.Setting) and c.key in first]
    order = sorted(settings, key=lambda c: first.index(c.key))
    found = sort(node.body)
    sources = cited(s, found.cites)
    lead = s.period(found.period.start, found.period.end) if found.period is not None else ""
    head = opening if not lead else s.say(f"{lead}，{opening}", f"{capital(lead)}, {opening[:1].lower()}{opening[1:]}")
    if sources:
        head = s.say(f"{sources}：{head}", f"{head[:-1]} ({sources}):")
    if not order:
        head = head[:-1] + s.stop
    rest = tuple(c for c in node.body if c not in order and not isinstance(c, t.Cites) and not _is_dates(c))
    return (Passage(head, tuple(Passage(setting(s, c)) for c in order)), *block(s, rest, Ground(node.subject)))


def _is_dates(clause: t.Clause) -> bool:
    return isinstance(clause, t.Effective) and clause.body is None
