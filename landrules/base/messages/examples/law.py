"""Examples of law (LR4xx): citations, dates, exceptions, levels, zones, tests of rulesets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example

_CITED = "cites land_law article 1 verified 2026-11-22"
_DATED = "effective from 2020-01-01"
_LINE = f"red line sample on farmland {{\n    {_CITED}\n    {_DATED}\n    prohibits occupation\n%s}}"
_NATION = (
    'ruleset example.nation { level national  version "1" }\nimport example.base\n'
    f"red line lines on farmland {{ {_CITED}  {_DATED}  prohibits occupation }}\n"
)
_COUNTY = (
    'ruleset example.county { level county  version "1" }\nimport example.base\nimport example.nation\n\n'
    f"exception small to example.nation.lines {{ when area of proposal < 1 ha  {_CITED} }}"
)
_STRICTER = (
    'ruleset example.county { level county  version "1" }\nimport example.base\nimport example.nation\n\n'
    f"red line stricter on farmland {{ {_CITED}  {_DATED}  prohibits buildings }}"
)
_RING = (
    f"exception one to two {{ when area of proposal < 1 ha  {_CITED} }}\n"
    f"exception two to one {{ when area of proposal < 2 ha  {_CITED} }}"
)
_NO_RING = _LINE % "" + f"\nexception one to sample {{ when area of proposal < 1 ha  {_CITED} }}"
_REST = "zone other { prohibits other  permits lulc2023:12 }\nuncovered refer"
_TEST = (
    "rule large { cites land_law article 1 verified 2026-11-22  effective from 2020-01-01  "
    "requires area of proposal <= 1 ha }\n\n"
    'test zh "一公顷" en "One hectare" {\n%s}'
)
_SITE = "    parcel P1 square 100 m at (0, 0)\n"

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR401": Example(
            f"red line sample on farmland {{ {_DATED}  prohibits occupation }}",
            f"red line sample on farmland {{ {_CITED}  {_DATED}  prohibits occupation }}",
            "items",
            "禁止必须有法律依据，审查意见上写得出哪一条。",
            "A prohibition rests on law, and an opinion must be able to say on which article.",
        ),
        "LR402": Example(
            f"red line sample on farmland {{ {_CITED}  prohibits occupation }}",
            f"red line sample on farmland {{ {_CITED}  {_DATED}  prohibits occupation }}",
            "items",
            "没有施行日期，就不知道规则管不管这一天的申请。",
            "Without a date nobody can tell whether the rule speaks of an application of some day.",
        ),
        "LR403": Example(
            f'ruleset cn.sample {{ level national  version "1" }}\nimport example.base\n'
            f"rule told {{ cites land_law article 1 example  {_DATED}  informs }}",
            f'ruleset cn.sample {{ level national  version "1" }}\nimport example.base\n'
            f"rule told {{ {_CITED}  {_DATED}  informs }}",
            "file",
        ),
        "LR405": Example(
            "parameter limit area {\n"
            f"    effective to 2024-12-31 {{ value 1 ha  {_CITED} }}\n"
            f"    effective from 2024-12-31 {{ value 2 ha  {_CITED} }}\n}}",
            "parameter limit area {\n"
            f"    effective to 2024-12-31 {{ value 1 ha  {_CITED} }}\n"
            f"    effective from 2025-01-01 {{ value 2 ha  {_CITED} }}\n}}",
            "items",
        ),
        "LR406": Example(
            "parameter limit area {\n"
            f"    effective to 2023-12-31 {{ value 1 ha  {_CITED} }}\n"
            f"    effective from 2025-01-01 {{ value 2 ha  {_CITED} }}\n}}",
            "parameter limit area {\n"
            f"    effective to 2024-12-31 {{ value 1 ha  {_CITED} }}\n"
            f"    effective from 2025-01-01 {{ value 2 ha  {_CITED} }}\n}}",
            "items",
        ),
        "LR407": Example(
            'ruleset example.case { level national  version "1"  default deny }',
            'ruleset example.case { level national  version "1"  default refer }',
            "file",
        ),
        "LR408": Example(
            _COUNTY,
            _STRICTER,
            "file",
            "下级只能从严；要放宽，上级规则必须明文授权。",
            "A lower level may only tighten; to relax, the higher rule must hand that down in words.",
            (("nation.rules", _NATION),),
        ),
        "LR409": Example(_RING, _NO_RING, "items"),
        "LR410": Example(
            "zone plan_zone:farm { permits other }\ninforms",
            "informs",
        ),
        "LR411": Example(
            f"balance sample per proposal {{ {_CITED}  {_DATED}\n    debit sum of patches.net_area\n"
            "    confirmation balance_confirmation\n    requires debit <= 1 ha }",
            f"balance sample per proposal {{ {_CITED}  {_DATED}\n    debit sum of patches.net_area\n"
            "    credit proposal.supplements\n    confirmation balance_confirmation\n    requires sum of credit.net_area_ha >= debit }",
            "items",
        ),
        "LR412": Example(
            f"red line sample on farmland {{ {_CITED}  {_DATED}  prohibits occupation  tolerance 0 m2  tolerance 1 m2 }}",
            f"red line sample on farmland {{ {_CITED}  {_DATED}  prohibits occupation  tolerance 0 m2 }}",
            "items",
        ),
        "LR413": Example(
            f"zone plan_zone:farm {{ permits lulc2023:07  prohibits lulc2023:0703  prohibits other }}\n{_REST}",
            f"zone plan_zone:farm {{ permits lulc2023:12  prohibits lulc2023:0703  prohibits other }}\n{_REST}",
            "use control",
        ),
        "LR414": Example(
            "zone plan_zone:urban { permits lulc2023:07  prohibits other }\n"
            f"zone plan_zone:urban_spare {{ prohibits other }}\n{_REST}",
            "zone plan_zone:urban_core { permits lulc2023:07  prohibits other }\n"
            f"zone plan_zone:urban_spare {{ prohibits other }}\n{_REST}",
            "use control",
        ),
        "LR415": Example(
            f"zone plan_zone:farm {{ permits lulc2023:12 }}\n{_REST}",
            f"zone plan_zone:farm {{ permits lulc2023:12  prohibits other }}\n{_REST}",
            "use control",
            "管制表必须说全：没有说到的用途，谁也不知道该不该允许。",
            "A matrix says everything: of a use it leaves out nobody knows whether it is permitted.",
        ),
        "LR416": Example(
            "zone plan_zone:farm { permits lulc2023:12  prohibits other }\nuncovered refer",
            f"zone plan_zone:farm {{ permits lulc2023:12  prohibits other }}\n{_REST}",
            "use control",
        ),
        "LR417": Example(
            "table fees (class_key zh 类别键 code of survey) money {\n"
            f"    {_CITED}\n    row survey:01 gives 10 yuan\n    row survey:0101 gives 20 yuan\n}}",
            "table fees (class_key zh 类别键 code of survey) money {\n"
            f"    {_CITED}\n    row survey:03 gives 10 yuan\n    row survey:0101 gives 20 yuan\n}}",
            "items",
        ),
        "LR419": Example(
            "ruleset example.case { level national }",
            'ruleset example.case { level national  version "1" }',
            "file",
        ),
        "LR421": Example("applies when proposal.is_construction", "applies when proposal.is_construction\ninforms"),
        "LR422": Example(
            _LINE % f"    except always {{ {_CITED} }}\n",
            _LINE % f"    except small {{ {_CITED}  when area of proposal < 1 ha }}\n",
            "items",
        ),
        "LR423": Example("prohibits occupation", "prohibits project"),
        "LR424": Example(
            "use control uses within 3 m of zones by zone for parcel.use_after {\n"
            f"    {_CITED}\n    {_DATED}\n    uncovered refer\n    zone other {{ permits lulc2023:12  prohibits other }}\n}}",
            "use control uses on zones by zone for parcel.use_after {\n"
            f"    {_CITED}\n    {_DATED}\n    uncovered refer\n    zone other {{ permits lulc2023:12  prohibits other }}\n}}",
            "items",
        ),
        "LR425": Example(
            'zone other { restricts lulc2023:07 { when area of parcel < 1 ha  duty zh "绿化" }  prohibits other }\nuncovered refer',
            'zone other { restricts lulc2023:07 { requires area of parcel < 1 ha  duty zh "绿化" }  prohibits other }\nuncovered refer',
            "use control",
        ),
        "LR426": Example(
            "zone other { restricts lulc2023:07  prohibits other }\nuncovered refer",
            'zone other { restricts lulc2023:07 { duty zh "绿化" en "Plant trees" }  prohibits other }\nuncovered refer',
            "use control",
        ),
        "LR427": Example("grades water { better lower }", "grades water { range 1 to 5  better lower }", "items"),
        "LR428": Example(
            'zone other { permits lulc2023:12 { duty zh "绿化" en "Plant trees" }  prohibits other }\nuncovered refer',
            'zone other { restricts lulc2023:12 { duty zh "绿化" en "Plant trees" }  prohibits other }\nuncovered refer',
            "use control",
        ),
        "LR429": Example(
            "zone other { permits lulc2023:12  prohibits other, lulc2023:07 }\nuncovered refer",
            "zone other { permits lulc2023:12  prohibits other }\nuncovered refer",
            "use control",
        ),
        "LR430": Example(
            "zone other { permits lulc2023:07, lulc2023:0703  prohibits other }\nuncovered refer",
            "zone other { permits lulc2023:07  prohibits other }\nuncovered refer",
            "use control",
        ),
        "LR431": Example(
            _LINE % "" + "\nexception small to sample { when area of proposal < 1 ha }",
            _LINE % "" + f"\nexception small to sample {{ {_CITED}  when area of proposal < 1 ha }}",
            "items",
        ),
        "LR432": Example(
            "parameter limit area { value 3 ha }", f"parameter limit area {{ value 3 ha  {_CITED} }}", "items"
        ),
        "LR433": Example(
            "list farms code of plan_zone {\n    includes plan_zone:farm\n"
            "    effective from 2020-01-01 { includes plan_zone:urban }\n}",
            "list farms code of plan_zone {\n    effective to 2019-12-31 { includes plan_zone:farm }\n"
            "    effective from 2020-01-01 { includes plan_zone:urban }\n}",
            "items",
        ),
        "LR490": Example(
            _TEST % f'    on 2026-01-01\n    set poposal.county_code = "349901"\n{_SITE}    expect large permit\n',
            _TEST % f'    on 2026-01-01\n    set proposal.county_code = "349901"\n{_SITE}    expect large permit\n',
            "items",
        ),
        "LR491": Example(
            _TEST % f"{_SITE}    expect large permit\n",
            _TEST % f"    on 2026-01-01\n{_SITE}    expect large permit\n",
            "items",
            "不写日期就不知道用哪一天的法律，结果也不能复现。",
            "Without a day no law can be chosen, and the outcome could not be had again.",
        ),
        "LR492": Example(
            _TEST % f"    on 2026-01-01\n{_SITE}",
            _TEST % f"    on 2026-01-01\n{_SITE}    expect large permit\n",
            "items",
        ),
        "LR493": Example(
            _TEST % f"    on 2019-12-31\n{_SITE}    expect large permit\n",
            _TEST % f"    on 2020-01-01\n{_SITE}    expect large permit\n",
            "items",
        ),
        "LR494": Example(
            'landrules.toml: [review]  "cn.pbf.pbf_occupation" = { tolerance = 5, author = "某局" }',
            'landrules.toml: [review]  "cn.pbf.pbf_occupation" = { tolerance = 1, author = "某局" }',
            "words",
        ),
        "LR495": Example(
            'landrules.toml: [review]  "cn.highway.building_control_zone" = { tolerance = 1, author = "某局" }',
            'landrules.toml: [review]  "cn.pbf.pbf_occupation" = { tolerance = 1, author = "某局" }',
            "words",
        ),
    }
)
