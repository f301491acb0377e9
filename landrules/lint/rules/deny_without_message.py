"""A prohibition that says nothing to the applicant but its title."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Document, Effect, MessageClause
from landrules.lint.record import Found, LintRule
from landrules.lint.rules.unverified_deny import PROHIBITED
from landrules.lint.scene import Scene
from landrules.lint.walk import of
from landrules.lint.words import norms


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Norms with `prohibits` and no `message`. A `requires` that fails is told by its own words."""
    for norm in norms(document):
        told = any(isinstance(clause, MessageClause) for clause in norm.body)
        if not told and any(e.word in PROHIBITED for e in of(Effect, norm.body)):
            yield Found(norm.names.span, {"name": norm.names.id})


RULE = LintRule("deny_without_message", "LR916", "error", "禁止无提示", "prohibition without a message", find)
