"""Messages about strips, quotas, indicators and derived layers (LR470 on)."""

from __future__ import annotations

from landrules.base.messages.row import Message

ROWS: tuple[Message, ...] = (
    Message(
        "LR470",
        "“以外”的距离不小于“以内”的距离，中间没有土地",
        "the strip begins no nearer than it ends: no ground lies between",
        "“以外”写较小的距离，例如 10 米 以外 30 米 以内",
        "let `beyond` be the smaller distance, for example within 30 m beyond 10 m of",
    ),
    Message(
        "LR471",
        "“优先”只能用在“距 … 以内”的规则里，且不能与“以外”同用",
        "`prefers` belongs to a norm that says `within … of`, without `beyond`",
        "公布的面只能取代按距离计算的范围；其他情况请直接对公布图层另写规则",
        "announced polygons stand for a computed strip; else write a norm on the announced layer itself",
    ),
    Message(
        "LR472",
        "这里要一个数量，写的是{found_zh}",
        "a quantity is wanted here, not a value of type {found_en}",
        "写面积、金额、比率或数，例如 项目.计划指标.申请指标",
        "write an area, a sum of money, a ratio or a number, for example proposal.quota.requested_ha",
    ),
    Message(
        "LR473",
        "“{name}”要由一个直接读取的图层调出；“{base}”不是",
        "`{name}` is to be what left a layer read from a file, which `{base}` is not",
        "写读取的图层，例如 调出 永久基本农田 起于 …",
        "name such a layer, for example left pbf since …",
    ),
    Message(
        "LR474",
        "调出的起始日只能由法定日期和固定值算出",
        "the day since when is made of the law date and fixed values only",
        "例如：起于 加月数（法定日期，-36）；不能用项目、地块或图层的值",
        "for example since plus_months(law_date, -36); no facts of the proposal, parcels or layers",
    ),
    Message(
        "LR475",
        "“{name}”的字段来自“{base}”，不能另写字段",
        "the fields of `{name}` are those of `{base}`; it has none of its own",
        "删去这里的字段，写到“{base}”里",
        "take the field out, and put it into `{base}`",
    ),
)
