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
from landrules.rules.model import BilingualMessage, MessagePart, RuleSet

PLACES = {"m2": 2, "ha": 4, "km2": 6, "mu": 2, "m": 2, "km": 3, "cm": 0, "yuan": 2, "wan_yuan": 2, "kg": 0, "t": 3}


def fill(message: BilingualMessage, scope: Scope) -> Text:
    """Both texts with their values, each worked out once; what is not known is said to be unknown."""
    values: dict[int, Judged | None] = {}
    zh, en = _parts(message)
    return Text(zh=_filled(zh, values, scope, "zh"), en=_filled(en, values, scope, "en"))


Part = tuple[MessagePart, int, Compiled | None]
"""A part of a message, the number of its value among all values of both languages, and how that is worked out."""


def _work_out(message: BilingualMessage) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    zh, en = message.zh or message.en, message.en or message.zh
    known: list[e.Expr] = []
    compiled: list[Compiled] = []
    for part in (*zh, *en):
        if part.expr is not None and part.expr not in known:
            known.append(part.expr)
            compiled.append(compile_expr(part.expr))

    def numbered(part: MessagePart) -> Part:
        place = -1 if part.expr is None else known.index(part.expr)
        return part, place, None if part.expr is None else compiled[place]

    return tuple(map(numbered, zh)), tuple(map(numbered, en))


_parts: Kept[BilingualMessage, tuple[tuple[Part, ...], tuple[Part, ...]]] = Kept(_work_out)


def _filled(parts: tuple[Part, ...], values: dict[int, Judged | None], scope: Scope, lang: str) -> str:
    out = []
    for part, place, compiled in parts:
        if part.expr is None or compiled is None:
            out.append(part.text)
            continue
        if place not in values:
            values[place] = _value(compiled, scope)
        found = values[place]
        if found is None:
            out.append(UNKNOWN[lang])
        else:
            out.append(shown(found, part.unit, part.expr.type, lang, scope.evidence.rules))
    return "".join(out)


UNKNOWN = {"zh": "未知", "en": "unknown"}


def _value(compiled: Compiled, scope: Scope) -> Judged | None:
    """A value as far as it is known."""
    try:
        return compiled(scope)
    except Split:
        return None


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
            return UNKNOWN[lang]


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
