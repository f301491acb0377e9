"""A list, table, parameter, definition, account or instrument that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.words import declared, keys, norms

KINDS_ZH = {
    "list": "清单",
    "table": "对照表",
    "crosswalk": "转换表",
    "parameter": "参数",
    "define": "定义",
    "account": "台账",
    "instrument": "文件",
    "group": "规则组",
}
"""Schemes, grade systems and calendars are left out: data and functions use them without a word in a rule."""


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Declared names that no rule mentions; a vocabulary that nobody here imports is left alone."""
    if not any(norms(document)) and not scene.is_imported(document):
        return
    for place, item in declared(document):
        if item.kind in KINDS_ZH and not scene.uses.elsewhere(place, keys(item)):
            yield Found(item.names.span, {"name": item.names.id, "kind_zh": KINDS_ZH[item.kind], "kind_en": item.kind})


RULE = LintRule("unused_declaration", "LR902", "error", "声明未用", "unused declaration", find)
