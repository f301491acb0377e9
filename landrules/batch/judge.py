"""Some proposals of a batch on their road: what `landrules check` says of each, or why nothing could be decided.

A mistake in a proposal, and a fault of the program while it is judged, is an answer like any other: the rest goes on.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.batch.inputs import Input
from landrules.engine import answer as plain
from landrules.geo.site import Proposal
from landrules.intake.proposal import read_proposal
from landrules.road import Case, Options, Request, Session

Judged = plain.Answer | tuple[Diagnostic, ...]
"""The answer to a proposal, or every reason why nothing was decided."""


Refused = tuple[Diagnostic, ...]

MOST_M2 = 2e8
"""Land that proposals looked up together may ask about, in m2: some forty thousand patches. One alone may ask about more."""


@frozen
class Judge:
    """A county read once, and the options of a check: judges any number of proposals, here or in another process."""

    session: Session
    options: Options

    def __call__(self, items: Sequence[Input]) -> Iterator[Judged]:
        """The answers to some proposals, or what is wrong with them, in their order; each comes as soon as it is known.

        They pass the door one by one, layers are looked up and overlaid for all of them, then each is judged by itself:
        what is said of one does not depend on the others. Never raises for what a proposal holds.
        """
        asked = [self._asked(item) for item in items]
        cases = self._gathered([one for one in asked if isinstance(one, Request)])
        for one in asked:
            found = next(cases) if isinstance(one, Request) else one
            yield self._concluded(found) if isinstance(found, Case) else found

    def _asked(self, item: Input) -> Request | Refused:
        """A proposal through the door."""
        kept = _Kept()
        with kept:
            return self.session.request(self._read(item), self.options)
        return kept.diagnostics

    def _read(self, item: Input) -> Proposal:
        if item.is_whole_file:
            return self.session.read(item.path, self.options.settings)
        plane, schemes = self.session.workspace.plane, self.session.rulesets.schemes
        return read_proposal(item.read(), Path(item.name).name, plane, schemes, self.options.settings)

    def _gathered(self, requests: Sequence[Request]) -> Iterator[Case | Refused]:
        """The cases of some proposals, in their order; each is let go of when the next is asked for."""
        for some in _together(requests):
            found = deque(self._cases(some))
            while found:
                yield found.popleft()

    def _cases(self, requests: Sequence[Request]) -> Sequence[Case | Refused]:
        """Some proposals looked up together; where that fails each by itself, so that only the one at fault is told of it."""
        kept = _Kept()
        with kept:
            return self.session.cases(requests)
        if len(requests) == 1:
            return (kept.diagnostics,)
        return [found for one in requests for found in self._cases((one,))]

    def _concluded(self, case: Case) -> Judged:
        kept = _Kept()
        with kept:
            return self.session.conclude(case, self.options)
        return kept.diagnostics


def _together(requests: Sequence[Request]) -> Iterator[Sequence[Request]]:
    """Runs of proposals that do not ask about too much land at once."""
    some: list[Request] = []
    land = 0.0
    for request in requests:
        if some and land + request.extent_m2 > MOST_M2:
            yield some
            some, land = [], 0.0
        some.append(request)
        land += request.extent_m2
    if some:
        yield some


class _Kept(AbstractContextManager["_Kept"]):
    """Keeps what went wrong inside as diagnostics: mistakes as they are, a fault of the program as LR819."""

    def __init__(self) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = ()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, InputError):
            self.diagnostics = error.diagnostics
        elif isinstance(error, Exception):
            frames = traceback.extract_tb(trace)
            where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
            self.diagnostics = (Diagnostic("LR819", {"what": f"{type(error).__name__}: {error}", "where": where}),)
        else:
            return False
        return True
