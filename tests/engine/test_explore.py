"""Every way the unknowns could turn out, and which facts it takes: checked against all completions by brute force."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from itertools import product as cartesian

from hypothesis import given
from hypothesis import strategies as st

from landrules.base.valuetype import Absence, Missing
from landrules.engine import unknown as u
from landrules.engine.explore import LEAF_LIMIT, Assumptions, explore, minimal_missing

FACTS = tuple(Missing(f"proposal.f{i}", Absence.NOT_SUPPLIED) for i in range(4))
Table = dict[tuple[bool, ...], str]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[u.Atom], Table]:
    """Up to four atoms, each resting on one or two facts, and an outcome for every way they could be."""
    count = draw(st.integers(1, 4))
    atoms = [
        u.Atom(f"atom {i}", frozenset(draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=2))))
        for i in range(count)
    ]
    outcomes = st.sampled_from(("deny", "permit", "refer"))
    return atoms, {way: draw(outcomes) for way in cartesian((False, True), repeat=count)}


def judged(atoms: Sequence[u.Atom], table: Table, assumed: Assumptions) -> str:
    """The outcome, asking for each atom in turn and only as long as it matters."""
    known: list[bool] = []
    for atom in atoms:
        left = {o for way, o in table.items() if list(way[: len(known)]) == known}
        if len(left) == 1:
            return left.pop()
        known.append(assumed.truth(assumed.settle(u.Maybe((atom,)))))
    return table[tuple(known)]


def decides(told: Sequence[Missing], atoms: Sequence[u.Atom], table: Table) -> bool:
    """Whether knowing some facts decides, whatever they are: no two ways that agree on what they tell differ."""
    seen = [i for i, a in enumerate(atoms) if a.facts <= frozenset(told)]
    groups: dict[tuple[bool, ...], set[str]] = {}
    for way, outcome in table.items():
        groups.setdefault(tuple(way[i] for i in seen), set()).add(outcome)
    return all(len(g) == 1 for g in groups.values())


@given(cases())
def test_the_leaves_are_every_outcome_and_no_other(case: tuple[list[u.Atom], Table]) -> None:
    atoms, table = case
    found = explore(lambda assumed: judged(atoms, table, assumed))
    assert found.exhausted
    for way, outcome in table.items():
        truths = {a.key: t for a, t in zip(atoms, way, strict=True)}
        met = [x for x in found.leaves if all(truths[a.key] == t for a, t in x.assumed.truths)]
        assert [x.result for x in met] == [outcome]


@given(cases())
def test_what_is_missing_decides_and_none_of_it_can_be_left_out(case: tuple[list[u.Atom], Table]) -> None:
    atoms, table = case
    found = explore(lambda assumed: judged(atoms, table, assumed))
    missing = minimal_missing(found.leaves, lambda outcome: outcome)
    assert decides(missing, atoms, table)
    for size in range(len(missing)):
        assert not any(decides(part, atoms, table) for part in combinations(missing, size))


@given(cases())
def test_what_is_missing_does_not_hang_on_the_order_of_questions(case: tuple[list[u.Atom], Table]) -> None:
    atoms, table = case
    turned = {tuple(reversed(way)): outcome for way, outcome in table.items()}
    there = explore(lambda assumed: judged(atoms, table, assumed))
    back = explore(lambda assumed: judged(list(reversed(atoms)), turned, assumed))
    assert {x.result for x in there.leaves} == {x.result for x in back.leaves}


@given(st.lists(st.tuples(st.integers(-2, 12), st.booleans()), min_size=1, max_size=4), st.integers(0, 40))
def test_comparisons_of_one_number_agree_with_each_other(bounds: list[tuple[int, bool]], quarter: int) -> None:
    area = u.unknown_number("area", frozenset((FACTS[0],)), u.Range(Fraction(0), Fraction(10)))
    value = Fraction(quarter, 4)

    def judge(assumed: Assumptions) -> tuple[bool, ...]:
        found = []
        for bound, strict in bounds:
            truth = u.compared(area - u.Num(Fraction(bound)), strict=strict, ranges=assumed.ranges)
            found.append(assumed.truth(assumed.settle(truth)))
        return tuple(found)

    ways = {leaf.result for leaf in explore(judge).leaves}
    assert tuple(value > b if strict else value >= b for b, strict in bounds) in ways
    for way in ways:  # each way is one that some number brings about
        points = [Fraction(n, 4) for n in range(41)]
        assert any(way == tuple(p > b if strict else p >= b for b, strict in bounds) for p in points)


def test_beyond_the_limit_nothing_is_claimed() -> None:
    atoms = [u.Atom(f"a{i:02}", frozenset((FACTS[i % 4],))) for i in range(12)]

    def judge(assumed: Assumptions) -> int:
        return sum(assumed.truth(assumed.settle(u.Maybe((a,)))) for a in atoms)

    found = explore(judge)
    assert not found.exhausted
    assert len(found.leaves) <= LEAF_LIMIT
    assert found.open_facts == frozenset(FACTS)


CODES = ("a", "a1", "a2", "b", "b1")
UNDER = {"a": {"a", "a1", "a2"}, "a1": {"a1"}, "a2": {"a2"}, "b": {"b", "b1"}, "b1": {"b1"}}


@given(
    st.lists(st.lists(st.sampled_from(CODES), min_size=1, max_size=2), min_size=1, max_size=5),
    st.integers(0, 2),
    st.sampled_from(("deny", "permit", "sum")),
)
def test_questions_about_one_code_come_out_as_some_code_brings_about(
    asked: list[list[str]], wanted: int, way_of: str
) -> None:
    """What comes of all codes of the scheme, and of a value beyond it, is what the ways come to, each once."""
    facts = frozenset((FACTS[0],))
    groups = [frozenset().union(*(UNDER[c] for c in codes)) for codes in asked]
    of = ("zone", "s", facts)

    def outcome(truths: Sequence[bool]) -> object:
        return sum(truths) if way_of == "sum" else way_of if sum(truths) > wanted else "refer"

    def judge(assumed: Assumptions) -> object:
        found = []
        for n, group in enumerate(groups):
            atom = u.Atom(f"zone in {asked[n]}", facts, choice=u.Choice(of, group))
            found.append(assumed.truth(assumed.settle(u.Maybe((atom,)))))
        return outcome(found)

    leaves = explore(judge).leaves
    worlds = {tuple(code in g for g in groups) for code in (*CODES, "beyond")}
    assert len(leaves) == len(worlds)
    assert {leaf.result for leaf in leaves} == {outcome(world) for world in worlds}
    assert minimal_missing(leaves, lambda o: o) == ((FACTS[0],) if len({outcome(w) for w in worlds}) > 1 else ())


def test_what_two_codes_are_is_two_questions() -> None:
    def judge(assumed: Assumptions) -> tuple[bool, ...]:
        codes = frozenset(("a",))
        atoms = [
            u.Atom(f"{f.name} in a", frozenset((f,)), choice=u.Choice((f.name, "s", frozenset((f,))), codes))
            for f in FACTS[:2]
        ]
        return tuple(assumed.truth(assumed.settle(u.Maybe((atom,)))) for atom in atoms)

    assert len(explore(judge).leaves) == 4


def test_a_path_that_never_asked_what_follows_is_not_taken_for_another_world() -> None:
    """In which order two codes that rule each other out are asked for may hang on a third fact: it still decides nothing."""
    first, third = frozenset((FACTS[0],)), FACTS[1]
    a, b = (u.Atom(f"zone in {c}", first, choice=u.Choice(("zone", "s", first), frozenset((c,)))) for c in "ab")
    turn = u.Atom("turn", frozenset((third,)))

    def judge(assumed: Assumptions) -> str:
        order = (a, b) if assumed.truth(assumed.settle(u.Maybe((turn,)))) else (b, a)
        for atom in order:
            if assumed.truth(assumed.settle(u.Maybe((atom,)))):
                return atom.key
        return "neither"

    leaves = explore(judge).leaves
    assert minimal_missing(leaves, lambda o: o) == (FACTS[0],)
