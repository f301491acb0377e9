"""Norms that the project itself puts out of question, before any ground is measured for them.

Whether a norm applies often hangs on the project alone: its kind, its stage, the day. Where that is known and the answer
is no, whatever the ground is the norm comes to *not applicable*, so nothing is cut, drawn or measured, and its finding
states no areas and distances that nobody may hold against the project.
"""

from __future__ import annotations

from landrules.engine.on_pieces import gathered
from landrules.engine.program import Program
from landrules.engine.scope import Scope
from landrules.engine.verdict import Judgement, Result, Verdict
from landrules.rules.model import Outcome

_NEVER: frozenset[Outcome] = frozenset((Outcome.NOT_APPLICABLE,))


def out_of_question(program: Program, scope: Scope) -> Result | None:
    """The result of a norm that surely does not apply to the project; `None` where its ground is to be looked at.

    Surely: no open fact is asked, and whether or not sources that are not verified speak. A witness is shown everything.
    """
    if not program.by_case or scope.evidence.witness is not None:
        return None
    asked = scope.assumed.asked
    if program.applies(scope) is not False:
        return None
    if scope.assumed.asked > asked and program.applies(scope.assuming(scope.assumed.of_verified())) is not False:
        return None  # what asked for nothing says the same whoever speaks
    judged = scope.evidence.memo.of("out of question", lambda: _never(scope))
    return gathered(program, [judged])


def _never(scope: Scope) -> Judgement:
    parcels = tuple(p.id for p in scope.evidence.proposal.parcels)
    return Judgement(_NEVER, frozenset(), (), Verdict(Outcome.NOT_APPLICABLE), (), parcels)
