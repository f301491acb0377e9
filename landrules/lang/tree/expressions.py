"""Names, texts, types and expressions of the tree."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Literal, Union

from landrules.base.frozen import frozen
from landrules.base.source import Span


@frozen
class Comments:
    """Comment lines before a node (without ``#``) and the remark after it on its line."""

    leading: tuple[str, ...] = ()
    trailing: str = ""


NO_COMMENTS = Comments()


@frozen
class Names:
    """The names of a declaration: as written, and its alias in the other language.

    `pbf zh 永久基本农田` · `永久基本农田 英文 "pbf"`. An alias is a bare name or a string in either language; fmt prints
    a bare `zh` alias in English text and a quoted `英文` alias in Chinese text. Dotted for rulesets.
    `written` is in the language of the file; `zh`/`en` are filled from it and the alias, empty where unknown.
    """

    en: str
    zh: str
    span: Span = field(compare=False, repr=False)

    @property
    def id(self) -> str:
        """The canonical name: English where there is one."""
        return self.en or self.zh


@frozen
class Text:
    """A text in two languages: `zh "…" en "…"` · `中文 "…" 英文 "…"`; either may be empty, not both."""

    zh: str
    en: str
    span: Span = field(compare=False, repr=False)


@frozen
class PeriodNode:
    """`from 2020-01-01 to 2024-12-31` · `自 2020-01-01 至 2024-12-31`; either end may be absent, not both."""

    start: date | None
    end: date | None
    span: Span = field(compare=False, repr=False)


@frozen
class Locus:
    """`article 44 paragraph 2 item 1` · `第四十四条第二款第一项`, or `part "一（一）"` · `部分 "一（一）"`."""

    article: int | None
    paragraph: int | None = None
    item: int | None = None
    part: str = ""


Status = Literal["verified", "partly", "unverified", "example"]


@frozen
class NumberLit:
    """`35 ha`, `0.5`, `40 %` · `35 公顷`. `unit` is the canonical symbol of `base.quantity`, or empty."""

    value: Decimal
    unit: str
    span: Span = field(compare=False, repr=False)


@frozen
class StringLit:
    """`"pbf_replenishment"`, with the escapes of JSON."""

    value: str
    span: Span = field(compare=False, repr=False)


@frozen
class DateLit:
    """`2026-11-22`."""

    value: date
    span: Span = field(compare=False, repr=False)


@frozen
class BoolLit:
    """`true`, `false` · `是`, `否`."""

    value: bool
    span: Span = field(compare=False, repr=False)


@frozen
class CodeLit:
    """`survey:0101`, `project_kind:transport.highway`; the same in both languages."""

    scheme: str
    code: str
    span: Span = field(compare=False, repr=False)


@frozen
class LevelLit:
    """`central province city county township village expert` · `国家级 省级 市级 县级 乡镇级 村级 专家`."""

    level: str
    span: Span = field(compare=False, repr=False)


@frozen
class OtherLit:
    """`other` · `其他`: the key of a table row or a cell for everything not listed."""

    span: Span = field(compare=False, repr=False)


@frozen
class ListLit:
    """`["a", "b"]`, `[survey:0101, survey:0102]`."""

    items: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class RecordLit:
    """`{ kind = "forest_use", issuer_level = province }`; in tests only."""

    fields: tuple[tuple[str, Expr], ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Path:
    """`proposal.project_kind`, `occupied.net_area`, `highway.class`, `cultivated` · `项目.项目类型`.

    Parts stand as written.
    """

    parts: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Call:
    """`strip_width(highway.class)`, `year(law_date)`: a table, an account or a function."""

    name: Path
    args: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


UnaryOp = Literal["not", "-", "given", "not_given"]


@frozen
class Unary:
    """`not x` · `非 x`; `-x`; `x is given` · `x 已提供`; `x is not given` · `x 未提供`."""

    op: UnaryOp
    operand: Expr
    span: Span = field(compare=False, repr=False)


BinaryOp = Literal[
    "or", "and", "=", "!=", "<", "<=", ">", ">=", "in", "not_in", "no_worse", "+", "-", "*", "/", "if_absent"
]  # fmt: skip


@frozen
class Binary:
    """Two operands, loosest first: `or` 或 · `and` 且 · `= != < <= > >=` (also `≠ ≤ ≥`), `in` 属于, `not in` 不属于,
    `no worse than` 不劣于 · `+ -` · `* /` · `if absent` 缺则 (the right side where the left was not supplied).
    Comparisons do not chain. Both languages write symbols alike.
    """

    op: BinaryOp
    left: Expr
    right: Expr
    span: Span = field(compare=False, repr=False)


@frozen
class Select:
    """A collection and a condition on its items: `dltb where (class in cultivated)` · `地类图斑 其中（地类 属于 耕地）`.

    `of` is a path that ends in a collection or projects a field of one; bare names in `where` are the item's fields.
    """

    of: Path
    where: Expr | None
    span: Span = field(compare=False, repr=False)


AggregateKind = Literal["sum", "count", "min", "max", "any", "area"]


@frozen
class Aggregate:
    """One value of a collection.

    `sum of dltb.net_area where (…)` · `地类图斑.净面积 其中（…） 之和`; `count of x` · `x 之数`;
    `min of x` · `x 最小值`; `max of x` · `x 最大值`; `any of x where (…)` · `存在 x 其中（…）`;
    `area of pbf where (…)` · `永久基本农田 其中（…） 的面积` (area of the union; also `area of proposal`, `area of parcel`).
    With `each`, a sum, minimum or maximum of something worked out for every item:
    `sum of (1500 * net_area) over debit where (…)` · `占用方 其中（…） 各项（1500 * 净面积） 之和`.
    """

    kind: AggregateKind
    select: Select
    span: Span = field(compare=False, repr=False)
    each: Expr | None = None


@frozen
class Average:
    """`average of replenished.grade where (…) weighted by net_area` · `补划.等别 其中（…） 按 净面积 加权平均`."""

    select: Select
    weight: Path
    span: Span = field(compare=False, repr=False)


@frozen
class ForEach:
    """A condition that every item meets, or every code that occurs (grouping by code).

    `for each plot in proposal.supplements where (…) holds (plot.area_ha > 1 ha)` ·
    `对 项目.补充地块 其中（…） 每项 地块一 均有（地块一.面积 > 1 公顷）`;
    `for each c in distinct debit.class holds (sum of credit.net_area where (class = c) >= 1 ha)` ·
    `对 占用方.地类 各类 c 均有（…）`. No item: it holds. The name may carry an alias:
    `for each plot zh 地块一 in …` · `… 每项 地块一 英文 "plot" 均有（…）`.
    """

    names: Names
    select: Select
    distinct: bool
    body: Expr
    span: Span = field(compare=False, repr=False)


@frozen
class AnyKey:
    """`any` · `任意`: the key of a table row that matches every value."""

    span: Span = field(compare=False, repr=False)


@frozen
class Interval:
    """The key of a table row that matches a stretch of values.

    `10 ha to 35 ha` · `10 公顷 至 35 公顷` (both ends included), `>= 10 ha`, `< 35 ha`, `> 10 ha and <= 35 ha` ·
    `> 10 公顷 且 ≤ 35 公顷`. An end that is `None` is open for ever.
    """

    low: Expr | None
    low_included: bool
    high: Expr | None
    high_included: bool
    span: Span = field(compare=False, repr=False)


Expr = Union[
    NumberLit, StringLit, DateLit, BoolLit, CodeLit, LevelLit, OtherLit, ListLit, RecordLit, Path, Call, Unary, Binary,
    Select, Aggregate, Average, ForEach, AnyKey, Interval,
]  # fmt: skip


@frozen
class TypeNode:
    """`boolean number ratio area length money mass duration date text level` ·
    `布尔 数值 比率 面积 长度 金额 质量 时长 日期 文本 级别`, `code of survey` · `代码 survey`,
    `grade of grade15` · `等级 grade15`. `of` names the scheme or system.
    """

    name: str
    of: str
    span: Span = field(compare=False, repr=False)
