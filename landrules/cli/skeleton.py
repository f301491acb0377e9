"""What `landrules new rule` writes: a norm that runs, with a test and a page, to be made true by its author.

Every source stands as not verified, so nothing written here can deny or authorise anything before a person has read the
law. Texts are in English with both languages' names; the printer turns them into Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping

from landrules.base.diagnostic import Lang
from landrules.base.frozen import frozen

CONSTRUCTS = ("rule", "red_line", "use_control", "balance", "quota", "indicator")


@frozen
class Asked:
    """What the author asked for: the construct, names in both languages, the layer or an empty text, the instrument."""

    construct: str
    name: str
    zh: str
    layer: str
    instrument: str
    day: str


def norm(asked: Asked, lang: Lang) -> str:
    """The norm and its tests, with remarks in the reader's language."""
    kind = "rule_on_layer" if asked.construct == "rule" and asked.layer else asked.construct
    values = {
        "name": asked.name,
        "words": asked.name.replace("_", " "),
        "zh": asked.zh,
        "layer": asked.layer,
        "instrument": asked.instrument,
        "day": asked.day,
        "year": asked.day[:4],
        "limit": _REMARKS[lang]["limit"],
        "head": _REMARKS[lang]["head"],
        "allowed": _REMARKS[lang]["allowed"],
        "dates": _REMARKS[lang]["dates"],
    }
    return _NORMS[kind].format(**values)


def instrument(name: str, zh: str, lang: Lang) -> str:
    """A placeholder for the document that will be cited."""
    return (
        f"# {_REMARKS[lang]['instrument']}\n"
        f'instrument {name} zh {zh} {{\n    title zh "{zh}" en "{name.replace("_", " ")}"\n}}\n'
    )


def layer(name: str, zh: str, lang: Lang) -> str:
    """A layer of its own, without fields."""
    return (
        f'# {_REMARKS[lang]["layer"]}\nlayer {name} zh {zh} {{\n    title zh "{zh}" en "{name.replace("_", " ")}"\n}}\n'
    )


def head(ruleset: str, ruleset_zh: str, title_zh: str, title_en: str, level: str, version: str) -> str:
    """The opening of a new file."""
    return (
        f"ruleset {ruleset} zh {ruleset_zh} {{\n"
        f'    title zh "{title_zh}" en "{title_en}"\n'
        f'    level {level}\n    version "{version}"\n    default refer\n}}\n'
    )


def page(asked: Asked, lang: Lang) -> str:
    """The page beside the rule: the law by article, whom it concerns, a worked example."""
    title = asked.zh if lang == "zh" else asked.name.replace("_", " ")
    return _PAGE[lang].format(title=title, name=asked.name, zh=asked.zh, instrument=asked.instrument, day=asked.day)


_REMARKS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "head": "骨架：逐行改成法条的内容。核对原文后，写上条款，把“未核对”改成“核对 日期”，再改测试的预期。",
        "allowed": "检查：允许 unverified_deny 新建的骨架，原文尚未核对；核对后删去这一行",
        "dates": "改成该条施行的日期",
        "limit": "改成条文的数值；下面的 1 公顷只是占位",
        "instrument": "补上文件全称、文号和施行日期。",
        "layer": "补上规则要用的字段；工作区里要写明数据在哪个文件。",
    },
    "en": {
        "head": "A skeleton: make every line say what the article says. Once the source is read, write the article, "
        "replace `unverified` by `verified DATE`, and correct what the tests expect.",
        "allowed": "lint: allow unverified_deny a new skeleton, its source is still to be read; then remove this line",
        "dates": "the day on which the provision takes effect",
        "limit": "write the figure of the article; 1 ha only holds the place",
        "instrument": "Write its full title, its number and the day it takes effect.",
        "layer": "Add the fields that the rule asks for; a workspace says which file holds the data.",
    },
}

_TITLE = """\
    title zh "{zh}" en "{words}"
    cites {instrument} unverified
    effective from {day}  # {dates}
"""

