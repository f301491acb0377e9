"""Every message of the command line is used, and reads in both languages."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from landrules.base.messages.commands import ROWS
from landrules.base.messages.row import Message

ROOMS = [Path(__file__).parents[2] / "landrules" / room for room in ("cli", "render", "geo")]
SOURCE = "".join(file.read_text(encoding="utf-8") for room in ROOMS for file in sorted(room.glob("*.py")))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_message_is_used_and_says_the_same_in_both_languages(row: Message) -> None:
    assert f'"{row.code}"' in SOURCE
    named = [
        {name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}
        for text in (row.zh, row.en)
    ]
    assert named[0] == named[1]
    assert bool(row.help_zh) == bool(row.help_en)
