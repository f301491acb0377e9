"""Examples of spelling and syntax (LR1xx)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_LONG = " or ".join(f"proposal.investment_wan = {n} wan_yuan" for n in range(130))

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR100": Example(
            "requires\nprohibits project",
            "requires area of proposal <= 1 ha\nprohibits project",
        ),
        "LR101": Example("reqires area of proposal <= 1 ha", "requires area of proposal <= 1 ha"),
        "LR102": Example('title zh "占用耕地 en\nprohibits project', 'title zh "占用耕地"\nprohibits project'),
        "LR103": Example(
            "rule sample {\n    informs\n\nrule other_sample { informs }",
            "rule sample {\n    informs\n}\n\nrule other_sample { informs }",
            "items",
        ),
        "LR104": Example("rule sample { informs } }", "rule sample { informs }", "items"),
        "LR105": Example(
            "ruleset example.case { level national  version 2026.10 }",
            'ruleset example.case { level national  version "2026.10" }',
            "file",
            "版本是名字，不是数：2026.10 与 2026.1 是两个版本，作为数却相等。",
            "A version is a name and no number: 2026.10 and 2026.1 are two versions, as numbers they would be one.",
        ),
        "LR106": Example(
            "list farms code of survey { includes 0101 }",
            "list farms code of survey { includes survey:0101 }",
            "items",
            "不同代码体系里的同一串数字含义不同，代码必须写明属于哪个体系。",
            "The same digits mean different land in different schemes, so a code carries the name of its scheme.",
        ),
        "LR107": Example("requires proposal.is_construction == true", "requires proposal.is_construction = true"),
        "LR108": Example("title zh “占用耕地”\ninforms", 'title zh "占用耕地"\ninforms'),
        "LR109": Example("requires area of proposal <= 1 hectare", "requires area of proposal <= 1 ha"),
        "LR110": Example(
            'test zh "地块" { on 2026-01-01  parcel P1 square 100 at (0, 0)  expect decision refer }',
            'test zh "地块" { on 2026-01-01  parcel P1 square 100 m at (0, 0)  expect decision refer }',
            "items",
        ),
        "LR111": Example(
            "规则 样例 {\n    依据 示例土地法第一条 核对 2026-11-22\n    施行 自 2020-01-01\n    告知\n}",
            "规则 样例 {\n    依据 示例土地法 第一条 核对 2026-11-22\n    施行 自 2020-01-01\n    告知\n}",
            "items",
        ),
        "LR112": Example("requires area of proposal <= 1 ha @", "requires area of proposal <= 1 ha"),
        "LR113": Example(
            "rule sample { cites land_law article 1  informs }",
            "rule sample { cites land_law article 1 verified 2026-11-22  informs }",
            "items",
            "条文是否核对过决定它能不能作出禁止结论，所以每一处依据都必须写明。",
            "Whether an article was checked decides whether it may deny, so every citation has to say.",
        ),
        "LR114": Example(
            "requires 1 ha < area of proposal < 3 ha",
            "requires 1 ha < area of proposal and area of proposal < 3 ha",
        ),
        "LR115": Example("define large = ", "define large = area of proposal > 1 ha", "items"),
        "LR116": Example(
            'test zh "地块" { on 2026-01-01  parcel P1 square 1,000 m at (0, 0)  expect decision refer }',
            'test zh "地块" { on 2026-01-01  parcel P1 square 1000 m at (0, 0)  expect decision refer }',
            "items",
        ),
        "LR117": Example(
            "requires (area of proposal > 1 ha or proposal.is_construction\nprohibits project",
            "requires (area of proposal > 1 ha or proposal.is_construction)\nprohibits project",
        ),
        "LR119": Example(
            f"define any_of_them = {_LONG}",
            "define some_of_them = proposal.investment_wan > 1 wan_yuan and proposal.investment_wan < 130 wan_yuan",
            "items",
        ),
        "LR120": Example(
            "rule sample { effective from 2026-02-30  informs }",
            "rule sample { effective from 2026-02-28  informs }",
            "items",
        ),
        "LR121": Example('title zh "a\\q"\ninforms', 'title zh "a\\\\q"\ninforms'),
        "LR122": Example('title zh ""\ninforms', 'title zh "占用耕地"\ninforms'),
        "LR123": Example(
            'define 面积较大 中文 "大面积" = area of proposal > 1 ha',
            'define 面积较大 英文 "large" = area of proposal > 1 ha',
            "items",
        ),
        "LR124": Example(
            "define large zh big = area of proposal > 1 ha",
            "define large zh 面积较大 = area of proposal > 1 ha",
            "items",
        ),
        "LR125": Example(
            'define 面积较大 英文 "large area" = area of proposal > 1 ha',
            'define 面积较大 英文 "large_area" = area of proposal > 1 ha',
            "items",
        ),
        "LR126": Example(
            'test zh "地块" { on 2026-01-01  parcel P1 square 9 m at (0, 0) { ownership = "state", ownership = "state" }  '
            "expect decision refer }",
            'test zh "地块" { on 2026-01-01  parcel P1 square 9 m at (0, 0) { ownership = "state" }  '
            "expect decision refer }",
            "items",
        ),
        "LR127": Example(
            "rule sample { cites land_law paragraph 2 verified 2026-11-22  informs }",
            "rule sample { cites land_law article 1 paragraph 2 verified 2026-11-22  informs }",
            "items",
        ),
        "LR128": Example(
            "rule sample { cites land_law article 2.5 verified 2026-11-22  informs }",
            "rule sample { cites land_law article 2 verified 2026-11-22  informs }",
            "items",
        ),
        "LR129": Example(
            "rule sample { effective from 2026-01-01 to 2025-01-01  informs }",
            "rule sample { effective from 2025-01-01 to 2026-01-01  informs }",
            "items",
        ),
        "LR130": Example(
            'test zh "地块" { on 2026-01-01  parcel P1 square 1 ha at (0, 0)  expect decision refer }',
            'test zh "地块" { on 2026-01-01  parcel P1 square 100 m at (0, 0)  expect decision refer }',
            "items",
        ),
        "LR131": Example(
            'informs\nmessage zh "面积 {area of proposal"', 'informs\nmessage zh "面积 {area of proposal in ha}"'
        ),
        "LR132": Example("requires area of рroposal <= 1 ha", "requires area of proposal <= 1 ha"),
        "LR133": Example("requires area of proposal <= １ ha", "requires area of proposal <= 1 ha"),
        "LR134": Example("given שטח = area of proposal\ninforms", "given plot_area = area of proposal\ninforms"),
        "LR135": Example('title zh "占用\u202e耕地"\ninforms', 'title zh "占用耕地"\ninforms'),
        "LR136": Example(f"given {'long_' * 50} = 1\ninforms", "given long = 1\ninforms"),
        "LR137": Example(
            "200 处以上的错误 / more than 200 mistakes",
            "改正后再检查 / correct them and check again",
            "words",
        ),
        "LR138": Example(f"requires area of proposal <= 1{'0' * 40} ha", "requires area of proposal <= 10 ha"),
        "LR139": Example(
            f"requires proposal.{'.'.join(['plan'] * 40)} is given", "requires proposal.plan.village_plan is given"
        ),
        "LR140": Example(
            "写在规则文件里的六万行对照表 / sixty thousand rows written in a file of rules",
            '数据 "文件.csv" / source "file.csv"',
            "words",
        ),
    }
)
