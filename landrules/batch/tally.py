"""What a batch came to: how many of each decision, which code it ends with, which ids stand twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b

from landrules.base.diagnostic import Diagnostic
from landrules.batch.answer import OutcomeOf

GRAVITY: tuple[OutcomeOf, ...] = ("error", "deny", "indeterminate", "refer", "conditional", "permit")
"""What a batch ends as: the first of these that one of its proposals has."""

MOST_REPEATED = 20
"""Ids found twice that are told one by one."""


@dataclass(slots=True)
class Tally:
    """Counts, and of each id a short digest with the name of its first input."""

    counts: Counter[OutcomeOf] = field(default_factory=Counter)
    repeated: list[Diagnostic] = field(default_factory=list)
    repeats: int = 0
    _first: dict[bytes, str] = field(default_factory=dict)

    def add(self, name: str, outcome: OutcomeOf, id_: str) -> None:
        """Count one proposal."""
        self.counts[outcome] += 1
        if not id_:
            return
        first = self._first.setdefault(blake2b(id_.encode("utf-8"), digest_size=12).digest(), name)
        if first != name:
            self.repeats += 1
            if self.repeats <= MOST_REPEATED:
                args = {"id": id_, "first": first, "other": name}
                self.repeated.append(Diagnostic("LR858", args, severity="warning"))

    @property
    def total(self) -> int:
        """How many proposals were counted."""
        return self.counts.total()

    @property
    def gravest(self) -> OutcomeOf:
        """What decides how the batch ends; a batch without any proposal decided nothing."""
        return next((outcome for outcome in GRAVITY if self.counts[outcome]), "error")
