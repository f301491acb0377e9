"""Numbers that are not wholly known: whatever their unknown parts turn out to be, the interval holds the result."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from landrules.base.valuetype import Absence, Missing
from landrules.engine import unknown as u

NAMES = ("a", "b", "c")
ENDS = st.integers(-4, 6).map(Fraction)
World = dict[str, Fraction]
Built = tuple[u.Num, Callable[[World], Fraction | None]]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, u.Num], World]:
    """Three unknowns within their ranges, and one way they could turn out."""
    numbers, world = {}, {}
    for name in NAMES:
        low, high = sorted((draw(ENDS), draw(ENDS)))
        fact = frozenset((Missing(name, Absence.NOT_SUPPLIED),))
        numbers[name] = u.unknown_number(name, fact, u.Range(low, high))
        part = draw(st.integers(0, 6))
        world[name] = low + (high - low) * Fraction(part, 6)
    return numbers, world


def combined(op: str, a: Built, b: Built) -> Built | None:
    left, right = a[0], b[0]
    number: u.Num | None
    match op:
        case "+":
            number = left + right
        case "-":
            number = left - right
        case "*":
            number = u.product(left, right, u.Ranges())
        case _:
            number = u.quotient(left, right, u.Ranges())
    if number is None:
        return None

    def value(world: World) -> Fraction | None:
        x, y = a[1](world), b[1](world)
        if x is None or y is None or (op == "/" and y == 0):
            return None
        return {"+": x + y, "-": x - y, "*": x * y}[op] if op != "/" else x / y

    return number, value


def leaf(name: str, numbers: dict[str, u.Num]) -> Built:
    return numbers[name], lambda world: world[name]


def constant(value: int) -> Built:
    return u.Num(Fraction(value)), lambda _: Fraction(value)


@st.composite
def sums(draw: st.DrawFn, numbers: dict[str, u.Num]) -> Built:
    built = [leaf(draw(st.sampled_from(NAMES)), numbers), constant(draw(st.integers(-3, 3)))]
    for _ in range(draw(st.integers(1, 4))):
        left, right = draw(st.sampled_from(built)), draw(st.sampled_from(built))
        made = combined(draw(st.sampled_from("+-*/")), left, right)
        if made is not None:
            built.append(made)
    return built[-1]


def lies_within(value: Fraction, span: u.Range) -> bool:
    above = span.low is None or value > span.low or (value == span.low and not span.low_open)
    below = span.high is None or value < span.high or (value == span.high and not span.high_open)
    return above and below


@given(st.data())
def test_every_completion_lies_in_the_interval(data: st.DataObject) -> None:
    numbers, world = data.draw(worlds())
    number, value = data.draw(sums(numbers))
    result = value(world)
    if result is not None:
        assert lies_within(result, number.span(u.Ranges()))


@given(st.data())
def test_a_settled_comparison_holds_in_every_completion(data: st.DataObject) -> None:
    numbers, world = data.draw(worlds())
    (left, of_left), (right, of_right) = data.draw(sums(numbers)), data.draw(sums(numbers))
    strict = data.draw(st.booleans())
    x, y = of_left(world), of_right(world)
    truth = u.compared(left - right, strict=strict, ranges=u.Ranges())
    if isinstance(truth, bool) and x is not None and y is not None:
        assert truth == (x > y if strict else x >= y)


@given(st.data())
def test_a_known_number_is_exact(data: st.DataObject) -> None:
    numbers, world = data.draw(worlds())
    number, value = data.draw(sums(numbers))
    result = value(world)
    if number.is_known and result is not None:
        assert number.const == result


def test_the_same_unknown_cancels_out() -> None:
    part = u.unknown_number("farmland", frozenset(), u.Range(Fraction(0), Fraction(40)))
    total = u.Num(Fraction(100))
    assert (total - part + part).is_known
    assert u.compared(total - part, strict=False, ranges=u.Ranges()) is True


def test_one_missing_bound_is_no_bound() -> None:
    open_ended = u.unknown_number("debt", frozenset(), u.Range(low=Fraction(0)))
    doubled = u.product(open_ended, open_ended, u.Ranges())
    assert doubled.span(u.Ranges()).high is None
    assert isinstance(u.compared(open_ended - u.Num(Fraction(5)), strict=True, ranges=u.Ranges()), u.Maybe)


@given(st.lists(st.sampled_from((True, False, None)), min_size=2, max_size=4))
def test_kleene_connectives_agree_with_every_completion(values: list[bool | None]) -> None:
    truths = [u.maybe(f"t{i}", frozenset()) if v is None else v for i, v in enumerate(values)]
    joined, either = truths[0], truths[0]
    for t in truths[1:]:
        joined, either = u.both(joined, t), u.either(either, t)
    ways = [[v] if v is not None else [True, False] for v in values]
    completions: list[list[bool]] = [[]]
    for way in ways:
        completions = [[*c, w] for c in completions for w in way]
    every, some = {all(c) for c in completions}, {any(c) for c in completions}
    assert joined == every.pop() if len(every) == 1 else isinstance(joined, u.Maybe)
    assert either == some.pop() if len(some) == 1 else isinstance(either, u.Maybe)


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_known_numbers_compare_as_numbers_between_bounds_that_meet(left: int, right: int) -> None:
    """What needs no ranges answers as ranges of a single point do."""
    a, b = Fraction(left, 2), Fraction(right, 2)

    def above(gap: Fraction, *, strict: bool) -> u.Truth:
        lone = u.unknown_number("gap", frozenset(), u.Range(gap, gap))
        assert u.compared(u.Num(gap), strict=strict, ranges=u.Ranges()) is u.compared(
            lone, strict=strict, ranges=u.Ranges()
        )
        return u.compared(lone, strict=strict, ranges=u.Ranges())

    assert u.AS_KNOWN[">"](a, b) is above(a - b, strict=True)
    assert u.AS_KNOWN[">="](a, b) is above(a - b, strict=False)
    assert u.AS_KNOWN["<"](a, b) is above(b - a, strict=True)
    assert u.AS_KNOWN["<="](a, b) is above(b - a, strict=False)
    assert u.AS_KNOWN["="](a, b) is u.both(above(a - b, strict=False), above(b - a, strict=False))
    assert u.AS_KNOWN["!="](a, b) is not u.AS_KNOWN["="](a, b)
