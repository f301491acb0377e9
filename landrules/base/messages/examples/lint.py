"""Examples about the health of rule files (LR9xx), told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR901": _told(
            "layer wells zh 水井 { field depth zh 井深 length }",
            "layer wells zh 水井 { field depth zh 井深 length }\nrule near_wells within 10 m of wells { informs }",
        ),
        "LR902": _told(
            "parameter limit zh 上限 area { value 1 ha … }",
            "parameter limit zh 上限 area { value 1 ha … }\nrule small { requires area of proposal <= limit … }",
        ),
        "LR903": _told("import cn.pbf", "# 删去这一行 / the line removed"),
        "LR904": _told("cites land_law article 1 verified 2020-01-01", "cites land_law article 1 verified 2026-11-22"),
        "LR905": _told("rule small { informs }", "rule small zh 小项目 { informs }"),
        "LR906": _told(
            "rule small { requires area of proposal <= 1 ha … }",
            'test zh "一公顷" en "One hectare" { … expect small permit }',
        ),
        "LR907": _told(
            "rule small zh 小项目 { informs }",
            'rule small zh 小项目 { title zh "小项目" en "Small projects"  informs }',
        ),
        "LR908": _told('title zh "小项目"', 'title zh "小项目" en "Small projects"'),
        "LR909": _told(
            "effective to 2023-12-31 { value 1 ha }  effective from 2025-01-01 { value 2 ha }",
            "effective to 2024-12-31 { value 1 ha }  effective from 2025-01-01 { value 2 ha }",
        ),
        "LR910": _told('title en "Рlan"   # Cyrillic Р', 'title en "Plan"'),
        "LR911": _told(
            "prohibits occupation  cites land_law article 1 unverified",
            "prohibits occupation  cites land_law article 1 verified 2026-11-22",
        ),
        "LR912": _told(
            "when proposal.is_construction and proposal.is_construction",
            "when proposal.is_construction and not proposal.is_temporary",
        ),
        "LR913": _told("rule SmallProjects { informs }", "rule small_projects { informs }"),
        "LR914": _told("county.rules: 1200 lines", "zones.rules + balance.rules + fees.rules"),
        "LR915": _told(
            "ruleset cn.sample … cites land_law article 1 example",
            "ruleset cn.sample … cites land_law article 1 verified 2026-11-22",
        ),
        "LR916": _told(
            "red line lines on pbf { prohibits occupation … }",
            'red line lines on pbf { prohibits occupation  message zh "占用 {area of occupied in ha}" … }',
        ),
        "LR917": _told(
            "effective from 2026-01-01  cites old_law   # old_law to 2020-12-31",
            "effective from 2026-01-01  cites new_law",
        ),
        "LR918": _told("given limit = area of proposal   # parameter limit", "given taken = area of proposal"),
        "LR919": _told("# lint: allow missing_alias", "# lint: allow missing_alias 专有名词，不译 / a proper name"),
        "LR920": _told("# lint: allow mising_alias 专有名词", "# lint: allow missing_alias 专有名词"),
        "LR921": _told(
            "# lint: allow missing_alias …\nrule small zh 小项目 { informs }", "rule small zh 小项目 { informs }"
        ),
        "LR931": _told("landrules lint --only mising_alias", "landrules lint --only missing_alias"),
        "LR932": _told("months = ", "[rules.stale_verification]\nmonths = 24"),
        "LR933": _told("[rules.stale_verification]\nmonth = 24", "[rules.stale_verification]\nmonths = 24"),
        "LR934": _told('[rules.stale_verification]\nmonths = "two"', "[rules.stale_verification]\nmonths = 24"),
        "LR935": _told("landrules lint rules", "landrules lint rules --as-of 2026-11-22"),
        "LR936": _told('landrules new rule "Small Project"', "landrules new rule small_project"),
        "LR937": _told("landrules new rule small   # 已有 / there already", "landrules new rule very_small"),
        "LR938": _told("landrules new rule small --on wels", "landrules new rule small --on wells"),
    }
)
