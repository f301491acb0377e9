"""A layer that no rule reads: a county prepares data that nobody looks at."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.words import declared, keys, norms


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Layers of this file that nothing mentions. Known limit: a mention in any rule counts, even beside the point.

    A vocabulary that nobody here imports is left alone: its names are for others.
    """
    if not any(norms(document)) and not scene.is_imported(document):
        return
    for place, item in declared(document):
        if item.kind == "layer" and not scene.uses.elsewhere(place, keys(item)):
            yield Found(item.names.span, {"name": item.names.id})


RULE = LintRule("unused_layer", "LR901", "error", "图层未用", "unused layer", find)
