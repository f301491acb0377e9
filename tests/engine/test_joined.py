"""Verdicts and places that need no joining come out as if they were joined."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from landrules.engine.documents import Duty
from landrules.engine.judge import _at_least, _join
from landrules.engine.on_pieces import _joined
from landrules.engine.verdict import Comparison, Note, Shown, Verdict, gravest
from landrules.rules.expr import TRUE
from landrules.rules.model import Bilingual, Outcome

outcomes = st.sampled_from(Outcome)
text = Bilingual("", "")
verdicts = st.builds(
    Verdict,
    outcomes,
    duties=st.frozensets(
        st.builds(Duty, st.just("duty"), st.sampled_from("abc"), st.just(""), st.just(""), st.just(""))
    ),
    lifted_by=st.lists(st.sampled_from("abc")).map(tuple),
    informed=st.booleans(),
    notes=st.lists(st.builds(Note, st.just("clause"), st.sampled_from("abc"), st.just(""), st.just(text))).map(tuple),
    comparisons=st.lists(
        st.builds(
            Comparison, st.just(TRUE), st.just(TRUE), st.just("<"), st.fractions(), st.just(Fraction(1)), st.booleans()
        ),
        max_size=2,
    ).map(tuple),
    is_hard=st.booleans(),
    values=st.lists(st.builds(Shown, st.just(TRUE), st.fractions()), max_size=2).map(tuple),
)


@given(outcomes, verdicts)
def test_an_outcome_that_brings_nothing_else_is_joined_by_rank(floor: Outcome, verdict: Verdict) -> None:
    assert _at_least(floor, verdict) == _join((Verdict(floor), verdict))


@given(st.lists(st.frozensets(outcomes, min_size=1), min_size=0, max_size=4))
def test_what_remains_possible_is_the_gravest_of_every_combination(each: list[frozenset[Outcome]]) -> None:
    assert _joined(set(each)) == {gravest(one) for one in product(*each)}