_NORMS: Mapping[str, str] = {
    "rule": "# {head}\nrule {name} zh {zh} {{\n"
    + _TITLE
    + """\
    applies when proposal.is_construction
    requires proposal.plan.project_list_item is given
        otherwise zh "未列入规划的项目安排表" en "not on the plan's project list"
}}

test zh "{zh}：建设项目未列入安排表" en "{words}: construction that is not listed" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 square 100 m at (0, 0)
    expect {name} refer
}}

test zh "{zh}：不是建设项目" en "{words}: no construction" {{
    on {day}
    set proposal.is_construction = false
    parcel P1 square 100 m at (0, 0)
    expect {name} not_applicable
}}
""",
    "rule_on_layer": "# {head}\nrule {name} zh {zh} on {layer} {{\n"
    + _TITLE
    + """\
    applies when proposal.is_construction
    requires proposal.plan.project_list_item is given
        otherwise zh "未列入规划的项目安排表" en "not on the plan's project list"
}}

test zh "{zh}：建设项目在范围内" en "{words}: construction inside" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 square 100 m at (0, 0)
    feature {layer} F1 square 100 m at (0, 0)
    expect {name} refer
}}

test zh "{zh}：建设项目在范围外" en "{words}: construction outside" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 square 100 m at (0, 0)
    feature {layer} F1 square 100 m at (200, 0)
    expect {name} not_applicable
}}
""",
    "red_line": "# {head}\n# {allowed}\nred line {name} zh {zh} on {layer} {{\n"
    + _TITLE
    + """\
    applies when proposal.is_construction
    prohibits occupation
    message zh "占用{zh} {{area of occupied in ha}}" en "occupies {{area of occupied in ha}}"
}}

test zh "{zh}：建设项目在范围内" en "{words}: construction inside" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 square 100 m at (0, 0)
    feature {layer} F1 square 100 m at (0, 0)
    expect {name} refer
}}

test zh "{zh}：建设项目在范围外" en "{words}: construction outside" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 square 100 m at (0, 0)
    feature {layer} F1 square 100 m at (200, 0)
    expect {name} not_applicable
}}
""",
    "use_control": "# {head}\nuse control {name} zh {zh} on {layer} by zone for parcel.use_after {{\n"
    + _TITLE
    + """\
    uncovered refer
    message zh "申请用途 {{parcel.use_after}}" en "use asked for {{parcel.use_after}}"

    zone plan_zone:rural.general {{
        permits lulc2023:01
        prohibits other
    }}

    zone other {{
        prohibits other
    }}
}}

test zh "{zh}：允许的用途" en "{words}: a use that is permitted" {{
    on {day}
    parcel P1 square 100 m at (0, 0) {{ use_after = lulc2023:0101 }}
    feature {layer} F1 square 100 m at (0, 0) {{ zone = plan_zone:rural.general }}
    expect {name} not_applicable
}}

test zh "{zh}：未列的用途" en "{words}: a use that is not listed" {{
    on {day}
    parcel P1 square 100 m at (0, 0) {{ use_after = lulc2023:1001 }}
    feature {layer} F1 square 100 m at (0, 0) {{ zone = plan_zone:rural.general }}
    expect {name} refer
}}
""",
    "balance": "# {head}\nbalance {name} zh {zh} per proposal {{\n"
    + _TITLE
    + """\
    applies when proposal.is_construction
    debit cultivated_net
    credit supplemented
    confirmation balance_confirmation
    requires sum of credit.net_area_ha >= debit
        otherwise zh "补充数量不足" en "too little is made good"
    message zh "占用 {{debit in ha}}" en "takes {{debit in ha}}"
}}

test zh "{zh}：占用耕地，没有补充" en "{words}: cultivated land, nothing made good" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 square 100 m at (0, 0)
    feature dltb D1 square 100 m at (0, 0) {{ class = survey:0101, net_area = 10000 m2 }}
    expect {name} refer
}}

test zh "{zh}：不是建设项目" en "{words}: no construction" {{
    on {day}
    set proposal.is_construction = false
    parcel P1 square 100 m at (0, 0)
    feature dltb D1 square 100 m at (0, 0) {{ class = survey:0101, net_area = 10000 m2 }}
    expect {name} not_applicable
}}
""",
    "quota": """\
account {name}_used zh {zh}已用 area {{
    title zh "{zh}已用" en "{words}: used"
}}

account {name}_ceiling zh {zh}上限 area {{
    title zh "{zh}上限" en "{words}: ceiling"
}}

# {head}
quota {name} zh {zh} {{
"""
    + _TITLE
    + """\
    applies when proposal.is_construction
    used {name}_used(proposal.county_code, year(law_date))
    requested proposal.quota.requested_ha
    at most {name}_ceiling(proposal.county_code, year(law_date))
    message zh "本次申请 {{requested in ha}}，剩余 {{left in ha}}"
        en "{{requested in ha}} requested, {{left in ha}} left"
}}

test zh "{zh}：超出上限" en "{words}: beyond the ceiling" {{
    on {day}
    set proposal.is_construction = true
    set proposal.county_code = "000000"
    set proposal.quota.requested_ha = 2 ha
    account {name}_used("000000", {year}) = 9 ha
    account {name}_ceiling("000000", {year}) = 10 ha
    parcel P1 square 100 m at (0, 0)
    expect {name} refer
}}

test zh "{zh}：不是建设项目" en "{words}: no construction" {{
    on {day}
    set proposal.is_construction = false
    set proposal.county_code = "000000"
    set proposal.quota.requested_ha = 2 ha
    account {name}_used("000000", {year}) = 9 ha
    account {name}_ceiling("000000", {year}) = 10 ha
    parcel P1 square 100 m at (0, 0)
    expect {name} not_applicable
}}
""",
    "indicator": """\
# {limit}
parameter {name}_limit zh {zh}限值 area {{
    cites {instrument} unverified
    value 1 ha
}}

# {head}
indicator {name} zh {zh} {{
"""
    + _TITLE
    + """\
    applies when proposal.is_construction
    value area of parcel
    at most {name}_limit
    message zh "地块 {{value in ha}}" en "a parcel of {{value in ha}}"
}}

test zh "{zh}：超过限值" en "{words}: beyond the limit" {{
    on {day}
    set proposal.is_construction = true
    parcel P1 rectangle 200 m by 100 m at (0, 0)
    expect {name} refer
}}

test zh "{zh}：不是建设项目" en "{words}: no construction" {{
    on {day}
    set proposal.is_construction = false
    parcel P1 rectangle 200 m by 100 m at (0, 0)
    expect {name} not_applicable
}}
""",
}

