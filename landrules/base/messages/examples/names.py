"""Examples of names (LR2xx)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_RING = 'ruleset example.ring { level national  version "1" }\nimport example.case\n'
_FARM = 'ruleset example.farm { level national  version "1" }\ndefine large = area of proposal > 1 ha\n'
_WOOD = 'ruleset example.wood { level national  version "1" }\ndefine large = area of proposal > 2 ha\n'

_MANIFEST = """name = "example"
version = "1"
title_zh = "示例"
title_en = "Examples"
level = "national"
licence = "Apache-2.0"
maintainer = "…"
[requires]
cn = ">=2026.1"
"""

_STEPS = [f"define step{n} = step{n - 1} + step{n - 1}" for n in range(1, 16)]
_DOUBLING = "define step0 = area of proposal\nSTEPS"

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR201": Example(
            "rule sample { informs }",
            'ruleset example.case { level national  version "1" }\nrule sample { informs }',
            "file",
        ),
        "LR202": Example('ruleset example.second { level national  version "1" }', "rule sample { informs }", "items"),
        "LR203": Example(
            'ruleset example.base { level national  version "1" }',
            'ruleset example.case { level national  version "1" }',
            "file",
        ),
        "LR204": Example(
            "define large = area of proposal > 1 ha\ndefine large = area of proposal > 2 ha",
            "define large = area of proposal > 1 ha\ndefine very_large = area of proposal > 2 ha",
            "items",
        ),
        "LR205": Example(
            'ruleset example.case { level national  version "1" }\nimport example.bass',
            'ruleset example.case { level national  version "1" }\nimport example.base',
            "file",
        ),
        "LR206": Example(
            "import example.ring", "define large = area of proposal > 1 ha", "items", beside=(("ring.rules", _RING),)
        ),
        "LR207": Example(
            "layer farmland { field net_area area }", "layer orchards { field orchard_area area }", "items"
        ),
        "LR208": Example(
            "import example.farm\nimport example.wood\nrule sample { when large  informs }",
            "import example.farm\nrule sample { when large  informs }",
            "items",
            beside=(("farm.rules", _FARM), ("wood.rules", _WOOD)),
        ),
        "LR209": Example(
            "layer wells { field label zh 标题 text }",
            "layer wells { field label zh 标签 text }",
            "items",
            "规则可以在中英文之间来回转换，靠的是一词对一词；“标题”已经是 title 的中文名。",
            "Rules can be turned from one language into the other and back because one word stands for one word.",
        ),
        "LR210": Example("requires area of farmlnd <= 1 ha", "requires area of farmland <= 1 ha"),
        "LR211": Example(
            "requires proposal.investment_wn <= 1 wan_yuan", "requires proposal.investment_wan <= 1 wan_yuan"
        ),
        "LR212": Example("requires land_law > 1 ha", "requires central_limit > 1 ha"),
        "LR213": Example("requires strip_width > 10 m", "requires strip_width(road_class:county) > 10 m"),
        "LR214": Example(
            "requires proposal.project_kind in project_kind:rod", "requires proposal.project_kind in project_kind:road"
        ),
        "LR215": Example(
            "requires proposal.project_kind in kinds:road", "requires proposal.project_kind in project_kind:road"
        ),
        "LR216": Example(
            "rule sample {\n    cites land_law article 1 verified 2026-11-22\n    effective from 2020-01-01\n"
            "    requires area of occupied < 1 ha\n}",
            "rule sample on farmland {\n    cites land_law article 1 verified 2026-11-22\n"
            "    effective from 2020-01-01\n    requires area of occupied < 1 ha\n}",
            "items",
        ),
        "LR217": Example("requires debit < 1 ha", "requires sum of patches.net_area < 1 ha"),
        "LR218": Example(
            "requires strip_wdth(road_class:county) > 3 m", "requires strip_width(road_class:county) > 3 m"
        ),
        "LR219": Example("requires central_limit(1) > 0 m2", "requires central_limit > 0 m2"),
        "LR220": Example(
            "rule sample { cites land_lw article 1 verified 2026-11-22  informs }",
            "rule sample { cites land_law article 1 verified 2026-11-22  informs }",
            "items",
        ),
        "LR221": Example(
            "layer wells { field water zh 水 grade of grade16 }",
            "layer wells { field water zh 水 grade of grade15 }",
            "items",
        ),
        "LR222": Example(
            "rule sample on proposal.supplements { informs }", "rule sample on farmland { informs }", "items"
        ),
        "LR223": Example(
            "define one = two + 1 ha\ndefine two = one + 1 ha",
            "define one = area of proposal + 1 ha\ndefine two = one + 1 ha",
            "items",
        ),
        "LR224": Example(
            "given taken = area of farmland\ngiven taken = area of patches\nrequires taken < 1 ha",
            "given taken = area of farmland\ngiven touched = area of patches\nrequires taken + touched < 1 ha",
        ),
        "LR225": Example(
            'scheme wells { code a zh "甲" en "A"  code a zh "乙" en "B" }',
            'scheme wells { code a zh "甲" en "A"  code b zh "乙" en "B" }',
            "items",
        ),
        "LR226": Example(
            'scheme wells { code a zh "甲" en "A" under b  code b zh "乙" en "B" under a }',
            'scheme wells { code a zh "甲" en "A"  code b zh "乙" en "B" under a }',
            "items",
        ),
        "LR227": Example(
            "subject to approval conversoin by province\nrequires proposal.is_construction",
            "subject to approval conversion by province\nrequires proposal.is_construction",
        ),
        "LR228": Example(
            "subject to opinion forest_us by province\nrequires proposal.is_construction",
            "subject to opinion forest_use by province\nrequires proposal.is_construction",
        ),
        "LR229": Example(
            "exception small to sampel { when area of proposal < 1 ha  cites land_law article 1 verified 2026-11-22 }\n"
            "red line sample on farmland {\n    cites land_law article 1 verified 2026-11-22\n"
            "    effective from 2020-01-01\n    prohibits occupation\n}",
            "exception small to sample { when area of proposal < 1 ha  cites land_law article 1 verified 2026-11-22 }\n"
            "red line sample on farmland {\n    cites land_law article 1 verified 2026-11-22\n"
            "    effective from 2020-01-01\n    prohibits occupation\n}",
            "items",
        ),
        "LR230": Example(
            'scheme wells { source "../wells.csv" }',
            'scheme wells { source "wells.csv" }',
            "items",
            "规则集不得读取自己文件夹以外的文件。",
            "A ruleset never reads a file outside its folder.",
            (("wells.csv", "code,parent,name_zh,name_en\na,,甲,A\n"),),
        ),
        "LR231": Example(
            'scheme wells { source "short.csv" }',
            'scheme wells { source "wells.csv" }',
            "items",
            beside=(
                ("short.csv", "code,name_zh\na,甲\n"),
                ("wells.csv", "code,parent,name_zh,name_en\na,,甲,A\n"),
            ),
        ),
        "LR232": Example("landrules rules --rules cn.pfb", "landrules rules --rules cn.pbf", "words"),
        "LR233": Example(
            "survey.rules 以 GBK 编码保存 / survey.rules saved in GBK",
            "survey.rules 另存为 UTF-8 / survey.rules saved as UTF-8",
            "words",
        ),
        "LR234": Example(
            "200 处以上的错误 / more than 200 mistakes",
            "改正后再检查 / correct them and check again",
            "words",
        ),
        "LR235": Example(_DOUBLING.replace("STEPS", "\n".join(_STEPS)), _DOUBLING.replace("STEPS", _STEPS[0]), "items"),
        "LR240": Example(_MANIFEST.replace('"example"', "example"), _MANIFEST, "manifest"),
        "LR241": Example(_MANIFEST + "[build]\n", _MANIFEST, "manifest"),
        "LR242": Example(_MANIFEST.replace('licence = "Apache-2.0"\n', ""), _MANIFEST, "manifest"),
        "LR243": Example(_MANIFEST.replace('"national"', '"federal"'), _MANIFEST, "manifest"),
        "LR244": Example(_MANIFEST.replace('"example"', '"example.base"'), _MANIFEST, "manifest"),
        "LR245": Example(_MANIFEST.replace('version = "1"', 'version = "2"'), _MANIFEST, "manifest"),
        "LR246": Example(_MANIFEST.replace('[requires]\ncn = ">=2026.1"\n', ""), _MANIFEST, "manifest"),
        "LR247": Example(_MANIFEST.replace(">=2026.1", ">=2099.1"), _MANIFEST, "manifest"),
    }
)
