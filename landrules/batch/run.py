"""A batch from Python: many proposals, each with its report or with what is wrong with it, in their order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.batch import inputs
from landrules.batch.inputs import Input
from landrules.batch.judge import Judge, Judged
from landrules.batch.pool import CHUNK, Pool, Start, default_start
from landrules.batch.worker import Work
from landrules.engine import answer as plain
from landrules.engine.report import Report
from landrules.intake.workspace import Workspace
from landrules.road import Options, Session, open_workspace

Answer = TypeVar("Answer")
Told = Callable[[Input, Judged], Answer]
"""What is made of a judged proposal; a function that can be pickled, for it runs where the proposal was judged."""


def check_many(
    proposals: str | Path | Sequence[str | Path],
    *,
    workspace: str | Path | Workspace | Session | None = None,
    law_date: date | None = None,
    data_as_of: date | None = None,
    rules: Sequence[str | Path] | None = None,
    settings: Mapping[str, str] | None = None,
    geometry: bool = True,
    jobs: int = 1,
) -> Iterator[tuple[str, Report | tuple[Diagnostic, ...]]]:
    """Judge many proposals: the name of each with its `Report`, or with the diagnostics for which nothing was decided.

    `proposals` is a folder, a file with one proposal a line, or several files. The other arguments are those of `check`;
    the workspace is one for all. Answers come one by one, in the order of the inputs, the same for any number of
    `jobs` (processes); with more than one, a program on Windows or macOS calls this below
    `if __name__ == "__main__":`. Raises `InputError` where the workspace or the rules are wrong, or nothing is there.
    """
    places = [proposals] if isinstance(proposals, str | Path) else list(proposals)
    files = tuple(file for place in places for file in inputs.find(Path(place)).files)
    options = Options(law_date, data_as_of, tuple(rules or ()), dict(settings or {}), geometry)
    if isinstance(workspace, Session):
        session = Session.open(workspace.workspace, options.rules) if options.rules else workspace
    else:
        session = Session.open(workspace_for(workspace, files), options.rules)
    return judge_all(Judge(session, options), inputs.inputs_of(files), jobs, _as_judged)


def workspace_for(stated: str | Path | Workspace | None, files: Sequence[inputs.Source]) -> str | Path | Workspace:
    """The one workspace of a batch: the one stated, else the one that `check` would find for every file of it.

    Raises `InputError`: LR851 where that is not the same for all, else as loading does.
    """
    if stated is not None:
        return stated
    one_a_folder = {file.path.parent: file for file in reversed(files)}.values()
    first, *others = [(file, open_workspace(None, file.path)) for file in reversed(one_a_folder)]
    for file, other in others:
        if other.path != first[1].path:
            raise InputError(Diagnostic("LR851", {"first": first[0].name, "other": file.name}))
    return first[1]


def judge_all(
    judge: Judge, items: Iterator[Input], jobs: int, told: Told[Answer], start: Start | None = None
) -> Generator[Answer]:
    """What `told` makes of every proposal, in order. One job works in this process, several in processes of their own.

    Raises `InputError` (LR852) where no process can be started.
    """
    if jobs <= 1:
        yield from _work(judge, told, items)
        return
    opening: Callable[[], Work[Input, Answer]] = partial(_worker, judge, told)
    yield from Pool(opening, partial(_lost, told), jobs, start or default_start()).answers(items)


def _worker(judge: Judge, told: Told[Answer]) -> Work[Input, Answer]:
    return partial(_work, judge, told)


def _work(judge: Judge, told: Told[Answer], items: Iterable[Input]) -> Iterator[Answer]:
    for some in _chunks(items):
        for item, judged in zip(some, judge(some), strict=True):
            yield told(item, judged)


def _chunks(items: Iterable[Input]) -> Iterator[Sequence[Input]]:
    """Items that are judged together; those before one that cannot be had come first. Raises what `items` raises."""
    source, some = iter(items), list[Input]()
    while True:
        try:
            for item in islice(source, CHUNK):
                some.append(item)
        except (InputError, OSError):
            if some:
                yield some
            raise
        if not some:
            return
        yield some
        some = []


def _lost(told: Told[Answer], item: Input, code: int | None) -> Answer:
    """The answer for a proposal that ended the process judging it, twice."""
    return told(item, (Diagnostic("LR853", {"code": str(code)}, where=item.name),))


def _as_judged(item: Input, judged: Judged) -> tuple[str, Report | tuple[Diagnostic, ...]]:
    return item.name, Report.of(judged) if isinstance(judged, plain.Answer) else judged
