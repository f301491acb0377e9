"""Messages about the command line (LR8xx)."""

from __future__ import annotations

from landrules.base.messages.row import Message

_SEE_HELP_ZH, _SEE_HELP_EN = "用 {command} --help 查看用法", "`{command} --help` shows how it is used"

ROWS: tuple[Message, ...] = (
    Message(
        "LR801",
        "没有名为“{name}”的命令",
        "there is no command `{name}`",
        "{advice_zh}",
        "{advice_en}",
    ),
    Message(
        "LR802",
        "没有选项“{name}”",
        "there is no option `{name}`",
        "{advice_zh}",
        "{advice_en}",
    ),
    Message(
        "LR803",
        "选项“{name}”后面缺少值",
        "the option `{name}` wants a value after it",
        _SEE_HELP_ZH,
        _SEE_HELP_EN,
    ),
    Message(
        "LR804",
        "缺少 {name}",
        "{name} is missing",
        _SEE_HELP_ZH,
        _SEE_HELP_EN,
    ),
    Message(
        "LR805",
        "命令写得不对：{detail}",
        "the command cannot be read: {detail}",
        "路径里有空格时请加引号；" + _SEE_HELP_ZH,
        "put quotes around a path with spaces; " + _SEE_HELP_EN,
    ),
    Message(
        "LR806",
        "{option} 不认识“{value}”，可用的是 {known}",
        "{option} does not know `{value}`; it takes {known}",
        "{advice_zh}",
        "{advice_en}",
    ),
    Message(
        "LR807",
        "{option} 的“{value}”不是日期",
        "{option}: `{value}` is not a date",
        "日期写成 2026-05-20 这样的形式",
        "write dates like 2026-05-20",
    ),
    Message(
        "LR808",
        "--set 给了两次“{key}”，值不同",
        "--set gives `{key}` twice, with different values",
        "只保留一个",
        "keep one of them",
    ),
    Message(
        "LR809",
        "输出位置“{path}”所在的文件夹不存在",
        "the folder of the output `{path}` does not exist",
        "请先建立该文件夹，或改用已有的文件夹",
        "make the folder first, or name one that exists",
    ),
    Message(
        "LR810",
        "输出位置“{path}”不是普通文件，不能替换",
        "the output `{path}` is not an ordinary file and is not replaced",
        "请给出一个文件名",
        "name a file",
    ),
    Message(
        "LR811",
        "输出位置“{path}”正是{what_zh}，不会覆盖它",
        "the output `{path}` is {what_en} itself, which is not overwritten",
        "请换一个文件名",
        "choose another file name",
    ),
    Message(
        "LR812",
        "不能写入“{path}”：{reason_zh}",
        "`{path}` cannot be written: {reason_en}",
        "原有文件没有改动；文件若在别的程序里打开，请先关闭",
        "what was there is unchanged; close the file if another program has it open",
    ),
    Message(
        "LR813",
        "不能读取“{path}”：{reason_zh}",
        "`{path}` cannot be read: {reason_en}",
        "请核对路径和权限",
        "check the path and the permissions",
    ),
    Message(
        "LR814",
        "geojson 全是坐标，不能同时要求不输出坐标",
        "geojson is all coordinates and cannot be had without them",
        "请去掉 --no-geometry，或改用 json、html、text",
        "leave out --no-geometry, or ask for json, html or text",
    ),
    Message(
        "LR815",
        "“{path}”已经存在，没有改动",
        "`{path}` exists already and was left as it is",
        "请换一个文件夹，或先移走原来的文件",
        "choose another folder, or move the old file away first",
    ),
    Message(
        "LR816",
        "“{path}”不是 UTF-8 文本",
        "`{path}` is not UTF-8 text",
        "请用编辑器另存为 UTF-8",
        "save it as UTF-8 in an editor",
    ),
    Message(
        "LR817",
        "“{path}”里没有规则文件（*.rules）",
        "`{path}` holds no rule files (*.rules)",
        "请给出 .rules 文件，或含有它们的文件夹",
        "name a .rules file, or a folder that has some",
    ),
    Message(
        "LR818",
        "“{path}”的写法与规范格式不同（只检查，未改写）",
        "`{path}` is not in the canonical layout (checked only, not rewritten)",
        "去掉 --check 就会改写它",
        "without --check it is rewritten",
    ),
    Message(
        "LR819",
        "程序内部出错，没有得出任何结论：{what}（{where}）",
        "a fault in the program itself, nothing was decided: {what} ({where})",
        "请把这一行和所用的命令报告给维护人员；设 LANDRULES_DEBUG=1 再运行可看到全部过程",
        "please report this line and the command to the maintainers; with LANDRULES_DEBUG=1 the whole trace is shown",
    ),
    Message(
        "LR840",
        "没有名为“{name}”的规则、例外、对照表、参数、清单或定义",
        "there is no rule, exception, table, parameter, list or definition `{name}`",
        "{advice_zh}",
        "{advice_en}",
    ),
    Message(
        "LR841",
        "没有编号为“{code}”的提示",
        "no message has the code `{code}`",
        "{advice_zh}",
        "{advice_en}",
    ),
    Message(
        "LR842",
        "规则“{name}”在 {day} 没有施行，这个项目不受它审查",
        "the rule `{name}` is not in force on {day}, the project is not judged by it",
        "用 landrules rules 查看施行日期",
        "`landrules rules` shows from when to when rules are in force",
    ),
)
