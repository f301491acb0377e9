"""Tree to text: the canonical format of a file, in either language.

Four blanks a level, one clause a line, long ones broken near 100 columns, one blank line between declarations, comments
kept. Printing is the inverse of `parse` on the tree, and prints the same again.
"""

from __future__ import annotations

from landrules.lang.printing.declarations import item_lines
from landrules.lang.printing.expressions import expression
from landrules.lang.printing.layout import leading
from landrules.lang.printing.words import Lang, Translate, Words
from landrules.lang.tree import Declaration, Document, Expr, Import, Item


def print_document(document: Document, lang: Lang, translate: Translate) -> str:
    """A file in a language. `translate` gives a name in the language asked, or `None` to leave it as it is."""
    w = Words(lang, translate)
    out: list[str] = []
    last: Item | None = None
    for item in document.items:
        if last is not None and not _close(last, item):
            out.append("")
        out += item_lines(w, item)
        last = item
    if document.trailing:
        out += [""] if out else []
        out += [leading(text, 0) for text in document.trailing]
    return "\n".join(out) + "\n" if out else ""


def print_expression(expr: Expr, lang: Lang, translate: Translate = lambda _name, _lang: None) -> str:
    """An expression on one line, in a language."""
    return expression(Words(lang, translate), expr)


def _close(first: Item, second: Item) -> bool:
    """Whether two items stand without a blank line: imports, and definitions of one line without comments above."""
    if second.comments.leading:
        return False
    return (isinstance(first, Import) and isinstance(second, Import)) or (
        isinstance(first, Declaration) and isinstance(second, Declaration) and first.kind == second.kind == "define"
    )
