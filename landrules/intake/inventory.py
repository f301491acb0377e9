"""What the prepared layers of a workspace hold, for people: each is made where it is wanting, and told in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, cast

import numpy as np

from landrules.base.frozen import frozen
from landrules.intake.coverage import Asked, asked_of, region_store
from landrules.intake.digest import sha256_of_file
from landrules.intake.prepared import Opened, Outcome, Tell, forget, layer_store, quiet
from landrules.intake.sources import rows_of
from landrules.intake.store import NoStore, Unusable
from landrules.intake.store.near import Store
from landrules.intake.workspace import Edition, Source, Workspace

MOST = 10
"""Features, or pairs of them, that are named."""

State = Literal["built", "current", "none", "elsewhere"]
"""`none`: the workspace declares that there is nothing; `elsewhere`: in a database, or no store can be kept."""


@frozen
class Item:
    """Something to be prepared: an edition of a layer, or the ground of a declared coverage."""

    name: str
    edition: str
    what: Edition | Asked


@frozen
class Prepared:
    """What a prepared layer holds. Areas in m²; ids are those by which reports name features; pairs `MOST` at most."""

    item: Item
    state: State
    features: int = 0
    vertices: int = 0
    tiled: int = 0
    tiles: int = 0
    area: float = 0.0
    bytes: int = 0
    invalid: int = 0
    faults: tuple[tuple[str, str], ...] = ()
    duplicates: int = 0
    twice: tuple[tuple[str, str], ...] = ()
    overlaps: int = 0
    shared: tuple[tuple[str, str, float], ...] = ()
    untiled: tuple[str, ...] = ()


def items(workspace: Workspace, names: Sequence[str]) -> Iterator[Item]:
    """What the layers named (all where none is) need prepared: their editions first, then the ground of coverages."""
    wanted = list(names) or sorted(workspace.layers)
    coverages: dict[str, Item] = {}
    for name in wanted:
        for edition in workspace.layers[name]:
            yield Item(name, "" if edition.edition is None else edition.edition.isoformat(), edition)
            asked = asked_of(workspace, edition.coverage)
            if asked is not None:
                coverages.setdefault(repr(asked), Item(_words(asked), "", asked))
    yield from coverages.values()


def _words(asked: Asked) -> str:
    beyond = f"+{asked.beyond_m:g} m" if asked.beyond_m else ""
    return " ".join(word for word in (asked.source.shown, asked.source.table, asked.code, beyond) if word)


def prepared(workspace: Workspace, item: Item, *, rebuild: bool, verify: bool, tell: Tell = quiet) -> Prepared:
    """The prepared layer of an item, made where it is wanting; with `rebuild` made in any case.

    `verify` reads the source's content and every block of the store again. Raises `InputError` as reading the source does.
    """
    if isinstance(item.what, Edition) and item.what.source is None:
        return Prepared(item, "none")
    found = _found(workspace, item, tell)
    if isinstance(found, Opened) and not found.is_new and (rebuild or (verify and not _is_sound(found, item))):
        forget(found)
        found = _found(workspace, item, tell)
    if isinstance(found, NoStore):
        tell(found.diagnostic(item.name))
    if not isinstance(found, Opened):
        if found is None and isinstance(item.what.source, Source):
            rows_of(workspace, item.what.source, np.empty((0, 4)))  # says what is wrong with it
        return Prepared(item, "elsewhere")
    return _told(item, found)


def _found(workspace: Workspace, item: Item, tell: Tell) -> Outcome:
    if isinstance(item.what, Asked):
        return region_store(workspace, item.what, tell)
    return layer_store(workspace, item.what, tell)


def _is_sound(found: Opened, item: Item) -> bool:
    """Whether every block is as it was written, and the source has the content that it had."""
    try:
        found.store.container.verify()
    except Unusable:
        return False
    source = item.what.source
    return not isinstance(source, Source) or sha256_of_file(source.path, fresh=True) == found.prepared.sha256


def _told(item: Item, found: Opened) -> Prepared:
    store, header = found.store, cast(dict[str, Any], found.store.container.header)
    ids = _Ids(store, item.what.id_column if isinstance(item.what, Edition) else "")
    faulty = [(ids.of_row(row), reason) for row, reason in zip(store.fault_row.tolist(), store.reasons, strict=True)]
    shared = zip(header["overlap_keys"][:MOST], header["overlap_m2"], strict=False)
    return Prepared(
        item=item,
        state="built" if found.is_new else "current",
        features=header["rows"],
        vertices=header["vertices"],
        tiled=header["tiled"],
        tiles=header["tiles"],
        area=header["area"],
        bytes=store.container.bytes,
        invalid=len(faulty),
        faults=tuple(sorted(faulty)[:MOST]),
        duplicates=header["duplicates"],
        twice=tuple((ids.of_key(a), ids.of_key(b)) for a, b in header["duplicate_keys"][:MOST]),
        overlaps=header["overlaps"],
        shared=tuple((ids.of_key(a), ids.of_key(b), area) for (a, b), area in shared),
        untiled=tuple(ids.of_key(key) for key in header["untiled"][:MOST]),
    )


class _Ids:
    """The ids by which reports name features."""

    def __init__(self, store: Store, column: str) -> None:
        self._store = store
        named = {name.lower(): name for name in sorted(store.columns)}
        self._column = named.get(column.lower()) if column else None
        self._keys = store.container.whole("key")

    def of_key(self, key: int) -> str:
        """The id of a row of the source."""
        return self.of_row(int(np.flatnonzero(self._keys == key)[0]))

    def of_row(self, row: int) -> str:
        """The id of a row of the store."""
        key = str(self._keys[row])
        if self._column is None:
            return key
        cell = self._store.columns[self._column].take(np.array([row], dtype=np.int64)).cells[0]
        return key if cell in (None, "") else str(cell)
