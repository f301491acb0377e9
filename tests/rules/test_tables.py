"""Where rows of a table meet and where none is: the same as asking every point, and in bounded time."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

import pytest

from landrules.base.period import Period
from landrules.base.valuetype import Code
from landrules.rules import boxes
from landrules.rules.boxes import Below, Bound, Column, EntangledError, Exactly, Part, Side, Survey, Unlisted, days
from landrules.rules.cited import Bilingual
from landrules.rules.keys import Anything, Listed, Other, RowKey, Stretch, indexed, nearest, others
from landrules.rules.load import read_rulesets
from landrules.rules.lookups import CodeEntry, CodeScheme

KINDS: tuple[Literal["codes", "ordered", "words"], ...] = ("codes", "words", "ordered")
TITLE = Bilingual("", "")
PARENTS = {"a": "", "a1": "a", "a2": "a", "a11": "a1", "b": "", "b1": "b"}
SCHEME = CodeScheme("s", TITLE, MappingProxyType({c: CodeEntry(c, TITLE, p) for c, p in PARENTS.items()}))
NUMBERS = [Fraction(n, 2) for n in range(-1, 14)]
WORDS = ["x", "y", "z", "elsewhere"]
DAYS = [date(2025, 1, n) for n in range(1, 11)]


def some_key(kind: str, chance: random.Random) -> RowKey:
    plain = chance.choice([Anything(), Other(), None, None, None, None])
    if plain is not None:
        return plain
    if kind == "codes":
        return Listed(tuple(Code("s", c) for c in chance.sample(sorted(PARENTS), chance.randint(1, 2))))
    if kind == "words":
        return Listed(tuple(chance.sample(WORDS[:3], chance.randint(1, 2))))
    if chance.random() < 0.3:
        return Listed((Fraction(chance.randint(0, 6)),))
    low, high = sorted((chance.randint(0, 6), chance.randint(0, 6)))
    ends = chance.choice(["both", "low", "high"])
    included = low == high
    return Stretch(
        Fraction(low) if ends != "high" else None,
        included or chance.random() < 0.5,
        Fraction(high) if ends != "low" else None,
        included or chance.random() < 0.5,
    )


def some_period(chance: random.Random) -> Period:
    first, last = sorted((chance.choice(DAYS), chance.choice(DAYS)))
    return Period(chance.choice([None, first]), chance.choice([None, last]))


def matches(key: RowKey, value: object) -> bool:
    match key:
        case Anything() | Other():
            return True
        case Stretch():
            return key.holds(value)
        case Listed(values):
            if isinstance(value, Code):
                return any(isinstance(v, Code) and SCHEME.is_under(value.code, v.code) for v in values)
            return value in values


def in_side(side: Side, value: object) -> bool:
    """Whether a value lies in the side of a box, told from the meaning of its pieces."""
    return not side or any(_in_piece(piece, value) for piece in side)


def _in_piece(piece: object, value: object) -> bool:
    match piece:
        case Part(low, high):
            inside = (0, value.toordinal() if isinstance(value, date) else value, 0)
            return low <= cast(Bound, inside) < high
        case Below(head, without):
            code = value.code if isinstance(value, Code) else ""
            return (not head or SCHEME.is_under(code, head)) and not any(SCHEME.is_under(code, w) for w in without)
        case Exactly(only):
            return value == only
        case Unlisted(listed):
            return value not in listed
        case _:
            raise AssertionError(piece)


def points(kind: str) -> Sequence[object]:
    return {"codes": [Code("s", c) for c in PARENTS], "words": WORDS, "ordered": NUMBERS}[kind]


@pytest.mark.parametrize("seed", range(120))
def test_regions_are_those_of_asking_every_point(seed: int) -> None:
    chance = random.Random(seed)
    kinds = chance.sample(KINDS, chance.randint(1, 2))
    count = chance.randint(1, 5)
    rows = [tuple(some_key(kind, chance) for kind in kinds) for _ in range(count)]
    periods = [some_period(chance) for _ in range(count)]
    values = [chance.randint(1, 2) for _ in range(count)]
    policy = chance.choice(["unique", "any", "collect"])
    complete = chance.random() < 0.6

    def agree(group: tuple[int, ...]) -> bool:
        return policy == "collect" or len(group) == 1 or (policy == "any" and len({values[r] for r in group}) == 1)

    columns = [Column(k, [r[n] for r in rows], SCHEME) for n, k in enumerate(kinds)]
    leaves = [others(r) for r in rows]
    time_column = days(periods)
    found = Survey([*columns, time_column], leaves, agree, complete).boxes()
    first, last = (end[1] if end[0] == 0 else None for end in time_column.ends)
    spoken = [d for d in DAYS if (first is None or first <= d.toordinal()) and (last is None or d.toordinal() < last)]
    for point in itertools.product(*(points(k) for k in kinds), spoken):
        *keys, day = point
        assert isinstance(day, date)
        meeting = tuple(
            r
            for r in range(count)
            if day in periods[r] and all(matches(k, v) for k, v in zip(rows[r], keys, strict=True))
        )
        counted = nearest(meeting, leaves)
        wrong = [b for b in found if all(in_side(s, v) for s, v in zip(b.sides, point, strict=True))]
        if not meeting:
            assert [b.rows for b in wrong] == ([()] if complete else [])
        else:
            assert [b.rows for b in wrong] == ([] if agree(counted) else [counted])


def test_the_index_gives_the_rows_that_list_a_key_or_what_is_above_it() -> None:
    rows = [
        (Listed((Code("s", "a"),)), Anything()),
        (Listed((Code("s", "a1"), Code("s", "b"))), Listed(("x",))),
        (Other(), Listed(("x", "y"))),
    ]
    index = indexed(rows)
    roads = [[Code("s", c) for c in SCHEME.road("a11")], ["x"]]
    assert index.near(roads) == (0, 1, 2)
    assert index.near([[Code("s", "b1"), Code("s", "b")], ["y"]]) == (2,)


def test_a_hundred_thousand_rows_are_checked_in_seconds() -> None:
    keys = [(Listed((f"p{n // 100}",)), Listed((f"i{n % 100}",))) for n in range(100_000)]
    columns = [Column("words", [k[n] for k in keys]) for n in (0, 1)]
    rows = [frozenset[int]()] * len(keys)
    start = time.perf_counter()
    found = Survey([*columns, days([Period()] * len(keys))], rows, lambda g: len(g) == 1, complete=True).boxes()
    assert time.perf_counter() - start < 20
    assert len(found) == 2


def test_rows_that_cross_without_end_are_not_checked_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "LIMIT", 20_000)
    nested = [Stretch(Fraction(n), True, Fraction(1000 - n), True) for n in range(400)]
    with pytest.raises(EntangledError):
        Survey(
            [Column("ordered", nested), days([Period()] * 400)], [frozenset()] * 400, lambda g: len(g) == 1, False
        ).boxes()
    rows = "\n".join(f" row {n} m to {1000 - n} m gives 1" for n in range(400))
    text = 'ruleset t.x { level national version "1" }\ninstrument law { title zh "法" en "Law" }\n'
    (tmp_path / "x.rules").write_text(
        f"{text}table crossed (size length) number {{\n cites law example\n{rows}\n}}\n", encoding="utf-8"
    )
    assert [d.code for d in read_rulesets(["x.rules"], tmp_path).diagnostics if d.severity == "error"] == ["LR437"]


def test_days_on_which_no_row_holds_are_worth_a_second_look(tmp_path: Path) -> None:
    text = """ruleset t.x { level national version "1" }
instrument law { title zh "法" en "Law" }
table dated (word text) number {
 cites law example
 effective to 2023-12-31 { row "a" gives 1 row "b" gives 2 }
 effective from 2024-06-01 to 2024-06-30 { row "a" gives 3 }
 row "b" gives 4 { effective from 2026-01-01 }
}
"""
    (tmp_path / "x.rules").write_text(text, encoding="utf-8")
    said = [
        (d.severity, d.message("en")) for d in read_rulesets(["x.rules"], tmp_path).diagnostics if d.code == "LR406"
    ]
    assert said == [
        ("warning", "the table `dated` has no value after 2023-12-31 and before 2024-06-01"),
        ("warning", "the table `dated` has no value after 2024-06-30 and before 2026-01-01"),
    ]
