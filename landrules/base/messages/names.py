"""Messages about names and imports (LR2xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = ()
