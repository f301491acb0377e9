"""The ground that a use control reaches, which those of higher levels leave to it.

Drawing it is dear, and mostly nobody has to: plans of two levels are laid over one table, and what the lower one takes of
it is told by rows; and where areas show that it reaches everything, nothing is left to be looked for.
"""

from __future__ import annotations

from landrules.base.frozen import frozen
from landrules.engine.evidence import Overlaid
from landrules.geo.ground import Extent, Ground
from landrules.geo.pieces import Pieces

FILLED = 1 / 400
"""A quarter of what is noise, in m²: so far areas that are added up may lie from the area of what is cut out."""


@frozen(eq=False)
class Reached:
    """Some pieces of a table, of which a norm says something."""

    met: Overlaid
    rows: tuple[int, ...]

    @property
    def extent(self) -> Extent:
        """Their ground."""
        return self.met.extent(self.rows)

    def outside(self, pieces: Pieces) -> Pieces:
        """What of a table lies outside."""
        return pieces.leaving(self.met.chosen(self.rows))

    def fills(self, ground: Ground) -> bool:
        """Whether areas alone prove that nothing but noise of some ground is not reached."""
        met = self.met
        if met.pieces.ground is not ground or len(self.rows) < len(met.pieces):
            return False
        return met.uncovered() == 0 and is_filled(met)


def is_filled(met: Overlaid) -> bool:
    """Whether areas alone prove that pieces and hidden ground leave only noise of every polygon and of all together.

    They prove nothing where pieces or polygons share ground, or where more than rounding would be left over or missing.
    """
    rest = met.unfilled()
    return rest is not None and sum(abs(x) for x in rest) <= FILLED
