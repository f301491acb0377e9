"""Messages with their values: a norm's template filled from the place it was judged at."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from landrules.base.quantity import BASE_UNIT, Dimension, Unit, round_half_up
from landrules.base.valuetype import Code, Grade, ListType, Simple
from landrules.engine.answer import Text
from landrules.engine.compile import Compiled, compile_expr
from landrules.engine.documents import LEVEL_WORDS
from landrules.engine.explore import Split
from landrules.engine.kept import Kept
from landrules.engine.scope import Judged, Scope, judged
from landrules.engine.unknown import Num
from landrules.rules import expr as e
from landrules.rules.model import BilingualMessage, Message, RuleSet

PLACES = {"m2": 2, "ha": 4, "km2": 6, "mu": 2, "m": 2, "km": 3, "cm": 0, "yuan": 2, "wan_yuan": 2, "kg": 0, "t": 3}


def fill(message: BilingualMessage, scope: Scope) -> Text:
    """Both texts with their values; what is not known is said to be unknown."""
    return Text(zh=_filled(message.zh or message.en, scope, "zh"), en=_filled(message.en or message.zh, scope, "en"))


_compiled: Kept[e.Expr, Compiled] = Kept(compile_expr)


def _filled(parts: Message, scope: Scope, lang: str) -> str:
    out = []
    for part in parts:
        if part.expr is None:
            out.append(part.text)
            continue
        try:
            value = _compiled(part.expr)(scope)
        except Split:
            out.append("未知" if lang == "zh" else "unknown")
            continue
        out.append(shown(value, part.unit, part.expr.type, lang, scope.evidence.rules))
    return "".join(out)


def shown(value: Judged, unit: Unit | None, type_: object, lang: str, rules: RuleSet) -> str:
    """A value as text, in a unit."""
    match value:
        case Num() if value.is_known:
            return _number(value.const, unit, type_, lang)
        case Grade(_, number):
            return _plain(number)
        case Code(scheme, code):
            entry = rules.schemes[scheme].entries.get(code) if scheme in rules.schemes else None
            title = (entry.title.zh if lang == "zh" else entry.title.en) if entry else ""
            return (
                f"{title or code}（{code}）"
                if lang == "zh" and title
                else f"{title or code} ({code})"
                if title
                else code
            )
        case bool():
            return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
        case str() if type_ is Simple.LEVEL and value in LEVEL_WORDS:
            words = LEVEL_WORDS[value]
            return words.zh if lang == "zh" else words.en
        case str():
            return value
        case tuple() if isinstance(type_, ListType):
            inner = type_.item
            items = (judged(v, inner, "") for v in value)
            return ("、" if lang == "zh" else ", ").join(shown(v, unit, inner, lang, rules) for v in items)
        case _ if hasattr(value, "isoformat"):
            return str(value)
        case _:
            return "未知" if lang == "zh" else "unknown"


def _number(value: Fraction, unit: Unit | None, type_: object, lang: str) -> str:
    chosen = unit or (BASE_UNIT.get(type_) if isinstance(type_, Dimension) else None)
    if chosen is None:
        return _plain(value)
    scaled = value / chosen.factor
    amount = _plain(scaled) if chosen.symbol == "days" else round_half_up(scaled, PLACES.get(chosen.symbol, 2))
    return f"{amount} {chosen.zh}" if lang == "zh" else f"{amount} {chosen.symbol}"


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    text = format(round_half_up(value, 4), "f")
    return str(Decimal(text).normalize()) if "." in text else text
