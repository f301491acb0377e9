"""What a rule may ask beyond facts and areas: functions of dates and quantities, one record each.

To add one, write a record in a family's module; it stands in the tuple below in reading order.
"""

from __future__ import annotations

from types import MappingProxyType

from landrules.measures.dates import DATES
from landrules.measures.numbers import NUMBERS
from landrules.measures.record import Measure

MEASURES: tuple[Measure, ...] = (*DATES, *NUMBERS)
BY_NAME = MappingProxyType({spelling: m for m in MEASURES for spelling in (m.name, m.zh)})

__all__ = ["BY_NAME", "MEASURES", "Measure"]
