"""How fast rules are read, checked and compiled, and whether the time grows with the lines.

    python benchmarks/language.py [--lines 1000 10000 100000] [--keep DIR]

Writes rulesets of so many lines to a folder (files of some 250 lines that import one vocabulary and the shipped one;
red lines with exceptions, rules with strips and tables, dated parameters and lists, use controls, tests; every other
file in Chinese), reads them with their tests, resolves and checks them, and compiles the norms for a day. Prints CPU
seconds and lines a second for each size, and the time a line takes at each size in terms of the first: a figure that
does not hang on the machine. Each size runs in a fresh process; the store of read rules is off.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

FILE_LINES = 250

VOCABULARY = """\
# The vocabulary of the invented province of the benchmark.
ruleset bench.vocabulary zh 测量.词汇 {
    title zh "测量用词汇" en "Vocabulary of the benchmark"
    level provincial
    version "1"
}

import cn.vocabulary

instrument bench_law zh 测量条例 {
    title zh "某省用地测量条例（虚构）" en "Land Measurement Ordinance (invented)"
    effective from 2020-01-01
}
"""

HEAD_EN = """\
# File {n} of the benchmark.
ruleset bench.file_{n} zh 测量.文件{n} {{
    title zh "测量文件 {n}" en "Benchmark file {n}"
    level provincial
    version "1.{n}"
}}

import bench.vocabulary
import cn.vocabulary
import cn.codes
"""

HEAD_ZH = """\
# 测量文件 {n}。
规则集 测量.文件{n} 英文 "bench.file_{n}" {{
    标题 中文 "测量文件 {n}" 英文 "Benchmark file {n}"
    级别 省
    版本 "1.{n}"
}}

引入 测量.词汇
引入 国家.词汇
引入 国家.代码表
"""

UNIT_EN = """\

parameter least_{k} zh 最小面积{k} area {{
    title zh "最小面积 {k}" en "Least area {k}"
    effective from 2020-01-01 to 2022-12-31 {{ value {v} ha  cites bench_law article {a} example }}
    effective from 2023-01-01 {{ value {w} ha  cites bench_law article {a} paragraph 2 example }}
}}

list kinds_{k} zh 项目清单{k} code of project_kind {{
    cites bench_law article {a} example
    includes project_kind:transport.highway, project_kind:energy
}}

table width_{k} zh 宽度表{k} (class_{k} zh 公路级别{k} code of highway_class) length {{
    cites bench_law article {a} example
    row highway_class:expressway gives {x} m
    row highway_class:national gives 20 m
    row highway_class:provincial gives 15 m
    row other gives 5 m
}}

# What may stand on basic farmland, and from which size on.
red line farmland_{k} zh 农田{k} on pbf where (grade no worse than 8) {{
    title zh "不得占用农田 {k}" en "No occupation of farmland {k}"
    cites bench_law article {a} paragraph 1 example
    effective from 2020-01-01
    applies when proposal.is_construction and area of occupied > least_{k}
    prohibits occupation
    message zh "占用 {{area of occupied in ha}}" en "occupies {{area of occupied in ha}}"

    except listed_{k} zh 清单项目{k} {{
        title zh "清单所列项目 {k}" en "Projects of the list {k}"
        cites bench_law article {a} paragraph 2 example
        when proposal.project_kind in kinds_{k} and not (proposal.is_temporary or area of occupied > {v} ha)
        subject to approval conversion by province
        duty zh "补划同等数量" en "replenish the same amount" provided sum of occupied.net_area > 0 m2
    }}
}}

rule strip_{k} zh 控制带{k} within width_{k}(highway.class) of highway {{
    title zh "控制带内禁止建设 {k}" en "No buildings in the strip {k}"
    cites bench_law article {a} item 3 example
    effective from 2020-01-01
    when proposal.is_construction
    prohibits buildings
}}

rule share_{k} zh 比例{k} {{
    title zh "绿地比例 {k}" en "Share of green {k}"
    cites bench_law article {a} example
    effective from 2020-01-01
    given occupied_{k} zh 占用{k} = sum of dltb.net_area where (class in survey:0101 or class in survey:0103)
    given whole_{k} zh 全部{k} = area of proposal
    requires occupied_{k} <= whole_{k} * 0.{x} or proposal.plan.village_plan is given
        otherwise zh "占比过高" en "the share is too high"
}}

test zh "农田 {k} 不得占用" en "Farmland {k} may not be used" {{
    on 2024-05-11
    set proposal.is_construction = true
    parcel P1 square 400 m at (0, 0)
    feature pbf YN1 square 400 m at (0, 0) {{ grade = 6 }}
    expect farmland_{k} deny area 16 ha
}}
"""

UNIT_ZH = """\

参数 最小面积{k} 英文 "least_{k}" 面积 {{
    标题 中文 "最小面积 {k}" 英文 "Least area {k}"
    施行 自 2020-01-01 至 2022-12-31 {{ 取值 {v} 公顷  依据 测量条例 第{a}条 示例 }}
    施行 自 2023-01-01 {{ 取值 {w} 公顷  依据 测量条例 第{a}条第二款 示例 }}
}}

清单 项目清单{k} 英文 "kinds_{k}" 代码 project_kind {{
    依据 测量条例 第{a}条 示例
    包括 project_kind:transport.highway，project_kind:energy
}}

对照表 宽度表{k} 英文 "width_{k}" （公路级别{k} 英文 "class_{k}" 代码 highway_class） 长度 {{
    依据 测量条例 第{a}条 示例
    行 highway_class:expressway 取 {x} 米
    行 highway_class:national 取 20 米
    行 highway_class:provincial 取 15 米
    行 其他 取 5 米
}}

