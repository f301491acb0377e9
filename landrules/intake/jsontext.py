"""Bytes that somebody sent, as a JSON value whose numbers are exact.

What stops here cannot be read at all: nothing, half a file, another encoding, a number that is none, a key written
twice. Numbers become `Decimal` or `int` from their text and never pass through a float.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from landrules.base.diagnostic import Diagnostic, InputError

Json = object
"""A value of a JSON text: dict, list, str, int, Decimal, bool or None."""

BOM = b"\xef\xbb\xbf"

_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def read_json(data: bytes, name: str, *, exact: bool = True) -> Json:
    """The JSON value of a file's bytes (a UTF-8 byte order mark is dropped).

    `exact` numbers with a point are `Decimal`; a large layer, whose columns are floats in every other format too, may do
    without.

    Raises `InputError`: LR600 empty, LR601 cut off, LR602 no JSON, LR603 not UTF-8, LR604 NaN or Infinity, LR605 a key
    written twice, LR606 nested too deeply, LR608 half a character.

    >>> read_json(b'{"area_ha": 0.1}', "a.geojson")
    {'area_ha': Decimal('0.1')}
    """
    text = decode(data, name)
    if not text.strip():
        raise InputError(Diagnostic("LR600", where=name))

    def constant(word: str) -> NoReturn:
        raise InputError(Diagnostic("LR604", {"word": word}, where=name))

    def once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        out: dict[str, Json] = {}
        for key, value in pairs:
            if key in out:
                raise InputError(Diagnostic("LR605", {"key": key}, where=name))
            out[key] = value
        return out

    def number(text: str) -> Decimal:
        try:
            return Decimal(text)
        except InvalidOperation:  # an exponent of twenty digits
            constant(text[:40])

    def whole(text: str) -> int | Decimal:
        return int(text) if len(text) <= 40 else number(text)

    decoder = json.JSONDecoder(
        parse_float=number if exact else None, parse_int=whole, parse_constant=constant, object_pairs_hook=once
    )
    try:
        value: Json = decoder.decode(text)
    except json.JSONDecodeError as error:
        code = "LR601" if _is_cut_off(text, error) else "LR602"
        raise InputError(Diagnostic(code, {"line": error.lineno, "column": error.colno}, where=name)) from None
    except RecursionError:
        raise InputError(Diagnostic("LR606", where=name)) from None
    if _SURROGATE.search(text) and (half := _half_character(value)):
        raise InputError(Diagnostic("LR608", {"escape": f"\\u{ord(half):04x}"}, where=name))
    return value


_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _half_character(value: Json) -> str:
    """A surrogate without its partner in any text of a value: it can be written in an escape, and printed nowhere."""
    match value:
        case str():
            return next((char for char in value if "\ud800" <= char <= "\udfff"), "")
        case dict():
            return next((half for pair in value.items() for part in pair if (half := _half_character(part))), "")
        case list():
            return next((half for item in value if (half := _half_character(item))), "")
        case _:
            return ""


def decode(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes. Raises `InputError` with LR603, naming the encoding the bytes look like."""
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            raise InputError(Diagnostic("LR603", {"encoding": encoding}, where=name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "GBK" if _decodes(data, "gb18030") else "?"
        raise InputError(Diagnostic("LR603", {"encoding": encoding}, where=name)) from None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_cut_off(text: str, error: json.JSONDecodeError) -> bool:
    """Whether the text was correct as far as it goes: the error stands at its end, or in a string never closed."""
    return error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")


_KINDS: tuple[tuple[type | tuple[type, ...], str, str], ...] = (
    (dict, "对象", "an object"),
    (list, "清单", "a list"),
    (str, "文字", "text"),
    ((int, Decimal, float), "数", "a number"),
)


def kind_of(value: Json) -> dict[str, str]:
    """What a value is, in both languages, for a sentence: keys `found` and `found_en`.

    >>> kind_of("x")["found_en"]
    'text `x`'
    """
    if isinstance(value, bool):
        return {"found": literal(value), "found_en": f"`{literal(value)}`"}
    for types, zh, en in _KINDS:
        if isinstance(value, types):
            shown = shown_value(value)
            return (
                {"found": f"{zh}“{shown}”", "found_en": f"{en} `{shown}`"} if shown else {"found": zh, "found_en": en}
            )
    return {"found": "空值", "found_en": "nothing"}


def shown_value(value: Json, longest: int = 40) -> str:
    """A short form of a text or number for a sentence; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | float):
        return ""
    text = " ".join(str(value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def literal(value: Json) -> str:
    """A value as its file writes it, short, for a sentence in either language.

    >>> literal(None), literal([1])
    ('null', '[…]')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return f'"{shown_value(value)}"'
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else ("[…]" if value else "[]")
    return shown_value(value)
