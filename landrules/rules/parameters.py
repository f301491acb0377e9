"""The third pass: parameters, the numbers and other single values of law, by date, and what lower levels fill in.

The author of a parameter may set bounds (`at least`, `at most`), hand it down to one level (`filled by province`) and say
which direction is stricter (`tightens downward`). A `fill` of that level puts in a value within the bounds; a still lower
level may fill it again, only towards the stricter side of what stands above it on every day. The lowest level's value is
in force; the author's own stands until one is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, cast

from landrules.base.frozen import frozen
from landrules.base.levels import PLAN_LEVELS, PlanLevel, is_below, level_words
from landrules.base.period import Period
from landrules.base.source import Span
from landrules.base.valuetype import Grade, Value
from landrules.lang import tree as t
from landrules.rules.citations import no_overlap, own_period, stretches
from landrules.rules.constructs.common import allow
from landrules.rules.dated import by_start, cited_in, constant, dated_bodies
from landrules.rules.declared import declaration, settings, title, type_of
from landrules.rules.faults import Faults, hint
from landrules.rules.levels import authority_level, level_of
from landrules.rules.model import Citation, Fill, Parameter
from landrules.rules.symbols import Symbol, find, word_of
from landrules.rules.world import World

Entry = tuple[Period, Value, tuple[Citation, ...]]
DAY = timedelta(days=1)
WAYS = {"downward": ("小", "downward"), "upward": ("大", "upward")}


@frozen
class Written:
    """A value as a fill gives it, with what messages say of it: its text and where it stands."""

    fill: Fill
    text: str
    span: Span
    symbol: Symbol


def bind_parameters(world: World) -> None:
    """Fill parameters, which hold constants only, then what lower levels put into them."""
    symbols = [s for name in sorted(world.names.modules) for s in world.names.modules[name].declared()]
    owners = {s.id: s for s in symbols if s.kind == "parameter"}
    for symbol in owners.values():
        _parameter(symbol, world)
    filled: dict[str, list[Written]] = {}
    for symbol in symbols:
        if symbol.kind == "fill":
            for written in _fill(symbol, owners, world):
                filled.setdefault(_target(symbol, world), []).append(written)
    for own, found in filled.items():
        _fill_in(owners[own], found, world)


# --------------------------------------------------------------------------- the author's part


def _parameter(symbol: Symbol, world: World) -> None:
    body = declaration(symbol).body
    kind = type_of(declaration(symbol).type, symbol, world)
    if kind is None:
        return
    found = settings(body)
    handed = _handed(found.get("filled by"), symbol, world)
    bounds = {
        key: constant(found[key].values[0], kind, symbol, world) for key in ("at least", "at most") if key in found
    }
    tightens = cast(Literal["downward", "upward", ""], word_of(found["tightens"].values) if "tightens" in found else "")
    values: list[Entry] = []
    dates: list[tuple[Period, Span]] = []
    texts: list[tuple[Value, t.Expr]] = []
    for period, part, span in dated_bodies(symbol, world):
        setting = settings(tuple(part)).get("value")
        if setting is None:
            if handed is None:
                world.faults.add("LR411", span, clause_zh="取值", clause_en="value")
            continue
        value = constant(setting.values[0], kind, symbol, world)
        dates.append((period, span))
        cited = cited_in(part, symbol, world)
        if not cited:
            world.faults.add("LR432", span, name=symbol.names.id)
        if value is not None:
            values.append((period, value, cited))
            texts.append((value, setting.values[0]))
    no_overlap(dates, f"参数“{symbol.names.id}”", f"the parameter `{symbol.names.id}`", world)
    parameter = Parameter(
        symbol.id,
        title(symbol),
        kind,
        tuple(sorted(values, key=by_start)),
        bounds.get("at least"),
        bounds.get("at most"),
        handed,
        tightens,
    )
    world.parameters[symbol.id] = _measured(parameter, found, symbol, world)
    for value, node in texts:
        _bounded(value, node.span.text, node.span, symbol, symbol, world)


def _handed(setting: t.Setting | None, symbol: Symbol, world: World) -> PlanLevel | None:
    """The level to which a parameter is handed down."""
    level = authority_level(setting, world) if setting is not None else None
    own = level_of(symbol, world)
    if setting is None or level is None or is_below(level, own):
        return level
    args = {**level_words("right", level), **level_words("own", own)}
    world.faults.add("LR461", setting.span, name=symbol.names.id, **args)
    return None


def _measured(parameter: Parameter, found: Mapping[str, t.Setting], symbol: Symbol, world: World) -> Parameter:
    """The parameter, its bounds and direction left out where its values have no order, or the bounds are crossed."""
    values = [v for v in (parameter.low, parameter.high, *(v for _, v, _ in parameter.values)) if v is not None]
    ordered = all(_size(v) is not None for v in values)
    words = {"at least": "不低于", "at most": "不高于", "tightens": "收紧"}
    if not ordered:
        for key in (k for k in words if k in found):
            world.faults.add("LR459", found[key].span, name=symbol.names.id, clause_zh=words[key], clause_en=key)
        return replace(parameter, low=None, high=None, tightens="")
    if parameter.low is not None and parameter.high is not None and _above(parameter.low, parameter.high):
        low, high = (found[k].values[0].span.text for k in ("at least", "at most"))
        world.faults.add("LR460", found["at most"].span, name=symbol.names.id, low=low, high=high)
        return replace(parameter, low=None, high=None)
    return parameter


def _size(value: Value) -> Fraction | date | None:
    """What a value is measured by; `None` for one that is neither greater nor smaller than another."""
    if isinstance(value, Grade):
        return value.value
    return value if isinstance(value, Fraction | date) else None


def _above(one: Value, other: Value) -> bool:
    """Whether a value is greater than another of its type."""
    a, b = _size(one), _size(other)
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a > b
    return isinstance(a, date) and isinstance(b, date) and a > b


def _bounded(value: Value, text: str, span: Span, symbol: Symbol, owner: Symbol, world: World) -> bool:
    """Whether a value lies within the bounds of a parameter; says so where it does not."""
    parameter = world.parameters[owner.id]
    if parameter.low is not None and _above(parameter.low, value):
        key, zh, en = "at least", "不低于", "at least"
    elif parameter.high is not None and _above(value, parameter.high):
        key, zh, en = "at most", "不高于", "at most"
    else:
        return True
    limit = settings(declaration(owner).body)[key].values[0].span
    args = {"name": symbol.id, "own_at": span, "parameter": owner.id, "its_at": limit, "value": text}
    world.faults.add("LR455", span, bound_zh=f"{zh} {limit.text}", bound_en=f"{en} {limit.text}", **args)
    return False


# --------------------------------------------------------------------------- what lower levels fill in


def _target(symbol: Symbol, world: World) -> str:
    path = declaration(symbol).target
    found = find(world.names, symbol.module, path) if path is not None else None
    return found[0].id if found is not None and found[0].kind == "parameter" and not found[1] else ""


def _fill(symbol: Symbol, owners: Mapping[str, Symbol], world: World) -> list[Written]:
    """The values of a fill, each with its dates; none after a mistake in whom or how it fills."""
    node = declaration(symbol)
    assert node.target is not None
    own = _target(symbol, world)
    if own not in world.parameters:
        if not own:
            name = ".".join(node.target.parts)
            known = [w for w, s in symbol.module.visible.items() if s.kind == "parameter"]
            world.faults.add("LR269", node.target.span, name=name, **hint(name, [*known, *owners]))
        return []
    owner, parameter, level = owners[own], world.parameters[own], level_of(symbol, world)
    args: dict[str, object] = {"name": symbol.id, "own_at": symbol.span, "parameter": own, "its_at": owner.span}
    if parameter.filled_by is None:
        world.faults.add("LR452", symbol.span, **args)
        return []
    again = is_below(level, parameter.filled_by) and parameter.tightens
    if level != parameter.filled_by and not again:
        levels = {**level_words("own", level), **level_words("right", parameter.filled_by)}
        world.faults.add("LR453", symbol.span, **args, **levels)
        return []
    found: list[Written] = []
    for period, body, span in _parts(symbol, world):
        setting = settings(body).get("value")
        if setting is None:
            world.faults.add("LR411", span, clause_zh="取值", clause_en="value")
            continue
        cited = cited_in(body, symbol, world)
        if not cited:
            world.faults.add("LR432", span, name=symbol.names.id)
        value = _value(setting, symbol, owner, world)
        if value is not None and _bounded(value, setting.values[0].span.text, setting.span, symbol, owner, world):
            fill = Fill(symbol.id, level, period, value, cited, setting.span)
            found.append(Written(fill, setting.values[0].span.text, setting.span, symbol))
    return found


def _parts(symbol: Symbol, world: World) -> list[tuple[Period, tuple[t.Clause, ...], Span]]:
    """What a fill says in each of its periods, foreign clauses refused."""
    body, construct = declaration(symbol).body, ("填定", "a fill")
    allow(body, (t.Title, t.Cites, t.Effective), construct, world, keys=("value",))
    for part in stretches(body):
        allow(part.body, (t.Cites,), construct, world, keys=("value",))
    own_period(body, world)
    return dated_bodies(symbol, world)


def _value(setting: t.Setting, symbol: Symbol, owner: Symbol, world: World) -> Value | None:
    """The value filled in, of the parameter's type; says why not, with both places."""
    inner = replace(world, faults=Faults())
    value = constant(setting.values[0], world.parameters[owner.id].type, symbol, inner)
    for why in inner.faults.found[:1]:
        args = {"name": symbol.id, "own_at": setting.span, "parameter": owner.id, "its_at": owner.span}
        said = {"why_zh": why.message("zh"), "why_en": why.message("en")}
        world.faults.add("LR454", why.span or setting.span, **args, **said)
    return value


