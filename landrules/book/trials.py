"""Tests of rulesets as prose: the facts of a site, and what must come out."""

from __future__ import annotations

from typing import assert_never

from landrules.book.conditions import conditions, inline
from landrules.book.passage import Passage
from landrules.book.phrases import OUTCOMES
from landrules.book.speech import Speech, capital
from landrules.book.values import field, path, value
from landrules.lang import tree as t


def trial(s: Speech, node: t.Test) -> tuple[Passage, ...]:
    """A test: its story, its site line by line, what is expected."""
    head = s.say(f"测试：{s.text(node.text)}。", f"Test: {s.text(node.text)}.")
    return (Passage(head, tuple(Passage(line(s, i) + s.stop) for i in node.items), numbered=False),)


def line(s: Speech, node: t.TestItem) -> str:
    """One line of a test."""
    match node:
        case t.Assign():
            if isinstance(node.value, t.BoolLit):
                return capital(inline(s, conditions(s, node.path, node.value.value)))
            return s.say(
                f"{path(s, node.path.parts)}：{value(s, node.value)}",
                capital(f"{path(s, node.path.parts)}: {value(s, node.value)}"),
            )
        case t.Drawn():
            return _drawn(s, node)
        case t.LayerState():
            layer = s.layer(tuple(node.layer.split(".")))
            where = s.bracketed(shape(s, node.shape)) if node.shape is not None else ""
            if node.state == "unbound":
                return s.say(f"工作区没有图层{layer}", f"The workspace has no layer {layer}")
            return s.say(f"图层{layer}未覆盖此处{where}", f"The layer {layer} does not cover the place{where}")
        case t.LawDate():
            return s.say(f"适用日期：{s.day(node.value)}", f"Law date: {s.day(node.value)}")
        case t.AccountRow():
            args = s.say("，", ", ").join(value(s, a) for a in node.call.args)
            return s.say(
                f"台账{s.term(node.call.name.parts)}（{args}）：{value(s, node.value)}",
                f"Account {s.term(node.call.name.parts)} ({args}): {value(s, node.value)}",
            )
        case t.Expect():
            return expectation(s, node)
    assert_never(node)


def expectation(s: Speech, node: t.Expect) -> str:
    """What a test expects."""
    what = s.term(node.norm.parts) if node.norm is not None else s.say("总结论", "the decision")
    outcome = s.pair(OUTCOMES[node.outcome]) if node.outcome in OUTCOMES else node.outcome
    text = s.say(f"预期{what}：{outcome}", f"Expected of {what}: {outcome}")
    if node.area is not None:
        text += s.say(f"，面积{s.number(node.area)}", f", area {s.number(node.area)}")
    if node.missing:
        text += s.say("，缺", ", missing ") + s.listed([path(s, p.parts) for p in node.missing], "and")
    if node.possible:
        said = [s.pair(OUTCOMES[o]) if o in OUTCOMES else o for o in node.possible]
        text += s.say("，可能", ", possible: ") + s.listed(said)
    if node.by:
        text += s.say(
            f"，因例外{s.term(tuple(node.by.split('.')))}", f", by the exception {s.term(tuple(node.by.split('.')))}"
        )
    return text


_WHAT = {
    "parcel": ("地块", "Parcel"),
    "building": ("建筑", "Building"),
    "supplement": ("补充地块", "Supplementary plot"),
}


def _drawn(s: Speech, node: t.Drawn) -> str:
    if node.what == "feature":
        what = s.say(
            f"图层{s.layer(tuple(node.layer.split('.')))}要素", f"Feature of {s.layer(tuple(node.layer.split('.')))}"
        )
    else:
        what = s.say(*_WHAT[node.what])
    text = s.say(f"{what}{s.quoted(node.id)}", f"{what} {node.id}")
    parts = [shape(s, node.shape)] if node.shape is not None else []
    parts += [field(s, k, v) for k, v in node.fields]
    return text + (s.colon + s.say("，", ", ").join(parts) if parts else "")


def shape(s: Speech, node: t.Shape) -> str:
    """A drawn shape."""
    sizes = [format(x, "f") for x in node.sizes]
    match node.kind:
        case "square":
            return s.say(f"边长{sizes[0]}米的正方形", f"a square of {sizes[0]} m")
        case "rectangle":
            return s.say(f"{sizes[0]}米乘{sizes[1]}米的矩形", f"a rectangle of {sizes[0]} m by {sizes[1]} m")
        case "polygon":
            return s.say(f"{len(node.points)}个顶点的多边形", f"a polygon of {len(node.points)} corners")
        case "line":
            return s.say(f"{len(node.points)}个顶点的线", f"a line through {len(node.points)} points")
        case "point":
            return s.say("点", "a point")
    assert_never(node.kind)
