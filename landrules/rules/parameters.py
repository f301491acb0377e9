"""The third pass: parameters, the numbers and other single values of law, by date."""

from __future__ import annotations

from landrules.base.period import Period
from landrules.base.source import Span
from landrules.base.valuetype import Value
from landrules.rules.citations import no_overlap
from landrules.rules.dated import by_start, cited_in, constant, dated_bodies
from landrules.rules.declared import declaration, settings, title, type_of
from landrules.rules.model import Citation, Parameter
from landrules.rules.symbols import Symbol
from landrules.rules.world import World


def bind_parameters(world: World) -> None:
    """Fill parameters, which hold constants only."""
    for name in sorted(world.names.modules):
        for symbol in world.names.modules[name].declared():
            if symbol.kind == "parameter":
                _parameter(symbol, world)


def _parameter(symbol: Symbol, world: World) -> None:
    kind = type_of(declaration(symbol).type, symbol, world)
    if kind is None:
        return
    values: list[tuple[Period, Value, tuple[Citation, ...]]] = []
    dates: list[tuple[Period, Span]] = []
    for period, body, span in dated_bodies(symbol, world):
        setting = settings(tuple(body)).get("value")
        if setting is None:
            world.faults.add("LR411", span, clause_zh="取值", clause_en="value")
            continue
        value = constant(setting.values[0], kind, symbol, world)
        dates.append((period, span))
        cited = cited_in(body, symbol, world)
        if not cited:
            world.faults.add("LR432", span, name=symbol.names.id)
        if value is not None:
            values.append((period, value, cited))
    no_overlap(dates, f"参数“{symbol.names.id}”", f"the parameter `{symbol.names.id}`", world)
    world.parameters[symbol.id] = Parameter(symbol.id, title(symbol), kind, tuple(sorted(values, key=by_start)))
