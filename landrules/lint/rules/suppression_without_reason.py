"""A remark that allows a finding and does not say why: nobody can tell later whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.remarks import remarks
from landrules.lint.scene import Scene


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Remarks with a rule and no reason; they allow nothing."""
    for remark in remarks(document):
        if remark.rule and not remark.reason:
            yield Found(remark.span, {"rule": remark.rule})


RULE = LintRule("suppression_without_reason", "LR919", "error", "允许而无理由", "remark without a reason", find)
