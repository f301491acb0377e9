"""Processes: answers in order whatever their number, bounded waiting, and one that dies takes nobody with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pool_work
import pytest

from landrules.base.diagnostic import InputError
from landrules.batch.pool import AHEAD, CHUNK, MOST_JOBS, Pool, Start, default_jobs, default_start

STARTS: tuple[Start, ...] = ("fork", "spawn") if sys.platform == "linux" else ("spawn",)
HERE = Path(__file__).parent


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_answers_come_in_the_order_of_the_items(jobs: int, start: Start) -> None:
    pool = Pool(pool_work.doubling, pool_work.lost, jobs, start, chunk=4)
    assert list(pool.answers(iter(range(50)))) == [2 * i for i in range(50)]
    assert multiprocessing.active_children() == []


def test_nothing_to_do_starts_no_process() -> None:
    pool = Pool(pool_work.still_born, pool_work.lost, 4)
    assert list(pool.answers(iter(()))) == []


@pytest.mark.parametrize("start", STARTS)
def test_an_item_that_kills_its_process_is_the_only_one_lost(start: Start) -> None:
    pool = Pool(pool_work.deadly, pool_work.lost, 2, start, chunk=8)
    found = list(pool.answers(iter(range(30))))
    killed = {5: -5000 - signal.SIGKILL, 17: -17000 - signal.SIGKILL}
    assert found == [killed.get(i, i) for i in range(30)]
    assert multiprocessing.active_children() == []


def test_few_answers_wait_for_a_slow_one_however_many_items_there_are() -> None:
    waited = []
    for count in (50, 400):
        pool = Pool(pool_work.slow_first, pool_work.lost, 2, chunk=2)
        assert list(pool.answers(iter(range(count)))) == list(range(count))
        waited.append(pool.most_waiting)
    assert 1 < max(waited) < 2 * 2 * AHEAD
    assert CHUNK * AHEAD * MOST_JOBS <= 256


def test_items_are_taken_from_their_source_only_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(1000):
            taken += 1
            yield item

    answers = Pool(pool_work.doubling, pool_work.lost, 2, chunk=2).answers(items())
    assert next(answers) == 0
    assert taken <= 2 * 2 * AHEAD
    answers.close()
    assert multiprocessing.active_children() == []


def test_processes_that_cannot_start_end_the_batch() -> None:
    with pytest.raises(InputError) as stopped:
        list(Pool(pool_work.still_born, pool_work.lost, 2).answers(iter(range(9))))
    assert [d.code for d in stopped.value.diagnostics] == ["LR852"]
    assert multiprocessing.active_children() == []


def test_what_a_process_refuses_is_told_here() -> None:
    with pytest.raises(InputError) as stopped:
        list(Pool(pool_work.refusing, pool_work.lost, 2).answers(iter(range(9))))
    assert [d.code for d in stopped.value.diagnostics] == ["LR501"]


@pytest.mark.parametrize("start", STARTS)
def test_processes_end_when_the_one_that_started_them_is_killed(start: Start) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
import pool_work
from landrules.batch.pool import Pool
if __name__ == "__main__":
    for pid in Pool(pool_work.telling, pool_work.lost, 2, {start!r}, chunk=1).answers(iter([0] * 6 + [1] * 100)):
        print(pid, flush=True)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), *sys.path))}
    parent = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = {int(parent.stdout.readline()) for _ in range(6)}
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 30
    while time.monotonic() < until and any(is_running(pid) for pid in workers):
        time.sleep(0.05)
    assert not [pid for pid in workers if is_running(pid)]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_batch_uses_the_processors_there_are_and_eight_at_most() -> None:
    assert 1 <= default_jobs() <= MOST_JOBS
    assert default_start() in ("fork", "spawn")
