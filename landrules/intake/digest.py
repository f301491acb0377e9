"""Digests of layer files, streamed, and remembered while the program runs and the file stays the same."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


BESIDE = ("-wal", "-journal")
"""What SQLite has not yet written into a GeoPackage, or would take back out of it."""


def sha256_of_file(path: Path, *, fresh: bool = False) -> str:
    """The SHA-256 of a layer file; of all its parts, in the order of their names, where it has several.

    `fresh` reads again what was read before, for whoever must not rely on a stamp.
    """
    digests = [_streamed(part) if fresh else _digest(part, stamp_of(part)) for part in parts_of(path)]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode("ascii")).hexdigest()


def parts_of(path: Path) -> list[Path]:
    """The files that make up a layer file: one, or those of a shapefile, a folder, or a GeoPackage being written to."""
    if path.suffix.lower() == ".shp":
        return [part for suffix in _SHAPEFILE if (part := path.with_suffix(suffix)).is_file()]
    if path.is_dir():
        return sorted(part for part in path.iterdir() if part.is_file() and part.suffix != ".lock")
    beside = (path.with_name(path.name + end) for end in BESIDE)
    return [path, *(part for part in beside if part.is_file() and part.stat().st_size)]


Stamp = tuple[int, int]
"""Size and time of change: what tells one state of a file from another while the program runs."""


def stamp_of(path: Path) -> Stamp:
    """The stamp of a file; zeros where there is none."""
    if not path.exists():
        return 0, 0
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=256)
def _digest(path: Path, stamp: Stamp) -> str:
    return _streamed(path)


def _streamed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
