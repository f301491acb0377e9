"""A name in one language only: the file cannot be turned into the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from landrules.base.source import Span
from landrules.lang.aliases import declared
from landrules.lang.keywords import is_chinese
from landrules.lang.printing.words import quoted
from landrules.lang.tree import Document, Names
from landrules.lint.record import Edit, Found, LintRule
from landrules.lint.scene import Scene
from landrules.rules.names import dictionary


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Names without a counterpart. The repair takes it from the language's own words and from other files' aliases."""
    zh_of: Mapping[str, str] | None = None
    for names in declared(document):
        if names.en and names.zh:
            continue
        if zh_of is None:
            zh_of, _ = dictionary(scene.read)
        missing_zh = not names.zh
        known = zh_of.get(names.en) if missing_zh else next((e for e, z in zh_of.items() if z == names.zh), None)
        words = {"lang_zh": "中文", "lang_en": "Chinese"} if missing_zh else {"lang_zh": "英文", "lang_en": "English"}
        edits = (_added(document, names, known),) if known else ()
        yield Found(names.span, {"name": names.id, **words}, edits)


def _added(document: Document, names: Names, alias: str) -> Edit:
    chinese = is_chinese(alias)
    word = {"zh": ("中文", "英文"), "en": ("zh", "en")}[document.lang][0 if chinese else 1]
    written = alias if chinese and document.lang == "en" else quoted(alias)
    return Edit(Span(document.source, names.span.end, names.span.end), f" {word} {written}")


RULE = LintRule("missing_alias", "LR905", "error", "缺少译名", "missing alias", find)
