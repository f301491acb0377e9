"""The prepared layers of a workspace: found, made where there is none, and kept open while the program runs.

A store is remembered with the stamp of its source, so that a second check opens nothing; a source changed so shortly
before that its stamp proves nothing is looked at anew each time. Where no store can be kept, or one proves damaged twice,
the source itself is read: the answer is the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, Union

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen, record
from landrules.geo.crs import proj_version
from landrules.geo.site import Plane
from landrules.intake.formats.table import FeatureTable
from landrules.intake.sources import crs_of
from landrules.intake.store import NoStore, Place, Prepared, Unusable, Wanted, current, discard, place_of
from landrules.intake.store.container import Json, Sections
from landrules.intake.store.near import Store
from landrules.intake.store.recipe import recipe
from landrules.intake.store.shelf import Make
from landrules.intake.store.source import Stamp, stamp_of
from landrules.intake.workspace import Edition, Source, Workspace

T = TypeVar("T")
Tell = Callable[[Diagnostic], None]


@frozen
class Opened:
    """A store that stands for a source as it is now; `is_new`: it was made just now."""

    store: Store
    prepared: Prepared
    is_new: bool


Outcome = Union[Opened, NoStore, None]
"""`None`: no store is kept of such a source (a database), or the source is not there."""

OFTEN = 16
"""A store asked for so many times is worth checking whole."""

Known = tuple[Hashable, ...]


@record
class Kept:
    """An opened store with the stamp of its source, and how often it was asked for since."""

    stamp: Stamp
    opened: Opened
    asked: int = 0


_open: dict[Known, Kept] = {}


def quiet(_: Diagnostic) -> None:
    """Say nothing."""


def layer_store(workspace: Workspace, edition: Edition, tell: Tell = quiet) -> Outcome:
    """The store of one edition of a layer, named for its source: editions of one table share it.

    Raises `InputError` as reading the source does.
    """
    source = edition.source
    if not isinstance(source, Source):
        return None
    return opened_store(
        workspace,
        source.path,
        (source,),
        lambda: _wanted(source, workspace.plane),
        lambda: _make(source, workspace.plane),
        tell,
    )


def _wanted(source: Source, plane: Plane) -> Wanted:
    name = " ".join(word for word in (source.shown, source.table, source.crs) if word)
    return Wanted(name, "", source.path, recipe(source, plane))


def _make(source: Source, plane: Plane) -> tuple[Mapping[str, Json], Sections]:
    # Whoever finds a store neither reads sources nor makes stores
    from landrules.intake.formats import read_parts
    from landrules.intake.store.build import prepare

    def parts(size: int) -> Iterator[FeatureTable]:
        return read_parts(source.path, source.table, source.shown, size)

    return prepare(parts, lambda table: crs_of(table, source), plane, source.shown)


def opened_store(
    workspace: Workspace,
    source: Path,
    what: tuple[Hashable, ...],
    wanted: Callable[[], Wanted],
    make: Make,
    tell: Tell = quiet,
) -> Outcome:
    """A store as wanted, made by `make` where there is none. Raises `InputError` as `make` does.

    `what`, with the plane, says all on which it depends what is wanted.
    """
    place = _place(workspace)
    if isinstance(place, NoStore):
        return place
    known: Known = (place.folders, workspace.plane, *what)
    taken = time.time_ns()
    try:
        stamp = stamp_of(source)
        kept = _open.get(known)
        if kept is not None and kept.stamp == stamp:
            return _often(kept)
        out = _opened(place, wanted(), make, tell)
    except OSError:
        return None
    if isinstance(out, Opened) and not stamp.is_racy(taken):
        _open[known] = Kept(stamp, Opened(out.store, out.prepared, False))
    return out


def _place(workspace: Workspace) -> Place | NoStore:
    """Where the stores of a workspace lie; looked up once in a check."""
    seen = workspace.seen
    if seen is None:
        return place_of(workspace.path)
    if seen.place is None:
        seen.place = place_of(workspace.path)
    return seen.place


def _often(kept: Kept) -> Opened:
    """A remembered store; one that is asked for again and again is checked as a whole once, and not block by block."""
    kept.asked += 1
    if kept.asked == OFTEN:
        prepared = kept.opened.prepared
        with suppress(Unusable):  # what is damaged is told by the block that is read
            kept.opened = Opened(Store.of(prepared.container, prepared.sha256, is_checked=True), prepared, False)
    return kept.opened


def _opened(place: Place, wanted: Wanted, make: Make, tell: Tell) -> Outcome:
    """A store as wanted, sound as far as it is read to open it; one that is damaged, or of another PROJ, is made anew."""
    for _ in range(2):
        found = current(place, wanted, make, tell)
        if isinstance(found, NoStore):
            return found
        if not _is_of_other_proj(found):
            with suppress(Unusable):
                return Opened(Store.of(found.container, found.sha256), found, found.is_new)
        discard(found)
    return None


def _is_of_other_proj(found: Prepared) -> bool:
    """Whether another PROJ than this one turned the source's coordinates into the plane's."""
    made_by = found.container.header["proj"]
    return made_by != "" and made_by != proj_version()


def read_prepared(find: Callable[[], Outcome], use: Callable[[Store], T], otherwise: Callable[[], T]) -> T:
    """What a store says; of a damaged one, what it says made anew; `otherwise` where there is none."""
    for _ in range(2):
        found = find()
        if not isinstance(found, Opened):
            break
        try:
            return use(found.store)
        except Unusable:
            forget(found)
    return otherwise()


def forget(damaged: Opened) -> None:
    """Put a damaged store away, so that it is made anew."""
    for known in [known for known, kept in _open.items() if kept.opened.prepared is damaged.prepared]:
        del _open[known]
    discard(damaged.prepared)
