"""A remark that allows what is no longer found: it can go."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Remarks that covered nothing, of rules that were run. This rule comes last."""
    for remark in scene.unspent:
        if remark.span.source.name == document.source.name:
            yield Found(remark.span, {"rule": remark.rule})


RULE = LintRule("unused_suppression", "LR921", "error", "多余的允许", "idle remark", find)
