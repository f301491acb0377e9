"""Dated sources of law and figures: lists, parameters, tables, accounts, as they stand on the law date.

In a strict scope only verified sources speak: an unverified row is passed over as if it were not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from landrules.base.figures import newest
from landrules.base.valuetype import Absence, Code, Missing, Value, ValueType
from landrules.engine.scope import PASSABLE, Judged, Scope, judged, open_value
from landrules.engine.unknown import Num, Unknown
from landrules.rules.model import Citation, TableRow


def speaks(citations: Sequence[Citation], scope: Scope) -> bool:
    """Whether a source may speak here: always, or, in a strict scope, when all that is cited passes."""
    return not scope.strict or all(effective_status(c, scope.evidence.law_date) in PASSABLE for c in citations)


def effective_status(citation: Citation, day: date) -> str:
    """The state of a citation on a day: past an unverified end of its instrument it counts as unverified."""
    instrument = citation.instrument
    ended = instrument.period.end is not None and day > instrument.period.end
    return "unverified" if ended and not instrument.end_verified else citation.status


def list_codes(scope: Scope, id_: str) -> tuple[Code, ...] | Missing:
    """The codes of a list on the law date, or that no edition of it holds. An edition that may not speak lists nothing."""
    dated = scope.evidence.rules.lists[id_]
    day = scope.evidence.law_date
    found = [scope.told(entry, entry) for entry in dated.entries if day in entry[0]]
    if not found:
        return Missing(id_, Absence.NO_ROW, str(day))
    return tuple(c for _, codes, cites in found if speaks(cites, scope) for c in codes)


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
    """The value of the row that matches; `other` where no row does; open where a key is unknown or no row is there."""
    facts = frozenset().union(*(k.facts for k in keys if isinstance(k, Unknown | Num)))
    if facts:
        return open_value(type_, f"{id_}({', '.join(getattr(k, 'key', str(k)) for k in keys)})", facts)
    table = scope.evidence.rules.tables[id_]
    plain = tuple(k.const if isinstance(k, Num) else k for k in keys)
    rows = [
        r
        for r in table.rows
        if scope.evidence.law_date in r.period
        and speaks(r.citations or table.citations, scope)
        and _fits(r, plain, scope)
    ]
    exact = [r for r in rows if None not in r.keys] or rows
    if not exact:
        names = ", ".join(str(k) for k in plain)
        return judged(Missing(f"{id_}({names})", Absence.NO_ROW), type_, id_)
    return judged(scope.told(exact[0], exact[0].value), type_, id_)


def _fits(row: TableRow, keys: tuple[object, ...], scope: Scope) -> bool:
    return all(want is None or _same(key, want, scope) for key, want in zip(keys, row.keys, strict=True))


def _same(key: object, want: Value, scope: Scope) -> bool:
    if isinstance(key, Code) and isinstance(want, Code) and key.scheme == want.scheme:
        scheme = scope.evidence.rules.schemes.get(key.scheme)
        return key == want or (scheme is not None and scheme.is_under(key.code, want.code))
    return key == want


def account_value(scope: Scope, kind: str, region: Judged, year: Judged, type_: ValueType) -> Judged:
    """The newest figure, not after the law date, of an account for a region and a year."""
    facts = frozenset().union(*(k.facts for k in (region, year) if isinstance(k, Unknown | Num)))
    if facts:
        return open_value(type_, f"{kind}({region}, {year})", facts)
    wanted = int(year.const) if isinstance(year, Num) else 0
    day = scope.evidence.law_date
    rows = [r for r in scope.evidence.accounts if not scope.strict or r.status in PASSABLE]
    row = newest(rows, kind, str(region), wanted, day)
    if row is None:
        fact = Missing(f"{kind}({region}, {wanted})", Absence.NOT_SUPPLIED)
        return open_value(type_, fact.name, frozenset((fact,)))  # a figure of an account may be negative
    return judged(row.amount, type_, kind)
