"""Tests: a story, a site drawn in metres, what must come out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, cast

from landrules.base.quantity import BY_SPELLING, Dimension, in_base
from landrules.base.valuetype import decimal_of
from landrules.lang.keywords import english
from landrules.lang.nodes.common import Build, bare, child, children, date_of, only, path, string, text, tokens
from landrules.lang.nodes.expressions import call, expression, number, pairs
from landrules.lang.parsetree import Node
from landrules.lang.tree import AccountRow, Assign, Drawn, Expect, LawDate, LayerState, Shape, Test, TestItem


def test(b: Build, node: Node) -> Test:
    """A whole test."""
    items = tuple(BUILDERS[str(n.data)](b, n) for n in children(node) if n.data != "text")
    return Test(text(b, only(node, "text")), items, b.span(node))


def _assign(b: Build, node: Node) -> TestItem:
    target, value = children(node)
    return Assign(path(b, target), expression(b, value), b.span(node))


def _drawn(b: Build, node: Node) -> TestItem:
    what = cast(Literal["parcel", "building", "supplement", "feature"], english("test", tokens(node)[0]))
    (label,) = tokens(only(node, "id"))
    drawn = child(node, "fields")
    return Drawn(
        what,
        ".".join(bare(t) for t in tokens(only(node, "layer_name"))) if what == "feature" else "",
        string(b, label) if label.type == "STRING" else str(label),
        _shape(b, child(node, "shape")),
        () if drawn is None else pairs(b, drawn),
        b.span(node),
    )


def _shape(b: Build, node: Node | None) -> Shape | None:
    if node is None:
        return None
    kind = english("test", tokens(node)[0])
    at = child(node, "at")
    if at is not None:
        x, y = (_coordinate(c) for c in children(at, "coordinate"))
        points: tuple[tuple[Decimal, Decimal], ...] = ((x, y),)
    else:
        pairs_of = [[_coordinate(c) for c in children(p, "coordinate")] for p in children(node, "point")]
        points = tuple((x, y) for x, y in pairs_of)
    sizes = tuple(_metres(b, m) for m in children(node, "measure"))
    return Shape(cast(Literal["square", "rectangle", "polygon", "line", "point"], kind), sizes, points, b.span(node))


def _coordinate(node: Node) -> Decimal:
    parts = tokens(node)
    value = Decimal(str(parts[-1]))
    return -value if len(parts) > 1 else value


def _metres(b: Build, node: Node) -> Decimal:
    length = number(b, node)
    if BY_SPELLING[length.unit].dimension is not Dimension.LENGTH:
        b.mistake("LR130", node, unit=length.unit)
        return length.value
    return length.value if length.unit == "m" else decimal_of(in_base(length.value, length.unit))


def _layer_state(b: Build, node: Node) -> TestItem:
    first = tokens(node)[0]
    state: Literal["unbound", "uncovered"] = "unbound" if first in ("unbound", "未绑定") else "uncovered"
    layer = ".".join(path(b, only(node, "path")).parts)
    return LayerState(state, layer, _shape(b, child(node, "shape")), b.span(node))


def _law_date(b: Build, node: Node) -> TestItem:
    return LawDate(date_of(b, tokens(node, "DATE")[0]), b.span(node))


def _account_row(b: Build, node: Node) -> TestItem:
    called, value = children(node)
    return AccountRow(call(b, called), expression(b, value), b.span(node))


def _expect(b: Build, node: Node) -> TestItem:
    norm = child(only(node, "expected"), "path")
    area = child(node, "expect_area")
    missing, possible, because = (child(node, f"expect_{n}") for n in ("missing", "possible", "by"))
    return Expect(
        None if norm is None else path(b, norm),
        _outcome(only(node, "outcome")),
        None if area is None else number(b, only(area, "measure")),
        () if missing is None else tuple(path(b, p) for p in children(missing, "path")),
        () if possible is None else tuple(_outcome(o) for o in children(possible, "outcome")),
        "" if because is None else ".".join(path(b, only(because, "path")).parts),
        b.span(node),
    )


def _outcome(node: Node) -> str:
    return english("outcome", tokens(node)[0])


BUILDERS: dict[str, Callable[[Build, Node], TestItem]] = {
    "assign": _assign,
    "drawn": _drawn,
    "layer_state": _layer_state,
    "law_date": _law_date,
    "account_row": _account_row,
    "expect": _expect,
}
