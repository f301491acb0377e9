"""The measured values of a finding: ground, distances, what was compared, what is shown with its working."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from landrules.base.quantity import BASE_UNIT, Dimension, round_half_up
from landrules.engine.answer import Measured, Text
from landrules.engine.describe import expr_title, fact_title
from landrules.engine.evidence import Evidence, Overlaid
from landrules.engine.kept import Kept
from landrules.engine.verdict import Comparison, Judgement, Result, Shown
from landrules.rules import expr as e
from landrules.rules.model import Outcome
from landrules.rules.walk import walk

CENT = Fraction(1, 100)


def measures(
    result: Result, telling: Sequence[Judgement], evidence: Evidence, rows: tuple[int, ...]
) -> tuple[Measured, ...]:
    """Everything that was measured where a finding is told: on the judgements `telling`, whose pieces are `rows`."""
    out = []
    if result.met is not None and not result.norm.authorises:
        out.append(_occupied(result, result.met, rows, evidence))
    if result.stripped is not None:
        out += _distances(result, evidence)
    shown = dict.fromkeys(x for j in telling for x in j.shown.values)
    out += [_shown(x, evidence) for x in shown]
    seen: set[tuple[str, Fraction, Fraction]] = set()
    for judged in telling:
        for comparison in judged.shown.comparisons:
            measured = compared(comparison, evidence)
            key = (measured.name, comparison.value, comparison.limit)
            if key not in seen:
                seen.add(key)
                out.append(measured)
    return tuple(out)


def _method(evidence: Evidence) -> str:
    return "planar" if evidence.proposal.plane.is_engineering else "ellipsoidal"


def _occupied(result: Result, met: Overlaid, rows: tuple[int, ...], evidence: Evidence) -> Measured:
    value = met.area(rows) if result.touched or rows else Fraction(0)
    limit = result.tolerance
    forbids = result.outcome in (Outcome.DENY, Outcome.REFER) or limit > 0
    if not value and not forbids:
        return _nothing(met.layer.name, _method(evidence))
    return Measured(
        name=f"area of {met.layer.name}",
        title=Text(zh="占用面积", en="occupied area"),
        value=round_half_up(value),
        unit="m2",
        limit=round_half_up(limit) if forbids else None,
        margin=round_half_up(limit - value) if forbids else None,
        tolerance=round_half_up(limit) if forbids else None,
        dropped_by_tolerance=round_half_up(value) if forbids and 0 < value <= limit else None,
        near_limit=value > 0 and any(abs(value - edge) <= CENT for edge in (limit, CENT)),  # noise ends at 0.01 m²
        method=_method(evidence),
    )


@lru_cache(maxsize=4096)
def _nothing(layer: str, method: str) -> Measured:
    """What is said of a layer of which nothing is met."""
    title = Text(zh="占用面积", en="occupied area")
    return Measured(name=f"area of {layer}", title=title, value=round_half_up(0), unit="m2", method=method)


def _distances(result: Result, evidence: Evidence) -> list[Measured]:
    stripped = result.stripped
    if stripped is None:
        return []
    out, layer = [], stripped.overlaid.layer
    words = fact_title(layer.name, evidence.rules)
    for position, near in stripped.strips.nearest_of_each().items():
        polygon, feature = stripped.overlaid.parcels[position], layer.ids[near.feature]
        width, margin = (near.width, near.margin) if stripped.is_plain else (None, None)
        out.append(
            Measured(
                name=f"distance from {polygon.id} to {feature}",
                title=Text(
                    zh=f"{polygon.id} 至{words.zh} {feature} 边缘的距离",
                    en=f"distance from {polygon.id} to the edge of {words.en} {feature}",
                ),
                value=round_half_up(near.distance),
                unit="m",
                limit=round_half_up(width) if width is not None else None,
                margin=round_half_up(margin) if margin is not None else None,
                near_limit=margin is not None and abs(margin) <= CENT,
                method="planar",
            )
        )
    return out


def _shown(x: Shown, evidence: Evidence) -> Measured:
    """A number that is printed with its value alone."""
    dimension = x.expr.type if isinstance(x.expr.type, Dimension) else Dimension.NUMBER
    unit = BASE_UNIT.get(dimension)
    title = expr_title(x.expr, evidence.rules)
    geometric = dimension is Dimension.AREA and _is_geometric(x.expr)
    return Measured(
        name=title.en,
        title=title,
        value=round_half_up(x.value),
        unit=unit.symbol if unit else "",
        method=_method(evidence) if geometric else "",
    )


def compared(c: Comparison, evidence: Evidence) -> Measured:
    """What was compared with its limit, and how far it lies from it."""
    dimension = c.left.type if isinstance(c.left.type, Dimension) else Dimension.NUMBER
    unit = BASE_UNIT.get(dimension)
    ceiling = c.op.startswith("<") or (c.op.startswith(">") and not c.holds and _is_threshold(c))
    margin = c.limit - c.value if ceiling else c.value - c.limit
    title = expr_title(c.left, evidence.rules)
    measured = dimension is Dimension.AREA and (_is_geometric(c.left) or _is_geometric(c.right))
    return Measured(
        name=title.en,
        title=title,
        value=round_half_up(c.value),
        unit=unit.symbol if unit else "",
        limit=round_half_up(c.limit),
        margin=round_half_up(margin),
        near_limit=measured and c.value > 0 and abs(c.limit - c.value) <= CENT,
        method=_method(evidence) if measured else "",
    )


def _find_geometric(expr: e.Expr) -> bool:
    for node in walk(expr):
        if isinstance(node, e.ProposalArea | e.ParcelArea):
            return True
        if isinstance(node, e.BoundFact) and node.path == ("area",):
            return True
        if isinstance(node, e.Aggregate) and isinstance(node.items.source, e.LayerItems | e.OccupiedItems):
            return True
    return False


_is_geometric: Kept[e.Expr, bool] = Kept(_find_geometric)
"""Whether a number hangs on what was measured on the ground, not only on what the application states."""


def _is_threshold(c: Comparison) -> bool:
    """A strict `>` that does not hold is a threshold that was not passed."""
    return c.op == ">"
