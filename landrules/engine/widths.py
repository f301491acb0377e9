"""How wide the strips of a norm are, feature by feature: known, open, or known only from a source that is not verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from landrules.engine import unknown as u
from landrules.engine.program import Program
from landrules.engine.scope import Judged, Scope
from landrules.geo.site import Layer
from landrules.geo.strips import Strips


@dataclass(frozen=True, slots=True)
class Widths:
    """One width a feature, in metres; `None` where it is open (`open_` says for want of what) or where none is drawn.

    `doubtful` are the positions of features whose width hangs on a source that is not verified.
    """

    known: tuple[Fraction | None, ...]
    open_: tuple[u.Facts, ...]
    doubtful: frozenset[int]

    def without_doubtful(self) -> Widths:
        """The widths as if sources that are not verified were not there."""
        known = tuple(None if i in self.doubtful else w for i, w in enumerate(self.known))
        open_ = tuple(frozenset() if i in self.doubtful else f for i, f in enumerate(self.open_))
        return Widths(known, open_, frozenset())

    def reasons(self, strips: Strips, widest: Fraction) -> u.Facts:
        """Why it is open whether more ground lies in a strip: the facts of features of open width that are near enough."""
        near = (n.feature for n in strips.of_unknown_width if n.distance < widest)
        return frozenset().union(*(self.open_[feature] for feature in near))


def strip_widths(program: Program, base: Scope, layer: Layer) -> Widths:
    """The widths of a layer's features for a norm; a feature that is certainly none of the norm's subject has none."""
    known: list[Fraction | None] = []
    open_: list[u.Facts] = []
    doubtful: set[int] = set()
    for position in range(len(layer.ids)):
        scope = replace(base, feature=(layer, position))
        width, facts = _width(program, scope)
        if facts and _is_foreign(program, base, layer, position):
            facts = frozenset()
        elif program.doubtful and _width(program, replace(scope, strict=True)) != (width, facts):
            doubtful.add(position)
        known.append(width)
        open_.append(facts)
    return Widths(tuple(known), tuple(open_), frozenset(doubtful))


def _width(program: Program, scope: Scope) -> tuple[Fraction | None, u.Facts]:
    found: Judged = program.width(scope) if program.width is not None else u.Num(Fraction(0))
    if isinstance(found, u.Num) and found.is_known:
        return found.const, frozenset()
    return None, found.facts if isinstance(found, u.Num | u.Unknown) else frozenset()


def _is_foreign(program: Program, base: Scope, layer: Layer, position: int) -> bool:
    """Whether a feature certainly does not belong to the norm's subject."""
    if program.where is None:
        return False
    fields = {name: column[position] for name, column in layer.columns.items()}
    return program.where(base.at_record(fields, f"{layer.name}.{layer.ids[position]}")) is False
