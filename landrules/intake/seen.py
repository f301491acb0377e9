"""What one check has looked up: the layers of a check share a boundary and a place of stores, which are asked for once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from landrules.geo.site import Geometry
    from landrules.intake.store import NoStore, Place


class Seen:
    """Empty when a check begins, and gone with it: within one check every layer sees the same state of a source.

    `grounds` are by what was asked for and the key of the boxes around which it was (`Around`), one a proposal.
    """

    __slots__ = ("grounds", "place")

    def __init__(self) -> None:
        self.place: Place | NoStore | None = None
        self.grounds: dict[tuple[Hashable, bytes], tuple[Geometry, ...]] = {}
