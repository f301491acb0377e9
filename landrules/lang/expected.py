"""What could stand at a place, in words of the reader and never in names of the grammar."""

from __future__ import annotations

from collections.abc import Iterable

from landrules.lang.keywords import BINARY, KEYWORDS, is_chinese, spellings

_VALUE = frozenset({"NUMBER", "STRING", "NAME", "SUM_OF", "TRUE"})
_CLAUSE = frozenset({"TITLE", "CITES", "WHEN"})
_DECLARATION = frozenset({"RULESET", "IMPORT", "DEFINE"})
_TEST_LINE = frozenset({"SET", "EXPECT", "PARCEL"})
_MANY = 7

_GROUPS: tuple[tuple[frozenset[str], str, str], ...] = (
    (_VALUE, "一个值或名称", "a value or a name"),
    (_CLAUSE, "一句条款（例如 依据、当、须）", "a clause (such as cites, when, requires)"),
    (_DECLARATION, "一项声明（例如 红线、规则、图层）", "a declaration (such as red line, rule, layer)"),
    (_TEST_LINE, "一行测试（例如 令、地块、预期）", "a line of a test (such as set, parcel, expect)"),
    (frozenset({"OR", "AND", "PLUS"}), "运算符（例如 且、或、=、+）", "an operator (such as and, or, =, +)"),
    (
        frozenset({"T_AREA", "T_CODE", "T_TEXT"}),
        "一个类型（例如 面积、文本、代码 …）",
        "a type (such as area, text, code of …)",
    ),
)
_SINGLE: dict[str, tuple[str, str]] = {
    "NAME": ("一个名称", "a name"),
    "STRING": ("引号内的文字", "a quoted text"),
    "NUMBER": ("一个数", "a number"),
    "DATE": ("一个日期（年-月-日）", "a date (year-month-day)"),
    "UNIT": ("单位", "a unit"),
    "CODE_WORD": ("一个代码", "a code"),
    "EQ": ("“=”", '"="'),
    "_LBRACE": ("“{”", '"{"'),
    "_RBRACE": ("“}”", '"}"'),
    "_LPAR": ("“（”", '"("'),
    "_RPAR": ("“）”", '")"'),
    "_RSQB": ("“]”", '"]"'),
    "_COMMA": ("逗号", "a comma"),
    "ARTICLE_ZH": ("第…条", ""),
}


def in_words(expected: Iterable[str]) -> tuple[str, str]:
    """What was expected, in Chinese and in English."""
    left = set(expected)
    if "OR" in left:
        left.discard("_LPAR")
    zh: list[str] = []
    en: list[str] = []
    for group, name_zh, name_en in _GROUPS:
        if group <= left:
            zh.append(name_zh)
            en.append(name_en)
            left = _without(left, group)
    for terminal in sorted(_SINGLE):
        if terminal in left:
            zh += [_SINGLE[terminal][0]]
            en += [_SINGLE[terminal][1]] if _SINGLE[terminal][1] else []
    words = sorted({s for t in left for s in spellings(t)})
    chinese = [f"“{s}”" for s in words if is_chinese(s)]
    english = [f'"{s}"' for s in words if not is_chinese(s)]
    zh = [*zh, *chinese[: max(0, _MANY - len(zh))]] or english
    en = [*en, *english[: max(0, _MANY - len(en))]] or chinese
    if not en:
        return "别的内容", "something else"
    last = en.pop()
    return "、".join(zh), f"{', '.join(en)} or {last}" if en else last


def _without(left: set[str], group: frozenset[str]) -> set[str]:
    """What is left once a group is named as a whole."""
    if group is _VALUE:
        return {t for t in left if t in ("_RPAR", "_RSQB", "_RBRACE")}
    if group in (_CLAUSE, _DECLARATION, _TEST_LINE):
        return {t for t in left if not spellings(t)} | ({"OR", "AND", "PLUS"} & left)
    return {t for t in left if t not in _OPERATORS and not t.startswith("T_")}


_OPERATORS = frozenset(k.terminal for k in KEYWORDS if k.group == "operator") | set(BINARY)
