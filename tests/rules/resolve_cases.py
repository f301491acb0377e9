"""Cases of resolution: a program beside the small vocabulary it imports, read from a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from landrules.rules.load import Loaded, read_rulesets

CASES = Path(__file__).parent.parent / "cases" / "resolve"
Read = Callable[[Path], Loaded]


def reader(folder: Path) -> Read:
    """A function that reads one program from a folder in which the shared files lie too."""

    def read_case(path: Path) -> Loaded:
        for shared in CASES.glob("*.rules"):
            shutil.copy(shared, folder / shared.name)
        for beside in path.parent.glob(f"{path.stem}*"):
            shutil.copy(beside, folder / beside.name)
        return read_rulesets([path.name], folder)

    return read_case
