"""Values of which several candidates are known, among which only a person can choose.

A crosswalk may give several codes for one. What is asked of such a value is asked of every candidate: where all agree,
that is the answer; otherwise which of them it is stays open, and all questions about the value are answered by one
choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from landrules.base.valuetype import Absence, Code, Missing
from landrules.engine.scope import Judged, Scope
from landrules.engine.unknown import Choice, Maybe, Num, Truth, Unknown, maybe


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


def choice_of(value: Unknown, group: Sequence[object], scope: Scope) -> Choice | None:
    """The choice for which the question stands whether an open value is among some codes of one scheme.

    `None` where they are not all codes that one scheme holds: nothing follows from the answer then.
    """
    codes = [c for c in group if isinstance(c, Code)]
    if not codes or len(codes) < len(group):
        return None
    scheme = scope.evidence.rules.schemes.get(codes[0].scheme)
    if scheme is None or any(c.scheme != scheme.id or c.code not in scheme.entries for c in codes):
        return None
    return Choice((value.key, scheme.id, value.facts), scheme.below(frozenset(c.code for c in codes)))


def _choice(value: Unknown, candidate: object) -> str:
    return f"{value.key} is {candidate}"