# 农田上可以建什么，从多大起。
红线 农田{k} 英文 "farmland_{k}" 图层 永久基本农田 其中（等别等级 不劣于 8） {{
    标题 中文 "不得占用农田 {k}" 英文 "No occupation of farmland {k}"
    依据 测量条例 第{a}条第一款 示例
    施行 自 2020-01-01
    适用 当 项目.是建设项目 且 占用 的面积 > 最小面积{k}
    禁止 占用
    提示 中文 "占用 {{占用 的面积 in 公顷}}" 英文 "occupies {{area of occupied in ha}}"

    例外 清单项目{k} 英文 "listed_{k}" {{
        标题 中文 "清单所列项目 {k}" 英文 "Projects of the list {k}"
        依据 测量条例 第{a}条第二款 示例
        当 项目.项目类型 属于 项目清单{k} 且 非（项目.是临时用地 或 占用 的面积 > {v} 公顷）
        须经 省级 批准 农用地转用
        义务 中文 "补划同等数量" 英文 "replenish the same amount" 若 占用.净面积 之和 > 0 平方米
    }}
}}

规则 控制带{k} 英文 "strip_{k}" 距 公路 宽度表{k}（公路.类别） 以内 {{
    标题 中文 "控制带内禁止建设 {k}" 英文 "No buildings in the strip {k}"
    依据 测量条例 第{a}条第三项 示例
    施行 自 2020-01-01
    当 项目.是建设项目
    禁止 建筑物
}}

规则 比例{k} 英文 "share_{k}" {{
    标题 中文 "绿地比例 {k}" 英文 "Share of green {k}"
    依据 测量条例 第{a}条 示例
    施行 自 2020-01-01
    设 占用{k} 英文 "occupied_{k}" = 地类图斑.净面积 其中（类别 属于 survey:0101 或 类别 属于 survey:0103） 之和
    设 全部{k} 英文 "whole_{k}" = 项目 的面积
    须 占用{k} <= 全部{k} * 0.{x} 或 项目.规划.村庄规划 已提供
        否则 中文 "占比过高" 英文 "the share is too high"
}}

测试 中文 "农田 {k} 不得占用" 英文 "Farmland {k} may not be used" {{
    日期 2024-05-11
    令 项目.是建设项目 = 是
    地块 P1 正方形 400 米 位于（0，0）
    要素 永久基本农田 YN1 正方形 400 米 位于（0，0） {{ 等别等级 = 6 }}
    预期 农田{k} 禁止 面积 16 公顷
}}
"""

READ = """
import datetime, json, resource, sys, time
from pathlib import Path
from landrules.base.source import SourceFile
from landrules.engine.plan import plan
from landrules.lang.parse import parse
from landrules.rules.load import read_rulesets
parse(SourceFile.from_text("rule a { when x }"))
clock = time.process_time
begin = clock()
loaded = read_rulesets([sys.argv[1]])
read = clock()
assert loaded.ruleset is not None, "\\n".join(d.render() for d in loaded.diagnostics[:3])
plan(loaded.ruleset, datetime.date(2026, 6, 1))
end = clock()
assert not [d for d in loaded.diagnostics if d.severity == "error"]
lines = sum(p.read_text(encoding="utf-8").count("\\n") for p in Path(sys.argv[1]).glob("*.rules"))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([lines, read - begin, end - read, memory]))
"""


def write(folder: Path, lines: int) -> None:
    """A ruleset of so many lines, the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("vocabulary.rules").write_text(VOCABULARY, encoding="utf-8")
    left, unit, number = lines - VOCABULARY.count("\n"), 0, 0
    while left > 0:
        number += 1
        head, body = (HEAD_EN, UNIT_EN) if number % 2 else (HEAD_ZH, UNIT_ZH)
        text = head.format(n=number)
        while text.count("\n") < min(FILE_LINES, left):
            unit += 1
            text += body.format(k=unit, v=1 + unit % 7, w=2 + unit % 9, a=1 + unit % 80, x=10 + unit % 40)
        folder.joinpath(f"file_{number:04}.rules").write_text(text, encoding="utf-8")
        left -= text.count("\n")


def measure(folder: Path) -> tuple[int, float, float, int]:
    """Lines, CPU seconds to read and resolve, CPU seconds to compile, and megabytes, in a fresh process."""
    env = {**os.environ, "LANDRULES_CACHE": "off"}
    out = subprocess.run([sys.executable, "-c", READ, str(folder)], capture_output=True, text=True, check=True, env=env)
    lines, read, compiled, memory = json.loads(out.stdout)
    return lines, read, compiled, memory


def run(sizes: list[int], folder: Path, say: Callable[[str], None]) -> None:
    """Measure every size and tell a table in Markdown."""
    say(
        "| lines | read and resolve, s | compile, s | lines a second | time a line, first = 1 | MB |\n|---|---|---|---|---|---|"
    )
    first = 0.0
    for size in sizes:
        place = folder / str(size)
        write(place, size)
        lines, read, compiled, memory = measure(place)
        each = (read + compiled) / lines
        first = first or each
        say(f"| {lines} | {read:.2f} | {compiled:.2f} | {1 / each:.0f} | {each / first:.2f} | {memory} |")


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="write the rulesets here and leave them")
    asked = parser.parse_args()
    if asked.keep is not None:
        run(asked.lines, asked.keep, print)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(asked.lines, Path(folder), print)


if __name__ == "__main__":
    main()
