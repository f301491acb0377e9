"""Where the parser stops: what was probably meant, said plainly, and how to go on.

One function per kind of mistake, tried in order; the last one says what was expected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from landrules.base.diagnostic import nearest
from landrules.base.frozen import frozen
from landrules.base.quantity import BY_SPELLING, UNITS
from landrules.lang.expected import in_words
from landrules.lang.keywords import KEYWORDS, is_chinese, spelled_terminals, spellings
from landrules.lang.parsetree import Token
from landrules.lang.quotes import COMMENT, QUOTED

MOST = 200
"""How many mistakes of one text are told in full; the rest are counted."""

Repair = tuple[tuple[tuple[str, str], ...], int]
"""Tokens to feed (type and text), and the offset to go on from."""


@frozen
class Stop:
    """A place the parser cannot pass: the word there, if it is one, those before it, and what could stand there."""

    text: str
    pos: int
    token: Token | None
    before: tuple[Token, ...]
    expected: frozenset[str]
    opened: tuple[Token, ...]

    @property
    def last(self) -> Token | None:
        """The word before."""
        return self.before[-1] if self.before else None

    @property
    def word(self) -> str:
        """The word or sign at the place."""
        found = re.compile(r"\w+|\S").match(self.text, self.pos)
        return found[0] if found else ""

    def line_of(self, token: Token) -> int:
        """The line a word stands in, from 1."""
        return self.text.count("\n", 0, token.start_pos) + 1


@frozen
class Mistake:
    """A code of the catalogue, its values, the stretch it is about, and a repair if one is likely."""

    code: str
    args: dict[str, object]
    start: int
    end: int
    repair: Repair | None = None
    again: int | None = None
    """Where to look for the next clause, if not at the stop."""


def diagnose(stop: Stop) -> Mistake:
    """What is wrong at a stop."""
    return next(found for kind in KINDS if (found := kind(stop)) is not None)


def shortened(word: str, most: int = 60) -> str:
    """A word that fits into a sentence."""
    return word if len(word) <= most else f"{word[: most // 2]}…{word[-most // 4 :]}"


def _line_end(stop: Stop) -> int:
    end = stop.text.find("\n", stop.pos)
    return len(stop.text) if end < 0 else end


_NEAR = 5_000
"""How far a line is looked at, to either side."""


def _unclosed_text(stop: Stop) -> Mistake | None:
    end = _line_end(stop)
    begin = stop.text.rfind("\n", 0, stop.pos) + 1
    last = stop.last
    near = stop.text[max(begin, stop.pos - _NEAR) : min(end, stop.pos + _NEAR)]
    odd = len(re.findall(r'(?<!\\)"', near)) % 2 == 1
    if odd and last is not None and last.type == "STRING" and (last.start_pos) >= begin:
        return Mistake("LR102", {}, last.start_pos, last.end_pos)
    if not stop.text.startswith('"', stop.pos) or (stop.token is not None and stop.token.type == "STRING"):
        return None
    repair = ((("STRING", '"x"'),), end) if "STRING" in stop.expected else None
    return Mistake("LR102", {}, stop.pos, end, repair)


def _curly_quotes(stop: Stop) -> Mistake | None:
    found = re.compile("[“”„‟「『‘’＂'](?P<text>[^“”„‟「」『』‘’＂'\n]*)[“”„‟」』‘’＂']?").match(stop.text, stop.pos)
    if found is None:
        return None
    repair = ((("STRING", '"x"'),), found.end()) if "STRING" in stop.expected else None
    return Mistake("LR108", {"found": shortened(found[0])}, found.start(), found.end(), repair)


def _double_equals(stop: Stop) -> Mistake | None:
    last = stop.last
    if last is None or last.type != "EQ" or last.end_pos != stop.pos or stop.word not in ("=", "＝"):
        return None
    return Mistake("LR107", {}, stop.pos - 1, stop.pos + 1, ((), stop.pos + 1))


def _quoted_wanted(stop: Stop) -> Mistake | None:
    last = stop.last
    keys = ("version", "版本", "number", "文号", "source", "数据", "zh", "en", "中文", "英文", "part", "部分")
    if last is None or last not in keys or "STRING" not in stop.expected:
        return None
    if (found := re.compile(r"\w[^\s{}\"]*").match(stop.text, stop.pos)) is None:
        return None
    args: dict[str, object] = {"word": str(last), "found": shortened(found[0])}
    return Mistake("LR105", args, found.start(), found.end(), ((("STRING", '"x"'),), found.end()))


def _unknown_unit(stop: Stop) -> Mistake | None:
    last = stop.last
    if last is None or last.type != "NUMBER" or "UNIT" not in stop.expected or not stop.word[:1].isalpha():
        return None
    if "\n" in stop.text[last.end_pos : stop.pos] or any(stop.word in spellings(t) for t in stop.expected):
        return None
    near = _OTHER_UNITS.get(stop.word.lower(), "") or _nearest_unit(stop.word)
    if not near and "NAME" in stop.expected:
        return None
    args: dict[str, object] = {
        "found": stop.word,
        "hint_zh": f"是否想写“{near}”？" if near else "",
        "hint_en": f'did you mean "{near}"? ' if near else "",
        "units_zh": "、".join(u.zh for u in UNITS),
        "units_en": ", ".join(u.symbol for u in UNITS),
    }
    end = stop.pos + len(stop.word)
    return Mistake("LR109", args, stop.pos, end, ((("UNIT", near or "ha"),), end))


_OTHER_UNITS = {
    "hectare": "ha", "hectares": "ha", "metre": "m", "metres": "m", "meter": "m", "meters": "m", "sqm": "m2", "sqkm": "km2",
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "ton": "t", "tons": "t", "tonnes": "t",
    "rmb": "yuan", "cny": "yuan", "平米": "平方米", "方": "平方米", "平方": "平方米", "块": "元",
}  # fmt: skip


def _nearest_unit(word: str) -> str:
    near = _nearest_chinese(word, list(BY_SPELLING)) if is_chinese(word) else nearest(word, BY_SPELLING)
    return near or next(
        (s for s in sorted(BY_SPELLING, key=len, reverse=True) if is_chinese(s) and word.startswith(s)), ""
    )


def _missing_unit(stop: Stop) -> Mistake | None:
    last = stop.last
    if last is None or last.type != "NUMBER" or stop.expected != {"UNIT"}:
        return None
    if (grouped := re.compile(r"[,，](\d{3})(?!\d)").match(stop.text, stop.pos)) is not None:
        return _grouped(stop, last, grouped)
    chinese = any(is_chinese(t) for t in stop.before)
    length = any(t in ("square", "rectangle", "by", "正方形", "矩形", "乘") for t in stop.before)
    example = ("米" if chinese else "m") if length else ("平方米" if chinese else "m2")
    args: dict[str, object] = {"found": str(last), "example": example}
    return Mistake("LR110", args, last.start_pos, last.end_pos, ((("UNIT", "m"),), stop.pos))


def _grouped(stop: Stop, last: Token, grouped: re.Match[str]) -> Mistake:
    args: dict[str, object] = {"plain": str(last) + grouped[1]}
    return Mistake("LR116", args, last.start_pos, grouped.end(), ((), grouped.end()))


def _missing_status(stop: Stop) -> Mistake | None:
    if "UNVERIFIED" not in stop.expected or (stop.word[:1].isalnum() and _misspelt(stop) is not None):
        return None
    last = stop.last
    assert last is not None
    args: dict[str, object] = {
        "words_zh": "核对 年-月-日、部分核对 年-月-日、未核对 或 示例",
        "words_en": "verified DATE, partly verified DATE, unverified or example",
    }
    if stop.opened and not stop.word:
        return None
    glued = re.search("第[〇零一二两三四五六七八九十百千0-9]+条", last) if last.type == "NAME" else None
    if glued is not None:
        apart = f"{last[: glued.start()]} {last[glued.start() :]}"
        return _glued(str(last), glued[0], "before", apart, last.start_pos, ((("UNVERIFIED", "unverified"),), stop.pos))
    return Mistake("LR113", args, last.start_pos, last.end_pos, ((("UNVERIFIED", "unverified"),), stop.pos))


def _glued(found: str, word: str, side: str, apart: str, start: int, repair: Repair | None) -> Mistake:
    args: dict[str, object] = {
        "found": found,
        "word": word,
        "side_zh": {"before": "前", "after": "后"}[side],
        "side_en": side,
        "apart": apart,
    }
    return Mistake("LR111", args, start, start + len(found), repair)


def _glued_name(stop: Stop) -> Mistake | None:
    """`当地类 属于 …` or `地类属于 …`: a Chinese keyword run together with a name."""
    word = stop.word
    for terminal in sorted(stop.expected):
        for spelling in spellings(terminal):
            if (
                is_chinese(spelling)
                and len(word) > len(spelling)
                and word.startswith(spelling)
                and _sure(stop, spelling)
            ):
                end = stop.pos + len(spelling)
                apart = f"{spelling} {word[len(spelling) :]}"
                return _glued(word, spelling, "after", apart, stop.pos, (((terminal, spelling),), end))
    last = stop.last
    if last is None or last.type != "NAME" or "\n" in stop.text[last.end_pos : stop.pos]:
        return None
    operators = [
        (s, t) for t in stop.expected for s in spellings(t) if is_chinese(s) and last.endswith(s) and last != s
    ]
    if not operators:
        return None
    spelling, terminal = max(operators, key=lambda o: len(o[0]))
    apart = f"{last[: -len(spelling)]} {spelling}"
    repair = (((terminal, spelling),), stop.pos)
    return _glued(str(last), spelling, "before", apart, last.start_pos, repair)


def _sure(stop: Stop, spelling: str) -> bool:
    """A keyword of one character is taken for glued only where no name may stand."""
    return len(spelling) > 1 or "NAME" not in stop.expected


def _chained(stop: Stop) -> Mistake | None:
    signs = {"EQ", "NE", "LT", "LE", "GT", "GE"}
    if stop.token is None or stop.token.type not in signs or "AND" not in stop.expected or signs & stop.expected:
        return None
    return Mistake("LR114", {}, stop.pos, stop.pos + len(stop.token))


def _bare_code(stop: Stop) -> Mistake | None:
    """`survey: 0101`, or a colon where no scheme stands before it."""
    found = re.compile(r"[:：]\s*(\w+)").match(stop.text, stop.pos)
    if found is None:
        return None
    return Mistake("LR106", {"found": found[1]}, found.start(), found.end(), ((), found.end()))


def _stray_brace(stop: Stop) -> Mistake | None:
    if stop.word not in ("}", "｝") or any(t.type == "_LBRACE" for t in stop.opened):
        return None
    return Mistake("LR104", {}, stop.pos, stop.pos + 1)


def _swallowed(stop: Stop) -> Mistake | None:
    """A sentence without its end: the keyword of the next line was read as the name it lacked."""
    last = stop.last
    if last is None or last.type != "NAME" or not spelled_terminals(last) & _BEGINNERS:
        return None
    start = last.start_pos
    if stop.text[stop.text.rfind("\n", 0, start) + 1 : start].strip() or len(stop.before) < 2:
        return None
    args: dict[str, object] = {"found": str(last), "expected_zh": "一个值或名称", "expected_en": "a value or a name"}
    args |= {"hint_zh": "上一行没有写完", "hint_en": "the line above is not complete"}
    return Mistake("LR100", args, start, start + len(last), None, start)


def _no_matter(stop: Stop) -> Mistake | None:
    """`subject to approval by province`: who, but not of what."""
    if len(stop.before) < 2 or stop.before[-2].type not in ("SUBJECT_APPROVAL", "SUBJECT_OPINION"):
        return None
    by = stop.before[-1]
    if by != "by":
        return None
    args: dict[str, object] = {"found": "by", "expected_zh": "事项的名称", "expected_en": "the name of the matter"}
    args |= {"hint_zh": f"写作 {stop.before[-2]} 事项 by …", "hint_en": f"write {stop.before[-2]} MATTER by …"}
    return Mistake("LR100", args, by.start_pos, by.end_pos)


_BEGINNERS = frozenset(k.terminal for k in KEYWORDS if k.group in ("declaration", "clause", "test"))


def _open_bracket(stop: Stop) -> Mistake | None:
    """Something other than an end of the bracket, where the sentence is over: a clause word, a brace, the end."""
    if not stop.opened or stop.opened[-1].type == "_LBRACE":
        return None
    closing = {"_LPAR": ")", "_LSQB": "]"}[stop.opened[-1].type]
    if {"_LPAR": "_RPAR", "_LSQB": "_RSQB"}[stop.opened[-1].type] not in stop.expected:
        return None
    first = "\n" in stop.text[(stop.last.end_pos) if stop.last else 0 : stop.pos]
    if not first and stop.word not in ("", "}", "｝", "{", "｛"):
        return None
    args: dict[str, object] = {
        "line": stop.line_of(stop.opened[-1]),
        "opening": {")": "(", "]": "["}[closing],
        "closing": closing,
    }
    at = stop.last.end_pos if stop.last else stop.pos
    repair = (({")": "_RPAR", "]": "_RSQB"}[closing], closing),)
    return Mistake("LR117", args, max(at - 1, 0), at, (repair, stop.pos))


def _missing_brace(stop: Stop) -> Mistake | None:
    if not stop.opened or "_RBRACE" not in stop.expected:
        return None
    blocks = [t for t in stop.opened if t.type == "_LBRACE"]
    at_end = not stop.word
    if not at_end and not _declares(stop):
        return None
    start = _unclosed(stop.text[: stop.pos], blocks[0].start_pos) or blocks[-1].start_pos
    repair = (tuple(("_RBRACE", "}") for _ in blocks), stop.pos)
    return Mistake("LR103", {"line": stop.text.count("\n", 0, start) + 1}, start, start + 1, repair)


def _unclosed(text: str, begin: int) -> int:
    """The brace whose own closing brace is missing, going by indents: another block's brace closed it. 0 if none."""
    opened: list[tuple[int, int]] = []
    for found in re.compile(rf"{QUOTED}|{COMMENT}|[{{｛]|[}}｝]").finditer(text, begin):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        indent = len(line) - len(line.lstrip())
        if found[0] in "{｛":
            opened.append((indent, found.start()))
        elif found[0] in "}｝" and opened:
            before, place = opened.pop()
            if not line.strip() and indent < before:
                return place
    return 0


