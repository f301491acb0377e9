"""Messages about citations, dates, exceptions, levels (LR4xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = ()
