"""The fourth pass: values of law by date: lists, lookup tables, and definitions."""

from __future__ import annotations

from collections.abc import Sequence

from landrules.base.period import ALWAYS, Period
from landrules.base.source import Span
from landrules.base.valuetype import Code, CodeType, Value, ValueType
from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules.citations import citations, no_overlap, own_period, read, stretches, undated
from landrules.rules.declared import declaration, title, type_of
from landrules.rules.model import Citation, DatedList, LookupTable, TableRow
from landrules.rules.scope import Meaning, Scope, Typed
from landrules.rules.symbols import Symbol, find
from landrules.rules.typecheck import any_meaning, of_type
from landrules.rules.world import World


def bind_dated(world: World) -> None:
    """Fill lists and tables, which hold constants only, then definitions, which may use each other."""
    symbols = [s for name in sorted(world.names.modules) for s in world.names.modules[name].declared()]
    for symbol in symbols:
        match symbol.kind:
            case "list":
                _list(symbol, world)
            case "table":
                _table(symbol, world)
            case _:
                pass
    for symbol in symbols:
        if symbol.kind == "define":
            _define(symbol, world, ())


def dated_bodies(symbol: Symbol, world: World) -> list[tuple[Period, tuple[t.Clause, ...], Span]]:
    """What a block says in each of its periods; all of it at once where it has no dated parts."""
    body = declaration(symbol).body
    parts = stretches(body)
    if parts:
        for clause in undated(body):
            if isinstance(clause, t.Setting) and clause.key in ("includes", "value"):
                world.faults.add("LR433", clause.span, name=symbol.names.id)
        return [(p.period, p.body, p.span) for p in parts]
    return [(own_period(body, world) or ALWAYS, undated(body), symbol.span)]


def cited_in(body: Sequence[t.Clause], symbol: Symbol, world: World) -> tuple[Citation, ...]:
    """What a dated part cites, or, where it cites nothing, its declaration."""
    own = citations(body, symbol.module, world)
    return own or citations(undated(declaration(symbol).body), symbol.module, world)


def _list(symbol: Symbol, world: World) -> None:
    kind = type_of(declaration(symbol).type, symbol, world)
    if kind is None:
        return
    if not isinstance(kind, CodeType):
        world.faults.add("LR324", symbol.span, name=symbol.names.id)
        return
    entries: list[tuple[Period, tuple[Code, ...], tuple[Citation, ...]]] = []
    dates: list[tuple[Period, Span]] = []
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
    no_overlap(dates, f"清单“{symbol.names.id}”", f"the list `{symbol.names.id}`", world)
    world.lists[symbol.id] = DatedList(symbol.id, title(symbol), kind.scheme, tuple(sorted(entries, key=by_start)))


        case t.ForEach():
            return [*_paths(node.select), *_paths(node.body)]
def by_start(entry: tuple[Period, object, object]) -> tuple[bool, object]:
    """The order of dated values: the one without a beginning first."""
    return (entry[0].start is not None, entry[0].start)


def _table(symbol: Symbol, world: World) -> None:
    node = declaration(symbol)
    kind = type_of(node.type, symbol, world)
    keys = [type_of(p.type, symbol, world) for p in node.params]
    key_types = tuple(k for k in keys if k is not None)
    if kind is None or len(key_types) < len(keys):
        return
    rows: list[TableRow] = []
    spans: list[Span] = []
    for period, body, _ in dated_bodies(symbol, world):
        for clause in body:
            if isinstance(clause, t.Row) and (row := _row(clause, key_types, kind, period, symbol, world)) is not None:
                rows.append(row)
                spans.append(clause.span)
    _unique(rows, spans, symbol, world)
    cited = citations(undated(node.body), symbol.module, world)
    if not cited and any(not row.citations for row in rows):
        world.faults.add("LR432", symbol.span, name=symbol.names.id)
    ordered = tuple(sorted(rows, key=_nearness))
    world.tables[symbol.id] = LookupTable(symbol.id, title(symbol), key_types, kind, ordered, cited)


