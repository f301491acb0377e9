"""The parser's tables: computed by Lark from the grammar, kept beside it, read once and only when something is parsed.

Computing the tables takes a second, reading them a few hundredths. `grammar/tables.json.gz` is written by
`python -m landrules.lang.grammar` and holds the digest of the grammar it was made from; where that differs the tables
are computed, with the same result. Nothing is written on a user's disk. What is kept is Lark's LALR automaton, its
terminals in the order in which Lark tries them, and what each rule makes of its parts; `machine` runs it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from landrules.base.frozen import frozen
from landrules.base.resources import grammar
from landrules.lang.keywords import terminals

if TYPE_CHECKING:
    from lark import Lark

STARTS = ("start", "expression", "key", "template")
TABLES = "tables.json.gz"


@frozen
class Reduction:
    """What a rule makes of its parts: `size` parts become a `symbol`.

    `kept` are the parts that stay, each with whether it may be several (an inlined rule). `data` names the node they
    make. An `inlined` rule makes no node but hands its parts up; a `lone` one does so where there is only one part.
    `passes`: the one part goes up as it is.
    """

    symbol: str
    size: int
    data: str
    kept: tuple[tuple[int, bool], ...]
    inlined: bool
    lone: bool
    passes: bool


@frozen
class Tables:
    """The automaton: per state, what each symbol does: go to a state (0 or more), or reduce by rule `~action`."""

    states: tuple[dict[str, int], ...]
    rules: tuple[Reduction, ...]
    terminals: tuple[tuple[str, str], ...]
    """Name and pattern, in the order in which they are tried."""
    ignored: frozenset[str]
    starts: Mapping[str, int]
    ends: Mapping[str, int]


def grammar_text() -> str:
    """The whole grammar: the rules of `grammar/landrules.lark` and the terminals of the keyword table."""
    return terminals(grammar().joinpath("landrules.lark").read_text(encoding="utf-8"))


def build(strict: bool = False) -> Lark:
    """The parser from the grammar. With `strict`, any ambiguity of rules or terminals is an error."""
    from lark import Lark

    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=False,
        strict=strict,
    )


@cache
def tables() -> Tables:
    """The tables, once per process."""
    kept = grammar().joinpath(TABLES)
    if kept.is_file():
        saved = json.loads(gzip.decompress(kept.read_bytes()))
        if saved["digest"] == digest():
            return _read(saved)
    return _read(_computed())


@cache
def digest() -> str:
    """What the tables depend on: the grammar, and the form in which they are kept."""
    return hashlib.sha256(f"tables 3\n{grammar_text()}".encode()).hexdigest()


def kept_tables() -> bytes:
    """The tables as they are kept."""
    text = json.dumps({"digest": digest(), **_computed()}, separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode(), mtime=0)


def _read(saved: dict[str, Any]) -> Tables:
    return Tables(
        tuple(saved["states"]),
        tuple(
            Reduction(symbol, size, data, tuple((i, bool(many)) for i, many in kept), inlined, lone, passes)
            for symbol, size, data, kept, inlined, lone, passes in saved["rules"]
        ),
        tuple((name, pattern) for name, pattern in saved["terminals"]),
        frozenset(saved["ignored"]),
        saved["starts"],
        saved["ends"],
    )


def _computed() -> dict[str, Any]:
    """The automaton that Lark computes, as plain values."""
    from lark.parsers.lalr_analysis import Shift

    lark: Any = _unchecked()
    table = lark.parser.parser._parse_table
    rules = sorted(lark.rules, key=lambda r: (str(r.origin.name), [str(s.name) for s in r.expansion], str(r.alias)))
    numbers = {rule: n for n, rule in enumerate(rules)}
    places = {state: n for n, state in enumerate(_reached(table, Shift))}
    return {
        "states": [
            {
                str(symbol): places[arg] if action is Shift else ~numbers[arg]
                for symbol, (action, arg) in sorted(table.states[state].items())
            }
            for state in places
        ],
        "rules": [_reduction(rule, _single(rules)) for rule in rules],
        "terminals": [[t.name, t.pattern.to_regexp()] for t in sorted(lark.terminals, key=_rank)],
        "ignored": sorted(lark.ignore_tokens),
        "starts": {name: places[state] for name, state in sorted(table.start_states.items())},
        "ends": {name: places[state] for name, state in sorted(table.end_states.items())},
    }


def _reached(table: Any, shift: Any) -> list[Any]:
    """The states in an order that is the same every time: as they are reached, symbols by name."""
    found: dict[Any, None] = dict.fromkeys(table.start_states[name] for name in STARTS)
    todo = list(found)
    for state in todo:
        for _, (action, target) in sorted(table.states[state].items(), key=lambda entry: str(entry[0])):
            if action is shift and target not in found:
                found[target] = None
                todo.append(target)
    return todo


def _rank(terminal: Any) -> tuple[Any, ...]:
    """The order in which Lark's lexer tries terminals."""
    pattern = terminal.pattern
    return (-terminal.priority, -pattern.max_width, -len(pattern.value), terminal.name)


def _single(rules: Any) -> frozenset[str]:
    """The inlined rules that always hand up one part, so that nothing has to be spliced."""

    def is_one(rule: Any) -> bool:
        parts = _kept(rule)
        return len(parts) == 1 and (not _inlined(parts[0]) or str(parts[0].name) in found)

    found = {str(r.origin.name) for r in rules if _inlined(r.origin)}
    while several := {str(r.origin.name) for r in rules if str(r.origin.name) in found and not is_one(r)}:
        found -= several
    return frozenset(found)


def _kept(rule: Any) -> list[Any]:
    """The symbols of a rule that stay in the tree; signs are dropped."""
    return [s for s in rule.expansion if not (s.is_term and s.filter_out)]


def _inlined(symbol: Any) -> bool:
    return not symbol.is_term and str(symbol.name).startswith("_")


def _reduction(rule: Any, single: frozenset[str]) -> list[object]:
    """What Lark's tree builder makes of a rule: signs are dropped, `_rules` inlined, `?rules` stand only with company."""
    origin = str(rule.origin.name)
    kept = [
        [n, _inlined(symbol) and str(symbol.name) not in single]
        for n, symbol in enumerate(rule.expansion)
        if not (symbol.is_term and symbol.filter_out)
    ]
    inlined = origin.startswith("_") and not rule.alias
    lone = bool(rule.options.expand1) and not rule.alias
    passes = len(rule.expansion) == len(kept) == 1 and (inlined or (lone and not kept[0][1]))
    return [origin, len(rule.expansion), str(rule.alias or origin), kept, inlined, lone, passes]


def _unchecked() -> Lark:
    """The parser without the comparison of all terminals, which is for the strict test and takes half a minute."""
    import lark.lexer

    module = cast(Any, lark.lexer)
    checks = module.has_interegular
    module.has_interegular = False
    try:
        return build()
    finally:
        module.has_interegular = checks


if __name__ == "__main__":
    Path(str(grammar().joinpath(TABLES))).write_bytes(kept_tables())
