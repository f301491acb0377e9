"""Much frozen data at once: reading rules makes a hundred thousand values that live on, and no rings of them.

Looking for rings again and again while they are made costs a third of the time and finds none.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave the collector of rings off for a while; on again afterwards, whatever happens, if it was on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
