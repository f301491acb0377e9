"""How stores are made now: what decides, beside its source, what is in one. A check asks this; only a build does it."""

from __future__ import annotations

from landrules.geo.kernel import geos_version
from landrules.geo.site import Plane
from landrules.intake.store.container import Json
from landrules.intake.store.tiles import LIMIT
from landrules.intake.workspace import Source

RECIPE = 2
"""The number of this recipe: another one makes other stores."""


def recipe(source: Source, plane: Plane) -> dict[str, Json]:
    """What the content of a store depends on besides its source: the binding's table and system, the plane, the maker.

    What a newer PROJ would change, the header says (`proj`): whoever opens the store compares.
    """
    made: dict[str, Json] = {"recipe": RECIPE, "limit": LIMIT, "geos": geos_version()}
    return {**made, "table": source.table, "crs": source.crs, "plane": plane.code}
