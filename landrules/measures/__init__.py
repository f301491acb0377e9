"""What a rule may ask beyond facts and areas: functions of dates and quantities, one record each.

To add one, write a record in a family's module; it stands in the tuple below in reading order.
"""

from __future__ import annotations

from types import MappingProxyType

from landrules.measures.dates import DATES
from landrules.measures.grades import GRADES
from landrules.measures.numbers import NUMBERS
from landrules.measures.record import ANY_GRADE, Measure
from landrules.measures.working_days import WORKING_DAYS, Worked

MEASURES: tuple[Measure, ...] = (*DATES, *WORKING_DAYS, *NUMBERS, *GRADES)
BY_NAME = MappingProxyType({spelling: m for m in MEASURES for spelling in (m.name, m.zh)})

__all__ = ["ANY_GRADE", "BY_NAME", "MEASURES", "Measure", "Worked"]
