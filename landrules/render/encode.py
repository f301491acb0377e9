"""An answer as JSON text, written straight from its records.

It is, character by character, what the published model (`engine.report`) makes of the same answer, with characters that
act on a terminal written as escapes; a test holds the two together. No model is built for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from landrules.engine.answer import SCHEMA, Answer, Text
from landrules.engine.kept import Kept
from landrules.render.safe import neutral_json

Heads = tuple[Callable[[object], tuple[object, ...]], tuple[tuple[str, str], ...]]
"""How to get at the fields of a record, and each field's name and what is written before its value."""

PLACE, LAW = "geometry", "citations"
"""Fields that hold places, and fields of which many answers share the value."""


MOST = 4096
"""How many texts are held as they are written."""


def encode(answer: Answer, *, geometry: bool, indent: bool) -> str:
    """The object as text: keys in declared order, Chinese as it is, no final newline.

    With `indent` each level stands two spaces farther in, else all is one line. Without `geometry` every place is null.
    """
    return _WRITERS[geometry, indent].answer(answer)


def quoted(text: str) -> str:
    """A text as a JSON string, in which characters that act on a terminal are escapes."""
    found: str = encode_basestring(text)
    return found if text.isprintable() else neutral_json(found)


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


class _Writer:
    """One way of writing."""

    __slots__ = ("_colon", "_geometry", "_heads", "_indent", "_kinds", "_law", "_texts")

    def __init__(self, geometry: bool, indent: bool) -> None:
        self._geometry, self._indent, self._colon = geometry, indent, ": " if indent else ":"
        self._heads: dict[tuple[type, int], Heads] = {}
        self._law: Kept[object, str] = Kept(self._value)
        self._texts: dict[tuple[str, str, int], str] = {}
        self._kinds: dict[type, Callable[[Any, int], str]] = {
            str: lambda text, _: quoted(text),
            Decimal: lambda amount, _: number(float(amount)),
            tuple: self._array,
            list: self._array,
            dict: self._object,
            Text: self._text,
            date: lambda day, _: f'"{day.isoformat()}"',
            bool: lambda truth, _: "true" if truth else "false",
            int: lambda count, _: str(count),
            float: lambda amount, _: number(amount),
            type(None): lambda *_: "null",
        }

    def answer(self, answer: Answer) -> str:
        """The whole of it."""
        return f'{{{self._line(1)}"schema"{self._colon}"{SCHEMA}",{self._record(answer, 0)[1:]}'

    def _value(self, value: object, depth: int) -> str:
        return self._kinds.get(type(value), self._record)(value, depth)

    def _line(self, depth: int) -> str:
        return "\n" + "  " * depth if self._indent else ""

    def _text(self, text: Text, depth: int) -> str:
        """A text in both languages; most are of the law or of the program, and come again in every answer."""
        key = (text.zh, text.en, depth)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= MOST:
                self._texts.clear()
            found = self._texts[key] = self._record(text, depth)
        return found

    def _array(self, values: tuple[object, ...] | list[object], depth: int) -> str:
        if not values:
            return "[]"
        kinds, record, line = self._kinds.get, self._record, self._line(depth + 1)
        shown = [kinds(type(v), record)(v, depth + 1) for v in values]
        return f"[{line}{f',{line}'.join(shown)}{self._line(depth)}]"

    def _object(self, values: Mapping[str, object], depth: int) -> str:
        if not values:
            return "{}"
        line = self._line(depth + 1)
        shown = [f"{quoted(k)}{self._colon}{self._value(v, depth + 1)}" for k, v in values.items()]
        return f"{{{line}{f',{line}'.join(shown)}{self._line(depth)}}}"

    def _record(self, record: object, depth: int) -> str:
        heads = self._heads.get((type(record), depth))
        if heads is None:
            heads = self._heads[type(record), depth] = self._headed(type(record), depth)
        values, names = heads
        kinds, other, deeper = self._kinds.get, self._record, depth + 1
        shown = []
        for value, (name, head) in zip(values(record), names, strict=True):
            if name is LAW:
                shown.append(head + self._law(value, deeper))
            elif name is PLACE and not self._geometry:
                shown.append(f"{head}null")
            else:
                shown.append(head + kinds(type(value), other)(value, deeper))
        return f"{{{','.join(shown)}{self._line(depth)}}}"

    def _headed(self, kind: type, depth: int) -> Heads:
        names = tuple(kind.__annotations__)
        known = {LAW: LAW, PLACE: PLACE}
        line = self._line(depth + 1)
        heads = tuple((known.get(name, name), f'{line}"{name}"{self._colon}') for name in names)
        return attrgetter(*names), heads


_WRITERS = {(geometry, indent): _Writer(geometry, indent) for geometry in (True, False) for indent in (True, False)}
