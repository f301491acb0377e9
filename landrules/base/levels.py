"""Levels of rulesets, from the nation down to the township, and the levels of authorities that stand behind them.

Rules name an authority (`by province`, `may be relaxed by province`, `filled by province`); a ruleset has a level
(`level provincial`). The two ladders correspond rung by rung; a village or an expert writes no ruleset.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

PlanLevel = Literal["national", "provincial", "municipal", "county", "township"]
PLAN_LEVELS: tuple[PlanLevel, ...] = ("national", "provincial", "municipal", "county", "township")
"""From the highest to the lowest."""

LEVEL_ZH: Mapping[PlanLevel, str] = MappingProxyType(
    {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡镇级"}
)
_OF_AUTHORITY: Mapping[str, PlanLevel] = MappingProxyType(
    {
        "central": "national",
        "province": "provincial",
        "city": "municipal",
        "county": "county",
        "township": "township",
    }
)


def plan_level(authority: str) -> PlanLevel | None:
    """The level of the rulesets that an authority writes; `None` for one that writes none.

    >>> plan_level("province"), plan_level("village")
    ('provincial', None)
    """
    return _OF_AUTHORITY.get(authority)


def is_below(one: PlanLevel, other: PlanLevel) -> bool:
    """Whether a level is lower than another.

    >>> is_below("county", "national"), is_below("county", "county")
    (True, False)
    """
    return PLAN_LEVELS.index(one) > PLAN_LEVELS.index(other)


def level_words(prefix: str, level: PlanLevel) -> dict[str, str]:
    """A level in words, as the values `<prefix>_zh` and `<prefix>_en` of a message."""
    return {f"{prefix}_zh": LEVEL_ZH[level], f"{prefix}_en": level}