def _declares(stop: Stop) -> bool:
    """Whether a declaration begins at the stop: its keyword at the very start of a line."""
    column = stop.pos - (stop.text.rfind("\n", 0, stop.pos) + 1)
    return column == 0 and re.compile(_DECLARING).match(stop.text, stop.pos) is not None


_DECLARING = (
    r"(?:import|ruleset|instrument|layer|scheme|grades|list|parameter|account|table|define|use\s+control|red\s+line|"
    r"balance|rule|exception|test|引入|规则集|文件|图层|代码体系|等级体系|清单|参数|台账|对照表|定义|用途管制|红线|平衡|"
    r"规则|例外|测试)(?!\w)"
)


def _misspelt(stop: Stop) -> Mistake | None:
    known = {s: t for t in sorted(stop.expected) for s in spellings(t)}
    found, near = "", ""
    if len(stop.word) < 3 and not is_chinese(stop.word):
        return None
    for count in (1, 2, 3):
        words = re.compile(r"[^\W\d]\w*" + r"(?:[^\S\n]+[^\W\d]\w*)" * (count - 1)).match(stop.text, stop.pos)
        if words is None:
            break
        if " ".join(words[0].split()) in _KEYWORDS or (count == 1 and spelled_terminals(stop.word)):
            continue
        candidates = [s for s in known if len(s.split()) == count]
        close = _nearest_chinese(words[0], candidates) if is_chinese(words[0]) else nearest(words[0], candidates)
        if close and _likeness(words[0], close) > _likeness(found, near):
            found, near = words[0], close
    if not near:
        return None
    zh, en = in_words(stop.expected)
    args: dict[str, object] = {"found": found, "near": near, "expected_zh": zh, "expected_en": en}
    end = stop.pos + len(found)
    return Mistake("LR101", args, stop.pos, end, (((known[near], near),), end))


