"""How far a batch is, for a person who waits at a terminal, and what it came to. Everything here goes to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence

from landrules.base.diagnostic import Lang, columns
from landrules.batch.answer import OutcomeOf
from landrules.batch.tally import GRAVITY, Tally
from landrules.render.safe import neutral
from landrules.render.words import OUTCOMES, Word

_NOT_JUDGED = Word("未能审查", "could not be judged")
_PATIENCE = 2.0
_EVERY = 0.5
_MOST_NAMES = 5


class Progress:
    """One line on a terminal that is written over again and again, once the work has taken two seconds.

    `total` counts the proposals, and is asked only then.
    """

    def __init__(self, lang: Lang, environment: Mapping[str, str], total: Callable[[], int]) -> None:
        self._lang = lang
        self._total = total
        self._all = 0
        self._is_watched = sys.stderr.isatty() and not environment.get("CI")
        self._next = time.monotonic() + _PATIENCE
        self._shown = 0

    def show(self, tally: Tally) -> None:
        """Tell how far the work is, twice a second at most."""
        if not self._is_watched or (now := time.monotonic()) < self._next:
            return
        self._next = now + _EVERY
        self._all = self._all or self._total()
        self._write(f"{tally.total}/{self._all}{'：' if self._lang == 'zh' else ': '}{counts(tally, self._lang)}")

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("")
            print("\r", end="", file=sys.stderr, flush=True)

    def _write(self, text: str) -> None:
        width = sum(columns(char) for char in text)
        print(f"\r{text}{' ' * max(0, self._shown - width)}", end="", file=sys.stderr, flush=True)
        self._shown = width


def counts(tally: Tally, lang: Lang) -> str:
    """How many of each decision, the gravest first."""
    found = [f"{_word(outcome, lang)} {tally.counts[outcome]}" for outcome in GRAVITY if tally.counts[outcome]]
    return ("，" if lang == "zh" else ", ").join(found)


def summary(tally: Tally, passed_over: Sequence[str], lang: Lang) -> list[str]:
    """What the batch came to, and what stood among the proposals and was not read."""
    zh = lang == "zh"
    lines = [
        f"共 {tally.total} 个项目：{counts(tally, lang)}" if zh else f"proposals: {tally.total}; {counts(tally, lang)}"
    ]
    if passed_over:
        names = ("、" if zh else ", ").join(neutral(name) for name in passed_over[:_MOST_NAMES])
        more = len(passed_over) - _MOST_NAMES
        if more > 0:
            names += f" 等 {len(passed_over)} 个文件" if zh else f" and {more} more"
        lines.append(f"未读取（不是已知格式的项目文件）：{names}" if zh else f"not read (no known format): {names}")
    return lines


def _word(outcome: OutcomeOf, lang: Lang) -> str:
    return (_NOT_JUDGED if outcome == "error" else OUTCOMES[outcome])(lang)
