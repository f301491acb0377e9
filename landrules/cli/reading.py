"""Reading rule files for every diagnostic there is: a file that cannot be parsed does not keep quiet about the others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from landrules.base.diagnostic import Diagnostic
from landrules.cli.packages import files_of
from landrules.lang.tree import Document
from landrules.lint.words import imported_ids, own_ids
from landrules.rules.load import Loaded, read_rulesets


def every_diagnostic(refs: Sequence[str | Path], loaded: Loaded) -> tuple[Diagnostic, ...]:
    """The diagnostics of a reading; where some file was lost, also those of the files that do without it.

    A reading that lost a file does not look for names, since it would miss those of that file.
    """
    lost = {d.span.source.sha256 for d in loaded.diagnostics if d.span is not None and d.severity == "error"}
    whole = [d.source.sha256 for d in loaded.asked if not _leans_on(d, loaded.documents, lost)]
    rest = [p for p in files_of(refs) if hashlib.sha256(p.read_bytes()).hexdigest() in whole]
    if loaded.ruleset is not None or not rest or len(rest) == len(files_of(refs)):
        return loaded.diagnostics
    return (*loaded.diagnostics, *read_rulesets(rest).diagnostics)


def _leans_on(document: Document, documents: Sequence[Document], lost: set[str]) -> bool:
    """Whether a file, or one it imports directly or through another, is among the lost."""
    by_id = {name: d for d in documents for name in own_ids(d)}
    todo, seen = [document], {document.source.name}
    while todo:
        here = todo.pop()
        if here.source.sha256 in lost:
            return True
        for name in imported_ids(here):
            target = by_id.get(name)
            if target is None:
                return True
            if target.source.name not in seen:
                seen.add(target.source.name)
                todo.append(target)
    return False
