"""What was read before, kept on disk: documents and workspaces by the digest of their file, rulesets by those of all of theirs.

An entry is found by a digest of everything it was made from: the bytes of the files, their names, the program's own
code and the parser's tables. So nothing in the store is ever out of date; a changed file simply has another digest. An
entry that is damaged, cut off, of another owner or in any way not as it was written is as good as none: the files are
read anew, and it is replaced. Nothing here can fail: without a folder that can be written there is no store.

The folder is the one of `base/cachefolder.py`.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from landrules.base.cachefolder import cache_folder
from landrules.base.frozen import frozen
from landrules.base.resources import grammar
from landrules.base.source import SourceFile
from landrules.base.version import VERSION
from landrules.rules.codec import UnreadableError, dump, load
from landrules.rules.model import RuleSet
from landrules.rules.outline import Outline

if TYPE_CHECKING:
    from landrules.lang.tree import Document

MAGIC = b"landrules store 1\n"
MOST_ENTRIES = 2_000
MOST_BYTES = 100_000_000
LARGEST_ENTRY = 50_000_000
CODE = ("base", "geo", "intake", "lang", "measures", "rules")

T = TypeVar("T")


@frozen
class Store:
    """The store in a folder; without one, a store that never holds anything."""

    folder: Path | None

    def outline(self, source: SourceFile, tests: bool) -> Outline | None:
        """The outline of a file, read with or without its tests."""
        return self._get(_key("outline", _document(source, tests)), Outline, [source])

    def document(self, source: SourceFile, tests: bool) -> Document | None:
        """The tree of a file."""
        from landrules.lang.tree import Document

        return self._get(_key("document", _document(source, tests)), Document, [source])

    def keep_document(self, source: SourceFile, tests: bool, outline: Outline, document: Document) -> None:
        """Keep the tree of a file, and its outline."""
        self._put(_key("document", _document(source, tests)), document, [source])
        self._put(_key("outline", _document(source, tests)), outline, [source])

    def ruleset(self, contents: Iterable[tuple[str, str]], sources: Sequence[SourceFile]) -> RuleSet | None:
        """The ruleset of some files, by their names and digests."""
        return self._get(_key("ruleset", contents), RuleSet, sources)

    def keep_ruleset(
        self, contents: Iterable[tuple[str, str]], sources: Sequence[SourceFile], ruleset: RuleSet
    ) -> None:
        """Keep the ruleset of some files."""
        self._put(_key("ruleset", contents), ruleset, sources)

    def workspace(self, contents: Iterable[tuple[str, str]], kind: type[T]) -> T | None:
        """What a workspace's file states, by its place and digest."""
        return self._get(_key("workspace", contents), kind, ())

    def keep_workspace(self, contents: Iterable[tuple[str, str]], stated: object) -> None:
        """Keep what a workspace's file states."""
        self._put(_key("workspace", contents), stated, ())

    def tidy(self) -> None:
        """Drop the oldest entries where there are too many, or too much of them."""
        if self.folder is not None:
            with suppress(OSError):
                _prune(self.folder)

    def _get(self, key: str, kind: type[T], sources: Sequence[SourceFile]) -> T | None:
        if self.folder is None:
            return None
        data = _read(self.folder / key)
        if data is None:
            return None
        try:
            value = load(data, {s.name: s for s in sources})
        except UnreadableError:
            return None
        return value if isinstance(value, kind) else None

    def _put(self, key: str, value: object, sources: Sequence[SourceFile]) -> None:
        if self.folder is None:
            return
        with suppress(UnreadableError, OSError):
            payload = dump(value, {s.name for s in sources})
            if len(payload) <= LARGEST_ENTRY:
                _write(self.folder, key, payload)


def open_store() -> Store:
    """The store of this user; one that holds nothing where it says so or no folder can be had."""
    folder = cache_folder()
    if folder is None or not fingerprint():
        return Store(None)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Store(None)
    return Store(folder)


@cache
def fingerprint() -> str:
    """What decides, beside the files, what a ruleset comes out as: this program's code, its grammar, and Python.

    Code is known by place, size and time of change: by these Python itself tells whether what it compiled of a module
    still is that module, so where they stand still the old code runs. Reading it all takes longer than reading the rules.
    """
    root = Path(__file__).resolve().parents[1]
    words = grammar()
    stamps = [stamp for room in CODE for stamp in _stamps(str(root / room), ".py")]
    if not stamps or not isinstance(words, Path):
        return ""
    stamps += _stamps(str(words), "")
    return hashlib.sha256(repr((VERSION, sys.version, sorted(stamps))).encode()).hexdigest()


def _stamps(folder: str, ending: str) -> list[tuple[str, int, int]]:
    """Place, size and time of change of every file of an ending below a folder; none where it is no folder."""
    found: list[tuple[str, int, int]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name != "__pycache__":
                found += _stamps(entry.path, ending)
            elif entry.name.endswith(ending) and entry.is_file():
                state = entry.stat()
                found.append((entry.path, state.st_size, state.st_mtime_ns))
    return found


def _document(source: SourceFile, tests: bool) -> list[tuple[str, str]]:
    return [(source.name, source.sha256), ("tests", str(tests))]


def _key(kind: str, contents: Iterable[tuple[str, str]]) -> str:
    """The name of an entry."""
    whole = repr((fingerprint(), kind, tuple(contents)))
    return f"{kind}-{hashlib.sha256(whole.encode()).hexdigest()}"


def _read(path: Path) -> bytes | None:
    """The payload of an entry as it was written, or `None`."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if not _own(state) or state.st_size > LARGEST_ENTRY + 1_000:
                return None
            head = file.read(len(MAGIC) + 32)
            payload = file.read()
    except OSError:
        return None
    if head != MAGIC + hashlib.sha256(path.name.encode() + payload).digest():
        return None
    return payload


def _own(state: os.stat_result) -> bool:
    """Whether a file is a plain one of this user that no other may write."""
    if not stat.S_ISREG(state.st_mode):
        return False
    return sys.platform == "win32" or (state.st_uid == os.geteuid() and not state.st_mode & stat.S_IWOTH)


def _write(folder: Path, key: str, payload: bytes) -> None:
    """Put an entry in its place at once, whoever else is reading or writing it."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        try:
            file.write(MAGIC + hashlib.sha256(key.encode() + payload).digest() + payload)
            file.close()
            Path(file.name).replace(folder / key)
        except OSError:
            file.close()
            with suppress(OSError):
                Path(file.name).unlink()
            raise


def _prune(folder: Path) -> None:
    entries = []
    with os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):
                if entry.name.partition("-")[0] in ("document", "outline", "ruleset", "workspace", "new"):
                    state = entry.stat(follow_symlinks=False)
                    entries.append((state.st_mtime_ns, state.st_size, entry.path))
    total = sum(size for _, size, _ in entries)
    if len(entries) <= MOST_ENTRIES and total <= MOST_BYTES:
        return
    left = len(entries)
    for _, size, path in sorted(entries):
        if left <= MOST_ENTRIES * 3 // 4 and total <= MOST_BYTES * 3 // 4:
            return
        with suppress(OSError):
            Path(path).unlink()
        left, total = left - 1, total - size