def _fill_in(owner: Symbol, found: Sequence[Written], world: World) -> None:
    """Put fills into their parameter, the highest level first, each held against what stands above it."""
    parameter = world.parameters[owner.id]
    fills: list[Fill] = []
    above: list[Written] = []
    for level in PLAN_LEVELS:
        same = sorted((x for x in found if x.fill.level == level), key=_place)
        same = [x for n, x in enumerate(same) if not _twice(x, same[:n], owner, world)]
        if level != parameter.filled_by:
            same = [x for x in same if _tightens(x, above, owner, parameter, world)]
        above = [*same, *above]
        fills = [*sorted((x.fill for x in same), key=lambda f: (f.period.start is not None, f.period.start)), *fills]
    values = (*((f.period, f.value, f.citations) for f in fills), *parameter.values)
    world.parameters[owner.id] = replace(parameter, values=values, fills=tuple(fills))


def _place(written: Written) -> tuple[str, int]:
    return (written.span.source.name, written.span.start)


def _twice(written: Written, earlier: Iterable[Written], owner: Symbol, world: World) -> bool:
    """Whether another fill of the level holds on one of its days; says so."""
    for other in earlier:
        both = written.fill.period.within(other.fill.period)
        if both is not None:
            day = both.start or both.end or ""
            args = {"own_at": written.span, "other_at": other.span}
            world.faults.add("LR456", written.span, parameter=owner.id, day=day, **args)
            return True
    return False


