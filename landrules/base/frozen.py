"""Records that are declared in no time.

`@frozen` is `@dataclass(frozen=True, slots=True)`, `@record` is `@dataclass(slots=True)`. The standard decorator writes and compiles six methods for every class
when its module is imported, most of a millisecond each; a command that ends within half a second declares three hundred.
Here a method is compiled when it is first called, and what `fields`, `replace` and `is_dataclass` of the standard
library look for is there once they ask. Records of this making and of the standard's behave alike. `replace` of this
module is the standard one for records made here: it sets the slots itself, which takes a tenth of the time, and asks for
no description.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from functools import cache, partial
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(record, /, **changes):
        """A copy of a record with other values in some fields. Raises `TypeError` for what is no field given to it."""
        return record.__replace__(**changes)


T = TypeVar("T")
Maker = Callable[[], Callable[..., Any]]


@overload
def frozen(cls: type[T], /) -> type[T]: ...


@overload
def frozen(*, kw_only: bool = ..., eq: bool = ..., order: bool = ...) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[T] | None = None, /, *, kw_only: bool = False, eq: bool = True, order: bool = False
) -> type[T] | Callable[[type[T]], type[T]]:
    """A class of annotated fields as a frozen record with slots, equal where its compared fields are.

    Fields may have defaults, also by `dataclasses.field`; `kw_only` has all of them given by name, so that one with a
    default may stand before one without; without `eq` a record is equal to itself alone; with `order` it stands before
    another where its compared fields do. Raises `TypeError` for what is not built: a record derived from another, a field
    of the class, one without a value at construction or alone named by keyword, a default that can change.
    """
    if cls is None:
        return lambda named: _made(named, kw_only=kw_only, eq=eq, order=order, fixed=True)
    return _made(cls, kw_only=kw_only, eq=eq, order=order, fixed=True)


@dataclass_transform(field_specifiers=(field,))
def record(cls: type[T], /) -> type[T]:
    """The same with fields that may be set: for what is filled step by step. It has no hash. Raises as `frozen` does."""
    return _made(cls, kw_only=False, eq=True, order=False, fixed=False)


def _made(cls: type[T], *, kw_only: bool, eq: bool, order: bool, fixed: bool) -> type[T]:
    stated = dict(vars(cls))
    names = tuple(stated.get("__annotations__", ()))
    spread = {name: stated.pop(name) for name in names if name in stated}
    _refuse(cls, names, spread, kw_only)
    for unwanted in ("__dict__", "__weakref__", *(("__hash__",) if stated.get("__hash__", True) is None else ())):
        stated.pop(unwanted, None)
    special = {name: given for name, given in spread.items() if isinstance(given, Field)}
    compared = tuple(n for n in names if n not in special or special[n].compare)
    hashed = tuple(n for n in names if n not in special or _is_hashed(special[n]))
    shown = tuple(n for n in names if n not in special or special[n].repr)
    stated.update(
        __slots__=names,
        __match_args__=() if kw_only else tuple(n for n in names if n not in special or special[n].init),
        __dataclass_fields__=_Described(spread, kw_only),
    )
    if fixed:
        stated.update(
            __setattr__=_refuse_setting, __delattr__=_refuse_deleting, __getstate__=_state, __setstate__=_restore
        )
    elif eq:
        stated.setdefault("__hash__", None)
    kind: Any = type(cls)
    made: type[T] = kind(cls.__name__, cls.__bases__, stated)
    made.__qualname__ = cls.__qualname__
    methods: dict[str, Maker] = {
        "__init__": lambda: _constructor(made, names, spread, kw_only),
        "__eq__": lambda: _equal(compared),
        "__hash__": lambda: _hashing(hashed),
        "__repr__": lambda: _shown(shown),
        "__replace__": lambda: _replacing(made, names, spread),
    }
    for name in methods.keys() - stated.keys() - (set() if eq else {"__eq__", "__hash__"}):
        setattr(made, name, _when_called(made, name, methods[name]))
    for name, sign in _SIGNS.items() if order else ():
        setattr(made, name, _when_called(made, name, partial(_comparing, sign, compared)))
    return made


def _is_hashed(given: Field[Any]) -> bool:
    return given.compare if given.hash is None else given.hash


def _refuse(cls: type, names: tuple[str, ...], spread: dict[str, Any], kw_only: bool) -> None:
    """Raise `TypeError` for a class of another kind than is built here."""
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:]):
        raise TypeError(f"{cls.__name__} is derived from another record")
    optional = False
    for name in names:
        given = spread.get(name, MISSING)
        if "ClassVar" in str(cls.__annotations__[name]) or "InitVar" in str(cls.__annotations__[name]):
            raise TypeError(f"{cls.__name__}.{name} is no field of a record")
        if isinstance(given, Field):
            has = given.default is not MISSING or given.default_factory is not MISSING
            if given.kw_only is True or not (given.init or has):
                raise TypeError(f"{cls.__name__}.{name} is not given by place")
            if not given.init:
                continue
            given = given.default
        else:
            has = given is not MISSING
        if given is not MISSING and type(given).__hash__ is None:
            raise TypeError(f"{cls.__name__}.{name} has a default that can change")
        if optional and not has and not kw_only:
            raise TypeError(f"{cls.__name__}.{name} has no default but follows one that has")
        optional = has


class _Described:
    """What the standard library knows a record by, made by itself from the same fields once it is asked for."""

    __slots__ = ("kw_only", "spread")

    def __init__(self, spread: dict[str, Any], kw_only: bool) -> None:
        self.spread = spread
        self.kw_only = kw_only

    def __get__(self, _: object, owner: type) -> dict[str, Field[Any]]:
        twin = type(owner.__name__, (), {**self.spread, "__annotations__": vars(owner).get("__annotations__", {})})
        twin.__module__ = owner.__module__
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=self.kw_only)(twin)
        found: dict[str, Field[Any]] = vars(twin)["__dataclass_fields__"]
        type.__setattr__(owner, "__dataclass_fields__", found)
        return found


# --- the methods -----------------------------------------------------------------------------------------------------


def _when_called(cls: type, name: str, make: Maker) -> Callable[..., Any]:
    """A method that is made, and put in its own place, when it is called."""

    def first(self: Any, *given: Any, **named: Any) -> Any:
        method = make()
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        type.__setattr__(cls, name, method)
        return method(self, *given, **named)

    return first


_EQUAL = "def method(self, other):\n return {} == {} if other.__class__ is self.__class__ else NotImplemented"
_HASH = "def method(self):\n return hash({})"
_BEFORE = "def method(self, other):\n return {} {} {} if other.__class__ is self.__class__ else NotImplemented"
_SIGNS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _equal(names: tuple[str, ...]) -> Callable[..., Any]:
    return _method(_EQUAL.format(_tuple("self", names), _tuple("other", names)), names, {})


def _hashing(names: tuple[str, ...]) -> Callable[..., Any]:
    return _method(_HASH.format(_tuple("self", names)), names, {})


def _comparing(sign: str, names: tuple[str, ...]) -> Callable[..., Any]:
    return _method(_BEFORE.format(_tuple("self", names), sign, _tuple("other", names)), names, {})


def _tuple(record: str, names: tuple[str, ...]) -> str:
    """The values of the first fields of a record, as Python writes them."""
    return f"({''.join(f'{record}.f{place}, ' for place in range(len(names)))})"


@cache
def _code(text: str) -> CodeType:
    """The code of a method whose fields are called f0, f1 and so on; records of one shape share it."""
    return next(part for part in compile(text, "<record>", "exec").co_consts if isinstance(part, CodeType))


def _method(text: str, names: tuple[str, ...], known: dict[str, Any]) -> FunctionType:
    """The method of a text, its fields by their own names: to rename them takes a tenth of compiling them."""
    code, own = _code(text), {f"f{place}": name for place, name in enumerate(names)}
    named, variables = (tuple([own.get(n, n) for n in given]) for given in (code.co_names, code.co_varnames))
    return FunctionType(code.replace(co_names=named, co_varnames=variables), known)


_ABSENT = object()


def _constructor(cls: type, names: tuple[str, ...], spread: dict[str, Any], kw_only: bool) -> Callable[..., Any]:
    """The constructor that sets each slot from the argument of its name."""
    known: dict[str, Any] = {"_absent": _ABSENT}
    parameters, lines = (["self", "*"] if kw_only and names else ["self"]), [" pass"]
    defaults: dict[str, Any] = {}
    for place, name in enumerate(names):
        given, value = spread.get(name, MISSING), f"f{place}"
        default = given.default if isinstance(given, Field) else given
        factory = given.default_factory if isinstance(given, Field) else MISSING
        known |= {f"_set{place}": vars(cls)[name].__set__, f"_new{place}": factory, f"_or{place}": default}
        if isinstance(given, Field) and not given.init:
            value = f"_or{place}" if factory is MISSING else f"_new{place}()"
        else:
            parameters.append(value)
            if factory is not MISSING:
                value = f"_new{place}() if f{place} is _absent else f{place}"
                defaults[name] = _ABSENT
            elif default is not MISSING:
                defaults[name] = default
        lines.append(f" _set{place}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    made = _method("\n".join([f"def method({', '.join(parameters)}):", *lines]), names, known)
    if kw_only:
        made.__kwdefaults__ = defaults
    else:
        made.__defaults__ = tuple(defaults.values())
    return made


def _replacing(cls: type, names: tuple[str, ...], spread: dict[str, Any]) -> Callable[..., Any]:
    """The copy with other values in some fields; fields that are not given at construction are born anew in it."""
    known: dict[str, Any] = {"_absent": _ABSENT, "_new": object.__new__, "_cls": cls}
    parameters, lines, asked = ["self", "*"], [" copy = _new(_cls)"], []
    for place, name in enumerate(names):
        known[f"_set{place}"] = vars(cls)[name].__set__
        given = spread.get(name, MISSING)
        if isinstance(given, Field) and not given.init:
            made = given.default_factory is not MISSING
            known[f"_own{place}"] = given.default_factory if made else given.default
            value = f"_own{place}()" if made else f"_own{place}"
        else:
            asked.append(name)
            parameters.append(f"f{place}")
            value = f"self.f{place} if f{place} is _absent else f{place}"
        lines.append(f" _set{place}(copy, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" copy.__post_init__()")
    if not asked:
        parameters.pop()
    text = "\n".join([f"def method({', '.join(parameters)}):", *lines, " return copy"])
    copying = _method(text, names, known)
    copying.__kwdefaults__ = dict.fromkeys(asked, _ABSENT)
    return copying


def _shown(names: tuple[str, ...]) -> Callable[..., Any]:
    def shown(self: Any) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return shown


def _refuse_setting(self: Any, name: str, _: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    """For copies and other processes: the values in the order of the slots."""
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)
