"""Characters that deceive: looked for before a text is read.

What a reviewer sees must be what the program reads. So no text holds controls that reorder it (UAX #9), breaks of lines
that the program would not see as such, or other controls; and outside quoted texts and comments no name mixes Latin
letters with Greek or Cyrillic ones that look the same, is written in full-width letters, or runs from right to left
(after UTS #39). Chinese and Latin letters may stand in one name. Words and numbers of absurd length end here too.
"""

from __future__ import annotations

import re
import unicodedata

from landrules.base.frozen import frozen
from landrules.base.quantity import BY_SPELLING
from landrules.lang.mistakes import MOST, Mistake, shortened
from landrules.lang.quotes import COMMENT, QUOTED

LONGEST_WORD = 200
LONGEST_PATH = 1000
LONGEST_NUMBER = 30

_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NOWHERE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
_NOWHERE += "\U000e0000-\U000e007f"
_UNSEEN = "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\uffa0"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_FOREIGN = f"[^\\W\x00-\x7f{_HAN}]"
_JOINT = ".．:：\\-"
_SUSPECT = re.compile(
    f"[{_NOWHERE}{_UNSEEN}]|{_FOREIGN}|(?<![\\w{_JOINT}])(?:\\d{{{LONGEST_NUMBER + 1}}}|[\\w{_JOINT}]{{{LONGEST_WORD + 1}}})"
)
_CONTROL = re.compile(f"[{_NOWHERE}]")
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")
_OUTSIDE = re.compile(rf"(?P<quoted>{QUOTED}|{COMMENT})|(?P<hidden>[{_NOWHERE}{_UNSEEN}])|\w+(?:[{_JOINT}]\w+)*")
_WORD = re.compile(r"\w+")
_REORDER = re.compile(f"[{_REORDERING}]")