def _tightens(written: Written, above: Sequence[Written], owner: Symbol, parameter: Parameter, world: World) -> bool:
    """Whether a value is no looser than the one above it, lowest level first, on every day; says where it is not."""
    args: dict[str, object] = {"name": written.symbol.id, "own_at": written.span, "parameter": owner.id}
    for day in _edges(written.fill.period, [x.fill.period for x in above]):
        over = next((x for x in above if day in x.fill.period), None)
        if over is None:
            said = (f"在 {day} ", f"on {day}") if day > date.min else ("在它最早的日子", "on its earliest days")
            world.faults.add("LR458", written.span, day_zh=said[0], day_en=said[1], its_at=owner.span, **args)
            return False
        own, its = written.fill.value, over.fill.value
        looser = _above(own, its) if parameter.tightens == "downward" else _above(its, own)
        if looser:
            zh, en = WAYS[parameter.tightens]
            told = {"value": written.text, "above": over.text, "above_at": over.span, "way_zh": zh, "way_en": en}
            world.faults.add("LR457", written.span, **args, **told)
            return False
    return True


def _edges(period: Period, others: Iterable[Period]) -> list[date]:
    """The first day of a period and those in it on which one of others begins or has just ended: between them nothing changes."""
    days = {period.start or date.min}
    for other in others:
        days |= {other.start} if other.start is not None else set()
        days |= {other.end + DAY} if other.end is not None and other.end < date.max else set()
    return sorted(d for d in days if d in period)
