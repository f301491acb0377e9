"""What must hold of every tree of exceptions, every pair of rivals and every join, whatever the facts.

Small worlds are generated: a rule, exceptions in exceptions, facts that are true, false or not supplied. The expected
outcomes come from a few lines of plain Python beside the engine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from pathlib import Path
from types import MappingProxyType

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from landrules.base.valuetype import Value
from landrules.base.vocabulary import ABSENT_IS_EMPTY
from landrules.engine.decide import decision
from landrules.engine.evaluate import evaluate
from landrules.engine.gather import gather
from landrules.engine.plan import plan
from landrules.engine.verdict import Result, gravest
from landrules.geo import drawing, kernel
from landrules.geo.site import Parcel, Plane, Proposal, Role
from landrules.rules.load import load_ruleset
from landrules.rules.model import Outcome, RuleSet

FACTS = ("is_construction", "is_temporary", "crosses_districts", "dispute_pending")
Facts = Mapping[str, bool]
"""What is supplied; a name that is absent was not."""

WORDS = {
    "lifts": "",
    "asks": 'duty zh "复垦" en "Reclaim the land"',
    "refers": "refers",
}
OUTCOME = {"lifts": Outcome.PERMIT, "asks": Outcome.CONDITIONAL, "refers": Outcome.REFER}
DAY = date(2026, 1, 1)
HEAD = (
    'ruleset t.case { level national  version "1" }\n'
    'instrument law { title zh "法" en "Law"  effective from 2000-01-01 }\n'
)


@dataclass(frozen=True, slots=True)
class Case:
    """An exception: the fact of which it speaks and how it must be, what it does, what excepts it."""

    fact: str
    holds: bool
    word: str
    below: tuple[Case, ...] = ()


def cases(depth: int = 3) -> SearchStrategy[tuple[Case, ...]]:
    """Exceptions side by side, with exceptions in them."""
    return st.lists(single(depth), max_size=3 if depth > 1 else 2).map(tuple)


def single(depth: int) -> SearchStrategy[Case]:
    """One exception with exceptions in it."""
    below = st.just(()) if depth == 0 else cases(depth - 1)
    return st.builds(Case, st.sampled_from(FACTS), st.booleans(), st.sampled_from(sorted(WORDS)), below)


def partial() -> SearchStrategy[Facts]:
    """Some of the facts."""
    return st.dictionaries(st.sampled_from(FACTS), st.booleans())


def written(found: tuple[Case, ...], name: str = "x") -> str:
    """Exceptions as blocks."""
    out = []
    for n, case in enumerate(found):
        condition = f"proposal.{case.fact}" if case.holds else f"not proposal.{case.fact}"
        inner = written(case.below, f"{name}_{n}")
        out.append(f"except {name}_{n} {{ when {condition}  {WORDS[case.word]}  {inner} }}")
    return "\n".join(out)


def rule(name: str, body: str) -> str:
    """A rule that denies the project, with what else stands in it."""
    return f"rule {name} {{ cites law article 1  example  effective from 2020-01-01  {body} }}\n"


@lru_cache(maxsize=256)
def rules_of(text: str) -> RuleSet:
    """The rules of a text."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "case.rules").write_text(HEAD + text, encoding="utf-8")
        return load_ruleset(["case.rules"], Path(folder))


def judged(text: str, facts: Facts) -> dict[str, Result]:
    """What every norm of a text says of a project of which some facts are known."""
    rules = rules_of(text)
    shape = kernel.normal_form(kernel.array_of([drawing.drawn("square", [10.0], [(0.0, 0.0)])]))[0]
    parcel = Parcel("P1", Role.PARCEL, shape, MappingProxyType({}), Decimal("100.00"))
    attributes: dict[str, Value] = {**dict.fromkeys(ABSENT_IS_EMPTY, ()), **facts}
    proposal = Proposal(
        "t", "t", MappingProxyType(attributes), (parcel,), (), (), Plane("engineering"), "", precision_m=0.0
    )
    steps = plan(rules, DAY)
    evidence = gather(rules, steps, proposal, {}, data_as_of=DAY)
    return {r.norm.id.rsplit(".", 1)[-1]: r for r in evaluate(steps.programs, evidence)}


def completions(facts: Facts) -> Iterator[Facts]:
    """All ways to supply what is missing."""
    missing = [f for f in FACTS if f not in facts]
    for values in product((True, False), repeat=len(missing)):
        yield {**facts, **dict(zip(missing, values, strict=True))}


# --------------------------------------------------------------------------- plain Python beside the engine


def lifted(case: Case, facts: Facts) -> Outcome | None:
    """The outcome with which an exception lifts, if it does."""
    if facts[case.fact] is not case.holds:
        return None
    against = [c for c in case.below if lifted(c, facts) is not None]
    if any(c.word != "refers" for c in against):
        return None
    return Outcome.REFER if against else OUTCOME[case.word]


def expected(found: tuple[Case, ...], facts: Facts) -> Outcome:
    """What a rule that denies comes to under its exceptions."""
    outcomes = {o for c in found if (o := lifted(c, facts)) is not None}
    if not outcomes:
        return Outcome.DENY
    return outcomes.pop() if len(outcomes) == 1 else Outcome.REFER


def readable(found: tuple[Case, ...]) -> bool:
    """Whether no two exceptions of the rule always meet with different outcomes, which is a mistake of the text."""
    plain = {(c.fact, c.holds): c.word for c in found if not c.below}
    return all(plain[c.fact, c.holds] == c.word for c in found if not c.below)


# --------------------------------------------------------------------------- exceptions


