"""Messages about the command line (LR8xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = ()
