"""What state a layer's source is in: a stamp of its files, cheap, and a digest of their content, sure.

A stamp that is the same says that the content is, but for a file changed so shortly before that the clock of the disk
may not have moved on between two changes: as in git's index, such a stamp is *racy* and the content is read again.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from landrules.base.frozen import frozen
from landrules.intake.digest import BESIDE, parts_of
from landrules.intake.store.container import Json

RACY_NS = 2_000_000_000
"""No file system in use counts time in coarser steps than two seconds (FAT)."""


@frozen
class Stamp:
    """Of each file of a source: name, size, time of change, time of change of its entry, inode; sorted by name."""

    files: tuple[tuple[str, int, int, int, int], ...]

    def is_racy(self, taken_ns: int) -> bool:
        """Whether a file may have changed after a stamp taken at this time, and still look the same."""
        return any(max(file[2], file[3]) > taken_ns - RACY_NS for file in self.files)

    def is_of_same_writing(self, other: Stamp) -> bool:
        """Whether nobody wrote to the files between two stamps. What changed an entry alone, as an owner, counts not:

        SQLite, when run by an administrator, sets the owner of a log that it only reads.
        """
        return [(f[0], f[1], f[2], f[4]) for f in self.files] == [(f[0], f[1], f[2], f[4]) for f in other.files]

    def json(self) -> list[Json]:
        """The stamp as JSON holds it."""
        return [list(file) for file in self.files]


def stamp_of(source: Path) -> Stamp:
    """The stamp of a source. Raises `OSError` where it cannot be had."""
    own = source.stat()
    if not stat.S_ISREG(own.st_mode) or source.suffix.lower() == ".shp":
        return Stamp(tuple(sorted(_row(part.name, part.stat()) for part in parts_of(source))))
    rows = [_row(source.name, own)]
    for part in _beside(
        source
    ):  # what `parts_of` names, asked of the system once each: every check asks for all layers
        with suppress(FileNotFoundError):
            state = part.stat()
            if stat.S_ISREG(state.st_mode) and state.st_size:
                rows.append(_row(part.name, state))
    return Stamp(tuple(sorted(rows)))


@lru_cache(maxsize=256)
def _beside(source: Path) -> tuple[Path, ...]:
    return tuple(source.with_name(source.name + end) for end in BESIDE)


def _row(name: str, state: os.stat_result) -> tuple[str, int, int, int, int]:
    return name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def mode_of(source: Path) -> int:
    """Who may read a source: its copy is readable by nobody else."""
    modes = [part.stat().st_mode & 0o666 for part in parts_of(source)]
    shared = 0o666
    for mode in modes:
        shared &= mode
    return shared
