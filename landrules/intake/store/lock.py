"""One builder at a time: a lock file whose owner keeps it fresh while it works.

Who finds the file waits as long as it is kept fresh. An owner that was killed leaves it behind: where its process is
known to be gone (same machine) it is taken over at once, elsewhere after half a minute without a sign of life, counted
by the waiting process's own clock, since the clocks of two machines never agree. The lock only saves work: two builders
at once, should it ever come to that, put the same content under the same name.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BEAT_S = 5.0
STALE_S = 30.0
UNSIGNED_S = 2.0
"""An owner that was killed before it wrote its name is waited for no longer than this."""

TOLD_S = 0.5
_LONGEST_PAUSE_S = 0.25
_DELETION_S = 2.0


class Held:
    """A lock that this process holds. `took_over` says that a former owner was gone."""

    def __init__(self, path: Path, token: str, took_over: bool) -> None:
        self.path = path
        self.token = token
        self.took_over = took_over

    def now_ns(self) -> int:
        """The time by the clock of the disk that the lock lies on, in nanoseconds, and not after this machine's."""
        own = time.time_ns()
        with suppress(OSError):
            os.utime(self.path)
            own = min(own, self.path.stat().st_mtime_ns)
        return own


@contextmanager
def held(path: Path, waiting: Callable[[], None]) -> Iterator[Held]:
    """Hold a lock, once whoever holds it is done or gone; `waiting` is called once where that takes a while.

    Raises `OSError` where no file can be made.
    """
    lock = _take(path, waiting)
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(lock, done), daemon=True)
    beat.start()
    try:
        yield lock
    finally:
        done.set()
        beat.join()
        if _token(_read(path)) == lock.token:
            _unlink(path)


def _take(path: Path, waiting: Callable[[], None]) -> Held:
    token = secrets.token_hex(8)
    text = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "token": token})
    seen: tuple[int, str] | None = None
    since = refused = time.monotonic()
    began = time.monotonic()
    pause, told, took_over = 0.01, False, False
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            refused = time.monotonic()
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() - refused > _DELETION_S:
                raise
        else:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            return Held(path, token, took_over)
        state = _state(path)
        if state != seen:
            seen, since = state, time.monotonic()
        patience = STALE_S if state is None or _token(state[1]) else UNSIGNED_S
        if state is not None and (_is_gone(state[1]) or time.monotonic() - since > patience):
            took_over = _break(path) or took_over
            continue
        if state is not None and not told and time.monotonic() - began > TOLD_S:
            waiting()
            told = True
        time.sleep(pause)
        pause = min(_LONGEST_PAUSE_S, pause * 1.5)


def _beat(lock: Held, done: threading.Event) -> None:
    while not done.wait(BEAT_S):
        with suppress(OSError):
            os.utime(lock.path)


def _state(path: Path) -> tuple[int, str] | None:
    """What changes while an owner lives, and who it is; `None` where the lock is gone."""
    try:
        return path.stat().st_mtime_ns, _read(path)
    except OSError:
        return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _token(text: str) -> str:
    return _field(text, "token")


def _field(text: str, name: str) -> str:
    try:
        owner = json.loads(text)
    except ValueError:
        return ""
    return str(owner.get(name, "")) if isinstance(owner, dict) else ""


def _is_gone(text: str) -> bool:
    """Whether the owner is a process of this machine that has ended. Where that cannot be told, it lives."""
    if sys.platform == "win32" or _field(text, "host") != socket.gethostname():
        return False
    pid = _field(text, "pid")
    if not pid.isdecimal() or int(pid) == 0:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _break(path: Path) -> bool:
    """Take a lock away from an owner that is gone; only one of those who try at once does."""
    away = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    try:
        path.rename(away)
    except OSError:
        time.sleep(_LONGEST_PAUSE_S)
        return False
    _unlink(away)
    return True


def _unlink(path: Path) -> None:
    """Remove a file that others may be reading just now, which Windows does not allow."""
    for _ in range(20):
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            time.sleep(0.05)
        except OSError:
            return
        else:
            return
