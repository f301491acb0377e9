"""The keyword table: every fixed word of the language, in English and in Chinese.

The grammar's keyword terminals are generated from this table and from nowhere else. A word that only one language needs
(because the other has its own word order) leaves the other spelling empty. A blank inside a spelling stands for any
run of blanks. Invariant: a terminal never has two meanings in one grammar state.
"""

from __future__ import annotations

import re
from typing import Literal

from landrules.base.frozen import frozen
from landrules.base.quantity import UNITS

Group = Literal["declaration", "clause", "test", "word", "type", "value", "level", "operator", "outcome"]


@frozen
class Keyword:
    """One terminal: its name in the grammar, what it is for, and its spellings."""

    terminal: str
    group: Group
    en: str
    zh: str

    def spelling(self, lang: Literal["zh", "en"]) -> str:
        """The word in a language, or in the other where it has none."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


def _rows(group: Group, *rows: tuple[str, str, str]) -> tuple[Keyword, ...]:
    return tuple(Keyword(terminal, group, en, zh) for terminal, en, zh in rows)


KEYWORDS: tuple[Keyword, ...] = (
    *_rows(
        "declaration",
        ("IMPORT", "import", "引入"),
        ("RULESET", "ruleset", "规则集"),
        ("INSTRUMENT", "instrument", "文件"),
        ("LAYER", "layer", "图层"),
        ("SCHEME", "scheme", "代码体系"),
        ("GRADES", "grades", "等级体系"),
        ("CALENDAR", "calendar", "日历"),
        ("GROUP", "group", "规则组"),
        ("LIST", "list", "清单"),
        ("PARAMETER", "parameter", "参数"),
        ("ACCOUNT", "account", "台账"),
        ("TABLE", "table", "对照表"),
        ("CROSSWALK", "crosswalk", "转换表"),
        ("FILL", "fill", "填定"),
        ("DEFINE", "define", "定义"),
        ("USE_CONTROL", "use control", "用途管制"),
        ("RED_LINE", "red line", "红线"),
        ("BALANCE", "balance", "平衡"),
        ("QUOTA", "quota", "计划指标"),
        ("INDICATOR", "indicator", "控制指标"),
        ("RULE", "rule", "规则"),
        ("EXCEPTION", "exception", "例外"),
        ("TEST", "test", "测试"),
    ),
    *_rows(
        "clause",
        ("TITLE", "title", "标题"),
        ("CITES", "cites", "依据"),
        ("EFFECTIVE", "effective", "施行"),
        ("APPLIES", "applies when", "适用 当"),
        ("WHEN", "when", "当"),
        ("REQUIRES", "requires", "须"),
        ("GIVEN", "given", "设"),
        ("SUBJECT_APPROVAL", "subject to approval", ""),
        ("SUBJECT_OPINION", "subject to opinion", ""),
        ("MUST_PASS", "", "须经"),
        ("MUST_PASS_ANY", "", "须经批准"),
        ("MUST_HAVE", "", "须有"),
        ("DUTY", "duty", "义务"),
        ("TOLERANCE", "tolerance", "容差"),
        ("PROHIBITS", "prohibits", "禁止"),
        ("PERMITS", "permits", "允许"),
        ("RESTRICTS", "restricts", "限制"),
        ("REFERS", "refers", "提请裁量"),
        ("INFORMS", "informs", "告知"),
        ("ENCOURAGES", "encourages", "鼓励"),
        ("SUSPECTS", "suspects", "疑似"),
        ("AUTHORISES", "authorises", "准予用地"),
        ("MESSAGE", "message", "提示"),
        ("EXCEPT", "except", "例外"),
        ("ZONE", "zone", "分区"),
        ("LEVEL", "level", "级别"),
        ("VERSION", "version", "版本"),
        ("DEFAULT", "default", "未授权土地"),
        ("UNCOVERED", "uncovered", "未覆盖"),
        ("NUMBER_OF", "number", "文号"),
        ("SOURCE", "source", "数据"),
        ("VALUE", "value", "取值"),
        ("DEBIT", "debit", "占用方"),
        ("CREDIT", "credit", "补充方"),
        ("CONFIRMATION", "confirmation", "确认文件"),
        ("RANGE", "range", "范围"),
        ("BETTER", "better", "优者"),
        ("INCLUDES", "includes", "包括"),
        ("TIGHTENS", "tightens", "收紧"),
        ("ENDS", "ends", "失效日"),
        ("REPEALED", "repealed by", "废止于"),
        ("POLICY", "policy", "命中"),
        ("COMPLETE", "complete", "完备"),
        ("OPEN", "open", "开放"),
        ("ABSOLUTE", "absolute", "不得放宽"),
        ("RELAXED", "may be relaxed by", "可由"),
        ("FILLED", "filled by", "由"),
        ("SUPERSEDES", "supersedes", "取代"),
        ("RIVALS", "rivals", "竞合"),
        ("AT_LEAST", "at least", "不低于"),
        ("AT_MOST", "at most", "不高于"),
        ("USED", "used", "已用"),
        ("REQUESTED", "requested", "本次"),
        ("PREFERS", "prefers", "优先"),
        ("LEFT", "left", "调出"),
        ("HOLIDAY", "holiday", "休假"),
        ("WORKDAY", "workday", "上班"),
        ("FIELD", "field", "字段"),
        ("CODE", "code", "代码"),
        ("ROW", "row", "行"),
    ),
    *_rows(
        "test",
        ("SET", "set", "令"),
        ("PARCEL", "parcel", "地块"),
        ("BUILDING", "building", "建筑"),
        ("SUPPLEMENT", "supplement", "补充地块"),
        ("FEATURE", "feature", "要素"),
        ("UNBOUND", "unbound", "未绑定"),
        ("ON_DATE", "on", "日期"),
        ("EXPECT", "expect", "预期"),
        ("SQUARE", "square", "正方形"),
        ("RECTANGLE", "rectangle", "矩形"),
        ("POLYGON", "polygon", "多边形"),
        ("LINE", "line", "线"),
        ("POINT", "point", "点"),
        ("AT", "at", "位于"),
        ("BY_SIZE", "by", "乘"),
        ("DECISION", "decision", "结论"),
        ("MISSING", "missing", "缺"),
        ("POSSIBLE", "possible", "可能"),
        ("BECAUSE", "by", "因"),
    ),
    *_rows(
        "word",
        ("ZH", "zh", "中文"),
        ("EN", "en", "英文"),
        ("ON", "on", "图层"),
        ("WHERE", "where", "其中"),
        ("WITHIN", "within", ""),
        ("OF", "of", ""),
        ("DISTANCE", "", "距"),
        ("WITHIN_AFTER", "", "以内"),
        ("BEYOND", "beyond", ""),
        ("BEYOND_AFTER", "", "以外"),
        ("BY_ZONE", "by", "按"),
        ("FOR", "for", "针对"),
        ("TO_NORM", "to", "针对"),
        ("PER_PROPOSAL", "per proposal", "按项目"),
        ("FROM", "from", "自"),
        ("TO", "to", "至"),
        ("VERIFIED", "verified", "核对"),
        ("PARTLY", "partly verified", "部分核对"),
        ("UNVERIFIED", "unverified", "未核对"),
        ("EXAMPLE", "example", "示例"),
        ("NOTE", "note", "附注"),
        ("ARTICLE", "article", ""),
        ("PARAGRAPH", "paragraph", ""),
        ("ITEM", "item", ""),
        ("PART", "part", "部分"),
        ("BY", "by", ""),
        ("APPROVED", "", "批准"),
        ("ISSUED", "", "出具的"),
        ("OPINION", "", "意见"),
        ("PROVIDED", "provided", "若"),
        ("NO_LATER", "no later than", "不迟于"),
        ("OTHERWISE", "otherwise", "否则"),
        ("RELAX_AFTER", "", "放宽"),
        ("FILL_AFTER", "", "填定"),
        ("SINCE", "since", "起于"),
        ("HANDED", "handed down to", "授权"),
        ("UP_TO", "up to", "至多"),
        ("APPORTIONED", "apportioned", "按比例分摊"),
        ("OPTIONAL", "optional", "可缺"),
        ("UNDER", "under", "属"),
        ("GIVES", "gives", "取"),
    ),
    *_rows(
        "type",
        ("T_BOOLEAN", "boolean", "布尔"),
        ("T_NUMBER", "number", "数值"),
        ("T_RATIO", "ratio", "比率"),
        ("T_AREA", "area", "面积"),
        ("T_LENGTH", "length", "长度"),
        ("T_MONEY", "money", "金额"),
        ("T_MASS", "mass", "质量"),
        ("T_DURATION", "duration", "时长"),
        ("T_DATE", "date", "日期"),
        ("T_TEXT", "text", "文本"),
        ("T_LEVEL", "level", "级别"),
        ("T_CODE", "code of", "代码"),
        ("T_GRADE", "grade of", "等级"),
    ),
    *_rows(
        "value",
        ("TRUE", "true", "是"),
        ("FALSE", "false", "否"),
        ("OTHER", "other", "其他"),
        ("ANYTHING", "any", "任意"),
        ("OCCUPATION", "occupation", "占用"),
        ("BUILDINGS", "buildings", "建筑物"),
        ("PROJECT", "project", "项目"),
        ("S_NATIONAL", "national", "国家"),
        ("S_PROVINCIAL", "provincial", "省"),
        ("S_MUNICIPAL", "municipal", "市"),
        ("S_COUNTY", "county", "县"),
        ("S_TOWNSHIP", "township", "乡镇"),
        ("S_REFER", "refer", "须裁量"),
        ("S_DENY", "deny", "禁止"),
        ("S_PERMIT", "permit", "允许"),
        ("S_LOWER", "lower", "小"),
        ("S_HIGHER", "higher", "大"),
        ("S_DOWNWARD", "downward", "向下"),
        ("S_UPWARD", "upward", "向上"),
        ("S_UNCERTAIN", "uncertain", "存疑"),
        ("S_UNIQUE", "unique", "唯一"),
        ("S_ANY", "any", "一致"),
        ("S_COLLECT_SUM", "collect sum", "汇总求和"),
        ("S_COLLECT_MIN", "collect min", "汇总最小"),
        ("S_COLLECT_MAX", "collect max", "汇总最大"),
        ("S_COLLECT_COUNT", "collect count", "汇总计数"),
    ),
    *_rows(
        "level",
        ("L_CENTRAL", "central", "国家级"),
        ("L_PROVINCE", "province", "省级"),
        ("L_CITY", "city", "市级"),
        ("L_COUNTY", "county", "县级"),
        ("L_TOWNSHIP", "township", "乡镇级"),
        ("L_VILLAGE", "village", "村级"),
        ("L_EXPERT", "expert", "专家"),
    ),
    *_rows(
        "operator",
        ("OR", "or", "或"),
        ("AND", "and", "且"),
        ("NOT", "not", "非"),
        ("IN", "in", "属于"),
        ("NOT_IN", "not in", "不属于"),
        ("NO_WORSE", "no worse than", "不劣于"),
        ("IS_GIVEN", "is given", "已提供"),
        ("IS_NOT_GIVEN", "is not given", "未提供"),
        ("IF_ABSENT", "if absent", "缺则"),
        ("FOR_EACH", "for each", ""),
        ("DISTINCT", "distinct", ""),
        ("AMONG", "", "对"),
        ("EACH_AFTER", "", "每项"),
        ("KINDS_AFTER", "", "各类"),
        ("HOLDS", "holds", "均有"),
        ("OVER", "over", ""),
        ("EACH_OF", "", "各项"),
        ("SUM_OF", "sum of", ""),
        ("COUNT_OF", "count of", ""),
        ("MIN_OF", "min of", ""),
        ("MAX_OF", "max of", ""),
        ("AREA_OF", "area of", ""),
        ("ANY_OF", "any of", "存在"),
        ("AVERAGE_OF", "average of", ""),
        ("WEIGHTED_BY", "weighted by", ""),
        ("SUM_AFTER", "", "之和"),
        ("COUNT_AFTER", "", "之数"),
        ("MIN_AFTER", "", "最小值"),
        ("MAX_AFTER", "", "最大值"),
        ("AREA_AFTER", "", "的面积"),
        ("WEIGH", "", "按"),
        ("WEIGHTED", "", "加权平均"),
    ),
    *_rows(
        "outcome",
        ("O_DENY", "deny", "禁止"),
        ("O_INDETERMINATE", "indeterminate", "无法判定"),
        ("O_REFER", "refer", "须裁量"),
        ("O_CONDITIONAL", "conditional", "有条件允许"),
        ("O_PERMIT", "permit", "符合"),
        ("O_NOT_APPLICABLE", "not_applicable", "不适用"),
        ("O_INFORMATION", "information", "告知"),
    ),
)

BY_TERMINAL: dict[str, Keyword] = {k.terminal: k for k in KEYWORDS}

BINARY: dict[str, str] = {
    "OR": "or", "AND": "and", "EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=", "IN": "in",
    "NOT_IN": "not_in", "NO_WORSE": "no_worse", "IF_ABSENT": "if_absent", "PLUS": "+", "MINUS": "-", "STAR": "*", "SLASH": "/",
}  # fmt: skip


def word(terminal: str, lang: Literal["zh", "en"]) -> str:
    """The spelling of a terminal in a language.

    >>> word("RED_LINE", "zh")
    '红线'
    """
    return BY_TERMINAL[terminal].spelling(lang)


def by_english(group: Group, english: str) -> Keyword:
    """The keyword of a group with an English spelling. Raises `KeyError` where there is none."""
    return _BY_ENGLISH[group, english]


_BY_ENGLISH: dict[tuple[str, str], Keyword] = {(k.group, k.en): k for k in reversed(KEYWORDS) if k.en}


def is_chinese(text: str) -> bool:
    """Whether a word is written with Chinese characters.

    >>> is_chinese("永农2026"), is_chinese("pbf")
    (True, False)
    """
    return _CJK.search(text) is not None


_CJK = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def terminals(rules: str) -> str:
    """The grammar with its keyword and unit terminals: `rules` as written, each keyword spelled out.

    A spelling that two keywords share (`禁止` forbids, and is an outcome) is one terminal, which stands in both places;
    which of the two is meant follows from the place.
    """
    shared = _shared()
    alternatives: dict[str, str] = {}
    lines = [f"{name}.2: /{_pattern(spelling)}/" for spelling, name in shared.items()]
    for k in KEYWORDS:
        own = [s for s in (k.en, k.zh) if s and s not in shared]
        names = ([k.terminal] if own else []) + [shared[s] for s in (k.en, k.zh) if s in shared]
        alternatives[k.terminal] = names[0] if len(names) == 1 else f"({' | '.join(names)})"
        if own:
            lines.append(f"{k.terminal}.2: /{_pattern(*own)}/")
    spelled = re.sub(r"(?<![\w/])[A-Z_]+(?![\w/])", lambda m: alternatives.get(m[0], m[0]), rules)
    return "\n".join([spelled, *lines, f"UNIT.2: /{unit_pattern()}/"]) + "\n"


def _shared() -> dict[str, str]:
    """Spellings that more than one keyword has, with the name of their terminal."""
    spellings = [s for k in KEYWORDS for s in {k.en, k.zh} if s]
    return {s: f"WORD_{n}" for n, s in enumerate(sorted({s for s in spellings if spellings.count(s) > 1}), 1)}


def _pattern(*spellings: str) -> str:
    return f"(?:{'|'.join(re.escape(s).replace(_BLANK, _BLANKS) for s in spellings)})(?!\\w)"


_BLANK = re.escape(" ")
_BLANKS = "\\s+"


def unit_pattern() -> str:
    """All unit spellings, longest first. A unit in Chinese characters needs no blank after it: `20 米以内`."""
    spellings = sorted({s for u in UNITS for s in (u.symbol, u.zh, *u.also)}, key=lambda s: (-len(s), s))
    bare = [re.escape(s) for s in spellings if is_chinese(s) or not s[0].isalnum()]
    bounded = [re.escape(s) for s in spellings if not is_chinese(s) and s[0].isalnum()]
    return f"(?:(?:{'|'.join(bounded)})(?!\\w)|{'|'.join(bare)})"


def english(group: Group, spelled: str) -> str:
    """The English spelling of a keyword of a group, from either language. Raises `KeyError` where there is none.

    >>> english("clause", "禁止")
    'prohibits'
    """
    return _ENGLISH[group, " ".join(spelled.split())]


_ENGLISH: dict[tuple[str, str], str] = {(k.group, s): k.en for k in KEYWORDS for s in (k.zh, k.en) if s}


def spelled_terminals(first: str) -> frozenset[str]:
    """The terminals of the grammar whose spelling begins with a word, keywords and the terminals they share.

    >>> sorted(spelled_terminals("red"))
    ['RED_LINE']
    """
    return _FIRST_WORDS.get(first, frozenset())


def _first_words() -> dict[str, frozenset[str]]:
    shared = _shared()
    out: dict[str, set[str]] = {}
    for k in KEYWORDS:
        for spelling in (k.en, k.zh):
            if spelling:
                out.setdefault(spelling.split()[0], set()).update({k.terminal, shared.get(spelling, k.terminal)})
    return {word: frozenset(names) for word, names in out.items()}


_FIRST_WORDS = _first_words()


def spellings(terminal: str) -> tuple[str, ...]:
    """How a terminal of the grammar is spelled, English first; empty for what is not a keyword."""
    return _SPELLED.get(terminal, ())


def _spelled() -> dict[str, tuple[str, ...]]:
    shared = _shared()
    out: dict[str, tuple[str, ...]] = {name: (spelling,) for spelling, name in shared.items()}
    for k in KEYWORDS:
        out[k.terminal] = tuple(s for s in (k.en, k.zh) if s and s not in shared)
    return out


_SPELLED = _spelled()
