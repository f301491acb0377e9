"""The rows of an edition read from its prepared layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from landrules.base.frozen import frozen
from landrules.geo.kernel import IntArray
from landrules.geo.site import GeometryArray, Whole
from landrules.intake.around import Around
from landrules.intake.cells import Coded, Memory
from landrules.intake.rows import Fault, Rows
from landrules.intake.store.near import Store


@frozen
class _Cells:
    """The cells of some rows of a store."""

    store: Store
    rows: IntArray

    @property
    def names(self) -> Sequence[str]:
        """The columns there are."""
        return tuple(self.store.columns)

    def cells(self, name: str) -> Coded:
        """The cells of a column. Raises `Unusable`."""
        return self.store.columns[name].take(self.rows)

    @property
    def memory(self) -> Memory:
        """What the store's dictionaries were read as before."""
        return self.store.memory


def rows_from_store(store: Store, around: Around) -> Rows:
    """The rows near each of several proposals. Raises `Unusable` for a damaged store."""
    found = store.near(around)

    def take(usable: list[int]) -> tuple[GeometryArray, Whole]:
        places = np.array(usable, dtype=np.int64)
        geometry, is_part = store.geometry(found, places)
        rows, read = found.rows[places], store.arrays.rows
        return geometry, Whole(read("box", rows), read("terms", rows), read("area", rows), is_part)

    faulty = np.flatnonzero(store.is_faulty(found.rows)).tolist()
    return Rows(
        keys=store.keys(found.rows),
        at=found.at.tolist(),
        cells=_Cells(store, found.rows),
        named_by="",
        faults={at: Fault(*store.fault(int(found.rows[at]))) for at in faulty},
        take=take,
        crs=store.crs,
        sha256=store.sha256,
        is_disjoint=store.is_disjoint,
    )
