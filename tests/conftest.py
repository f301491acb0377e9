"""Tests keep what they read in a store of their own, never in the user's; a run says which tests it left out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import Any

import pytest

_FOLDER = tempfile.TemporaryDirectory(prefix="landrules-store-", ignore_cleanup_errors=True)
os.environ.setdefault("LANDRULES_CACHE", _FOLDER.name)
os.environ.setdefault("LANDRULES_STORE", f"{_FOLDER.name}/layers")

LEFT_OUT = pytest.StashKey[int]()
"""How many tests marked `system` were deselected."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = 0
    config.pluginmanager.register(_LeftOut(config), "left-out")


class _LeftOut:
    """Counts what is left out, also where workers collect and another process reports."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        found = sum(item.get_closest_marker("system") is not None for item in items)
        self.config.stash[LEFT_OUT] += found

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["left_out"] = self.config.stash[LEFT_OUT]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        found = getattr(node, "workeroutput", {}).get("left_out", 0)
        self.config.stash[LEFT_OUT] = max(self.config.stash[LEFT_OUT], found)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if left_out := self.config.stash[LEFT_OUT]:
            what = f"{left_out} tests that need a server of PostgreSQL with PostGIS (run them: pytest -m system)"
            terminalreporter.write_line(f"left out: {what}")
