"""Every way the unknown facts could turn out, and which facts it takes to decide.

A judgement runs as if everything were known; where it meets an open truth it stops with `Split`, and is run again once
for each way. Comparisons with one unknown number narrow its range, so that later comparisons agree; so do questions for
one unknown code, which is one and not two. The leaves give the outcomes still possible; the facts behind the splits give
the minimal set that decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from itertools import product as cartesian
from typing import Generic, TypeVar

from landrules.base.frozen import frozen
from landrules.base.valuetype import Missing
from landrules.engine.unknown import VERIFIED, Answer, Atom, Choice, Facts, Maybe, Question, Ranges, Truth

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


Of = tuple[str, str, Facts]


@frozen
class Left:
    """What is left of the codes that a value may be: one of `among`, or of all codes but `without`; one of no scheme, too."""

    among: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def narrowed(self, codes: frozenset[str], *, inside: bool) -> Left | None:
        """What is left where the value is one of some codes, or none of them; `None` where nothing is."""
        if self.among is None and not inside:
            return Left(None, self.without | codes)
        before = codes - self.without if self.among is None else self.among & codes if inside else self.among - codes
        return Left(before) if before else None

    def tells(self, codes: frozenset[str]) -> bool | None:
        """Whether it is one of some codes, as far as that is settled."""
        if self.among is None:
            return False if codes <= self.without else None
        return True if self.among <= codes else False if self.among.isdisjoint(codes) else None


ANY_CODE = Left()


@frozen
class Assumptions:
    """One way the open truths could be, where all sources speak or, if `strict`, verified ones only.

    A `listener` is told of every question asked, with its answer; whoever cares for what a part asks looks at how far
    the list has grown.
    """

    truths: tuple[tuple[Atom, bool], ...] = ()
    ranges: Ranges = NO_RANGES
    strict: bool = False
    listener: list[tuple[Question, Answer]] | None = field(default=None, compare=False, repr=False)
    left: tuple[tuple[Of, Left], ...] = ()

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
        if isinstance(question, Choice):
            return self.chosen(question)
        kind, key = question
        if kind == "truth":
            return self.told(key)
        return self.ranges.assumed(key) if kind == "range" else self.only_verified()

    def chosen(self, choice: Choice) -> bool | None:
        """What is assumed of a choice, or follows from what is assumed of others about the same value."""
        found = self._left_of(choice.of).tells(choice.codes)
        if self.listener is not None:
            self.listener.append((choice, found))
        return found

    def _left_of(self, of: Of) -> Left:
        for own, left in self.left:
            if own == of:
                return left
        return ANY_CODE

    def only_verified(self) -> bool:
        """Whether only verified sources speak. To be asked where one that is not verified would."""
        if self.listener is not None:
            self.listener.append((VERIFIED, self.strict))
        return self.strict

    def of_verified(self) -> Assumptions:
        """The same where only verified sources speak."""
        return Assumptions(self.truths, self.ranges, True, self.listener, self.left)

    @property
    def asked(self) -> int:
        """How many questions were asked. Raises `LookupError` where nobody listens."""
        if self.listener is None:
            raise LookupError("nobody listens")
        return len(self.listener)

    @property
    def asked_who_speaks(self) -> bool:
        """Whether it was asked if only verified sources speak; who never asks says the same either way."""
        return self.listener is None or any(question == VERIFIED for question, _ in self.listener)

    def heard_by(self, listener: list[tuple[Question, Answer]]) -> Assumptions:
        """The same assumptions, and somebody who hears what is asked of them."""
        return Assumptions(self.truths, Ranges(self.ranges.known, listener), self.strict, listener, self.left)

    def truth(self, value: Truth) -> bool:
        """The truth under these assumptions. Raises `Split` with the first open atom."""
        if isinstance(value, bool):
            return value
        raise Split(value.atoms[0])

    def settle(self, value: Truth) -> Truth:
        """A truth with what is assumed of its atoms filled in; a lone assumed atom becomes known."""
        if isinstance(value, Maybe) and len(value.atoms) == 1:
            atom = value.atoms[0]
            told = self.told(atom.key) if atom.choice is None else self.chosen(atom.choice)
            return value if told is None else told
        return value

    def assume(self, atom: Atom, truth: bool) -> Assumptions | None:
        """These assumptions and one more, or `None` where they contradict one another."""
        ranges, left = self.ranges, self.left
        if atom.choice is not None:
            of = atom.choice.of
            fewer = self._left_of(of).narrowed(atom.choice.codes, inside=truth)
            if fewer is None:
                return None
            left = (*(known for known in left if known[0] != of), (of, fewer))
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
        return Assumptions((*self.truths, (atom, truth)), ranges, self.strict, left=left)


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
        assumed = waiting.pop().heard_by([])
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
        if _decided(paths, [a for _, a in sorted(atoms.items()) if a.facts <= frozenset(fewer)]):
            needed = fewer
    return tuple(needed)


def _decided(paths: Sequence[tuple[dict[str, bool], object]], told: Sequence[Atom]) -> bool:
    choices = [a for a in told if a.choice is not None]
    for truths in cartesian((False, True), repeat=len(told)):
        given = {a.key: t for a, t in zip(told, truths, strict=True)}
        if choices and not _agree((a, given[a.key]) for a in choices):
            continue
        outcomes = {o for path, o in paths if all(given.get(k, t) == t for k, t in path.items())}
        if len(outcomes) > 1:
            return False
    return True


def _agree(truths: Iterable[tuple[Atom, bool]]) -> bool:
    """Whether some value of each open code brings about all of some truths."""
    assumed: Assumptions | None = Assumptions()
    for atom, truth in truths:
        assumed = assumed.assume(atom, truth) if assumed is not None else None
    return assumed is not None
