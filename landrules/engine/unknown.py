"""Numbers and truths that are not wholly known.

A number is an affine form: a known part plus known multiples of unknown variables, each within a range. The uncovered
part of a layer is such a variable, so `other = total - farmland` moves against `farmland` as it must. A truth that the
known part does not settle is `Maybe`: the atoms that would settle it. Nothing here knows rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from functools import reduce
from operator import eq, ge, gt, le, lt, ne

from landrules.base.frozen import frozen
from landrules.base.valuetype import Code, Missing

Facts = frozenset[Missing]


@frozen
class Range:
    """An interval; `None` is no bound. Ends may be open."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __contains__(self, value: Fraction) -> bool:
        low = self.low is None or self.low < value or (self.low == value and not self.low_open)
        high = self.high is None or value < self.high or (self.high == value and not self.high_open)
        return low and high

    def above(self, bound: Fraction, *, strict: bool) -> Range:
        """The part above a bound."""
        if self.low is not None and (self.low > bound or (self.low == bound and (self.low_open or not strict))):
            return self
        return Range(bound, self.high, strict, self.high_open)

    def below(self, bound: Fraction, *, strict: bool) -> Range:
        """The part below a bound."""
        if self.high is not None and (self.high < bound or (self.high == bound and (self.high_open or not strict))):
            return self
        return Range(self.low, bound, self.low_open, strict)


@frozen
class Var:
    """An unknown number: its key (the same key is the same number), its range, the facts that would tell it."""

    key: str
    range: Range
    facts: Facts


