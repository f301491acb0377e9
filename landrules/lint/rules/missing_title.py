"""A norm, ruleset or instrument without a title: reports and letters can only print its short name."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Declaration, Document, NormDecl, Title
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene

KINDS_ZH = {"ruleset": "规则集", "instrument": "文件"}


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """What carries a title in every report, and has none."""
    for item in document.items:
        if isinstance(item, NormDecl):
            kind = ("规则", "norm")
        elif isinstance(item, Declaration) and item.kind in KINDS_ZH:
            kind = (KINDS_ZH[item.kind], item.kind)
        else:
            continue
        if not any(isinstance(clause, Title) for clause in item.body):
            yield Found(item.names.span, {"name": item.names.id, "kind_zh": kind[0], "kind_en": kind[1]})


RULE = LintRule("missing_title", "LR907", "error", "缺少标题", "missing title", find)
