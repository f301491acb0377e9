"""An answer as it leaves the process that found it: its bytes, and the little that the batch counts."""

from __future__ import annotations

from typing import Literal

from landrules.base.diagnostic import visible
from landrules.base.frozen import frozen
from landrules.batch.error import error_of
from landrules.batch.inputs import Input
from landrules.batch.judge import Judged
from landrules.engine import answer as plain
from landrules.engine.answer import DecisionName
from landrules.render.encode import encode
from landrules.render.safe import neutral_json

OutcomeOf = Literal[DecisionName, "error"]
"""The decision, or that nothing was decided."""


@frozen
class Answer:
    """One line of a batch: `line` is UTF-8 and ends in the one line end it holds. `id` is empty for an error."""

    name: str
    outcome: OutcomeOf
    id: str
    line: bytes


def as_json(item: Input, judged: Judged) -> Answer:
    """The report as `landrules check --format json` prints it, on one line; else the error object."""
    if isinstance(judged, plain.Answer):
        line = encode(judged, geometry=True, indent=False)
    else:
        line = neutral_json(error_of(item.name, judged).model_dump_json(by_alias=True))
    return answer_of(item, judged, line + "\n")


def answer_of(item: Input, judged: Judged, line: str) -> Answer:
    """An answer written in some format."""
    name, encoded = visible(item.name), line.encode("utf-8")
    if isinstance(judged, plain.Answer):
        return Answer(name, judged.decision, judged.proposal.id, encoded)
    return Answer(name, "error", "", encoded)
