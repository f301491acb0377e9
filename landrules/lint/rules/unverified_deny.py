"""A prohibition that rests on a source nobody has read to the end: it refers, and never denies."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Cites, Document, Effect
from landrules.lint.record import Found, LintRule
from landrules.lint.scene import Scene
from landrules.lint.walk import of
from landrules.lint.words import norms

PROHIBITED = frozenset({"occupation", "buildings", "project"})
PASSABLE = frozenset({"verified", "example"})


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """`prohibits` in a norm of which some own citation is not verified, or only partly."""
    for norm in norms(document):
        if norm.kind == "exception":
            continue
        cited = [c for c in norm.body if isinstance(c, Cites)]
        doubtful = next((c for c in cited if c.status not in PASSABLE), None)
        if doubtful is not None and any(e.word in PROHIBITED for e in of(Effect, norm.body)):
            args = {"name": norm.names.id, "source": doubtful.instrument.parts[-1], "line": doubtful.span.line}
            yield Found(norm.names.span, args)


RULE = LintRule("unverified_deny", "LR911", "warning", "未核实的禁止", "prohibition not verified", find)
