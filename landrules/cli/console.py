"""Where output goes: results to stdout or a file, everything else to stderr; UTF-8 and `\\n` on every console.

A file is written beside its place and moved there when complete: a reader never sees half a report, and a failed run
leaves what was there.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from landrules.base.diagnostic import Diagnostic, InputError, Lang


def prepare_streams() -> None:
    """Let both streams take any character, whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def complain(diagnostics: Sequence[Diagnostic], lang: Lang) -> None:
    """Diagnostics on stderr, each with its place, sentence and help; nothing from data acts on the terminal."""
    from landrules.render.safe import neutral

    for diagnostic in diagnostics:
        print(neutral(diagnostic.render(lang), keep="\n\t"), file=sys.stderr)


def deliver(text: str, output: Path | None) -> None:
    """Text as UTF-8 to stdout, or to a file that appears whole or not at all.

    Raises `InputError` (LR812) where the file cannot be written, and `SystemExit` (2) where stdout's reader has gone.
    """
    content = text.encode("utf-8")
    if output is not None:
        replace(output, content)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(2) from None


def leave(code: int) -> NoReturn:
    """End this process with an exit code, without taking apart all that it holds: that costs a tenth of a cold check.

    Nothing waits to be written by then but the streams. Where threads run, other processes were started, or a stream
    cannot be flushed, the interpreter ends as it usually does.
    """
    if threading.active_count() == 1 and "multiprocessing" not in sys.modules:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)


def replace(path: Path, content: bytes) -> None:
    """Write a file in one step, keeping the mode of what was there. Raises `InputError` (LR812)."""
    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=".landrules-", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise refused(path, error) from error


def create(path: Path, text: str) -> None:
    """Write a new file, never over an old one. Raises `InputError`: LR815 where one exists, LR812 where none can be."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError(Diagnostic("LR815", {"path": str(path)})) from None
    except OSError as error:
        raise refused(path, error) from error


def may_be_written(output: Path, read: Mapping[Path, tuple[str, str]]) -> None:
    """Refuse, before any work, an output that could not be written or would overwrite what is read.

    `read` names the files the command reads, each with what it is in Chinese and English. Raises `InputError`
    (LR809 to LR811).
    """
    target = Path(os.path.realpath(output))
    if not target.parent.is_dir():
        raise InputError(Diagnostic("LR809", {"path": str(output)}))
    if target.exists() and not target.is_file():
        raise InputError(Diagnostic("LR810", {"path": str(output)}))
    for path, (zh, en) in read.items():
        if target.exists() and path.exists() and target.samefile(path):
            raise InputError(Diagnostic("LR811", {"path": str(output), "what_zh": zh, "what_en": en}))


def is_for_a_person(environment: Mapping[str, str]) -> bool:
    """Whether a person looks at stdout: a terminal, and no build service."""
    return sys.stdout.isatty() and not environment.get("CI")


PIPED = 80
"""Columns of a line where nobody's terminal says how many there are."""


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Whether stdout may be coloured: NO_COLOR, CI, dumb terminals and old Windows consoles say no."""
    if not is_for_a_person(environment) or environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    from rich.console import detect_legacy_windows

    return not detect_legacy_windows()


def terminal_width() -> int:
    """Columns of the terminal, within what is good to read; a file or a pipe gets the same eighty everywhere."""
    if not sys.stdout.isatty():
        return PIPED
    return max(40, min(shutil.get_terminal_size((PIPED, 24)).columns, 120))


@contextlib.contextmanager
def patience(lang: Lang, environment: Mapping[str, str]) -> Iterator[None]:
    """Say on a terminal's stderr that work is going on, once it has taken two seconds."""
    if not sys.stderr.isatty() or environment.get("CI"):
        yield
        return
    text, said = "正在审查……" if lang == "zh" else "checking ...", threading.Event()

    def speak() -> None:
        said.set()
        print(text, end="", file=sys.stderr, flush=True)

    timer = threading.Timer(2.0, speak)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if said.is_set():
            print(file=sys.stderr, flush=True)


def refused(path: Path, error: OSError, code: str = "LR812") -> InputError:
    """The sentence for a file that the operating system refuses: LR812 writing, LR813 reading."""
    known = next((pair for kind, pair in _REFUSALS.items() if isinstance(error, kind)), None)
    zh, en = known or (error.strerror or "", error.strerror or "")
    return InputError(Diagnostic(code, {"path": str(path), "reason_zh": zh, "reason_en": en}))


_REFUSALS: dict[type[OSError], tuple[str, str]] = {
    FileNotFoundError: ("没有这个文件或文件夹", "there is no such file or folder"),
    PermissionError: ("没有权限", "permission is refused"),
    IsADirectoryError: ("这是文件夹", "it is a folder"),
    NotADirectoryError: ("路径中有一段不是文件夹", "part of the path is not a folder"),
    FileExistsError: ("同名文件已经存在", "a file of that name exists"),
}


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
