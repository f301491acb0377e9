"""Messages about prepared layers (LR590 to LR599)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = (
    Message(
        "LR590",
        "图层 {layer} 没有预处理副本：{reason_zh}；结论不受影响，只是每次都要重新读取源文件",
        "the layer {layer} has no prepared copy: {reason_en}; answers are the same, but its source is read every time",
        "请让工作区文件夹（或 LANDRULES_CACHE 指定的文件夹）可以写入，并留出足够的磁盘空间",
        "let the workspace's folder, or the one named by LANDRULES_CACHE, be written to, and free some disk space",
    ),
    Message(
        "LR591",
        "图层 {layer} 的源文件 {path} 在读取过程中一直在变化，已经重读了 {times} 次",
        "the source {path} of the layer {layer} kept changing while it was read, {times} times over",
        "请等正在写入它的程序结束后再运行",
        "run the command again when the program that is writing to it has ended",
    ),
    Message(
        "LR592",
        "另一个进程正在预处理图层 {layer}，等待它完成",
        "another process is preparing the layer {layer}; waiting for it",
        "不用处理；若那个进程已经中断，最多等半分钟就会接手",
        "nothing is to be done; if that process was broken off, its work is taken over within half a minute",
    ),
    Message(
        "LR593",
        "图层 {layer} 的预处理副本不能用（{reason_zh}），正在重新生成",
        "the prepared copy of the layer {layer} cannot be used ({reason_en}) and is made anew",
        "不用处理；若经常出现，请检查磁盘",
        "nothing is to be done; if it happens often, have the disk checked",
    ),
)
