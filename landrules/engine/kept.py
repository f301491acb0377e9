"""What was worked out of parts of the law, which stay as they are as long as the process asks of them.

The law is read once and asked of for every proposal: its texts, what its expressions compile to, which of them ask of a
layer. Expressions are large, and comparing two of them walks both, so they are told apart here by being the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """A function of frozen things, worked out once for each of them and for what else is asked.

    What is asked about is held with its answer, so that no other thing can take its identity. At most `most` answers are
    held; then all are let go of. Threads may share one: both work out the same answer, and one of them is kept.
    """

    __slots__ = ("_answers", "_most", "_work_out")

    def __init__(self, work_out: Callable[..., V], most: int = 4096) -> None:
        self._work_out, self._most = work_out, most
        self._answers: dict[Hashable, tuple[K, V]] = {}

    def __call__(self, about: K, *asked: Hashable) -> V:
        """The answer about a thing; `asked` are further arguments."""
        key = (id(about), asked)
        found = self._answers.get(key)
        if found is not None:
            return found[1]
        answer = self._work_out(about, *asked)
        if len(self._answers) >= self._most:
            self._answers.clear()
        self._answers[key] = about, answer
        return answer
