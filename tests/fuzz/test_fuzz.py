"""What the fuzzer found stays found; and a few programs of a fixed seed are read each time.

Ten minutes of it: `python -m tests.fuzz.language --minutes 10 --seed N`.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzz.language import corpus, finding, program

FINDINGS = sorted((Path(__file__).parent / "findings").glob("*.rules"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda p: p.stem)
def test_what_was_found_is_told_as_a_mistake(path: Path) -> None:
    found = finding(path.read_bytes().decode("utf-8"))
    assert found is None, found.what


def test_programs_of_a_fixed_seed_are_read() -> None:
    rng, files = random.Random(2026), corpus()
    wrong = [found for _ in range(80) if (found := finding(program(rng, files))) is not None]
    assert [f"{f.what}\n{f.program}" for f in wrong] == []
