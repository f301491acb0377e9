"""What a declaration says in each of its periods, and by which article."""

from __future__ import annotations

from collections.abc import Sequence

from landrules.base.period import ALWAYS, Period
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.lang.keywords import KEYWORDS
from landrules.rules.citations import citations, own_period, stretches, undated
from landrules.rules.cited import Citation
from landrules.rules.declared import declaration
from landrules.rules.symbols import Symbol
from landrules.rules.world import World


def dated_bodies(symbol: Symbol, world: World) -> list[tuple[Period, tuple[t.Clause, ...], Span]]:
    """What a block says in each of its periods; all of it at once where it has no dated parts."""
    body = declaration(symbol).body
    parts = stretches(body)
    if parts:
        for clause in undated(body):
            if isinstance(clause, t.Setting) and clause.key in ("includes", "value"):
                world.faults.add("LR433", clause.span, name=symbol.names.id)
        return [(p.period, p.body, p.span) for p in parts]
    return [(own_period(body, world) or ALWAYS, undated(body), symbol.span)]


def cited_in(body: Sequence[t.Clause], symbol: Symbol, world: World) -> tuple[Citation, ...]:
    """What a dated part cites, or, where it cites nothing, its declaration."""
    own = citations(body, symbol.module, world)
    return own or citations(undated(declaration(symbol).body), symbol.module, world)


def by_start(entry: tuple[Period, object, object]) -> tuple[bool, object]:
    """The order of dated values: the one without a beginning first."""
    return (entry[0].start is not None, entry[0].start)


def only_settings(symbol: Symbol, known: Sequence[str], zh: str, en: str, world: World) -> None:
    """Settings that a declaration cannot have are mistakes, and so is one that stands twice in the same part."""
    body = declaration(symbol).body
    for part in (undated(body), *(p.body for p in stretches(body))):
        seen: set[str] = set()
        for clause in part:
            if not isinstance(clause, t.Setting):
                continue
            word = {"clause_zh": _SETTINGS_ZH.get(clause.key, clause.key), "clause_en": clause.key}
            if clause.key not in known:
                world.faults.add("LR410", clause.span, construct_zh=zh, construct_en=en, **word)
            elif clause.key in seen and clause.key not in ("includes", "source"):
                world.faults.add("LR412", clause.span, **word)
            seen.add(clause.key)


_SETTINGS_ZH = {k.en: k.zh for k in KEYWORDS if k.group == "clause"}
