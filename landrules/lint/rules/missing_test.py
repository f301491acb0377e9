"""A norm that no test speaks of, and an exception that no test sees lifting."""

from __future__ import annotations

from collections.abc import Iterator

from landrules.lang.tree import Cites, Document, Except, NormDecl
from landrules.lint.record import Found, LintRule
from landrules.lint.rules.unverified_deny import PASSABLE
from landrules.lint.scene import Scene
from landrules.lint.walk import of
from landrules.lint.words import expected, norms, spelled


def find(document: Document, scene: Scene) -> Iterator[Found]:
    """Norms without an `expect`, exceptions without an `expect … by`, in any file that was looked at.

    An exception of which some own source is not verified never lifts, so no test could see it: it is left alone.
    """
    named, lifting = expected(scene.known)
    for norm in norms(document):
        lifts = norm.kind == "exception"
        if lifts and not _can_lift(norm):
            continue
        if not set(spelled(norm.names)) & (lifting if lifts else named):
            yield _found(norm, lifts)
        for inner in of(Except, norm.body):
            if _can_lift(inner) and not set(spelled(inner.names)) & lifting:
                yield _found(inner, True)


def _can_lift(node: NormDecl | Except) -> bool:
    return all(c.status in PASSABLE for c in node.body if isinstance(c, Cites))


def _found(node: NormDecl | Except, lifts: bool) -> Found:
    kind = ("例外", "exception") if lifts else ("规则", "norm")
    write = (f"预期 … 因 {node.names.zh or node.names.en}", f"expect … by {node.names.id}")
    plain = (f"预期 {node.names.zh or node.names.en} …", f"expect {node.names.id} …")
    zh, en = write if lifts else plain
    return Found(
        node.names.span,
        {"name": node.names.id, "kind_zh": kind[0], "kind_en": kind[1], "write_zh": zh, "write_en": en},
    )


RULE = LintRule("missing_test", "LR906", "error", "缺少测试", "missing test", find)
