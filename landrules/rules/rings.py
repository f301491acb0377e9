"""Things that stand on each other: in which order to read them, and which form a ring."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

Ring = tuple[str, ...]


def ordered(edges: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], tuple[Ring, ...]]:
    """Names in an order in which each comes after all it points to, and the rings that leave some without a place.

    A ring begins and ends with its first name in the alphabet. What only leads into a ring is in neither. Edges to names
    that are none are passed over. No recursion: thousands of names may stand on each other.

    >>> ordered({"a": ["b"], "b": [], "c": ["d"], "d": ["c"], "e": ["c"]})
    (('b', 'a'), (('c', 'd', 'c'),))
    """
    waiting = {name: {x for x in points if x in edges} for name, points in edges.items()}
    behind: dict[str, list[str]] = {name: [] for name in edges}
    for name in sorted(waiting):
        for x in sorted(waiting[name]):
            behind[x].append(name)
    ready = deque(name for name in sorted(waiting) if not waiting[name])
    found: list[str] = []
    while ready:
        name = ready.popleft()
        found.append(name)
        for other in behind[name]:
            waiting[other].discard(name)
            if not waiting[other]:
                ready.append(other)
    left = {name: sorted(points) for name, points in waiting.items() if points}
    return tuple(found), _rings(left)


def _rings(left: Mapping[str, Sequence[str]]) -> tuple[Ring, ...]:
    """One ring for each knot: from every name the first road is followed until it comes back to itself."""
    told: dict[str, None] = {}
    rings: list[Ring] = []
    for start in sorted(left):
        road: dict[str, None] = {}
        step = start
        while step not in road and step not in told:
            road[step] = None
            step = left[step][0]
        if step in road:
            names = list(road)
            ring = names[names.index(step) :]
            first = ring.index(min(ring))
            rings.append((*ring[first:], *ring[:first], ring[first]))
        told |= road
    return tuple(rings)
