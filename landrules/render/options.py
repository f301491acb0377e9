"""How a report is asked for: the reader's language, whether places are shown, and how wide and colourful a terminal is.

Every renderer takes the same two things, an `Answer` and `Options`, and gives back text; nothing here touches a file or a
terminal.
"""

from __future__ import annotations

from collections.abc import Callable

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen
from landrules.engine.answer import Answer


@frozen
class Options:
    """What the reader asked for.

    `geometry` false: no coordinate leaves, in any format. `width`: terminal columns to fold lines at; `None` leaves
    lines whole, as a pipe wants them. `colour`: ANSI colours, only ever for a terminal.
    """

    lang: Lang = "zh"
    geometry: bool = True
    width: int | None = None
    colour: bool = False


@frozen
class Renderer:
    """An output format: its name on the command line, its media type, and the function that makes the text.

    The text is Unicode with `\\n` line ends and a final newline; whoever writes it encodes it as UTF-8. `draws`: it shows
    the shapes of what is found, which an answer to anybody else need not hold.
    """

    name: str
    media_type: str
    function: Callable[[Answer, Options], str]
    draws: bool = True
