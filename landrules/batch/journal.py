"""The output of a batch while it is written, such that a kill at any moment loses nothing that is finished.

Beside the output stand two files until it is complete. `PATH.partial` holds its lines as far as they go.
`PATH.journal` holds one line for what was asked and one for each finished proposal: where its line ends, and its
digest. Whoever comes back reads the journal as far as the partial file bears it out, cuts both there, and goes on with
the next proposal. The finished file takes the place of the output in one step.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, get_args

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.batch.answer import Answer, OutcomeOf
from landrules.batch.asked import PARTS
from landrules.engine.answer import DecisionName

SCHEMA = "landrules/batch-journal/1"
_OUTCOMES: Mapping[str, OutcomeOf] = {"error": "error", **{name: name for name in get_args(DecisionName)}}
_EVERY = 64
"""Answers after which the files are made to reach the disk."""


@frozen
class Finished:
    """A proposal that need not be judged again."""

    name: str
    outcome: OutcomeOf
    id: str


class Journal:
    """The output of one batch, open for writing: `finished` came before, `add` takes each further answer, then `complete`.

    `asked` says what was asked, by the names of `asked.PARTS`; `head` stands before the first line.
    """

    def __init__(self, output: Path, asked: Mapping[str, str], head: bytes = b"", restart: bool = False) -> None:
        """Open the output, where an unfinished batch of the same kind goes on unless `restart` says otherwise.

        Raises `InputError`: LR854 something else was asked there and is not finished, LR855 a batch is running there;
        `OSError` where the files cannot be written.
        """
        self.output = Path(os.path.realpath(output))
        self.partial = self.output.with_name(f"{self.output.name}.partial")
        self.path = self.output.with_name(f"{self.output.name}.journal")
        with contextlib.ExitStack() as stack:
            self._journal = stack.enter_context(_open(self.path))
            if not _is_locked(self._journal):
                raise InputError(Diagnostic("LR855", {"path": str(output)}))
            self._partial = stack.enter_context(_open(self.partial))
            kept = None if restart else _kept(self._journal, self._partial, head)
            if kept is not None and kept.finished and kept.asked != asked:
                raise InputError(_differs(output, kept, asked))
            self._files = stack.pop_all()
        if kept is None or kept.asked != asked:
            kept = self._begin(asked, head)
        self.finished = kept.finished
        self._end, self._count = kept.end, len(kept.finished)
        for file, end in ((self._journal, kept.journal_end), (self._partial, kept.end)):
            file.seek(end)
            file.truncate()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, answer: Answer) -> None:
        """Write one more answer: its line first, then that it is there. Raises `OSError`."""
        self._partial.write(answer.line)
        self._partial.flush()
        self._end += len(answer.line)
        digest = hashlib.sha256(answer.line).hexdigest()
        self._journal.write(_line([answer.name, answer.outcome, answer.id, self._end, digest]))
        self._journal.flush()
        self._count += 1
        if self._count % _EVERY == 0:
            os.fsync(self._partial.fileno())
            os.fsync(self._journal.fileno())

    def complete(self) -> None:
        """Put the output in its place. Raises `OSError` where that is refused; everything can be taken up again then."""
        os.fsync(self._partial.fileno())
        os.fsync(self._journal.fileno())
        self._partial.close()
        if self.output.exists():
            self.partial.chmod(self.output.stat().st_mode & 0o7777)
        self.partial.replace(self.output)
        if sys.platform == "win32":  # an open file cannot be removed there
            self._files.close()
        self.path.unlink(missing_ok=True)

    def _begin(self, asked: Mapping[str, str], head: bytes) -> _Kept:
        first = _line({"schema": SCHEMA, "asked": dict(asked)})
        for file, content in ((self._partial, head), (self._journal, first)):
            file.seek(0)
            file.truncate()
            file.write(content)
            file.flush()
        return _Kept(asked, (), len(first), len(head))


@frozen
class _Kept:
    """What an unfinished batch left: what it was asked, what is finished, and where both files end in good order."""

    asked: Mapping[str, str]
    finished: tuple[Finished, ...]
    journal_end: int
    end: int


def _kept(journal: BinaryIO, partial: BinaryIO, head: bytes) -> _Kept | None:
    """What can be gone on with: the longest beginning on which both files agree; none without a first line."""
    journal.seek(0)
    partial.seek(0)
    first = journal.readline()
    asked = _asked(_read(first))
    if asked is None:
        return None
    finished: list[Finished] = []
    journal_end, end = len(first), len(head)
    agrees = partial.read(end) == head
    while agrees and (row := journal.readline()):
        entry = _read(row)
        match entry:
            case [str(name), str(outcome), str(id_), int(until), str(digest)] if until > end and outcome in _OUTCOMES:
                agrees = hashlib.sha256(partial.read(until - end)).hexdigest() == digest
            case _:
                agrees = False
        if agrees:
            finished.append(Finished(name, _OUTCOMES[outcome], id_))
            journal_end, end = journal_end + len(row), until
    return _Kept(asked, tuple(finished), journal_end, end)


def _differs(output: Path, kept: _Kept, asked: Mapping[str, str]) -> Diagnostic:
    parts = [words for part, words in PARTS.items() if kept.asked.get(part) != asked.get(part)]
    args = {
        "path": str(output),
        "done": len(kept.finished),
        "what_zh": "、".join(zh for zh, _ in parts),
        "what_en": ", ".join(en for _, en in parts),
    }
    return Diagnostic("LR854", args)


def _asked(first: object) -> dict[str, str] | None:
    match first:
        case {"schema": "landrules/batch-journal/1", "asked": dict(asked)}:
            return {str(key): str(value) for key, value in asked.items()}
        case _:
            return None


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def _read(row: bytes) -> object:
    """The value of a line that was written whole, else nothing."""
    if not row.endswith(b"\n"):
        return None
    with contextlib.suppress(ValueError):
        value: object = json.loads(row)
        return value
    return None


def _open(path: Path) -> BinaryIO:
    """A file to be read and written, made where there is none and never emptied."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b")


def _is_locked(file: BinaryIO) -> bool:
    """Lock a file for this process, until it is closed; whether no other had it locked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # a byte beyond all that is ever read, since a locked one cannot be
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
