"""The algebra of types: which values may meet, what comes out, and how a type is called in both languages.

Dimensions are never mixed: an area is not added to a length. A plain number may stand where a ratio is wanted and the
other way round (0.15 is 15 %); everything else is what it is.
"""

from __future__ import annotations

from landrules.base.quantity import Dimension
from landrules.base.valuetype import CodeType, GradeType, ListType, RecordType, Simple, ValueType

PLAIN = frozenset({Dimension.NUMBER, Dimension.RATIO})
NAMES: dict[Dimension | Simple, tuple[str, str]] = {
    Dimension.NUMBER: ("数值", "number"),
    Dimension.RATIO: ("比率", "ratio"),
    Dimension.AREA: ("面积", "area"),
    Dimension.LENGTH: ("长度", "length"),
    Dimension.MONEY: ("金额", "money"),
    Dimension.MASS: ("质量", "mass"),
    Dimension.DURATION: ("时长", "duration"),
    Simple.BOOLEAN: ("是非值", "yes-or-no value"),
    Simple.DATE: ("日期", "date"),
    Simple.TEXT: ("文本", "text"),
    Simple.REGION: ("图形", "region"),
    Simple.LEVEL: ("级别", "level"),
}
UNIT_EXAMPLES: dict[Dimension, str] = {
    Dimension.AREA: "m2, ha, mu",
    Dimension.LENGTH: "m, km",
    Dimension.MONEY: "yuan, wan_yuan",
    Dimension.MASS: "kg, t",
    Dimension.DURATION: "days",
    Dimension.RATIO: "%",
}


def name(kind: ValueType) -> tuple[str, str]:
    """What a type is called, in Chinese and in English."""
    match kind:
        case CodeType(scheme):
            return (f"代码（{scheme}）", f"code of {scheme}") if scheme else ("代码", "code")
        case GradeType(system):
            return f"等级（{system}）", f"grade of {system}"
        case ListType(item):
            zh, en = name(item)
            return f"{zh}清单", f"list of {en}"
        case RecordType():
            return f"“{kind.zh}”整条记录", f"whole record `{kind.name}`"
        case _:
            return NAMES[kind]


def said(prefix: str, kind: ValueType) -> dict[str, str]:
    """The values `<prefix>_zh` and `<prefix>_en` of a message."""
    zh, en = name(kind)
    return {f"{prefix}_zh": zh, f"{prefix}_en": en}


def accepts(want: ValueType, have: ValueType) -> bool:
    """Whether a value of one type may stand where another is wanted."""
    if want == have or (want in PLAIN and have in PLAIN):
        return True
    if isinstance(want, CodeType) and isinstance(have, CodeType):
        return not want.scheme or not have.scheme
    if isinstance(want, ListType) and isinstance(have, ListType):
        return accepts(want.item, have.item)
    return False


def added(op: str, left: ValueType, right: ValueType) -> ValueType | None:
    """The type of a sum or a difference, or `None` where the two cannot be added."""
    if isinstance(left, Dimension) and left == right:
        return left
    if left in PLAIN and right in PLAIN:
        return Dimension.RATIO
    if left is Simple.DATE and right is Dimension.DURATION:
        return Simple.DATE
    if op == "-" and left is Simple.DATE and right is Simple.DATE:
        return Dimension.DURATION
    return None


def multiplied(left: ValueType, right: ValueType) -> ValueType | None:
    """The type of a product, or `None` where it has no meaning here."""
    if not (isinstance(left, Dimension) and isinstance(right, Dimension)):
        return None
    if left in PLAIN:
        return right if right not in PLAIN or left == right else Dimension.NUMBER
    if right in PLAIN:
        return left
    return Dimension.AREA if (left, right) == (Dimension.LENGTH, Dimension.LENGTH) else None


def divided(left: ValueType, right: ValueType) -> ValueType | None:
    """The type of a quotient, or `None` where it has no meaning here."""
    if not (isinstance(left, Dimension) and isinstance(right, Dimension)):
        return None
    if right in PLAIN:
        return left if left not in PLAIN or left == right else Dimension.NUMBER
    if left == right:
        return Dimension.RATIO
    return Dimension.LENGTH if (left, right) == (Dimension.AREA, Dimension.LENGTH) else None


def ordered(kind: ValueType) -> bool:
    """Whether values of a type have a before and an after (`<`, `<=` ...)."""
    return isinstance(kind, Dimension) or kind is Simple.DATE


def equatable(kind: ValueType) -> bool:
    """Whether values of a type can be compared by `=`."""
    return not isinstance(kind, ListType | RecordType) and kind is not Simple.REGION
