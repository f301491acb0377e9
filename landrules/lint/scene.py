"""What a lint rule can see: the files asked about, what they import, and what could import them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from landrules.base.frozen import frozen
from landrules.lang.tree import Document
from landrules.lint.remarks import Remark
from landrules.lint.words import Uses, imported_ids, own_ids
from landrules.rules.model import RuleSet


@frozen
class Scene:
    """The surroundings of a file.

    `asked` are the files to be judged; `read` those and all they import; `around` further files that may import them
    (they lie in the same folders, or are shipped). `uses` are the words of all of them. `options` are the numbers in
    force, by rule and name; `rule_names` every name by which a remark may call a rule; `unspent` the remarks that allowed
    nothing, known to the last rule only.
    """

    asked: tuple[Document, ...]
    read: tuple[Document, ...]
    around: tuple[Document, ...]
    uses: Uses
    ruleset: RuleSet
    as_of: date | None
    options: Mapping[tuple[str, str], int]
    rule_names: frozenset[str]
    unspent: tuple[Remark, ...] = ()

    @property
    def known(self) -> tuple[Document, ...]:
        """Every file that was looked at."""
        return (*self.read, *self.around)

    def reach(self, document: Document) -> Iterator[Document]:
        """A file and all that it imports, directly or through an import."""
        by_id = {name: d for d in self.known for name in own_ids(d)}
        todo, seen = [document], {document.source.name}
        while todo:
            here = todo.pop()
            yield here
            for name in imported_ids(here):
                target = by_id.get(name)
                if target is not None and target.source.name not in seen:
                    seen.add(target.source.name)
                    todo.append(target)

    def is_imported(self, document: Document) -> bool:
        """Whether some known file imports this one."""
        names = set(own_ids(document))
        return any(names & set(imported_ids(d)) for d in self.known)
