"""Dated sources of law and figures: lists, parameters, tables, accounts, as they stand on the law date.

Where only verified sources are assumed to speak: an unverified row is passed over as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice, pairwise, product

from landrules.base.figures import newest
from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.valuetype import Absence, Code, CodeType, Grade, Missing, Value, ValueType
from landrules.engine.candidates import several, still_possible
from landrules.engine.kept import Kept
from landrules.engine.scope import PASSABLE, Judged, Scope, judged, open_value
from landrules.engine.unknown import Maybe, Num, Unknown
from landrules.rules.keys import Listed, Stretch, fits, nearest, others
from landrules.rules.model import Citation, DatedList, LookupTable, TableRow

MOST_CANDIDATES = 64
"""How many ways several candidates may combine in the keys of one look-up; beyond, the value is open."""


MOST_ROWS = 2_000
"""Rows of a table up to which every stretch is asked where a number is not wholly known."""


def speaks(citations: Sequence[Citation], scope: Scope) -> bool:
    """Whether a source may speak here: always where all that is cited passes, else unless only verified ones do."""
    return not citations or _passes(citations, scope.evidence.law_date) or not scope.assumed.only_verified()


def _all_pass(citations: Sequence[Citation], day: date) -> bool:
    """Whether all that is cited passes on a day."""
    return all(effective_status(c, day) in PASSABLE for c in citations)


_passes: Kept[Sequence[Citation], bool] = Kept(_all_pass)


def effective_status(citation: Citation, day: date) -> str:
    """The state of a citation on a day: past an unverified end of its instrument it counts as unverified."""
    instrument = citation.instrument
    ended = instrument.period.end is not None and day > instrument.period.end
    return "unverified" if ended and not instrument.end_verified else citation.status


@frozen
class Group:
    """Values among which one is looked for, and the codes among them by their scheme."""

    members: tuple[object, ...]
    codes: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, members: tuple[object, ...]) -> Group:
        """Some values as a group."""
        codes = [c for c in members if isinstance(c, Code)]
        return cls(members, {s: frozenset(c.code for c in codes if c.scheme == s) for s in {c.scheme for c in codes}})


@frozen
class _Standing:
    """A list on a day: its editions, what they hold together where all of them surely speak, and whether it is open."""

    editions: tuple[tuple[Period, tuple[Code, ...], tuple[Citation, ...]], ...]
    group: Group | None
    is_open: bool


def _stands(dated: DatedList, day: date) -> _Standing:
    editions = tuple(entry for entry in dated.entries if day in entry[0])
    sure = all(_all_pass(cites, day) for _, _, cites in editions)
    group = Group.of(tuple(c for _, codes, _ in editions for c in codes)) if sure else None
    return _Standing(editions, group, any(day in period for period in dated.open_in))


_standing: Kept[DatedList, _Standing] = Kept(_stands)


def list_codes(scope: Scope, id_: str) -> Group | Missing:
    """The codes of a list on the law date, or that no edition of it holds. An edition that may not speak lists nothing."""
    day = scope.evidence.law_date
    standing = _standing(scope.evidence.rules.lists[id_], day)
    found = [scope.told(edition, edition) for edition in standing.editions]
    if not found:
        return Missing(id_, Absence.NO_ROW, str(day))
    if standing.group is not None:
        return standing.group
    return Group.of(tuple(c for _, codes, cites in found if speaks(cites, scope) for c in codes))


def is_open(scope: Scope, id_: str) -> bool:
    """Whether a list ends in "and the like" on the law date, by an edition that may speak."""
    standing = _standing(scope.evidence.rules.lists[id_], scope.evidence.law_date)
    return standing.is_open and any(speaks(cites, scope) for _, _, cites in standing.editions)


def parameter_value(scope: Scope, id_: str) -> Value:
    """The value of a parameter on the law date; one that a lower level has still to fill in is a fact not supplied."""
    parameter = scope.evidence.rules.parameters[id_]
    day = scope.evidence.law_date
    for entry in parameter.values:
        period, value, cites = entry
        if day in period and speaks(cites, scope):
            return scope.told(entry, value)
    if parameter.filled_by is not None:
        return Missing(id_, Absence.NOT_SUPPLIED, f"filled by {parameter.filled_by}")
    return Missing(id_, Absence.NO_ROW, str(day))


def table_value(scope: Scope, id_: str, keys: tuple[Judged, ...], type_: ValueType) -> Judged:
    """What the rows that fit come to; open where a key is unknown or no row is there.

    A key of which only candidates are known, or within which bounds it lies, gives a value where all of them lead to
    the same.
    """
    table = scope.evidence.rules.tables[id_]
    choices = [_points(table, n, k, scope) or still_possible(k, scope) for n, k in enumerate(keys)]
    ways = [*islice(product(*choices), MOST_CANDIDATES + 1)]
    if 0 < len(ways) <= MOST_CANDIDATES:
        found = [_answer(scope, table, way, type_) for way in ways]
        if len(ways) == 1 or all(value == found[0] for value in found[1:]):
            return found[0]
    facts = frozenset().union(*(k.facts for k in keys if isinstance(k, Unknown | Num | Maybe)))
    name = f"{id_}({', '.join(getattr(k, 'key', str(k)) for k in keys)})"
    return open_value(type_, name, facts)


def _points(table: LookupTable, column: int, key: Judged, scope: Scope) -> tuple[Num, ...]:
    """A number for every stretch of a column in which a number that is not wholly known may lie."""
    if not isinstance(key, Num) or key.is_known or len(table.rows) > MOST_ROWS:
        return ()
    span = key.span(scope.assumed.ranges)
    ends = {e for e in (span.low, span.high) if e is not None}
    for row in table.rows:
        match row.keys[column]:
            case Stretch(low=low, high=high):
                ends.update(e for e in (low, high) if isinstance(e, Fraction))
            case Listed(values):
                ends.update(v for v in values if isinstance(v, Fraction))
            case _:
                pass
    cuts = sorted(ends) or [Fraction(0)]
    between = [(a + b) / 2 for a, b in pairwise(cuts)]
    points = sorted({cuts[0] - 1, *cuts, *between, cuts[-1] + 1})
    return tuple(Num(p) for p in points if p in span)


def _answer(scope: Scope, table: LookupTable, keys: Sequence[Judged], type_: ValueType) -> Judged:
    """What a table says to keys that are known; a code that its scheme does not hold is answered by no row."""
    for key, kind in zip(keys, table.key_types, strict=True):
        if isinstance(key, Code) and (wrong := _wrong_code(key, kind, scope)):
            return judged(Missing(str(key), Absence.INVALID, wrong), type_, f"{table.id}({key})")
    plain = tuple(k.const if isinstance(k, Num) else k for k in keys)
    rows = _rows(scope, table, plain)
    values = [scope.told(row, row.value) for row in rows]
    if table.policy == "collect count":
        return Num(Fraction(len(values)))
    if not values:
        return judged(Missing(_called(table, plain), Absence.NO_ROW), type_, table.id)
    if table.crosswalk:
        codes = tuple(c for c in _flat(values) if isinstance(c, Code))
        return codes[0] if len(codes) == 1 else several(_called(table, plain), codes)
    match table.policy:
        case "collect sum":
            return Num(sum((v for v in values if isinstance(v, Fraction)), Fraction(0)))
        case "collect min":
            return judged(min(values, key=_order), type_, table.id)
        case "collect max":
            return judged(max(values, key=_order), type_, table.id)
        case "unique" | "any":
            return judged(values[0], type_, table.id)


def _called(table: LookupTable, keys: Sequence[object]) -> str:
    """What a look-up is called: the name of the fact that nobody has."""
    return f"{table.id}({', '.join(str(k) for k in keys)})"


def _wrong_code(code: Code, kind: ValueType, scope: Scope) -> str:
    """Why a code cannot be looked up, or nothing."""
    if isinstance(kind, CodeType) and kind.scheme and code.scheme != kind.scheme:
        return "another scheme"
    scheme = scope.evidence.rules.schemes.get(code.scheme)
    return "" if scheme is not None and code.code in scheme.entries else "unknown code"


def _order(value: Value) -> Fraction:
    """The place of a quantity or a day among its like."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, date):
        return Fraction(value.toordinal())
    raise TypeError(f"{value!r} has no order")


