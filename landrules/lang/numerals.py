"""Numbers as statutes write them: 第四十四条 is 44, and back; days as 2026-11-22 or 2026年11月22日."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


def from_chinese(text: str) -> int:
    """The number of a Chinese numeral or of digits. Raises `ValueError` for anything else.

    >>> from_chinese("三十五"), from_chinese("一百零二"), from_chinese("44"), from_chinese("二〇")
    (35, 102, 44, 20)
    """
    if text.isdecimal():
        return int(text)
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            raise ValueError(f"no numeral: {text}")
    return total + digit


def to_chinese(number: int) -> str:
    """The Chinese numeral of 1 to 9999; larger numbers and zero stand in digits.

    >>> to_chinese(35), to_chinese(102), to_chinese(10), to_chinese(110)
    ('三十五', '一百零二', '十', '一百一十')
    """
    if not 0 < number < 10_000:
        return str(number)
    out, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + unit
            gap = False
        else:
            gap = True
    return out[1:] if out.startswith("一十") else out


def day(text: str) -> date | None:
    """The day of `2026-11-22` or `2026年11月22日`, or `None` where there is no such day.

    >>> day("2026年2月1日"), day("2026-02-30")
    (datetime.date(2026, 2, 1), None)
    """
    year, month, number = (int(n) for n in re.findall(r"\d+", text))
    try:
        return date(year, month, number)
    except ValueError:
        return None
