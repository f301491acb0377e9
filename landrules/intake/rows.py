"""The rows of an edition near proposals, before a ruleset says what their columns mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from landrules.base.frozen import frozen
from landrules.geo.site import GeometryArray, Whole
from landrules.intake.cells import Cells

Box = tuple[float, float, float, float]


@frozen
class Fault:
    """Why a row cannot be used (GEOS's words), and its uncovered box in the plane; `None` where it has no place."""

    reason: str
    box: Box | None


@frozen
class Rows:
    """Rows as a source has them, those near each of several proposals one after the other, in any order.

    Those near proposal k are `at[k]` to `at[k + 1]`.
    `keys` number them in the source; `named_by` is the column of ids where the binding names none, empty where the keys
    serve. `take` gives the shapes of usable rows in the plane, in normal form, and what is known of the whole features.
    `crs` is the source's system; `sha256` digests its content. `is_disjoint` says that no two rows share ground.
    """

    keys: Sequence[int]
    at: Sequence[int]
    cells: Cells
    named_by: str
    faults: Mapping[int, Fault]
    take: Callable[[list[int]], tuple[GeometryArray, Whole | None]]
    crs: str
    sha256: str
    is_disjoint: bool = False
