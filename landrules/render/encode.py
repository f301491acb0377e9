"""An answer as JSON text, written straight from its records.

It is, character by character, what the published model (`engine.report`) makes of the same answer, with characters that
act on a terminal written as escapes; a test holds the two together. No model is built for it: how a type is written at a
depth is worked out once, a record as one template whose places are filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from landrules.engine.answer import SCHEMA, Answer, Text
from landrules.engine.kept import Kept
from landrules.render.safe import neutral_json

PLACE = "geometry"
"""The field that holds places."""

MOST = 4096
"""How many texts are held as they are written."""

SHARED: Mapping[str, int] = {"citations": MOST, "rulesets": 16, "parcels": 16, "columns": 16}
"""Fields of which answers, or findings and tables of one answer, share the value itself; how many are held as written."""

Writer = Callable[[Any], str]


def encode(answer: Answer, *, geometry: bool, indent: bool) -> str:
    """The object as text: keys in declared order, Chinese as it is, no final newline.

    With `indent` each level stands two spaces farther in, else all is one line. Without `geometry` every place is null.
    """
    whole = _WHOLE[geometry, indent]
    return f'{{{whole.below.line}"schema"{whole.colon}"{SCHEMA}",{whole[Answer](answer)[1:]}'


def quoted(text: str) -> str:
    """A text as a JSON string, in which characters that act on a terminal are escapes."""
    found: str = encode_basestring(text)
    return found if text.isprintable() else neutral_json(found)


class _Quoted(dict[str, str]):
    """Texts as they are written; most are of the law or of the program, and come again in every answer."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST:
            self.clear()
        found = self[text] = quoted(text)
        return found


_TEXTS = _Quoted()


def number(value: float) -> str:
    """A number with the fewest digits that tell it from all others, in the published model's spelling.

    >>> number(0.5), number(1e16), number(1.5e-05), number(1e-07)
    ('0.5', '1e+16', '0.000015', '1e-7')
    """
    shown = repr(value)
    if "e-" not in shown:
        return shown
    digits, _, power = shown.partition("e")
    if int(power) != -5:
        return f"{digits}e{int(power)}"
    sign = "-" if digits.startswith("-") else ""
    return f"{sign}0.0000{digits.lstrip('-').replace('.', '')}"


def amount(value: Decimal) -> str:
    """What `number` makes of the nearest binary number.

    Up to fifteen digits, of which four at most are decimals, are themselves the fewest that tell that number from others.

    >>> amount(Decimal("12.50")), amount(Decimal("0.00")), amount(Decimal("1E+3"))
    ('12.5', '0.0', '1000.0')
    """
    shown = str(value)
    if len(shown) > 16 or "." not in shown[-5:] or "E" in shown:
        return number(float(value))
    short = shown.rstrip("0")
    return f"{short}0" if short[-1] == "." else short


class _Level(dict[type, Writer]):
    """How a value of each type is written at one depth; of a record, when one of its type is first met there."""

    def __init__(self, depth: int, *, geometry: bool, indent: bool) -> None:
        super().__init__(
            {
                str: _TEXTS.__getitem__,
                Decimal: amount,
                Text: self._text,
                tuple: self._array,
                list: self._array,
                dict: self._object,
                date: lambda day: f'"{day.isoformat()}"',
                bool: lambda truth: "true" if truth else "false",
                int: str,
                float: number,
                type(None): lambda _: "null",
            }
        )
        self._depth, self._geometry, self._indent = depth, geometry, indent
        self.line = "\n" + "  " * depth if indent else ""
        self.next, self.colon = f",{self.line}", ": " if indent else ":"

    @cached_property
    def below(self) -> _Level:
        """The next depth."""
        return _Level(self._depth + 1, geometry=self._geometry, indent=self._indent)

    def __missing__(self, kind: type) -> Writer:
        found = self[kind] = self._record(kind)
        return found

    def _record(self, kind: type) -> Writer:
        below, names = self.below, tuple(kind.__annotations__)
        asked = names if self._geometry else tuple(name for name in names if name != PLACE)
        values, template = attrgetter(*asked), self._template(names, asked)
        writers: list[Mapping[type, Writer]] = [below] * len(asked)
        for place, name in enumerate(asked):
            if name in SHARED:
                writers[place] = {tuple: Kept(below._array, SHARED[name])}
        return lambda record: (
            template % tuple([w[type(value)](value) for w, value in zip(writers, values(record), strict=True)])
        )

    def _template(self, names: tuple[str, ...], asked: tuple[str, ...]) -> str:
        """A record with a place for each value that is asked for, and null for any other."""
        fields = (f'"{name}"{self.colon}{"%s" if name in asked else "null"}' for name in names)
        return f"{{{self.below.line}{self.below.next.join(fields)}{self.line}}}"

    @cached_property
    def _pair(self) -> str:
        return self._template(("zh", "en"), ("zh", "en"))

    def _text(self, text: Text) -> str:
        return self._pair % (_TEXTS[text.zh], _TEXTS[text.en])

    def _array(self, values: tuple[object, ...] | list[object]) -> str:
        if not values:
            return "[]"
        below = self.below
        return f"[{below.line}{below.next.join([below[type(v)](v) for v in values])}{self.line}]"

    def _object(self, values: Mapping[str, object]) -> str:
        if not values:
            return "{}"
        below = self.below
        shown = [f"{quoted(k)}{self.colon}{below[type(v)](v)}" for k, v in values.items()]
        return f"{{{below.line}{below.next.join(shown)}{self.line}}}"


_WHOLE = {
    (geometry, indent): _Level(0, geometry=geometry, indent=indent)
    for geometry in (True, False)
    for indent in (True, False)
}
