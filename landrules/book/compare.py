"""Differences in sentences: 参数“控制宽度”自2026年1月1日起由15米改为20米."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never, get_args

from landrules.base.diagnostic import Lang
from landrules.book.changes import Change, Edition, Item
from landrules.book.clauses import Ground, block, excepting
from landrules.book.declarations import KINDS as DECLARATIONS
from landrules.book.glossary import title_of
from landrules.book.norms import KINDS as NORMS
from landrules.book.passage import Passage, lines
from landrules.book.requirements import ground_of
from landrules.book.series import Step
from landrules.book.sources import one as cited_one
from landrules.book.speech import Speech, capital
from landrules.book.values import value
from landrules.lang import tree as t


def sentences(found: Sequence[Change], before: Edition, after: Edition, lang: Lang) -> tuple[str, ...]:
    """One sentence a difference, in the order of the rules."""
    old, new = Speech(lang, before.names), Speech(lang, after.names)
    return tuple(_sentence(c, old, new, _item(c, before, after)) for c in found)


def as_json(found: Sequence[Change], before: Edition, after: Edition, lang: Lang) -> list[dict[str, Any]]:
    """The differences as plain values, each with its sentence."""
    told = sentences(found, before, after, lang)
    return [
        {
            "id": c.id,
            "change": "changed" if c.what == "series" else c.what,
            "clause": _kind_of(c),
            "within": [n.id for n in c.within],
            "sentence": sentence,
        }
        for c, sentence in zip(found, told, strict=True)
    ]


def _kind_of(change: Change) -> str:
    part = change.after if change.after is not None else change.before
    if change.step is not None:
        return "value" if change.key is None else "entry"
    return type(part).__name__.lower()


def _item(change: Change, before: Edition, after: Edition) -> Item:
    item = after.items.get(change.id) or before.items.get(change.id)
    assert item is not None
    return item


def _sentence(change: Change, old: Speech, new: Speech, item: Item) -> str:
    s = new
    who = _who(s, item)
    for names in change.within:
        who += s.say(f"的例外{s.quoted(s.alias(names))}", f", exception {s.quoted(s.alias(names))}")
    if change.key is not None and change.step is None and isinstance(change.key, tuple) and change.key:
        place = s.listed([value(s, k) for k in change.key], "and")
        who += s.say(f"（{place}）", f" ({place})")
    if change.step is not None:
        return capital(_series(s, old, who, change.step, change.key)) + s.stop
    match change.what:
        case "added" if isinstance(change.after, t.Declaration | t.NormDecl):
            return s.say(f"新增{who}。", f"{capital(who)} is new.")
        case "removed" if isinstance(change.before, t.Declaration | t.NormDecl):
            return s.say(f"删去{who}。", f"{capital(who)} is gone.")
        case "renamed":
            return _renamed(s, who, change)
        case "added":
            return _added(s, who, change)
        case "removed":
            if isinstance(change.before, t.Except):
                return s.say(
                    f"{who}不再有例外：{_clause(old, change.before)}",
                    f"{capital(who)} no longer has the exception: {_clause(old, change.before)}",
                )
            return s.say(
                f"{who}不再有：{_clause(old, change.before)}",
                f"{capital(who)} no longer has: {_clause(old, change.before)}",
            )
        case "changed":
            return _changed(s, old, who, change)
        case "series":
            raise ValueError("a series has a step")
    assert_never(change.what)


def _who(s: Speech, item: Item) -> str:
    kinds = DECLARATIONS[item.kind] if isinstance(item, t.Declaration) else NORMS[item.kind]
    title = title_of(item.body)
    name = (s.text(title) if title is not None else "") or s.alias(item.names)
    shown = f"“{name}”"
    return s.say(f"{kinds[0]}{shown}", f"the {kinds[1]} {shown}")


def _renamed(s: Speech, who: str, change: Change) -> str:
    assert isinstance(change.before, t.Names)
    assert isinstance(change.after, t.Names)
    a, b = _both(change.before), _both(change.after)
    return s.say(
        f"{who}的名称由“{a}”改为“{b}”（仍是同一条）。",
        f"{capital(who)} was called “{a}” and is called “{b}” (it is the same one).",
    )


def _both(names: t.Names) -> str:
    return " / ".join(n for n in (names.zh, names.en) if n)


def _added(s: Speech, who: str, change: Change) -> str:
    when = _when(s, change.period)
    said = _clause(s, change.after)
    if isinstance(change.after, t.Except):
        return s.say(f"{who}增加例外：{said}", f"{capital(who)} has gained the exception: {said}")
    return s.say(f"{who}{when}增加：{said}", f"{capital(who)} has gained{when}: {said}")


def _when(s: Speech, period: t.PeriodNode | None) -> str:
    if period is None:
        return ""
    said = s.period(period.start, period.end)
    return s.say(said, f", {said},")


def _changed(s: Speech, old: Speech, who: str, change: Change) -> str:
    before, after = change.before, change.after
    if isinstance(before, t.Cites) and isinstance(after, t.Cites) and before.instrument == after.instrument:
        where = cited_one(s, t.Cites(after.instrument, after.loci, "verified", None, None, after.span))
        a, b = _state(s, before), _state(s, after)
        if a != b:
            return s.say(
                f"{who}所依据的{where}，核对状态由{a}改为{b}。",
                f"{capital(who)}: the state of {where} went from {a} to {b}.",
            )
    if isinstance(before, t.Title) and isinstance(after, t.Title):
        return s.say(
            f"{who}的标题由“{s.text(before.text)}”改为“{s.text(after.text)}”。",
            f"{capital(who)} was titled “{s.text(before.text)}”, now “{s.text(after.text)}”.",
        )
    if isinstance(before, t.Effective) and isinstance(after, t.Effective):
        a, b = (s.period(x.period.start, x.period.end) for x in (before, after))
        return s.say(f"{who}的施行期间由“{a}”改为“{b}”。", f"{capital(who)} was in force {a}, now {b}.")
    when = _when(s, change.period)
    a, b = _clause(old, before).rstrip("。."), _clause(s, after).rstrip("。.")
    if a == b:
        return s.say(
            f"{who}{when}改了文字，中文没有变：“{b}”。", f"{capital(who)}{when} was reworded, not in English: “{b}”."
        )
    return s.say(f"{who}{when}由“{a}”改为“{b}”。", f"{capital(who)}{when} said “{a}” and now says “{b}”.")


def _state(s: Speech, node: t.Cites) -> str:
    day = s.bracketed(s.day(node.verified_on)) if node.verified_on is not None else ""
    return s.status(node.status) + day


def _clause(s: Speech, node: object) -> str:
    """A clause or a head as a sentence; what takes several is joined."""
    if isinstance(node, t.Declaration):
        return _declared(s, node)
    if isinstance(node, t.NormDecl):
        return _norm_head(s, node)
    if isinstance(node, t.Cites):
        return cited_one(s, node) + s.stop
    if isinstance(node, t.Title):
        return s.text(node.text) + s.stop
    if isinstance(node, t.Effective) and node.body is None:
        return s.period(node.period.start, node.period.end) + s.stop
    if isinstance(node, t.Except):
        said: tuple[Passage, ...] = (excepting(s, node.names, node.body, Ground()),)
    else:
        said = block(s, (node,), Ground()) if isinstance(node, _CLAUSES) else ()
    return s.say("", " ").join(x.strip() for x in lines(said, s.lang)) if said else s.say("（无文字）", "(nothing)")


_CLAUSES = get_args(t.Clause)
_EXPRESSIONS = get_args(t.Expr)


def _declared(s: Speech, node: t.Declaration) -> str:
    if node.expr is not None:
        return value(s, node.expr)
    parts = [s.type(node.type)] if node.type is not None else []
    parts += [s.type(p.type) for p in node.params]
    if node.target is not None:
        parts.append(s.term(node.target.parts))
    return s.say("，", ", ").join(parts) or s.say(*DECLARATIONS[node.kind])


def _norm_head(s: Speech, node: t.NormDecl) -> str:
    parts = [s.say(*NORMS[node.kind])]
    if node.subject is not None:
        parts.append(ground_of(s, node.subject))
    if node.by:
        parts.append(s.say(f"按{s.word(node.by)}", f"by {s.word(node.by)}"))
    if node.uses is not None:
        parts.append(value(s, node.uses))
    parts += [s.term(p.parts) for p in node.excepts]
    return s.say("，", ", ").join(parts)


def _series(s: Speech, old: Speech, who: str, step: Step, key: object) -> str:
    when = s.period(step.start, step.end)
    lead = s.say(when, f"{when}, " if when else "")
    if key is None:
        return _from_to(s, who, lead, _told(old, step.before), _told(s, step.after))
    if isinstance(key, tuple):
        row = s.say("，", ", ").join(
            s.say("其他情形", "other cases") if isinstance(k, t.OtherLit) else value(s, k) for k in key
        )
        return _from_to(
            s, s.say(f"{who}（{row}）", f"{who}, row {row},"), lead, _told(old, step.before), _told(s, step.after)
        )
    member = s.term(key.parts) if isinstance(key, t.Path) else _told(s, key)
    if step.after is None:
        return s.say(f"{who}{lead}不再包括{member}", f"{lead}{who} no longer includes {member}")
    return s.say(f"{who}{lead}增加{member}", f"{lead}{who} includes {member} as well")


def _from_to(s: Speech, who: str, lead: str, a: str, b: str) -> str:
    if not a:
        return s.say(f"{who}{lead}增加取值{b}", f"{lead}{who} is now {b}, where there was no value")
    if not b:
        return s.say(f"{who}{lead}不再有取值（原为{a}）", f"{lead}{who} has no value any more (it was {a})")
    return s.say(f"{who}{lead}由{a}改为{b}", f"{lead}{who} goes from {a} to {b}")


def _told(s: Speech, node: object) -> str:
    return value(s, node) if isinstance(node, _EXPRESSIONS) else ""
