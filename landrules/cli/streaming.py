"""Lines of a batch to stdout as they come, or to a file that appears when all is done and can be gone on with before."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.base.frozen import frozen
from landrules.batch import inputs, table
from landrules.batch.answer import Answer, as_json
from landrules.batch.asked import asked_of
from landrules.batch.inputs import Input, Sources
from landrules.batch.journal import Journal
from landrules.batch.judge import Judge, Judged
from landrules.batch.run import judge_all
from landrules.batch.tally import Tally
from landrules.cli.console import refused
from landrules.cli.progress import Progress


@frozen
class Batch:
    """What is judged, by how many processes, and as what it is written."""

    judge: Judge
    sources: Sources
    jobs: int
    form: str
    lang: Lang

    def head(self) -> bytes:
        """What stands before the first line."""
        return table.head(self.lang) if self.form == "csv" else b""

    def answers(self, done: int = 0) -> Generator[Answer]:
        """The answers in order, without the first ones. Raises `InputError`: LR852, LR813 a file cannot be read."""
        told: Callable[[Input, Judged], Answer] = partial(table.as_row, self.lang) if self.form == "csv" else as_json
        return judge_all(self.judge, islice(self._inputs(), done, None), self.jobs, told)

    def _inputs(self) -> Iterator[Input]:
        for file in self.sources.files:
            try:
                yield from inputs.inputs_of((file,))
            except OSError as error:
                raise refused(file.path, error, "LR813") from error


def to_stdout(batch: Batch) -> Tally:
    """Write every line as soon as its turn has come. Raises `SystemExit` (2) where stdout's reader has gone."""
    tally, progress = Tally(), _progress(batch)
    _print(batch.head())
    with closing(batch.answers()) as answers:
        for answer in answers:
            _print(answer.line)
            tally.add(answer.name, answer.outcome, answer.id)
            progress.show(tally)
    progress.end()
    return tally


def to_file(batch: Batch, output: Path, restart: bool) -> Tally:
    """Write a file, going on where an earlier run of the same batch stopped.

    Raises `InputError`: LR854 and LR855 (see `Journal`), LR812 nothing can be written, LR856 all is done and the file
    cannot be put in its place.
    """
    form = f"csv {batch.lang}" if batch.form == "csv" else batch.form
    tally, progress = Tally(), _progress(batch)
    try:
        asked = asked_of(batch.judge, batch.sources.files, form)
        with Journal(output, asked, batch.head(), restart) as journal:
            for finished in journal.finished:
                tally.add(finished.name, finished.outcome, finished.id)
            if journal.finished:
                print(_going_on(tally.total, batch.lang), file=sys.stderr)
            with closing(batch.answers(tally.total)) as answers:
                for answer in answers:
                    journal.add(answer)
                    tally.add(answer.name, answer.outcome, answer.id)
                    progress.show(tally)
            progress.end()
            _complete(journal, output, tally.total)
    except OSError as error:
        raise refused(output, error) from error
    return tally


def _complete(journal: Journal, output: Path, done: int) -> None:
    try:
        journal.complete()
    except OSError as error:
        told = refused(output, error).diagnostics[0].args
        raise InputError(Diagnostic("LR856", {**told, "done": done, "partial": f"{output}.partial"})) from error


def _progress(batch: Batch) -> Progress:
    return Progress(batch.lang, os.environ, lambda: inputs.count(batch.sources.files))


def _going_on(done: int, lang: Lang) -> str:
    return f"接着上次：已做完 {done} 个" if lang == "zh" else f"going on: {done} were finished before"


def _print(content: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(2) from None
