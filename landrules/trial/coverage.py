"""How much of the rules their tests reach: what could be seen, and what was.

Only what the asked files declare counts, and only norms that a test names are looked at (`witness`). The kinds:

- `norm`: some test expects something of it;
- `branch`: its condition was true in a test;
- `clause`: a requirement was met, and failed; a document was there, absent, and refused; a duty was asked. What is asked
  only under a condition was also not asked;
- `exception`: it lifted a deny, and did not lift one;
- `table_row`: it was read (the rows of a crosswalk's file are entries like the codes of a scheme, and do not count);
  `stretch`: the value of a parameter, or the codes of a list, of a period was used;
- `date_edge`: both sides of each day on which something begins or ends. A test lies on the first day, on the day before,
  on the last day, on the day after. Inside its period a norm must be named by the test; outside it cannot be, so there
  every test of its file counts. An instrument counts at its end only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from landrules.base.frozen import frozen
from landrules.base.period import Period
from landrules.base.source import Span
from landrules.rules import model as m
from landrules.rules.expr import TRUE
from landrules.trial.declared import Declared, declared
from landrules.trial.run import Trials
from landrules.trial.sentences import KINDS, Kind, Said, branch_name, exception_name, row_name, said
from landrules.trial.witness import exceptions_of, key_of, norm_key

DAY = timedelta(days=1)


@frozen
class Item:
    """One thing that tests can reach: what it belongs to, what is asked of it, where it is written, whether it was seen.

    `said` is the sentence for one that was not.
    """

    kind: Kind
    id: str
    what: str
    name: m.Bilingual
    said: m.Bilingual
    file: str
    line: int
    seen: bool
    day: date | None = None


@frozen
class Count:
    """How many of how many were seen."""

    seen: int
    of: int

    @property
    def tenths(self) -> int:
        """Tenths of a percent, rounded down, so that only all of them are 1000; of nothing all is seen."""
        return self.seen * 1000 // self.of if self.of else 1000

    @property
    def percent(self) -> str:
        """The share seen, as it is printed.

        >>> Count(1, 3).percent, Count(4, 4).percent
        ('33.3', '100.0')
        """
        return f"{self.tenths // 10}.{self.tenths % 10}"


@frozen
class Row:
    """What was seen of one norm: its outcomes from the gravest on, and its parts."""

    id: str
    name: m.Bilingual
    file: str
    line: int
    outcomes: tuple[str, ...]
    parts: Mapping[Kind, Count]


@frozen
class Coverage:
    """What the tests reach. `norms` are sorted by id, `items` by file, line and kind."""

    norms: tuple[Row, ...]
    items: tuple[Item, ...]

    @property
    def unseen(self) -> tuple[Item, ...]:
        """What no test reaches."""
        return tuple(i for i in self.items if not i.seen)

    def count(self, kind: Kind | None = None) -> Count:
        """Of one kind, or of everything."""
        return counted(i for i in self.items if kind is None or i.kind == kind)


def counted(items: Iterable[Item]) -> Count:
    """How many of some items were seen."""
    found = [i.seen for i in items]
    return Count(sum(found), len(found))


def coverage(run: Trials) -> Coverage:
    """What the tests that ran, watched, reach of the files that were asked for."""
    survey = _Survey(run, declared(run.loaded))
    items = sorted(
        dict.fromkeys(survey.items()), key=lambda i: (i.file, i.line, KINDS.index(i.kind), i.id, i.day or date.min)
    )
    rows = tuple(survey.row(norm, items) for norm in run.ruleset.norms if survey.is_asked(norm.span))
    return Coverage(rows, tuple(items))


class _Survey:
    """Everything that can be reached, held against what was seen."""

    def __init__(self, run: Trials, names: Declared) -> None:
        self.rules = run.ruleset
        self.names = names
        self.run = run
        self.seen = {(o.key, o.what) for o in run.observations}
        self.asked = {d.source.name for d in run.loaded.asked}

    def is_asked(self, span: Span | None) -> bool:
        """Whether something stands in a file that was asked for."""
        return span is not None and span.source.name in self.asked

    def row(self, norm: m.Norm, items: Iterable[Item]) -> Row:
        """What was seen of a norm."""
        ids = {norm.id, *(x.id for x in exceptions_of(norm.exceptions))}
        own = [i for i in items if i.id in ids]
        kinds: tuple[Kind, ...] = ("branch", "clause", "exception")
        outcomes = (*(o.value for o in m.Outcome), "information")
        found = tuple(o for o in outcomes if (norm_key(norm), o) in self.seen)
        assert norm.span is not None
        parts = {k: counted(i for i in own if i.kind == k) for k in kinds}
        return Row(norm.id, self.names.of(norm.id), norm.span.source.name, norm.span.line, found, parts)

    def items(self) -> Iterator[Item]:
        """Everything in the files asked for."""
        hanging: dict[str, list[m.Norm]] = {}
        excepted: dict[str, m.ExceptionNorm] = {}
        for norm in self.rules.norms:
            if self.is_asked(norm.span):
                yield from self._norm(norm)
            for exception in exceptions_of(norm.exceptions):
                hanging.setdefault(exception.id, []).append(norm)
                excepted[exception.id] = exception
        for own, exception in excepted.items():
            if self.is_asked(exception.span):
                yield from self._exception(exception, hanging[own])
        for id_, node in self.names.sources.items():
            if not self.is_asked(node.span):
                continue
            if (table := self.rules.tables.get(id_)) is not None:
                yield from self._table(table, node.span)
            elif (parameter := self.rules.parameters.get(id_)) is not None:
                yield from self._stretches(id_, "parameter", parameter.values, node.spans, node.span)
            elif (list_ := self.rules.lists.get(id_)) is not None:
                yield from self._stretches(id_, "list", list_.entries, node.spans, node.span)
            elif (instrument := self.rules.instruments.get(id_)) is not None:
                yield from self._instrument(id_, instrument, node.span)

    # ----------------------------------------------------------------- norms

    def _norm(self, norm: m.Norm) -> Iterator[Item]:
        of = self.names.of(norm.id)
        judged = any(key == norm_key(norm) for key, _ in self.seen)
        yield self._item("norm", norm.id, "judged", norm.span, judged, Said(of))
        for branch in norm.branches:
            part = branch_name(branch, self.names.written(branch.span))
            hit = (key_of(branch), "applied") in self.seen
            yield self._item("branch", norm.id, "applied", branch.span or norm.span, hit, Said(of, part))
            yield from self._clauses(norm.id, of, branch.clauses, norm.span)
            if branch.period != norm.period:
                piece = said("piece_branch", Said(of, part))
                yield from self._edges(norm.id, piece, branch.period, branch.span or norm.span, {norm.id})
        yield from self._edges(norm.id, said("piece_norm", Said(of)), self._own_period(norm), norm.span, {norm.id})

    def _own_period(self, norm: m.Norm) -> Period:
        """The days of a norm that are not already those of a branch."""
        starts = {b.period.start for b in norm.branches if b.period != norm.period}
        ends = {b.period.end for b in norm.branches if b.period != norm.period}
        start, end = norm.period.start, norm.period.end
        return Period(None if start in starts else start, None if end in ends else end)

    def _exception(self, exception: m.ExceptionNorm, norms: Sequence[m.Norm]) -> Iterator[Item]:
        """One exception, told of the first norm that it excepts; what it does to any of them counts."""
        of, part = self.names.of(norms[0].id), self.names.of(exception.id)
        for what in ("lifts", "does_not_lift"):
            hit = (key_of(exception), what) in self.seen
            yield self._item("exception", exception.id, what, exception.span, hit, Said(of, part))
        yield from self._clauses(exception.id, exception_name(of, part), exception.clauses, exception.span)
        piece = said("piece_exception", Said(of, part))
        yield from self._edges(exception.id, piece, exception.period, exception.span, {n.id for n in norms})

    def _clauses(self, id_: str, of: m.Bilingual, clauses: Iterable[m.Clause], at: Span | None) -> Iterator[Item]:
        for clause in clauses:
            for what in _asked_of(clause):
                hit = (key_of(clause), what) in self.seen
                yield self._item("clause", id_, what, clause.span or at, hit, Said(of, self.names.written(clause.span)))

    # ----------------------------------------------------------------- figures and lists

    def _table(self, table: m.LookupTable, at: Span) -> Iterator[Item]:
        of = self.names.of(table.id)
        for row in table.rows:
            if table.crosswalk and row.span is not None and row.span.source != at.source:
                continue
            hit = (key_of(row), "read") in self.seen
            yield self._item(
                "table_row",
                table.id,
                "read",
                row.span or at,
                hit,
                Said(of, row_name(row, self.names.written(row.span))),
            )
        for period in dict.fromkeys(row.period for row in table.rows):
            first = next(row.span for row in table.rows if row.period == period)
            piece = said("piece_rows", Said(of, period=period))
            yield from self._edges(table.id, piece, period, first or at, self._readers[table.id])

    def _stretches(
        self,
        id_: str,
        of_kind: str,
        entries: Iterable[tuple[Period, object, tuple[m.Citation, ...]]],
        spans: Mapping[Period, Span],
        at: Span,
    ) -> Iterator[Item]:
        of = self.names.of(id_)
        for entry in entries:
            period, span = entry[0], spans.get(entry[0], at)
            hit = (key_of(entry), "read") in self.seen
            yield self._item("stretch", id_, of_kind, span, hit, Said(of, period=period))
            piece = said(f"piece_{of_kind}", Said(of, period=period))
            yield from self._edges(id_, piece, period, span, self._readers[id_])

    def _instrument(self, id_: str, instrument: m.Instrument, at: Span) -> Iterator[Item]:
        if users := self._readers[id_]:
            piece = said("piece_instrument", Said(self.names.of(id_)))
            yield from self._edges(id_, piece, Period(None, instrument.period.end), at, users)

    @cached_property
    def _readers(self) -> Mapping[str, set[str]]:
        return self.names.readers(self.rules)

    # ----------------------------------------------------------------- dates

    def _edges(self, id_: str, piece: m.Bilingual, period: Period, at: Span | None, norms: set[str]) -> Iterator[Item]:
        """Both sides of the first and of the last day of a period."""
        inside = {r.day for r in self.run.results if r.day and norms & set(r.norms)}
        files = {n.span.source.name for n in self.rules.norms if n.id in norms and n.span is not None}
        outside = inside | {r.day for r in self.run.results if r.day and r.file in files}
        points: list[tuple[str, date, set[date]]] = []
        if period.start is not None:
            points += [("day_before", period.start - DAY, outside), ("first_day", period.start, inside)]
        if period.end is not None:
            points += [("last_day", period.end, inside), ("day_after", period.end + DAY, outside)]
        for what, day, days in points:
            yield self._item("date_edge", id_, what, at, day in days, Said(piece, day=day))

    def _item(self, kind: Kind, id_: str, what: str, span: Span | None, seen: bool, words: Said) -> Item:
        assert span is not None, f"{id_} is not written anywhere"
        name = words.part or words.of
        return Item(kind, id_, what, name, said(what, words), span.source.name, span.line, seen, words.day)


def _asked_of(clause: m.Clause) -> tuple[str, ...]:
    """What is asked of a clause."""
    match clause:
        case m.Requires():
            return ("met", "failed")
        case m.SubjectTo(provided=provided):
            return ("there", "absent", "refused") if provided == TRUE else ("there", "absent", "refused", "not_asked")
        case m.Confirmed():
            return ("there", "absent", "refused")
        case m.DutyClause(provided=provided):
            return ("asked",) if provided == TRUE else ("asked", "not_asked")
