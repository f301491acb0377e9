"""What was weighed, in words: statements, values, limits and margins in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from landrules.base.frozen import frozen
from landrules.base.quantity import BASE_UNIT, Dimension, round_half_up
from landrules.base.valuetype import LEVELS, Code, Grade
from landrules.book.conditions import conditions, inline
from landrules.book.glossary import Entry, Glossary
from landrules.book.retell import NOWHERE, number, retold
from landrules.book.speech import Speech
from landrules.engine import unknown as u
from landrules.engine.describe import ABSENCES, absence
from landrules.engine.explain import Explanation, Weighed, WeighedClause, WeighedException
from landrules.engine.scope import Judged
from landrules.lang import tree as t
from landrules.rules import expr as e
from landrules.rules import model as m
from landrules.rules.walk import norm_expressions, walk

_NAME = re.compile(r"[\w.:-]+(?:\([^()]*\))?")
"""Names of facts that people know; the engine's own keys of sums over items are not told."""

MARKS = {True: "✓", False: "✗", None: "？"}


@frozen
class Teller:
    """The voice, and the ruleset whose titles it uses."""

    s: Speech
    rules: m.RuleSet

    def both(self, text: m.Bilingual) -> str:
        """A text of the rules in the reader's language."""
        return (text.zh or text.en) if self.s.zh else (text.en or text.zh)

    def margin(self, told: Weighed) -> str:
        """By how much a comparison of known numbers holds or fails."""
        sides = _numbers(told)
        if sides is None:
            return ""
        left, right, type_ = sides
        return self.quantity(abs(left - right), type_)

    def said(self, expr: e.Expr) -> str:
        """An expression as a statement."""
        node = retold(expr)
        return inline(self.s, conditions(self.s, node))

    def quantity(self, amount: Fraction, type_: object) -> str:
        """A number with its unit, two decimals."""
        if isinstance(type_, Dimension) and type_ in BASE_UNIT and type_ is not Dimension.RATIO:
            return self.s.quantity(str(round_half_up(amount)), BASE_UNIT[type_].symbol)
        return self.s.number(number(amount, type_ if isinstance(type_, Dimension) else Dimension.NUMBER))

    def printed(self, told: Weighed) -> str:
        """A value as people read it; what is open says what is missing."""
        s, found = self.s, told.value
        match found:
            case bool():
                return s.say("是", "yes") if found else s.say("否", "no")
            case u.Num():
                return self.numeric(found, told.expr.type)
            case date():
                return s.day(found)
            case Code():
                return s.code(t.CodeLit(found.scheme, found.code, NOWHERE))
            case Grade():
                return str(found.value)
            case str():
                key = told.expr.path[-1] if isinstance(told.expr, e.Fact | e.ParcelFact | e.ItemFact) else ""
                return s.level(found) if found in LEVELS else s.closed_word(key, found)
            case Mapping() | tuple():
                return s.say("（多项）", "(several)")
            case _:
                return self.open(told)

    def numeric(self, found: u.Num, type_: object) -> str:
        """A number that may be known within a range only."""
        if found.is_known:
            return self.quantity(found.const, type_)
        span = found.span(u.Ranges())
        low = self.quantity(span.low, type_) if span.low is not None else ""
        high = self.quantity(span.high, type_) if span.high is not None else ""
        if low and high:
            return self.s.say(f"{low}至{high}之间", f"between {low} and {high}")
        return self.s.say(
            f"不小于{low}" if low else f"不超过{high}" if high else "未知",
            f"at least {low}" if low else f"at most {high}" if high else "unknown",
        )

    def open(self, told: Weighed) -> str:
        """What is not known, and why."""
        facts = sorted(told.facts)
        said = [absence(f, self.rules) if _NAME.fullmatch(f.name) else ABSENCES[f.kind] for f in facts]
        why = self.s.say("、", ", ").join(dict.fromkeys(x.zh if self.s.zh else x.en for x in said))
        return self.s.say(f"未知：{why}", f"unknown: {why}") if why else self.s.say("未知", "unknown")


def with_named(names: Glossary, norm: m.Norm) -> Glossary:
    """The glossary that also knows the names a norm gives itself."""
    given: dict[str, Entry] = {}
    for root in norm_expressions(norm):
        for node in walk(root):
            if isinstance(node, e.Named) and node.name not in names.entries:
                own = t.Names(node.name, node.zh, NOWHERE)
                given[node.name] = Entry("given", own, None, t.Declaration("define", own, None, (), None, (), NOWHERE))
    return Glossary({**names.entries, **given}, names.zh_of, names.en_of, names.codes) if given else names


def truth_of(value: Judged) -> bool | None:
    """The truth of a value; `None` where it is open, or is no truth at all."""
    return value if isinstance(value, bool) else None


def is_truth(value: Judged) -> bool:
    """Whether a value is a truth, known or open."""
    return isinstance(value, bool | u.Maybe)


def leaves(told: Weighed) -> Iterator[Weighed]:
    """The values right behind a statement that are worth telling: no constants, no truths of the same words."""
    for part in told.parts:
        if not isinstance(part.expr, e.Const) and not is_truth(part.value):
            yield part


def _numbers(told: Weighed) -> tuple[Fraction, Fraction, object] | None:
    if not isinstance(told.expr, e.Compare) or len(told.parts) != 2:
        return None
    left, right = told.parts
    if (
        isinstance(left.value, u.Num)
        and isinstance(right.value, u.Num)
        and left.value.is_known
        and right.value.is_known
    ):
        return left.value.const, right.value.const, left.expr.type
    return None


def statements(told: Explanation) -> Iterator[Weighed]:
    """Every statement that was weighed and is no group of others."""
    yield from _atoms(told.applies)
    for branch in told.branches:
        yield from _atoms(branch.when)
        yield from _of_clauses(branch.clauses)
    for exception in told.exceptions:
        yield from _of_exception(exception)


def _of_exception(told: WeighedException) -> Iterator[Weighed]:
    yield from _atoms(told.when)
    yield from _of_clauses(told.clauses)
    for inner in told.exceptions:
        yield from _of_exception(inner)


def _of_clauses(clauses: tuple[WeighedClause, ...]) -> Iterator[Weighed]:
    for clause in clauses:
        if clause.condition is not None:
            yield from _atoms(clause.condition)


def _atoms(told: Weighed) -> Iterator[Weighed]:
    if isinstance(told.expr, e.Logic | e.Not) or (isinstance(told.expr, e.Named) and is_truth(told.value)):
        for part in told.parts:
            yield from _atoms(part)
    elif is_truth(told.value):
        yield told
