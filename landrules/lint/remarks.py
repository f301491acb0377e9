"""Remarks by which an author allows a finding: `# lint: allow RULE reason` · `# 检查：允许 RULE 理由`.

On a line of its own a remark speaks of the clause below it with all that stands in its block; at the end of a line, of
the clause that ends or opens there. It allows one rule, named by its id or its Chinese name, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrules.base.frozen import frozen
from landrules.base.source import Span
from landrules.lang.comments import Found, find
from landrules.lang.tree import Comments, Document
from landrules.lint.walk import nodes

_REMARK = re.compile(r"(?:lint|检查)\s*[:：]\s*(?:allow|允许)(?P<rest>.*)")


@frozen
class Remark:
    """A remark: the rule it names, its reason (either may be empty), where it stands, and the stretch it speaks of."""

    rule: str
    reason: str
    span: Span
    reach: Span | None

    def covers(self, names: tuple[str, ...], span: Span) -> bool:
        """Whether it allows what a rule of these names found at a place."""
        if self.rule not in names or self.reach is None or not self.reason:
            return False
        return self.reach.start <= span.start < max(self.reach.end, self.reach.start + 1)


def remarks(document: Document) -> tuple[Remark, ...]:
    """The remarks of a file, in order."""
    written = [c for c in find(document.source) if _REMARK.match(c.text)]
    if not written:
        return ()
    holders = list(_holders(document))
    found: list[Remark] = []
    for comment in written:
        holder = next((h for h in holders if comment.text in h[0]), None)
        if holder is not None:
            holder[0].remove(comment.text)
        found.append(_remark(document, comment, holder[1] if holder is not None else None))
    return tuple(found)


def _holders(document: Document) -> Iterator[tuple[list[str], Span]]:
    """What can carry comments, with the remarks it carries and its stretch, in the order of the text."""
    for node in nodes(document.items):
        comments, span = getattr(node, "comments", None), getattr(node, "span", None)
        if isinstance(comments, Comments) and isinstance(span, Span):
            texts = [x for x in (*comments.leading, comments.trailing) if _REMARK.match(x)]
            if texts:
                yield texts, span


def _remark(document: Document, comment: Found, reach: Span | None) -> Remark:
    match = _REMARK.match(comment.text)
    rule, _, reason = (match["rest"] if match else "").strip().partition(" ")
    start = document.source.text.index("#", comment.start)
    end = document.source.text.find("\n", start)
    span = Span(document.source, start, end if end >= 0 else len(document.source.text))
    return Remark(rule, reason.strip(), span, reach)
