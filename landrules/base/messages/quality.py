"""Messages about data quality (LR7xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = ()
