"""Expressions as noun phrases: what is measured, looked up or counted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import assert_never

from landrules.book.speech import Speech
from landrules.lang import tree as t
from landrules.measures import BY_NAME

_TERMS = frozenset({"define", "given"})


def value(s: Speech, expr: t.Expr) -> str:
    """An expression where a value is spoken of. A condition there is said between quotes."""
    match expr:
        case t.NumberLit():
            return s.number(expr)
        case t.StringLit():
            return s.quoted(expr.value)
        case t.DateLit():
            return s.day(expr.value)
        case t.BoolLit():
            return s.say("是", "yes") if expr.value else s.say("否", "no")
        case t.CodeLit():
            return s.code(expr)
        case t.LevelLit():
            return s.level(expr.level)
        case t.OtherLit():
            return s.say("其他", "others")
        case t.ListLit():
            return s.listed([value(s, i) for i in expr.items]) if expr.items else s.say("（空）", "nothing")
        case t.RecordLit():
            inside = s.say("，", ", ").join(field(s, k, v) for k, v in expr.fields)
            return f"{{{inside}}}"
        case t.Path():
            return path(s, expr.parts)
        case t.Call():
            return _call(s, expr)
        case t.Unary(op="-"):
            return f"−{_operand(s, expr.operand)}"
        case t.Binary(op="+" | "-" | "*" | "/" | "if_absent"):
            return _arithmetic(s, expr)
        case t.Unary() | t.Binary() | t.ForEach() | t.Aggregate(kind="any"):
            from landrules.book.conditions import conditions, inline

            return s.quoted(inline(s, conditions(s, expr)))
        case t.Select():
            return items(s, expr)
        case t.Aggregate():
            return _aggregate(s, expr)
        case t.Average():
            of, key = _split(expr.select.of)
            weight = s.word(expr.weight.parts[-1])
            some = items(s, replace(expr.select, of=of))
            what = s.word(key)
            return (
                s.say(f"{some}的{what}按{weight}加权的平均值", f"the mean {what} (weighted by {weight}) of {some}")
                if key
                else s.say(f"{some}按{weight}加权的平均值", f"the mean of {some}, weighted by {weight}")
            )
        case t.AnyKey():
            return s.say("任意", "any")
        case t.Interval():
            return interval(s, expr)
    assert_never(expr)


def field(s: Speech, key: str, held: t.Expr) -> str:
    """A field of a record with what it holds: 种类：使用林地."""
    said = s.closed_word(key, held.value) if isinstance(held, t.StringLit) else value(s, held)
    return f"{s.word(key)}{s.colon}{said}"


def path(s: Speech, parts: tuple[str, ...]) -> str:
    """A dotted name: a declared term, a fact of the project, a field of a layer, a field of an item."""
    entry = s.names.find(parts)
    if len(parts) == 1 and parts[0] in s.local:
        return s.word(parts[0])
    if entry is not None and entry.kind in _TERMS:
        return s.quoted(s.heading(entry))
    if entry is not None and entry.kind not in ("norm", "exception"):
        return s.term(parts)
    head = s.holder(parts[0])
    if head is not None:
        return _held(s, head, parts[1:])
    if len(parts) == 1:
        return s.word(parts[0]) if s.zh else f"{'their' if s.item else 'the'} {s.word(parts[0])}"
    owner = s.names.find(parts[:1])
    first = s.layer(parts[:1]) if owner is not None and owner.kind == "layer" else s.word(parts[0])
    rest = [s.word(p) for p in parts[1:]]
    return s.say("的".join((first, *rest)), " of ".join((*(f"the {w}" for w in reversed(rest)), first)))


def _held(s: Speech, head: str, rest: tuple[str, ...]) -> str:
    if not rest:
        return head
    words = [s.word(p) for p in rest]
    if s.zh:
        kept = [w for w, after in zip(words, [*words[1:], ""], strict=True) if not (after and after.endswith(w))]
        if kept[0].startswith(head):
            return "的".join(kept)
        return f"{head}{'的'.join(kept)}" if len(kept) > 1 else f"{head}的{kept[0]}"
    if len(words) == 1:
        return f"{head}'s {words[0]}" if not head.endswith("s") else f"{head}' {words[0]}"
    return " of ".join([*(f"the {w}" for w in reversed(words[1:])), f"{head}'s {words[0]}"])


def items(s: Speech, select: t.Select) -> str:
    """A collection with its condition: 类别属于“耕地”的地类图斑, "patches where the class is in …"."""
    name = collection(s, select.of.parts)
    if select.where is None:
        return name
    from landrules.book.conditions import conditions, inline

    inner = replace(s, item=True)
    said = inline(inner, conditions(inner, select.where))
    return s.say(f"{said}的{name}", f"{name} {said}")


def collection(s: Speech, parts: tuple[str, ...]) -> str:
    """The items of a collection, in the plural."""
    if not parts:
        return s.say("各项", "items")
    en = s.names.spelled(parts[0], "en")
    if en == "proposal" and len(parts) > 1:
        return s.say("的", " of ").join([s.word(p) for p in (parts[1:] if s.zh else tuple(reversed(parts[1:])))])
    if en in ("replenished", "occupied") and len(parts) == 1:
        return s.word(parts[0])
    if len(parts) == 1 and s.holder(parts[0]) is None:
        return path(s, parts).removeprefix("the ") if not s.zh else path(s, parts)
    return path(s, parts)


def _split(of: t.Path) -> tuple[t.Path, str]:
    """A projected path as its collection and its field; a lone name is a collection."""
    if len(of.parts) < 2:
        return of, ""
    return t.Path(of.parts[:-1], of.span), of.parts[-1]


_AGGREGATES = {
    "sum": ("之和", "the total"),
    "min": ("的最小值", "the least"),
    "max": ("的最大值", "the greatest"),
}


def _aggregate(s: Speech, node: t.Aggregate) -> str:
    if node.kind == "count":
        some = items(s, node.select)
        return s.say(f"{some}的个数", f"the number of {some}")
    if node.kind == "area":
        some = items(s, node.select)
        return s.say(f"{some}的面积", f"the area of {some}")
    tail, lead = _AGGREGATES[node.kind]
    if node.each is not None:
        each, some = value(s, node.each), items(s, node.select)
        return s.say(f"各{some}的（{each}）{tail}", f"{lead}, over {some}, of ({each})")
    of, key = _split(node.select.of)
    some = items(s, replace(node.select, of=of))
    if not key:
        return s.say(f"{some}{tail}", f"{lead} of {some}")
    what = s.word(key)
    return s.say(f"{some}的{what}{tail}", f"{lead} {what} of {some}")


def _call(s: Speech, node: t.Call) -> str:
    args = [value(s, a) for a in node.args]
    name = node.name.parts
    entry = s.names.find(name)
    measure = BY_NAME.get(name[-1]) if len(name) == 1 and entry is None else None
    if measure is not None:
        said = _MEASURES.get((measure.name, len(args)))
        if said is not None:
            return _ONE.sub(r"1 \1 after", s.say(said[0], said[1]).format(*args))
        title = measure.zh if s.zh else measure.name.replace("_", " ")
        return f"{title}（{'，'.join(args)}）" if s.zh else f"{title} ({', '.join(args)})"
    title = s.term(name)
    if not args:
        return title
    by = s.listed(args, "and")
    return s.say(f"{title}按{by}确定的值", f"what {title} gives for {by}")


_MEASURES = {
    ("year", 1): ("{0}的年份", "the year of {0}"),
    ("days_between", 2): ("{0}至{1}的天数", "the days from {0} to {1}"),
    ("plus_days", 2): ("{0}之后{1}", "{1} after {0}"),
    ("plus_months", 2): ("{0}之后{1}个月", "{1} months after {0}"),
    ("plus_years", 2): ("{0}之后{1}年", "{1} years after {0}"),
    ("months_between", 2): ("{0}至{1}的整月数", "the whole months from {0} to {1}"),
    ("years_between", 2): ("{0}至{1}的整年数", "the whole years from {0} to {1}"),
    ("is_working_day", 2): ("{1}为{0}的工作日", "{1} being a working day of {0}"),
    ("working_days_between", 3): ("{1}至{2}的工作日数（依{0}）", "the working days from {1} to {2} (by {0})"),
    ("plus_working_days", 3): ("{1}之后{2}个工作日（依{0}）", "{2} working days after {1} (by {0})"),
    ("number_of", 1): ("{0}的等级数", "the number of {0}"),
    ("larger", 2): ("{0}与{1}中的较大者", "the larger of {0} and {1}"),
    ("smaller", 2): ("{0}与{1}中的较小者", "the smaller of {0} and {1}"),
}

_ONE = re.compile(r"^1 (month|year)s after")

_SIGNS = {"+": ("加", "plus"), "-": ("减", "minus"), "*": ("乘以", "times"), "/": ("除以", "divided by")}


def _arithmetic(s: Speech, node: t.Binary) -> str:
    if node.op == "if_absent":
        left, right = _operand(s, node.left), value(s, node.right)
        return s.say(f"{left}（未提供时取{right}）", f"{left} ({right} where it was not supplied)")
    sign = _SIGNS[node.op]
    tight = node.op in ("*", "/")
    left = _operand(s, node.left) if tight else value(s, node.left)
    right = _operand(s, node.right)
    if not tight and len(left) + len(right) > (16 if s.zh else 40):
        return s.say(f"{left}，{sign[0]}{'上' if node.op == '+' else '去'}{right}", f"{left}, {sign[1]} {right}")
    return s.say(f"{left}{sign[0]}{right}", f"{left} {sign[1]} {right}")


def _operand(s: Speech, expr: t.Expr) -> str:
    """An operand, in brackets where it is a calculation itself."""
    said = value(s, expr)
    if isinstance(expr, t.Binary) and expr.op in ("+", "-", "*", "/"):
        return s.say(f"（{said}）", f"({said})")
    return said


def interval(s: Speech, node: t.Interval) -> str:
    """A stretch of values."""
    low = value(s, node.low) if node.low is not None else ""
    high = value(s, node.high) if node.high is not None else ""
    if low and high and node.low_included and node.high_included:
        return s.say(f"{low}至{high}", f"{low} to {high}")
    above = s.say(f"不小于{low}", f"at least {low}") if node.low_included else s.say(f"大于{low}", f"more than {low}")
    below = (
        s.say(f"不超过{high}", f"at most {high}") if node.high_included else s.say(f"小于{high}", f"less than {high}")
    )
    return s.say("且", " and ").join([*([above] if low else []), *([below] if high else [])])
