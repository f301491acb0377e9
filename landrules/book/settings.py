"""Clauses that set one thing of a declaration, each as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from landrules.book.speech import Speech
from landrules.book.values import value
from landrules.lang import tree as t


def setting(s: Speech, node: t.Setting) -> str:
    """The sentence of a setting; a key that has no sentence is told by its word and values."""
    made = SENTENCES.get(node.key)
    if made is not None:
        return made(s, node.values) + s.stop
    said = s.say("，", ", ").join(value(s, v) for v in node.values)
    return f"{node.key}{s.colon}{said}{s.stop}"


Values = tuple[t.Expr, ...]
Said = Callable[[Speech, Values], str]


def _word(values: Values) -> str:
    return values[0].value if values and isinstance(values[0], t.StringLit) else ""


def _plain(zh: str, en: str) -> Said:
    return lambda s, v: s.say(zh, en)


def _one(zh: str, en: str) -> Said:
    """A sentence about one value, which stands at {0}."""
    return lambda s, v: s.say(zh, en).format(*(value(s, x) for x in v))


def _quoted(zh: str, en: str) -> Said:
    """A sentence about a text, which stands at {0} as written."""
    return lambda s, v: s.say(zh, en).format(_word(v))


def _name(zh: str, en: str) -> Said:
    """A sentence about a declared thing."""

    def made(s: Speech, v: Values) -> str:
        said = [s.term(x.parts) if isinstance(x, t.Path) else value(s, x) for x in v]
        return s.say(zh, en).format(*said)

    return made


def _choice(**words: tuple[str, str]) -> Said:
    """A sentence by the word of the setting."""

    def made(s: Speech, v: Values) -> str:
        zh, en = words.get(_word(v).replace(" ", "_"), (_word(v), _word(v)))
        return s.say(zh, en)

    return made


def _level(s: Speech, v: Values) -> str:
    name = s.rank(_word(v))
    return s.say(f"级别：{name}", f"Level: {name}")


def _includes(s: Speech, v: Values) -> str:
    said = s.say("、", ", ").join(s.term(x.parts) if isinstance(x, t.Path) else value(s, x) for x in v)
    return s.say(f"包括{said}", f"It includes {said}")


def _repealed(s: Speech, v: Values) -> str:
    said = [s.instrument(x.parts) if isinstance(x, t.Path) else value(s, x) for x in v]
    return s.say("已被{0}废止", "It was repealed by {0}").format(*said)


def _supersedes(s: Speech, v: Values) -> str:
    if len(v) < 2:
        return _name("本条取代{0}", "It supersedes {0}")(s, v)
    return _name("自{1}起，本条取代{0}", "From {1} it supersedes {0}")(s, v)


def _days(zh: str, en: str) -> Said:
    def made(s: Speech, v: Values) -> str:
        days = [value(s, x) for x in v]
        return s.say(zh + "至".join(days), f"{en} {' to '.join(days)}")

    return made


def _confirmation(s: Speech, v: Values) -> str:
    names = [s.document(x.parts[-1]) if isinstance(x, t.Path) else value(s, x) for x in v]
    said = s.say("、", ", ").join(names)
    return s.say(
        f"不以自有地块补充的，以“{said}”为凭",
        f"Where the applicant's own plots do not make it good, {said} is the proof",
    )


SENTENCES: Mapping[str, Said] = MappingProxyType(
    {
        "level": _level,
        "version": _quoted("版本：{0}", "Version: {0}"),
        "default": _choice(
            refer=(
                "没有规则准予使用的土地，提请有权机关裁量",
                "Ground that no rule authorises is put before the competent authority to decide",
            ),
            deny=("没有规则准予使用的土地，禁止使用", "Ground that no rule authorises may not be used"),
        ),
        "uncovered": _choice(
            refer=(
                "图层范围内未划入任何分区的土地，提请有权机关裁量",
                "Ground in the layer's scope that no zone covers is put before the competent authority to decide",
            ),
            deny=(
                "图层范围内未划入任何分区的土地，禁止使用",
                "Ground in the layer's scope that no zone covers may not be used",
            ),
            permit=(
                "图层范围内未划入任何分区的土地，不受限制",
                "Ground in the layer's scope that no zone covers is not limited",
            ),
        ),
        "number": _quoted("文号：{0}", "Number: {0}"),
        "source": _quoted("内容见数据文件“{0}”", "Its content stands in the file “{0}”"),
        "value": _one("取值为{0}", "The value is {0}"),
        "debit": _one("占用方为{0}", "The debit is {0}"),
        "credit": _one("补充方为{0}", "The credit is {0}"),
        "confirmation": _confirmation,
        "range": _one("等级范围为{0}至{1}", "Grades run from {0} to {1}"),
        "better": _choice(
            lower=("数值小者为优", "The lower number is the better"),
            higher=("数值大者为优", "The higher number is the better"),
        ),
        "includes": _includes,
        "tightens": _choice(
            downward=("下级只能调低（从严）", "A lower level may only lower it (tighter)"),
            upward=("下级只能调高（从严）", "A lower level may only raise it (tighter)"),
        ),
        "repealed by": _repealed,
        "ends": _choice(uncertain=("失效日期未经核实", "The day on which it ends was not verified")),
        "policy": _choice(
            unique=("每种情形只有一行适用", "One row at most answers a case"),
            any=("适用的各行取值必须一致", "All rows that answer a case must agree"),
            collect_sum=("适用的各行取值相加", "The rows that answer a case are added up"),
            collect_min=("取适用各行中的最小值", "The least of the rows that answer a case counts"),
            collect_max=("取适用各行中的最大值", "The greatest of the rows that answer a case counts"),
            collect_count=("取适用行的行数", "The rows that answer a case are counted"),
        ),
        "complete": _plain("本表完备，没有遗漏的情形", "The table is complete: no case is left out"),
        "open": _plain(
            "清单未列尽，其他类似情形由有权机关裁量",
            "The list is open: like cases are for the competent authority to decide",
        ),
        "absolute": _plain("任何下级不得放宽", "No lower level may relax it"),
        "may be relaxed by": _one("可由{0}放宽", "It may be relaxed by {0}"),
        "filled by": _one("由{0}填定", "It is filled by {0}"),
        "supersedes": _supersedes,
        "rivals": _name(
            "与{0}竞合，二者不一致时由有权机关裁量", "It rivals {0}: where they differ the competent authority decides"
        ),
        "at least": _one("不得低于{0}", "It must be at least {0}"),
        "at most": _one("不得高于{0}", "It must be at most {0}"),
        "used": _one("已使用{0}", "Used so far: {0}"),
        "requested": _one("本次申请{0}", "Asked for now: {0}"),
        "prefers": _name("有{0}的，以其为准", "Where {0} covers the ground, that counts instead"),
        "left": _one("限于{1}之后调出{0}的土地", "It speaks of ground that left {0} since {1}"),
        "holiday": _days("休假：", "Holiday:"),
        "workday": _days("调休上班：", "Worked:"),
    }
)
"""By the English keyword of the setting."""
