"""What of a file must be known to find the files that belong to it: its imports, and the data its declarations name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from landrules.base.frozen import frozen
from landrules.base.source import Span

if TYPE_CHECKING:
    from landrules.lang.tree import Clause, Document


@frozen
class Reference:
    """A name in a file, and where it is written; `kind` is the declaration that names it, or `import`."""

    kind: str
    name: str
    span: Span


@frozen
class Outline:
    """The imports of a file, and the data files that its declarations name as `source`, in the order written."""

    imports: tuple[Reference, ...]
    sources: tuple[Reference, ...]


def outline(document: Document) -> Outline:
    """The outline of a document."""
    from landrules.lang.tree import Declaration, Import

    imports = (
        Reference("import", ".".join(i.path.parts), i.path.span) for i in document.items if isinstance(i, Import)
    )
    declared = (i for i in document.items if isinstance(i, Declaration))
    return Outline(
        tuple(imports), tuple(Reference(d.kind, name, span) for d in declared for name, span in _named(d.body))
    )


def _named(body: tuple[Clause, ...]) -> Iterator[tuple[str, Span]]:
    """The files that a block names, in its dated parts too."""
    from landrules.lang.tree import Effective, Setting, StringLit

    for clause in body:
        if isinstance(clause, Effective):
            yield from _named(clause.body or ())
        elif isinstance(clause, Setting) and clause.key == "source" and isinstance(clause.values[0], StringLit):
            yield clause.values[0].value, clause.span
