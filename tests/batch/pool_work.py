"""Work for the processes of tests: small functions that a new process can import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence

from landrules.base.diagnostic import Diagnostic, InputError


def doubling() -> Callable[[Sequence[int]], Iterator[int]]:
    """Twice each number; every seventh takes a while, so that answers come out of order."""

    def work(items: Sequence[int]) -> Iterator[int]:
        for item in items:
            time.sleep(0.02 if item % 7 == 0 else 0)
            yield item * 2

    return work


def slow_first() -> Callable[[Sequence[int]], Iterator[int]]:
    """The very first number takes long, all others nothing."""

    def work(items: Sequence[int]) -> Iterator[int]:
        for item in items:
            time.sleep(1.0 if item == 0 else 0)
            yield item

    return work


def deadly() -> Callable[[Sequence[int]], Iterator[int]]:
    """Kills its own process on the numbers 5 and 17."""

    def work(items: Sequence[int]) -> Iterator[int]:
        for item in items:
            if item in (5, 17):
                os.kill(os.getpid(), signal.SIGKILL)
            yield item

    return work


def still_born() -> Callable[[Sequence[int]], Iterator[int]]:
    """Ends its process before any work."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def refusing() -> Callable[[Sequence[int]], Iterator[int]]:
    """Says what is wrong instead of working."""
    raise InputError(Diagnostic("LR501", {"path": "nowhere"}))


def telling() -> Callable[[Sequence[int]], Iterator[int]]:
    """Tells its process, a second after having been asked for the number 1."""

    def work(items: Sequence[int]) -> Iterator[int]:
        for item in items:
            time.sleep(1.0 if item else 0.1)
            yield os.getpid()

    return work


def lost(item: int, code: int | None) -> int:
    """The answer for an item that ended its process."""
    return -1000 * item + (code or 0)
