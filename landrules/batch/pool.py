"""Work handed to processes in chunks, answers taken back in the order of the items.

Every process has a pipe of its own and nothing is shared, so that one that is killed spoils nothing for the others.
Items are handed out in order and never further ahead of the last answer given than a fixed number, so that what waits
is bounded however large the batch is. The items of a process that died are tried again one by one; an item that ends a
process when it is alone gets the answer that `lost` makes.

Invariant: the answers do not depend on the number of processes.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Literal, TypeVar

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.batch.worker import Opening, serve

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Start = Literal["fork", "spawn"]

MOST_JOBS = 8
CHUNK = 8
"""Items of a chunk: so many are looked up together, and so few that no process waits long for the others at the end."""

_FEWEST = 2
"""Items of the first chunks."""

AHEAD = 4
"""Chunks for each process that may be under way or wait before the earliest one is finished."""

_MOST_FAILED_STARTS = 3


def default_jobs() -> int:
    """One process for each processor this program may use, eight at most."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(MOST_JOBS, allowed or 1)


def default_start() -> Start:
    """Copies of this process where that is safe (Linux, no other thread), else new ones."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


@dataclass(slots=True)
class _Process(Generic[Item]):
    process: BaseProcess
    pipe: Connection[Any, Any]
    open: deque[tuple[int, Item]] = field(default_factory=deque)
    is_ready: bool = False


@dataclass(slots=True)
class Pool(Generic[Item, Answer]):
    """Some processes that do the same work. `opening` makes the work in each of them; with `spawn` it is pickled.

    `lost` answers for an item that ended its process; it is given the exit code, negative for a signal.
    """

    opening: Opening[Item, Answer]
    lost: Callable[[Item, int | None], Answer]
    jobs: int
    start: Start = field(default_factory=default_start)
    chunk: int = CHUNK
    most_waiting: int = 0
    """The largest number of answers that ever waited for an earlier one."""

    _processes: list[_Process[Item]] = field(default_factory=list)
    _again: deque[list[tuple[int, Item]]] = field(default_factory=deque)
    _alone: set[int] = field(default_factory=set)
    _ready: dict[int, Answer] = field(default_factory=dict)
    _failed_starts: int = 0

    def answers(self, items: Iterator[Item]) -> Iterator[Answer]:
        """The answers in the order of the items. Raises `InputError` as `opening` does, and LR852."""
        numbered = enumerate(items)
        given = handed = 0
        is_finished = False
        try:
            while True:
                while handed - given + self.chunk <= self.jobs * self.chunk * AHEAD or self._again:
                    idle = self._idle()
                    if idle is None:
                        break
                    if self._again:
                        self._hand(idle, self._again.popleft())
                        continue
                    chunk = [] if is_finished else list(islice(numbered, self._size(handed)))
                    is_finished = not chunk
                    if is_finished:
                        break
                    handed += len(chunk)
                    self._hand(idle, chunk)
                busy = [p for p in self._processes if p.open]
                if not busy and not self._ready:
                    return
                for pipe in wait([p.pipe for p in busy]):
                    self._take(next(p for p in busy if p.pipe is pipe))
                self.most_waiting = max(self.most_waiting, len(self._ready))
                while given in self._ready:
                    yield self._ready.pop(given)
                    given += 1
        finally:
            self._close()

    def _size(self, handed: int) -> int:
        """How many items the next chunk has: few at first, so that a short batch is spread over all processes."""
        return min(self.chunk, max(_FEWEST, handed // (2 * self.jobs)))

    def _idle(self) -> _Process[Item] | None:
        """A process without work, a new one if need be; none where all are at work."""
        idle = next((p for p in self._processes if not p.open), None)
        if idle is None and len(self._processes) < self.jobs:
            idle = self._new()
        return idle

    def _new(self) -> _Process[Item]:
        own, other = multiprocessing.Pipe()
        inherited = [own, *(p.pipe for p in self._processes)] if self.start == "fork" else []
        process = _kind(self.start)(target=serve, args=(other, inherited, self.opening), daemon=True)
        process.start()
        other.close()  # so that the pipe ends when the process does
        made = _Process[Item](process, own)
        self._processes.append(made)
        return made

    def _hand(self, to: _Process[Item], chunk: Sequence[tuple[int, Item]]) -> None:
        to.open.extend(chunk)
        with suppress(BrokenPipeError, ConnectionResetError):  # it is dead; taking from it says so
            to.pipe.send([item for _, item in chunk])

    def _take(self, process: _Process[Item]) -> None:
        """One message of a process that is at work, or that it is dead."""
        try:
            kind, value = process.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._bury(process)
            return
        if kind == "refused":
            raise InputError(value)
        if kind == "ready":
            process.is_ready, self._failed_starts = True, 0
            return
        index, _ = process.open.popleft()
        self._ready[index] = value

    def _bury(self, dead: _Process[Item]) -> None:
        """Give the items of a dead process back; the one it died of alone is lost."""
        self._processes.remove(dead)
        dead.pipe.close()
        dead.process.join()
        left = list(dead.open)
        if not dead.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_FAILED_STARTS:
                raise InputError(Diagnostic("LR852", {"code": str(dead.process.exitcode)}))
            self._again.append(left)
            return
        index, item = left[0]
        if index in self._alone:
            self._ready[index] = self.lost(item, dead.process.exitcode)
            return
        self._alone.update(index for index, _ in left)
        self._again.extend([one] for one in left)

    def _close(self) -> None:
        """End every process: an idle one by the end of its pipe, one at work at once."""
        for process in self._processes:
            process.pipe.close()
            if process.open:
                process.process.terminate()
        for process in self._processes:
            process.process.join(5)
            if process.process.is_alive():
                process.process.kill()
                process.process.join()
        self._processes.clear()


def _kind(start: Start) -> Callable[..., BaseProcess]:
    """What makes a process that starts in some way."""
    if start == "fork":
        return multiprocessing.get_context("fork").Process
    return multiprocessing.get_context("spawn").Process
