"""Imports, declarations and norms."""

from __future__ import annotations

from typing import cast

from landrules.lang.keywords import english
from landrules.lang.nodes.clauses import clauses
from landrules.lang.nodes.common import Build, child, children, name, names, only, path, tokens
from landrules.lang.nodes.expressions import expression, type_node, where
from landrules.lang.nodes.tests import test
from landrules.lang.parsetree import Node
from landrules.lang.tree import Declaration, DeclKind, Import, Item, NormDecl, NormKind, Subject, TableParam


def item(b: Build, node: Node) -> Item:
    """What stands at the outermost place of a file."""
    match str(node.data):
        case "import_":
            return Import(path(b, only(node, "path")), b.span(node))
        case "declaration":
            return _declaration(b, node)
        case "define":
            named, value = children(node)
            return Declaration("define", names(b, named), None, (), expression(b, value), (), b.span(node))
        case "test":
            return test(b, node)
        case _:
            return _norm(b, node)


def _declaration(b: Build, node: Node) -> Declaration:
    kind = cast(DeclKind, english("declaration", tokens(node)[0]))
    found = child(node, "type")
    parameters = child(node, "params")
    return Declaration(
        kind,
        names(b, only(node, "dotted_names" if kind == "ruleset" else "names")),
        None if found is None else type_node(b, found),
        () if parameters is None else tuple(_param(b, p) for p in children(parameters, "param")),
        None,
        clauses(b, only(node, "body")),
        b.span(node),
        target=path(b, only(node, "path")) if kind == "fill" else None,
    )


def _param(b: Build, node: Node) -> TableParam:
    return TableParam(names(b, only(node, "names")), type_node(b, only(node, "type")))


def _norm(b: Build, node: Node) -> NormDecl:
    kind = cast(NormKind, english("declaration", tokens(node)[0]).replace(" ", "_"))
    zone = child(node, "by_zone")
    uses = child(node, "uses_of")
    subject = child(node, "subject_on", "subject_within", "subject_within_zh")
    return NormDecl(
        kind,
        names(b, only(node, "names")),
        None if subject is None else _subject(b, subject),
        name(b, only(zone, "name")) if zone is not None else "",
        path(b, only(uses, "path")) if uses is not None else None,
        tuple(path(b, n) for n in children(node, "path")) if kind == "exception" else (),
        clauses(b, only(node, "body")),
        b.span(node),
    )


def _subject(b: Build, node: Node) -> Subject:
    rest = [n for n in children(node) if n.data not in ("where", "beyond", "beyond_zh")]
    within = None
    if node.data == "subject_on":
        (layer,) = rest
    elif node.data == "subject_within":
        distance, layer = rest
        within = expression(b, distance)
    else:
        layer, distance = rest
        within = expression(b, distance)
    inner = child(node, "beyond", "beyond_zh")
    beyond = None if inner is None else expression(b, children(inner)[0])
    return Subject(path(b, layer), where(b, node), within, b.span(node), beyond)
