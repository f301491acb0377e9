"""Fitting a value to the type its place wants: plain numbers become ratios or grades, everything else must agree."""

from __future__ import annotations

from fractions import Fraction

from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.base.valuetype import CodeType, Grade, GradeType, ListType, Simple, ValueType
from landrules.rules import algebra
from landrules.rules import expr as e
from landrules.rules.faults import hint
from landrules.rules.scope import Typed
from landrules.rules.world import World


def fit(found: Typed, want: ValueType, span: Span, world: World, *, against: Span | None = None) -> e.Expr | None:
    """The value as one of the type wanted, or a mistake.

    `against` is the whole comparison, where two sides do not meet, and not merely one that is wrong.
    """
    have = found.type
    written = found.expr
    if isinstance(want, GradeType) and have is Dimension.NUMBER and isinstance(written, e.Const):
        return _grade(written, want, span, world)
    if isinstance(want, ListType) and isinstance(have, ListType) and written == e.Const((), ListType(Simple.TEXT)):
        return e.Const((), want)
    if isinstance(want, CodeType) and isinstance(have, CodeType) and not algebra.accepts(want, have):
        world.faults.add("LR306", against or span, left=want.scheme, right=have.scheme)
        return None
    if isinstance(want, GradeType) and isinstance(have, GradeType) and want != have:
        world.faults.add("LR328", against or span, left=want.system, right=have.system)
        return None
    if isinstance(want, CodeType) and have is Simple.TEXT and isinstance(written, e.Const):
        scheme = world.schemes.get(want.scheme)
        near = hint(str(written.value), scheme.entries if scheme else ())
        world.faults.add("LR317", span, text=str(written.value), scheme=want.scheme or "survey", **near)
        return None
    if algebra.accepts(want, have):
        if isinstance(written, e.Const) and want in algebra.PLAIN:
            return e.Const(written.value, want)
        return written
    args = {**algebra.said("left", want), **algebra.said("right", have)}
    if against is not None and isinstance(want, Dimension) and isinstance(have, Dimension):
        world.faults.add("LR301", against, op="=", **args, **unit_advice(want, have))
    else:
        world.faults.add("LR300", span, **args, **_wanted(want, have))
    return None


def unit_advice(left: ValueType, right: ValueType) -> dict[str, str]:
    """What to write instead where a number lacks its unit."""
    if Simple.DATE in (left, right):
        return _date_advice(left, right)
    if isinstance(left, GradeType) or isinstance(right, GradeType):
        return {
            "advice_zh": "等级用 不劣于 比较；法定公式里要用它的数字时写 等级数（…）",
            "advice_en": "grades are compared by `no worse than`; where a formula of law reckons with the number, write "
            "number_of(…)",
        }
    for one, two in ((left, right), (right, left)):
        if one in algebra.PLAIN and isinstance(two, Dimension) and two in algebra.UNIT_EXAMPLES:
            units = algebra.UNIT_EXAMPLES[two]
            if two is Dimension.DURATION:
                return {
                    "advice_zh": f"给数字写上单位，例如 {units}；工作日数、月数、年数是不带单位的数",
                    "advice_en": f"give the number its unit, such as {units}; counts of working days, months and years "
                    "are plain numbers",
                }
            return {
                "advice_zh": f"给数字写上单位，例如 {units}",
                "advice_en": f"give the number its unit, such as {units}",
            }
    if isinstance(left, Dimension) and isinstance(right, Dimension):
        return {
            "advice_zh": "只有同一量纲的值才能相加、相减或比较",
            "advice_en": "only values of one dimension can be added, subtracted or compared",
        }
    if left is Simple.LEVEL:
        return {
            "advice_zh": "写级别，例如 省级，或得出级别的对照表",
            "advice_en": "write a level such as province, or a table that gives one",
        }
    return {"advice_zh": "请核对这里该写什么", "advice_en": "check what belongs here"}


def _date_advice(left: ValueType, right: ValueType) -> dict[str, str]:
    """What to write instead where a date meets something else."""
    if left is right:
        return {
            "advice_zh": "两个日期只能相减，得出时长",
            "advice_en": "two dates can only be subtracted, which gives a duration",
        }
    other = right if left is Simple.DATE else left
    if other in algebra.PLAIN or other is Dimension.DURATION:
        return {
            "advice_zh": "日期在前，后面加减带单位的时长，例如 日期 + 30 日；月、年和工作日用 加月数、加年数、加工作日",
            "advice_en": "write the date first and a duration with its unit after it, such as date + 30 days; for months, "
            "years and working days use plus_months, plus_years and plus_working_days",
        }
    return {"advice_zh": "日期写作 2026-01-31", "advice_en": "a date is written 2026-01-31"}


def _wanted(want: ValueType, have: ValueType) -> dict[str, str]:
    """What to write where a value of one type is wanted."""
    if isinstance(want, Dimension) and want in algebra.UNIT_EXAMPLES:
        units = algebra.UNIT_EXAMPLES[want]
        return {
            "advice_zh": f"写带单位的数，单位例如 {units}",
            "advice_en": f"write a quantity in a unit such as {units}",
        }
    return unit_advice(want, have)


def check_word(holder: Typed, written: Typed, span: Span, world: World) -> bool:
    """Whether a written text is one that a closed field can hold; puts down a mistake where it is not."""
    if not holder.words or not isinstance(written.expr, e.Const) or not isinstance(written.expr.value, str):
        return True
    text = written.expr.value
    if text in holder.words:
        return True
    world.faults.add("LR307", span, text=text, **hint(text, holder.words))
    return False


def _grade(written: e.Const, want: GradeType, span: Span, world: World) -> e.Const | None:
    system = world.grades.get(want.system)
    number = written.value
    if system is None or not isinstance(number, Fraction):
        return None
    if not system.low <= number <= system.high:
        world.faults.add("LR315", span, system=want.system, low=str(system.low), high=str(system.high))
        return None
    return e.Const(Grade(want.system, number), want)
