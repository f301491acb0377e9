"""Reading the cases of resolution."""

from __future__ import annotations

from pathlib import Path

import pytest
from resolve_cases import Read, reader


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read one program; `base.rules` and `nation.rules` of the case folder lie beside it."""
    return reader(tmp_path)
