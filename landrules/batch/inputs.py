"""The proposals of a batch, named and in order, without one of them being read.

A folder gives every file of a known format, sorted by name; a file gives itself. A text sequence (JSON lines, or the
GeoJSON text sequence of RFC 8142) gives one proposal a line. What a folder holds besides is named, so that nobody
believes a proposal was judged that was not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.intake.formats import SUFFIXES
from landrules.intake.jsontext import BOM
from landrules.intake.workspace import FILE_NAME

SEQUENCES = (".jsonl", ".ndjson", ".geojsonl", ".geojsons", ".geojsonseq")
"""Endings of files that hold one proposal a line."""

ENDINGS = (*SUFFIXES, *SEQUENCES)
"""Endings of all files of proposals."""

_SIDECAR = ".proposal.json"
_PARTS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".shp.xml", "-wal", "-shm", "-journal")
"""Files that stand beside a shapefile or a GeoPackage and belong to it."""

_SEPARATOR = b"\x1e"
_MOST = 1 << 20
"""Bytes of a line looked at in one go."""


@frozen
class Source:
    """A file of proposals and its name in answers: its path below the folder given, with `/`."""

    name: str
    path: Path

    @property
    def is_sequence(self) -> bool:
        """Whether the file holds one proposal a line."""
        return self.path.suffix.lower() in SEQUENCES


@frozen
class Sources:
    """The files of a batch in order, and the names of the files of other kinds that stand among them."""

    files: tuple[Source, ...]
    passed_over: tuple[str, ...] = ()


@frozen
class Input:
    """One proposal of a batch: a whole file, or `length` bytes of a sequence from `start` on."""

    name: str
    path: Path
    start: int = 0
    length: int | None = None

    @property
    def is_whole_file(self) -> bool:
        """Whether the file holds this proposal only."""
        return self.length is None

    def read(self) -> bytes:
        """The text of a line of a sequence, without what separates it from its neighbours. Raises `OSError`."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            data = file.read(-1 if self.length is None else self.length)
        return data.removeprefix(BOM).lstrip(_SEPARATOR + b" \t\r\n").rstrip(b" \t\r\n")


def find(place: Path, recursive: bool = False) -> Sources:
    """The files of proposals of a folder, or a file by itself.

    Raises `InputError`: LR607 where there is nothing, LR646 for a file of an unknown format, LR850 for a folder without
    a proposal; `OSError` where the system refuses.
    """
    if place.is_dir() and place.suffix.lower() != ".gdb":
        known, passed = _in_folder(place, recursive)
        if not known:
            args = {"path": str(place), "choices": ", ".join(ENDINGS)}
            raise InputError(Diagnostic("LR850", args))
        return Sources(tuple(known), tuple(passed))
    if not place.exists():
        reason = {"reason_zh": "文件不存在", "reason_en": "it does not exist"}
        raise InputError(Diagnostic("LR607", reason, where=str(place)))
    if place.suffix.lower() not in ENDINGS:
        args = {"suffix": place.suffix or place.name, "choices": ", ".join(ENDINGS)}
        raise InputError(Diagnostic("LR646", args, where=place.name))
    return Sources((Source(place.name, place),))


def inputs_of(files: Sequence[Source]) -> Iterator[Input]:
    """The proposals of some files in order. Raises `OSError` for a sequence that cannot be read."""
    for file in files:
        if file.is_sequence:
            yield from _lines(file)
        else:
            yield Input(file.name, file.path)


def count(files: Sequence[Source]) -> int:
    """How many proposals there are."""
    return sum(1 for _ in inputs_of(files))


# --- folders ---------------------------------------------------------------------------------------------------------


def _in_folder(folder: Path, recursive: bool) -> tuple[list[Source], list[str]]:
    known: list[Source] = []
    passed: list[str] = []
    for path in _entries(folder, recursive):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in ENDINGS and not path.name.lower().endswith(_SIDECAR):
            known.append(Source(name, path))
        elif path.is_file() and not _belongs_to_another(path):
            passed.append(name)
    return sorted(known, key=lambda s: s.name), sorted(passed)


def _entries(folder: Path, recursive: bool) -> Iterator[Path]:
    """The files of a folder, and the folders that are read as one file; links to folders are not followed."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.suffix.lower() != ".gdb":
            if recursive and not path.is_symlink():
                yield from _entries(path, recursive)
            continue
        yield path


def _belongs_to_another(path: Path) -> bool:
    name = path.name.lower()
    return name == FILE_NAME or name.endswith((_SIDECAR, *_PARTS))


# --- sequences -------------------------------------------------------------------------------------------------------


def _lines(file: Source) -> Iterator[Input]:
    """The proposals of a sequence; an empty one is an input too, so that it is told.

    Where the file begins with the record separator of RFC 8142 a proposal may run over several lines.
    """
    separated = False
    begin = number = -1
    found = False
    end = 0
    for row, (start, stop, head) in enumerate(_rows(file.path), start=1):
        if row == 1:
            separated = head.startswith(_SEPARATOR)
        if head and (not separated or head.startswith(_SEPARATOR)):
            if begin >= 0:
                yield Input(f"{file.name}:{number}", file.path, begin, end - begin)
            begin, number, found = start, row, True
        if head:
            end = stop
    if found:
        yield Input(f"{file.name}:{number}", file.path, begin, end - begin)
    else:
        yield Input(file.name, file.path, 0, 0)


def _rows(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Where each line begins and ends, and its first characters that are no space; none of a blank line."""
    start = 0
    with path.open("rb") as file:
        while part := file.readline(_MOST):
            stop, head = start + len(part), part
            head = head.removeprefix(BOM) if start == 0 else head
            head = head.lstrip(b" \t\r\n")[:1]
            while not part.endswith(b"\n") and (part := file.readline(_MOST)):
                stop += len(part)
                head = head or part.lstrip(b" \t\r\n")[:1]
            yield start, stop, head
            start = stop
