"""Digests of layer files, streamed, and remembered while the program runs and the file stays the same."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def sha256_of_file(path: Path) -> str:
    """The SHA-256 of a layer file; of all its parts, in the order of their names, where it has several."""
    if path.suffix.lower() == ".shp":
        parts = [part for suffix in _SHAPEFILE if (part := path.with_suffix(suffix)).is_file()]
    elif path.is_dir():
        parts = sorted(part for part in path.iterdir() if part.is_file() and part.suffix != ".lock")
    else:
        parts = [path]
    digests = [_digest(part, stamp_of(part)) for part in parts]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode("ascii")).hexdigest()


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
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
