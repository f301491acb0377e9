"""The constructs of the field: how each is lowered to the one norm that the engine knows.

To add one, write `constructs/<name>.py` with `lower`, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from landrules.base.frozen import frozen
from landrules.rules import model as m
from landrules.rules.constructs import balance, indicator, quota, red_line, rule, use_control
from landrules.rules.symbols import Symbol
from landrules.rules.world import World


@frozen
class Construct:
    """A word of the field: the kind of its declarations, its names, how it becomes a norm (`None` after a mistake)."""

    kind: str
    zh: str
    en: str
    lower: Callable[[Symbol, World], m.Norm | None]


CONSTRUCTS: tuple[Construct, ...] = (
    Construct("use_control", "用途管制", "use control", use_control.lower),
    Construct("red_line", "红线", "red line", red_line.lower),
    Construct("balance", "平衡", "balance", balance.lower),
    Construct("quota", "计划指标", "quota", quota.lower),
    Construct("indicator", "控制指标", "indicator", indicator.lower),
    Construct("rule", "规则", "rule", rule.lower),
)
BY_KIND = {c.kind: c for c in CONSTRUCTS}

__all__ = ["BY_KIND", "CONSTRUCTS", "Construct"]
