"""Rows of a table or a crosswalk that stand in a file: from cells to rows, each mistake with its row and column.

The first row names the columns: the table's keys in either language, `value` · `取值`, and where wanted `from` · `自`,
`to` · `至`, `instrument` · `依据`, `article` · `条款`, `status` · `状态`, `verified_on` · `核对日期`, `note` · `附注`. A unit in
brackets behind a name holds for numbers without one: `value (m)`. Cells are written as in a row of the language;
codes may leave out their scheme, texts their quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.quantity import BY_SPELLING, Dimension, in_base
from landrules.base.source import SourceFile, Span
from landrules.base.valuetype import Code, CodeType, Simple, Value, ValueType
from landrules.lang import tree as t
from landrules.lang.numerals import day, from_chinese
from landrules.lang.parse import parse_key
from landrules.rules import algebra
from landrules.rules.citations import citations
from landrules.rules.cited import Citation
from landrules.rules.faults import hint
from landrules.rules.keys import Anything, Listed, Other, RowKey
from landrules.rules.lookups import TableRow
from landrules.rules.rowkeys import given_unit, key_of, unit_in, value_of
from landrules.rules.sheets import SheetRow, rows_in
from landrules.rules.symbols import Symbol
from landrules.rules.world import World

MOST_FAULTS = 20
"""Mistakes told of one file; the rest is counted no further, since one wrong habit makes thousands."""

ROLES = {
    "value": "取值",
    "from": "自",
    "to": "至",
    "instrument": "依据",
    "article": "条款",
    "status": "状态",
    "verified_on": "核对日期",
    "note": "附注",
}
STATUS_WORDS = {"verified": "核对", "partly": "部分核对", "unverified": "未核对", "example": "示例"}
STATUSES: dict[str, t.Status] = {
    "verified": "verified",
    "partly": "partly",
    "partly verified": "partly",
    "unverified": "unverified",
    "example": "example",
    "核对": "verified",
    "已核对": "verified",
    "部分核对": "partly",
    "未核对": "unverified",
    "示例": "example",
}
SOURCES = ("instrument", "article", "status", "verified_on", "note")
EVERY: dict[str, RowKey] = {"any": Anything(), "任意": Anything(), "other": Other(), "其他": Other()}
_UNIT = re.compile(r"(.+?)\s*[(（]\s*(.+?)\s*[)）]")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s.].*)?")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
_PART = re.compile(r"[,，、;；]")
_LOCUS_ZH = re.compile(
    r"第([〇零一二两三四五六七八九十百千\d]+)条(?:第([〇零一二两三四五六七八九十百千\d]+)款)?(?:第[（(]?([〇零一二两三四五六七八九十百千\d]+)[）)]?项)?"
)
_LOCUS_EN = re.compile(r"(?:article )?(\d+)(?: paragraph (\d+))?(?: item (\d+))?")


@frozen
class Cell:
    """A cell that is read: its text, and where it stands."""

    text: str
    span: Span


@frozen
class Column:
    """A column of a file: which key it is, or which role it has, and the unit of its numbers."""

    key: int | None
    role: str
    name: str
    unit: str = ""


@dataclass(slots=True)
class Sheet:
    """One file of rows while it is read. `units` are the units that its keys are written in, by column of the table."""

    symbol: Symbol
    world: World
    text: SourceFile
    key_types: Sequence[ValueType]
    type: ValueType
    crosswalk: bool
    period: Period
    span: Span
    units: dict[int, str] = field(default_factory=dict)
    keys: dict[tuple[int, str], RowKey | None] = field(default_factory=dict)
    values: dict[str, Value | None] = field(default_factory=dict)
    cites: dict[tuple[str, ...], tuple[Citation, ...]] = field(default_factory=dict)
    faults: int = 0

    def rows(self) -> list[TableRow]:
        """The rows of the file; what is wrong with it is put down."""
        lines = rows_in(self.text, self.world.faults)
        header = next(lines, None)
        if header is None or header.is_blank:
            self.world.faults.add("LR273", self.span, file=self.text.name)
            return []
        columns = self._columns(header)
        if columns is None:
            return []
        found: list[TableRow] = []
        for row in lines:
            if row.is_blank:
                continue
            if self.faults >= MOST_FAULTS:
                self.world.faults.add("LR287", row.whole, file=self.text.name, count=MOST_FAULTS)
                break
            if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
                self._fault("LR283", row.span(len(columns)), wanted=len(columns), found=len(row.cells))
                continue
            if (read := self._row(row, columns)) is not None:
                found.append(read)
        return _joined(found) if self.crosswalk else found

    # ----------------------------------------------------------------- columns

    def _columns(self, header: SheetRow) -> list[Column] | None:
        params = cast(t.Declaration, self.symbol.node).params
        names = [{n for n in (p.names.en, p.names.zh) if n} for p in params]
        known = [*(n for group in names for n in sorted(group)), *ROLES, *ROLES.values()]
        columns: list[Column] = []
        seen: set[object] = set()
        wrong = False
        for n, text in enumerate(header.cells):
            column = self._column(text, names)
            if column is None:
                self._fault("LR274", header.span(n), column=text, **hint(text, known))
            elif (column.key, column.role) in seen:
                self._fault("LR275", header.span(n), column=text)
            elif self._unit_fits(column, header.span(n)):
                seen.add((column.key, column.role))
                if column.key is not None and column.unit:
                    self.units[column.key] = BY_SPELLING[column.unit].symbol
                columns.append(column)
                continue
            wrong = True
        lacking = [p.names for n, p in enumerate(params) if (n, "") not in seen]
        zh = [n.zh or n.en for n in lacking] + ([] if (None, "value") in seen else ["取值"])
        en = [n.en or n.zh for n in lacking] + ([] if (None, "value") in seen else ["value"])
        if en and not wrong:
            self._fault("LR284", header.whole, file=self.text.name, columns_zh="、".join(zh), columns_en=", ".join(en))
        return None if wrong or en else columns

    @staticmethod
    def _column(name: str, names: Sequence[set[str]]) -> Column | None:
        unit = ""
        if (found := _UNIT.fullmatch(name)) is not None:
            name, unit = found.groups()
        for position, group in enumerate(names):
            if name in group:
                return Column(position, "", name, unit)
        role = next((r for r, zh in ROLES.items() if name in (r, zh)), None)
        return Column(None, role, name, unit) if role is not None else None

    def _unit_fits(self, column: Column, span: Span) -> bool:
        if not column.unit:
            return True
        kind = self.type if column.key is None else self.key_types[column.key]
        unit = BY_SPELLING.get(column.unit)
        if column.role in ("", "value") and unit is not None and unit.dimension is kind:
            return True
        self._fault("LR285", span, unit=column.unit, **algebra.said("found", kind))
        return False

    # ----------------------------------------------------------------- rows

    def _row(self, row: SheetRow, columns: Sequence[Column]) -> TableRow | None:
        keys: list[RowKey | None] = [None] * len(self.key_types)
        value: Value | None = None
        roles: dict[str, int] = {}
        for n, column in enumerate(columns):
            text = row.cells[n] if n < len(row.cells) else ""
            if column.role not in ("", "value"):
                roles[column.role] = n
            elif not text:
                self._fault("LR286", row.span(n), column=column.name)
            elif column.key is None:
                if text not in self.values:
                    self.values[text] = self._read_value(Cell(text, row.span(n)), column)
                value = self.values[text]
            else:
                if (column.key, text) not in self.keys:
                    self.keys[column.key, text] = self._read_key(Cell(text, row.span(n)), column.key, column)
                keys[column.key] = self.keys[column.key, text]
        period, cited = self._dated(row, roles) if roles else (self.period, ())
        whole = tuple(k for k in keys if k is not None)
        if len(whole) < len(keys) or value is None or period is None or cited is None:
            return None
        return TableRow(whole, value, period, cited, row.whole)

    def _dated(self, row: SheetRow, roles: Mapping[str, int]) -> tuple[Period | None, tuple[Citation, ...] | None]:
        """The days of a row and its sources."""
        cells = {role: Cell(row.cells[n], row.span(n)) for role, n in roles.items() if n < len(row.cells)}
        told = {role: cell for role, cell in cells.items() if cell.text}
        return self._period(told), self._citations(told)

    def _read_key(self, cell: Cell, position: int, column: Column) -> RowKey | None:
        if cell.text in EVERY:
            return EVERY[cell.text]
        kind = self.key_types[position]
        parts = _parts(cell.text, kind)
        plain = [self._plain(part, kind, column.unit) for part in parts]
        values = tuple(v for v in plain if v is not None)
        if parts and len(values) == len(parts):
            return Listed(tuple(dict.fromkeys(values)))
        node = self._parsed(cell, kind, column)
        if node is None:
            return None
        self.units.setdefault(position, unit_in(node))
        before = len(self.world.faults.found)
        key = key_of(node, kind, self.symbol, self.world)
        self.faults += len(self.world.faults.found) - before
        return key

    def _read_value(self, cell: Cell, column: Column) -> Value | None:
        parts = _parts(cell.text, self.type) if self.crosswalk else (cell.text,)
        plain = [self._plain(part, self.type, column.unit) for part in parts]
        values = tuple(v for v in plain if v is not None)
        if parts and len(values) == len(parts):
            return tuple(sorted(v for v in set(values) if isinstance(v, Code))) if self.crosswalk else values[0]
        node = self._parsed(cell, self.type, column)
        if node is None:
            return None
        before = len(self.world.faults.found)
        value = value_of(node, self.type, self.crosswalk, self.symbol, self.world)
        self.faults += len(self.world.faults.found) - before
        return value

    def _parsed(self, cell: Cell, kind: ValueType, column: Column) -> t.Expr | None:
        """A cell in the words of the language; a bare code that its scheme does not hold is a mistake in its own right."""
        if isinstance(kind, CodeType) and re.fullmatch(r"[\w.\-]+", cell.text):
            scheme = self.world.schemes.get(kind.scheme)
            near = hint(cell.text, scheme.entries if scheme else ())
            self._fault("LR214", cell.span, code=cell.text, scheme=kind.scheme, **near)
            return None
        node, mistakes = parse_key(cell.text, cell.span)
        if node is None or mistakes or isinstance(node, t.Path):
            self._fault("LR288", cell.span, column=column.name, text=cell.text)
            return None
        return given_unit(node, BY_SPELLING[column.unit].symbol) if column.unit else node

    def _plain(self, text: str, kind: ValueType, unit: str) -> Value | None:
        """The value of a cell that is nothing but a value; `None` where it must be read as the language is."""
        if kind is Simple.TEXT:
            return None if text[:1] in '"[' else text
        if isinstance(kind, CodeType):
            scheme = self.world.schemes.get(kind.scheme)
            bare = text.removeprefix(f"{kind.scheme}:")
            return Code(kind.scheme, bare) if scheme is not None and bare in scheme.entries else None
        if kind is Simple.DATE:
            return day(text) if _DAY.fullmatch(text) else None
        if isinstance(kind, Dimension) and (found := _NUMBER.fullmatch(text)) is not None:
            written = BY_SPELLING.get(found[2] or unit)
            if written is not None and written.dimension is kind:
                return in_base(Decimal(found[1]), written.symbol)
            if not found[2] and not unit and kind in algebra.PLAIN:
                return Fraction(found[1])
        return None

    # ----------------------------------------------------------------- dates and sources

    def _period(self, told: Mapping[str, Cell]) -> Period | None:
        days = {role: self._day(told[role]) for role in ("from", "to") if role in told}
        if None in days.values():
            return None
        start, end = days.get("from"), days.get("to")
        if start is not None and end is not None and end < start:
            self._fault("LR382", told["to"].span, text=f"{start} – {end}")
            return None
        return Period(start, end) if days else self.period

    def _day(self, cell: Cell) -> date | None:
        found = day(cell.text) if _DAY.fullmatch(cell.text) else None
        if found is None:
            self._fault("LR120", cell.span, date=cell.text)
        return found

    def _citations(self, told: Mapping[str, Cell]) -> tuple[Citation, ...] | None:
        """The citation of a row; an instrument that is not named is the one that the table itself cites first."""
        words = tuple(told[r].text if r in told else "" for r in SOURCES)
        if not any(words):
            return ()
        if words not in self.cites:
            found = self._read_citation(told)
            if found is None:
                return None
            self.cites[words] = found
        return self.cites[words]

    def _read_citation(self, told: Mapping[str, Cell]) -> tuple[Citation, ...] | None:
        own = next((c for c in self.symbol.node.body if isinstance(c, t.Cites)), None)
        first = next(told[r] for r in SOURCES if r in told)
        named = told.get("instrument")
        if named is None and own is None:
            self._fault("LR432", first.span, name=self.symbol.names.id)
            return None
        status = told.get("status")
        if status is not None and status.text not in STATUSES:
            self._fault(
                "LR289", status.span, text=status.text, **hint(status.text, (*STATUS_WORDS, *STATUS_WORDS.values()))
            )
            return None
        verified_on = self._day(told["verified_on"]) if "verified_on" in told else None
        if "verified_on" in told and verified_on is None:
            return None
        state = STATUSES[status.text] if status else "verified" if verified_on else "unverified"
        loci = own.loci if own is not None and named is None else ()
        if "article" in told:
            loci = (_locus(told["article"].text),)
        note = t.Text(told["note"].text, told["note"].text, told["note"].span) if "note" in told else None
        if named is not None:
            instrument = t.Path(tuple(named.text.strip("《》").split(".")), named.span)
        else:
            instrument = cast(t.Cites, own).instrument
        before = len(self.world.faults.found)
        node = t.Cites(instrument, loci, state, verified_on, note, first.span)
        found = citations((node,), self.symbol.module, self.world)
        self.faults += len(self.world.faults.found) - before
        return found

    def _fault(self, code: str, span: Span, /, **args: object) -> None:
        self.faults += 1
        self.world.faults.add(code, span, **args)


def _parts(text: str, kind: ValueType) -> tuple[str, ...]:
    """The parts of a list in square brackets, or the whole; codes may stand without the brackets."""
    bracketed = text[:1] in ("[", "［") and text[-1:] in ("]", "］")
    inner = text[1:-1] if bracketed else text
    if '"' in inner or not (bracketed or isinstance(kind, CodeType)):
        return (text,)
    return tuple(p.strip() for p in _PART.split(inner) if p.strip())


def _locus(text: str) -> t.Locus:
    """An article as a cell names it: `44`, `article 44 paragraph 2`, `第四十四条第二款`, or whatever it is called."""
    found = _LOCUS_ZH.fullmatch(text) or _LOCUS_EN.fullmatch(text)
    if found is None:
        return t.Locus(None, part=text)
    article, paragraph, item = (from_chinese(n) if n else None for n in found.groups())
    return t.Locus(article, paragraph, item)


def _joined(rows: Sequence[TableRow]) -> list[TableRow]:
    """Rows of a crosswalk that have one key and one period, as one row with all their codes."""
    found: dict[tuple[tuple[RowKey, ...], Period], TableRow] = {}
    for row in rows:
        first = found.setdefault((row.keys, row.period), row)
        if first is not row and isinstance(first.value, tuple) and isinstance(row.value, tuple):
            codes = tuple(sorted({c for c in (*first.value, *row.value) if isinstance(c, Code)}))
            cited = tuple(dict.fromkeys((*first.citations, *row.citations)))
            found[row.keys, row.period] = TableRow(row.keys, codes, row.period, cited, first.span)
    return list(found.values())