@frozen
class Num:
    """`const` plus the sum of coefficient times variable; terms are sorted by key and have no zero coefficient."""

    const: Fraction
    terms: tuple[tuple[Var, Fraction], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether nothing is unknown in it."""
        return not self.terms

    @property
    def facts(self) -> Facts:
        """The facts that would tell it."""
        return frozenset().union(*(v.facts for v, _ in self.terms))

    def __add__(self, other: Num) -> Num:
        if not self.terms or not other.terms:
            return Num(self.const + other.const, self.terms or other.terms)
        merged = {v.key: (v, c) for v, c in self.terms}
        for var, coefficient in other.terms:
            old = merged.get(var.key)
            merged[var.key] = (var, coefficient + (old[1] if old else 0))
        terms = tuple(merged[k] for k in sorted(merged) if merged[k][1] != 0)
        return Num(self.const + other.const, terms)

    def scaled(self, factor: Fraction) -> Num:
        """The number times a known factor."""
        if factor == 0:
            return Num(Fraction(0))
        return Num(self.const * factor, tuple((v, c * factor) for v, c in self.terms))

    def __neg__(self) -> Num:
        return self.scaled(Fraction(-1))

    def __sub__(self, other: Num) -> Num:
        if not other.terms:
            return Num(self.const - other.const, self.terms)
        return self + -other

    def span(self, ranges: Ranges) -> Range:
        """The interval in which it lies, given what is assumed of the variables."""
        if not self.terms:
            return Range(self.const, self.const)
        ends = [_scaled(ranges.of(v), c) for v, c in self.terms]
        return reduce(_sum, ends, Range(self.const, self.const))


@frozen
class Choice:
    """The question whether an open code is one of some.

    `of` is what tells the value from others: its key, the scheme that its codes are of, and the facts that would tell it.
    `codes` are all codes of the scheme that answer yes: those asked for and those below them.
    """

    of: tuple[str, str, Facts]
    codes: frozenset[str]


Question = tuple[str, str] | Choice
"""Of what is assumed: ("truth", the key of an atom), ("range", the key of a variable), `VERIFIED`, or a choice."""

VERIFIED: tuple[str, str] = ("verified", "")
"""Whether only verified sources speak."""

Answer = bool | Range | None
"""`None`: nothing is assumed of it."""


@frozen
class Ranges:
    """What is assumed of variables, by key. A `listener` is told of every question asked, with its answer."""

    known: tuple[tuple[str, Range], ...] = ()
    listener: list[tuple[Question, Answer]] | None = field(default=None, compare=False, repr=False)

    def of(self, var: Var) -> Range:
        """The assumed range of a variable, else its own."""
        return self.assumed(var.key) or var.range

    def assumed(self, key: str) -> Range | None:
        """What is assumed of a variable, if anything is."""
        found = next((r for k, r in self.known if k == key), None)
        if self.listener is not None:
            self.listener.append((("range", key), found))
        return found

    def with_range(self, key: str, value: Range) -> Ranges:
        """The same assumptions with one range replaced."""
        return Ranges((*(p for p in self.known if p[0] != key), (key, value)))


def _scaled(r: Range, c: Fraction) -> Range:
    low, high = (None if e is None else e * c for e in (r.low, r.high))
    return Range(low, high, r.low_open, r.high_open) if c > 0 else Range(high, low, r.high_open, r.low_open)


def _sum(a: Range, b: Range) -> Range:
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Range(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


ANY_RANGE = Range()


def unknown_number(key: str, facts: Facts, within: Range = ANY_RANGE) -> Num:
    """A number of which only the range is known."""
    return Num(Fraction(0), ((Var(key, within, facts), Fraction(1)),))


def product(a: Num, b: Num, ranges: Ranges) -> Num:
    """The product; affine where one side is known, else a variable with the product's range."""
    if a.is_known:
        return b.scaled(a.const)
    if b.is_known:
        return a.scaled(b.const)
    ra, rb = a.span(ranges), b.span(ranges)
    key = f"({_key(a)})*({_key(b)})"
    if None in (ra.low, ra.high, rb.low, rb.high):
        if ra.low is None or rb.low is None or ra.low < 0 or rb.low < 0:
            return unknown_number(key, a.facts | b.facts)
        return unknown_number(key, a.facts | b.facts, Range(low=ra.low * rb.low))
    ends = [x * y for x in (ra.low, ra.high) for y in (rb.low, rb.high) if x is not None and y is not None]
    return unknown_number(key, a.facts | b.facts, Range(min(ends), max(ends)))


def quotient(a: Num, b: Num, ranges: Ranges) -> Num | None:
    """The quotient, or `None` where the divisor is known to be zero."""
    if b.is_known:
        return None if b.const == 0 else a.scaled(1 / b.const)
    key = f"({_key(a)})/({_key(b)})"
    ra, rb = a.span(ranges), b.span(ranges)
    positive = rb.low is not None and rb.low > 0
    if not positive or None in (ra.low, ra.high, rb.high):
        return unknown_number(key, a.facts | b.facts)
    ends = [x / y for x in (ra.low, ra.high) for y in (rb.low, rb.high) if x is not None and y is not None]
    return unknown_number(key, a.facts | b.facts, Range(min(ends), max(ends)))


def _key(n: Num) -> str:
    return "+".join([str(n.const), *(f"{c}*{v.key}" for v, c in n.terms)])


@frozen
class Atom:
    """A truth that is open: its key, the facts that would tell it, and, for a comparison with zero, its number.

    `number > 0`, or `>= 0` where not `strict`. `choice`: the codes for which it stands, where it asks for one of a scheme.
    """

    key: str
    facts: Facts
    number: Num | None = None
    strict: bool = True
    choice: Choice | None = None


@frozen
class Maybe:
    """An undecided truth and its open atoms, sorted by key."""

    atoms: tuple[Atom, ...]

    @property
    def facts(self) -> Facts:
        """The facts that would tell it."""
        return frozenset().union(*(a.facts for a in self.atoms))


Truth = bool | Maybe


@frozen
class Unknown:
    """A value that is not a number and not known: a date, a code, a text.

    `among` are the codes of which it is one, where a crosswalk gave several.
    """

    key: str
    facts: Facts
    among: tuple[Code, ...] = ()


def both(a: Truth, b: Truth) -> Truth:
    """Kleene conjunction."""
    if a is False or b is False:
        return False
    if a is True:
        return b
    if b is True:
        return a
    return _merged(a, b)


def either(a: Truth, b: Truth) -> Truth:
    """Kleene disjunction."""
    if a is True or b is True:
        return True
    if a is False:
        return b
    if b is False:
        return a
    return _merged(a, b)


def negated(a: Truth) -> Truth:
    """Kleene negation."""
    return (not a) if isinstance(a, bool) else a


def _merged(a: bool | Maybe, b: bool | Maybe) -> Maybe:
    atoms = {x.key: x for t in (a, b) if isinstance(t, Maybe) for x in t.atoms}
    return Maybe(tuple(atoms[k] for k in sorted(atoms)))


def maybe(key: str, facts: Facts, choice: Choice | None = None) -> Maybe:
    """A truth of one atom."""
    return Maybe((Atom(key, facts, choice=choice),))


AS_KNOWN: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
    "=": eq,
    "!=": ne,
}
"""How numbers without unknowns are compared."""


def compared(difference: Num, *, strict: bool, ranges: Ranges) -> Truth:
    """Whether a number is above zero (or at least zero), as far as the ranges tell."""
    if not difference.terms:
        return difference.const > 0 if strict else difference.const >= 0
    span = difference.span(ranges)
    if span.low is not None:
        above = span.low > 0 or (span.low == 0 and (span.low_open or not strict))
        if above:
            return True
    if span.high is not None:
        below = span.high < 0 or (span.high == 0 and (span.high_open or strict))
        if below:
            return False
    sign = ">" if strict else ">="
    return Maybe((Atom(f"{_key(difference)}{sign}0", difference.facts, difference, strict),))
