"""Messages of the road: tests that stand in rulesets, review tolerances, files not found."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = (
    Message(
        "LR490",
        "测试中的“{name}”不是这里可用的名称",
        "`{name}` is not a name that a test can use here",
        "最接近的名称：{near}",
        "nearest name: {near}",
    ),
    Message(
        "LR491",
        "测试没有写日期，无法选定适用的法律",
        "the test states no day, so no law can be chosen",
        "写上：日期 2026-01-01",
        "add: on 2026-01-01",
    ),
    Message(
        "LR492",
        "测试没有写预期",
        "the test expects nothing",
        "写上：预期 规则名 禁止",
        "add: expect NORM deny",
    ),
    Message(
        "LR493",
        "规则 {norm} 在 {day} 未施行，或者不存在",
        "the norm {norm} is not in force on {day}, or does not exist",
        "最接近的名称：{near}",
        "nearest name: {near}",
    ),
    Message(
        "LR494",
        "容差 {tolerance} 平方米超过规则 {norm} 授权的上限 {up_to} 平方米",
        "a tolerance of {tolerance} m2 is more than the {up_to} m2 that the norm {norm} hands down",
        "在 landrules.toml 的 [review] 中减小",
        "make it smaller in [review] of landrules.toml",
    ),
    Message(
        "LR495",
        "规则 {norm} 没有授权下级设定容差",
        "the norm {norm} hands no tolerance down",
        "从 landrules.toml 的 [review] 中删去",
        "take it out of [review] of landrules.toml",
    ),
    Message(
        "LR830",
        "从项目文件所在文件夹和当前文件夹向上都没有找到 landrules.toml",
        "no landrules.toml was found above the proposal or above the current folder",
        "用 landrules init 建立工作区，或用 --workspace 指明",
        "make a workspace with `landrules init`, or name one with --workspace",
    ),
    Message(
        "LR831",
        "读不到文件：{reason}",
        "the file cannot be read: {reason}",
        "请检查路径和权限",
        "check the path and the permissions",
    ),
    Message(
        "LR832",
        "--fail-under 的“{value}”不是 0 到 100 的百分比",
        "--fail-under: `{value}` is not a percentage from 0 to 100",
        "例如 --fail-under 80",
        "for example --fail-under 80",
    ),
    Message(
        "LR833",
        "没有测试的标题含有“{text}”",
        "no test has `{text}` in its title",
        "标题的中文和英文都算，大小写不论；去掉 -k 就运行全部测试",
        "both languages count, capitals do not matter; without -k every test is run",
    ),
    Message(
        "LR834",
        "测试覆盖率 {percent} %，低于要求的 {least} %",
        "the tests reach {percent} % of the rules, less than the {least} % asked for",
        "用 --coverage 看哪些内容没有测试",
        "--coverage names what no test reaches",
    ),
)
