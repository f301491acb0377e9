"""Runs commands and says what they cost: wall and CPU time of the whole process tree that was waited for, peak memory.

Commands that are to be compared run in turns, so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: seconds of wall clock and of CPU, children included, and peak memory of one process in MB."""

    wall: float
    cpu: float
    rss_mb: float
    code: int
    out: str


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Cost:
    """Run a command to its end."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=cwd) as process:
        assert process.stdout is not None and process.stderr is not None
        out = process.stdout.read().decode("utf-8", "replace")
        words = process.stderr.read().decode("utf-8", "replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode < 0 or (process.returncode == 1 and "Traceback" in words):
        raise RuntimeError(f"{' '.join(command)}: {process.returncode}\n{words[-2000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode, out)


def in_turns(
    commands: Mapping[str, Sequence[str]], rounds: int, env: Mapping[str, str] | None = None
) -> dict[str, Cost]:
    """The median cost of each command over some rounds, each round running every command once."""
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run(command, env=env))
    return {name: median(costs) for name, costs in runs.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """Medians figure by figure; code and output are those of the last run."""
    middle = [statistics.median(getattr(c, name) for c in costs) for name in ("wall", "cpu", "rss_mb")]
    return Cost(*middle, costs[-1].code, costs[-1].out)
