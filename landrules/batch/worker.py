"""What runs in each process of a batch: open once, then chunk after chunk, answer by answer.

The process ends when its pipe does: after the last chunk, and when the process that started it is gone.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from landrules.base.diagnostic import InputError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Work = Callable[[Sequence[Item]], Iterator[Answer]]
"""Answers to some items, in their order."""

Opening = Callable[[], Work[Item, Answer]]


def serve(
    pipe: Connection[Any, Any], inherited: Sequence[Connection[Any, Any]], opening: Opening[Item, Answer]
) -> None:
    """Answer what comes through a pipe until it ends.

    `inherited` are ends of pipes that a copied process holds too; they are closed, else no pipe would ever end.
    Messages out: ("refused", diagnostics), ("ready", None), then ("answer", value) for each item.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one ends it
    for other in inherited:
        other.close()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            work = opening()
        except InputError as error:
            pipe.send(("refused", error.diagnostics))
            return
        gc.freeze()  # law and session live as long as the process: the collector need not look through them each time
        pipe.send(("ready", None))
        while True:
            for answer in work(pipe.recv()):
                pipe.send(("answer", answer))
