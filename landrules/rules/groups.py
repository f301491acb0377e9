"""What an exception may name: a norm, an `except` in a norm or an exception, a separate exception, or a group of these.

`group g { includes a, b }` stands for its members, which may be groups again. A group that holds itself, or a member that
is not there, is a mistake.
"""

from __future__ import annotations

from collections import deque
from dataclasses import field, replace

from landrules.base.diagnostic import nearest
from landrules.base.frozen import frozen
from landrules.base.source import Span
from landrules.lang import tree as t
from landrules.rules.faults import hint
from landrules.rules.rings import ordered
from landrules.rules.symbols import Module, Modules, Symbol, find_norm
from landrules.rules.world import World


@frozen
class Target:
    """A norm or exception that was named: its full id, the declaration it is or lies in, and where it was named.

    `inner` are the canonical names of the `except` blocks from that declaration down to it.
    """

    id: str
    symbol: Symbol
    inner: tuple[str, ...]
    span: Span = field(compare=False)

    @property
    def place(self) -> Span:
        """Where it is declared."""
        body, span = self.symbol.node.body, self.symbol.span
        for word in self.inner:
            found = next(x for x in excepts(body) if x.names.id == word)
            body, span = found.body, found.names.span
        return span


Member = Target | Symbol
"""What a path names: a norm or exception, or a group."""


def check_groups(world: World) -> None:
    """Read every group once, whether an exception names it or not."""
    members: dict[str, list[str]] = {}
    groups: dict[str, Symbol] = {}
    for name in sorted(world.names.modules):
        for symbol in world.names.modules[name].declared():
            if symbol.kind == "group":
                norms = symbol.module.norms
                if (norm := norms.get(symbol.names.en) or norms.get(symbol.names.zh)) is not None:
                    world.faults.add("LR204", symbol.span, name=symbol.names.id, first=str(norm.span))
                if not _members(symbol):
                    world.faults.add("LR411", symbol.span, clause_zh="包括", clause_en="includes")
                groups[symbol.id] = symbol
                found = (_named(p, symbol.module, world, symbol) for p in _members(symbol))
                members[symbol.id] = [x.id for x in found if isinstance(x, Symbol)]
    for ring in ordered(members)[1]:
        world.faults.add("LR266", groups[ring[0]].span, ring=" → ".join(ring))


def targets_of(symbol: Symbol, world: World) -> tuple[Target, ...]:
    """What an exception excepts, groups opened, each once."""
    node = symbol.node
    assert isinstance(node, t.NormDecl)
    found: dict[str, Target] = {}
    opened: dict[str, None] = {}
    waiting: deque[tuple[t.Path, Module, Symbol | None]] = deque((p, symbol.module, None) for p in node.excepts)
    while waiting:
        path, module, group = waiting.popleft()
        match _named(path, module, world, group):
            case Target() as target:
                found.setdefault(target.id, replace(target, span=path.span if group is None else symbol.span))
            case Symbol() as other if other.id not in opened:
                opened[other.id] = None
                waiting.extend((p, other.module, other) for p in _members(other))
    return tuple(found.values())


def find_group(names: Modules, module: Module, path: t.Path) -> Symbol | None:
    """The group that a path names, by its own name where it is in sight or by its full id."""
    if len(path.parts) == 1:
        found = module.visible.get(path.parts[0])
    else:
        home = names.by_spelling.get(".".join(path.parts[:-1]))
        found = home.own.get(path.parts[-1]) if home is not None else None
    return found if found is not None and found.kind == "group" else None


def _members(symbol: Symbol) -> tuple[t.Path, ...]:
    body = symbol.node.body
    settings = (c for c in body if isinstance(c, t.Setting) and c.key == "includes")
    return tuple(v for c in settings for v in c.values if isinstance(v, t.Path))


def _named(path: t.Path, module: Module, world: World, group: Symbol | None) -> Member | None:
    """What a path names, in an exception or in a group; `None` where it names nothing that could be excepted."""
    if (found := find_norm(world.names, module, path)) is not None:
        symbol, rest = found
        inner = _inner(symbol, rest)
        if inner is None:
            _tell(path, group, world, hint(rest[-1], _inner_names(symbol)))
        elif symbol.kind == "exception" or symbol.id in world.norms:
            return Target(".".join((symbol.id, *inner)), symbol, inner, path.span)
    elif (opened := find_group(world.names, module, path)) is not None:
        return opened
    elif ".".join(path.parts) in world.names.by_spelling:
        world.faults.add("LR267", path.span, name=".".join(path.parts))
    else:
        _tell(path, group, world, _near(".".join(path.parts), world))
    return None


def _tell(path: t.Path, group: Symbol | None, world: World, told: dict[str, str]) -> None:
    """Say that there is no such norm: to an exception, or to the group that includes it."""
    name = ".".join(path.parts)
    if group is None:
        world.faults.add("LR229", path.span, name=name, **told)
    else:
        world.faults.add("LR265", path.span, name=name, group=group.names.id, **told)


def _near(name: str, world: World) -> dict[str, str]:
    """The nearest norm, exception or group, by its full id or by its last name."""
    modules = world.names.modules.values()
    known = {s.id for module in modules for s in module.norms.values()}
    known |= {s.id for module in modules for s in module.declared() if s.kind == "group"}
    short = {i.rsplit(".", 1)[-1]: i for i in sorted(known)}
    near = nearest(name, [*known, *short])
    near = short.get(near, near)
    if near:
        return {"hint_zh": f"是否指“{near}”？", "hint_en": f"did you mean `{near}`?"}
    return hint(name, known)


def excepts(body: tuple[t.Clause, ...]) -> list[t.Except]:
    """The `except` blocks of a block."""
    return [c for c in body if isinstance(c, t.Except)]


def _inner(symbol: Symbol, rest: tuple[str, ...]) -> tuple[str, ...] | None:
    """The canonical names of an `except` inside an `except`; `None` where one is not there."""
    body = symbol.node.body
    ids: list[str] = []
    for word in rest:
        inner = next((x for x in excepts(body) if word in (x.names.en, x.names.zh)), None)
        if inner is None:
            return None
        ids.append(inner.names.id)
        body = inner.body
    return tuple(ids)


def _inner_names(symbol: Symbol) -> list[str]:
    return [w for x in excepts(symbol.node.body) for w in (x.names.en, x.names.zh)]
