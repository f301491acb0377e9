"""What is compared: a proposal's ground and the layers of a county, all in one plane.

Everything here was parsed at the door (`intake/`): geometry is a valid shapely geometry in the workspace's plane, or the
feature says why it is not; codes carry their scheme; numbers are `Fraction` in base units. Geometries are opaque above
this floor: rooms above hold them and hand them back to `geo/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt

from landrules.base.diagnostic import Diagnostic
from landrules.base.frozen import frozen
from landrules.base.valuetype import Absence, Missing, Value

Geometry = Any
"""A shapely geometry (shapely ships no types); never inspected above `geo/` and the layer readers."""

GeometryArray = npt.NDArray[np.object_]


@frozen
class Plane:
    """The plane in which overlay runs.

    `code` is an authority code such as ``EPSG:4527``, or ``engineering``: a plane without earth below it, where areas
    are planar by definition.
    """

    code: str

    @property
    def is_engineering(self) -> bool:
        """Whether areas here are planar by definition."""
        return self.code == "engineering"


class Role(Enum):
    """What a feature of a proposal is."""

    PARCEL = "parcel"
    BUILDING = "building"


@frozen
class Parcel:
    """A feature of a proposal: ground, or the outline of a building.

    `geometry` is a polygon or multipolygon in the plane (lines and points were widened at the door), rotated to its
    smallest vertex; `None` where the feature has no usable ground, and then `problem` says why. `area_m2` is the
    survey area (planar in an engineering plane), rounded to 0.01 m².
    """

    id: str
    role: Role
    geometry: Geometry | None
    attributes: Mapping[str, Value]
    area_m2: Decimal
    made_from: str = "polygon"
    problem: str = ""


@frozen
class Proposal:
    """A project and its ground.

    Invariant: `parcels` and `buildings` are sorted by id, ids are unique, and every attribute is of the type that the
    proposal schema gives it, or is `Missing` with kind ``invalid``. `supplements` are the replenishment plots, whose
    geometry may be absent. `precision_m` is the coordinate precision of the input.
    """

    id: str
    name: str
    attributes: Mapping[str, Value]
    parcels: tuple[Parcel, ...]
    buildings: tuple[Parcel, ...]
    supplements: tuple[Parcel, ...]
    plane: Plane
    sha256: str
    precision_m: float
    notes: tuple[Diagnostic, ...] = ()


class CoverageKind(Enum):
    """What was declared of a layer's coverage."""

    UNDECLARED = "undeclared"
    REGION = "region"
    COMPLETE = "complete"
    NONE = "none"


@frozen
class Coverage:
    """Where the absence of a feature means "no".

    `region` is the covered ground in the plane for `REGION` and `COMPLETE`/`NONE` (the workspace's boundary grown by
    the stated `beyond_m`); `None` with `COMPLETE`/`NONE` means everywhere. `statement` is the declaration in words.
    """

    kind: CoverageKind
    region: Geometry | None = None
    statement: str = ""


@frozen(eq=False)
class Whole:
    """What is known of whole features of which perhaps only the part near the ground was read, row by row.

    `boxes` (n, 4) are minx, miny, maxx, maxy of the whole feature; `terms` (n, 6) the coefficients of the density around
    that box (`landrules.geo.area.Density`), and `areas` its area in m² measured by them. `is_part` says where the
    geometry at hand is only a part: every point of the feature near the boxes that were asked for lies in it.
    """

    boxes: npt.NDArray[np.float64]
    terms: npt.NDArray[np.float64]
    areas: npt.NDArray[np.float64]
    is_part: npt.NDArray[np.bool_]

    def some(self, rows: slice) -> Whole:
        """Of some rows alone."""
        return Whole(self.boxes[rows], self.terms[rows], self.areas[rows], self.is_part[rows])


@frozen
class Layer:
    """One edition of one layer, in the plane.

    `geometry[i]`, `ids[i]` and `columns[name][i]` belong to feature i; features are sorted by id. Features whose
    geometry was invalid are not in it: `invalid` holds the boxes of their repaired shapes, which count as uncovered,
    and `notes` name them. Columns have the layer schema's field names, values typed (`Missing` where absent).
    `whole` is what a prepared layer knows of its features; `is_disjoint` says it was proven that no two features of the
    whole layer share ground, `is_gap_free` that its keeper declares that features leave no gap inside its coverage.
    """

    name: str
    edition: date | None
    geometry: GeometryArray
    ids: tuple[str, ...]
    columns: Mapping[str, Sequence[Value]]
    coverage: Coverage
    sha256: str
    crs: str
    valid_to: date | None = None
    accuracy_m: float | None = None
    invalid: GeometryArray = field(default_factory=lambda: np.empty(0, dtype=object))
    notes: tuple[Diagnostic, ...] = ()
    whole: Whole | None = None
    is_disjoint: bool = False
    is_gap_free: bool = False


@frozen
class AbsentLayer:
    """A layer that norms ask for and that cannot answer: not bound, or out of date; `detail` says which edition, if any."""

    name: str
    kind: Absence
    detail: str = ""

    @property
    def missing(self) -> Missing:
        """The absence as a missing fact."""
        return Missing(self.name, self.kind, self.detail)
