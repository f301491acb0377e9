"""English names in one style: small letters, digits and underscores."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrules.lang.aliases import declared
from landrules.lang.tree import Document
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene

_STYLE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*(?:\.[a-z][a-z0-9]*(?:_[a-z0-9]+)*)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Declared English names in another style."""
    for names in declared(document):
        if names.en and _STYLE.fullmatch(names.en) is None:
            yield Found(names.span, {"name": names.en, "better": suggested(names.en)})


def suggested(name: str) -> str:
    """The name in the style.

    >>> suggested("stripWidth2"), suggested("Max__Area_")
    ('strip_width2', 'max_area')
    """
    return re.sub(r"_+", "_", _HUMP.sub("_", name)).strip("_").lower()


RULE = LintRule("name_style", "LR913", "warning", "英文名写法", "style of names", find)
