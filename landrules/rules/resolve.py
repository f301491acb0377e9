"""From trees to the core: the passes in order.

Each pass fills one part of the `World` and reads those before it; mistakes are collected throughout. After the last,
every name is bound, every expression typed, constructs have disappeared, exceptions form trees. The order of files and
of declarations never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from landrules.base.diagnostic import Diagnostic
from landrules.base.source import SourceFile
from landrules.lang.tree import Document, NormDecl
from landrules.rules.clash import check_clashes
from landrules.rules.constructs import BY_KIND
from landrules.rules.dated import bind_dated
from landrules.rules.declared import bind_declared
from landrules.rules.departed import derive_fields, read_since
from landrules.rules.exceptions import link_exceptions
from landrules.rules.faults import MOST, EnoughMistakes, Faults
from landrules.rules.lawcheck import check_law, finish_norms
from landrules.rules.levels import read_standing
from landrules.rules.model import RuleSet
from landrules.rules.parameters import bind_parameters
from landrules.rules.symbols import declare
from landrules.rules.world import CodeRow, World

T = TypeVar("T")


def lower_norms(world: World) -> None:
    """The pass in which constructs disappear."""
    for name in sorted(world.names.modules):
        for symbol in dict.fromkeys(world.names.modules[name].norms.values()):
            node = symbol.node
            if isinstance(node, NormDecl) and node.kind != "exception":
                norm = BY_KIND[node.kind].lower(symbol, world)
                if norm is not None:
                    world.norms[norm.id] = norm


PASSES: tuple[Callable[[World], None], ...] = (
    bind_declared,
    derive_fields,
    bind_parameters,
    bind_dated,
    read_since,
    lower_norms,
    read_standing,
    link_exceptions,
    finish_norms,
    check_law,
    check_clashes,
)
"""After `declare`, which finds the names: what declarations hold, dated values, norms, exceptions, law."""


def resolve(
    documents: Sequence[Document],
    files: Mapping[tuple[str, str], Sequence[CodeRow]] = MappingProxyType({}),
    sheets: Mapping[tuple[str, str], SourceFile] = MappingProxyType({}),
) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    """The ruleset of some documents (imports included), and every mistake and warning; no ruleset after a mistake."""
    faults = Faults()
    try:
        world = World(declare(documents, faults), faults, files, sheets)
        for step in PASSES:
            step(world)
    except EnoughMistakes:
        return None, (*faults.sorted(), Diagnostic("LR234", {"limit": MOST}))
    found = faults.sorted()
    return (None if faults.has_errors else freeze(world)), found


def freeze(world: World) -> RuleSet:
    """The tables of a world without mistakes, as one frozen value."""
    return RuleSet(
        rulesets=tuple(world.rulesets[k] for k in sorted(world.rulesets)),
        norms=tuple(world.norms[k] for k in sorted(world.norms)),
        schemes=_sorted(world.schemes),
        grades=_sorted(world.grades),
        lists=_sorted(world.lists),
        parameters=_sorted(world.parameters),
        tables=_sorted(world.tables),
        layers=_sorted(world.layers),
        accounts=_sorted(world.accounts),
        instruments=_sorted(world.instruments),
        calendars=_sorted(world.calendars),
    )


def _sorted(table: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(sorted(table.items())))
