"""Tests of where stores lie see no variable of the environment that says so."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_folder_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANDRULES_STORE", raising=False)
