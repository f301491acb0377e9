"""Messages about spelling and syntax (LR1xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = ()