@settings(max_examples=60, deadline=None)
@given(cases(), partial())
def test_a_tree_of_exceptions_comes_out_as_the_plain_reading_says(found: tuple[Case, ...], facts: Facts) -> None:
    assume(readable(found))
    text = rule("x", "prohibits project\n" + written(found))
    wanted = frozenset(expected(found, all_facts) for all_facts in completions(facts))
    assert judged(text, facts)["x"].possible == wanted


@settings(max_examples=40, deadline=None)
@given(cases(), partial(), st.sampled_from(FACTS), st.booleans())
def test_supplying_a_fact_only_narrows_what_was_possible(
    found: tuple[Case, ...], facts: Facts, name: str, value: bool
) -> None:
    assume(readable(found) and name not in facts)
    text = rule("x", "prohibits project\n" + written(found))
    before, after = judged(text, facts)["x"], judged(text, {**facts, name: value})["x"]
    assert after.possible <= before.possible


@settings(max_examples=40, deadline=None)
@given(cases(1), single(1), partial())
def test_one_more_exception_speaks_for_itself_or_leaves_all_as_it_was(
    found: tuple[Case, ...], more: Case, facts: Facts
) -> None:
    assume(readable((*found, more)))
    full = {**dict.fromkeys(FACTS, True), **facts}
    texts = [rule("x", "prohibits project\n" + written(x)) for x in (found, (*found, more))]
    before, after = (judged(text, full)["x"].outcome for text in texts)
    own = lifted(more, full)
    if own is None:
        assert after is before
    elif before is Outcome.DENY:
        assert after is own
    else:
        assert after in (before, Outcome.REFER)


# --------------------------------------------------------------------------- more law, and rivals

BODIES = st.sampled_from(
    [
        "prohibits project",
        "permits",
        "refers",
        'duty zh "复垦" en "Reclaim the land"',
        "requires proposal.is_temporary",
        "requires not proposal.is_temporary",
    ]
)
SCOPES = st.sampled_from(["", "applies when proposal.is_construction", "applies when not proposal.is_construction"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SCOPES, BODIES), min_size=2, max_size=4), partial())
def test_one_more_limiting_norm_never_lowers_the_decision(norms: list[tuple[str, str]], facts: Facts) -> None:
    texts = [rule(f"n{n}", f"{scope}  {body}") for n, (scope, body) in enumerate(norms)]
    ranks = [
        decision([r.outcome for r in judged("".join(texts[:n]), facts).values()]).rank
        for n in range(1, len(texts) + 1)
        if any(r.outcome is not Outcome.NOT_APPLICABLE for r in judged("".join(texts[:n]), facts).values())
    ]
    assert ranks == sorted(ranks)


@settings(max_examples=80, deadline=None)
@given(SCOPES, BODIES, SCOPES, BODIES, partial())
def test_rivals_are_referred_where_just_one_denies_and_stay_as_they_are_elsewhere(
    one_scope: str, one: str, two_scope: str, two: str, facts: Facts
) -> None:
    always = {"prohibits project", "permits"}
    assume(not (one_scope == two_scope == "" and {one, two} == always))  # a mistake of the text
    alone = [rule("a", f"{one_scope}  {one}"), rule("b", f"{two_scope}  {two}")]
    both = rule("a", f"{one_scope}  {one}  rivals b") + alone[1]
    wanted: dict[str, set[Outcome]] = {"a": set(), "b": set()}
    for full in completions({k: v for k, v in facts.items() if k in FACTS}):
        apart = [judged(text, full)[name].outcome for text, name in zip(alone, "ab", strict=True)]
        clash = Outcome.NOT_APPLICABLE not in apart and (apart[0] is Outcome.DENY) != (apart[1] is Outcome.DENY)
        for name, outcome in zip("ab", apart, strict=True):
            wanted[name].add(Outcome.REFER if clash else outcome)
    found = judged(both, facts)
    for name in "ab":
        possible = found[name].possible
        harmless = wanted[name] <= {Outcome.PERMIT, Outcome.NOT_APPLICABLE}
        assert wanted[name] <= possible or (harmless and possible == {Outcome.PERMIT})
        if len(facts) == len(FACTS):
            assert possible == wanted[name]


# --------------------------------------------------------------------------- the join

OUTCOMES = st.sampled_from(list(Outcome))
POSSIBLE = st.frozensets(OUTCOMES, min_size=1)


def joined(one: frozenset[Outcome], two: frozenset[Outcome]) -> frozenset[Outcome]:
    """What two places may come to together."""
    return frozenset(gravest((a, b)) for a in one for b in two)


@given(OUTCOMES, OUTCOMES, OUTCOMES)
def test_the_join_is_associative_commutative_and_idempotent(a: Outcome, b: Outcome, c: Outcome) -> None:
    assert gravest((a, gravest((b, c)))) is gravest((gravest((a, b)), c)) is gravest((a, b, c))
    assert gravest((a, b)) is gravest((b, a))
    assert gravest((a, a)) is a
    assert gravest((a, Outcome.NOT_APPLICABLE)) is a
    assert gravest(()) is Outcome.NOT_APPLICABLE


@given(POSSIBLE, POSSIBLE, POSSIBLE)
def test_joining_what_is_possible_is_associative_and_commutative_and_narrows_with_its_parts(
    a: frozenset[Outcome], b: frozenset[Outcome], c: frozenset[Outcome]
) -> None:
    assert joined(a, joined(b, c)) == joined(joined(a, b), c)
    assert joined(a, b) == joined(b, a)
    assert a <= joined(a, a) == a
    assert joined(a & b or a, c) <= joined(a, c)
