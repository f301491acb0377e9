"""The rows of an edition read from its prepared layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from landrules.base.frozen import frozen
from landrules.geo.kernel import FloatArray, IntArray
from landrules.geo.site import GeometryArray, Whole
from landrules.intake.columns import Coded, Memory
from landrules.intake.rows import Fault, Rows
from landrules.intake.store.near import Found, Store


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


def rows_from_store(store: Store, boxes: FloatArray | None) -> Rows:
    """The rows near some boxes of the plane (all where `None`). Raises `Unusable` for a damaged store."""
    return found_rows(store, store.near(boxes))


def found_rows(store: Store, found: Found) -> Rows:
    """The rows that were found near. Raises `Unusable` for a damaged store."""

    def take(usable: list[int]) -> tuple[GeometryArray, Whole]:
        rows = found.rows[usable]
        geometry, is_part = store.geometry(found, rows)
        read = store.arrays.rows
        return geometry, Whole(read("box", rows), read("terms", rows), read("area", rows), is_part)

    faulty = np.flatnonzero(store.is_faulty(found.rows)).tolist()
    return Rows(
        keys=store.keys(found.rows),
        cells=_Cells(store, found.rows),
        named_by="",
        faults={at: Fault(*store.fault(int(found.rows[at]))) for at in faulty},
        take=take,
        crs=store.crs,
        sha256=store.sha256,
        is_disjoint=store.is_disjoint,
    )
