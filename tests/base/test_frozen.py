"""Records of `@frozen` are those of the standard decorator in every way that anything looks at."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from landrules.base.frozen import _code, frozen
from landrules.base.frozen import replace as swiftly

T = TypeVar("T")


class _Point:
    """A place."""

    x: int
    y: int = 0
    name: str = field(default="", compare=False, repr=False)
    marks: list[str] = field(default_factory=list, hash=False)

    @property
    def shown(self) -> str:
        """The name, or where it is."""
        return self.name or f"{self.x},{self.y}"


class _Empty:
    pass


class _One:
    only: Any


class _Alike:
    """Equal by its own rule; the hash is of the fields all the same, as the standard decorator has it."""

    a: int

    def __eq__(self, other: object) -> bool:
        return True


class _Told:
    a: int
    table: Mapping[str, int] = field(compare=False, hash=True)

    def __repr__(self) -> str:
        return "told"


class _Counted:
    a: int
    seen: list[int] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        self.seen.append(self.a)


KINDS = (_Counted, _Point, _Empty, _One, _Alike, _Told)
VALUES: dict[type, tuple[tuple[Any, ...], ...]] = {
    _Point: ((1,), (1, 2), (1, 2, "a"), (1, 2, "b"), (2, 2, "b"), (1, 2, "", ["m"])),
    _Empty: ((),),
    _One: ((1,), ("x",), (float("nan"),), ((),)),
    _Alike: ((1,), (2,)),
    _Counted: ((1,), (2,)),
    _Told: ((1, ()), (1, ("k",)), (2, ())),
}


def _copied(kind: type) -> type:
    """The class once more: both decorators take a class of their own."""
    body = {k: copy.copy(v) for k, v in vars(kind).items() if k not in ("__dict__", "__weakref__")}
    if "__eq__" in body:
        body["__hash__"] = None
    made = type(kind.__name__, (), body)
    made.__qualname__ = kind.__qualname__
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_both_are_alike(kind: type) -> None:
    standard, ours = dataclass(frozen=True, slots=True)(_copied(kind)), frozen(_copied(kind))
    given = VALUES[kind]
    theirs, mine = [standard(*v) for v in given], [ours(*v) for v in given]
    assert [repr(r) for r in mine] == [repr(r) for r in theirs]
    assert [[a == b for a in mine] for b in mine] == [[a == b for a in theirs] for b in theirs]
    assert [hash(r) for r in mine] == [hash(r) for r in theirs]
    assert ours.__match_args__ == standard.__match_args__
    assert ours.__slots__ == standard.__slots__
    assert ours.__doc__ == standard.__doc__ or not kind.__doc__
    names = [(f.name, f.type, f.default, f.compare, f.hash, f.repr) for f in fields(standard)]
    assert [(f.name, f.type, f.default, f.compare, f.hash, f.repr) for f in fields(ours)] == names
    assert [asdict(r) for r in mine][:1] == [asdict(r) for r in theirs][:1]
    assert mine[0] != theirs[0] or kind is _Alike
    assert not hasattr(mine[0], "__dict__")


def test_one_is_made_by_place_and_by_name_and_never_changed() -> None:
    kind = frozen(_copied(_Point))
    one: Any = kind(x=1, name="here")
    assert (one.x, one.y, one.name, one.marks, one.shown) == (1, 0, "here", [], "here")
    assert kind(2).marks is not kind(2).marks
    assert replace(one, x=3) == kind(3)
    assert is_dataclass(kind) and is_dataclass(one)
    for wrong in ((), (1, 2, 3, 4, 5)):
        with pytest.raises(TypeError):
            kind(*wrong)
    with pytest.raises(TypeError):
        kind(1, z=2)
    with pytest.raises(FrozenInstanceError):
        one.x = 2
    with pytest.raises(FrozenInstanceError):
        del one.x
    with pytest.raises(FrozenInstanceError):
        one.z = 2
    match one:
        case kind(x, y):
            assert (x, y) == (1, 0)


def test_fields_may_be_given_by_name_only() -> None:
    class Named:
        a: int = 1
        b: int

    standard, ours = dataclass(frozen=True, slots=True, kw_only=True)(Named), frozen(kw_only=True)(_copied(Named))
    mine: Any = ours(b=2)
    assert repr(mine) == repr(standard(b=2)) == "test_fields_may_be_given_by_name_only.<locals>.Named(a=1, b=2)"
    assert ours.__match_args__ == standard.__match_args__ == ()
    assert replace(mine, a=3) == ours(a=3, b=2)
    with pytest.raises(TypeError):
        ours(1, 2)


def test_a_field_may_be_no_parameter() -> None:
    class Kept:
        known: list[int] = field(default_factory=list, init=False, repr=False)
        a: int
        of: str = field(default="x", init=False)
        b: int = 2

    ours, standard = frozen(_copied(Kept)), dataclass(frozen=True, slots=True)(Kept)
    mine: Any = ours(1)
    assert repr(mine) == repr(standard(1))
    assert ours.__match_args__ == standard.__match_args__ == ("a", "b")
    assert (mine.known, mine.of) == ([], "x") and ours(1).known is not mine.known
    mine.known.append(1)
    assert replace(mine, b=3).known == replace(standard(1), b=3).known == []
    for wrong in ({"known": []}, {"of": "y"}):
        with pytest.raises(TypeError):
            ours(1, **wrong)


def test_a_copy_is_made_as_the_standard_library_makes_it() -> None:
    class Kept:
        a: int
        known: list[int] = field(default_factory=list, init=False)
        b: list[int] = field(default_factory=list)
        of: str = field(default="x", init=False)
        twice: int = field(default=0, kw_only=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "twice", 2 * self.a)

    ours, standard = frozen(_copied(Kept)), dataclass(frozen=True, slots=True)(Kept)
    mine, theirs = ours(1, [5]), standard(1, [5])
    mine.known.append(1)
    for changes in ({}, {"a": 3}, {"b": [6], "a": 4}, {"twice": 9}):
        own, other = swiftly(mine, **changes), replace(theirs, **changes)
        assert repr(own) == repr(other)
        assert own == replace(mine, **changes) and own is not mine and own.known is not mine.known
    for wrong in ({"known": []}, {"of": "y"}, {"c": 1}):
        with pytest.raises(TypeError):
            swiftly(mine, **wrong)
    named = frozen(kw_only=True)(_copied(Kept))(a=1)
    assert swiftly(named, a=2).twice == 4 and swiftly(frozen(type("Empty", (), {}))()) is not None


def test_one_may_be_equal_to_itself_alone() -> None:
    standard = dataclass(frozen=True, slots=True, eq=False)(_copied(_Point))
    for kind in (standard, frozen(eq=False)(_copied(_Point))):
        one = kind(1)
        assert one == one != kind(1)
        assert len({one, one, kind(1)}) == 2
        assert repr(one) == "_Point(x=1, y=0, marks=[])"


@frozen
class Kept(Generic[T]):
    """A record of a module, which may go to another process."""

    what: T
    where: tuple[int, ...] = ()


def test_one_is_copied_and_sent() -> None:
    one = Kept[object]({"a": 1}, (1, 2))
    assert copy.deepcopy(one) == copy.copy(one) == pickle.loads(pickle.dumps(one)) == one
    assert repr(one) == "Kept(what={'a': 1}, where=(1, 2))"


def test_what_is_not_built_is_refused() -> None:
    class Derived(Kept[int]):
        more: int

    class Shared:
        count: ClassVar[int] = 0

    class Late:
        a: int = field(init=False)

    class Named:
        a: int = field(kw_only=True)

    class Backwards:
        a: int = 0
        b: int

    changing = type("Changing", (), {"__annotations__": {"a": "list[int]"}, "a": []})
    for wrong in (Derived, Shared, Late, Named, changing, Backwards):
        with pytest.raises(TypeError):
            frozen(wrong)


def test_a_method_is_made_when_it_is_first_called_of_code_that_records_of_one_shape_share() -> None:
    def of(letter: str) -> Any:  # of more fields than any other record
        return frozen(type("Wide", (), {"__annotations__": {f"{letter}{n}": int for n in range(40)}}))

    before = _code.cache_info().currsize
    kind, other = of("a"), of("b")
    assert _code.cache_info().currsize == before
    one = kind(*range(40))
    assert _code.cache_info().currsize == before + 1
    assert one == kind(*range(40)) and hash(one) == hash(tuple(range(40)))
    assert _code.cache_info().currsize == before + 3
    named = other(**{f"b{n}": n for n in range(40)})
    assert named == other(*range(40)) and hash(named) == hash(one) and named != one
    assert (named.b0, named.b39) == (one.a0, one.a39) == (0, 39)
    assert _code.cache_info().currsize == before + 3
    with pytest.raises(TypeError, match="b39"):
        other(*range(39))
    with pytest.raises(TypeError, match="a0"):
        other(a0=1)
