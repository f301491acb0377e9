"""What an author or an applicant did wrong, as a value.

A mistake in a ruleset, a workspace or a proposal is a `Diagnostic`; a bug is an exception. Diagnostics are collected,
several per file. `InputError` carries them out to a door, which prints them and ends with exit code 2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Literal

from landrules.base.codes import MESSAGES
from landrules.base.frozen import frozen
from landrules.base.source import Span

Lang = Literal["zh", "en"]
Severity = Literal["error", "warning"]


@frozen
class Diagnostic:
    """One mistake: a code of the catalogue, the values of its message, and where.

    `where` names a place that is not a text span: a file, a feature and a field.
    """

    code: str
    args: Mapping[str, object] = field(default_factory=dict)
    span: Span | None = None
    where: str = ""
    severity: Severity = "error"

    def __post_init__(self) -> None:
        if self.code not in MESSAGES:
            raise KeyError(f"no message has the code {self.code}")

    def message(self, lang: Lang = "en") -> str:
        """The plain sentence, in the reader's language."""
        return MESSAGES[self.code].text(lang).format(**self._shown())

    def help(self, lang: Lang = "en") -> str:
        """What to do about it; may be empty."""
        return MESSAGES[self.code].help(lang).format(**self._shown())

    def _shown(self) -> dict[str, object]:
        """The values as a sentence can hold them."""
        return {
            name: shortened(visible(value)) if isinstance(value, str) else value for name, value in self.args.items()
        }

    def render(self, lang: Lang = "en") -> str:
        """Several lines for a terminal: place, code, sentence, the source line with a caret, help."""
        place = visible(str(self.span) if self.span else self.where)
        word = {"error": {"zh": "错误", "en": "error"}, "warning": {"zh": "警告", "en": "warning"}}[self.severity][lang]
        lines = [f"{place + ': ' if place else ''}{word} {self.code}: {self.message(lang)}"]
        if self.span is not None:
            row, col = self.span.source.line_col(self.span.start)
            text, col = _window(self.span.source.text, self.span.start, col)
            width = max(1, min(self.span.end - self.span.start, len(text) - col + 1))
            pad = "".join("\t" if c == "\t" else " " * columns(c) for c in text[: col - 1])
            mark = "^" * max(1, sum(columns(c) for c in text[col - 1 : col - 1 + width]))
            lines += [f"  {row:>4} | {text}", f"       | {pad}{mark}"]
        if hint := self.help(lang):
            lines.append(("  建议：" if lang == "zh" else "  help: ") + hint)
        return "\n".join(lines)


LONGEST_VALUE = 600
LONGEST_LINE = 300


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """A text that can be shown: characters that steer a terminal or reorder a line stand as a sign of their own.

    >>> visible("a\\x1b[2Jb")
    'a␛[2Jb'
    """
    return _UNSEEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def shortened(value: str) -> str:
    """A value of a message that a reader still reads."""
    if len(value) <= LONGEST_VALUE:
        return value
    return f"{value[: LONGEST_VALUE // 2]} … {value[-LONGEST_VALUE // 3 :]}"


def _window(text: str, offset: int, column: int) -> tuple[str, int]:
    """What is shown of the line of a place, and the column in it; of a line without end the part around the place."""
    begin = offset - column + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if end - begin <= LONGEST_LINE:
        return visible(text[begin:end]), column
    start = max(begin, offset - LONGEST_LINE // 3)
    stop = min(end, start + LONGEST_LINE)
    head = "…" if start > begin else ""
    return f"{head}{visible(text[start:stop])}{'…' if stop < end else ''}", offset - start + len(head) + 1


class InputError(Exception):
    """The command, its input, rules or workspace are wrong: nothing was decided (exit code 2)."""

    def __init__(self, diagnostics: Diagnostic | Sequence[Diagnostic]) -> None:
        self.diagnostics = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("\n".join(d.message("en") for d in self.diagnostics))


def columns(char: str) -> int:
    """Terminal columns of a character: 2 for wide East Asian ones, 0 for combining marks."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string.

    >>> nearest("proposl", ["parcel", "proposal"])
    'proposal'
    """
    import difflib

    found = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return found[0] if found else ""