def _row(
    node: t.Row, kinds: tuple[ValueType, ...], kind: ValueType, period: Period, symbol: Symbol, world: World
) -> TableRow | None:
    if len(node.keys) != len(kinds):
        world.faults.add("LR308", node.span, name=symbol.names.id, wanted=len(kinds), found=len(node.keys))
        return None
    keys = [
        None if isinstance(k, t.OtherLit) else constant(k, want, symbol, world)
        for k, want in zip(node.keys, kinds, strict=True)
    ]
    value = constant(node.value, kind, symbol, world)
    wrong = any(k is None and not isinstance(written, t.OtherLit) for k, written in zip(keys, node.keys, strict=True))
    if value is None or wrong:
        return None
    own = own_period(node.body, world) or period
    return TableRow(tuple(keys), value, own, citations(node.body, symbol.module, world), node.span)


def _unique(rows: Sequence[TableRow], spans: Sequence[Span], symbol: Symbol, world: World) -> None:
    """At most one row may answer a key on a day; a row with fewer `other` is the nearer one."""
    for n, one in enumerate(rows):
        for two, span in zip(rows[n + 1 :], spans[n + 1 :], strict=True):
            if one.period.meets(two.period) and _clash(one.keys, two.keys, world):
                zh, en = read(one.period)
                args = {"name": symbol.names.id, "line": spans[n].line, "period_zh": zh, "period_en": en}
                world.faults.add("LR417", span, **args)


def _clash(one: tuple[Value | None, ...], two: tuple[Value | None, ...], world: World) -> bool:
    if any(not _meets(a, b, world) for a, b in zip(one, two, strict=True) if a is not None and b is not None):
        return False
    one_set = {n for n, key in enumerate(one) if key is not None}
    two_set = {n for n, key in enumerate(two) if key is not None}
    return one_set == two_set or not (one_set < two_set or two_set < one_set)


def _meets(one: Value, two: Value, world: World) -> bool:
    """Whether some key is both: equal, or one code above the other."""
    if isinstance(one, Code) and isinstance(two, Code) and (scheme := world.schemes.get(one.scheme)) is not None:
        return scheme.is_under(one.code, two.code) or scheme.is_under(two.code, one.code)
    return one == two


def _nearness(row: TableRow) -> tuple[int, str, str]:
    """Rows with fewer `other` come first; the first that fits is meant."""
    return (row.keys.count(None), str(row.keys), str(row.period))


def constant(node: t.Expr, want: ValueType, symbol: Symbol, world: World) -> Value | None:
    """A value that is fixed when rules are read; anything else is a mistake."""
    found = of_type(node, want, Scope(symbol.module), world)
    if found is None:
        return None
    if not isinstance(found, e.Const):
        world.faults.add("LR311", node.span)
        return None
    return found.value


def _define(symbol: Symbol, world: World, road: tuple[Symbol, ...]) -> None:
    if symbol.id in world.defines:
        return
    if symbol in road:
        ring = [s.names.id for s in (*road[road.index(symbol) :], symbol)]
        world.faults.add("LR223", symbol.span, ring=" → ".join(ring))
        world.defines[symbol.id] = None
        return
    node = declaration(symbol)
    if node.expr is None:
        return
    for path in _paths(node.expr):
        found = find(world.names, symbol.module, path)
        if found and found[0].kind == "define":
            _define(found[0], world, (*road, symbol))
    if symbol.id not in world.defines:
        world.defines[symbol.id] = named(symbol.names, any_meaning(node.expr, Scope(symbol.module), world))


def named(names: t.Names, found: Meaning | None) -> Meaning | None:
    """A definition's or a given's meaning under its name, which stays for the trace."""
    if isinstance(found, Typed) and not isinstance(found.expr, e.ListRef):
        return Typed(e.Named(names.id, found.expr, found.type, names.zh), found.words)
    return found


def _paths(node: t.Expr) -> list[t.Path]:
    match node:
        case t.Path():
            return [node]
        case t.Call():
            return [p for a in node.args for p in _paths(a)]
        case t.Unary():
            return _paths(node.operand)
        case t.Binary():
            return [*_paths(node.left), *_paths(node.right)]
        case t.Select():
            return [node.of, *(_paths(node.where) if node.where else ())]
        case t.Aggregate() | t.Average():
            return _paths(node.select)
        case t.ListLit():
            return [p for a in node.items for p in _paths(a)]
        case _:
            return []
