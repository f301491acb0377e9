"""Messages about batches (LR85x)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = (
    Message(
        "LR850",
        "“{path}”里没有项目文件",
        "`{path}` holds no proposal",
        "项目文件的扩展名是 {choices}；下级文件夹里的文件要加 --recursive 才读取",
        "proposals end in {choices}; files in folders below are read with --recursive",
    ),
    Message(
        "LR851",
        "“{first}”和“{other}”属于不同的工作区，一批项目只用一个工作区",
        "`{first}` and `{other}` belong to different workspaces; a batch has one",
        "请分开审查，或用 --workspace 指明工作区",
        "check them apart, or name the workspace with --workspace",
    ),
    Message(
        "LR852",
        "不能启动审查进程（退出代码 {code}），没有得出任何结论",
        "no process for checking can be started (exit code {code}), nothing was decided",
        '请加 --jobs 1 在一个进程内审查；在 Python 程序里请把调用放在 if __name__ == "__main__" 之下',
        'use --jobs 1 to check in one process; in a Python program call it below `if __name__ == "__main__":`',
    ),
    Message(
        "LR853",
        "审查这个项目的进程两次中途结束（退出代码 {code}），没有得出结论；其余项目不受影响",
        "the process judging this proposal ended twice before it had an answer (exit code {code}); nothing was decided, "
        "the other proposals are not affected",
        "多半是内存不足：请减少 --jobs，或用 landrules check 单独审查它；仍然如此请报告给维护人员",
        "most often memory ran out: use fewer --jobs, or check it alone with `landrules check`; if that ends too, "
        "please report it to the maintainers",
    ),
    Message(
        "LR854",
        "“{path}”有一次没有做完的审查，但要求已经不同：{what_zh}",
        "`{path}` has a batch that is not finished, and what is asked has changed: {what_en}",
        "请恢复原来的要求继续，或加 --restart 从头开始（丢弃已做完的 {done} 个）",
        "ask the same again to go on, or start anew with --restart (the {done} finished ones are dropped)",
    ),
    Message(
        "LR855",
        "另一个程序正在写“{path}”",
        "another program is writing `{path}`",
        "请等它结束，或换一个输出文件",
        "wait until it ends, or choose another output",
    ),
    Message(
        "LR856",
        "全部 {done} 个项目已审查完毕，但不能替换“{path}”：{reason_zh}",
        "all {done} proposals are judged, but `{path}` cannot be replaced: {reason_en}",
        "结果完整保存在“{partial}”；关闭正在打开该文件的程序，再次运行同一命令即可放到位，不会重新审查",
        "the results are complete in `{partial}`; close the program that has the file open and run the same command "
        "again: it is put in place without judging anything again",
    ),
    Message(
        "LR857",
        "输出文件“{path}”放在项目文件夹里，下次会被当作项目文件",
        "the output `{path}` would lie among the proposals and be taken for one of them next time",
        "请把输出放到别的文件夹",
        "put the output into another folder",
    ),
    Message(
        "LR858",
        "项目编号“{id}”在“{first}”和“{other}”中都有",
        "the project id `{id}` stands in `{first}` and in `{other}`",
        "两个都已审查；若是同一项目的两份文件，请只留一份",
        "both were judged; where they are two files of one project, keep one",
    ),
    Message(
        "LR859",
        "{option} 的“{value}”不是 1 到 {most} 的整数",
        "{option}: `{value}` is not a whole number from 1 to {most}",
        "不写时按处理器个数，最多 8 个",
        "left out, it is the number of processors, eight at most",
    ),
    Message(
        "LR849",
        "--restart 只对 --output 有意义",
        "--restart means nothing without --output",
        "请加 --output，或去掉 --restart",
        "add --output, or leave out --restart",
    ),
)
