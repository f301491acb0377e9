"""Cases of resolution: a program beside the small vocabulary it imports, read from a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from landrules.rules.load import Loaded, read_rulesets

CASES = Path(__file__).parent.parent / "cases" / "resolve"
Read = Callable[[Path], Loaded]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read one program; `base.rules` and `nation.rules` of the case folder lie beside it."""

    def read_case(path: Path) -> Loaded:
        for shared in CASES.glob("*.rules"):
            shutil.copy(shared, tmp_path / shared.name)
        shutil.copy(path, tmp_path / path.name)
        return read_rulesets([path.name], tmp_path)

    return read_case
