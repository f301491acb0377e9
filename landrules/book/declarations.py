"""Declarations as prose: instruments, layers, lists, parameters, tables, calendars and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from landrules.book.clauses import Ground, block, means, other, sort
from landrules.book.passage import Passage
from landrules.book.settings import setting
from landrules.book.sources import cited
from landrules.book.speech import Speech, capital
from landrules.lang import tree as t

KINDS = {
    "ruleset": ("规则集", "ruleset"),
    "instrument": ("文件", "instrument"),
    "layer": ("图层", "layer"),
    "scheme": ("代码体系", "code scheme"),
    "grades": ("等级体系", "grading system"),
    "calendar": ("日历", "calendar"),
    "group": ("规则组", "group of rules"),
    "list": ("清单", "list"),
    "parameter": ("参数", "parameter"),
    "account": ("台账", "account"),
    "table": ("对照表", "table"),
    "crosswalk": ("转换表", "crosswalk"),
    "fill": ("填定", "fill"),
    "define": ("定义", "definition"),
}
"""What declarations are called."""


def declaration(s: Speech, node: t.Declaration) -> tuple[Passage, ...]:
    """All that a declaration says."""
    name = s.quoted(next((s.text(c.text) for c in node.body if isinstance(c, t.Title)), "") or s.alias(node.names))
    match node.kind:
        case "define":
            return (means(s, name, node.expr),) if node.expr is not None else ()
        case "ruleset":
            return _body(s, node, s.say(f"{name}规则集", f"the ruleset {name}"))
        case "instrument":
            return _instrument(s, node)
        case "layer":
            if not any(isinstance(c, t.FieldClause) for c in node.body):
                return _body(s, node, s.say(f"图层{name}没有字段", f"the layer {name} has no fields"))
            return _body(s, node, s.say(f"图层{name}有下列字段", f"the layer {name} has these fields"))
        case "scheme":
            return _body(s, node, s.say(f"代码体系{name}", f"the code scheme {name}"))
        case "grades":
            return _body(s, node, s.say(f"等级体系{name}", f"the grading system {name}"))
        case "calendar":
            return _body(s, node, s.say(f"工作日历{name}", f"the calendar of working days {name}"))
        case "group":
            return _body(s, node, s.say(f"规则组{name}", f"the group of rules {name}"))
        case "list":
            of = s.type(node.type) if node.type is not None else ""
            return _body(s, node, s.say(f"清单{name}（{of}）", f"the list {name} ({of})"))
        case "parameter":
            return _body(s, node, s.say(f"参数{name}{_type(s, node)}", f"the parameter {name}{_type(s, node)}"))
        case "fill":
            target = s.term(node.target.parts) if node.target is not None else ""
            return _body(s, node, s.say(f"对{target}填定如下", f"{target} is filled in as follows"))
        case "account":
            return _body(
                s,
                node,
                s.say(
                    f"台账{_keys(s, node)}登记{name}{_type(s, node)}",
                    f"an account keeps {name}{_type(s, node)}{_keys(s, node)}",
                ),
            )
        case "table":
            return _body(s, node, s.say(f"{name}{_keys(s, node)}确定如下", f"{name}{_keys(s, node)} is as follows"))
        case "crosswalk":
            return _body(
                s, node, s.say(f"{name}{_keys(s, node)}转换如下", f"{name}{_keys(s, node)} converts as follows")
            )
    assert_never(node.kind)


def _type(s: Speech, node: t.Declaration) -> str:
    return s.bracketed(s.type(node.type)) if node.type is not None else ""


def _keys(s: Speech, node: t.Declaration) -> str:
    if not node.params:
        return ""
    said = [s.alias(p.names) for p in node.params]
    names = s.listed([n.removesuffix("键").removesuffix(" key") or n for n in said], "and")
    return s.say(f"按{names}", f", by {names},")


def _body(s: Speech, node: t.Declaration, head: str) -> tuple[Passage, ...]:
    """The head as a sentence with its sources, what is set below it."""
    found = sort(node.body)
    sources = cited(s, found.cites)
    if found.period is not None:
        head = s.say(
            f"{s.period(found.period.start, found.period.end)}，{head}",
            f"{s.period(found.period.start, found.period.end)}, {head}",
        )
    text = capital(head)
    if sources:
        text = s.say(f"{sources}：{text}", f"{text} ({sources})")
    tabular = node.kind in ("table", "crosswalk")
    rows = tuple(c for c in node.body if isinstance(c, t.Row)) if tabular else node.body
    under = _under(s, rows)
    more = _under(s, [c for c in node.body if not isinstance(c, t.Row)]) if tabular else ()
    return (Passage(text + (s.say("：", ":") if under or more else s.stop), under, tabular, more),)


def _under(s: Speech, body: Sequence[t.Clause]) -> tuple[Passage, ...]:
    out: list[Passage] = []
    rest: list[t.Clause] = []
    for clause in body:
        match clause:
            case t.Title() | t.Cites() | t.Effective(body=None):
                pass
            case t.Setting():
                out.append(Passage(setting(s, clause)))
            case (
                t.Row()
                | t.CodeClause()
                | t.FieldClause()
                | t.Given()
                | t.Tolerance()
                | t.MessageClause()
                | t.Cell()
                | t.Zone()
            ):
                out += other(s, clause, Ground())
            case t.Effective(body=dated) if dated is not None:
                when = capital(s.period(clause.period.start, clause.period.end))
                own = sort(dated)
                sources = s.bracketed(cited(s, own.cites)) if own.cites else ""
                out.append(Passage(f"{when}{sources}{s.say('：', ':')}", _under(s, dated), numbered=False))
            case _:
                rest.append(clause)
    return (*out, *(block(s, rest, Ground()) if rest else ()))


def _instrument(s: Speech, node: t.Declaration) -> tuple[Passage, ...]:
    """A law with its number and its validity."""
    found = sort(node.body)
    title = next((s.text(c.text) for c in node.body if isinstance(c, t.Title)), "") or s.alias(node.names)
    number = next(
        (
            c.values[0].value
            for c in node.body
            if isinstance(c, t.Setting) and c.key == "number" and c.values and isinstance(c.values[0], t.StringLit)
        ),
        "",
    )
    name = s.say(f"《{title}》", title) + (s.bracketed(number) if number else "")
    valid = s.say("，未写明施行日期", ", no dates of validity stated")
    if found.period is not None:
        span = s.period(found.period.start, found.period.end)
        valid = s.say(f"，{span}施行" if found.period.end is None else f"，施行期间：{span}", f", in force {span}")
    rest = tuple(c for c in node.body if not (isinstance(c, t.Setting) and c.key == "number"))
    under = _under(s, rest)
    sources = s.bracketed(cited(s, found.cites)) if found.cites else ""
    return (Passage(f"{name}{valid}{sources}{s.stop}", under, numbered=False),)
