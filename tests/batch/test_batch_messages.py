"""Every message about batches is used, and says the same in both languages."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from landrules.base.messages.batch import ROWS
from landrules.base.messages.examples.batch import EXAMPLES
from landrules.base.messages.row import Message
from landrules.batch.asked import PARTS

ROOMS = [Path(__file__).parents[2] / "landrules" / room for room in ("batch", "cli")]
SOURCE = "".join(file.read_text(encoding="utf-8") for room in ROOMS for file in sorted(room.glob("*.py")))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_message_is_used_and_says_the_same_in_both_languages(row: Message) -> None:
    assert f'"{row.code}"' in SOURCE
    named = [
        {name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}
        for text in (row.zh, row.en)
    ]
    assert named[0] == named[1]
    assert row.help_zh and row.help_en
    assert EXAMPLES[row.code].bad != EXAMPLES[row.code].good


def test_every_part_of_a_question_has_words_of_its_own() -> None:
    assert len({word for pair in PARTS.values() for word in pair}) == 2 * len(PARTS)
