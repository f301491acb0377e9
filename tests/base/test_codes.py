"""The catalogue finds every row of every family, and reads no family that nobody asked for."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from landrules.base import messages
from landrules.base.codes import FAMILIES, MESSAGES, Catalogue

PARTS = ("examples", "proposal", "row", "workspace")
"""Modules that are no family of their own: the shape of a row, and what `intake` is put together from."""


def test_every_row_is_found_and_every_module_is_a_family() -> None:
    names = {module.name for module in pkgutil.iter_modules(messages.__path__)} - set(PARTS)
    assert names == {name for found in FAMILIES.values() for name in found}
    rows = [row for name in names for row in import_module(f"landrules.base.messages.{name}").ROWS]
    assert len({row.code for row in rows}) == len(rows) == len(MESSAGES)
    for row in rows:
        assert Catalogue()[row.code] is row
    assert set(MESSAGES) == {row.code for row in rows}


def test_no_other_code_is_found() -> None:
    for code in ("LR000", "LR199", "LR799", "XX100", ""):
        assert code not in MESSAGES
        with pytest.raises(KeyError):
            MESSAGES[code]


def test_a_family_is_read_when_it_is_asked_for() -> None:
    code = (
        "import sys\n"
        "from landrules.base.diagnostic import Diagnostic\n"
        "def read(): return {m.rpartition('.')[2] for m in sys.modules if m.startswith('landrules.base.messages.')}\n"
        "print(sorted(read()))\n"
        "Diagnostic('LR710')\n"
        "print(sorted(read()))\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "['row']\n['quality', 'row']\n"
