"""The shape of one message."""

from __future__ import annotations

from typing import Literal

from landrules.base.frozen import frozen


@frozen
class Message:
    """A sentence in two languages with `{named}` values, and what to do about it.

    Texts are plain sentences in the user's words: no Python type names, no stack of conditions.
    """

    code: str
    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""

    def text(self, lang: Literal["zh", "en"]) -> str:
        """The sentence, before its values are filled in."""
        return self.zh if lang == "zh" else self.en

    def help(self, lang: Literal["zh", "en"]) -> str:
        """The advice, before its values are filled in."""
        return self.help_zh if lang == "zh" else self.help_en
