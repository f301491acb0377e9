"""A file too long to be read in one sitting."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.base.source import Span
from landrules.lang.tree import Document, Test
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.words import head


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Files of more than `lines` lines; those of tests do not count, for most of a well-tested file is tests."""
    limit = scene.options["long_file", "lines"]
    lines = len(document.source.text.splitlines())
    lines -= sum(t.span.text.count("\n") + 1 for t in document.items if isinstance(t, Test))
    if lines > limit:
        declared = head(document)
        span = declared.names.span if declared is not None else Span(document.source, 0, 0)
        yield Found(span, {"lines": lines, "limit": limit})


RULE = LintRule("long_file", "LR914", "warning", "文件过长", "long file", find, {"lines": 500})
