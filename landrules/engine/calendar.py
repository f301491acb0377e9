"""What a dated calendar says of a day: worked, off, or not covered. Only what may speak here is heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from landrules.base.valuetype import Absence, Missing
from landrules.engine.lookup import speaks
from landrules.engine.scope import Scope

SATURDAY = 5


def worked_days(scope: Scope, id_: str) -> Callable[[date], bool | Missing]:
    """What a calendar says of days; of a day that it does not cover it names itself and the year."""
    stretches = [x for x in scope.evidence.rules.calendars[id_].stretches if speaks(x.citations, scope)]

    def worked(day: date) -> bool | Missing:
        for stretch in stretches:
            if day in stretch.period:
                if day in stretch.workdays:
                    return True
                return day.weekday() < SATURDAY and not any(day in holiday for holiday in stretch.holidays)
        return Missing(f"{id_}({day.year})", Absence.NO_ROW, str(day))

    return worked