_LIKE = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУԌЬаеѕіјорсухԁһԛԝѡ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγϲ",
        "ABESIJKMHOPCTXYGbaesijopcyxdhqww" + "ABEZHIKMNOPTYXaiKvoptuxyc",
        strict=True,
    )
)
_NEVER = frozenset({"GREEK", "CYRILLIC", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU", "DESERET"})
"""Scripts whose letters are taken for Latin ones."""
_WITH_LATIN = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL", "IDEOGRAPHIC"})


@frozen
class Inspected:
    """A text with everything that deceives as blanks, of the same length, and what was found.

    `untold` is how many mistakes are not among `mistakes`, and where the first of them is.
    """

    text: str
    mistakes: tuple[Mistake, ...] = ()
    untold: tuple[int, int] = (0, 0)


def inspect(text: str) -> Inspected:
    """What deceives in a text.

    >>> inspect("rule a { when \u0441lass = 1 }").mistakes[0].args["point"]
    'U+0441'
    """
    if _SUSPECT.search(text) is None:
        return Inspected(text)
    found: list[Mistake] = []
    pieces: list[str] = []
    at, untold, first = 0, 0, 0
    for match in _OUTSIDE.finditer(text):
        for start, end in _wrong(match):
            pieces += [text[at:start], _stand_in(text[start:end])]
            at = end
            if len(found) < MOST:
                found.append(_mistake(text[start:end], start))
            else:
                untold, first = untold + 1, first or start
    return Inspected("".join([*pieces, text[at:]]), tuple(found), (untold, first))


def _wrong(match: re.Match[str]) -> list[tuple[int, int]]:
    """The stretches of a match that deceive: characters of a quoted text or a comment, words, or a sign by itself."""
    if match["hidden"] is not None:
        return [match.span()]
    if match["quoted"] is not None:
        return [(m.start(), m.end()) for m in _CONTROL.finditer(match.string, match.start(), match.end())]
    if match.end() - match.start() > LONGEST_PATH:
        return [match.span()]
    words = _WORD.finditer(match.string, match.start(), match.end())
    return [
        m.span() for m in words if not m[0].isascii() or len(m[0]) > LONGEST_NUMBER if _of_word(m[0], 0) is not None
    ]


def _mistake(piece: str, start: int) -> Mistake:
    found = None if len(piece) == 1 and not piece.isalnum() else _of_word(piece, start)
    return control(piece, start) if found is None else found


def hidden_in(value: str) -> str:
    """The first character of a text that may not stand as it is, or an empty string."""
    found = _CONTROL.search(value)
    return found[0] if found else ""


def unspeakable_in(value: str) -> str:
    """The first character of a text that may not even be escaped, for no file can hold it; or an empty string."""
    found = _UNSPEAKABLE.search(value)
    return found[0] if found else ""


def control(char: str, start: int) -> Mistake:
    """The mistake of a character that cannot be seen."""
    name = unicodedata.name(char, "")
    args: dict[str, object] = {
        "point": point(char),
        "name": f" {name}" if name else "",
        "hint_zh": "它会打乱审阅者看到的次序" if _REORDER.match(char) else "它看不见，却会改变含义",
        "hint_en": "it changes the order that a reviewer sees" if _REORDER.match(char) else "nobody can see it",
    }
    return Mistake("LR135", args, start, start + 1)


def point(char: str) -> str:
    """The code point of a character, as standards write it.

    >>> point("a")
    'U+0061'
    """
    return f"U+{ord(char):04X}"


def _of_word(word: str, start: int) -> Mistake | None:
    """What is wrong with a word outside quotes."""
    end = start + len(word)
    if word.isdecimal() and len(word) > LONGEST_NUMBER:
        return Mistake("LR138", {"count": len(word), "limit": LONGEST_NUMBER}, start, end)
    if len(word) > LONGEST_WORD:
        return Mistake("LR136", {"found": shortened(word), "count": len(word), "limit": LONGEST_WORD}, start, end)
    if word.isascii() or word.lstrip("0123456789") in BY_SPELLING or re.search(_FOREIGN, word) is None:
        return None
    plain = unicodedata.normalize("NFKC", word)
    if plain != word:
        char = next(c for c in word if unicodedata.normalize("NFKC", c) != c)
        return Mistake("LR133", {"found": word, "char": char, "point": point(char), "plain": plain}, start, end)
    for char in word:
        if unicodedata.bidirectional(char) in ("R", "AL", "AN"):
            return Mistake("LR134", {"found": word, "char": char, "point": point(char)}, start, end)
    scripts = {char: _script(char) for char in word if char.isalpha()}
    mixed = "LATIN" in scripts.values() and not _WITH_LATIN.issuperset(scripts.values())
    for char, script in scripts.items():
        if script in _NEVER or (mixed and script not in _WITH_LATIN):
            return _mixed(word, char, start, end)
    return None


def _mixed(word: str, char: str, start: int, end: int) -> Mistake:
    like = _LIKE.get(char, "")
    plain = "".join(_LIKE.get(c, c) for c in word)
    again = "" if re.search(_FOREIGN, plain) else plain
    told = {
        "hint_zh": (f"它看起来像“{like}”；" if like else "") + "重新输入这个名称" + (f"：{again}" if again else ""),
        "hint_en": (f'it looks like "{like}"; ' if like else "")
        + "type the name again"
        + (f": {again}" if again else ""),
    }
    script = unicodedata.name(char, "").partition(" ")[0].capitalize()
    args: dict[str, object] = {"found": word, "char": char, "point": point(char), "script": script, **told}
    return Mistake("LR132", args, start, end)


def _script(char: str) -> str:
    return "CJK" if re.match(f"[{_HAN}]", char) else unicodedata.name(char, "").partition(" ")[0]


def _stand_in(piece: str) -> str:
    """What is read in place of a piece: a name stays one name, a number one digit; nothing moves."""
    if piece.isdecimal():
        return "1".ljust(len(piece))
    if len(piece) > LONGEST_WORD:
        return piece[:LONGEST_WORD].ljust(len(piece))
    return piece if len(piece) > 1 or piece.isalnum() else " "
