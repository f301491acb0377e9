"""The catalogue of messages: one code, two languages, one help each.

Families: LR1xx spelling and syntax · LR2xx names · LR3xx types and dimensions · LR4xx law (citations, dates,
exceptions, levels) · LR5xx workspace and layers · LR6xx the proposal's file · LR7xx data quality (never moves a
decision) · LR8xx commands · LR9xx health of rule files. A row is added in the module of its family under `messages/` and nowhere else.
"""

from __future__ import annotations

from types import MappingProxyType

from landrules.base.messages import (
    batch,
    commands,
    constructs,
    intake,
    law,
    levels,
    lint,
    names,
    quality,
    store,
    syntax,
    tables,
    trials,
    types,
)
from landrules.base.messages.row import Message

FAMILIES: tuple[tuple[Message, ...], ...] = (
    syntax.ROWS,
    names.ROWS,
    types.ROWS,
    tables.ROWS,
    law.ROWS,
    constructs.ROWS,
    levels.ROWS,
    trials.ROWS,
    intake.ROWS,
    quality.ROWS,
    store.ROWS,
    commands.ROWS,
    batch.ROWS,
    lint.ROWS,
)


def _catalogue() -> dict[str, Message]:
    rows: dict[str, Message] = {}
    for family in FAMILIES:
        for row in family:
            if row.code in rows:
                raise ValueError(f"two messages have the code {row.code}")
            rows[row.code] = row
    return rows


MESSAGES = MappingProxyType(_catalogue())
