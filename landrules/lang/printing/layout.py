"""Lines of the canonical format: four blanks, one clause a line, long ones broken where they breathe."""

from __future__ import annotations

from landrules.base.diagnostic import columns
from landrules.base.frozen import frozen
from landrules.lang.tree import Comments

WIDTH = 100
STEP = 4


@frozen
class Chunk:
    """Text that is never broken.

    `own` asks for a line of its own once the clause does not fit on one line; `tight` for no blank before it.
    """

    text: str
    own: bool = False
    tight: bool = False

    @property
    def spaced(self) -> str:
        """The text with the blank before it."""
        return self.text if self.tight else " " + self.text


def width(text: str) -> int:
    """Columns of a text on a terminal."""
    return sum(columns(c) for c in text)


def lines(chunks: list[Chunk], depth: int, comments: Comments) -> list[str]:
    """The lines of a clause at a depth, with its comments."""
    pad = " " * (STEP * depth)
    body = pad + joined(chunks)
    remark = f"  # {comments.trailing}" if comments.trailing else ""
    out = [leading(text, depth) for text in comments.leading]
    if width(body) <= WIDTH:
        return [*out, body + remark]
    line, room = pad + chunks[0].text, pad + " " * STEP
    for chunk in chunks[1:]:
        if chunk.own or width(line) + width(chunk.spaced) > WIDTH:
            out.append(line)
            line = room + chunk.text
        else:
            line += chunk.spaced
    return [*out, line + remark]


def joined(chunks: list[Chunk]) -> str:
    """Chunks on one line."""
    return "".join(c.spaced for c in chunks).removeprefix(" ")


def leading(text: str, depth: int) -> str:
    """A comment on a line of its own."""
    return (" " * (STEP * depth) + f"# {text}").rstrip()


def listed(items: list[str], comma: str) -> list[Chunk]:
    """Items of a list, each with its comma: a line may end after any."""
    last = len(items) - 1
    tight = not comma.endswith(" ")
    return [Chunk(t + comma.rstrip() * (n < last), tight=tight and n > 0) for n, t in enumerate(items)]
