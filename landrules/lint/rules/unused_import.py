"""An import of names of which none is used."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.base.source import Span
from landrules.lang.tree import Document, Import
from landrules.lint.record import Edit, Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.words import declared, keys, norms, own_ids


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Imports whose names stand nowhere in the file; and a second import of the same ruleset.

    An import that brings norms is never told: the author may want them judged together.
    """
    by_id = {name: d for d in scene.known for name in own_ids(d)}
    words = scene.uses.files[document.source.name]
    seen: set[str] = set()
    for item in document.items:
        if not isinstance(item, Import):
            continue
        name = ".".join(item.path.parts)
        target = by_id.get(name)
        if target is None:
            continue
        again = target.source.name in seen
        seen.add(target.source.name)
        reach = tuple(scene.reach(target))
        idle = not any(True for d in reach for _ in norms(d)) and not any(
            words & set(keys(node)) for d in reach for _, node in declared(d)
        )
        if again or idle:
            yield Found(item.path.span, {"name": name}, (_without(document, item),))


def _without(document: Document, item: Import) -> Edit:
    """The file without the line; comments around it stay."""
    text, start, end = document.source.text, item.span.start, item.span.end
    line = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    if not text[line:start].strip() and after >= 0 and not text[end:after].strip():
        start, end = line, after + 1
    return Edit(Span(document.source, start, end), "")


RULE = LintRule("unused_import", "LR903", "error", "引入未用", "unused import", find)
