"""An example source in a national ruleset: invented plans have no place beside the law."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Cites, Document, Setting
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.walk import of, strings
from landrules.lint.words import head


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Citations of status `example` where the ruleset's level is national."""
    declared = head(document)
    if declared is None or not any(
        "national" in strings(value)
        for c in declared.body
        if isinstance(c, Setting) and c.key == "level"
        for value in c.values
    ):
        return
    for cites in of(Cites, document.items):
        if cites.status == "example":
            yield Found(cites.span, {"source": cites.instrument.parts[-1]})


RULE = LintRule("example_at_national_level", "LR915", "error", "国家级用示例", "example at national level", find)
