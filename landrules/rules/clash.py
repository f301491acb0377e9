"""Clashes that the text alone shows: they are mistakes when rules are read; all others are referred where they occur.

Two exceptions of one norm clash where both always lift it together and come out differently, and neither excepts the
other. Two rivals clash where both always apply to the same ground and one denies what the other allows. What hangs on a
fact of the case is judged with the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.lawcheck import DENIES
from landrules.rules.world import World

ALWAYS_DENY = (m.Effect.DENY, m.Effect.DENY_OCCUPATION)
"""Buildings are denied only where there are some."""


def check_clashes(world: World) -> None:
    """Put down every clash that meets in scope and dates whatever the case.

    Not beside other mistakes: a condition that could not be read would look like one that always holds.
    """
    if world.faults.has_errors:
        return
    for own, norm in sorted(world.norms.items()):
        for one, two in _clashing(norm.exceptions, norm):
            args = {"norm": own, "one": one.id, "one_at": one.span, "two": two.id}
            world.faults.add("LR462", two.span, **args)
        for other in norm.standing.rivals:
            if own < other and _rivals_meet(norm, world.norms[other]):
                args = {"one": own, "one_at": norm.span, "two": other}
                world.faults.add("LR463", world.norms[other].span, **args)


# --------------------------------------------------------------------------- exceptions of one norm


def _clashing(exceptions: Sequence[m.ExceptionNorm], norm: m.Norm) -> Iterator[tuple[m.ExceptionNorm, m.ExceptionNorm]]:
    """Two exceptions that come out differently in the same case: same condition, same requirements, nothing against either."""
    cases: dict[tuple[e.Expr, tuple[e.Expr, ...]], list[tuple[m.ExceptionNorm, m.Outcome]]] = {}
    for one in exceptions:
        outcome = _floored(_outcome(one), norm)
        if outcome is not None and not one.exceptions:
            cases.setdefault((one.when, _required(one)), []).append((one, outcome))
    for case in cases.values():
        if len({outcome for _, outcome in case}) > 1:
            for (one, first), (two, second) in combinations(case, 2):
                if first is not second and one.id != two.id and one.period.meets(two.period):
                    yield one, two


def _required(exception: m.ExceptionNorm) -> tuple[e.Expr, ...]:
    return tuple(c.expr for c in exception.clauses if isinstance(c, m.Requires))


def _outcome(exception: m.ExceptionNorm) -> m.Outcome | None:
    """How an exception comes out where it lifts; `None` where that hangs on the case."""
    if any(isinstance(c, m.SubjectTo | m.Confirmed) for c in exception.clauses):
        return None
    if exception.refers:
        return m.Outcome.REFER
    duties = [c for c in exception.clauses if isinstance(c, m.DutyClause)]
    if any(c.provided == e.TRUE for c in duties):
        return m.Outcome.CONDITIONAL
    return None if duties else m.Outcome.PERMIT


def _floored(outcome: m.Outcome | None, norm: m.Norm) -> m.Outcome | None:
    """A norm that has duties of its own leaves them standing, so that nothing comes out as a mere permit."""
    own = any(b.clauses for b in norm.branches if b.effect in DENIES)
    return m.Outcome.CONDITIONAL if own and outcome is m.Outcome.PERMIT else outcome


# --------------------------------------------------------------------------- rivals


def _rivals_meet(one: m.Norm, two: m.Norm) -> bool:
    """Whether two rivals always apply to the same ground, and one denies what the other allows."""
    if not one.period.meets(two.period) or not _same_ground(one.subject, two.subject):
        return False
    if one.applies != e.TRUE or two.applies != e.TRUE:
        return False
    pairs = ((one, two), (two, one))
    return any(_meeting(_denials(a), _allowances(b)) for a, b in pairs if not a.exceptions)


def _same_ground(one: m.Subject, two: m.Subject) -> bool:
    match one, two:
        case m.Whole(), m.Whole():
            return True
        case (m.OnLayer(a, None), m.OnLayer(b, None)):
            return a == b
        case _:
            return False


def _denials(norm: m.Norm) -> list[m.Branch]:
    return [b for b in norm.branches if b.when == e.TRUE and b.effect in ALWAYS_DENY]


def _allowances(norm: m.Norm) -> list[m.Branch]:
    """The branches that comply whatever the case, where no other branch could say more."""
    if not all(b.effect is m.Effect.COMPLY and not b.clauses for b in norm.branches):
        return []
    return [b for b in norm.branches if b.when == e.TRUE]


def _meeting(some: Sequence[m.Branch], others: Sequence[m.Branch]) -> bool:
    return any(a.period.meets(b.period) for a in some for b in others)
