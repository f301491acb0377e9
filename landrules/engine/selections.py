"""Which pieces of a layer a norm measures: what its sums, areas, counts and existence questions select."""

from __future__ import annotations

from functools import lru_cache

from landrules.base.frozen import frozen
from landrules.engine.compile import Predicate, predicate
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.explore import Assumptions
from landrules.engine.kept import Kept
from landrules.engine.program import Program
from landrules.engine.scope import Scope
from landrules.geo.site import Layer
from landrules.rules import expr as e
from landrules.rules.model import OnLayer
from landrules.rules.walk import judged_expressions, walk


@frozen
class Selection:
    """The pieces for which every condition holds; all of them where there is none."""

    conditions: tuple[Predicate, ...]

    def rows(self, evidence: Evidence, met: Overlaid) -> tuple[int, ...]:
        """The pieces that certainly belong. A condition that speaks of more than the piece is taken as holding."""
        return tuple(r for r in met.rows if self.holds(evidence, met, r))

    def holds(self, evidence: Evidence, met: Overlaid, row: int) -> bool:
        """Whether a piece certainly belongs."""
        here = Scope(evidence, Assumptions()).at_piece(met, row)
        return all(_holds(c, here) for c in self.conditions)


@lru_cache(maxsize=4096)
def condition_of(items: e.Collection) -> tuple[Predicate, ...]:
    """What a collection asks of its items: one condition, or none."""
    return () if items.where is None else (predicate(items.where),)


def _holds(condition: Predicate, scope: Scope) -> bool:
    try:
        return condition(scope) is True
    except LookupError:  # it speaks of an item around it, which is not at hand here
        return True


def _find_selections(program: Program, layer: str) -> tuple[Selection, ...]:
    norm = program.norm
    if layer not in norm.layers:
        return ()
    own = (program.where,) if isinstance(norm.subject, OnLayer) and program.where is not None else ()
    found: dict[tuple[bool, e.Expr | None], Selection] = {}
    for root in judged_expressions(norm):
        for node in walk(root):
            if not isinstance(node, e.Aggregate | e.ForEach):
                continue
            occupied = node.items.source == e.OccupiedItems(layer)
            if occupied or node.items.source == e.LayerItems(layer):
                asked = (*(own if occupied else ()), *condition_of(node.items))
                found.setdefault((occupied, node.items.where), Selection(asked))
    return tuple(found.values())


selections: Kept[Program, tuple[Selection, ...]] = Kept(_find_selections)
"""What a norm's conditions and clauses select of a layer's pieces, by the name of the layer; each selection once."""


def may_belong(program: Program, evidence: Evidence, layer: Layer, feature: int) -> bool:
    """Whether a feature may belong to a norm's subject, as far as its values tell."""
    if program.where is None:
        return True
    fields = {name: column[feature] for name, column in layer.columns.items()}
    base = Scope(evidence, Assumptions())
    return program.where(base.at_record(fields, layer.name)) is not False
