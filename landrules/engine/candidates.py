"""Values of which several candidates are known, among which only a person can choose.

A crosswalk may give several codes for one. What is asked of such a value is asked of every candidate: where all agree,
that is the answer; otherwise which of them it is stays open, and all questions about the value are answered by one
choice.
"""

from __future__ import annotations

from collections.abc import Callable

from landrules.base.valuetype import Absence, Code, Missing
from landrules.engine.scope import Judged, Scope
from landrules.engine.unknown import Maybe, Num, Truth, Unknown, maybe


def several(name: str, codes: tuple[Code, ...]) -> Unknown:
    """One of some codes; `name` is the look-up that gave them."""
    fact = Missing(name, Absence.SEVERAL, ", ".join(str(c) for c in codes))
    return Unknown(name, frozenset((fact,)), codes)


def still_possible(value: Judged, scope: Scope) -> tuple[Judged, ...]:
    """The values it may have: itself, the candidates that what is assumed leaves, both truths; none where any may be."""
    if isinstance(value, Num):
        return (value,) if value.is_known else ()
    if isinstance(value, Maybe):
        return (False, True)
    if not isinstance(value, Unknown):
        return (value,)
    told = {c: scope.assumed.told(_choice(value, c)) for c in value.among}
    chosen = tuple(c for c in value.among if told[c] is True)
    return chosen or tuple(c for c in value.among if told[c] is not False)


def of_each(value: Judged, scope: Scope, ask: Callable[[Judged], Truth]) -> Truth | None:
    """The truth of a question about a value with candidates; `None` where the value has none."""
    if not isinstance(value, Unknown) or not value.among:
        return None
    left = still_possible(value, scope)
    answers = [ask(candidate) for candidate in left]
    if len(left) == 1 or (isinstance(answers[0], bool) and all(a == answers[0] for a in answers)):
        return answers[0]
    first = left[0]
    return maybe(_choice(value, first), value.facts)


def _choice(value: Unknown, candidate: object) -> str:
    return f"{value.key} is {candidate}"