def _flat(values: Iterable[Value]) -> list[Value]:
    return list(dict.fromkeys(c for v in values if isinstance(v, tuple) for c in v))


def _rows(scope: Scope, table: LookupTable, keys: Sequence[object]) -> list[TableRow]:
    """The rows that count for some keys: in force, speaking, fitting, and none nearer."""
    roads = [_road(key, scope) for key in keys]
    if table.crosswalk:  # the nearest code that has a row, and only where none has, a row for everything
        steps = [*((value,) for value in roads[0]), ()]
        return next((found for step in steps if (found := _fitting(scope, table, [step], keys))), [])
    found = _fitting(scope, table, roads, keys)
    leaves = [others(row.keys) for row in found]
    return [found[n] for n in nearest(range(len(found)), leaves)]


def _fitting(
    scope: Scope, table: LookupTable, roads: Sequence[Sequence[Value]], keys: Sequence[object]
) -> list[TableRow]:
    day = scope.evidence.law_date
    near = (table.rows[n] for n in table.index.near(roads))
    return [
        row
        for row in near
        if day in row.period and fits(row.keys, keys) and speaks(row.citations or table.citations, scope)
    ]


def _road(key: object, scope: Scope) -> tuple[Value, ...]:
    """The values under which a key may be listed: a code and all codes above it, or the value itself."""
    if isinstance(key, Code):
        scheme = scope.evidence.rules.schemes.get(key.scheme)
        return tuple(Code(key.scheme, c) for c in scheme.road(key.code)) if scheme is not None else (key,)
    if isinstance(key, bool | Fraction | date | str | Grade):
        return (key,)
    raise TypeError(f"{key!r} is no key of a table")


def account_value(scope: Scope, kind: str, region: Judged, year: Judged, type_: ValueType) -> Judged:
    """The newest figure, not after the law date, of an account for a region and a year."""
    facts = frozenset().union(*(k.facts for k in (region, year) if isinstance(k, Unknown | Num)))
    if facts:
        return open_value(type_, f"{kind}({region}, {year})", facts)
    wanted = int(year.const) if isinstance(year, Num) else 0
    day = scope.evidence.law_date
    verified = [r for r in scope.evidence.accounts if r.status in PASSABLE]
    every = scope.evidence.accounts
    rows = verified if len(verified) < len(every) and scope.assumed.only_verified() else every
    row = newest(rows, kind, str(region), wanted, day)
    if row is None:
        fact = Missing(f"{kind}({region}, {wanted})", Absence.NOT_SUPPLIED)
        return open_value(type_, fact.name, frozenset((fact,)))  # a figure of an account may be negative
    return judged(row.amount, type_, kind)
