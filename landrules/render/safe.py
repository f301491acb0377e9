"""Text from data, made harmless before it reaches a terminal or a page.

Names in a proposal or a layer are written by strangers. A control character can move the cursor, an escape sequence can
repaint the screen, a direction override can make 不符合 read as something else. Each is shown as a visible sign instead.
"""

from __future__ import annotations

import unicodedata

_KEPT_FORMATS = frozenset("\u200c\u200d")
"""Joiners that some scripts need; they cannot move or hide other text."""


def neutral(text: str, keep: str = "") -> str:
    """The text with every control, direction and unassigned-half character shown as a sign; `keep` passes as it is.

    >>> neutral("\\x1b[2J清溪")
    '␛[2J清溪'
    >>> neutral("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    if text.isprintable():
        return text
    return "".join(c if c in keep else _sign(c) for c in text)


def neutral_json(text: str) -> str:
    """JSON text in which characters that act on a terminal are written as escapes; the value stays the same.

    Invariant: such characters occur in JSON only inside strings, where an escape means the same character.
    """
    if all(map(str.isprintable, text.split("\n"))):
        return text
    return "".join(f"\\u{ord(c):04x}" if ord(c) >= 0x7F and _acts(c) else c for c in text)


def _acts(char: str) -> bool:
    """Whether a character does something instead of showing something."""
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and char not in _KEPT_FORMATS
        and ord(char) < 0x10000
    )


def _sign(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _KEPT_FORMATS:
        return f"⟨U+{code:04X}⟩"
    return char
