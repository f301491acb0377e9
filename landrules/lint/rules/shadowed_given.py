"""A `given` that takes the name of something declared: below it the name means something else."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document, Given
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.walk import of
from landrules.lint.words import declared, norms, spelled

TYPES = frozenset({"scheme", "grades"})


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Givens of which either spelling is a declared name that the file can see."""
    seen = {
        word: node.names.span
        for d in reversed(tuple(scene.reach(document)))
        for _, node in declared(d)
        if node.kind not in TYPES
        for word in spelled(node.names)
    }
    for norm in norms(document):
        for given in of(Given, norm.body):
            word = next((w for w in spelled(given.names) if w in seen), None)
            if word is not None:
                yield Found(given.names.span, {"name": word, "first": str(seen[word])})


RULE = LintRule("shadowed_given", "LR918", "error", "同名遮盖", "shadowed name", find)
