"""Where prepared layers lie, which one stands for a source, and how it comes about.

They lie in `.landrules` beside the workspace's file, since they are as classified as the layers themselves, or, where
that folder cannot be written to, in the user's cache folder. `LANDRULES_STORE` names a folder to use instead, where the
workspace lies on a slow disk or is not to be written to. `LANDRULES_CACHE=off` keeps nothing anywhere.

    <layer>-<edition>-<12 hex of the key>.layer    a store; the key is a digest of content, recipe and format
    <layer>-<edition>.json                         which store, made from what state of the source (`pointer.py`)
    <layer>-<edition>.lock                         somebody is at work (`lock.py`)

Invariant: one name, one content. A store is put in its place only if the source, before and after it was read, had
the content that its name tells; another content has another name. So it never matters who of several builders comes
last, and no mapped file is ever replaced by another content. Only a damaged store is replaced, by the same content
undamaged, and on Windows, where a mapped file keeps its place, beside it under a further number.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from landrules.base.cachefolder import cache_folder, is_off
from landrules.base.frozen import frozen
from landrules.intake.store.shelf import Make, NoStore, Prepared, Shelf, Tell, Wanted, file_word

FOLDER: Final = ".landrules"
WORKSPACE: Final = "landrules.toml"
VARIABLE: Final = "LANDRULES_STORE"
"""The variable of the environment that names a folder for stores."""


@frozen
class Place:
    """The folders where stores of a workspace may lie, the first that can be written to before the others."""

    folders: tuple[Path, ...]


def place_of(workspace_file: Path) -> Place | NoStore:
    """Where the stores of a workspace lie. Nothing is made yet.

    A workspace in a file of another name than `landrules.toml` has a folder of its own below, so that two of them beside
    each other, binding one layer differently, do not make each other's stores over and over.
    """
    if is_off():
        return NoStore("off")
    path = workspace_file.resolve()
    own = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    if named := os.environ.get(VARIABLE, ""):
        return Place((Path(named) / own,))
    beside = path.parent / FOLDER
    if path.name != WORKSPACE:
        beside = beside / file_word(path.stem)
    cache = cache_folder()
    return Place((beside,) if cache is None else (beside, cache / "layers" / own))


def current(place: Place | NoStore, wanted: Wanted, make: Make, tell: Tell | None = None) -> Prepared | NoStore:
    """The store of a source as it stands now; made by `make` where there is none, by one process at a time.

    `make` reads the source and gives header (any keys but `store`) and sections; it may be called again where the source
    changed meanwhile. `tell` gets a line when another process is waited for (LR592) and when a damaged store is made
    anew (LR593). Raises `InputError` with LR591 where the source never stands still, `OSError` where it cannot be read,
    and whatever `make` raises.
    """
    if isinstance(place, NoStore):
        return place
    outcome: Prepared | NoStore = NoStore("folder")
    for folder in place.folders:
        outcome = Shelf(folder, wanted, tell or (lambda _: None)).current(make)
        if isinstance(outcome, Prepared) or outcome.reason == "disk":
            return outcome
    return outcome


def discard(prepared: Prepared) -> None:
    """Put away a store that turned out damaged, so that the next `current` makes it anew.

    What another process has put there since stays. So does a file that is mapped elsewhere, where Windows holds it: without
    its pointer it is read through before it is ever used again.
    """
    container = prepared.container
    own = container.header.get("store")
    with suppress(OSError):
        if isinstance(own, dict) and container.path.stat().st_ino == container.inode:
            container.path.with_name(f"{own['stem']}.json").unlink(missing_ok=True)
            container.path.unlink()
