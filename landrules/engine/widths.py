"""How wide the strips of a norm are, feature by feature: known, open, or known only from a source that is not verified."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction

from landrules.base.frozen import frozen, replace
from landrules.engine import unknown as u
from landrules.engine.compile import Compiled
from landrules.engine.evidence import kinds_of
from landrules.engine.program import Program
from landrules.engine.scope import Judged, Scope
from landrules.geo.rings import Inner
from landrules.geo.site import Layer
from landrules.geo.strips import Strips


@frozen
class Edges:
    """One distance a feature, in metres; `None` where it is open (`open_` says for want of what) or where none is drawn.

    `doubtful` are the positions of features whose distance hangs on a source that is not verified.
    """

    known: tuple[Fraction | None, ...]
    open_: tuple[u.Facts, ...]
    doubtful: frozenset[int]

    def without_doubtful(self) -> Edges:
        """The distances as if sources that are not verified were not there."""
        known = tuple(None if i in self.doubtful else w for i, w in enumerate(self.known))
        open_ = tuple(frozenset() if i in self.doubtful else f for i, f in enumerate(self.open_))
        return Edges(known, open_, frozenset())


@frozen
class Widths:
    """Where the strips of a norm end, and, for a second strip, where they begin.

    `selected` are the features that may belong to the norm's subject; `widest_inner` is the farthest a strip can begin.
    """

    outer: Edges
    begins: Edges | None
    selected: tuple[int, ...]
    widest_inner: Fraction

    @property
    def known(self) -> tuple[Fraction | None, ...]:
        """One width a feature."""
        return self.outer.known

    @property
    def inner(self) -> Inner | None:
        """The strips to be left out; `None` for strips that begin at the feature."""
        if self.begins is None:
            return None
        perhaps = frozenset(i for i, facts in enumerate(self.begins.open_) if facts)
        return Inner(self.begins.known, perhaps, self.widest_inner)

    @property
    def leans_on_doubt(self) -> bool:
        """Whether any distance hangs on a source that is not verified."""
        return bool(self.outer.doubtful or (self.begins and self.begins.doubtful))

    @property
    def is_open(self) -> bool:
        """Whether any distance is open."""
        return any(self.outer.open_) or (self.begins is not None and any(self.begins.open_))

    def without_doubtful(self) -> Widths:
        """The same as if sources that are not verified were not there."""
        begins = self.begins.without_doubtful() if self.begins is not None else None
        return replace(self, outer=self.outer.without_doubtful(), begins=begins)

    def reasons(self, strips: Strips, widest: Fraction | None) -> u.Facts:
        """Why it is open which ground lies in a strip: the facts of features of open distances that are near enough."""
        near = (n.feature for n in strips.of_unknown_width if widest is None or n.distance < widest)
        wide = frozenset().union(*(self.outer.open_[feature] for feature in near))
        if self.begins is None:
            return wide
        return wide.union(*(self.begins.open_[feature] for feature in strips.unsettled))


def strip_widths(program: Program, base: Scope, layer: Layer) -> Widths:
    """The widths of a layer's features for a norm; a feature that is certainly none of the norm's subject has none."""
    belongs = _belonging(program, base, layer)
    outer = _edges(program, base, layer, program.width, belongs)
    selected = tuple(i for i, truth in enumerate(belongs) if truth is not False)
    if program.beyond is None:
        return Widths(outer, None, selected, Fraction(0))
    begins = _edges(program, base, layer, program.beyond, belongs)
    # Unlike a strip, which is judged by what its feature is, what is left out is gone: it must belong for certain.
    known = tuple(w if truth is True else None for w, truth in zip(begins.known, belongs, strict=True))
    whether = (t.facts if isinstance(t, u.Maybe) else frozenset() for t in belongs)
    open_ = tuple(f | w for f, w in zip(begins.open_, whether, strict=True))
    farthest = program.widest_inner
    if farthest is None:  # beyond the widest strip drawn there is nothing to leave out
        farthest = max((w for w in outer.known if w is not None), default=Fraction(0))
    return Widths(outer, replace(begins, known=known, open_=open_), selected, farthest)


def _edges(program: Program, base: Scope, layer: Layer, distance: Compiled | None, belongs: list[u.Truth]) -> Edges:
    known: list[Fraction | None] = []
    open_: list[u.Facts] = []
    doubtful: set[int] = set()
    told: dict[Hashable, tuple[Fraction | None, u.Facts, bool]] = {}
    for position, look in enumerate(_looks(program.edges, base, layer)):
        if look not in told:
            told[look] = _told(program, replace(base, feature=(layer, position)), distance)
        width, facts, doubted = told[look]
        if facts and belongs[position] is False:
            facts, doubted = frozenset(), False
        if doubted:
            doubtful.add(position)
        known.append(width)
        open_.append(facts)
    return Edges(tuple(known), tuple(open_), frozenset(doubtful))


def _told(program: Program, scope: Scope, distance: Compiled | None) -> tuple[Fraction | None, u.Facts, bool]:
    """A feature's distance, why it is open, and whether it would be another by verified sources alone."""
    width, facts = _width(distance, scope)
    doubted = program.doubtful and _width(distance, scope.assuming(scope.assumed.of_verified())) != (width, facts)
    return width, facts, doubted


def _looks(fields: Sequence[str], base: Scope, layer: Layer) -> list[Hashable]:
    """What tells a feature from others for a distance or a condition that reads some fields of it.

    A feature without a value is like no other, since an open value is known by its feature. A witness wants to hear of
    every feature.
    """
    if base.evidence.witness is not None:
        return list(range(len(layer.ids)))
    kinds = [kinds_of(layer, name) for name in fields]
    return [tuple([k[position] for k in kinds]) for position in range(len(layer.ids))]


def _width(distance: Compiled | None, scope: Scope) -> tuple[Fraction | None, u.Facts]:
    found: Judged = distance(scope) if distance is not None else u.Num(Fraction(0))
    if isinstance(found, u.Num) and found.is_known:
        return found.const, frozenset()
    return None, found.facts if isinstance(found, u.Num | u.Unknown) else frozenset()


def _belonging(program: Program, base: Scope, layer: Layer) -> list[u.Truth]:
    """For each feature whether it belongs to the norm's subject."""
    if program.where is None:
        return [True] * len(layer.ids)
    told: dict[Hashable, u.Truth] = {}
    found: list[u.Truth] = []
    looks = _looks(program.belongs.fields, base, layer) if not program.belongs.apart else range(len(layer.ids))
    for position, look in enumerate(looks):
        if look not in told:
            fields = {name: column[position] for name, column in layer.columns.items()}
            told[look] = program.where(base.at_record(fields, layer.name))
        found.append(told[look])
    return found
