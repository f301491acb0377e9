"""Expressions as conditions: statements joined by and/or, negation carried inwards, long ones as lists.

Carrying a negation inwards is sound where a fact is missing too (De Morgan holds in Kleene's logic).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Union

from landrules.base.frozen import frozen
from landrules.base.source import SourceFile, Span
from landrules.book.passage import Passage
from landrules.book.phrases import YES_NO
from landrules.book.speech import Speech, capital
from landrules.book.values import items, path, value
from landrules.lang import tree as t


@frozen
class Atom:
    """One statement."""

    text: str


@frozen
class All:
    """Statements that hold together."""

    items: tuple[Said, ...]


@frozen
class Any:
    """Statements of which one is enough."""

    items: tuple[Said, ...]


Said = Union[Atom, All, Any]
NOTHING = All(())
_NOWHERE = Span(SourceFile.from_text(""), 0, 0)


def conditions(s: Speech, expr: t.Expr, holds: bool = True) -> Said:
    """What an expression states, or, where not `holds`, its contrary."""
    match expr:
        case t.Binary(op="and" | "or"):
            parts = (conditions(s, expr.left, holds), conditions(s, expr.right, holds))
            return both(*parts) if (expr.op == "and") is holds else either(*parts)
        case t.Unary(op="not"):
            return conditions(s, expr.operand, not holds)
        case t.Binary(op="=" | "!=", right=t.BoolLit(value=truth)):
            return conditions(s, expr.left, holds is (truth is (expr.op == "=")))
        case _:
            return Atom(_atom(s, expr, holds))


def both(*parts: Said) -> Said:
    """Conditions together, flat."""
    flat = [x for p in parts for x in (p.items if isinstance(p, All) else (p,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def either(*parts: Said) -> Said:
    """Conditions of which one is enough, flat."""
    flat = [x for p in parts for x in (p.items if isinstance(p, Any) else (p,))]
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def inline(s: Speech, said: Said, inside: bool = False) -> str:
    """A condition within a sentence; groups within groups in brackets."""
    match said:
        case Atom(text):
            return text
        case All(parts):
            text = s.say("且" if s.item else "，且", " and ").join(inline(s, p, inside=True) for p in parts)
        case Any(parts):
            text = s.say("或者" if s.item else "，或者", " or ").join(inline(s, p, inside=True) for p in parts)
    return s.say(f"（{text}）", f"({text})") if inside and len(said.items) > 1 else text


def is_long(s: Speech, said: Said) -> bool:
    """Whether a condition is better read as a list."""
    if isinstance(said, Atom) or len(said.items) < 2:
        return False
    return len(inline(s, said)) > s_limit(s) or any(not isinstance(p, Atom) for p in said.items)


def s_limit(s: Speech) -> int:
    """How many characters of condition a sentence bears."""
    return 56 if s.zh else 150


def listed(s: Speech, said: All | Any) -> tuple[Passage, ...]:
    """The items of a condition as a list, lists within it below."""
    found = []
    for position, part in enumerate(said.items, 1):
        end = s.stop if position == len(said.items) else s.say("；", ";")
        if isinstance(part, Atom) or not is_long(s, part):
            found.append(Passage(inline(s, part) + end))
        else:
            found.append(Passage(opening(s, part) + s.say("：", ":"), listed(s, part)))
    return tuple(found)


def opening(s: Speech, said: All | Any) -> str:
    """The words before a list of conditions."""
    if isinstance(said, All):
        return s.say("同时符合下列各项", "all of the following hold")
    return s.say("符合下列任何一项", "any one of the following holds")


def sentence(s: Speech, lead: str, said: Said, then: str, under: Sequence[Passage] = ()) -> Passage:
    """`lead`, under a condition, `then`; what stands `under` the sentence follows as its items.

    A long condition becomes a list; with items of its own besides, the two lists stand one after the other.
    """
    head = f"{lead}{s.say('，', ', ')}" if lead else ""
    close = s.say("：", ":") if under else s.stop
    if isinstance(said, All | Any) and not said.items:
        return Passage(capital(f"{head}{then}") + close, tuple(under))
    if isinstance(said, Atom) or not is_long(s, said):
        text = s.say(f"{head}{inline(s, said)}的，{then}", f"{head}where {inline(s, said)}, {then}")
        return Passage(capital(text) + close, tuple(under))
    cases = s.say("同时符合下列条件的", "where all of the following hold")
    if isinstance(said, Any):
        cases = s.say("有下列情形之一的", "where any of the following holds")
    if not under:
        text = s.say(f"{head}{cases}，{then}：", f"{head}{then} {cases}:")
        return Passage(capital(text), listed(s, said))
    text = s.say(f"{head}{cases}，{then}。", f"{head}{cases.replace('the following', 'these conditions')}, {then}.")
    grouped = (
        Passage(s.say("条件：", "Conditions:"), listed(s, said)),
        Passage(s.say("要求：", "Requirements:"), tuple(under)),
    )
    return Passage(capital(text), grouped, numbered=False)


# --------------------------------------------------------------------------- statements


def _atom(s: Speech, expr: t.Expr, holds: bool) -> str:
    said = _statement(s, expr, holds)
    if s.zh or not s.item or said.startswith(("that ", "whose ")):
        return said
    return f"where {said}"


def _statement(s: Speech, expr: t.Expr, holds: bool) -> str:
    match expr:
        case t.Path():
            return _fact(s, expr.parts, holds)
        case t.BoolLit():
            truth = expr.value is holds
            return s.say("无条件", "the case is any") if truth else s.say("永不", "the case is none")
        case t.Unary(op="given" | "not_given"):
            given = (expr.op == "given") is holds
            if isinstance(expr.operand, t.Path) and (asked := _whether(s, expr.operand.parts)):
                return s.say(f"{'已' if given else '未'}说明{asked}", f"it is {'' if given else 'not '}stated {asked}")
            what = _subject(s, expr.operand)
            return s.say(
                f"已提供{what}" if given else f"未提供{what}", f"{what} is given" if given else f"{what} is not given"
            )
        case t.Binary(op="=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not_in" | "no_worse"):
            return _comparison(s, expr, holds)
        case t.Aggregate(kind="any"):
            some = items(s, expr.select)
            if holds:
                return s.say(f"有{some}", f"there are {some}")
            return s.say(f"没有{some}", f"there are no {some}")
        case t.ForEach():
            return _each(s, expr, holds)
        case _:
            said = value(s, expr)
            return s.say(
                f"{said}成立" if holds else f"{said}不成立", f"{said} holds" if holds else f"{said} does not hold"
            )


def _whether(s: Speech, parts: tuple[str, ...]) -> str:
    """A yes-or-no fact as a question; empty for any other."""
    phrase = YES_NO.get(s.names.spelled(parts[-1], "en"))
    if phrase is None or s.names.find(parts) is not None:
        return ""
    head = path(s, parts[:-1]) if len(parts) > 1 else ""
    who = head or ("they" if s.item else "it")
    return s.say(
        f"{head}是否{phrase.zh.removeprefix('是')}",
        f"whether {who} {_plural(phrase.en) if who == 'they' else phrase.en}",
    )


def _fact(s: Speech, parts: tuple[str, ...], holds: bool) -> str:
    phrase = YES_NO.get(s.names.spelled(parts[-1], "en"))
    entry = s.names.find(parts)
    if phrase is not None and entry is None:
        end = s.say(phrase.zh if holds else phrase.zh_not, phrase.en if holds else phrase.en_not)
        if len(parts) == 1:
            if parts[0] in s.local:
                return s.say(f"{parts[0]}{end}", f"{parts[0]} {end}")
            return s.say(end, f"that {_plural(end)}" if s.item else f"it {end}")
        head = path(s, parts[:-1])
        return s.say(f"{head}{end}", f"{head} {end}")
    if entry is not None and entry.kind in ("define", "given"):
        name = s.quoted(s.heading(entry))
        return s.say(name if holds else f"{name}不成立", f"{name} holds" if holds else f"{name} does not hold")
    name = _subject(s, t.Path(parts, _NOWHERE))
    return s.say(f"{name}为{'是' if holds else '否'}", f"{name} is {'true' if holds else 'not true'}")


_CONTRARY = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<", "in": "not_in", "not_in": "in"}
_NUMBERS = {
    "=": ("等于", "is"),
    "!=": ("不等于", "is not"),
    "<": ("小于", "is less than"),
    "<=": ("不超过", "is no more than"),
    ">": ("超过", "is more than"),
    ">=": ("不小于", "is at least"),
}
_DATES = {
    "=": ("为", "is"),
    "!=": ("不为", "is not"),
    "<": ("早于", "is before"),
    "<=": ("不晚于", "is no later than"),
    ">": ("晚于", "is after"),
    ">=": ("不早于", "is no earlier than"),
}
_DATED = frozenset({"law_date", "date", "expires", "start", "end", "signed", "handover", "occurred"})


def _comparison(s: Speech, node: t.Binary, holds: bool) -> str:
    if node.op == "no_worse":
        words = ("不劣于", "is no worse than") if holds else ("劣于", "is worse than")
        return _joined(s, _subject(s, node.left), words, value(s, node.right))
    op = node.op if holds else _CONTRARY[node.op]
    if op in ("in", "not_in"):
        return _membership(s, node, op == "in")
    left = _subject(s, node.left) if isinstance(node.left, t.Path) else _side(s, node.left, node.right)
    right = _side(s, node.right, node.left)
    if op in ("=", "!=") and not _is_number(node.left, node.right):
        return _joined(s, left, ("为", "is") if op == "=" else ("不为", "is not"), right)
    table = _DATES if _is_date(s, node.left) or _is_date(s, node.right) else _NUMBERS
    return _joined(s, left, table[op], right)


def _joined(s: Speech, left: str, words: tuple[str, str], right: str) -> str:
    return f"{left}{words[0]}{right}" if s.zh else f"{left} {words[1]} {right}"


def _subject(s: Speech, expr: t.Expr) -> str:
    """The subject of a statement; a field of an item of a collection is "whose …" in English."""
    said = value(s, expr)
    bare = isinstance(expr, t.Path) and len(expr.parts) == 1
    return f"whose{said.removeprefix('their')}" if not s.zh and s.item and bare and said.startswith("their ") else said


_PLURAL = {"is": "are", "has": "have", "does": "do", "can": "can", "cannot": "cannot"}


def _plural(phrase: str) -> str:
    """A verb phrase of many: lies in the core, lie in the core."""
    verb, _, rest = phrase.partition(" ")
    many = _PLURAL.get(verb) or (verb[:-2] if verb.endswith(("sses", "shes")) else verb.removesuffix("s"))
    return f"{many} {rest}" if rest else many


def _side(s: Speech, expr: t.Expr, other: t.Expr) -> str:
    """One side of a comparison: a word of a closed field is said as people say it."""
    if isinstance(expr, t.StringLit) and isinstance(other, t.Path):
        return s.closed_word(other.parts[-1], expr.value)
    return value(s, expr)


def _membership(s: Speech, node: t.Binary, holds: bool) -> str:
    left = _subject(s, node.left)
    group = node.right
    if isinstance(group, t.ListLit):
        words = [_side(s, i, node.left) for i in group.items] or [s.say("（空）", "nothing")]
        texts = all(isinstance(i, t.StringLit) for i in group.items)
        zh = ("为" if texts else "属于") if holds else ("不是" if texts else "不属于")
        en = ("is one of" if texts else "falls under") if holds else ("is none of" if texts else "does not fall under")
        return _joined(s, left, (zh, en), s.listed(words))
    right = value(s, group)
    under = isinstance(group, t.CodeLit) or (isinstance(group, t.Path) and not right.startswith("“"))
    en = ("falls under" if holds else "does not fall under") if under else ("is among" if holds else "is not among")
    return _joined(s, left, ("属于" if holds else "不属于", en), right)


def _each(s: Speech, node: t.ForEach, holds: bool) -> str:
    inner = replace(s, local=s.local | {n for n in (node.names.zh, node.names.en) if n})
    body = inline(s, conditions(inner, node.body))
    name = s.say(node.names.zh or node.names.en, node.names.en or node.names.zh)
    if node.distinct:
        of, field = node.select.of.parts[:-1], node.select.of.parts[-1]
        kind = s.word(field)
        some = items(
            s, t.Select(t.Path(of or node.select.of.parts, node.select.span), node.select.where, node.select.span)
        )
        head = s.say(f"{some}的每一{kind}（记作{name}）", f"for each {kind} ({name}) of {some}")
    else:
        some = items(s, node.select)
        head = s.say(f"每一{some}（记作{name}）", f"for each of the {some} ({name})")
    if holds:
        return s.say(f"{head}均符合：{body}", f"{head}, {body}")
    return s.say(f"并非{head}均符合：{body}", f"it is not so that {head}, {body}")


def _is_number(*sides: t.Expr) -> bool:
    return any(
        isinstance(x, t.NumberLit | t.Average)
        or (isinstance(x, t.Aggregate) and x.kind != "any")
        or (isinstance(x, t.Binary) and x.op in ("+", "-", "*", "/"))
        for x in sides
    )


def _is_date(s: Speech, expr: t.Expr) -> bool:
    match expr:
        case t.DateLit():
            return True
        case t.Path(parts):
            en = s.names.spelled(parts[-1], "en")
            return en in _DATED or en.endswith(("_date", "_due", "_actual", "_deadline"))
        case t.Call(name=t.Path(parts)):
            return s.names.spelled(parts[-1], "en").startswith("plus_")
        case t.Binary(op="if_absent"):
            return _is_date(s, expr.left) or _is_date(s, expr.right)
        case _:
            return False
