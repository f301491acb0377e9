"""Where the grammar and the shipped rulesets lie.

In a wheel they are the packages `landrules._grammar` and `landrules._rulesets`; in a source tree the sibling folders
`grammar` and `rulesets`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def grammar() -> Traversable:
    """The folder of the grammar."""
    return _folder("grammar")


def rulesets() -> Traversable:
    """The folder of the shipped rulesets."""
    return _folder("rulesets")


def _folder(name: str) -> Traversable:
    beside = Path(__file__).resolve().parents[2] / name
    if beside.is_dir() and (beside.parent / "pyproject.toml").is_file():
        return beside
    from importlib.resources import files

    return files(f"landrules._{name}")
