"""The parser's tables: computed from the grammar, kept beside it, read once and only when something is parsed.

Computing the tables takes about half a second, reading them a tenth. `grammar/tables.json.gz` is written by
`python -m landrules.lang.grammar` and holds the digest of what it was made from; where that differs (another grammar,
another version of Lark) the tables are computed, with the same result. Nothing is written on a user's disk.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import lark
import lark.lexer
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from landrules.base.resources import grammar
from landrules.lang.keywords import terminals

STARTS = ("start", "expression", "key", "template")
TABLES = "tables.json.gz"


def grammar_text() -> str:
    """The whole grammar: the rules of `grammar/landrules.lark` and the terminals of the keyword table."""
    return terminals(grammar().joinpath("landrules.lark").read_text(encoding="utf-8"))


def build(strict: bool = False) -> Lark:
    """The parser from the grammar. With `strict`, any ambiguity of rules or terminals is an error."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=False,
        strict=strict,
    )


@lru_cache(maxsize=1)
def parser() -> Lark:
    """The parser, once per process."""
    tables = grammar().joinpath(TABLES)
    if tables.is_file():
        saved = json.loads(gzip.decompress(tables.read_bytes()), object_pairs_hook=_numbered)
        if saved["digest"] == digest():
            return cast(Lark, cast(Any, Lark)._load_from_dict(saved["data"], saved["memo"]))
    return _unchecked()


def digest() -> str:
    """What the tables depend on: the grammar and the version of Lark."""
    return hashlib.sha256(f"{lark.__version__}\n{grammar_text()}".encode()).hexdigest()


def tables() -> bytes:
    """The tables as they are kept."""
    data, memo = cast(Any, _unchecked()).memo_serialize([TerminalDef, Rule])
    text = json.dumps({"digest": digest(), "data": data, "memo": memo}, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def _unchecked() -> Lark:
    """The parser without the comparison of all terminals, which is for the strict test and takes half a minute."""
    module: Any = lark.lexer
    checks = module.has_interegular
    module.has_interegular = False
    try:
        return build()
    finally:
        module.has_interegular = checks


def _numbered(pairs: list[tuple[str, Any]]) -> dict[Any, Any]:
    """JSON knows no numbers as keys; the tables do."""
    return {int(key) if key.isdigit() else key: value for key, value in pairs}


def table() -> dict[Any, dict[str, Any]]:
    """States of the LALR automaton: what each accepts, terminals and rules."""
    return cast(dict[Any, dict[str, Any]], cast(Any, parser()).parser.parser._parse_table.states)


if __name__ == "__main__":
    Path(str(grammar().joinpath(TABLES))).write_bytes(tables())
