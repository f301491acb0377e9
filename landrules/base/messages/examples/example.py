"""The shape of an example."""

from __future__ import annotations

from typing import Literal

from landrules.base.frozen import frozen

Frame = Literal["rule", "on farmland", "on patches", "use control", "items", "file", "manifest", "words"]


@frozen
class Example:
    """What yields a message, and the same put right.

    `frame` says what the text stands in: the braces of a `rule`, of a rule on a layer or of a use control, the items of
    a ruleset, a whole file, the manifest of a folder; or that it is told in `words`: a command, a setting, a line of a file. `why_zh` and `why_en`
    say why the message is there, where its family's reason does not.
    """

    bad: str
    good: str
    frame: Frame = "rule"
    why_zh: str = ""
    why_en: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    """Other files of the folder, by name, where the mistake needs two."""

    @property
    def is_run(self) -> bool:
        """Whether the example is a program."""
        return self.frame != "words"
