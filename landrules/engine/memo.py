"""What was worked out once of a frozen value, kept beside it.

An answer may be kept only under a key that names everything it hangs on. So a memo stands in the value that its answers
are about, and is born empty with it, also in a copy made by `replace`; the key holds the rest: the question, and the
arguments themselves or, for what is compared by identity, the objects, which the key then keeps alive.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")

_NONE = object()


class Memo:
    """Answers by question. Threads may share one: both work out the same answer, and one of them is kept."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}

    def of(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """The answer kept under a key, worked out where there is none yet."""
        found = self._kept.get(key, _NONE)
        if found is _NONE:
            found = self._kept[key] = work_out()
        return cast(T, found)