_KEYWORDS = frozenset(s for k in KEYWORDS for s in (k.en, k.zh))


def _likeness(word: str, known: str) -> float:
    return difflib.SequenceMatcher(None, word, known).ratio() if known else 0.0


def _nearest_chinese(word: str, known: list[str]) -> str:
    """A keyword of the same length with one character changed, or one lacking or having one more."""
    if len(word) < 2:
        return ""
    same = [k for k in known if len(k) == len(word) and sum(a != b for a, b in zip(k, word, strict=True)) == 1]
    return (same or [nearest(word, [k for k in known if len(k) > 2])])[0]


_CONFUSABLE = {
    "。": ".", "！": "!", "？": "", "；": "", ";": "", "–": "-", "—": "-", "−": "-", "％": "%", "\\": "/", "&": "and",
    "|": "or", "!": "not", "@": "", "$": "", "^": "", "~": "-", "`": "", "?": "",
    "【": "[", "】": "]", "〔": "(", "〕": ")", "〈": "《", "〉": "》", "·": ".", "￥": "", "…": "",
}  # fmt: skip


def _strange_sign(stop: Stop) -> Mistake | None:
    if (unequal := re.compile("！[=＝]|!＝").match(stop.text, stop.pos)) is not None:
        args = {"found": unequal[0], "hint_zh": "是否想写“≠”？", "hint_en": 'did you mean "!="?'}
        repair = ((("NE", "!="),), unequal.end())
        return Mistake("LR112", dict(args), stop.pos, unequal.end(), repair)
    if stop.token is not None or not stop.word or stop.word[0].isalnum() or stop.word in "{}()[]｛｝（）［］":
        return None
    meant = _CONFUSABLE.get(stop.word, "")
    args = {
        "found": stop.word,
        "hint_zh": f"是否想写“{meant}”？" if meant else "删去它；引号之外不用这个字符",
        "hint_en": f'did you mean "{meant}"?' if meant else "delete it; it has no use outside quotes",
    }
    return Mistake("LR112", dict(args), stop.pos, stop.pos + 1, ((), stop.pos + 1))


def _ends_early(stop: Stop) -> Mistake | None:
    if stop.word:
        return None
    zh, en = in_words(stop.expected)
    start = max((stop.last.end_pos or 1) - 1 if stop.last else 0, 0)
    return Mistake("LR115", {"expected_zh": zh, "expected_en": en}, start, start + 1)


def _not_here(stop: Stop) -> Mistake:
    zh, en = in_words(stop.expected)
    found = str(stop.token) if stop.token is not None and len(stop.token) < 30 else stop.word
    args: dict[str, object] = {"found": found, "expected_zh": zh, "expected_en": en, "hint_zh": "", "hint_en": ""}
    return Mistake("LR100", args, stop.pos, stop.pos + len(found))


KINDS: tuple[Callable[[Stop], Mistake | None], ...] = (
    _unclosed_text,
    _curly_quotes,
    _double_equals,
    _swallowed,
    _no_matter,
    _open_bracket,
    _missing_brace,
    _stray_brace,
    _glued_name,
    _missing_unit,
    _unknown_unit,
    _quoted_wanted,
    _missing_status,
    _chained,
    _bare_code,
    _misspelt,
    _ends_early,
    _strange_sign,
    _not_here,
)
