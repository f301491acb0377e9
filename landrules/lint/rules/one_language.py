"""A text in one language only: half of the readers see the other language's."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document, Test, Text
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.walk import of


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Titles, messages, duties and remarks without their counterpart; the titles of tests are their author's affair."""
    for item in document.items:
        if isinstance(item, Test):
            continue
        for text in of(Text, item):
            if not (text.zh and text.en):
                missing = ("英文", "English") if text.zh else ("中文", "Chinese")
                yield Found(text.span, {"lang_zh": missing[0], "lang_en": missing[1]})


RULE = LintRule("one_language", "LR908", "error", "只有一种语言", "text in one language", find)
