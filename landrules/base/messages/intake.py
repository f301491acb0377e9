"""Messages about workspace, layers and proposal files (LR5xx, LR6xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = ()
