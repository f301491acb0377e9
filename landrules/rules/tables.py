"""The third pass: lookup tables and crosswalks: their rows, from rules and from files, and whether these can stand together.

Where several rows fit, the policy of the table says what holds; the order of rows never matters. Rows that meet against
the policy, and in a `complete` table what no row answers, are mistakes that show the region as a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from landrules.base.period import ALWAYS, Period
from landrules.base.quantity import Dimension
from landrules.base.source import Span
from landrules.base.valuetype import LEVELS, Absence, Code, CodeType, Missing, Simple, ValueType
from landrules.lang import tree as t
from landrules.rules import algebra
from landrules.rules.bodies import only_settings
from landrules.rules.boxes import FIRST, LAST, Column, EntangledError, Survey, bound, days
from landrules.rules.citations import citations, own_period, silent, stretches, undated
from landrules.rules.declared import declaration, settings, title, type_of
from landrules.rules.keys import Listed, RowKey, indexed, others
from landrules.rules.lookups import CodeScheme, LookupTable, Policy, TableRow
from landrules.rules.regions import NEVER_NEGATIVE, KeyWords, regions
from landrules.rules.rowkeys import key_of, unit_in, value_of
from landrules.rules.symbols import Symbol, word_of
from landrules.rules.tabular import Sheet
from landrules.rules.world import World

SHOWN = 5
"""How many regions of a table are shown; the others are counted."""

UNREAD = Missing("", Absence.INVALID)
"""The value of a row whose own value is a mistake: its keys still say what it answers. Never in a ruleset."""


def bind_table(symbol: Symbol, world: World) -> None:
    """A table or a crosswalk."""
    node = declaration(symbol)
    crosswalk = node.kind == "crosswalk"
    kind = type_of(node.type, symbol, world)
    found = [type_of(p.type, symbol, world) for p in node.params]
    key_types = tuple(k for k in found if k is not None)
    if kind is None or len(key_types) < len(found):
        return
    if crosswalk and not (len(key_types) == 1 and isinstance(kind, CodeType) and isinstance(key_types[0], CodeType)):
        world.faults.add("LR384", symbol.span, name=symbol.names.id)
        return
    if crosswalk:
        only_settings(symbol, ("complete", "source"), "转换表", "a crosswalk", world)
    else:
        only_settings(symbol, ("policy", "complete", "source"), "对照表", "a table", world)
    chosen = settings(node.body)
    policy = cast(Policy, word_of(chosen["policy"].values)) if "policy" in chosen else "unique"
    if not _policy_fits(policy, kind, chosen.get("policy"), world):
        return
    rows, units, keys_read = _rows(symbol, key_types, kind, crosswalk, world)
    rows = [one for row in rows for one in _apart(row)] if crosswalk else rows
    words = [KeyWords(k, u, _scheme(k, world)) for k, u in zip(key_types, units, strict=True)]
    complete = chosen.get("complete")
    _check(symbol, rows, words, policy, complete.span if complete and keys_read else None, crosswalk, world)
    _silent_days(symbol, rows, world)
    cited = citations(undated(node.body), symbol.module, world)
    if not cited and any(not row.citations for row in rows):
        world.faults.add("LR432", symbol.span, name=symbol.names.id)
    ordered = tuple(sorted(rows, key=_place))
    result = Dimension.NUMBER if policy == "collect count" else kind
    index = indexed([row.keys for row in ordered])
    world.tables[symbol.id] = LookupTable(
        symbol.id, title(symbol), key_types, result, ordered, cited, policy, complete is not None, crosswalk, index
    )


def _policy_fits(policy: Policy, kind: ValueType, setting: t.Setting | None, world: World) -> bool:
    """Sums are of quantities, the least and the greatest of what has an order; anything can be counted."""
    fits = {
        "collect sum": isinstance(kind, Dimension),
        "collect min": algebra.ordered(kind),
        "collect max": algebra.ordered(kind),
    }.get(policy, True)
    if not fits and setting is not None:
        world.faults.add("LR380", setting.span, policy=setting.span.text, **algebra.said("found", kind))
    return fits


def _place(row: TableRow) -> tuple[str, int]:
    return (row.span.source.name, row.span.start) if row.span else ("", 0)


def _scheme(kind: ValueType, world: World) -> CodeScheme | None:
    return world.schemes.get(kind.scheme) if isinstance(kind, CodeType) else None


# --------------------------------------------------------------------------- rows


def _rows(
    symbol: Symbol, key_types: tuple[ValueType, ...], kind: ValueType, crosswalk: bool, world: World
) -> tuple[list[TableRow], list[str], bool]:
    """The rows of a table, the unit in which each of its keys is written, and whether the keys of all could be read."""
    body = declaration(symbol).body
    parts = [(p.period, p.body) for p in stretches(body)]
    rows: list[TableRow] = []
    units = [""] * len(key_types)
    keys_read = True
    for period, part in ((own_period(body, world) or ALWAYS, undated(body)), *parts):
        for clause in part:
            if isinstance(clause, t.Row):
                row = _row(clause, key_types, kind, crosswalk, period, symbol, world)
                units = [u or unit_in(k) for u, k in zip(units, clause.keys, strict=False)] if row else units
                rows += [row] if row is not None else []
                keys_read = keys_read and row is not None
            elif isinstance(clause, t.Setting) and clause.key == "source":
                name = (symbol.module.document.source.name, word_of(clause.values))
                if name in world.sheets:
                    sheet = Sheet(symbol, world, world.sheets[name], key_types, kind, crosswalk, period, clause.span)
                    rows += sheet.rows()
                    keys_read = keys_read and not sheet.faults
                    units = [u or sheet.units.get(n, "") for n, u in enumerate(units)]
    return rows, units, keys_read


def _row(
    node: t.Row,
    kinds: tuple[ValueType, ...],
    kind: ValueType,
    crosswalk: bool,
    period: Period,
    symbol: Symbol,
    world: World,
) -> TableRow | None:
    if len(node.keys) != len(kinds):
        world.faults.add("LR308", node.span, name=symbol.names.id, wanted=len(kinds), found=len(node.keys))
        return None
    found = [key_of(k, want, symbol, world) for k, want in zip(node.keys, kinds, strict=True)]
    value = value_of(node.value, kind, crosswalk, symbol, world)
    keys = tuple(k for k in found if k is not None)
    if len(keys) < len(found):
        return None
    own = own_period(node.body, world) or period
    return TableRow(
        keys, UNREAD if value is None else value, own, citations(node.body, symbol.module, world), node.span
    )


def _apart(row: TableRow) -> list[TableRow]:
    """A row of a crosswalk for each code it lists, since the nearest code counts."""
    (key,) = row.keys
    if not isinstance(key, Listed):
        return [row]
    return [TableRow((Listed((v,)),), row.value, row.period, row.citations, row.span) for v in key.values]


# --------------------------------------------------------------------------- check


def _check(
    symbol: Symbol,
    rows: Sequence[TableRow],
    words: Sequence[KeyWords],
    policy: Policy,
    complete: Span | None,
    crosswalk: bool,
    world: World,
) -> None:
    """Rows that meet against the policy, and what a complete table does not answer."""
    leaves = _heights(rows, words[0].scheme) if crosswalk else [others(row.keys) for row in rows]

    def agree(group: tuple[int, ...]) -> bool:
        match policy:
            case "unique":
                return len(group) == 1
            case "any":
                values = {rows[r].value for r in group} - {UNREAD}
                return len(values) <= 1
            case _:
                return True

    columns = [_column(words[n], [row.keys[n] for row in rows]) for n in range(len(words))]
    time = days([row.period for row in rows])
    survey = Survey([*columns, time], leaves, agree, complete is not None)
    try:
        boxes = survey.boxes()
    except EntangledError:
        world.faults.add("LR437", symbol.span, name=symbol.names.id)
        return
    shown: dict[str, int] = {"LR417": 0, "LR435": 0, "LR436": 0}
    count = dict(shown)
    at: dict[str, Span] = {}
    for box in boxes:
        code = "LR436" if not box.rows else "LR435" if policy == "any" else "LR417"
        spans = [s for r in box.rows if (s := rows[r].span) is not None]
        where = complete if complete is not None and not spans else (spans or [symbol.span])[-1]
        told, number = regions(box, words, time.ends, SHOWN - shown[code])
        count[code] += number
        at.setdefault(code, where)
        for region in told:
            shown[code] += 1
            places = _places(spans)
            world.faults.add(
                code,
                where,
                name=symbol.names.id,
                row_zh=region.row_zh,
                row_en=region.row_en,
                period_zh=region.period_zh,
                period_en=region.period_en,
                **places,
            )
    for code, number in count.items():
        if number > shown[code]:
            world.faults.add("LR434", at[code], name=symbol.names.id, count=number - shown[code])


def _silent_days(symbol: Symbol, rows: Sequence[TableRow], world: World) -> None:
    """Days between two rows on which no row of the table is in force at all are worth a second look."""
    dated = [(row.period, row.span or symbol.span) for row in rows]
    names = {"what_zh": f"对照表“{symbol.names.id}”", "what_en": f"the table `{symbol.names.id}`"}
    for after, before, span in silent(dated):
        world.faults.warn("LR406", span, after=after, before=before, **names)


def _heights(rows: Sequence[TableRow], scheme: CodeScheme | None) -> list[frozenset[int]]:
    """In a crosswalk the row of the nearest code counts: the higher a code stands, the more it leaves to others."""
    depths: list[int] = []
    for row in rows:
        code = row.keys[0].values[0] if isinstance(row.keys[0], Listed) else None
        depths.append(len(scheme.road(code.code)) if scheme is not None and isinstance(code, Code) else 0)
    deepest = max(depths, default=0)
    return [frozenset(range(deepest - depth)) for depth in depths]


def _column(words: KeyWords, keys: Sequence[RowKey]) -> Column:
    match words.type:
        case CodeType():
            return Column("codes", keys, words.scheme)
        case Dimension():
            first = bound(Fraction(0), False, FIRST) if words.type in NEVER_NEGATIVE else FIRST
            return Column("ordered", keys, ends=(first, LAST))
        case Simple.DATE:
            return Column("ordered", keys)
        case Simple.BOOLEAN:
            return Column("words", keys, words=(True, False))
        case Simple.LEVEL:
            return Column("words", keys, words=LEVELS)
        case _:
            return Column("words", keys)


def _places(spans: Sequence[Span]) -> dict[str, str]:
    """Where the rows that meet stand."""
    shown = [f"{s.source.name}:{s.line}" for s in spans[:SHOWN]]
    rest = ["…"] if len(spans) > SHOWN else []
    return {"places_zh": "、".join([*shown, *rest]), "places_en": ", ".join([*shown, *rest])}
