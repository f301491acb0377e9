"""Every way the unknown facts could turn out, and which facts it takes to decide.

A judgement runs as if everything were known; where it meets an open truth it stops with `Split`, and is run again once
for each way. Comparisons with one unknown number narrow its range, so that later comparisons agree. The leaves give the
outcomes still possible; the facts behind the splits give the minimal set that decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from itertools import product as cartesian
from typing import Generic, TypeVar

from landrules.base.frozen import frozen
from landrules.base.valuetype import Missing
from landrules.engine.unknown import VERIFIED, Answer, Atom, Facts, Maybe, Question, Ranges, Truth

T = TypeVar("T")

LEAF_LIMIT = 1024
"""Beyond so many ways nothing is claimed: every outcome stays possible and every open fact is named."""

ATOM_LIMIT = 10
"""Up to so many open truths the minimal set is searched; beyond, all open facts are named."""


class Split(Exception):
    """The judgement needs a truth that is open."""

    def __init__(self, atom: Atom) -> None:
        super().__init__(atom.key)
        self.atom = atom


NO_RANGES = Ranges()


@frozen
class Assumptions:
    """One way the open truths could be, where all sources speak or, if `strict`, verified ones only.

    A `listener` is told of every question asked, with its answer.
    """

    truths: tuple[tuple[Atom, bool], ...] = ()
    ranges: Ranges = NO_RANGES
    strict: bool = False
    listener: list[tuple[Question, Answer]] | None = field(default=None, compare=False, repr=False)

    def told(self, key: str) -> bool | None:
        """What is assumed of an atom, if anything is."""
        found = None
        for atom, truth in self.truths:
            if atom.key == key:
                found = truth
                break
        if self.listener is not None:
            self.listener.append((("truth", key), found))
        return found

    def answer(self, question: Question) -> Answer:
        """The answer to a question."""
        kind, key = question
        if kind == "truth":
            return self.told(key)
        return self.ranges.assumed(key) if kind == "range" else self.only_verified()

    def only_verified(self) -> bool:
        """Whether only verified sources speak. To be asked where one that is not verified would."""
        if self.listener is not None:
            self.listener.append((VERIFIED, self.strict))
        return self.strict

    def of_verified(self) -> Assumptions:
        """The same where only verified sources speak."""
        return Assumptions(self.truths, self.ranges, True, self.listener)

    def heard_by(self, listener: list[tuple[Question, Answer]]) -> Assumptions:
        """The same assumptions, and somebody who hears what is asked of them."""
        return Assumptions(self.truths, Ranges(self.ranges.known, listener), self.strict, listener)

    def truth(self, value: Truth) -> bool:
        """The truth under these assumptions. Raises `Split` with the first open atom."""
        if isinstance(value, bool):
            return value
        raise Split(value.atoms[0])

    def settle(self, value: Truth) -> Truth:
        """A truth with what is assumed of its atoms filled in; a lone assumed atom becomes known."""
        if isinstance(value, Maybe) and len(value.atoms) == 1:
            told = self.told(value.atoms[0].key)
            return value if told is None else told
        return value

    def assume(self, atom: Atom, truth: bool) -> Assumptions | None:
        """These assumptions and one more, or `None` where they contradict one another."""
        ranges = self.ranges
        if atom.number is not None and len(atom.number.terms) == 1:
            (var, coefficient), constant = atom.number.terms[0], atom.number.const
            bound = -constant / coefficient
            strict = atom.strict if truth else not atom.strict
            upward = (coefficient > 0) == truth
            old = ranges.of(var)
            new = old.above(bound, strict=strict) if upward else old.below(bound, strict=strict)
            if new.is_empty:
                return None
            ranges = ranges.with_range(var.key, new)
        return Assumptions((*self.truths, (atom, truth)), ranges, self.strict)


@frozen
class Leaf(Generic[T]):
    """One way, and what comes of it."""

    assumed: Assumptions
    result: T


@frozen
class Exploration(Generic[T]):
    """All ways. `exhausted` is false where the limit stopped the search; `open_facts` are all facts met."""

    leaves: tuple[Leaf[T], ...]
    exhausted: bool

    @property
    def open_facts(self) -> Facts:
        """Every fact behind an open truth."""
        return frozenset().union(*(a.facts for leaf in self.leaves for a, _ in leaf.assumed.truths))


def explore(judge: Callable[[Assumptions], T], start: Assumptions | None = None) -> Exploration[T]:
    """Run a judgement in every way that its open truths allow, beyond what is assumed at the `start`."""
    leaves: list[Leaf[T]] = []
    waiting = [start or Assumptions()]
    while waiting:
        assumed = waiting.pop()
        try:
            leaves.append(Leaf(assumed, judge(assumed)))
        except Split as split:
            ways = (assumed.assume(split.atom, truth) for truth in (False, True))
            waiting.extend(w for w in ways if w is not None)
        if len(leaves) + len(waiting) > LEAF_LIMIT:
            return Exploration(tuple(leaves), exhausted=False)
    return Exploration(tuple(leaves), exhausted=True)


def minimal_missing(leaves: Sequence[Leaf[T]], key: Callable[[T], object]) -> tuple[Missing, ...]:
    """An inclusion-minimal set of facts: whatever they turn out to be, the outcome is decided.

    Starts from all open facts and drops them greedily in name order.
    """
    atoms = {a.key: a for leaf in leaves for a, _ in leaf.assumed.truths}
    needed = sorted(frozenset().union(*(a.facts for a in atoms.values())))
    if len(atoms) > ATOM_LIMIT:
        return tuple(needed)
    paths = [({a.key: t for a, t in leaf.assumed.truths}, key(leaf.result)) for leaf in leaves]
    for fact in tuple(needed):
        fewer = [f for f in needed if f is not fact]
        if _decided(paths, [k for k, a in sorted(atoms.items()) if a.facts <= frozenset(fewer)]):
            needed = fewer
    return tuple(needed)


def _decided(paths: Sequence[tuple[dict[str, bool], object]], told: Sequence[str]) -> bool:
    for truths in cartesian((False, True), repeat=len(told)):
        given = dict(zip(told, truths, strict=True))
        outcomes = {o for path, o in paths if all(given.get(k, t) == t for k, t in path.items())}
        if len(outcomes) > 1:
            return False
    return True
