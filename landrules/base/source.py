"""Text and places in it.

A `SourceFile` is text that a person wrote, with its digest; a `Span` is a stretch of it. Everything that can go
wrong later can still point at the text it came from.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import field

from landrules.base.frozen import frozen


@frozen
class SourceFile:
    """A text with a name.

    Invariant: `text` is NFC and uses ``\\n`` only; `sha256` is of the bytes as received.
    """

    name: str
    text: str
    sha256: str

    @classmethod
    def from_bytes(cls, name: str, data: bytes) -> SourceFile:
        """Decode UTF-8 (a byte order mark is dropped). Raises `UnicodeDecodeError`."""
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return cls(name, unicodedata.normalize("NFC", text), hashlib.sha256(data).hexdigest())

    @classmethod
    def from_text(cls, text: str, name: str = "<text>") -> SourceFile:
        """A source from text in memory.

        >>> SourceFile.from_text("a\\nbc").line_col(3)
        (2, 2)
        """
        return cls.from_bytes(name, text.encode("utf-8"))

    def line_col(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character offset."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def line(self, number: int) -> str:
        """The text of a line, numbered from 1."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@frozen
class Span:
    """A half-open stretch of a source, in characters.

    Trees compare by meaning: a span never takes part in equality or hashing of the node that holds it.
    """

    source: SourceFile = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """Line of the first character, from 1."""
        return self.source.line_col(self.start)[0]

    @property
    def column(self) -> int:
        """Column of the first character, from 1."""
        return self.source.line_col(self.start)[1]

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