_PAGE: Mapping[Lang, str] = {
    "zh": """\
# {title}

规则 `{name}`（{zh}）。核对状态：未核对。

## 依据

> {instrument} 第＿条：在这里逐字抄录条文，注明核对日期。

## 涉及谁

写明哪些项目、哪些土地要看这一条，哪些不看。

## 怎样判定

用一两句话写明：满足什么符合，不满足什么不符合，缺什么材料无法判定。

## 示例

{day}，一个 100 米见方的地块（1 公顷）。规则的测试写明了两种情形：一种适用，一种不适用。核对原文以前，适用的一种只会
提请裁量。

## 核对记录

| 日期 | 核对人 | 看了什么 | 结果 |
|---|---|---|---|
""",
    "en": """\
# {title}

Rule `{name}` ({zh}). State of verification: unverified.

## The law

> {instrument}, article __: quote the article here word for word, with the day on which it was read.

## Whom it concerns

Which projects and which land this article speaks of, and which not.

## How it is judged

In a sentence or two: what complies, what does not, what cannot be judged without which document.

## Worked example

On {day}, a parcel of 100 m by 100 m (1 ha). The tests of the rule state two cases: one to which it applies, one to which
it does not. Until the source has been read the first of them only refers.

## Record of verification

| date | by | what was read | result |
|---|---|---|---|
""",
}
