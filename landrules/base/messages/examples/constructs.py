"""Examples of strips, quotas, indicators and derived layers (LR470 on)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_HEAD = "cites land_law article 1 verified 2026-11-22  effective from 2020-01-01"
_STRIP = f"red line sample within 30 m%s of roads {{ {_HEAD}%s  prohibits occupation }}"
_QUOTA = f"quota sample {{ {_HEAD}\n    used 10 ha\n    requested %s\n    at most 30 ha\n}}"
_LEFT = "layer farmland_left { left %s since %s%s }"

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR470": Example(
            _STRIP % (" beyond 30 m", ""),
            _STRIP % (" beyond 10 m", ""),
            "items",
            "第二道带从第一道的外缘算起，外缘之外必须还有土地。",
            "A second strip begins at the edge of the first: some ground must lie beyond that edge.",
        ),
        "LR471": Example(
            f"red line sample on farmland {{ {_HEAD}  prefers zones  prohibits occupation }}",
            _STRIP % ("", "  prefers zones"),
            "items",
            "公布的面代替的是按距离算出的范围，没有距离就没有可代替的。",
            "An announced polygon stands for a strip computed by distance; without a distance there is none.",
        ),
        "LR472": Example(
            _QUOTA % "proposal.quota.source",
            _QUOTA % "proposal.quota.requested_ha",
            "items",
            "指标按数量累计，文字不能相加。",
            "A quota adds quantities up, and texts have no sum.",
        ),
        "LR473": Example(
            _LEFT % ("farmland", "2023-01-01", "") + "\nlayer gone_twice { left farmland_left since 2023-01-01 }",
            _LEFT % ("farmland", "2023-01-01", ""),
            "items",
            "调出是比较同一图层的前后两版；调出的土地本身没有版本。",
            "What left is told by two editions of one layer; ground that left has no editions of its own.",
        ),
        "LR474": Example(
            _LEFT % ("farmland", "proposal.application_date", ""),
            _LEFT % ("farmland", "plus_months(law_date, -36)", ""),
            "items",
            "图层在看项目之前就已读好，起始日不能由项目决定。",
            "Layers are chosen before the proposal is looked at, so the proposal cannot tell the day.",
        ),
        "LR475": Example(
            _LEFT % ("farmland", "2023-01-01", "  field remark text"),
            _LEFT % ("farmland", "2023-01-01", ""),
            "items",
            "调出的图斑就是原来的图斑，带着原来的字段。",
            "A patch that left is a patch of the older edition, with the fields it had.",
        ),
    }
)
