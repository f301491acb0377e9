"""What is kept, recalled, grouped or proved by areas is what is worked out: whole answers with all of it and without."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrules.base.frozen import replace
from landrules.engine import aggregate, featureless, lookup, on_pieces, worked
from landrules.engine.answer import Answer
from landrules.engine.evidence import Overlaid
from landrules.engine.explore import Assumptions, Split
from landrules.engine.lookup import _stands
from landrules.engine.memo import Memo
from landrules.engine.reached import Reached
from landrules.engine.reads import Reads
from landrules.engine.recall import Recall
from landrules.engine.scope import Judged, Scope
from landrules.engine.unknown import Atom, Maybe, Num
from landrules.engine.worked import numbers_of
from landrules.geo.pieces import Pieces
from landrules.road import Session

EXAMPLES = Path(__file__).parents[2] / "examples"
PROPOSALS = tuple(sorted(p for c in ("qingxi", "minneapolis") for p in (EXAMPLES / c / "proposals").glob("*.geojson")))

quick = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    return {county: Session.open(EXAMPLES / county) for county in ("qingxi", "minneapolis")}


def defeat(patch: pytest.MonkeyPatch) -> None:
    """Everything is worked out each time it is asked, for each piece by itself, from its ground."""

    def worked_out(_: Memo, __: Hashable, work_out: Callable[[], object]) -> object:
        return work_out()

    def run(_: Recall[object], assumed: Assumptions, part: Callable[[Assumptions], object]) -> object:
        return part(assumed)

    def singly(_: Overlaid, rows: Sequence[int], __: Reads) -> tuple[tuple[int, ...], ...]:
        return tuple((row,) for row in rows)

    def alike(
        scope: Scope, ground: Overlaid, rows: tuple[int, ...], value: Callable[[Scope], Judged] | None, reads: Reads
    ) -> Mapping[int, Num]:
        return numbers_of(scope, ground, rows, value, replace(reads, only=""))

    patch.setattr(Memo, "of", worked_out)
    patch.setattr(Recall, "of", run)
    patch.setattr(Overlaid, "alike", singly)
    patch.setattr(on_pieces, "tells_places_apart", lambda *_: True)
    patch.setattr(Overlaid, "unfilled", lambda _: None)
    patch.setattr(featureless, "is_filled", lambda _: False)
    patch.setattr(Pieces, "is_gapless", property(lambda _: False))
    patch.setattr(Assumptions, "asked_who_speaks", property(lambda _: True))
    patch.setattr(lookup, "_standing", lambda dated, day: replace(_stands(dated, day), group=None))
    for room in (aggregate, worked):
        patch.setattr(room, "numbers_of", alike)
    patch.setattr(Reached, "fills", lambda *_: False)
    patch.setattr(Reached, "outside", lambda self, pieces: pieces.outside(self.extent))


@pytest.mark.parametrize("path", PROPOSALS, ids=lambda p: p.stem)
def test_whole_answers_are_the_same_without(sessions: dict[str, Session], path: Path) -> None:
    session = sessions[path.parts[-3]]
    proposal = session.read(path)
    kept: Answer = session.answer(proposal)
    with pytest.MonkeyPatch.context() as patch:
        defeat(patch)
        assert session.answer(proposal) == kept


NAMES = tuple(f"fact {n}" for n in range(4))
ways = st.lists(
    st.tuples(*(st.sampled_from((None, False, True)) for _ in NAMES), st.booleans()), min_size=2, max_size=8
)
"""What is assumed of each fact in each of some ways, and whether only verified sources speak."""


def assumptions(way: tuple[bool | None, ...]) -> Assumptions:
    told = zip(NAMES, way[:-1], strict=True)
    truths = tuple((Atom(name, frozenset()), truth) for name, truth in told if truth is not None)
    return Assumptions(truths, strict=way[-1] is True)


next_asked = st.lists(st.sampled_from((*NAMES, "")), min_size=8, max_size=8)
"""After each fact and each truth of it, the fact asked next, or that nothing more is asked."""


@given(next_asked, ways)
@quick
def test_a_part_is_recalled_only_where_it_would_come_to_the_same(
    following: list[str], tried: list[tuple[bool | None, ...]]
) -> None:
    """A part that asks whatever an earlier answer makes it ask, run in many ways: recalled and run afresh agree."""
    recall: Recall[tuple[bool, ...]] = Recall()

    def part(assumed: Assumptions) -> tuple[bool, ...]:
        seen: list[bool] = []
        name = NAMES[0]
        while name and len(seen) < 6:
            told = assumed.truth(assumed.settle(Maybe((Atom(name, frozenset()),))))
            seen.append(told)
            name = following[2 * NAMES.index(name) + told]
        return (*seen, assumed.only_verified()) if seen[-1] else tuple(seen)

    for way in tried:
        assumed = assumptions(way)
        assert came_of(lambda a: recall.of(a, part), assumed) == came_of(part, assumed)


def came_of(part: Callable[[Assumptions], tuple[bool, ...]], assumed: Assumptions) -> tuple[bool, ...] | str:
    try:
        return part(assumed)
    except Split as split:
        return split.atom.key


@given(ways)
@quick
def test_whoever_listens_hears_of_what_was_recalled(tried: list[tuple[bool | None, ...]]) -> None:
    """A part within a part: the outer one is recalled by what the inner one asked as well."""
    inner: Recall[bool] = Recall()
    outer: Recall[tuple[bool, bool]] = Recall()

    def small(assumed: Assumptions) -> bool:
        first = assumed.told(NAMES[0]) is True
        return (assumed.told(NAMES[1]) if first else assumed.told(NAMES[2])) is True

    def large(assumed: Assumptions, ask: Callable[[Assumptions], bool]) -> tuple[bool, bool]:
        return ask(assumed), assumed.told(NAMES[3]) is True

    for way in tried:
        assumed = assumptions(way)
        recalled = outer.of(assumed, lambda a: large(a, lambda b: inner.of(b, small)))
        assert recalled == large(assumed, small)
