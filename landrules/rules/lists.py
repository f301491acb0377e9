"""The third pass: lists of codes by date, closed or open."""

from __future__ import annotations

from landrules.base.period import Period
from landrules.base.source import Span
from landrules.base.valuetype import Code, CodeType
from landrules.lang import tree as t
from landrules.rules.bodies import by_start, cited_in, dated_bodies, only_settings
from landrules.rules.citations import no_overlap
from landrules.rules.cited import Citation
from landrules.rules.declared import declaration, title, type_of
from landrules.rules.lookups import DatedList
from landrules.rules.rowkeys import constant
from landrules.rules.symbols import Symbol
from landrules.rules.world import World


def bind_list(symbol: Symbol, world: World) -> None:
    """A list: what it holds in each period. `open` outside all dated parts holds for each of them."""
    kind = type_of(declaration(symbol).type, symbol, world)
    if kind is None:
        return
    if not isinstance(kind, CodeType):
        world.faults.add("LR324", symbol.span, name=symbol.names.id)
        return
    only_settings(symbol, ("includes", "open"), "清单", "a list", world)
    always_open = _is_open(declaration(symbol).body)
    entries: list[tuple[Period, tuple[Code, ...], tuple[Citation, ...]]] = []
    dates: list[tuple[Period, Span]] = []
    opens: list[Period] = []
    for period, body, span in dated_bodies(symbol, world):
        codes: list[Code] = []
        for clause in body:
            if isinstance(clause, t.Setting) and clause.key == "includes":
                for written in clause.values:
                    value = constant(written, kind, symbol, world)
                    if isinstance(value, Code) and value not in codes:
                        codes.append(value)
        entries.append((period, tuple(sorted(codes)), cited_in(body, symbol, world)))
        dates.append((period, span))
        if always_open or _is_open(body):
            opens.append(period)
    no_overlap(dates, f"清单“{symbol.names.id}”", f"the list `{symbol.names.id}`", world)
    held = tuple(sorted(entries, key=by_start))
    world.lists[symbol.id] = DatedList(symbol.id, title(symbol), kind.scheme, held, tuple(sorted(opens, key=str)))


def _is_open(body: tuple[t.Clause, ...]) -> bool:
    return any(isinstance(clause, t.Setting) and clause.key == "open" for clause in body)
