"""A remark that names no rule there is: it allows nothing, and its author believes it does."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.remarks import remarks
from landrules.lint.scene import Scene
from landrules.rules.faults import hint


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Remarks whose rule is not one of the scene's."""
    for remark in remarks(document):
        if remark.rule not in scene.rule_names:
            yield Found(remark.span, {"rule": remark.rule, **hint(remark.rule, scene.rule_names)})


RULE = LintRule("unknown_suppression", "LR920", "error", "允许的规则不存在", "remark of no rule", find)
