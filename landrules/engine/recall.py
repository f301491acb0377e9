"""What came of a part of a judgement in one way, recalled in every other way that agrees in all that the part asked.

A part of a judgement is the same function of what is assumed, run again in each way that open truths could turn out. It
asks for truths and ranges one after another, and what it asks next hangs on nothing but the answers so far. So all its
runs make up a tree: a question at each fork, an answer on each branch, what came of it at the leaves. A way that gives the
answers of a branch comes to its leaf; one that gives another answer is run, and grows the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from landrules.base.frozen import record
from landrules.engine.explore import Assumptions, Split
from landrules.engine.unknown import Answer, Atom, Question

T = TypeVar("T")


@record
class Recall(Generic[T]):
    """A fork or a leaf of the tree of one part; a new one is neither until the part has run.

    A leaf holds what came of it: a value, or the open truth on which the judgement must split.
    """

    question: Question | None = None
    ways: dict[Answer, Recall[T]] | None = None
    came: tuple[T, ...] = ()
    split: Atom | None = None

    def of(self, assumed: Assumptions, run: Callable[[Assumptions], T]) -> T:
        """What comes of the part under some assumptions, which hear what it asks. Raises `Split` as running it does."""
        here = self
        while here.question is not None:
            further = here.ways.get(assumed.answer(here.question)) if here.ways is not None else None
            if further is None:
                break
            here = further
        if here.came:
            return here.came[0]
        if here.split is not None:
            raise Split(here.split)
        return self._grown(assumed, run)

    def _grown(self, assumed: Assumptions, run: Callable[[Assumptions], T]) -> T:
        heard = assumed.listener
        if heard is None:
            heard = []
            assumed = assumed.heard_by(heard)
        before = len(heard)
        try:
            came = run(assumed)
        except Split as split:
            self._leaf(heard, before).split = split.atom
            raise
        self._leaf(heard, before).came = (came,)
        return came

    def _leaf(self, heard: Sequence[tuple[Question, Answer]], before: int) -> Recall[T]:
        """The leaf to which the answers lead that were heard since some moment."""
        here = self
        if len(heard) == before:
            return here
        for question, answer in dict(
            heard[before:]
        ).items():  # the same question has the same answer, in its first place
            here.question = question
            here.ways = here.ways if here.ways is not None else {}
            here = here.ways.setdefault(answer, Recall())
        return here
