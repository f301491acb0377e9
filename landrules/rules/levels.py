"""Levels of law: who may relax which norm, who may put another in its place.

Levels stand together and the stricter counts. What loosens a norm needs a right: `may be relaxed by province` gives it to
rulesets of that very level, and to no other below; `absolute` gives it to nobody, not even to another ruleset of the
same level. An exception to an exception tightens, and every level may tighten. `supersedes` puts a norm in the place of
one of its own level, or of a lower one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from landrules.base.levels import PlanLevel, is_below, level_words, plan_level
from landrules.base.period import Period
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.rules import model as m
from landrules.rules.faults import hint
from landrules.rules.groups import Target
from landrules.rules.rings import ordered
from landrules.rules.standing import Standing, Supersession
from landrules.rules.symbols import Symbol, find_norm
from landrules.rules.world import World

DAY = timedelta(days=1)


def read_standing(world: World) -> None:
    """Give every norm its standing: its rights, its rivals, and the period that a later norm leaves it."""
    symbols = {s.id: s for s in _symbols(world) if s.id in world.norms}
    for symbol in symbols.values():
        world.norms[symbol.id] = replace(world.norms[symbol.id], standing=_rights(symbol, world))
    for symbol in symbols.values():
        for setting in _settings(symbol, "rivals"):
            if (other := _other(setting, symbol, world)) is not None:
                _rivals(symbol.id, other.id, world)
                _rivals(other.id, symbol.id, world)
    _superseded(symbols, world)


def may_except(own: Symbol, target: Target, root: m.Norm, depth: int, world: World) -> bool:
    """Whether an exception may stand where it is written; says why not.

    `root` is the norm under which it comes to hang, `depth` how far below it: the first loosens the norm, the second
    tightens it again.
    """
    level, above = level_of(own, world), level_of(target.symbol, world)
    elsewhere = own.module is not target.symbol.module
    if depth % 2 == 0 or not elsewhere:
        return True
    args: dict[str, object] = {"name": own.id, "own_at": target.span, "norm": target.id, "norm_at": target.place}
    if root.standing.absolute:
        world.faults.add("LR440", target.span, **args)
        return False
    if not is_below(level, above) or root.standing.relaxed_by == level:
        return True
    right = root.standing.relaxed_by
    rights = {
        "right_zh": f"它只授权{level_words('x', right)['x_zh']}放宽" if right else "它没有授权下级放宽",
        "right_en": f"it may be relaxed at the {right} level only" if right else "it gives no lower level that right",
    }
    world.faults.add("LR408", target.span, **args, **rights, **level_words("own", level), **level_words("its", above))
    return False


def level_of(symbol: Symbol, world: World) -> PlanLevel:
    """The level of the ruleset in which something is declared."""
    return world.rulesets[symbol.module.id].level


def _symbols(world: World) -> Iterator[Symbol]:
    for name in sorted(world.names.modules):
        yield from dict.fromkeys(world.names.modules[name].norms.values())


def _settings(symbol: Symbol, key: str) -> list[t.Setting]:
    return [c for c in symbol.node.body if isinstance(c, t.Setting) and c.key == key]


def _rights(symbol: Symbol, world: World) -> Standing:
    absolute, relaxed = _settings(symbol, "absolute"), _settings(symbol, "may be relaxed by")
    for extra, zh in ((absolute[1:], "不得放宽"), (relaxed[1:], "可由 … 放宽")):
        for clause in extra:
            world.faults.add("LR412", clause.span, clause_zh=zh, clause_en=clause.key)
    if absolute and relaxed:
        world.faults.add("LR441", relaxed[0].span, name=symbol.names.id, line=absolute[0].span.line)
    level = authority_level(relaxed[0], world) if relaxed else None
    if level is not None and not is_below(level, level_of(symbol, world)):
        world.faults.add("LR442", relaxed[0].span, name=symbol.names.id, **level_words("own", level_of(symbol, world)))
        level = None
    return Standing(absolute=bool(absolute), relaxed_by=level)


def authority_level(setting: t.Setting, world: World) -> PlanLevel | None:
    """The level of the rulesets that the authority of a setting writes; says so where it writes none."""
    word = setting.values[0]
    name = word.level if isinstance(word, t.LevelLit) else ""
    level = plan_level(name)
    if level is None:
        world.faults.add("LR443", setting.span, name=word.span.text)
    return level


# --------------------------------------------------------------------------- rivals and successors


def _other(setting: t.Setting, symbol: Symbol, world: World) -> Symbol | None:
    """The other norm that a setting names."""
    path = cast(t.Path, setting.values[0])
    found = find_norm(world.names, symbol.module, path)
    if found is None or found[1] or found[0].kind != "norm":
        known = [s.id for s in _symbols(world) if s.kind == "norm" and s is not symbol]
        near = {i.rsplit(".", 1)[-1]: i for i in sorted(known)}
        name = ".".join(path.parts)
        world.faults.add("LR268", path.span, name=name, **hint(name, known if "." in name else [*near, *known]))
        return None
    if found[0] is symbol:
        world.faults.add("LR444", path.span, name=symbol.names.id, **_WORDS[setting.key])
        return None
    return found[0] if found[0].id in world.norms else None


_WORDS = {
    "supersedes": {"what_zh": "取代", "what_en": "supersede"},
    "rivals": {"what_zh": "与…竞合", "what_en": "rival"},
}


def _rivals(one: str, other: str, world: World) -> None:
    norm = world.norms[one]
    rivals = tuple(sorted({*norm.standing.rivals, other}))
    world.norms[one] = replace(norm, standing=replace(norm.standing, rivals=rivals))


def _superseded(symbols: dict[str, Symbol], world: World) -> None:
    """Cut the period of every norm that another supersedes; the earliest successor counts."""
    found: dict[str, dict[str, tuple[date, Span]]] = {}
    for symbol in symbols.values():
        for setting in _settings(symbol, "supersedes"):
            other = _other(setting, symbol, world)
            since = _since(setting, symbol, world)
            if other is not None and since is not None and _may_supersede(symbol, other, setting, world):
                found.setdefault(symbol.id, {})[other.id] = (since, setting.span)
    rings = ordered({own: sorted(others) for own, others in found.items()})[1]
    for ring in rings:
        world.faults.add("LR449", symbols[ring[0]].span, ring=" → ".join(ring))
    if rings:
        return
    for own, others in sorted(found.items()):
        taken = tuple(Supersession(other, since) for other, (since, _) in sorted(others.items()))
        norm = world.norms[own]
        world.norms[own] = replace(norm, standing=replace(norm.standing, supersedes=taken))
    for own, others in sorted(found.items()):
        for superseded, (since, span) in others.items():
            _cut(superseded, Supersession(own, since), span, world)


def _since(setting: t.Setting, symbol: Symbol, world: World) -> date | None:
    """The day from which a norm takes another's place: as written, else its own first day."""
    start = world.norms[symbol.id].period.start
    stated = next((v.value for v in setting.values if isinstance(v, t.DateLit)), None)
    if stated is None and start is None:
        world.faults.add("LR445", setting.span, name=symbol.names.id)
    if stated is not None and start is not None and stated < start:
        world.faults.add("LR446", setting.span, name=symbol.names.id, since=stated, start=start)
        return None
    return stated or start


def _may_supersede(symbol: Symbol, other: Symbol, setting: t.Setting, world: World) -> bool:
    own, its = level_of(symbol, world), level_of(other, world)
    if not is_below(own, its):
        return True
    args = {"name": symbol.id, "own_at": setting.span, "norm": other.id, "norm_at": other.span}
    world.faults.add("LR447", setting.span, **args, **level_words("own", own), **level_words("its", its))
    return False


def _cut(own: str, by: Supersession, span: Span, world: World) -> None:
    norm = world.norms[own]
    earlier = norm.standing.superseded
    if earlier is not None and (earlier.since, earlier.norm) <= (by.since, by.norm):
        return
    start, end = norm.period.start, norm.period.end
    last = by.since - DAY
    if start is not None and last < start:
        world.faults.warn("LR448", span, name=own, by=by.norm, since=by.since, start=start)
    if end is not None and end <= last:
        last = end
    standing = replace(norm.standing, superseded=by)
    world.norms[own] = replace(norm, period=Period(start, last), standing=standing)
