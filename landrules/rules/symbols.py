"""The first pass: who declares which name, and which names a file can see.

A declaration is one name in two spellings; either may be written. A file sees its own names and those of everything it
imports, directly or through an import. Layers, code schemes, grade systems and accounts are known everywhere by their
short name, since workspaces and data use it; everything else has the full id ``<ruleset>.<name>``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from landrules.base.frozen import frozen
from landrules.base.source import Span
from landrules.lang.tree import Declaration, Document, Import, Names, NormDecl, Path, StringLit
from landrules.rules.faults import Faults, hint
from landrules.rules.rings import ordered

SHORT = frozenset({"layer", "scheme", "grades", "account"})
OF_TYPES = frozenset({"scheme", "grades"})
"""Kinds whose names stand only before a colon or behind `code of`: a layer and its code scheme may share one name."""
KINDS_ZH = {
    "ruleset": "规则集",
    "instrument": "文件",
    "layer": "图层",
    "scheme": "代码体系",
    "grades": "等级体系",
    "calendar": "日历",
    "list": "清单",
    "parameter": "参数",
    "account": "台账",
    "table": "对照表",
    "crosswalk": "转换表",
    "group": "规则组",
    "fill": "填定",
    "define": "定义",
    "norm": "规则",
    "exception": "例外",
}


@frozen(eq=False)
class Symbol:
    """A declared name: what it is, its full id, the key by which the core knows it, and where it stands."""

    kind: str
    id: str
    key: str
    names: Names
    node: Declaration | NormDecl
    module: Module

    @property
    def span(self) -> Span:
        """Where the name is written."""
        return self.names.span


@dataclass(slots=True, eq=False)
class Module:
    """One file: its ruleset, what it declares, what it sees."""

    id: str
    names: Names
    head: Declaration
    document: Document
    imports: tuple[Module, ...] = ()
    own: dict[str, Symbol] = field(default_factory=dict)
    norms: dict[str, Symbol] = field(default_factory=dict)
    visible: dict[str, Symbol] = field(default_factory=dict)

    def declared(self) -> Iterator[Symbol]:
        """Everything it declares that is not a norm, once each, in the order of the file."""
        return iter(dict.fromkeys(self.own.values()) if self.own else ())

    def reachable(self) -> tuple[Module, ...]:
        """This module and all that it imports, near ones first."""
        found: dict[str, Module] = {self.id: self}
        todo = [self]
        for near in todo:
            for module in near.imports:
                if module.id not in found:
                    found[module.id] = module
                    todo.append(module)
        return tuple(todo)


@dataclass(slots=True)
class Modules:
    """All modules, by either spelling of their ids."""

    modules: dict[str, Module]
    by_spelling: dict[str, Module]

    def qualified(self, module: Module, parts: Sequence[str]) -> tuple[Module, tuple[str, ...]] | None:
        """The reachable module whose id begins a dotted name, and the rest of the name."""
        for length in range(len(parts) - 1, 0, -1):
            found = self.by_spelling.get(".".join(parts[:length]))
            if found is not None and found in module.reachable():
                return found, tuple(parts[length:])
        return None


def declare(documents: Sequence[Document], faults: Faults) -> Modules:
    """Every module with its names and what it sees."""
    found = Modules({}, {})
    for document in sorted(documents, key=lambda d: d.source.name):
        _module(document, found, faults)
    for module in found.modules.values():
        _imports(module, found, faults)
    _cycles(found, faults)
    _short_names(found, faults)
    for module in found.modules.values():
        _sight(module, faults)
    return found


def head_of(document: Document) -> Declaration | None:
    """The `ruleset` declaration of a file."""
    heads = (i for i in document.items if isinstance(i, Declaration) and i.kind == "ruleset")
    return next(heads, None)


def import_ids(document: Document) -> tuple[Import, ...]:
    """The imports of a file."""
    return tuple(i for i in document.items if isinstance(i, Import))


def slot(kind: str, word: str) -> str:
    """Where a name stands in a table of names: names of types are told apart from all others.

    >>> slot("layer", "plan_zone"), slot("scheme", "plan_zone")
    ('plan_zone', 'plan_zone:')
    """
    return f"{word}:" if kind in OF_TYPES else word


def spellings(names: Names) -> tuple[str, ...]:
    """Both spellings of a name; one where there is no alias."""
    return tuple(dict.fromkeys(n for n in (names.en, names.zh) if n))


def _module(document: Document, found: Modules, faults: Faults) -> None:
    head = head_of(document)
    if head is None:
        faults.add("LR201", Span(document.source, 0, 0), file=document.source.name)
        return
    for other in document.items:
        if isinstance(other, Declaration) and other.kind == "ruleset" and other is not head:
            faults.add("LR202", other.names.span, name=other.names.id, first=head.names.id)
    module = Module(head.names.id, head.names, head, document)
    for word in spellings(head.names):
        if word in found.by_spelling:
            faults.add("LR203", head.names.span, name=word, other=found.by_spelling[word].document.source.name)
            return
    found.modules[module.id] = module
    for word in spellings(head.names):
        found.by_spelling[word] = module
    for item in document.items:
        if isinstance(item, NormDecl):
            kind = "exception" if item.kind == "exception" else "norm"
            _add(
                module.norms,
                Symbol(kind, _id(module, item.names), _id(module, item.names), item.names, item, module),
                faults,
            )
        elif isinstance(item, Declaration) and item.kind != "ruleset":
            full = _id(module, item.names)
            key = item.names.id if item.kind in SHORT else full
            _add(module.own, Symbol(item.kind, full, key, item.names, item, module), faults)


def _id(module: Module, names: Names) -> str:
    return f"{module.id}.{names.id}"


def _add(table: dict[str, Symbol], symbol: Symbol, faults: Faults) -> None:
    for word in spellings(symbol.names):
        first = table.get(slot(symbol.kind, word))
        if first is not None:
            faults.add("LR204", symbol.span, name=word, first=str(first.span))
            return
    for word in spellings(symbol.names):
        table[slot(symbol.kind, word)] = symbol


def _imports(module: Module, found: Modules, faults: Faults) -> None:
    imported: list[Module] = []
    for node in import_ids(module.document):
        name = ".".join(node.path.parts)
        target = found.by_spelling.get(name)
        if target is None:
            faults.add("LR205", node.path.span, name=name, **hint(name, found.by_spelling))
        elif target not in imported:
            imported.append(target)
    module.imports = tuple(imported)


def _cycles(found: Modules, faults: Faults) -> None:
    """Imports that come back to where they began: one ring for each knot of them."""
    for ring in ordered({m.id: [x.id for x in m.imports] for m in found.modules.values()})[1]:
        faults.add("LR206", found.modules[ring[0]].names.span, ring=" → ".join(ring))


def _short_names(found: Modules, faults: Faults) -> None:
    seen: dict[tuple[str, str], Symbol] = {}
    for name in sorted(found.modules):
        for symbol in found.modules[name].declared():
            if symbol.kind not in SHORT:
                continue
            first = seen.setdefault((symbol.kind, symbol.key), symbol)
            if first is not symbol:
                faults.add(
                    "LR207",
                    symbol.span,
                    kind_zh=KINDS_ZH[symbol.kind],
                    kind_en=symbol.kind,
                    name=symbol.key,
                    first=str(first.span),
                )


def _sight(module: Module, faults: Faults) -> None:
    for seen in module.reachable():
        for symbol in seen.declared():
            for word in spellings(symbol.names):
                first = module.visible.setdefault(slot(symbol.kind, word), symbol)
                if first is symbol or (first.kind, first.key) == (symbol.kind, symbol.key):
                    continue
                if first.module is module:
                    faults.add("LR208", first.span, name=word, first=first.id, second=symbol.id)
                else:
                    faults.add("LR208", module.names.span, name=word, first=first.id, second=symbol.id)


def find(names: Modules, module: Module, path: Path) -> tuple[Symbol, tuple[str, ...]] | None:
    """The declared thing that a path begins with, and the rest of the path; `None` where no name fits."""
    if symbol := module.visible.get(path.parts[0]):
        return symbol, path.parts[1:]
    if found := names.qualified(module, path.parts):
        target, rest = found
        if symbol := target.own.get(rest[0]):
            return symbol, rest[1:]
    return None


def find_type(module: Module, kind: str, word: str) -> Symbol | None:
    """The code scheme or grade system of a name; `None` where none is in sight."""
    found = module.visible.get(slot(kind, word))
    return found if found is not None and found.kind == kind else None


def find_norm(names: Modules, module: Module, path: Path) -> tuple[Symbol, tuple[str, ...]] | None:
    """The norm or exception that a path names, and the rest (an `except` inside it)."""
    if symbol := module.norms.get(path.parts[0]):
        return symbol, path.parts[1:]
    for length in range(len(path.parts) - 1, 0, -1):
        target = names.by_spelling.get(".".join(path.parts[:length]))
        if target is not None and (symbol := target.norms.get(path.parts[length])):
            return symbol, path.parts[length + 1 :]
    return None


def word_of(values: Sequence[object]) -> str:
    """The word that a setting holds (words of the tree are texts or paths)."""
    first = values[0] if values else None
    if isinstance(first, StringLit):
        return first.value
    if isinstance(first, Path):
        return ".".join(first.parts)
    return ""
