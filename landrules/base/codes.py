"""The catalogue of messages: one code, two languages, one help each.

Families: LR1xx spelling and syntax · LR2xx names · LR3xx types and dimensions · LR4xx law (citations, dates,
exceptions, levels) · LR5xx workspace and layers · LR6xx the proposal's file · LR7xx data quality (never moves a
decision) · LR8xx commands · LR9xx health of rule files. A row is added in the module of its family under `messages/` and
nowhere else; a family is read when one of its codes is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from landrules.base.messages.row import Message

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "LR1": ("syntax",),
        "LR2": ("names", "tables"),
        "LR3": ("types", "tables"),
        "LR4": ("law", "constructs", "levels", "tables", "trials"),
        "LR5": ("intake", "store"),
        "LR6": ("intake",),
        "LR7": ("quality",),
        "LR8": ("commands", "batch", "trials"),
        "LR9": ("lint",),
    }
)
"""The modules in which codes that begin so stand."""


class Catalogue(Mapping[str, Message]):
    """Messages by their codes."""

    def __init__(self) -> None:
        self._rows: dict[str, Message] = {}
        self._read: set[str] = set()

    def __getitem__(self, code: str) -> Message:
        for name in FAMILIES.get(code[:3], ()):
            if code in self._rows:
                break
            self._add(name)
        return self._rows[code]

    def __iter__(self) -> Iterator[str]:
        for names in FAMILIES.values():
            for name in names:
                self._add(name)
        return iter(self._rows)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _add(self, name: str) -> None:
        """Read a family. Raises `ValueError` for a code that another has, or that nobody would look for in it."""
        if name in self._read:
            return
        rows: tuple[Message, ...] = import_module(f"landrules.base.messages.{name}").ROWS
        for row in rows:
            if name not in FAMILIES.get(row.code[:3], ()):
                raise ValueError(f"{row.code} is not looked for in {name}")
            if row.code in self._rows:
                raise ValueError(f"two messages have the code {row.code}")
            self._rows[row.code] = row
        self._read.add(name)


MESSAGES: Mapping[str, Message] = Catalogue()
