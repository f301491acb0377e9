"""Running lint rules over programs in small folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_cases import Linted, runner


@pytest.fixture
def linted(tmp_path: Path) -> Linted:
    """Write files, lint those that are asked for (else `case.rules`), with some rules only."""
    return runner(tmp_path)
